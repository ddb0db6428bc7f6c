/* date_resolve.c - from what an expression says to the date that it means. */
#include "date_internal.h"

#define YEARS_BACK 12 /* of a day of the week and month: the pattern repeats in 5 to 11 */
#define SOON 45       /* days: a coming day this near is meant rather than ... */
#define LONG_AGO 200  /* ... one that is as long past as this */
#define MIDDLE_OF_MONTH 15

/* The days, or the one day, around which an expression is resolved. */
struct anchor {
    int32_t first, last;
    bool    is_known;
};

static struct anchor anchor_of(struct date d)
{
    if (!date_is_known(d))
        return (struct anchor){ 0 };
    return (struct anchor){ date_to_days(d), date_last_day(d), true };
}

static struct date cut(struct date d, char keep)
{
    if (keep == 'Y')
        d.month = d.day = 0;
    else if (keep == 'M')
        d.day = 0;
    return d;
}

/* ---- which of several ---- */

/* The best candidate so far under one way of choosing. */
struct choice {
    enum date_toward toward;
    bool             is_span; /* of a quarter or half: told when most of it is over */
    struct anchor    anchor;
    struct date      best;
    int32_t          first, last; /* its days */
    int32_t          distance;
};

static int32_t distance_to(struct anchor anchor, int32_t first)
{
    int32_t middle = anchor.first + (anchor.last - anchor.first) / 2;

    return first > middle ? first - middle : middle - first;
}

/* Is the candidate past: of a quarter or half its greater part? */
static bool is_mostly_over(const struct choice *choice, int32_t first, int32_t last)
{
    return (choice->is_span ? first + (last - first) / 2 : first) <= choice->anchor.last;
}

/* FIRST..LAST are the days of the candidate D. */
static void offer(struct choice *choice, struct date d, int32_t first, int32_t last)
{
    bool    fits = true;
    int32_t distance = distance_to(choice->anchor, first);

    switch (choice->toward) {
    case TOWARD_PAST:
    case TOWARD_CONTEXT:
        fits = is_mostly_over(choice, first, last);
        break;
    case TOWARD_LAST:
        fits = last < choice->anchor.first;
        break;
    case TOWARD_FUTURE:
        fits = last >= choice->anchor.first;
        break;
    case TOWARD_NEXT:
        fits = first > choice->anchor.last;
        break;
    case TOWARD_NEAREST:
        break;
    }
    if (fits && (!date_is_known(choice->best) || distance < choice->distance)) {
        choice->best = d;
        choice->first = first;
        choice->last = last;
        choice->distance = distance;
    }
}

/* Of a candidate in the past and one to come, without a word that tells: the past one, unless
 * the other is near and the past one far. */
static struct date choose_by_context(const struct choice *past, const struct choice *future)
{
    if (date_is_known(future->best) && distance_to(future->anchor, future->first) <= SOON &&
        (!date_is_known(past->best) || distance_to(past->anchor, past->last) >= LONG_AGO))
        return future->best;
    return past->best;
}

static enum date_toward toward_of(const struct date_expression *e)
{
    if (e->rule->toward != TOWARD_CONTEXT || e->tense == TENSE_UNKNOWN)
        return e->rule->toward;
    return e->tense == TENSE_FUTURE ? TOWARD_FUTURE : TOWARD_PAST;
}

/* What is incomplete in an expression: offers each year's (or month's, or week's) reading. */
typedef void offer_all(struct choice *choice, const struct date_expression *e);

static struct date choose(const struct date_expression *e, struct anchor anchor, offer_all *offers)
{
    struct choice choice = { .toward = toward_of(e),
                             .is_span = e->part && e->part->is_exact,
                             .anchor = anchor };
    struct choice future = { .toward = TOWARD_FUTURE, .anchor = anchor };

    offers(&choice, e);
    if (choice.toward != TOWARD_CONTEXT)
        return choice.best;
    offers(&future, e);
    return choose_by_context(&choice, &future);
}

static void offer_years(struct choice *choice, const struct date_expression *e)
{
    int year = date_from_days(choice->anchor.last).year;

    for (int y = year - YEARS_BACK; y <= year + 2; y++) {
        struct date d = date_make(y, e->month, e->day);

        if (e->part) {
            d = date_make(y, 0, 0);
            offer(choice, d, date_to_days(date_make(y, e->part->first, 1)),
                  date_last_day(date_make(y, e->part->last, 0)));
        } else if (date_exists(y, e->month, e->day) &&
                   (!e->weekday || !e->day || date_weekday(d) == e->weekday)) {
            offer(choice, d, date_to_days(d), date_last_day(d));
        }
    }
}

