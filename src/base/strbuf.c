/* strbuf.c - a text that grows in an arena, by doubling. */
#include "aitrack/strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/error.h"

struct strbuf strbuf_in(struct arena *arena)
{
    return (struct strbuf){ .arena = arena };
}

static void make_room(struct strbuf *buf, size_t more)
{
    size_t capacity = buf->capacity ? buf->capacity : 64;

    if (buf->capacity - buf->len >= more)
        return;
    ENSURE(more <= (size_t)-1 / 4 - buf->len, "a text grows beyond the address space");
    while (capacity - buf->len < more)
        capacity *= 2;
    buf->ptr = arena_grow(buf->arena, buf->ptr, buf->capacity, capacity);
    buf->capacity = capacity;
}

void strbuf_add(struct strbuf *buf, struct str s)
{
    if (s.len == 0)
        return;
    make_room(buf, s.len);
    memcpy(buf->ptr + buf->len, s.ptr, s.len);
    buf->len += s.len;
}

void strbuf_add_char(struct strbuf *buf, char c)
{
    make_room(buf, 1);
    buf->ptr[buf->len++] = c;
}

void strbuf_add_format(struct strbuf *buf, const char *format, ...)
{
    va_list arguments;
    int     length;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    ENSURE(length >= 0, "a format that printf refuses");

    make_room(buf, (size_t)length + 1); /* and its NUL, which the next addition overwrites */
    va_start(arguments, format);
    vsnprintf(buf->ptr + buf->len, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buf->len += (size_t)length;
}

void strbuf_clear(struct strbuf *buf)
{
    buf->len = 0;
}

struct str strbuf_str(const struct strbuf *buf)
{
    return (struct str){ buf->ptr ? buf->ptr : "", buf->len };
}
