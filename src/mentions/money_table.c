/* money_table.c - cells of tables whose unit stands in the caption or in the head of the column:
 * "Budget (en M€)", then "Calcul | ANR | 360". */
#include <string.h>

#include "aitrack/arena.h"
#include "money_internal.h"

enum { MOST_COLUMNS = 32, LONGEST_CAPTION = 300, FIRST_YEAR = 1900, LAST_YEAR = 2100 };

/* The unit that a caption or a column's head names. */
struct column_unit {
    bool                     is_known, is_count;
    int                      power;
    const struct meaning    *meaning;
    const struct money_rule *rule;
};

struct table_reader {
    struct money_scan *scan;
    struct candidate  *found;
    size_t             count, capacity;
    struct column_unit caption, columns[MOST_COLUMNS];
    bool               has_head;
};

/* The unit in TEXT, by the rules whose unit is `caption`. */
static struct column_unit find_unit(const struct money_scan *scan, struct str text)
{
    struct column_unit unit = { 0 };
    struct candidate   read = { 0 };
    struct match       match;

    for (size_t i = 0; i < scan->rules->count && !unit.is_known; i++) {
        const struct money_rule *rule = &scan->rules->rules[i];

        if (rule->unit != UNIT_CAPTION ||
            pattern_find(scan->matcher, rule->pattern, text, 0, &match) != PATTERN_FOUND ||
            !money_amount(&scan->rules->words, rule, &match, text, &read))
            continue;
        unit = (struct column_unit){ true, false, read.power, read.meaning, rule };
    }
    if (!unit.is_known) {
        int group = pattern_group(scan->rules->words.cue, "counted");

        unit.is_count =
            pattern_find(scan->matcher, scan->rules->words.cue, text, 0, &match) == PATTERN_FOUND &&
            match.start[group] != STR_NONE;
    }
    return unit;
}

static void read_head(struct table_reader *reader, struct str row)
{
    struct str cell;

    memset(reader->columns, 0, sizeof reader->columns);
    for (size_t i = 0; i < MOST_COLUMNS && str_cut(&row, '|', &cell); i++)
        reader->columns[i] = find_unit(reader->scan, str_trim(cell));
    reader->has_head = true;
}

/* The stretch that holds offset AT of the text, or NO_INDEX. */
static int64_t stretch_at(const struct money_scan *scan, uint32_t at)
{
    size_t low = 0, high = scan->stretch_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (scan->stretches[middle].span.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < scan->stretch_count && scan->stretches[low].span.start <= at ? (int64_t)low
                                                                              : NO_INDEX;
}

static bool is_year(struct decimal number)
{
    return number.decimals == 0 && number.digits >= FIRST_YEAR && number.digits <= LAST_YEAR;
}

static void read_cell(struct table_reader *reader, struct str cell, size_t column)
{
    struct money_scan  *scan = reader->scan;
    struct column_unit *unit = &reader->columns[column];
    struct candidate    candidate = { .currency = NO_INDEX, .donor = NO_INDEX };
    uint32_t            start = (uint32_t)(cell.ptr - scan->text->folded.ptr);
    int64_t             stretch;

    if (!unit->is_known && !unit->is_count)
        unit = &reader->caption;
    if (!unit->is_known || cell.len == 0 || cell.ptr[0] < '0' || cell.ptr[0] > '9' ||
        !numeral_parse(scan->rules->words.numerals, cell, true, &candidate.low) ||
        decimal_is_zero(candidate.low) || is_year(candidate.low))
        return;
    stretch = stretch_at(scan, start);
    if (stretch == NO_INDEX)
        return;
    candidate.span = (struct span){ start, start + (uint32_t)cell.len };
    candidate.whole = candidate.span;
    candidate.stretch = (uint32_t)stretch;
    candidate.rule = unit->rule;
    candidate.meaning = unit->meaning;
    candidate.is_elliptic = true;
    candidate.verdict = VERDICT_MONEY;
    money_amount_scale(&candidate, unit->power);
    *ARRAY_PUSH(scan->arena, reader->found, reader->count, reader->capacity) = candidate;
}

static void read_block(struct table_reader *reader, struct str block)
{
    struct str row, cell;

    while (str_cut(&block, '\n', &row)) {
        if (!reader->has_head) {
            read_head(reader, row);
            continue;
        }
        for (size_t i = 0; i < MOST_COLUMNS && str_cut(&row, '|', &cell); i++)
            read_cell(reader, str_trim(cell), i);
    }
}

/* Puts FOUND, which is in order, among the candidates; what is there already stays. */
static void merge(struct money_scan *scan, const struct candidate *found, size_t count)
{
    size_t            total = scan->count + count, used = 0, a = 0, b = 0;
    struct candidate *items = ARENA_ARRAY(scan->arena, struct candidate, total);
    int32_t          *moved = ARENA_ARRAY(scan->arena, int32_t, scan->count + 1);

    while (a < scan->count || b < count) {
        if (b == count || (a < scan->count && scan->items[a].span.start < found[b].span.end)) {
            bool covers = b < count && scan->items[a].span.end > found[b].span.start;

            b += covers;
            moved[a] = (int32_t)used;
            items[used++] = scan->items[a++];
        } else {
            items[used++] = found[b++];
        }
    }
    for (size_t i = 0; i < used; i++)
        if (items[i].donor != NO_INDEX)
            items[i].donor = moved[items[i].donor];
    scan->items = items;
    scan->count = used;
}

void money_scan_tables(struct money_scan *scan)
{
    const struct text  *text = scan->text;
    struct table_reader reader = { .scan = scan };

    for (size_t i = 0; i < text->block_count; i++) {
        const struct block *block = &text->blocks[i];

        if (block->kind != BLOCK_TABLE)
            continue;
        if (i == 0 || text->blocks[i - 1].kind != BLOCK_TABLE) {
            struct str above = i ? text_slice(text, text->blocks[i - 1].span) : STR("");

            reader.has_head = false;
            reader.caption = (struct column_unit){ 0 };
            if (above.len <= LONGEST_CAPTION)
                reader.caption = find_unit(scan, above);
        }
        read_block(&reader, text_slice(text, block->span));
    }
    if (reader.count)
        merge(scan, reader.found, reader.count);
}
