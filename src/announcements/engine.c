/* engine.c - loads everything once, and takes a document from its text to its items. */
#include "aitrack/engine.h"

#include "aitrack/arena.h"
#include "aitrack/gazetteer.h"
#include "aitrack/table.h"
#include "analysis_internal.h"

/* The classes and features that the program gives itself, whatever the tables say. */
static bool add_own_names(struct vocabulary *v)
{
    static const char *const classes[] = { "word",       "number",  "sign",  "money",
                                           "conversion", "date",    "actor", "name",
                                           "figure",     "demonym", "ref",   "pron",
                                           "some",       "place",   "bar",   "firm" };
    static const char *const features[] = { "point",  "period", "repeated", "metonym",
                                            "office", "person", "unknown",  "place" };

    for (size_t i = 0; i < COUNT_OF(classes); i++)
        if (!vocabulary_add_class(v, str_from(classes[i])))
            return false;
    for (size_t i = 0; i < COUNT_OF(features); i++)
        if (!vocabulary_add_feature(v, str_from(features[i])))
            return false;
    return true;
}

/* Rules may ask for {actor.company}: every type of actor is a feature. */
static bool add_actor_types(struct vocabulary *v, const struct gazetteer *gazetteer)
{
    for (size_t i = 0; i < gazetteer_count(gazetteer); i++)
        if (!vocabulary_add_feature(v, gazetteer_actor(gazetteer, (uint32_t)i)->type))
            return false;
    return true;
}

static bool load_kinds(struct engine *engine, const struct data_files *files, struct arena *arena,
                       struct error *err)
{
    static const char *const columns[] = { "kind",  "status",   "topic",    "who", "year",
                                           "below", "fallback", "forecast", NULL };
    struct table             table;

    if (!table_load(files, "lexicons/kinds.tsv", columns, arena, &table, err))
        return false;
    engine->kinds = ARENA_ARRAY(arena, struct kind_defaults, table.count);
    engine->kind_count = table.count;
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];

        engine->kinds[i] = (struct kind_defaults){
            .kind = row->cells[0],
            .status = row->cells[1],
            .topic = row->cells[2],
            .who = vocabulary_feature(engine->vocabulary, row->cells[3]),
            .year = str_equal(row->cells[4], STR("yes")),
            .forecast = row->cells[7],
        };
        for (size_t c = 5; c <= 6; c++) {
            struct decimal *sum = c == 5 ? &engine->kinds[i].below : &engine->kinds[i].fallback;

            if (row->cells[c].len > 0 && !decimal_parse(row->cells[c], sum))
                return table_error(&table, row, err, "\"%.*s\" is no sum", STR_ARGS(row->cells[c]));
        }
    }
    return engine->kind_count > 0 || error_set(err, ERROR_DATA, "%s: no kinds", table.file);
}

struct engine *engine_open(const struct data_files *files, struct arena *arena, struct error *err)
{
    struct engine *engine = ARENA_NEW(arena, struct engine);

    if (!text_rules_load(files, arena, &engine->text_rules, err) ||
        !money_rules_load(files, arena, &engine->money_rules, err) ||
        !date_rules_load(files, arena, &engine->date_rules, err) ||
        !name_rules_load(files, arena, &engine->name_rules, err) ||
        !gazetteer_load(files, arena, &engine->gazetteer, err) ||
        !vocabulary_load(files, arena, &engine->vocabulary, err))
        return NULL;
    if (!add_own_names(engine->vocabulary) ||
        !add_actor_types(engine->vocabulary, engine->gazetteer)) {
        error_set(err, ERROR_DATA, "data/lexicons: too many classes or features");
        return NULL;
    }
    if (!cascade_load(files, engine->vocabulary, arena, &engine->cascade, err) ||
        !reference_table_load(files, engine->vocabulary, arena, &engine->references, err) ||
        !load_kinds(engine, files, arena, err))
        return NULL;
    return engine;
}

const struct money_rules *engine_money(const struct engine *engine)
{
    return engine->money_rules;
}

const struct date_rules *engine_dates(const struct engine *engine)
{
    return engine->date_rules;
}

const struct gazetteer *engine_gazetteer(const struct engine *engine)
{
    return engine->gazetteer;
}

void analysis_build(struct analysis *a, struct str source, struct str title, struct str url,
                    struct str name, struct date given, struct date today)
{
    const struct engine *engine = a->engine;

    text_build(engine->text_rules, a->matcher, source, title, a->arena, &a->text);
    a->published =
        date_published(engine->date_rules, a->matcher, &a->text, url, given, today, a->arena);
    date_find(engine->date_rules, a->matcher, &a->text, a->published, today, a->arena, &a->dates);
    money_find(engine->money_rules, a->matcher, &a->text, a->published, str_cstring(a->arena, name),
               a->arena, &a->figures);
    a->tokens = ARENA_ARRAY(a->arena, struct token_list, a->text.sentence_count);
    for (size_t s = 0; s < a->text.sentence_count; s++)
        token_split(a->text.folded, a->text.sentences[s].span, a->arena, &a->tokens[s]);
    actors_find(engine->name_rules, engine->gazetteer, engine->vocabulary, &a->text, a->tokens,
                a->published, a->arena, &a->actors);
    a->items = ARENA_ARRAY(a->arena, struct item_list, a->text.sentence_count);
    for (size_t s = 0; s < a->text.sentence_count; s++) {
        items_build(a, (uint32_t)s, &a->items[s]);
        cascade_group(engine->cascade, a->matcher, &a->items[s], a->arena, a->trace,
                      a->trace_context);
    }
    salience_measure(a);
    references_resolve(a);
}
