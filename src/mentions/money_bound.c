/* money_bound.c - the words beside a figure: "plus de", "environ", "au maximum". */
#include "aitrack/map.h"
#include "money_internal.h"

enum { LOOK_BACK = 120, LOOK_AHEAD = 120 };

static bool is_inside_character(struct str s, size_t at)
{
    return at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80;
}

/* The bound of the phrase in MATCH; false where the phrase is none. */
static bool bound_of(const struct map *bounds, const struct pattern *pattern,
                     const struct match *match, struct str subject, enum bound *out)
{
    char       buffer[MONEY_LONGEST_NAME];
    struct str phrase = match_text(match, subject, pattern_group(pattern, "phrase"));
    uint32_t   value;

    if (!map_find(bounds, money_lower(phrase, buffer), &value) || value == BOUND_COUNT)
        return false;
    *out = (enum bound)value;
    return true;
}

static bool takes_bound(const struct candidate *candidate)
{
    return candidate->bound != BOUND_RANGE && candidate->bound != BOUND_VAGUE;
}

void money_find_bound(const struct money_words *words, struct matcher *matcher, struct str subject,
                      size_t base, struct candidate *candidate)
{
    size_t       at = candidate->span.start - base, end = candidate->span.end - base;
    size_t       start = at > LOOK_BACK ? at - LOOK_BACK : 0;
    size_t       limit = subject.len - end > LOOK_AHEAD ? end + LOOK_AHEAD : subject.len;
    struct match match;
    struct str   text;
    enum bound   bound;

    while (is_inside_character(subject, start))
        start++;
    while (is_inside_character(subject, limit))
        limit--;
    text = str_slice(subject, start, at);
    if (pattern_find(matcher, words->before, text, 0, &match) == PATTERN_FOUND &&
        bound_of(words->bounds[SIDE_BEFORE], words->before, &match, text, &bound)) {
        candidate->whole.start = (uint32_t)(base + start + match.start[0]);
        if (takes_bound(candidate))
            candidate->bound = bound;
        return;
    }
    text = str_slice(subject, end, limit);
    if (pattern_find(matcher, words->after, text, 0, &match) == PATTERN_FOUND &&
        bound_of(words->bounds[SIDE_AFTER], words->after, &match, text, &bound)) {
        candidate->whole.end = (uint32_t)(base + end + match.end[0]);
        if (takes_bound(candidate))
            candidate->bound = bound;
    }
}
