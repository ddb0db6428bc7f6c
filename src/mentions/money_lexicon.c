/* money_lexicon.c - the words of figures: numbers, scales, currencies. */
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/map.h"
#include "aitrack/strbuf.h"
#include "aitrack/table.h"
#include "aitrack/unicode.h"
#include "money_lexicon_internal.h"

enum { MOST_GIVEN = 32 };

static void collect(struct loader *loader, struct word_set *set, struct str word)
{
    *ARRAY_PUSH(loader->arena, set->items, set->count, set->capacity) = word;
}

void loader_collect(struct loader *loader, struct word_set *set, struct str_list list)
{
    for (size_t i = 0; i < list.count; i++)
        collect(loader, set, list.items[i]);
}

struct str money_alternatives(struct arena *arena, struct str_list words)
{
    struct str    quoted = rule_alternatives(arena, words);
    struct strbuf out = strbuf_in(arena);
    size_t        done = 0, at;

    while ((at = str_find(quoted, STR("\\*"), done)) != STR_NONE) {
        strbuf_add(&out, str_slice(quoted, done, at));
        strbuf_add(&out, STR("\\p{L}*+"));
        done = at + 2;
    }
    strbuf_add(&out, str_slice(quoted, done, quoted.len));
    return strbuf_str(&out);
}

void loader_give(struct loader *loader, const char *name, struct word_set set)
{
    ENSURE(loader->given_count < MOST_GIVEN, "too many definitions for money.rules");
    loader->given[loader->given_count++] = (struct definition){
        str_from(name),
        money_alternatives(loader->arena, (struct str_list){ set.items, set.count }),
    };
}

struct str_list loader_values(struct loader *loader, struct str cell)
{
    if (str_equal(cell, STR("-")))
        return (struct str_list){ NULL, 0 };
    return table_values(loader->arena, cell);
}

/* ----------------------------------------------------------------- numerals */

static bool load_numerals(struct loader *loader)
{
    static const struct {
        const char       *name;
        enum numeral_kind kind;
    } given[] = {
        { "collectives", NUMERAL_COLLECTIVE },
        { "fractions", NUMERAL_FRACTION },
        { "vague", NUMERAL_VAGUE },
    };
    struct word_set numerals = { 0 };

    if (!numerals_load(loader->files, loader->arena, &loader->words->numerals, loader->err))
        return false;
    for (int kind = NUMERAL_UNIT; kind <= NUMERAL_THOUSAND; kind++)
        loader_collect(loader, &numerals,
                       numerals_words(loader->words->numerals, (enum numeral_kind)kind));
    loader_give(loader, "numerals", numerals);
    for (size_t i = 0; i < COUNT_OF(given); i++) {
        struct word_set set = { 0 };

        loader_collect(loader, &set, numerals_words(loader->words->numerals, given[i].kind));
        loader_give(loader, given[i].name, set);
    }
    return true;
}

/* ------------------------------------------------------------------- scales */

enum scale_kind {
    SCALE_WORD,
    SCALE_THOUSAND,
    SCALE_SHORT,
    SCALE_GLUED,
    SCALE_PREFIXED,
    SCALE_SHOWN
};

static bool read_scale_kind(struct str name, enum scale_kind *out)
{
    static const char *const names[] = {
        "word", "thousand", "short", "glued", "prefixed", "shown"
    };

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_equal(name, str_from(names[i]))) {
            *out = (enum scale_kind)i;
            return true;
        }
    return false;
}

static bool read_integer(const struct table *table, const struct table_row *row, struct str cell,
                         int lowest, int highest, int *out, struct error *err)
{
    int64_t value;

    if (!str_to_int64(cell, &value) || value < lowest || value > highest)
        return table_error(table, row, err, "'%.*s' is no number from %d to %d", STR_ARGS(cell),
                           lowest, highest);
    *out = (int)value;
    return true;
}

