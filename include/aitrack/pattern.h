/* pattern.h - regular expressions. The only user of PCRE2.
 *
 * Patterns run over text that is valid UTF-8 (with PATTERN_BYTES: over bytes), with Unicode
 * properties (so that \b and \w know é) and with JIT. A compiled pattern is read-only and
 * may be shared by threads; a matcher holds what a match writes and belongs to one thread.
 */
#ifndef AITRACK_PATTERN_H
#define AITRACK_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include "aitrack/error.h"
#include "aitrack/str.h"

struct arena;
struct pattern;
struct matcher;

enum pattern_option {
    PATTERN_IGNORE_CASE = 1,
    PATTERN_EXTENDED = 2,  /* white space and #comments in the pattern do not count */
    PATTERN_BYTES = 4,     /* code units are bytes, not UTF-8 characters */
    PATTERN_MULTILINE = 8, /* ^ and $ match at line ends */
    PATTERN_ANCHORED = 16, /* a match begins at the offset asked for */
};

#define PATTERN_GROUPS 24 /* with group 0; a pattern with more is refused */

enum pattern_result {
    PATTERN_FOUND,
    PATTERN_ABSENT,
    PATTERN_LIMIT,  /* a match, depth, heap or stack limit was hit: not the same as absent */
    PATTERN_BROKEN, /* FROM was inside a character, or an internal error */
};

/* Group 0 is the whole match; a group that took no part has start == STR_NONE. */
struct match {
    size_t count;
    size_t start[PATTERN_GROUPS];
    size_t end[PATTERN_GROUPS];
};

/* Compiles SOURCE; the pattern is released with ARENA. Errors give the offset and PCRE2's
 * words. OPTIONS is a sum of enum pattern_option. The JIT works at the first match. */
struct pattern *pattern_compile(struct arena *arena, struct str source, unsigned options,
                                struct error *err); /* NULL on error */

/* The number of the group called NAME, or -1. */
int pattern_group(const struct pattern *pattern, const char *name);

/* The names of the groups, in the order of their numbers: "" where a group has none;
 * NAMES[0] is "" for the whole match. Lives as long as the pattern. */
struct str_list pattern_group_names(const struct pattern *pattern);

/* Sets match, depth and heap limits; one for each thread. */
struct matcher *matcher_new(struct arena *arena);

/* The first match in SUBJECT at or after FROM; SUBJECT's bytes before FROM are seen by
 * look-behinds. FROM must not be inside a character; past the end nothing is found. *OUT is
 * written only when PATTERN_FOUND. */
enum pattern_result pattern_find(struct matcher *matcher, const struct pattern *pattern,
                                 struct str subject, size_t from, struct match *out);

/* The text of GROUP of a match in SUBJECT; empty where it took no part. */
struct str match_text(const struct match *match, struct str subject, int group);

#endif
