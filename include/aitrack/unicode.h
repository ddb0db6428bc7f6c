/* unicode.h - what the program needs to know of Unicode. The only user of utf8proc. */
#ifndef AITRACK_UNICODE_H
#define AITRACK_UNICODE_H

#include <stdbool.h>
#include <stdint.h>
#include "aitrack/str.h"

struct arena;

/* Is S well-formed UTF-8 (Unicode 15, table 3-7: no surrogates, nothing above U+10FFFF,
 * shortest form)? If not, *BAD is the offset of the first wrong byte. */
bool unicode_is_valid(struct str s, size_t *bad);

/* The code point at S[at] of valid UTF-8 and its length in bytes in *SIZE. */
uint32_t unicode_at(struct str s, size_t at, size_t *size);

/* The code point that ends just before S[at] (at > 0), and its length. */
uint32_t unicode_before(struct str s, size_t at, size_t *size);

bool unicode_is_upper(uint32_t point); /* upper or title case letter */
bool unicode_is_letter(uint32_t point);
bool unicode_is_digit(uint32_t point); /* decimal digit of any script */
bool unicode_is_mark(uint32_t point);  /* combining mark */

/* S in normalisation form C. Returns S itself where nothing changes. */
struct str unicode_compose(struct arena *arena, struct str s);

/* S as names are compared: case folded, accents gone, œ as oe, every run of punctuation and
 * blanks one space, none at the ends, points inside initials gone ("C.E.A." -> "cea",
 * "L'Élysée" -> "l elysee", "Saint-Gobain" -> "saint gobain"). */
struct str unicode_name_key(struct arena *arena, struct str s);

/* S in lower case, accents kept. */
struct str unicode_lower(struct arena *arena, struct str s);

/* Terminal cells that S takes: 0 for combining marks, 2 for wide characters. */
size_t unicode_width(struct str s);

/* The longest beginning of S that takes at most CELLS cells and ends at a character's end
 * (marks stay with their letter). */
struct str unicode_take(struct str s, size_t cells);

#endif
