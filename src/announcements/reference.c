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
#include "aitrack/unicode.h"

#define FAR_SENTENCES 6 /* how far back an actor may be meant */
#define MOST_INITIALS 4

static bool is_class(const struct analysis *a, const struct item *item, const char *name)
{
    return item->class == vocabulary_class(a->engine->vocabulary, str_from(name));
}

static bool has_feature(const struct analysis *a, const struct item *item, const char *name)
{
    return item->feature == vocabulary_feature(a->engine->vocabulary, str_from(name));
}

/* The document actor that an item names or, once resolved, means; or NULL. A firm is known by
 * the person who works for it: "la start-up d'Anne Durandel". */
static const struct document_actor *named_actor(const struct analysis *a, const struct item *item)
{
    static const char *const     classes[] = { "actor", "name", "ref", "pron", "firm" };
    const struct document_actor *actor;

    if (item->ref == REF_NONE)
        return NULL;
    for (size_t i = 0; i < COUNT_OF(classes); i++) {
        if (!is_class(a, item, classes[i]))
            continue;
        actor = &a->actors.actors[item->ref];
        if (!is_class(a, item, "firm"))
            return actor;
        return actor->employer != ACTOR_NONE ? &a->actors.actors[actor->employer] : NULL;
    }
    return NULL;
}

bool reference_table_load(const struct data_files *files, struct vocabulary *vocabulary,
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

        out->entries[i].feature = vocabulary_add_feature(vocabulary, row->cells[0]);
        out->entries[i].types = table_values(arena, row->cells[1]);
        if (out->entries[i].feature == 0)
            return table_error(&table, row, err, "too many features");
    }
    return true;
}

static bool is_among(struct str classes, uint8_t class)
{
    return str_find_char(classes, (char)class, 0) != STR_NONE;
}

/* May ACTOR be meant by a description with FEATURE? */
static bool is_meant(const struct analysis *a, uint8_t feature, const struct document_actor *actor)
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

/* Notes what descriptions beside names tell: for whom a person works, and of what sort a name
 * is that no table holds. */
static void learn_descriptions(struct analysis *a)
{
    const struct vocabulary *v = a->engine->vocabulary;

    for (uint32_t s = 0; s < a->text.sentence_count; s++)
        for (size_t i = 0; i < a->items[s].count; i++) {
            const struct item *item = &a->items[s].items[i];

            if (item->employer != REF_NONE && named_actor(a, item))
                a->actors.actors[item->ref].employer = item->employer;
            if (item->ref != REF_NONE && is_class(a, item, "name") &&
                item->feature != FEATURE_NONE &&
                str_equal(a->actors.actors[item->ref].type, STR("unknown")))
                a->actors.actors[item->ref].type = vocabulary_feature_name(v, item->feature);
        }
}

/* A name that no table holds and that is only said to be somewhere ("à Crolles", "GRENOBLE, le
 * 6 juin") or that follows an article ("la Transition") is a place or a thing, no actor. */
static void learn_places(struct analysis *a)
{
    const struct vocabulary *v = a->engine->vocabulary;
    uint32_t                *acts = ARENA_ARRAY(a->arena, uint32_t, a->actors.count + 1);
    uint32_t                *lies = ARENA_ARRAY(a->arena, uint32_t, a->actors.count + 1);

    for (uint32_t s = 0; s < a->text.sentence_count; s++)
        for (size_t i = 0; i < a->items[s].count; i++) {
            const struct item_list *list = &a->items[s];
            uint8_t                 before = i > 0 ? list->items[i - 1].class : 0;
            uint8_t                 behind = i + 1 < list->count ? list->items[i + 1].class : 0;

            if (!is_class(a, &list->items[i], "name") || list->items[i].ref == REF_NONE)
                continue;
            acts[list->items[i].ref] += is_subject(a, list, i);
            lies[list->items[i].ref] += before == vocabulary_class(v, STR("to")) ||
                                        before == vocabulary_class(v, STR("in")) ||
                                        before == vocabulary_class(v, STR("art")) ||
                                        (i == 0 && list->count > 3 &&
                                         (behind == vocabulary_class(v, STR("comma")) ||
                                          behind == vocabulary_class(v, STR("dash"))) &&
                                         list->items[2].class == vocabulary_class(v, STR("date")));
        }
    for (size_t i = 0; i < a->actors.count; i++)
        if (lies[i] > 0 && acts[i] == 0 && str_equal(a->actors.actors[i].type, STR("unknown")))
            a->actors.actors[i].type = STR("place");
}

