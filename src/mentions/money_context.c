/* money_context.c - which candidates are money. A figure that names its currency is; one with a
 * scale only ("15 millions") is what its surroundings say; a bare number ("15") takes all it
 * lacks from the figure before or behind it. */
#include "aitrack/arena.h"
#include "money_internal.h"

enum {
    SENTENCES_BACK = 2,       /* a bare number's figure stands at most so many sentences before */
    NEXT_GAP = 80,            /* bytes between a number and the next figure that gives its unit */
    LARGEST_BARE = 10000,     /* nobody writes "15 000" for 15 000 milliards */
    SMALLEST_UNSCALED = 1000, /* figures below this lend no unit: "20 dollars" */
    LONGEST_CHAIN = 50,
};

/* Something in a sentence that tells money from counts. */
struct mark {
    uint32_t at;
    bool     is_money;
    bool     is_counted; /* a thing counted: governs only what stands behind it */
};

struct decider {
    struct money_scan *scan;
    struct candidate  *out; /* what has been decided, in order */
    size_t             count, capacity;
    struct mark       *marks; /* the cues of one sentence */
    size_t             mark_count, mark_capacity;
    uint32_t           marked; /* the sentence they belong to */
};

static bool is_weak(const struct money_scan *scan, const struct meaning *meaning)
{
    for (size_t i = 0; i < meaning->count; i++)
        if (!scan->rules->words.currencies[meaning->items[i]].is_weak)
            return false;
    return meaning->count > 1;
}

/* ------------------------------------------------------------------- cues */

static bool took_part(const struct pattern *pattern, const struct match *match, const char *name)
{
    int group = pattern_group(pattern, name);

    return group >= 0 && match->start[group] != STR_NONE;
}

static void find_cues(struct decider *decider, uint32_t stretch)
{
    struct money_scan    *scan = decider->scan;
    const struct pattern *cue = scan->rules->words.cue;
    struct str            s = money_stretch_text(scan, stretch);
    uint32_t              base = scan->stretches[stretch].span.start;
    struct match          match;
    size_t                at = 0;

    if (decider->marked == stretch)
        return;
    decider->marked = stretch;
    decider->mark_count = 0;
    while (pattern_find(scan->matcher, cue, s, at, &match) == PATTERN_FOUND) {
        bool is_money = took_part(cue, &match, "money") || took_part(cue, &match, "hint");

        if (!took_part(cue, &match, "hint") || scan->has_named)
            *ARRAY_PUSH(scan->arena, decider->marks, decider->mark_count, decider->mark_capacity) =
                (struct mark){ base + (uint32_t)match.start[0], is_money,
                               took_part(cue, &match, "counted") };
        at = match.end[0];
    }
}

/* What follows a figure with a scale: "de dollars" is read before; "de dette" is money, "de
 * voitures" is not, "de plus" tells nothing. */
static enum verdict verdict_of_follower(const struct money_scan *scan,
                                        const struct candidate  *candidate)
{
    const struct pattern *follower = scan->rules->words.follower;
    struct str            s = money_stretch_text(scan, candidate->stretch);
    size_t       end = candidate->span.end - scan->stretches[candidate->stretch].span.start;
    struct match match;

    if (pattern_find(scan->matcher, follower, s, end, &match) != PATTERN_FOUND)
        return VERDICT_OPEN;
    if (took_part(follower, &match, "noun"))
        return VERDICT_MONEY;
    if (took_part(follower, &match, "doubtful"))
        return candidate->power >= 9 ? VERDICT_MONEY : VERDICT_COUNT;
    if (took_part(follower, &match, "people") || took_part(follower, &match, "other"))
        return VERDICT_COUNT;
    return VERDICT_OPEN;
}

static enum verdict verdict_of_mark(const struct mark *mark)
{
    return mark->is_money ? VERDICT_MONEY : VERDICT_COUNT;
}

/* The nearest cue or decided figure before CANDIDATE in its sentence. */
static enum verdict verdict_before(const struct decider *decider, const struct candidate *candidate)
{
    const struct mark      *cue = NULL;
    const struct candidate *figure = decider->count ? &decider->out[decider->count - 1] : NULL;

    for (size_t i = 0; i < decider->mark_count && decider->marks[i].at < candidate->span.start; i++)
        cue = &decider->marks[i];
    if (figure && (figure->stretch != candidate->stretch || figure->verdict == VERDICT_NONE))
        figure = NULL;
    if (figure && (!cue || figure->span.start > cue->at || figure->span.end > cue->at))
        return figure->verdict;
    return cue ? verdict_of_mark(cue) : VERDICT_OPEN;
}

