/* error.c - messages with context in a fixed buffer: failing never allocates. */
#include "aitrack/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cuts TEXT, of which vsnprintf wanted to write WANTED bytes into ROOM, before a character
 * that did not fit whole. */
static void cut_at_character(char *text, size_t room, int wanted)
{
    size_t end = room - 1;
    size_t start = end;

    if (wanted < 0)
        text[0] = '\0';
    if (wanted < 0 || (size_t)wanted < room)
        return;
    while (start > 0 && end - start < 3 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start > 0 && (unsigned char)text[start - 1] >= 0xC0) {
        unsigned char lead = (unsigned char)text[start - 1];
        size_t        size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

        if (end - (start - 1) < size)
            text[start - 1] = '\0';
    }
}

bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
{
    char    text[sizeof err->text]; /* an argument may be the old message */
    va_list arguments;
    int     wanted;

    va_start(arguments, format);
    wanted = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    cut_at_character(text, sizeof text, wanted);
    err->kind = kind;
    memcpy(err->text, text, sizeof text);
    return false;
}

bool error_within(struct error *err, const char *format, ...)
{
    char    context[sizeof err->text];
    char    text[2 * sizeof err->text + 2];
    va_list arguments;
    int     wanted;

    va_start(arguments, format);
    wanted = vsnprintf(context, sizeof context, format, arguments);
    va_end(arguments);
    cut_at_character(context, sizeof context, wanted);

    wanted = snprintf(text, sizeof text, "%s: %s", context, err->text);
    memcpy(err->text, text, sizeof err->text - 1);
    err->text[sizeof err->text - 1] = '\0';
    cut_at_character(err->text, sizeof err->text, wanted);
    return false;
}

int error_status(const struct error *err)
{
    switch (err->kind) {
    case ERROR_NONE:
        return 0;
    case ERROR_USAGE:
        return 2;
    case ERROR_INPUT:
        return 3;
    case ERROR_DATA:
    case ERROR_OUTPUT:
        return 4;
    case ERROR_INTERNAL:
        break;
    }
    return 70;
}

void error_fail(const char *file, int line, const char *message)
{
    fprintf(stderr, "aitrack: bug: %s:%d: %s\n", file, line, message);
    _Exit(70); /* not exit: other threads may be at work */
}
