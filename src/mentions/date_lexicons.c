/* date_lexicons.c - the words of dates: months, weekdays, parts of a year, units, events. */
#include "date_internal.h"

#include "aitrack/arena.h"
#include "aitrack/map.h"
#include "aitrack/numeral.h"
#include "aitrack/table.h"

/* The forms of a lexicon as they are read, to become alternatives of a pattern. */
struct forms {
    struct str *items;
    size_t      count, capacity;
};

struct loading {
    const struct data_files *files;
    struct arena            *arena;
    struct date_rules       *rules;
    struct error            *err;
};

static bool add_forms(struct loading *loading, const struct table *table,
                      const struct table_row *row, struct str cell, uint32_t value,
                      struct date_lexicon *lexicon, struct forms *forms)
{
    struct str_list values = table_values(loading->arena, cell);

    if (values.count == 0)
        return table_error(table, row, loading->err, "no form");
    for (size_t i = 0; i < values.count; i++) {
        char       buffer[DATE_WORD];
        struct str form = str_copy(loading->arena, date_lower(values.items[i], buffer));

        if (values.items[i].len >= DATE_WORD)
            return table_error(table, row, loading->err, "\"%.*s\" is too long",
                               STR_ARGS(values.items[i]));
        if (map_find(lexicon->values, form, NULL))
            return table_error(table, row, loading->err, "\"%.*s\" stands twice", STR_ARGS(form));
        map_put(lexicon->values, form, value);
        *ARRAY_PUSH(loading->arena, forms->items, forms->count, forms->capacity) = form;
    }
    return true;
}

static void finish(struct loading *loading, struct date_lexicon *lexicon, struct forms *forms)
{
    struct str_list list = { forms->items, forms->count };

    lexicon->forms = list;
    lexicon->alternatives = rule_alternatives(loading->arena, list);
}

static bool cell_number(const struct table *table, const struct table_row *row, size_t cell,
                        int lowest, int highest, int *out, struct error *err)
{
    int64_t value;

    if (!str_to_int64(row->cells[cell], &value) || value < lowest || value > highest)
        return table_error(table, row, err, "\"%.*s\" is not a number from %d to %d",
                           STR_ARGS(row->cells[cell]), lowest, highest);
    *out = (int)value;
    return true;
}

/* A lexicon of numbers and their forms: months, weekdays; where ENGLISH is not NULL, the forms of
 * a third column are known too, but become alternatives of their own. */
static bool load_numbered(struct loading *loading, const char *path, const char *column,
                          int highest, struct date_lexicon *lexicon, struct str *english)
{
    const char *const columns[] = { column, "forms", english ? "english" : NULL, NULL };
    struct forms      forms = { 0 }, foreign = { 0 };
    struct table      table;

    if (!table_load(loading->files, path, columns, loading->arena, &table, loading->err))
        return false;
    lexicon->values = map_new(loading->arena, table.count * 8);
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];
        int                     number;

        if (!cell_number(&table, row, 0, 1, highest, &number, loading->err) ||
            !add_forms(loading, &table, row, row->cells[1], (uint32_t)number, lexicon, &forms) ||
            (english &&
             !add_forms(loading, &table, row, row->cells[2], (uint32_t)number, lexicon, &foreign)))
            return false;
    }
    finish(loading, lexicon, &forms);
    if (english) {
        struct str_list list = { foreign.items, foreign.count };

        *english = rule_alternatives(loading->arena, list);
    }
    return true;
}

static bool load_parts(struct loading *loading)
{
    static const char *const columns[] = { "part", "first", "last", "exactness", "forms", NULL };
    struct date_rules       *rules = loading->rules;
    struct forms             forms = { 0 };
    struct table             table;

    if (!table_load(loading->files, "lexicons/year_parts.tsv", columns, loading->arena, &table,
                    loading->err))
        return false;
    rules->parts.values = map_new(loading->arena, table.count * 8);
    rules->part_items = ARENA_ARRAY(loading->arena, struct date_part, table.count);
    rules->part_count = table.count;
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];
        struct date_part       *part = &rules->part_items[i];

        part->is_exact = str_equal(row->cells[3], STR("span"));
        if (!part->is_exact && !str_equal(row->cells[3], STR("season")))
            return table_error(&table, row, loading->err,
                               "exactness must be span or season, not \"%.*s\"",
                               STR_ARGS(row->cells[3]));
        if (!cell_number(&table, row, 1, 1, 12, &part->first, loading->err) ||
            !cell_number(&table, row, 2, part->first, 12, &part->last, loading->err) ||
            !add_forms(loading, &table, row, row->cells[4], (uint32_t)i, &rules->parts, &forms))
            return false;
    }
    finish(loading, &rules->parts, &forms);
    return true;
}

