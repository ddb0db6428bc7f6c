/* date_period.c - the mention that an expression makes: its date, its period, its derivation. */
#include "date_internal.h"

#include "aitrack/arena.h"
#include "aitrack/strbuf.h"

static void add_date(struct strbuf *out, struct date d)
{
    char text[DATE_TEXT];

    date_format(d, text);
    strbuf_add(out, str_from(text));
}

static struct str iso_date(struct date d, struct arena *arena)
{
    struct strbuf out = strbuf_in(arena);

    add_date(&out, d);
    return strbuf_str(&out);
}

/* Does the expression count in quarters or halves of a year, "au semestre"? */
static bool is_running_part(const struct date_expression *e)
{
    return e->rule->has_offset && !e->number && e->unit && e->unit->iso == 'M' &&
           e->unit->count > 1;
}

/* The part of a year that is as long as LENGTH months and holds MONTH. */
static const struct date_part *part_around(const struct date_rules *rules, int month, int length)
{
    for (size_t i = 0; i < rules->part_count; i++) {
        const struct date_part *part = &rules->part_items[i];

        if (part->is_exact && part->last - part->first + 1 == length && part->first <= month &&
            month <= part->last)
            return part;
    }
    return NULL;
}

/* The months of a year that a point in time tells: its own part, the first months ("les neuf
 * premiers mois de 2024"), or the part of the date from which it counts back ("au premier
 * semestre ..., contre 2 M€ un an plus tôt"). */
static struct date_part part_of_point(const struct date_expression *e,
                                      const struct date_context    *context)
{
    if (e->part)
        return *e->part;
    if (e->number && !e->unit && !e->rule->offset && e->number < 12)
        return (struct date_part){ 1, e->number, true };
    if (e->rule->from == ANCHOR_TOLD && e->rule->offset < 0 && context->told_part)
        return *context->told_part;
    return (struct date_part){ 0 };
}

/* The period that a point in time may also tell: "en 2024", "au premier semestre 2025". */
static struct str period_of_point(const struct date_expression *e, struct date d,
                                  struct date_part part, struct arena *arena)
{
    struct strbuf out = strbuf_in(arena);

    if (!date_is_known(d) || d.month != 0)
        return STR("");
    if (part.is_exact) {
        add_date(&out, date_make(d.year, part.first, 0));
        strbuf_add_char(&out, '/');
        add_date(&out, date_make(d.year, part.last, 0));
    } else if (!part.first && e->rule->gives == GIVES_POINT) {
        add_date(&out, d);
    }
    return strbuf_str(&out);
}

/* A date, and the period that it may also tell. */
static void point(const struct date_expression *e, const struct date_context *context,
                  struct arena *arena, struct date_mention *out)
{
    struct date_part        part = part_of_point(e, context);
    const struct date_part *running = NULL;

    out->kind = DATE_POINT;
    out->date = date_resolve(e, context);
    if (is_running_part(e) && out->date.month)
        running = part_around(context->rules, out->date.month, e->unit->count);
    if (running) {
        part = *running;
        out->date.month = 0;
    }
    out->period = period_of_point(e, out->date, part, arena);
}

static struct str duration(const struct date_expression *e, const struct date_rules *rules,
                           struct arena *arena)
{
    const struct date_unit *unit =
        e->rule->unit != UINT32_MAX ? &rules->unit_items[e->rule->unit] : e->unit;
    int           number = e->number ? e->number : e->rule->has_offset ? e->rule->offset : 1;
    struct strbuf out = strbuf_in(arena);

    if (!unit || number <= 0)
        return STR("");
    strbuf_add_format(&out, "P%d%c", number * unit->count, unit->iso);
    if (e->has_half && unit->iso == 'Y' && unit->count == 1)
        strbuf_add(&out, STR("6M"));
    return strbuf_str(&out);
}

/* Where only the end of a range tells the year, it counts for the beginning too: "de
 * septembre 2024", but "du 28 décembre au 3 janvier 2025". */
