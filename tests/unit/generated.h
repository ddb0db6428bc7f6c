/* generated.h - random cases that are the same at each run, for the generated tests.
 *
 * Each case has a generator of its own, so that one can be run alone: a failure shows the seed
 * and the number of the case. AITRACK_TEST_SEED gives another seed, AITRACK_TEST_CASES another
 * number of cases, AITRACK_TEST_FIRST the case to begin with.
 */
#ifndef AITRACK_TEST_GENERATED_H
#define AITRACK_TEST_GENERATED_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aitrack/str.h"

/* The sanitizers, which come with ARENA_MALLOC, take ten times as long. */
#ifdef ARENA_MALLOC
enum { GENERATED_SHARE = 10 };
#else
enum { GENERATED_SHARE = 1 };
#endif

enum { MOST_FAILURES_SHOWN = 5 };

struct generated {
    uint64_t seed, first, count;
    uint64_t failures;
};

static inline uint64_t generated_setting(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);

    return value && *value ? strtoull(value, NULL, 10) : otherwise;
}

static inline struct generated generated_begin(uint64_t count)
{
    return (struct generated){
        .seed = generated_setting("AITRACK_TEST_SEED", 20250209),
        .first = generated_setting("AITRACK_TEST_FIRST", 0),
        .count = generated_setting("AITRACK_TEST_CASES", count / GENERATED_SHARE),
    };
}

/* Counts a failure; true while it is worth showing, and then says where it stands. */
static inline bool generated_failed(struct generated *generated, uint64_t number)
{
    if (++generated->failures > MOST_FAILURES_SHOWN)
        return false;
    fprintf(stderr, "case %llu of seed %llu:\n", (unsigned long long)number,
            (unsigned long long)generated->seed);
    return true;
}

/* xorshift64*, its state spread from seed and number by splitmix64. */
struct chance {
    uint64_t state;
};

static inline struct chance chance_of(uint64_t seed, uint64_t number)
{
    uint64_t z = seed * 0x9E3779B97F4A7C15u + (number + 1) * 0xD1B54A32D192ED03u;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    return (struct chance){ z ? z : 1 };
}

static inline uint64_t chance_next(struct chance *chance)
{
    uint64_t x = chance->state;

    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    chance->state = x;
    return x * 0x2545F4914F6CDD1Du;
}

/* 0 to BOUND - 1 */
static inline uint64_t chance_below(struct chance *chance, uint64_t bound)
{
    return (chance_next(chance) >> 16) % bound;
}

/* LEAST to MOST */
static inline int64_t chance_between(struct chance *chance, int64_t least, int64_t most)
{
    return least + (int64_t)chance_below(chance, (uint64_t)(most - least) + 1);
}

/* True once in N. */
static inline bool chance_once_in(struct chance *chance, uint64_t n)
{
    return chance_below(chance, n) == 0;
}

#define CHANCE_PICK(chance, array) ((array)[chance_below((chance), COUNT_OF(array))])

/* A text being written; longer ones are a mistake of the generator. */
struct writing {
    char   text[2400];
    size_t len;
};

static inline void writing_add(struct writing *writing, const char *piece)
{
    size_t len = strlen(piece);

    if (writing->len + len >= sizeof writing->text)
        abort();
    memcpy(writing->text + writing->len, piece, len + 1);
    writing->len += len;
}

/* Capitals for ASCII and U+00E0..U+00FE. */
static inline void writing_capitals(struct writing *writing)
{
    for (size_t i = 0; i < writing->len; i++) {
        unsigned char c = (unsigned char)writing->text[i];

        if (c >= 'a' && c <= 'z')
            writing->text[i] = (char)(c - 'a' + 'A');
        else if (i && (unsigned char)writing->text[i - 1] == 0xC3 && c >= 0xA0 && c != 0xB7)
            writing->text[i] = (char)(c - 0x20);
    }
}

/* What folding makes of WRITING: plain spaces and straight apostrophes. */
static inline struct writing writing_folded(const struct writing *writing)
{
    static const char *const pairs[][2] = { { "\xC2\xA0", " " },
                                            { "\xE2\x80\xAF", " " },
                                            { "\xE2\x80\x89", " " },
                                            { "\xE2\x80\x99", "'" } };
    struct writing           out = { .len = 0 };
    size_t                   at = 0;

    while (at < writing->len) {
        char        single[2] = { writing->text[at], '\0' };
        const char *piece = single;
        size_t      used = 1;

        for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
            if (strncmp(writing->text + at, pairs[i][0], strlen(pairs[i][0])) == 0) {
                piece = pairs[i][1];
                used = strlen(pairs[i][0]);
            }
        writing_add(&out, piece);
        at += used;
    }
    return out;
}

static inline struct str writing_str(const struct writing *writing)
{
    return (struct str){ writing->text, writing->len };
}

#endif
