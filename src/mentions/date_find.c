/* date_find.c - finds the date expressions of a text and resolves them in its order. */
#include "date_internal.h"

#include <stdlib.h>

#include "aitrack/arena.h"
#include "aitrack/map.h"

#define NEAR_CUE 45 /* bytes between a date and the verb that tells its tense */
#define FAR_CUE 160 /* the same, across commas */
#define LONGEST_CUE 40
#define TOLD_BLOCKS 4 /* "le lendemain" speaks of a date at most so many blocks above */

/* ---- candidates of one sentence ---- */

struct candidate {
    struct date_expression expression;
    uint32_t               order; /* of the rule */
};

struct candidates {
    struct candidate *items;
    size_t            count, capacity;
};

/* A verb that tells past or future. */
struct cue {
    struct span     span;
    enum date_tense tense;
};

struct cues {
    struct cue *items;
    size_t      count, capacity;
};

static struct rule_set prefilter(const struct date_rules *rules, struct str sentence)
{
    struct rule_set set = rules->always;
    struct str      word;
    char            buffer[DATE_WORD];
    uint32_t        index;

    while (date_next_word(&sentence, &word)) {
        if (word.ptr[0] >= '0' && word.ptr[0] <= '9') {
            rule_set_join(&set, &rules->on_digit);
            if (word.len == 4 && (word.ptr[0] == '1' || word.ptr[0] == '2'))
                rule_set_join(&set, &rules->on_year);
        }
        if (map_find(rules->triggers, date_lower(word, buffer), &index))
            rule_set_join(&set, &rules->trigger_sets[index]);
    }
    return set;
}

static void match_rule(const struct date_rules *rules, struct matcher *matcher, size_t order,
                       struct str folded, struct span span, struct arena *arena,
                       struct candidates *found, struct cues *cues)
{
    const struct date_rule *rule = &rules->rules[order];
    struct str              subject = str_slice(folded, span.start, span.end);
    struct match            match;
    size_t                  from = 0;

    while (pattern_find(matcher, rule->pattern, subject, from, &match) == PATTERN_FOUND) {
        struct date_expression expression;

        from = match.end[0] > match.start[0] ? match.end[0] : match.end[0] + 1;
        if (from > subject.len)
            return;
        if (!date_expression_read(rules, rule, &match, subject, &expression))
            continue;
        expression.span.start += span.start;
        expression.span.end += span.start;
        if (rule->gives == GIVES_FUTURE || rule->gives == GIVES_PAST)
            *ARRAY_PUSH(arena, cues->items, cues->count, cues->capacity) =
                (struct cue){ expression.span,
                              rule->gives == GIVES_PAST ? TENSE_PAST : TENSE_FUTURE };
        else
            *ARRAY_PUSH(arena, found->items, found->count, found->capacity) =
                (struct candidate){ expression, (uint32_t)order };
    }
}