/* The nearest cue behind, or the next figure that names a currency. */
static enum verdict verdict_after(const struct decider *decider, size_t index)
{
    const struct money_scan *scan = decider->scan;
    const struct candidate  *candidate = &scan->items[index];
    const struct candidate  *next = index + 1 < scan->count ? &scan->items[index + 1] : NULL;
    const struct mark       *cue = NULL;
    struct str               s = money_stretch_text(scan, candidate->stretch);
    uint32_t                 base = scan->stretches[candidate->stretch].span.start;
    size_t                   stop = str_find_char(s, ';', candidate->span.end - base);

    for (size_t i = decider->mark_count; i-- > 0 && decider->marks[i].at >= candidate->span.end;)
        if (!decider->marks[i].is_counted)
            cue = &decider->marks[i];
    if (cue && stop != STR_NONE && cue->at > base + stop)
        cue = NULL;
    if (next && next->stretch == candidate->stretch && next->meaning &&
        (!cue || next->span.start < cue->at))
        return VERDICT_MONEY;
    return cue ? verdict_of_mark(cue) : VERDICT_OPEN;
}

/* The last figure of the block, which speaks where the sentence itself does not. */
static enum verdict verdict_of_block(const struct decider   *decider,
                                     const struct candidate *candidate)
{
    const struct money_scan *scan = decider->scan;
    uint32_t                 block = scan->stretches[candidate->stretch].block;

    if (decider->count) {
        const struct candidate *last = &decider->out[decider->count - 1];

        if (scan->stretches[last->stretch].block == block && last->verdict != VERDICT_NONE)
            return last->verdict;
    }
    return scan->has_named ? VERDICT_MONEY : VERDICT_COUNT;
}

static enum verdict verdict_of_scaled(struct decider *decider, size_t index)
{
    const struct candidate *candidate = &decider->scan->items[index];
    enum verdict            verdict = verdict_of_follower(decider->scan, candidate);

    if (verdict != VERDICT_OPEN)
        return verdict;
    find_cues(decider, candidate->stretch);
    verdict = verdict_before(decider, candidate);
    if (verdict == VERDICT_OPEN)
        verdict = verdict_after(decider, index);
    if (verdict == VERDICT_OPEN)
        verdict = verdict_of_block(decider, candidate);
    return verdict;
}

/* ------------------------------------------------------------ bare numbers */

static bool lends_unit(const struct candidate *figure, const struct money_rule *rule)
{
    static const struct decimal smallest = { SMALLEST_UNSCALED, 0 };

    return figure->verdict == VERDICT_MONEY && !figure->is_subunit &&
           (figure->power >= 3 || rule->is_lent_by_any ||
            decimal_compare(figure->low, smallest) >= 0);
}

/* Is NUMBER not even a hundredth of FIGURE? "300 000 euros ... 40 de plus" are no 40 euros. */
static bool is_far_below(struct decimal number, struct decimal figure)
{
    return decimal_scale(number, 2, &number) && decimal_compare(number, figure) < 0;
}

/* Gives CANDIDATE the unit of FIGURE, which is the decided one at DONOR. */
static bool take_unit(struct candidate *candidate, const struct candidate *figure, int32_t donor)
{
    static const struct decimal largest = { LARGEST_BARE, 0 };
    int                         power = figure->power;

    if (power >= 6 ? decimal_compare(candidate->low, largest) >= 0
                   : power == 0 && is_far_below(candidate->low, figure->low))
        return false;
    money_amount_scale(candidate, power);
    candidate->donor = figure->donor == NO_INDEX ? donor : figure->donor;
    candidate->verdict = VERDICT_MONEY;
    return !candidate->is_overflow;
}

/* The figure whose unit a bare number takes: the last one, unless it counts things. */
static bool take_from_previous(struct decider *decider, struct candidate *candidate)
{
    const struct money_scan *scan = decider->scan;
    const struct candidate  *last;

    for (size_t i = decider->count; i-- > 0;) {
        last = &decider->out[i];
        if (candidate->stretch - last->stretch > SENTENCES_BACK ||
            scan->stretches[candidate->stretch].block != scan->stretches[last->stretch].block)
            return false;
        if (last->verdict == VERDICT_NONE || last->verdict == VERDICT_OPEN)
            continue;
        return lends_unit(last, candidate->rule) && take_unit(candidate, last, (int32_t)i);
    }
    return false;
}

static void push(struct decider *decider, struct candidate candidate)
{
    *ARRAY_PUSH(decider->scan->arena, decider->out, decider->count, decider->capacity) = candidate;
}

/* Gives CANDIDATE the unit of the last figure, or, where that would be far too little ("350 000
 * euros, et l'Ademe 2,1"), of the nearest with a scale before it in the sentence. */
