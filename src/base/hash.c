/* hash.c - ids and hash values by XXH3. */
#include "aitrack/hash.h"

#include <xxhash.h>

#include "aitrack/arena.h"
#include "aitrack/error.h"

uint64_t hash_bytes(struct str bytes)
{
    return XXH3_64bits(bytes.len ? bytes.ptr : "", bytes.len);
}

struct str hash_id(struct arena *arena, const struct str *parts, size_t count)
{
    static const char  hex[] = "0123456789abcdef";
    char              *id = arena_alloc(arena, ID_LENGTH + 1);
    XXH3_state_t      *state = XXH3_createState();
    XXH128_canonical_t bytes;

    ENSURE(state && XXH3_128bits_reset(state) == XXH_OK, "no memory for a hash");
    for (size_t i = 0; i < count; i++) {
        unsigned char length[8];

        for (size_t k = 0; k < sizeof length; k++)
            length[k] = (unsigned char)((uint64_t)parts[i].len >> (8 * k));
        XXH3_128bits_update(state, length, sizeof length);
        if (parts[i].len)
            XXH3_128bits_update(state, parts[i].ptr, parts[i].len);
    }
    XXH128_canonicalFromHash(&bytes, XXH3_128bits_digest(state));
    XXH3_freeState(state);

    for (size_t i = 0; i < ID_LENGTH / 2; i++) {
        id[2 * i] = hex[bytes.digest[i] >> 4];
        id[2 * i + 1] = hex[bytes.digest[i] & 15];
    }
    return (struct str){ id, ID_LENGTH };
}
