/* money_cues.c - the words around figures: bounds, cues, what may follow. */
#include "aitrack/arena.h"
#include "aitrack/map.h"
#include "aitrack/strbuf.h"
#include "aitrack/table.h"
#include "money_lexicon_internal.h"

/* ------------------------------------------------------------------- bounds */

static bool read_bound(struct str name, enum bound *out)
{
    for (int b = 0; b < BOUND_COUNT; b++)
        if (str_equal(name, str_from(bound_names[b]))) {
            *out = (enum bound)b;
            return true;
        }
    *out = BOUND_COUNT;
    return str_equal(name, STR("none")) || str_equal(name, STR("filler"));
}

static bool read_side(struct str name, enum bound_side *out)
{
    static const char *const names[SIDE_COUNT] = { "before", "between", "gap",
                                                   "after",  "format",  "conversion" };

    for (int i = 0; i < SIDE_COUNT; i++)
        if (str_equal(name, str_from(names[i]))) {
            *out = (enum bound_side)i;
            return true;
        }
    return false;
}

static struct str alternatives(struct loader *loader, const struct word_set *set)
{
    return money_alternatives(loader->arena, (struct str_list){ set->items, set->count });
}

static bool compile_bounds(struct loader *loader, const struct word_set *sets)
{
    struct money_words *words = loader->words;
    struct strbuf       source = strbuf_in(loader->arena);

    strbuf_add(&source, STR("(?i)(?<![\\p{L}\\d])(?<phrase>"));
    strbuf_add(&source, alternatives(loader, &sets[SIDE_BEFORE]));
    strbuf_add(&source, STR(") ?(?:(?:"));
    strbuf_add(&source, alternatives(loader, &sets[SIDE_BETWEEN]));
    strbuf_add(&source, STR(")(?: |(?<='))){0,3}+(?:[«\"“(] ?)?\\z"));
    words->before = pattern_compile(loader->arena, strbuf_str(&source), 0, loader->err);
    if (!words->before)
        return error_within(loader->err, "lexicons/bounds.tsv");
    strbuf_clear(&source);
    strbuf_add(&source, STR("(?i)(?: ?[»\"”])?(?: (?:"));
    strbuf_add(&source, alternatives(loader, &sets[SIDE_GAP]));
    strbuf_add(&source, STR(") ?[\\p{L}-]{2,20})?,? (?<phrase>"));
    strbuf_add(&source, alternatives(loader, &sets[SIDE_AFTER]));
    strbuf_add(&source, STR(")(?!\\p{L}| ?\\d)"));
    words->after =
        pattern_compile(loader->arena, strbuf_str(&source), PATTERN_ANCHORED, loader->err);
    if (!words->after)
        return error_within(loader->err, "lexicons/bounds.tsv");
    strbuf_clear(&source);
    strbuf_add(&source, STR("(?i)\\( ?(?:(?:"));
    strbuf_add(&source, alternatives(loader, &sets[SIDE_CONVERSION]));
    strbuf_add(&source, STR(") ?)?\\z"));
    words->converts = pattern_compile(loader->arena, strbuf_str(&source), 0, loader->err);
    return words->converts || error_within(loader->err, "lexicons/bounds.tsv");
}

bool loader_bounds(struct loader *loader)
{
    static const char *const columns[] = { "side", "bound", "words", NULL };
    struct money_words      *words = loader->words;
    struct word_set          sets[SIDE_COUNT] = { 0 };
    struct table             table;

    if (!table_load(loader->files, "lexicons/bounds.tsv", columns, loader->arena, &table,
                    loader->err))
        return false;
    for (int i = 0; i < SIDE_COUNT; i++)
        words->bounds[i] = map_new(loader->arena, 128);
    for (int i = 0; i < BOUND_COUNT; i++)
        words->format[i] = STR("");
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];
        struct str_list         list = loader_values(loader, row->cells[2]);
        enum bound_side         side;
        enum bound              bound;

        if (!read_side(row->cells[0], &side))
            return table_error(&table, row, loader->err, "unknown side '%.*s'",
                               STR_ARGS(row->cells[0]));
        if (!read_bound(row->cells[1], &bound))
            return table_error(&table, row, loader->err, "unknown bound '%.*s'",
                               STR_ARGS(row->cells[1]));
        for (size_t w = 0; w < list.count; w++)
            map_put(words->bounds[side], list.items[w], (uint32_t)bound);
        loader_collect(loader, &sets[side], list);
        if (side == SIDE_FORMAT && list.count && bound != BOUND_COUNT)
            words->format[bound] = list.items[0];
    }
    for (int i = 0; i < SIDE_COUNT; i++)
        if (sets[i].count == 0)
            return error_set(loader->err, ERROR_DATA, "%s: a side without words", table.file);
    loader_give(loader, "bound_before", sets[SIDE_BEFORE]);
    return compile_bounds(loader, sets);
}

