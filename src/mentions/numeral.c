/* numeral.c - groups of digits and French number words -> exact decimals. */
#include "aitrack/numeral.h"

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/map.h"
#include "aitrack/table.h"

enum { LONGEST_WORD = 32, LONGEST_NUMBER = 64 };

struct word {
    struct decimal    value;
    enum numeral_kind kind;
};

struct numerals {
    struct word    *words;
    size_t          count;
    struct map     *index; /* lower-case word -> index of words */
    struct str_list lists[NUMERAL_KIND_COUNT];
};

static const char *const kind_names[NUMERAL_KIND_COUNT] = {
    "unit", "teen", "ten", "hundred", "thousand", "and", "fraction", "collective", "vague",
};

/* ------------------------------------------------------------------ loading */

static bool read_kind(struct str name, enum numeral_kind *out)
{
    for (int k = 0; k < NUMERAL_KIND_COUNT; k++)
        if (str_equal(name, str_from(kind_names[k]))) {
            *out = (enum numeral_kind)k;
            return true;
        }
    return false;
}

static bool add_row(struct numerals *numerals, const struct table *table,
                    const struct table_row *row, struct arena *arena, struct error *err)
{
    struct str_list words = table_values(arena, row->cells[0]);
    struct word     word;

    if (!decimal_parse(row->cells[1], &word.value))
        return table_error(table, row, err, "'%.*s' is no number", STR_ARGS(row->cells[1]));
    if (!read_kind(row->cells[2], &word.kind))
        return table_error(table, row, err, "unknown kind '%.*s'", STR_ARGS(row->cells[2]));
    if (words.count == 0)
        return table_error(table, row, err, "no word");
    for (size_t i = 0; i < words.count; i++) {
        struct str_list *list = &numerals->lists[word.kind];

        if (words.items[i].len >= LONGEST_WORD)
            return table_error(table, row, err, "a word is longer than %d bytes", LONGEST_WORD - 1);
        map_put(numerals->index, words.items[i], (uint32_t)numerals->count);
        list->items = arena_grow(arena, list->items, list->count * sizeof *list->items,
                                 (list->count + 1) * sizeof *list->items);
        list->items[list->count++] = words.items[i];
    }
    numerals->words[numerals->count++] = word;
    return true;
}

bool numerals_load(const struct data_files *files, struct arena *arena, struct numerals **out,
                   struct error *err)
{
    static const char *const columns[] = { "words", "value", "kind", NULL };
    struct numerals         *numerals = ARENA_NEW(arena, struct numerals);
    struct table             table;

    if (!table_load(files, "lexicons/numerals.tsv", columns, arena, &table, err))
        return false;
    numerals->words = ARENA_ARRAY(arena, struct word, table.count);
    numerals->index = map_new(arena, table.count * 4);
    for (size_t i = 0; i < table.count; i++)
        if (!add_row(numerals, &table, &table.rows[i], arena, err))
            return false;
    *out = numerals;
    return true;
}

struct str_list numerals_words(const struct numerals *numerals, enum numeral_kind kind)
{
    return numerals->lists[kind];
}

/* -------------------------------------------------------------------- words */

static bool find_word(const struct numerals *numerals, struct str text, struct word *out)
{
    char     lower[LONGEST_WORD];
    uint32_t index;

    if (text.len >= sizeof lower)
        return false;
    for (size_t i = 0; i < text.len; i++)
        lower[i] = text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? (char)(text.ptr[i] - 'A' + 'a')
                                                            : text.ptr[i];
    /* The one capital of these words that is not ASCII never begins one. */
    if (!map_find(numerals->index, (struct str){ lower, text.len }, &index))
        return false;
    *out = numerals->words[index];
    return true;
}

bool numerals_word(const struct numerals *numerals, struct str word, enum numeral_kind kind,
                   struct decimal *out)
{
    struct word found;

    if (!find_word(numerals, word, &found) || found.kind != kind)
        return false;
    *out = found.value;
    return true;
}

/* What has been read of a number in words. */
struct sum {
    int64_t thousands; /* closed by the word for thousand */
    int64_t below;     /* 0 to 999, being built */
    int64_t least;     /* what may still be added is at least this ... */
    int64_t room;      /* ... and smaller than this; 0: nothing */
    bool    after_four;
    bool    is_begun;
};

