/* diag.c - one line per warning, on stderr or into the sink of a test. */
#include "aitrack/diag.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "aitrack/str.h"
#include "aitrack/unicode.h"

enum { LINE_ROOM = 2048 };

struct line {
    char   text[LINE_ROOM]; /* a longer line is cut and ends with "..." */
    size_t len;
    bool   is_cut;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static size_t          warnings;
static void (*redirected)(const char *line, void *context);
static void *redirected_context;

static void line_add(struct line *line, const char *bytes, size_t count)
{
    if (line->is_cut || count > sizeof line->text - sizeof "..." - line->len) {
        line->is_cut = true;
        return;
    }
    memcpy(line->text + line->len, bytes, count);
    line->len += count;
}

/* Adds TEXT with what a terminal might obey (C0 and C1 controls, bytes that are not UTF-8)
 * written as \xNN. */
static void line_add_visibly(struct line *line, const char *text)
{
    struct str s = str_from(text);
    size_t     size;

    for (size_t i = 0; i < s.len; i += size) {
        uint32_t point = unicode_at(s, i, &size);
        bool     is_wrong = point == 0xFFFD && size == 1;

        if (point >= 0x20 && !(point >= 0x7F && point <= 0x9F) && !is_wrong) {
            line_add(line, s.ptr + i, size);
            continue;
        }
        for (size_t k = 0; k < size; k++) {
            char code[sizeof "\\xNN"];

            snprintf(code, sizeof code, "\\x%02X", (unsigned)(unsigned char)s.ptr[i + k]);
            line_add(line, code, strlen(code));
        }
    }
}

static void report(const char *path, size_t number, const char *format, va_list arguments,
                   bool is_warning)
{
    struct line line = { .len = 0 };
    char        message[LINE_ROOM];
    char        digits[32];

    vsnprintf(message, sizeof message, format, arguments);
    line_add_visibly(&line, "aitrack: ");
    if (path) {
        line_add_visibly(&line, path);
        snprintf(digits, sizeof digits, ":%zu", number);
        if (number)
            line_add_visibly(&line, digits);
        line_add_visibly(&line, ": ");
    }
    line_add_visibly(&line, message);
    memcpy(line.text + line.len, line.is_cut ? "..." : "", line.is_cut ? sizeof "..." : 1);

    pthread_mutex_lock(&mutex);
    if (is_warning)
        warnings++;
    if (redirected)
        redirected(line.text, redirected_context);
    else
        fprintf(stderr, "%s\n", line.text);
    pthread_mutex_unlock(&mutex);
}

void diag_warn(const char *path, size_t line, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    report(path, line, format, arguments, true);
    va_end(arguments);
}

void diag_note(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    report(NULL, 0, format, arguments, false);
    va_end(arguments);
}

size_t diag_count(void)
{
    size_t count;

    pthread_mutex_lock(&mutex);
    count = warnings;
    pthread_mutex_unlock(&mutex);
    return count;
}

void diag_redirect(void (*sink)(const char *line, void *context), void *context)
{
    pthread_mutex_lock(&mutex);
    redirected = sink;
    redirected_context = context;
    warnings = 0;
    pthread_mutex_unlock(&mutex);
}