static bool load_scales(struct loader *loader)
{
    static const char *const columns[] = { "words", "power", "prefixed", "kind", NULL };
    struct money_words      *words = loader->words;
    struct word_set          sets[SCALE_SHOWN + 1] = { 0 };
    struct word_set          all_words = { 0 };
    struct table             table;

    if (!table_load(loader->files, "lexicons/scales.tsv", columns, loader->arena, &table,
                    loader->err))
        return false;
    words->scales = ARENA_ARRAY(loader->arena, struct scale, table.count);
    words->scale_exact = map_new(loader->arena, 64);
    words->scale_lower = map_new(loader->arena, 64);
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];
        struct str_list         list = loader_values(loader, row->cells[0]);
        enum scale_kind         kind;

        if (!read_integer(&table, row, row->cells[1], 0, 18, &words->scales[i].power,
                          loader->err) ||
            !read_integer(&table, row, row->cells[2], 0, 18, &words->scales[i].prefixed,
                          loader->err))
            return false;
        if (!read_scale_kind(row->cells[3], &kind))
            return table_error(&table, row, loader->err, "unknown kind '%.*s'",
                               STR_ARGS(row->cells[3]));
        if (kind == SCALE_SHOWN) {
            if (list.count != 1 || words->shown_count == COUNT_OF(words->shown))
                return table_error(&table, row, loader->err, "one word, and at most %zu rows",
                                   COUNT_OF(words->shown));
            words->shown[words->shown_count++] =
                (struct shown_scale){ list.items[0], words->scales[i].power };
            continue;
        }
        for (size_t w = 0; w < list.count; w++)
            map_put(kind <= SCALE_THOUSAND ? words->scale_lower : words->scale_exact, list.items[w],
                    (uint32_t)i);
        loader_collect(loader, &sets[kind], list);
    }
    loader_collect(loader, &all_words,
                   (struct str_list){ sets[SCALE_WORD].items, sets[SCALE_WORD].count });
    loader_collect(loader, &all_words,
                   (struct str_list){ sets[SCALE_THOUSAND].items, sets[SCALE_THOUSAND].count });
    loader_give(loader, "scale_words", all_words);
    loader_give(loader, "scale_names", sets[SCALE_WORD]);
    loader_give(loader, "scale_short", sets[SCALE_SHORT]);
    loader_give(loader, "scale_glued", sets[SCALE_GLUED]);
    loader_give(loader, "scale_prefixed", sets[SCALE_PREFIXED]);
    return true;
}

/* --------------------------------------------------------------- currencies */

/* Adds CURRENCY to what KEY means in MAP. */
static void add_meaning(struct loader *loader, struct map *map, struct str key, size_t currency)
{
    struct money_words *words = loader->words;
    struct meaning     *meaning;
    uint32_t            index;

    if (!map_find(map, key, &index)) {
        index = (uint32_t)loader->meaning_count;
        *ARRAY_PUSH(loader->arena, words->meanings, loader->meaning_count,
                    loader->meaning_capacity) = (struct meaning){ NULL, 0 };
        map_put(map, key, index);
    }
    meaning = &words->meanings[index];
    for (size_t i = 0; i < meaning->count; i++)
        if (meaning->items[i] == currency)
            return;
    meaning->items =
        arena_grow(loader->arena, meaning->items, meaning->count * sizeof *meaning->items,
                   (meaning->count + 1U) * sizeof *meaning->items);
    meaning->items[meaning->count++] = (uint16_t)currency;
}

static void add_meanings(struct loader *loader, struct map *map, struct str_list keys,
                         size_t currency)
{
    for (size_t i = 0; i < keys.count; i++)
        add_meaning(loader, map, keys.items[i], currency);
}

/* Does WORD end in a letter, so that a letter behind it would make another word of it? */
static bool ends_in_letter(struct str word)
{
    size_t size;

    return word.len > 0 && unicode_is_letter(unicode_before(word, word.len, &size));
}

static bool is_upper_or_sign(struct str word)
{
    size_t size;

    return !unicode_is_letter(unicode_at(word, 0, &size)) ||
           unicode_is_upper(unicode_at(word, 0, &size));
}

struct currency_sets {
    struct word_set names, marks, codes, letters, subunits, places, stems;
};

static void add_sign(struct loader *loader, struct currency_sets *sets, struct str sign,
                     size_t currency)
{
    if (str_starts_with(sign, STR("+"))) {
        sign = str_slice(sign, 1, sign.len);
        add_meaning(loader, loader->words->signs, sign, currency);
        collect(loader, &sets->letters, sign);
        return;
    }
    add_meaning(loader, loader->words->signs, sign, currency);
    collect(loader, ends_in_letter(sign) ? &sets->codes : &sets->marks, sign);
}

/* A bare name is a word ("dollars") or a sign ("$", "DH"), told apart by its first letter. */
static void add_bare(struct loader *loader, struct currency_sets *sets, struct str name,
                     size_t currency)
{
    if (is_upper_or_sign(name)) {
        add_sign(loader, sets, name, currency);
        return;
    }
    add_meaning(loader, loader->words->names, unicode_lower(loader->arena, name), currency);
    collect(loader, &sets->names, name);
}

static void add_place(struct loader *loader, struct currency_sets *sets, struct str place,
                      size_t currency)
{
    bool is_stem = str_ends_with(place, STR("*"));
    char buffer[MONEY_LONGEST_NAME];

    if (is_stem)
        place = unicode_lower(loader->arena, place);
    add_meaning(loader, loader->words->places, place, currency);
    map_put(loader->words->place_heads,
            str_copy(loader->arena, money_lower(str_slice(place, 0, MONEY_PLACE_HEAD), buffer)), 0);
    collect(loader, is_stem ? &sets->stems : &sets->places, place);
}