static bool add_word(struct sum *sum, struct word word)
{
    int64_t value = word.value.digits;
    bool    was_four = sum->after_four;

    sum->after_four = false;
    switch (word.kind) {
    case NUMERAL_AND:
        return sum->is_begun;
    case NUMERAL_UNIT:
    case NUMERAL_TEEN:
        if (sum->is_begun && (value >= sum->room || value < sum->least))
            return false;
        /* "dix-sept": ten is a teen that takes 7 to 9; "soixante-dix-sept" likewise. */
        sum->least = 7;
        sum->room = word.kind == NUMERAL_TEEN && value == 10 ? 10 : 0;
        sum->below += value;
        sum->after_four = value == 4 && sum->below % 100 == 4;
        break;
    case NUMERAL_TEN:
        if (value == 20 && was_four)
            sum->below += 76; /* four is there already */
        else if (sum->is_begun && value >= sum->room)
            return false;
        else
            sum->below += value;
        value = sum->below % 100;
        sum->least = 1;
        sum->room = value == 60 || value == 80 ? 20 : 10;
        break;
    case NUMERAL_HUNDRED:
        if (sum->below > 19 || (sum->is_begun && sum->below == 0 && sum->room == 0))
            return false;
        sum->below = (sum->below ? sum->below : 1) * 100;
        sum->least = 1;
        sum->room = 100;
        break;
    case NUMERAL_THOUSAND:
        if (sum->thousands)
            return false;
        sum->thousands = (sum->below ? sum->below : 1) * 1000;
        sum->below = 0;
        sum->least = 1;
        sum->room = 1000;
        break;
    default:
        return false;
    }
    sum->is_begun = true;
    return true;
}

/* A hundred may follow a unit ("deux cents") although nothing can be added to the unit, and
 * after a thousand anything below it may come. */
static bool parse_words(const struct numerals *numerals, struct str text, struct decimal *out)
{
    struct sum sum = { .room = 1000 };
    size_t     at = 0;

    if (text.len > 200)
        return false;
    while (at < text.len) {
        size_t      end = at;
        struct word word;

        while (end < text.len && text.ptr[end] != ' ' && text.ptr[end] != '-')
            end++;
        if (end == at || !find_word(numerals, str_slice(text, at, end), &word) ||
            !add_word(&sum, word))
            return false;
        at = end + 1;
    }
    *out = (struct decimal){ sum.thousands + sum.below, 0 };
    return sum.is_begun;
}

/* ------------------------------------------------------------------- digits */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How many digits follow S[AT] up to the next other character. */
static size_t digits_after(struct str s, size_t at)
{
    size_t count = 0;

    while (at + 1 + count < s.len && is_digit(s.ptr[at + 1 + count]))
        count++;
    return count;
}

static size_t count_char(struct str s, char wanted)
{
    size_t count = 0;

    for (size_t i = 0; i < s.len; i++)
        count += s.ptr[i] == wanted;
    return count;
}

/* Where the decimals begin (the separator's offset), or STR_NONE. A separator that comes twice
 * separates thousands; of two kinds the last separates decimals; a single point before three
 * digits separates thousands (1.500), a single comma decimals, but for "25,000" without scale:
 * nobody writes an amount to the thousandth of a unit. */
static size_t decimal_separator(struct str s, bool is_scaled)
{
    size_t points = count_char(s, '.'), commas = count_char(s, ',');
    size_t point = str_find_char(s, '.', 0), comma = str_find_char(s, ',', 0);
    bool   is_spaced = count_char(s, ' ') + count_char(s, '\'') > 0;

    if (points > 1)
        return commas == 1 ? comma : STR_NONE;
    if (commas > 1)
        return points == 1 ? point : STR_NONE;
    if (points == 1 && commas == 1)
        return point > comma ? point : comma;
    if (points == 1)
        return digits_after(s, point) == 3 && point <= 3 && s.ptr[0] != '0' && !is_spaced ? STR_NONE
                                                                                          : point;
    if (commas == 1 && !is_scaled && !is_spaced && digits_after(s, comma) == 3 && comma <= 3 &&
        (comma >= 2 || str_ends_with(s, STR("000"))))
        return STR_NONE;
    return comma;
}

static bool parse_digits(struct str text, bool is_scaled, struct decimal *out)
{
    char   plain[LONGEST_NUMBER];
    size_t len = 0, separator = decimal_separator(text, is_scaled);

    for (size_t i = 0; i < text.len; i++) {
        if (len == sizeof plain)
            return false;
        if (i == separator)
            plain[len++] = '.';
        else if (is_digit(text.ptr[i]))
            plain[len++] = text.ptr[i];
        else if (!strchr(" .,'", text.ptr[i]))
            return false;
    }
    return decimal_parse((struct str){ plain, len }, out);
}

bool numeral_parse(const struct numerals *numerals, struct str text, bool is_scaled,
                   struct decimal *out)
{
    if (text.len == 0)
        return false;
    return is_digit(text.ptr[0]) ? parse_digits(text, is_scaled, out)
                                 : parse_words(numerals, text, out);
}