static struct date beginning(const struct date_expression *e, const struct date_context *context)
{
    struct date_expression start = *e;

    if (!start.month && start.day)
        start.month = start.month2;
    if (!start.year && start.year2)
        start.year = start.year2 - (start.month2 && start.month > start.month2);
    return date_resolve(&start, context);
}

/* The end of a range; a range without any year ends soon after its resolved beginning. */
static struct date ending(const struct date_expression *e, const struct date_context *context,
                          struct date since)
{
    struct date_expression whole = *e;

    if (!whole.year && !whole.year2 && since.month) {
        whole.year = since.year;
        if (!whole.month)
            whole.month = since.month;
    }
    return date_resolve_end(&whole, context);
}

static struct str range(const struct date_expression *e, const struct date_context *context,
                        struct arena *arena, struct date *last)
{
    struct date   since = NO_DATE, until = NO_DATE;
    struct strbuf out = strbuf_in(arena);

    if (e->rule->gives != GIVES_UNTIL)
        since = beginning(e, context);
    if (e->rule->gives == GIVES_BETWEEN)
        until = ending(e, context, since);
    else if (e->rule->gives == GIVES_UNTIL)
        until = date_resolve(e, context);
    if (e->rule->gives == GIVES_UNTIL && e->part && e->part->is_exact && date_is_known(until))
        until.month = (uint8_t)e->part->last; /* "d'ici au deuxième trimestre" */
    *last = until;
    if ((e->rule->gives != GIVES_UNTIL && !date_is_known(since)) ||
        (e->rule->gives != GIVES_SINCE && !date_is_known(until)))
        return STR("");
    add_date(&out, since);
    strbuf_add_char(&out, '/');
    add_date(&out, until);
    return strbuf_str(&out);
}

/* The rule's words, with {published} and {told} filled in. */
static struct str derive(const struct date_expression *e, const struct date_context *context,
                         struct arena *arena)
{
    struct str    words = rule_value(e->rule->source, "explains");
    struct strbuf out = strbuf_in(arena);
    size_t        done = 0, at;

    while ((at = str_find_char(words, '{', done)) != STR_NONE) {
        size_t     end = str_find_char(words, '}', at);
        struct str name = str_slice(words, at, end == STR_NONE ? words.len : end + 1);

        strbuf_add(&out, str_slice(words, done, at));
        if (str_equal(name, STR("{told}")))
            add_date(&out, date_is_known(context->told[0]) ? context->told[0] : context->published);
        else
            add_date(&out, context->published);
        done = at + name.len;
    }
    strbuf_add(&out, str_slice(words, done, words.len));
    return strbuf_str(&out);
}

bool date_resolve_mention(const struct date_expression *e, const struct date_context *context,
                          struct arena *arena, struct date_mention *out, struct date *last)
{
    struct date_mention mention = { .span = e->span, .rule = e->rule->source->name };

    *last = NO_DATE;
    switch (e->rule->gives) {
    case GIVES_FUTURE:
    case GIVES_PAST:
        return false;
    case GIVES_POINT:
        point(e, context, arena, &mention);
        break;
    case GIVES_STATE:
        mention.kind = DATE_PERIOD;
        *last = date_resolve(e, context);
        mention.period = iso_date(*last, arena);
        break;
    case GIVES_END:
        mention.kind = DATE_POINT;
        mention.date = date_resolve_end(e, context);
        break;
    case GIVES_SINCE:
    case GIVES_UNTIL:
    case GIVES_BETWEEN:
        mention.kind = DATE_PERIOD;
        mention.period = range(e, context, arena, last);
        break;
    case GIVES_DURATION:
    case GIVES_EACH:
        mention.kind = e->rule->gives == GIVES_EACH ? DATE_REPEATED : DATE_PERIOD;
        mention.period = duration(e, context->rules, arena);
        break;
    }
    if (!date_is_known(mention.date) && mention.period.len == 0)
        return false;
    mention.derivation = derive(e, context, arena);
    if (mention.kind == DATE_POINT)
        *last = mention.date;
    *out = mention;
    return true;
}
