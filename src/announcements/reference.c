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

/* The document actor that an item names or, once resolved, means; or NULL. */
static const struct document_actor *named_actor(const struct analysis *a, const struct item *item)
{
    if (item->ref == REF_NONE || (!is_class(a, item, "actor") && !is_class(a, item, "name") &&
                                  !is_class(a, item, "ref") && !is_class(a, item, "pron")))
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

static bool is_among(struct str classes, uint8_t class)
{
    return str_find_char(classes, (char)class, 0) != STR_NONE;
}

/* May ACTOR be meant by a description with FEATURE? */
static bool is_meant(const struct analysis *a, uint8_t feature,
                     const struct document_actor *actor)
{
    const struct reference_table *table = &a->engine->references;

    for (size_t i = 0; i < table->count; i++)
        if (table->entries[i].feature == feature)
            return str_list_contains(table->entries[i].types, actor->type);
    return false;
}

/* Is item I of LIST said to do something: does a verb follow, with at most adverbs, dates,
 * brackets and particles between, and no preposition before it? */
static bool is_subject(const struct analysis *a, const struct item_list *list, size_t i)
{
    const struct vocabulary *v = a->engine->vocabulary;
    bool                     bracket = false;

    if (i > 0 && is_among(a->engine->cascade->prepositions, list->items[i - 1].class))
        return false;
    for (size_t j = i + 1; j < list->count && j < i + 10; j++) {
        uint8_t class = list->items[j].class;

        if (class == vocabulary_class(v, STR("open")))
            bracket = true;
        else if (class == vocabulary_class(v, STR("close")))
            bracket = false;
        else if (is_among(a->engine->cascade->verbs, class))
            return !bracket;
        else if (!bracket && !is_among(a->engine->cascade->particles, class))
            return i == 0 && (class == vocabulary_class(v, STR("colon")) ||
                              class == vocabulary_class(v, STR("dash")));
    }
    return false;
}

/* How much the document is about each of its actors: a mention counts 1, a subject 2 more, a
 * place in the title 4 more. */
void salience_measure(struct analysis *a)
{
    a->salience = ARENA_ARRAY(a->arena, uint32_t, a->actors.count + 1);
    for (uint32_t s = 0; s < a->text.sentence_count; s++) {
        const struct item_list *list = &a->items[s];
        enum block_kind         kind = a->text.blocks[a->text.sentences[s].block].kind;

        for (size_t i = 0; i < list->count; i++)
            if (named_actor(a, &list->items[i]))
                a->salience[list->items[i].ref] +=
                    1 + 2 * is_subject(a, list, i) + 4 * (kind == BLOCK_TITLE);
    }
}

static uint32_t salience_of(const struct analysis *a, const struct document_actor *actor)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < a->actors.count; i++) /* short forms are entries of their own */
        if (str_equal(a->actors.actors[i].key, actor->key))
            sum += a->salience[i];
    return sum;
}

/* May ACTOR be meant by a description with FEATURE? A name that no table holds must be
 * mentioned more than in passing. */
static bool is_candidate(const struct analysis *a, uint8_t feature, const struct item *item)
{
    const struct document_actor *actor = named_actor(a, item);

    return actor && !has_feature(a, item, "metonym") && is_meant(a, feature, actor) &&
           (actor->known != ACTOR_NONE || salience_of(a, actor) >= 2);
}

/* The last candidate among the first COUNT items of SENTENCE: a subject, or, unless
 * SUBJECTS_ONLY, anyone. */
static const struct document_actor *find_in(const struct analysis *a, uint32_t sentence,
                                            size_t count, uint8_t feature, bool subjects_only)
{
    const struct item_list      *list = &a->items[sentence];
    const struct document_actor *other = NULL;

    for (size_t i = count < list->count ? count : list->count; i-- > 0;) {
        if (!is_candidate(a, feature, &list->items[i]))
            continue;
        if (is_subject(a, list, i))
            return named_actor(a, &list->items[i]);
        if (!other && !subjects_only)
            other = named_actor(a, &list->items[i]);
    }
    return other;
}

/* The actor that the document is most about. */
static const struct document_actor *main_actor(const struct analysis *a, uint8_t feature)
{
    const struct document_actor *best = NULL;
    uint32_t                     most = 3;

    for (size_t i = 0; i < a->actors.count; i++) {
        const struct document_actor *actor = &a->actors.actors[i];

        if (a->salience[i] > 0 && is_meant(a, feature, actor) && salience_of(a, actor) > most) {
            most = salience_of(a, actor);
            best = actor;
        }
    }
    return best;
}

static const struct document_actor *find_before(const struct analysis *a, uint32_t sentence,
                                                size_t item, uint8_t feature, bool subjects_only)
{
    uint32_t                     block = a->text.sentences[sentence].block;
    uint32_t                     heading = a->text.blocks[block].heading;
    const struct document_actor *actor = find_in(a, sentence, item, feature, subjects_only);

    for (uint32_t s = sentence; !actor && s > a->text.blocks[block].first_sentence; s--)
        actor = find_in(a, s - 1, ITEMS_MAX, feature, subjects_only);
    if (!actor && heading != UINT32_MAX && a->text.blocks[heading].sentence_count > 0)
        actor = find_in(a, a->text.blocks[heading].first_sentence, ITEMS_MAX, feature, false);
    for (uint32_t s = a->text.blocks[block].first_sentence, n = 0; !actor && s > 0 && n < FAR_SENTENCES;
         s--, n++)
        actor = find_in(a, s - 1, ITEMS_MAX, feature, true);
    return actor ? actor : main_actor(a, feature);
}

void references_resolve(struct analysis *a)
{
    for (uint32_t s = 0; s < a->text.sentence_count; s++)
        for (size_t i = 0; i < a->items[s].count; i++) {
            struct item                 *item = &a->items[s].items[i];
            const struct document_actor *actor;

            if (!is_class(a, item, "ref") && !is_class(a, item, "pron"))
                continue;
            actor = find_before(a, s, i, item->feature, true);
            item->ref = actor ? (uint32_t)(actor - a->actors.actors) : REF_NONE;
        }
}

struct str reference_name(const struct analysis *a, uint32_t sentence, size_t at)
{
    const struct item           *item = &a->items[sentence].items[at];
    const struct document_actor *actor = named_actor(a, item);

    if (actor)
        return actor->name;
    return is_class(a, item, "ref") || is_class(a, item, "pron")
               ? STR("")
               : text_slice(&a->text, item->span);
}

struct str reference_topic(const struct analysis *a, uint32_t sentence, size_t item)
{
    const struct document_actor *actor =
        find_before(a, sentence, item, vocabulary_feature(a->engine->vocabulary, STR("topic")),
                    true);

    return actor ? actor->name : STR("");
}