/* A day of the month, of any month around the anchor. */
static void offer_months(struct choice *choice, const struct date_expression *e)
{
    struct date month = cut(date_from_days(choice->anchor.last), 'M');

    for (int m = -2; m <= 2; m++) {
        struct date d = date_add_months(month, m);

        if (!date_exists(d.year, d.month, e->day))
            continue;
        d.day = (uint8_t)e->day;
        if (!e->weekday || date_weekday(d) == e->weekday)
            offer(choice, d, date_to_days(d), date_to_days(d));
    }
}

static void offer_weeks(struct choice *choice, const struct date_expression *e)
{
    int32_t day = choice->anchor.last;

    for (int32_t d = day - 7; d <= day + 7; d++)
        if (date_weekday(date_from_days(d)) == e->weekday)
            offer(choice, date_from_days(d), d, d);
}

/* ---- a year for a text without a day of publication ---- */

static struct date without_publication(const struct date_expression *e,
                                       const struct date_context    *context)
{
    int           year = e->month ? date_event_year(context, e->month, e->day) : 0;
    struct choice choice = { .toward = TOWARD_PAST, .anchor = anchor_of(context->today) };

    if (!year && e->weekday && e->day && e->month && context->findings &&
        context->findings->year) { /* the year of the text only where the weekday agrees */
        struct date d = date_make(context->findings->year, e->month, e->day);

        if (date_exists(d.year, d.month, d.day) && date_weekday(d) == e->weekday)
            return d;
    } else if (!year && context->findings) {
        year = context->findings->year;
    }
    if (year && (e->month || e->part) && date_exists(year, e->month, e->day))
        return date_make(year, e->month, e->day);
    if (!e->month || !e->day || !choice.anchor.is_known)
        return NO_DATE; /* "en juin" of an unknown year is no evidence at all */
    offer_years(&choice, e);
    return choice.best;
}

/* ---- kinds of expressions ---- */

/* "il y a deux ans", "le mois dernier", "la veille": COUNT units from BASE. */
static struct date add_units(struct date base, const struct date_unit *unit, int count)
{
    count *= unit->count;
    switch (unit->iso) {
    case 'Y':
        return date_exists(base.year + count, 0, 0) ? date_make(base.year + count, 0, 0) : NO_DATE;
    case 'M':
        return base.month ? cut(date_add_months(base, count), 'M') : NO_DATE;
    default:
        if (!base.month || (!base.day && unit->iso == 'D'))
            return NO_DATE;
        if (!base.day)
            base.day = MIDDLE_OF_MONTH;
        base = date_from_days(date_to_days(base) + count * (unit->iso == 'W' ? 7 : 1));
        return base.year > 0 ? base : NO_DATE;
    }
}

static struct date anchor_date(const struct date_expression *e, const struct date_context *context,
                               const struct date_unit *unit)
{
    int precision = !unit || unit->iso == 'Y' ? 0 : unit->iso == 'M' ? 1 : 2;

    if (e->rule->from == ANCHOR_PUBLISHED)
        return context->published;
    if (precision == 2 && !date_is_known(context->told[2]))
        return context->published; /* "la veille" at the top of a text: of today */
    return context->told[precision];
}

/* What an offset found is made more exact by what else was told: "mardi de la semaine
 * dernière", "en décembre de la même année", "le 12 du mois dernier". */
static struct date refine(struct date d, const struct date_expression *e, char iso)
{
    if (iso == 'W' && e->weekday)
        return date_from_days(date_to_days(d) - date_weekday(d) + e->weekday);
    if (iso == 'Y' && e->month)
        return date_exists(d.year, e->month, e->day) ? date_make(d.year, e->month, e->day)
                                                     : NO_DATE;
    if (iso == 'M' && e->day)
        return date_exists(d.year, d.month, e->day) ? date_make(d.year, d.month, e->day) : NO_DATE;
    return iso == 'W' ? cut(d, 'M') : d;
}

