/* hash.h - XXH3 (https://xxhash.com): ids and hash tables. The only user of xxHash. */
#ifndef AITRACK_HASH_H
#define AITRACK_HASH_H

#include <stdint.h>
#include "aitrack/str.h"

struct arena;

#define ID_LENGTH 20 /* hex digits: the first 80 bits of XXH3-128, most significant first */

uint64_t hash_bytes(struct str bytes); /* XXH3-64 */

/* The id of a list of texts: XXH3-128 over each part's length (8 bytes, little endian) and
 * bytes, so that "ab","c" and "a","bc" differ. Lives in ARENA; 20 lower-case hex digits. */
struct str hash_id(struct arena *arena, const struct str *parts, size_t count);

#endif