/* Longest first, then earliest, then in the order of the rules. */
static int by_preference(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;
    struct span             s = a->expression.span, t = b->expression.span;
    uint32_t                a_length = s.end - s.start, b_length = t.end - t.start;

    if (a_length != b_length)
        return a_length > b_length ? -1 : 1;
    if (s.start != t.start)
        return s.start < t.start ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

static int by_position(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;

    if (a->expression.span.start != b->expression.span.start)
        return a->expression.span.start < b->expression.span.start ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

static bool overlap(struct span a, struct span b)
{
    return a.start < b.end && b.start < a.end;
}

/* Keeps the preferred ones of FOUND[first..last), which hang together; they go to FOUND[kept..].
 * Patterns are bounded, so such a cluster is short whatever the sentence. */
static size_t settle(struct candidate *found, size_t first, size_t last, size_t kept)
{
    size_t begin = kept;

    qsort(found + first, last - first, sizeof *found, by_preference);
    for (size_t i = first; i < last; i++) {
        bool is_taken = false;

        for (size_t k = begin; k < kept && !is_taken; k++)
            is_taken = overlap(found[i].expression.span, found[k].expression.span);
        if (!is_taken)
            found[kept++] = found[i];
    }
    qsort(found + begin, kept - begin, sizeof *found, by_position);
    return kept;
}

/* Keeps, of candidates that overlap, the preferred one; in the order of the text. */
static void drop_overlaps(struct candidates *found)
{
    size_t kept = 0, first = 0;

    if (found->count < 2)
        return;
    qsort(found->items, found->count, sizeof *found->items, by_position);
    while (first < found->count) {
        uint32_t end = found->items[first].expression.span.end;
        size_t   last = first + 1;

        for (; last < found->count && found->items[last].expression.span.start < end; last++)
            if (found->items[last].expression.span.end > end)
                end = found->items[last].expression.span.end;
        kept = settle(found->items, first, last, kept);
        first = last;
    }
    found->count = kept;
}

/* ---- tense ---- */

static bool has_break(struct str folded, uint32_t from, uint32_t to, struct str breaks)
{
    for (uint32_t i = from; i < to; i++)
        if (str_find_char(breaks, folded.ptr[i], 0) != STR_NONE)
            return true;
    return false;
}

static int by_start(const void *left, const void *right)
{
    const struct cue *a = left;
    const struct cue *b = right;

    return (a->span.start > b->span.start) - (a->span.start < b->span.start);
}

/* The first of the cues, which are in the order of the text, that begins at or after AT. */
static size_t first_cue(const struct cues *cues, uint32_t at)
{
    size_t low = 0, high = cues->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (cues->items[middle].span.start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The nearest cue within REACH bytes and not behind one of BREAKS. */
static enum date_tense nearest_cue(const struct cues *cues, struct str folded, struct span span,
                                   uint32_t reach, struct str breaks)
{
    enum date_tense tense = TENSE_UNKNOWN;
    uint32_t        best = reach;

    for (size_t i = first_cue(
             cues, span.start > LONGEST_CUE + reach ? span.start - LONGEST_CUE - reach : 0);
         i < cues->count && cues->items[i].span.start < span.end + reach; i++) {
        struct span cue = cues->items[i].span;
        bool        before = cue.end <= span.start;
        uint32_t    distance = before                  ? span.start - cue.end
                               : cue.start >= span.end ? cue.start - span.end
                                                       : 0;

        if (distance >= best)
            continue;
        if (before
                ? has_break(folded, cue.end, span.start, breaks)
                : has_break(folded, span.end, cue.start > span.end ? cue.start : span.end, breaks))
            continue;
        best = distance;
        tense = cues->items[i].tense;
    }
    return tense;
}

static enum date_tense tense_at(const struct cues *cues, struct str folded, struct span span)
{
    enum date_tense tense = nearest_cue(cues, folded, span, NEAR_CUE, STR(",;:()"));

    return tense != TENSE_UNKNOWN ? tense : nearest_cue(cues, folded, span, FAR_CUE, STR(";:"));
}

/* ---- a whole text ---- */

/* The latest year that a complete date tells: 2025 of "le 6 février 2025". */
static void note_year(struct date_findings *out, const struct date_expression *e, struct date today)
{
    struct date d = date_make(e->year, e->month, e->day);

    if (e->year > out->year && e->month && e->rule->gives == GIVES_POINT &&
        (!date_is_known(today) || date_compare(d, today) <= 0))
        out->year = e->year;
}

static void collect_sentence(const struct date_rules *rules, struct matcher *matcher,
                             const struct text *text, uint32_t sentence, struct date today,
                             struct arena *arena, struct date_findings *out)
{
    struct span       span = text->sentences[sentence].span;
    struct rule_set   set = prefilter(rules, text_slice(text, span));
    struct candidates found = { 0 };
    struct cues       cues = { 0 };

    for (size_t i = 0; i < rules->count; i++)
        if (rule_set_has(&set, i))
            match_rule(rules, matcher, i, text->folded, span, arena, &found, &cues);
    drop_overlaps(&found);
    if (cues.count > 1)
        qsort(cues.items, cues.count, sizeof *cues.items, by_start);
    for (size_t i = 0; i < found.count; i++) {
        struct date_expression *e = &found.items[i].expression;

        e->sentence = sentence;
        e->tense = tense_at(&cues, text->folded, e->span);
        note_year(out, e, today);
        *ARRAY_PUSH(arena, out->items, out->count, out->capacity) = *e;
    }
}

void date_collect(const struct date_rules *rules, struct matcher *matcher, const struct text *text,
                  struct date today, struct arena *arena, struct date_findings *out)
{
    *out = (struct date_findings){ 0 };
    for (uint32_t i = 0; i < text->sentence_count; i++) {
        enum block_kind kind = text->blocks[text->sentences[i].block].kind;

        if (kind != BLOCK_FURNITURE && kind != BLOCK_DATELINE)
            collect_sentence(rules, matcher, text, i, today, arena, out);
    }
}

/* ---- the dates told so far ---- */

struct told {
    struct date date[3];
    uint32_t    block[3];

    const struct date_part *part; /* of the year date[0] */
};

static void tell(struct told *told, struct date d, const struct date_part *part, uint32_t block)
{
    int precision = d.day ? 2 : d.month ? 1 : 0;

    for (int i = 0; i <= precision; i++) {
        told->date[i] = d;
        told->block[i] = block;
    }
    told->part = part && part->is_exact ? part : NULL;
}

static void recall(const struct told *told, uint32_t block, struct date_context *context)
{
    for (int i = 0; i < 3; i++)
        context->told[i] = block - told->block[i] <= TOLD_BLOCKS ? told->date[i] : NO_DATE;
    context->told_part = date_is_known(context->told[0]) ? told->part : NULL;
}

void date_find(const struct date_rules *rules, struct matcher *matcher, const struct text *text,
               struct date published, struct date today, struct arena *arena, struct date_list *out)
{
    struct date_findings findings;
    struct date_context  context = {
         .rules = rules, .findings = &findings, .published = published, .today = today
    };
    struct told told = { 0 };

    date_collect(rules, matcher, text, today, arena, &findings);
    if (!date_is_known(published))
        date_collect_events(rules, matcher, text, arena, &findings);
    out->items = ARENA_ARRAY(arena, struct date_mention, findings.count);
    out->count = 0;
    for (size_t i = 0; i < findings.count; i++) {
        struct date_mention *mention = &out->items[out->count];
        uint32_t             block = text->sentences[findings.items[i].sentence].block;
        struct date          last;

        recall(&told, block, &context);
        if (!date_resolve_mention(&findings.items[i], &context, arena, mention, &last))
            continue;
        out->count++;
        if (date_is_known(last))
            tell(&told, last, findings.items[i].part, block);
    }
}
