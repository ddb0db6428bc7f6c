/* dating.c - when a figure was announced, and over which years its money flows.
 *
 * A rule may have bound the date that the verb of announcing carries. Else the nearest date of
 * the sentence, the one told just before, the day that the text reports, and last the day of
 * publication.
 */
#include "analysis_internal.h"

#define DAYS_OF_STORY 15 /* how long before publication the day that a text reports may lie */
#define OPENING_PARAGRAPHS 2
#define RIGHT_BEHIND 2    /* items */
#define NEAR_REPETITION 6 /* items from a figure to its "par an" */

/* Does item I of LIST, a date, speak of another figure than item FIGURE: does it stand behind
 * another figure that is behind this one, or, when it is a point in time, right behind one
 * before it? Other dates in front may date all that follow. */
static bool dates_another(const struct analysis *a, const struct item_list *list, size_t figure,
                          size_t i)
{
    const struct vocabulary *v = a->engine->vocabulary;
    uint8_t                  money = vocabulary_class(v, STR("money"));

    for (size_t j = figure + 1; j < i; j++)
        if (list->items[j].class == money)
            return true;
    if (a->dates.items[list->items[i].ref].kind != DATE_POINT)
        return false; /* a period holds on: "9 milliards en 3 ans, dont 2 pour ..." */
    for (size_t j = i; i < figure && j-- > 0 && j + RIGHT_BEHIND >= i;) {
        if (list->items[j].class == money)
            return true;
        if (list->items[j].class == vocabulary_class(v, STR("comma")))
            break;
    }
    return false;
}

/* The date mention of item I of LIST where it may belong to item FIGURE, or NULL. */
static const struct date_mention *date_for(const struct analysis *a, const struct item_list *list,
                                           size_t figure, size_t i)
{
    if (list->items[i].class != vocabulary_class(a->engine->vocabulary, STR("date")) ||
        list->items[i].ref == REF_NONE || dates_another(a, list, figure, i))
        return NULL;
    return &a->dates.items[list->items[i].ref];
}

/* Does DATE lie behind the day of publication? */
static bool is_to_come(const struct analysis *a, struct date date)
{
    return date_is_known(a->published) && !date_covers(date, a->published) &&
           !date_covers(a->published, date) && date_to_days(date) > date_to_days(a->published);
}

/* May DATE tell when the figure was announced? The year of publication itself does not. */
static bool may_date(const struct analysis *a, const struct kind_defaults *defaults,
                     const struct date_mention *date)
{
    return date && date->kind == DATE_POINT && date_is_known(date->date) &&
           !is_to_come(a, date->date) && (date->date.month > 0 || !defaults->year) &&
           (date->date.month > 0 || !date_covers(date->date, a->published));
}

/* Is AT in the first paragraphs of the text? */
static bool is_opening(const struct analysis *a, uint32_t at)
{
    size_t paragraphs = 0;

    for (size_t b = 0; b < a->text.block_count && paragraphs < OPENING_PARAGRAPHS; b++) {
        const struct block *block = &a->text.blocks[b];

        paragraphs += block->kind == BLOCK_PARAGRAPH;
        if (block->kind == BLOCK_PARAGRAPH && at >= block->span.start && at < block->span.end)
            return true;
    }
    return false;
}

uint32_t dating_day(const struct analysis *a)
{
    uint32_t lead = REF_NONE;

    for (size_t i = 0; i < a->dates.count; i++) {
        const struct date_mention *date = &a->dates.items[i];
        int32_t                    before = date_to_days(a->published) - date_to_days(date->date);

        if (date->kind != DATE_POINT || date->date.day == 0 || a->published.day == 0 || before < 0)
            continue;
        if (lead == REF_NONE && before > 0 && before < DAYS_OF_STORY &&
            is_opening(a, date->span.start))
            lead = (uint32_t)i;
        else if (lead == REF_NONE ||
                 date_to_days(date->date) > date_to_days(a->dates.items[lead].date))
            return REF_NONE;
    }
    return lead;
}

/* The date of the sentence that dates the figure: the nearest that tells a point in time which
 * is not to come; else one of the sentence just before in the paragraph. */
static void add_date(const struct analysis *a, const struct kind_defaults *defaults,
                     struct draft *draft)
{
    const struct item_list *list = &a->items[draft->sentence];
    size_t                  best = 0;