static struct date resolve_offset(const struct date_expression *e,
                                  const struct date_context    *context)
{
    const struct date_rules *rules = context->rules;
    const struct date_unit  *unit =
        e->rule->unit != UINT32_MAX ? &rules->unit_items[e->rule->unit] : e->unit;
    struct date_unit counted;
    int              count = e->rule->offset * (e->number ? e->number : 1);
    struct date      base, d;

    if (!unit)
        return NO_DATE;
    counted = *unit;
    if (e->has_half && unit->iso == 'Y') { /* "deux ans et demi": 30 months */
        counted = (struct date_unit){ STR("month"), 1, 'M' };
        count = count * unit->count * 12 + (count < 0 ? -6 : 6);
    } else if (unit->iso == 'M' && unit->count == 1 && count % 12 == 0 && count != 0 &&
               e->rule->from == ANCHOR_TOLD && !context->told[0].month) {
        counted = (struct date_unit){ STR("year"), 1, 'Y' }; /* "douze mois plus tôt" */
        count /= 12;
    }
    unit = &counted;
    base = anchor_date(e, context, unit);
    if (!date_is_known(base))
        return NO_DATE;
    if (str_equal(unit->name, STR("decade"))) /* its end */
        return date_make((base.year / 10 + 1 + count) * 10, 0, 0);
    d = add_units(base, unit, count);
    if (!date_is_known(d))
        return NO_DATE;
    if (e->rule->keep == 'D' && unit->iso == 'W' && !e->weekday)
        return base.day ? d : cut(d, 'M');
    return refine(d, e, unit->iso);
}

static struct date resolve_event(const struct date_expression *e,
                                 const struct date_context    *context)
{
    struct anchor anchor =
        anchor_of(date_is_known(context->published) ? context->published : context->today);
    const struct date_unit *unit =
        e->rule->unit == UINT32_MAX ? NULL : &context->rules->unit_items[e->rule->unit];
    struct choice choice = { .toward = TOWARD_NEAREST, .anchor = anchor };

    for (uint32_t i = e->event; i != UINT32_MAX; i = context->rules->event_items[i].next) {
        const struct date_event *event = &context->rules->event_items[i];

        offer(&choice, event->since, date_to_days(event->since), date_last_day(event->until));
    }
    if (!e->rule->has_offset || !unit || !date_is_known(choice.best))
        return choice.best;
    return add_units(choice.best, unit, e->rule->offset);
}

static struct date resolve_incomplete(const struct date_expression *e,
                                      const struct date_context    *context)
{
    struct anchor anchor = anchor_of(context->published);

    if (!anchor.is_known)
        return without_publication(e, context);
    if (e->month && e->day && e->weekday) { /* near in time, whichever the tense */
        struct choice choice = { .toward = TOWARD_NEAREST, .anchor = anchor };

        offer_years(&choice, e);
        return choice.best;
    }
    if (e->month || e->part)
        return choose(e, anchor, offer_years);
    if (!context->published.month || (!context->published.day && !e->day))
        return NO_DATE;
    if (e->day)
        return choose(e, anchor, offer_months);
    if (e->weekday)
        return choose(e, anchor, offer_weeks);
    return NO_DATE;
}

/* "lundi en huit": units behind the next Monday. */
static struct date resolve_after_next(const struct date_expression *e,
                                      const struct date_context    *context)
{
    struct date d = resolve_incomplete(e, context);

    if (!date_is_known(d) || e->rule->unit == UINT32_MAX)
        return NO_DATE;
    return add_units(d, &context->rules->unit_items[e->rule->unit], e->rule->offset);
}

struct date date_resolve(const struct date_expression *e, const struct date_context *context)
{
    struct date d;

    if (e->event != UINT32_MAX)
        d = resolve_event(e, context);
    else if (e->rule->has_offset && e->rule->toward == TOWARD_NEXT)
        d = resolve_after_next(e, context);
    else if (e->rule->has_offset)
        d = resolve_offset(e, context);
    else if (e->year)
        d = date_make(e->year, e->month, e->month ? e->day : 0);
    else
        d = resolve_incomplete(e, context);
    return cut(d, e->rule->keep);
}

struct date date_resolve_end(const struct date_expression *e, const struct date_context *context)
{
    struct date_expression end = *e;

    end.day = e->day2;
    end.month = e->month2 ? e->month2 : e->month;
    end.year = e->year2 ? e->year2 : e->month2 && e->year ? 0 : e->year;
    end.part = e->part2 ? e->part2 : e->part;
    end.weekday = 0;
    if (!end.year && e->year && end.month)
        end.year = e->year + (end.month < e->month);
    return date_resolve(&end, context);
}