static bool add_currency(struct loader *loader, const struct table *table,
                         const struct table_row *row, struct currency_sets *sets)
{
    struct money_words *words = loader->words;
    size_t              index = words->currency_count++;
    struct currency    *currency = &words->currencies[index];
    struct str_list     list;

    if (row->cells[0].len != 3)
        return table_error(table, row, loader->err, "'%.*s' is no ISO 4217 code",
                           STR_ARGS(row->cells[0]));
    memcpy(currency->code, row->cells[0].ptr, 3);
    currency->sign = row->cells[1];
    list = loader_values(loader, row->cells[2]);
    for (size_t i = 0; i < list.count; i++)
        list.items[i] = unicode_lower(loader->arena, list.items[i]);
    add_meanings(loader, words->names, list, index);
    loader_collect(loader, &sets->names, list);
    list = loader_values(loader, row->cells[3]);
    for (size_t i = 0; i < list.count; i++)
        add_bare(loader, sets, list.items[i], index);
    list = loader_values(loader, row->cells[4]);
    for (size_t i = 0; i < list.count; i++)
        add_sign(loader, sets, list.items[i], index);
    list = loader_values(loader, row->cells[5]);
    add_meanings(loader, words->subunits, list, index);
    loader_collect(loader, &sets->subunits, list);
    list = loader_values(loader, row->cells[6]);
    for (size_t i = 0; i < list.count; i++)
        add_place(loader, sets, list.items[i], index);
    if (!str_equal(row->cells[7], STR("-")) &&
        !read_integer(table, row, row->cells[7], 1900, 2100, &currency->until, loader->err))
        return false;
    if (!read_integer(table, row, row->cells[8], 0, 99, &currency->prior, loader->err))
        return false;
    currency->is_weak = str_equal(row->cells[9], STR("yes"));
    if (!currency->is_weak && !str_equal(row->cells[9], STR("no")))
        return table_error(table, row, loader->err, "weak is neither yes nor no: '%.*s'",
                           STR_ARGS(row->cells[9]));
    return true;
}

static bool compile_places(struct loader *loader, const struct currency_sets *sets)
{
    struct strbuf source = strbuf_in(loader->arena);

    strbuf_add(&source, STR("(?:(?:"));
    strbuf_add(&source, money_alternatives(loader->arena, (struct str_list){ sets->places.items,
                                                                             sets->places.count }));
    strbuf_add(&source, STR(")(?!\\p{L})|(?i:"));
    strbuf_add(&source, money_alternatives(loader->arena, (struct str_list){ sets->stems.items,
                                                                             sets->stems.count }));
    strbuf_add(&source, STR("))"));
    loader->words->place =
        pattern_compile(loader->arena, strbuf_str(&source), PATTERN_ANCHORED, loader->err);
    return loader->words->place || error_within(loader->err, "lexicons/currencies.tsv: places");
}

static bool load_currencies(struct loader *loader)
{
    static const char *const columns[] = { "code",   "sign",  "names", "bare", "signs", "subunits",
                                           "places", "until", "prior", "weak", NULL };
    struct money_words      *words = loader->words;
    struct currency_sets     sets = { 0 };
    struct table             table;

    if (!table_load(loader->files, "lexicons/currencies.tsv", columns, loader->arena, &table,
                    loader->err))
        return false;
    words->currencies = ARENA_ARRAY(loader->arena, struct currency, table.count);
    words->names = map_new(loader->arena, table.count * 4);
    words->signs = map_new(loader->arena, table.count * 4);
    words->subunits = map_new(loader->arena, 16);
    words->places = map_new(loader->arena, table.count * 6);
    words->place_heads = map_new(loader->arena, table.count * 6);
    for (size_t i = 0; i < table.count; i++)
        if (!add_currency(loader, &table, &table.rows[i], &sets))
            return false;
    loader_give(loader, "currency_names", sets.names);
    loader_give(loader, "currency_marks", sets.marks);
    loader_give(loader, "currency_codes", sets.codes);
    loader_give(loader, "currency_letters", sets.letters);
    loader_give(loader, "subunits", sets.subunits);
    return compile_places(loader, &sets);
}

bool money_words_load(const struct data_files *files, struct arena *arena,
                      struct money_words *words, struct definition **given, size_t *given_count,
                      struct error *err)
{
    struct loader loader = { .files = files, .arena = arena, .words = words, .err = err };

    loader.given = ARENA_ARRAY(arena, struct definition, MOST_GIVEN);
    if (!load_numerals(&loader) || !load_scales(&loader) || !load_currencies(&loader) ||
        !loader_bounds(&loader) || !loader_cues(&loader))
        return false;
    *given = loader.given;
    *given_count = loader.given_count;
    return true;
}