/* How much the document is about each of its actors: a mention counts 1, a subject 2 more, a
 * place in the title 4 more. */
void salience_measure(struct analysis *a)
{
    learn_descriptions(a);
    learn_places(a);
    a->salience = ARENA_ARRAY(a->arena, uint32_t, a->actors.count + 1);
    for (uint32_t s = 0; s < a->text.sentence_count; s++) {
        const struct item_list *list = &a->items[s];
        enum block_kind         kind = a->text.blocks[a->text.sentences[s].block].kind;

        for (size_t i = 0; i < list->count; i++)
            if (named_actor(a, &list->items[i])) {
                a->salience[list->items[i].ref] +=
                    1u + 2u * is_subject(a, list, i) + 4u * (kind == BLOCK_TITLE);
                if (list->items[i].employer != REF_NONE)
                    a->salience[list->items[i].employer] += 2;
            }
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

/* The actor whom a description with FEATURE may mean when ITEM was said before: its actor, or
 * the one for which that person works; NULL: nobody. A name that no table holds must be
 * mentioned more than in passing. */
static const struct document_actor *candidate(const struct analysis *a, uint8_t feature,
                                              const struct item *item)
{
    const struct document_actor *actor = named_actor(a, item);

    if (!actor || has_feature(a, item, "metonym"))
        return NULL;
    if (actor->employer != ACTOR_NONE &&
        (!is_meant(a, feature, actor) ||
         feature == vocabulary_feature(a->engine->vocabulary, STR("anyone"))))
        actor = &a->actors.actors[actor->employer]; /* a text about its head is about the firm */
    return is_meant(a, feature, actor) && (actor->known != ACTOR_NONE || salience_of(a, actor) >= 2)
               ? actor
               : NULL;
}

/* Remembers the best actor seen so far. */
struct choice {
    const struct document_actor *actor;
    uint32_t                     salience;
};

/* Of the subjects among the first COUNT items of SENTENCE that may be meant, and, unless
 * SUBJECTS_ONLY, the other actors: the most salient, when it is more so than CHOICE. */
static void choose_in(const struct analysis *a, uint32_t sentence, size_t count, uint8_t feature,
                      struct str except, bool subjects_only, struct choice *choice)
{
    const struct item_list *list = &a->items[sentence];

    for (size_t i = 0; i < count && i < list->count; i++) {
        const struct document_actor *actor;

        actor = candidate(a, feature, &list->items[i]);
        if (actor && (!subjects_only || is_subject(a, list, i)) &&
            salience_of(a, actor) > choice->salience && !str_equal(actor->name, except))
            *choice = (struct choice){ actor, salience_of(a, actor) };
    }
}

/* The last subject among the first COUNT items of SENTENCE that may be meant, or NULL. */
static const struct document_actor *last_subject(const struct analysis *a, uint32_t sentence,
                                                 size_t count, uint8_t feature, struct str except)
{
    const struct item_list *list = &a->items[sentence];

    for (size_t i = count; i-- > 0;) {
        const struct document_actor *actor = candidate(a, feature, &list->items[i]);

        if (actor && is_subject(a, list, i) && !str_equal(actor->name, except))
            return actor;
    }
    return NULL;
}

/* The actor that the document is most about. */
static const struct document_actor *main_actor(const struct analysis *a, uint8_t feature,
                                               struct str except)
{
    struct choice choice = { NULL, 3 };

    for (size_t i = 0; i < a->actors.count; i++) {
        const struct document_actor *actor = &a->actors.actors[i];

        if (a->salience[i] > 0 && is_meant(a, feature, actor) && !str_equal(actor->name, except) &&
            salience_of(a, actor) > choice.salience)
            choice = (struct choice){ actor, salience_of(a, actor) };
    }
    return choice.actor;
}

/* Whom a description with FEATURE means before item ITEM of SENTENCE: the last subject of the
 * sentence itself, else the most salient one of its paragraph, of the heading, of the sentences
 * before, else the document's main actor. */
static const struct document_actor *find_before(const struct analysis *a, uint32_t sentence,
                                                size_t item, uint8_t feature, struct str except)
{
    const struct block          *block = &a->text.blocks[a->text.sentences[sentence].block];
    const struct document_actor *actor = last_subject(a, sentence, item, feature, except);
    struct choice                choice = { 0 };

    if (actor)
        return actor;
    for (uint32_t s = block->first_sentence; s < sentence; s++)
        choose_in(a, s, ITEMS_MAX, feature, except, true, &choice);
    if (!choice.actor && block->heading != UINT32_MAX &&
        a->text.blocks[block->heading].sentence_count > 0)
        choose_in(a, a->text.blocks[block->heading].first_sentence, ITEMS_MAX, feature, except,
                  false, &choice);
    for (uint32_t n = 1; !choice.actor && n <= FAR_SENTENCES && n <= block->first_sentence; n++)
        choose_in(a, block->first_sentence - n, ITEMS_MAX, feature, except, true, &choice);
    return choice.actor ? choice.actor : main_actor(a, feature, except);
}

void references_resolve(struct analysis *a)
{
    for (uint32_t s = 0; s < a->text.sentence_count; s++)
        for (size_t i = 0; i < a->items[s].count; i++) {
            struct item                 *item = &a->items[s].items[i];
            const struct document_actor *actor;

            if (!is_class(a, item, "ref") && !is_class(a, item, "pron"))
                continue;
            actor = find_before(a, s, i, item->feature, STR(""));
            item->ref = actor ? (uint32_t)(actor - a->actors.actors) : REF_NONE;
        }
}

struct str reference_name(const struct analysis *a, uint32_t sentence, size_t at)
{
    const struct item           *item = &a->items[sentence].items[at];
    const struct document_actor *actor = named_actor(a, item);

    if (actor)
        return actor->name;
    return is_class(a, item, "ref") || is_class(a, item, "pron") ? STR("")
                                                                 : text_slice(&a->text, item->span);
}

/* Are INITIALS (COUNT letters in lower case) those of the words of KEY? */
static bool has_initials(struct str key, const char *initials, size_t count)
{
    size_t n = 0;

    for (size_t i = 0; i < key.len; i++)
        if (i == 0 || key.ptr[i - 1] == ' ') {
            if (n == count || key.ptr[i] != initials[n])
                return false;
            n++;
        }
    return n == count;
}

struct str reference_initials(const struct analysis *a, uint32_t sentence, size_t first,
                              size_t last)
{
    char   initials[MOST_INITIALS];
    size_t count = 0;

    for (size_t i = first; i < last; i++) {
        struct str key =
            unicode_name_key(a->arena, text_slice(&a->text, a->items[sentence].items[i].span));

        if (key.len == 0)
            continue;
        if (key.len != 1 || count == MOST_INITIALS)
            return STR("");
        initials[count++] = key.ptr[0];
    }
    for (size_t i = 0; count > 1 && i < a->actors.count; i++)
        if (str_equal(a->actors.actors[i].type, STR("person")) &&
            has_initials(a->actors.actors[i].key, initials, count))
            return a->actors.actors[i].name;
    return STR("");
}

bool reference_is_public(const struct analysis *a, struct str name)
{
    uint8_t public = vocabulary_feature(a->engine->vocabulary, STR("public"));
    uint8_t                      state = vocabulary_feature(a->engine->vocabulary, STR("state"));
    const struct document_actor *home = main_actor(a, state, STR(""));

    for (size_t i = 0; i < a->actors.count; i++) {
        const struct document_actor *actor = &a->actors.actors[i];

        if (str_equal(actor->name, name))
            return is_meant(a, public, actor) && (!is_meant(a, state, actor) || !home ||
                                                  str_equal(actor->country, home->country));
    }
    return false;
}

struct str reference_topic(const struct analysis *a, uint32_t sentence, size_t item, uint8_t who,
                           struct str except)
{
    const struct document_actor *actor = find_before(a, sentence, item, who, except);

    return actor ? actor->name : STR("");
}
