/* strbuf.h - a text that grows in an arena. */
#ifndef AITRACK_STRBUF_H
#define AITRACK_STRBUF_H

#include "aitrack/str.h"

struct arena;

struct strbuf {
    struct arena *arena;
    char         *ptr;
    size_t        len;
    size_t        capacity;
};

struct strbuf strbuf_in(struct arena *arena);
void          strbuf_add(struct strbuf *buf, struct str s);
void          strbuf_add_char(struct strbuf *buf, char c);
void          strbuf_add_format(struct strbuf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void       strbuf_clear(struct strbuf *buf);     /* keeps the room */
struct str strbuf_str(const struct strbuf *buf); /* valid until the next addition */

#endif
