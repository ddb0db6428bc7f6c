/* error.h - why something failed, in words, with the exit status it leads to.
 *
 * A function that can fail returns bool and takes `struct error *` last. error_set and
 * error_within return false, so that failing is one expression. Only main prints an error.
 */
#ifndef AITRACK_ERROR_H
#define AITRACK_ERROR_H

#include <stdbool.h>

enum error_kind { ERROR_NONE, ERROR_USAGE, ERROR_INPUT, ERROR_DATA, ERROR_OUTPUT, ERROR_INTERNAL };

struct error {
    enum error_kind kind;
    char            text[512]; /* a longer message is cut, at a character's end */
};

/* Replaces *ERR by a new error; always false. */
bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "CONTEXT: " before the message; always false. */
bool error_within(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The program's exit status: NONE 0, USAGE 2, INPUT 3, DATA and OUTPUT 4, INTERNAL 70. */
int error_status(const struct error *err);

/* Ends the program with status 70 and a message when CONDITION does not hold: for the
 * program's own invariants, never for bad input. Kept in release builds. */
#define ENSURE(condition, message)                                                                 \
    ((condition) ? (void)0 : error_fail(__FILE__, __LINE__, (message)))
void error_fail(const char *file, int line, const char *message) __attribute__((noreturn));

#endif
