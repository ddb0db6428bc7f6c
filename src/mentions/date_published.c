/* date_published.c - the day of publication: the rules of published.rules over the lines of a
 * text, its sentences and its URL. */
#include "date_internal.h"

#include "aitrack/arena.h"

#define HEAD_BLOCKS 16  /* a date line stands among the first lines ... */
#define HEAD_BYTES 4000 /* ... and near the beginning */
#define LINE_BYTES 600  /* of a block of prose only its beginning can be a date line */

struct search {
    const struct date_rules *rules;
    struct matcher          *matcher;
    const struct text       *text;
    struct arena            *arena;
    struct date_findings     findings;
    struct date_context      context;
};

/* The text's own evidence costs as much as all the rest: it is gathered where a date line
 * without a year asks for it. */
static void gather_evidence(struct search *search)
{
    if (search->context.findings)
        return;
    date_collect(search->rules, search->matcher, search->text, search->context.today, search->arena,
                 &search->findings);
    date_collect_events(search->rules, search->matcher, search->text, search->arena,
                        &search->findings);
    search->context.findings = &search->findings;
}

/* The first match of RULE in SUBJECT that is a date. */
static struct date search_in(struct search *search, const struct date_rule *rule,
                             struct str subject)
{
    struct match match;
    size_t       from = 0;

    while (from <= subject.len &&
           pattern_find(search->matcher, rule->pattern, subject, from, &match) == PATTERN_FOUND) {
        struct date_expression e;
        struct date            d;

        from = match.end[0] > match.start[0] ? match.end[0] : match.end[0] + 1;
        if (!date_expression_read(search->rules, rule, &match, subject, &e))
            continue;
        if (!e.year)
            gather_evidence(search);
        if (rule->needs_event && e.event == UINT32_MAX &&
            !date_event_year(&search->context, e.month, e.day))
            continue;
        d = rule->gives == GIVES_END ? date_resolve_end(&e, &search->context)
                                     : date_resolve(&e, &search->context);
        if (date_is_known(d) &&
            (!date_is_known(search->context.today) || date_compare(d, search->context.today) <= 0))
            return d;
    }
    return NO_DATE;
}

/* The beginning of LINE, cut between two characters. */
static struct str line_head(struct str line)
{
    size_t end = LINE_BYTES;

    if (line.len <= end)
        return line;
    while (((unsigned char)line.ptr[end] & 0xC0) == 0x80)
        end--;
    return str_slice(line, 0, end);
}

static struct date search_lines(struct search *search, const struct date_rule *rule)
{
    const struct text *text = search->text;

    for (size_t i = 0; i < text->block_count; i++) {
        struct span span = text->blocks[i].span;
        struct str  line = text_slice(text, span);
        struct date d;

        if (rule->place == PLACE_HEAD && (i >= HEAD_BLOCKS || span.start > HEAD_BYTES))
            break;
        d = search_in(search, rule, line_head(line));
        if (date_is_known(d))
            return d;
    }
    return NO_DATE;
}

static struct date search_sentences(struct search *search, const struct date_rule *rule)
{
    const struct text *text = search->text;

    for (size_t i = 0; i < text->sentence_count; i++) {
        enum block_kind kind = text->blocks[text->sentences[i].block].kind;
        struct date     d;

        if (kind == BLOCK_FURNITURE)
            continue;
        d = search_in(search, rule, text_slice(text, text->sentences[i].span));
        if (date_is_known(d))
            return d;
    }
    return NO_DATE;
}

static struct date search_rule(struct search *search, const struct date_rule *rule, struct str url)
{
    switch (rule->place) {
    case PLACE_URL:
        return url.len ? search_in(search, rule, url) : NO_DATE;
    case PLACE_TEXT:
        return search_sentences(search, rule);
    case PLACE_HEAD:
    case PLACE_ANY:
        break;
    }
    return search_lines(search, rule);
}

struct date date_published(const struct date_rules *rules, struct matcher *matcher,
                           const struct text *text, struct str url, struct date given,
                           struct date today, struct arena *arena)
{
    struct search search = {
        .rules = rules,
        .matcher = matcher,
        .text = text,
        .arena = arena,
        .context = { .rules = rules, .published = given, .today = today },
    };

    for (size_t i = 0; i < rules->published_count; i++) {
        struct date d = search_rule(&search, &rules->published[i], url);

        if (date_is_known(d)) /* what was given may be more exact: the day of that month */
            return date_covers(d, given) ? given : d;
    }
    return given;
}