static bool take_from_sentence(const struct decider *decider, struct candidate *candidate)
{
    for (size_t i = decider->count; i-- > 0;) {
        const struct candidate *figure = &decider->out[i];

        if (figure->stretch != candidate->stretch || figure->verdict != VERDICT_MONEY)
            return false;
        if ((i + 1 == decider->count || figure->power > 0) &&
            take_unit(candidate, figure, (int32_t)i))
            return true;
    }
    return false;
}

/* The figure that RULE finds behind the last decided one; it must end before LIMIT. */
static bool match_after(const struct decider *decider, const struct money_rule *rule,
                        uint32_t limit, struct candidate *out)
{
    const struct money_scan *scan = decider->scan;
    const struct candidate  *figure = &decider->out[decider->count - 1];
    struct str               s = money_stretch_text(scan, figure->stretch);
    uint32_t                 base = scan->stretches[figure->stretch].span.start;
    struct match             match;
    int                      group = rule->groups[GROUP_FIGURE];

    if (!lends_unit(figure, rule) ||
        pattern_find(scan->matcher, rule->pattern, s, figure->span.end - base, &match) !=
            PATTERN_FOUND ||
        !money_rule_holds(rule, scan->matcher, s, figure->span.start - base))
        return false;
    *out =
        (struct candidate){ .currency = NO_INDEX, .donor = NO_INDEX, .stretch = figure->stretch };
    if (!money_amount(&scan->rules->words, rule, &match, s, out))
        return false;
    if (group < 0)
        group = 0;
    out->span.start = base + (uint32_t)match.start[group];
    out->span.end = base + (uint32_t)match.end[group];
    out->whole = out->span;
    return out->span.end <= limit && take_from_sentence(decider, out);
}

/* "300 milliards chez Oracle, 250 chez Microsoft, 38 chez Amazon": each leads to the next. */
static void find_after(struct decider *decider, uint32_t limit)
{
    const struct money_rules *rules = decider->scan->rules;

    for (int links = 0; links < LONGEST_CHAIN; links++) {
        struct candidate next;
        size_t           i = 0;

        while (i < rules->count &&
               !(rules->rules[i].is_after && match_after(decider, &rules->rules[i], limit, &next)))
            i++;
        if (i == rules->count)
            return;
        push(decider, next);
    }
}

/* Lists give their unit backwards: "300, 200 et 100 millions". */
static void take_from_next(struct decider *decider)
{
    for (size_t i = decider->count; i-- > 0;) {
        struct candidate       *candidate = &decider->out[i];
        const struct candidate *next = i + 1 < decider->count ? candidate + 1 : NULL;

        if (candidate->rule->unit != UNIT_NEXT)
            continue;
        candidate->verdict = VERDICT_NONE;
        if (next && next->stretch == candidate->stretch && next->verdict == VERDICT_MONEY &&
            next->span.start - candidate->span.end < NEXT_GAP)
            take_unit(candidate, next, (int32_t)(i + 1));
    }
}

/* ------------------------------------------------------------------- all */

static void decide(struct decider *decider, size_t index)
{
    struct money_scan *scan = decider->scan;
    struct candidate   candidate = scan->items[index];
    uint32_t           limit = UINT32_MAX;

    if (candidate.rule->unit == UNIT_PREVIOUS) {
        if (!take_from_previous(decider, &candidate))
            return;
    } else if (candidate.rule->unit == UNIT_NEXT) {
        candidate.verdict = VERDICT_NONE; /* until the next is decided */
    } else if (candidate.meaning) {
        bool counts =
            (!money_is_of_its_time(scan, candidate.meaning) && is_weak(scan, candidate.meaning) &&
             !money_has_support(scan, candidate.meaning)) ||
            (candidate.is_letter && !money_is_in_use(scan, &candidate));

        candidate.verdict = counts ? VERDICT_COUNT : VERDICT_MONEY;
    } else {
        candidate.verdict = verdict_of_scaled(decider, index);
    }
    scan->has_named |= candidate.verdict == VERDICT_MONEY;
    push(decider, candidate);
    if (index + 1 < scan->count)
        limit = scan->items[index + 1].span.start;
    if (candidate.verdict == VERDICT_MONEY)
        find_after(decider, limit);
}

void money_decide(struct money_scan *scan)
{
    struct decider decider = { .scan = scan, .marked = UINT32_MAX };

    for (size_t i = 0; i < scan->count && !scan->has_named; i++)
        scan->has_named = scan->items[i].meaning && !is_weak(scan, scan->items[i].meaning);
    for (size_t i = 0; i < scan->count; i++)
        decide(&decider, i);
    take_from_next(&decider);
    scan->items = decider.out;
    scan->count = decider.count;
    scan->capacity = decider.capacity;
}