static bool load_units(struct loading *loading)
{
    static const char *const columns[] = { "unit", "count", "iso", "nouns", "adjectives", NULL };
    struct date_rules       *rules = loading->rules;
    struct forms             nouns = { 0 }, adjectives = { 0 };
    struct table             table;

    if (!table_load(loading->files, "lexicons/durations.tsv", columns, loading->arena, &table,
                    loading->err))
        return false;
    rules->nouns.values = map_new(loading->arena, table.count * 4);
    rules->adjectives.values = map_new(loading->arena, table.count * 4);
    rules->unit_items = ARENA_ARRAY(loading->arena, struct date_unit, table.count);
    rules->unit_count = table.count;
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];
        struct date_unit       *unit = &rules->unit_items[i];

        unit->name = row->cells[0];
        unit->iso = row->cells[2].len == 1 ? row->cells[2].ptr[0] : '?';
        if (unit->iso != 'D' && unit->iso != 'W' && unit->iso != 'M' && unit->iso != 'Y')
            return table_error(&table, row, loading->err, "iso must be D, W, M or Y");
        if (!cell_number(&table, row, 1, 1, 100, &unit->count, loading->err) ||
            !add_forms(loading, &table, row, row->cells[3], (uint32_t)i, &rules->nouns, &nouns) ||
            !add_forms(loading, &table, row, row->cells[4], (uint32_t)i, &rules->adjectives,
                       &adjectives))
            return false;
    }
    finish(loading, &rules->nouns, &nouns);
    finish(loading, &rules->adjectives, &adjectives);
    return true;
}

/* The first event of FORM heads a chain of those that share it: "sommet de l'IA". */
static void add_event_form(struct loading *loading, struct str form, uint32_t event,
                           struct forms *forms)
{
    struct date_rules *rules = loading->rules;
    char               buffer[DATE_WORD];
    struct str         key = str_copy(loading->arena, date_lower(form, buffer));
    uint32_t           first;
    struct date_event *item;

    if (!map_find(rules->events.values, key, &first)) {
        first = UINT32_MAX;
        *ARRAY_PUSH(loading->arena, forms->items, forms->count, forms->capacity) = key;
    }
    item =
        ARRAY_PUSH(loading->arena, rules->event_items, rules->event_count, rules->event_capacity);
    *item = rules->event_items[event];
    item->next = first;
    map_put(rules->events.values, key, (uint32_t)rules->event_count - 1);
}

static bool load_events(struct loading *loading)
{
    static const char *const columns[] = { "event", "forms", "since", "until", "place", NULL };
    static const char        path[] = "lexicons/events.tsv";
    struct date_rules       *rules = loading->rules;
    struct forms             forms = { 0 };
    struct table             table;

    if (!table_load(loading->files, path, columns, loading->arena, &table, loading->err))
        return false;
    rules->events.values = map_new(loading->arena, table.count * 4);
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];
        struct str_list         values = table_values(loading->arena, row->cells[1]);
        struct date_event       event = { .place = row->cells[4], .next = UINT32_MAX };
        uint32_t                index = (uint32_t)rules->event_count;

        if (!date_parse_iso(row->cells[2], &event.since))
            return table_error(&table, row, loading->err, "since: \"%.*s\" is no date",
                               STR_ARGS(row->cells[2]));
        if (row->cells[3].len == 0)
            event.until = event.since;
        else if (!date_parse_iso(row->cells[3], &event.until))
            return table_error(&table, row, loading->err, "until: \"%.*s\" is no date",
                               STR_ARGS(row->cells[3]));
        *ARRAY_PUSH(loading->arena, rules->event_items, rules->event_count, rules->event_capacity) =
            event;
        for (size_t k = 0; k < values.count; k++)
            if (values.items[k].len < DATE_WORD)
                add_event_form(loading, values.items[k], index, &forms);
    }
    finish(loading, &rules->events, &forms);
    return true;
}

/* Cardinal numbers below 100, word by word: what a count of days, months or years uses. The
 * patterns put the words together, numeral.c reads the whole. */
static bool load_numbers(struct loading *loading)
{
    static const enum numeral_kind kinds[] = { NUMERAL_UNIT, NUMERAL_TEEN, NUMERAL_TEN };
    struct date_rules             *rules = loading->rules;
    struct forms                   forms = { 0 };

    if (!numerals_load(loading->files, loading->arena, &rules->numerals, loading->err))
        return false;
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        struct str_list words = numerals_words(rules->numerals, kinds[i]);

        for (size_t k = 0; k < words.count; k++)
            *ARRAY_PUSH(loading->arena, forms.items, forms.count, forms.capacity) = words.items[k];
    }
    finish(loading, &rules->numbers, &forms);
    return true;
}

bool date_lexicons_load(const struct data_files *files, struct arena *arena,
                        struct date_rules *rules, struct error *err)
{
    struct loading loading = { files, arena, rules, err };

    return load_numbered(&loading, "lexicons/months.tsv", "month", 12, &rules->months,
                         &rules->english_months) &&
           load_numbered(&loading, "lexicons/weekdays.tsv", "weekday", 7, &rules->weekdays, NULL) &&
           load_parts(&loading) && load_units(&loading) && load_numbers(&loading) &&
           load_events(&loading);
}
