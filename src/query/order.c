/* order.c - sorting by columns and tallies. */
#include <stdlib.h>

#include "query_internal.h"

#include "aitrack/arena.h"
#include "aitrack/nearest.h"
#include "aitrack/unicode.h"

static const struct tally_name {
    const char *name;
    size_t      offset;
} tally_names[] = {
    { "mentions", offsetof(struct query_tally, mentions) },
    { "sources", offsetof(struct query_tally, sources) },
};

bool order_parse(struct str text, enum query_unit unit, struct order_key *out, struct error *err)
{
    struct order_key key = { .descending = str_starts_with(text, STR("-")) };
    struct str       name = str_slice(text, key.descending, text.len);
    struct nearest   nearest;

    key.column = row_column(name);
    if (key.column >= 0) {
        *out = key;
        return true;
    }
    nearest_init(&nearest, name);
    for (size_t i = 0; i < ROW_COLUMNS; i++)
        nearest_offer(&nearest, row_columns[i].name);
    for (size_t i = 0; i < COUNT_OF(tally_names); i++) {
        if (str_equal(name, str_from(tally_names[i].name))) {
            if (unit != QUERY_ANNOUNCEMENTS)
                return error_set(err, ERROR_USAGE, "%s: only with --announcements",
                                 tally_names[i].name);
            key.tally = tally_names[i].offset;
            *out = key;
            return true;
        }
        nearest_offer(&nearest, tally_names[i].name);
    }
    if (nearest.name)
        return error_set(err, ERROR_USAGE, "unknown column \"%.*s\"; did you mean %s?",
                         STR_ARGS(name), nearest.name);
    return error_set(err, ERROR_USAGE, "unknown column \"%.*s\"", STR_ARGS(name));
}

/* What a row is sorted by: one value for each key, made before the sorting. */
struct sort_value {
    bool           is_empty;
    bool           is_number;
    struct decimal number;
    struct str     text;
};

struct sort_item {
    struct sort_value      *values;
    const struct order_key *keys;
    size_t                  key_count;
    size_t                  index; /* where it stood */
};

static struct sort_value number_value(int64_t number)
{
    return (struct sort_value){ .is_number = true, .number = { number, 0 } };
}

static struct sort_value value_of(const struct query_result *result, size_t index,
                                  const struct order_key *key, struct arena *arena)
{
    const struct row *row = &result->rows[index];
    struct sort_value value;
    struct str        cell;

    if (key->column < 0) {
        const char *tally = (const char *)&result->tallies[index];

        return number_value((int64_t) * (const size_t *)(const void *)(tally + key->tally));
    }
    cell = row_cell(row, key->column, arena);
    value = (struct sort_value){ .is_empty = cell.len == 0 };
    switch (row_columns[key->column].type) {
    case COLUMN_AMOUNT:
    case COLUMN_INTEGER:
    case COLUMN_FRACTION:
        value.is_number = decimal_parse(cell, &value.number);
        break;
    case COLUMN_TEXT:
    case COLUMN_LIST:
        value.text = unicode_name_key(arena, cell); /* "Élysée" stands at E */
        break;
    }
    return value;
}

static int compare_values(const struct sort_value *a, const struct sort_value *b)
{
    if (a->is_number && b->is_number)
        return decimal_compare(a->number, b->number);
    return str_compare(a->text, b->text);
}

static int compare_items(const void *left, const void *right)
{
    const struct sort_item *a = left, *b = right;

    for (size_t i = 0; i < a->key_count; i++) {
        const struct sort_value *x = &a->values[i], *y = &b->values[i];
        int                      order;

        if (x->is_empty != y->is_empty)
            return x->is_empty ? 1 : -1;
        order = compare_values(x, y);
        if (order)
            return a->keys[i].descending ? -order : order;
    }
    return (a->index > b->index) - (a->index < b->index);
}

void order_sort(struct query_result *result, const struct order_key *keys, size_t key_count,
                struct arena *arena)
{
    struct sort_item   *items;
    struct row         *rows;
    struct query_tally *tallies;

    if (key_count == 0 || result->count < 2)
        return;
    items = ARENA_ARRAY(arena, struct sort_item, result->count);
    for (size_t i = 0; i < result->count; i++) {
        items[i] = (struct sort_item){ ARENA_ARRAY(arena, struct sort_value, key_count), keys,
                                       key_count, i };
        for (size_t k = 0; k < key_count; k++)
            items[i].values[k] = value_of(result, i, &keys[k], arena);
    }
    qsort(items, result->count, sizeof *items, compare_items);

    rows = ARENA_ARRAY(arena, struct row, result->count);
    tallies = result->tallies ? ARENA_ARRAY(arena, struct query_tally, result->count) : NULL;
    for (size_t i = 0; i < result->count; i++) {
        rows[i] = result->rows[items[i].index];
        if (tallies)
            tallies[i] = result->tallies[items[i].index];
    }
    result->rows = rows;
    result->tallies = tallies;
}
