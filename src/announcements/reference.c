/* reference.c - who is meant by "le groupe", "il", "la pépite", and whom a passage is about.
 *
 * The candidates are the actors named before, nearest first; among them the subject of the
 * sentence (the actor that stands before its verb) goes before the others, as in centering
 * theory (Grosz, Joshi, Weinstein, "Centering", 1995).
 */
#include "analysis_internal.h"

#include "aitrack/arena.h"
#include "aitrack/gazetteer.h"
#include "aitrack/table.h"

#define FAR_SENTENCES 6 /* how far back an actor may be meant */

static bool is_class(const struct analysis *a, const struct item *item, const char *name)
{
    return item->class == vocabulary_class(a->engine->vocabulary, str_from(name));
}

static bool has_feature(const struct analysis *a, const struct item *item, const char *name)
{
    return item->feature == vocabulary_feature(a->engine->vocabulary, str_from(name));
}

/* The document actor that an item names, or NULL. */
static const struct document_actor *named_actor(const struct analysis *a, const struct item *item)
{
    if (item->ref == REF_NONE || (!is_class(a, item, "actor") && !is_class(a, item, "name")))
        return NULL;
    return &a->actors.actors[item->ref];
}

bool reference_table_load(const struct data_files *files, const struct vocabulary *vocabulary,
                          struct arena *arena, struct reference_table *out, struct error *err)
{
    static const char *const columns[] = { "feature", "types", NULL };
    struct table             table;

    if (!table_load(files, "lexicons/references.tsv", columns, arena, &table, err))
        return false;
    out->entries = ARENA_ARRAY(arena, struct reference_entry, table.count);
    out->count = table.count;
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];

        out->entries[i].feature = vocabulary_feature(vocabulary, row->cells[0]);
        out->entries[i].types = table_values(arena, row->cells[1]);
        if (out->entries[i].feature == 0)
            return table_error(&table, row, err, "no feature \"%.*s\"", STR_ARGS(row->cells[0]));
    }
    return true;
}

/* May ACTOR be meant by DESCRIPTION? */
static bool is_meant(const struct analysis *a, const struct item *description,
                     const struct document_actor *actor)
{
    const struct reference_table *table = &a->engine->references;

    for (size_t i = 0; i < table->count; i++)
        if (table->entries[i].feature == description->feature)
            return str_list_contains(table->entries[i].types, actor->type);
    return false;
}

/* The actor of sentence SENTENCE among its first COUNT items that DESCRIPTION may mean (NULL:
 * anybody): its subject, else the last one. */
static const struct document_actor *find_in(const struct analysis *a, uint32_t sentence,
                                            size_t count, const struct item *description)
{
    const struct item_list      *list = &a->items[sentence];
    const struct document_actor *last = NULL;
    bool                         preposition = false;

    for (size_t i = 0; i < count && i < list->count; i++) {
        const struct item           *item = &list->items[i];
        const struct document_actor *actor = named_actor(a, item);

        if (actor && !has_feature(a, item, "metonym") && !str_equal(actor->type, STR("press")) &&
            (description ? is_meant(a, description, actor)
                         : !str_equal(actor->type, STR("state")) &&
                               !str_equal(actor->type, STR("city")))) {
            if (!preposition)
                return actor;
            last = actor;
        }
        preposition = is_class(a, item, "of") || is_class(a, item, "to") ||
                      is_class(a, item, "in") || is_class(a, item, "into") ||
                      is_class(a, item, "by") || is_class(a, item, "with") ||
                      is_class(a, item, "for") || is_class(a, item, "from") ||
                      is_class(a, item, "on") || is_class(a, item, "source");
    }
    return last;
}

static const struct document_actor *find_before(const struct analysis *a, uint32_t sentence,
                                                size_t item, const struct item *description)
{
    const struct document_actor *actor = find_in(a, sentence, item, description);
    uint32_t                     heading = a->text.blocks[a->text.sentences[sentence].block].heading;

    for (uint32_t back = 1; !actor && back <= FAR_SENTENCES && back <= sentence; back++)
        actor = find_in(a, sentence - back, ITEMS_MAX, description);
    if (!actor && heading != UINT32_MAX && a->text.blocks[heading].sentence_count > 0)
        actor = find_in(a, a->text.blocks[heading].first_sentence, ITEMS_MAX, description);
    if (!actor && a->text.sentence_count > 0)
        actor = find_in(a, 0, ITEMS_MAX, description);
    return actor;
}

struct str reference_name(const struct analysis *a, uint32_t sentence, size_t at)
{
    const struct item           *item = &a->items[sentence].items[at];
    const struct document_actor *actor = named_actor(a, item);

    if (!actor && (is_class(a, item, "ref") || is_class(a, item, "pron")))
        actor = find_before(a, sentence, at, item);
    else if (!actor)
        return text_slice(&a->text, item->span);
    return actor ? actor->name : STR("");
}

struct str reference_topic(const struct analysis *a, uint32_t sentence, size_t item)
{
    const struct document_actor *actor = find_before(a, sentence, item, NULL);

    return actor ? actor->name : STR("");
}