/* --------------------------------------------------------------------- cues */

static const char *const cue_names[CUE_CLASS_COUNT] = {
    "count",   "counted", "money", "hint",   "noun",  "doubtful",
    "neutral", "people",  "link",  "change", "bring",
};

static bool compile_cues(struct loader *loader, const struct word_set *sets)
{
    struct strbuf source = strbuf_in(loader->arena);

    strbuf_add(&source, STR("(?i)(?<![\\p{L}])(?:"));
    for (int c = CUE_COUNT; c <= CUE_HINT; c++) {
        strbuf_add_format(&source, "%s(?<%s>%s", c ? "|" : "", cue_names[c],
                          c == CUE_COUNTED ? "(?<![\\d] )(?:" : "(?:");
        strbuf_add(&source, alternatives(loader, &sets[c]));
        strbuf_add(&source, STR("))"));
    }
    strbuf_add(&source, STR(")(?!\\p{L})"));
    loader->words->cue = pattern_compile(loader->arena, strbuf_str(&source), 0, loader->err);
    if (!loader->words->cue)
        return error_within(loader->err, "lexicons/money_cues.tsv");
    strbuf_clear(&source);
    strbuf_add(&source, STR(" (?i:"));
    strbuf_add(&source, alternatives(loader, &sets[CUE_LINK]));
    strbuf_add(&source, STR(")(?: |(?<='))(?:(?<noun>(?i:"));
    strbuf_add(&source, alternatives(loader, &sets[CUE_NOUN]));
    strbuf_add(&source, STR(")(?!\\p{L}))|(?<doubtful>(?i:"));
    strbuf_add(&source, alternatives(loader, &sets[CUE_DOUBTFUL]));
    strbuf_add(&source, STR(")(?!\\p{L}))|(?<neutral>(?i:"));
    strbuf_add(&source, alternatives(loader, &sets[CUE_NEUTRAL]));
    strbuf_add(&source, STR(")(?!\\p{L})|\\d)|(?<people>(?:"));
    strbuf_add(&source, alternatives(loader, &sets[CUE_PEOPLE]));
    strbuf_add(&source, STR(")(?!\\p{L})|(?i:"));
    strbuf_add(&source, alternatives(loader, &sets[CUE_COUNTED]));
    strbuf_add(&source, STR(")(?!\\p{L}))|(?<neutral_name>\\p{Lu})|(?<other>[\\p{L}-]+))"));
    loader->words->follower =
        pattern_compile(loader->arena, strbuf_str(&source), PATTERN_ANCHORED, loader->err);
    return loader->words->follower || error_within(loader->err, "lexicons/money_cues.tsv");
}

bool loader_cues(struct loader *loader)
{
    static const char *const columns[] = { "class", "words", NULL };
    struct word_set          sets[CUE_CLASS_COUNT] = { 0 };
    struct table             table;

    if (!table_load(loader->files, "lexicons/money_cues.tsv", columns, loader->arena, &table,
                    loader->err))
        return false;
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];
        int class = 0;

        while (class < CUE_CLASS_COUNT && !str_equal(row->cells[0], str_from(cue_names[class])))
            class ++;
        if (class == CUE_CLASS_COUNT)
            return table_error(&table, row, loader->err, "unknown class '%.*s'",
                               STR_ARGS(row->cells[0]));
        loader_collect(loader, &sets[class], loader_values(loader, row->cells[1]));
    }
    for (int c = 0; c < CUE_CLASS_COUNT; c++)
        if (sets[c].count == 0)
            return error_set(loader->err, ERROR_DATA, "%s: no words of class %s", table.file,
                             cue_names[c]);
    loader_give(loader, "change", sets[CUE_CHANGE]);
    loader_give(loader, "bring", sets[CUE_BRING]);
    loader_give(loader, "noun", sets[CUE_NOUN]);
    return compile_cues(loader, sets);
}
