/* date_event.c - the events that a text speaks of, and the year that they give it. */
#include "date_internal.h"

#include "aitrack/arena.h"
#include "aitrack/map.h"

#define EVENT_DISTANCE 15 /* days around an event in which a text of the time speaks of it */
#define MIDDLE_OF_MONTH 15

static void add_event(struct date_findings *findings, uint32_t event, struct arena *arena)
{
    for (size_t i = 0; i < findings->event_count; i++)
        if (findings->events[i] == event)
            return;
    *ARRAY_PUSH(arena, findings->events, findings->event_count, findings->event_capacity) = event;
}

static void collect_named(const struct date_rules *rules, struct matcher *matcher,
                          struct str folded, struct arena *arena, struct date_findings *findings)
{
    struct match match;
    size_t       from = 0;
    char         buffer[DATE_WORD];

    if (!rules->event_pattern)
        return;
    while (pattern_find(matcher, rules->event_pattern, folded, from, &match) == PATTERN_FOUND) {
        uint32_t   event;
        struct str form = match_text(&match, folded, 0);

        if (map_find(rules->events.values, date_lower(form, buffer), &event))
            add_event(findings, event, arena);
        from = match.end[0];
    }
}

static bool has_days(const struct date_event *event, const struct date_expression *e)
{
    return event->since.month == e->month && event->until.month == e->month &&
           event->since.day == e->day && event->until.day == e->day2;
}

static bool is_placed(const struct date_event *event, struct str folded)
{
    return event->place.len > 0 && str_find(folded, event->place, 0) != STR_NONE;
}

/* The weights of evidence: forms like "sommet de l'IA" name several events, of which the days
 * told decide, then a day during the event, then its place. */
#define WEIGHT_NEAR 1
#define WEIGHT_PLACED 1
#define WEIGHT_DURING 2
#define WEIGHT_TOLD 4

/* A text that says when and where, "les 10 et 11 février ... à Paris", speaks of the event of
 * these days and that place, whatever it calls it; unless two events fit. */
static void collect_told(const struct date_rules *rules, const struct date_expression *e,
                         struct str folded, struct arena *arena, struct date_findings *findings)
{
    uint32_t found = UINT32_MAX;
    bool     is_unique = true;

    if (!e->day || !e->day2 || !e->month || e->year)
        return;
    for (uint32_t i = 0; i < rules->event_count; i++) {
        const struct date_event *event = &rules->event_items[i];

        if (findings->weights[i] || !has_days(event, e)) /* told before: already added */
            continue;
        findings->weights[i] = WEIGHT_TOLD;
        if (!is_placed(event, folded))
            continue;
        is_unique &=
            found == UINT32_MAX || date_compare(rules->event_items[found].since, event->since) == 0;
        found = i;
    }
    if (found != UINT32_MAX && is_unique)
        add_event(findings, found, arena);
}

void date_collect_events(const struct date_rules *rules, struct matcher *matcher,
                         const struct text *text, struct arena *arena,
                         struct date_findings *findings)
{
    findings->weights = ARENA_ARRAY(arena, uint8_t, rules->event_count);
    for (size_t i = 0; i < findings->count; i++)
        collect_told(rules, &findings->items[i], text->folded, arena, findings);
    collect_named(rules, matcher, text->folded, arena, findings);
    for (size_t i = 0; i < findings->event_count; i++)
        for (uint32_t e = findings->events[i]; e != UINT32_MAX; e = rules->event_items[e].next)
            if (is_placed(&rules->event_items[e], text->folded))
                findings->weights[e] |= WEIGHT_PLACED;
}

/* How well EVENT fits day D of the text: 0 not at all. */
static int closeness(const struct date_event *event, struct date d, struct date today, int weight)
{
    int32_t day = date_to_days(d), since = date_to_days(event->since),
            until = date_last_day(event->until);

    if ((date_is_known(today) && date_compare(event->since, today) > 0) ||
        day < since - EVENT_DISTANCE || day > until + EVENT_DISTANCE)
        return 0;
    return weight + WEIGHT_NEAR + (day >= since && day <= until ? WEIGHT_DURING : 0);
}

int date_event_year(const struct date_context *context, int month, int day)
{
    const struct date_findings *findings = context->findings;
    int                         year = 0, best = 0;
    bool                        is_unique = true;

    for (size_t i = 0; findings && i < findings->event_count; i++)
        for (uint32_t e = findings->events[i]; e != UINT32_MAX;
             e = context->rules->event_items[e].next) {
            const struct date_event *event = &context->rules->event_items[e];
            struct date d = date_make(event->since.year, month, day ? day : MIDDLE_OF_MONTH);
            int         close = date_exists(d.year, month, d.day)
                                    ? closeness(event, d, context->today, findings->weights[e])
                                    : 0;

            if (close == 0 || close < best)
                continue;
            is_unique = close > best || (is_unique && d.year == year);
            best = close;
            year = d.year;
        }
    return is_unique ? year : 0;
}
