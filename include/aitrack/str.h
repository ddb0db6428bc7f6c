/* str.h - a view of some bytes; it never owns them. */
#ifndef AITRACK_STR_H
#define AITRACK_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct str {
    const char *ptr; /* not NUL-terminated */
    size_t      len; /* bytes */
};

struct str_list {
    struct str *items;
    size_t      count;
};

#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })
#define STR_ARGS(s) (int)(s).len, (s).ptr /* for "%.*s" */
#define STR_NONE ((size_t)-1)

struct str str_from(const char *text); /* NULL gives an empty view */
bool       str_is_empty(struct str s);
bool       str_equal(struct str a, struct str b);
int        str_compare(struct str a, struct str b); /* order of bytes, as memcmp */
bool       str_starts_with(struct str s, struct str prefix);
bool       str_ends_with(struct str s, struct str suffix);
struct str str_slice(struct str s, size_t start, size_t end);      /* clamped to s */
struct str str_trim(struct str s);                                 /* ASCII blanks at both ends */
size_t     str_find(struct str s, struct str needle, size_t from); /* offset or STR_NONE */
size_t     str_find_char(struct str s, char wanted, size_t from);  /* offset or STR_NONE */

/* Takes the text before the next SEPARATOR off *REST into *PIECE; false when *REST is used
 * up. "a|" gives "a" and "": to begin, *REST must have a non-NULL ptr. */
bool str_cut(struct str *rest, char separator, struct str *piece);

/* All of S as a decimal integer with an optional minus sign; false on anything else. */
bool str_to_int64(struct str s, int64_t *out);

struct str  str_copy(struct arena *arena, struct str s);    /* also NUL-terminated */
const char *str_cstring(struct arena *arena, struct str s); /* a NUL-terminated copy */

bool str_list_contains(struct str_list list, struct str wanted);

#endif
