/* diag.h - warnings: something was skipped or doubtful, and the run goes on.
 *
 * Each is one line on stderr, "aitrack: PATH:LINE: MESSAGE" (LINE 0 is left out). Control
 * characters in it are shown as \xNN, so that a file's name cannot speak to the terminal.
 * Safe to call from several threads.
 */
#ifndef AITRACK_DIAG_H
#define AITRACK_DIAG_H

#include <stddef.h>

/* Reports and counts a warning: the run will end with status 3. */
void diag_warn(const char *path, size_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Reports without counting: "waiting for the ledger's lock". */
void diag_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

size_t diag_count(void);

/* Sends the lines to SINK instead of stderr (tests); NULL restores stderr; resets the count. */
void diag_redirect(void (*sink)(const char *line, void *context), void *context);

#endif