    if (draft->date != REF_NONE && is_to_come(a, a->dates.items[draft->date].date))
        draft->date = REF_NONE;
    if (draft->date != REF_NONE)
        return;
    for (size_t i = 0; i < list->count; i++) {
        size_t distance = i < draft->item ? draft->item - i : 1 + i - draft->item;

        if (may_date(a, defaults, date_for(a, list, draft->item, i)) &&
            (draft->date == REF_NONE || distance < best)) {
            draft->date = list->items[i].ref;
            draft->date_rule = STR("default.nearest-date");
            best = distance;
        }
    }
    if (draft->date != REF_NONE || draft->sentence == 0 ||
        a->text.sentences[draft->sentence - 1].block != a->text.sentences[draft->sentence].block)
        return;
    list = &a->items[draft->sentence - 1];
    for (size_t i = 0; i < list->count; i++)
        if (may_date(a, defaults, date_for(a, list, list->count, i)) &&
            a->dates.items[list->items[i].ref].date.month > 0) {
            draft->date = list->items[i].ref;
            draft->date_rule = STR("default.date-before");
        }
}

/* Is the first verb of SENTENCE in the present: said on the day of publication? */
static bool is_of_the_day(const struct analysis *a, uint32_t sentence)
{
    const struct item_list *list = &a->items[sentence];
    const struct str       *verbs = &a->engine->cascade->verbs;
    uint8_t                 present = vocabulary_feature(a->engine->vocabulary, STR("pres"));

    for (size_t i = 0; i < list->count; i++)
        if (str_find_char(*verbs, (char)list->items[i].class, 0) != STR_NONE)
            return list->items[i].feature == present;
    return false;
}

/* Figures of running text that nothing else dates have the day that the text reports. */
static void add_reported_day(const struct analysis *a, const struct kind_defaults *defaults,
                             struct draft *draft)
{
    if (draft->date != REF_NONE || defaults->forecast.len > 0 ||
        is_of_the_day(a, draft->sentence) ||
        a->text.blocks[a->text.sentences[draft->sentence].block].kind != BLOCK_PARAGRAPH)
        return;
    draft->date = a->day;
    if (draft->date != REF_NONE)
        draft->date_rule = STR("default.reported-day");
}

/* Does DATE tell when the money flows: a period, for facts of a year that year, for plans a
 * time to come or the present year? */
static bool may_last(const struct analysis *a, const struct kind_defaults *defaults,
                     const struct date_mention *date)
{
    if (!date || date->period.len == 0)
        return false;
    return date->kind != DATE_POINT || defaults->year || is_to_come(a, date->date) ||
           (date->date.month == 0 && date_covers(date->date, a->published));
}

/* The nearest period of the sentence; what stands behind the figure goes first. */
static void add_period(const struct analysis *a, const struct kind_defaults *defaults,
                       struct draft *draft)
{
    const struct item_list *list = &a->items[draft->sentence];
    size_t                  best = 0;

    if (draft->period.value.len > 0)
        return;
    for (size_t i = 0; i < list->count; i++) {
        const struct date_mention *date = date_for(a, list, draft->item, i);
        size_t distance = i < draft->item ? 2 * (draft->item - i) : i - draft->item;

        if (may_last(a, defaults, date) && list->items[i].ref != draft->date &&
            (date->kind != DATE_REPEATED || distance <= NEAR_REPETITION) &&
            (draft->period.value.len == 0 || distance < best)) {
            draft->period = (struct bound_text){ date->period, STR("default.nearest-period") };
            best = distance;
        }
    }
}

/* A fact whose period begins after the day of publication is a forecast. */
static void add_forecast(const struct analysis *a, const struct kind_defaults *defaults,
                         struct draft *draft)
{
    struct str  period = draft->period.value;
    struct date start;
    size_t      slash = str_find_char(period, '/', 0);

    if (defaults->forecast.len == 0 || !rule_is_default(draft->status.rule))
        return;
    if (slash == 0)
        period = str_slice(period, 1, period.len);
    else if (slash != STR_NONE)
        period = str_slice(period, 0, slash);
    if (date_parse_iso(period, &start) && is_to_come(a, start))
        draft->status = (struct bound_text){ defaults->forecast, STR("default.forecast") };
}

void dating_apply(const struct analysis *a, const struct kind_defaults *defaults,
                  struct draft *draft)
{
    add_date(a, defaults, draft);
    add_reported_day(a, defaults, draft);
    if (draft->figure == REF_NONE)
        return;
    add_period(a, defaults, draft);
    add_forecast(a, defaults, draft);
}
