/* str.c - looking at bytes: compare, cut, trim, find, read a number. */
#include "aitrack/str.h"

#include <string.h>

#include "aitrack/arena.h"

struct str str_from(const char *text)
{
    return text ? (struct str){ text, strlen(text) } : STR("");
}

bool str_is_empty(struct str s)
{
    return s.len == 0;
}

bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

int str_compare(struct str a, struct str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int    order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts_with(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_equal(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends_with(struct str s, struct str suffix)
{
    return s.len >= suffix.len && str_equal(str_slice(s, s.len - suffix.len, s.len), suffix);
}

struct str str_slice(struct str s, size_t start, size_t end)
{
    if (end > s.len)
        end = s.len;
    if (start > end)
        start = end;
    return start ? (struct str){ s.ptr + start, end - start } : (struct str){ s.ptr, end };
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.len && is_blank(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len && is_blank(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

size_t str_find_char(struct str s, char wanted, size_t from)
{
    const char *found;

    if (from >= s.len)
        return STR_NONE;
    found = memchr(s.ptr + from, wanted, s.len - from);
    return found ? (size_t)(found - s.ptr) : STR_NONE;
}

size_t str_find(struct str s, struct str needle, size_t from)
{
    if (needle.len == 0)
        return from <= s.len ? from : STR_NONE;
    while ((from = str_find_char(s, needle.ptr[0], from)) != STR_NONE) {
        if (s.len - from < needle.len)
            return STR_NONE;
        if (memcmp(s.ptr + from, needle.ptr, needle.len) == 0)
            return from;
        from++;
    }
    return STR_NONE;
}

bool str_cut(struct str *rest, char separator, struct str *piece)
{
    size_t end;

    if (!rest->ptr)
        return false;
    end = str_find_char(*rest, separator, 0);
    if (end == STR_NONE) {
        *piece = *rest;
        *rest = (struct str){ NULL, 0 };
    } else {
        *piece = str_slice(*rest, 0, end);
        *rest = str_slice(*rest, end + 1, rest->len);
    }
    return true;
}

bool str_to_int64(struct str s, int64_t *out)
{
    bool     is_negative = s.len && s.ptr[0] == '-';
    uint64_t limit = is_negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    uint64_t value = 0;

    if (s.len == (is_negative ? 1 : 0))
        return false;
    for (size_t i = is_negative ? 1 : 0; i < s.len; i++) {
        uint64_t digit;

        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        digit = (uint64_t)(s.ptr[i] - '0');
        if (value > (limit - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    if (!is_negative)
        *out = (int64_t)value;
    else
        *out = value ? -(int64_t)(value - 1) - 1 : 0; /* -2^63 has no positive twin */
    return true;
}

struct str str_copy(struct arena *arena, struct str s)
{
    return (struct str){ str_cstring(arena, s), s.len };
}

const char *str_cstring(struct arena *arena, struct str s)
{
    char *copy = arena_alloc(arena, s.len + 1);

    if (s.len)
        memcpy(copy, s.ptr, s.len);
    return copy; /* the arena gives zeroed memory, so the NUL is there */
}

bool str_list_contains(struct str_list list, struct str wanted)
{
    for (size_t i = 0; i < list.count; i++)
        if (str_equal(list.items[i], wanted))
            return true;
    return false;
}
