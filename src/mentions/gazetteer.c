/* gazetteer.c - loads the actors, their offices and the demonyms, and finds them by name key. */
#include "aitrack/gazetteer.h"

#include "aitrack/arena.h"
#include "aitrack/map.h"
#include "aitrack/table.h"
#include "aitrack/unicode.h"

/* The top bits of a map value tell how the name is used. */
#define METONYM_BIT 0x80000000u
#define SMALL_BIT 0x40000000u
#define SHOUT_BIT 0x20000000u
#define ACTOR_BITS 0x1FFFFFFFu

struct holder {
    uint32_t    actor;
    uint32_t    stands_for; /* ACTOR_NONE: nobody in particular */
    struct date since, until;
    uint32_t    next; /* another holder of a like-named office, or ACTOR_NONE */
};

struct gazetteer {
    struct actor  *actors;
    size_t         count;
    struct map    *names;   /* name key -> actor, with METONYM_BIT */
    struct map    *offices; /* name key of a form -> first holder */
    struct holder *holders;
    size_t         holder_count;
    struct map    *demonyms; /* name key -> index in countries */
    struct str    *countries;
    size_t         country_count, country_capacity;
    size_t         longest;
};

static size_t words_in(struct str key)
{
    size_t words = key.len > 0;

    for (size_t i = 0; i < key.len; i++)
        words += key.ptr[i] == ' ';
    return words;
}

/* The bits for a name as the table writes it: "gouvernement français", "EAU". */
static uint32_t spelling_bits(struct str name)
{
    size_t letters = 0, upper = 0, size;

    for (size_t i = 0; i < name.len; i += size) {
        uint32_t point = unicode_at(name, i, &size);

        letters += unicode_is_letter(point);
        upper += unicode_is_upper(point);
    }
    return upper == 0 ? SMALL_BIT : letters == upper && letters > 1 && letters <= 4 ? SHOUT_BIT : 0;
}

/* Adds a name of ACTOR; two actors with one name are refused, a metonym yields to a name. */
static bool add_name(struct gazetteer *g, struct arena *arena, const struct table *table,
                     const struct table_row *row, struct str name, uint32_t actor, bool metonym,
                     struct error *err)
{
    struct str key = unicode_name_key(arena, name);
    uint32_t   old;

    if (key.len == 0)
        return table_error(table, row, err, "\"%.*s\" has no letters", STR_ARGS(name));
    if (map_find(g->names, key, &old) && (old & ACTOR_BITS) != actor) {
        if (metonym)
            return true;
        if (!(old & METONYM_BIT))
            return table_error(table, row, err, "\"%.*s\" is already a name of %.*s",
                               STR_ARGS(name), STR_ARGS(g->actors[old].name));
    }
    map_put(g->names, key, actor | spelling_bits(name) | (metonym ? METONYM_BIT : 0));
    if (words_in(key) > g->longest)
        g->longest = words_in(key);
    return true;
}

static bool load_actors(struct gazetteer *g, const struct data_files *files, struct arena *arena,
                        struct error *err)
{
    static const char *const columns[] = { "name", "type", "country", "aliases", "metonyms", NULL };
    struct table             table;

    if (!table_load(files, "lexicons/actors.tsv", columns, arena, &table, err))
        return false;
    g->actors = ARENA_ARRAY(arena, struct actor, table.count);
    g->count = table.count;
    g->names = map_new(arena, table.count * 4);
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];

        g->actors[i] = (struct actor){
            .name = row->cells[0],
            .type = row->cells[1],
            .country = row->cells[2],
            .aliases = table_values(arena, row->cells[3]),
            .metonyms = table_values(arena, row->cells[4]),
        };
    }
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];
        const struct actor     *actor = &g->actors[i];

        if (!add_name(g, arena, &table, row, actor->name, (uint32_t)i, false, err))
            return false;
        for (size_t a = 0; a < actor->aliases.count; a++)
            if (!add_name(g, arena, &table, row, actor->aliases.items[a], (uint32_t)i, false, err))
                return false;
    }
    for (size_t i = 0; i < table.count; i++)
        for (size_t m = 0; m < g->actors[i].metonyms.count; m++)
            if (!add_name(g, arena, &table, &table.rows[i], g->actors[i].metonyms.items[m],
                          (uint32_t)i, true, err))
                return false;
    return true;
}

/* A date cell; an empty one is unknown. */
static bool read_date(const struct table *table, const struct table_row *row, struct str cell,
                      struct date *out, struct error *err)
{
    if (cell.len == 0 || date_parse_iso(cell, out))
        return true;
    return table_error(table, row, err, "\"%.*s\" is no date", STR_ARGS(cell));
}

static bool read_actor(const struct gazetteer *g, struct arena *arena, const struct table *table,
                       const struct table_row *row, struct str cell, uint32_t *out,
                       struct error *err)
{
    *out = gazetteer_find(g, unicode_name_key(arena, cell), NULL);
    return *out != ACTOR_NONE ||
           table_error(table, row, err, "\"%.*s\" is not in actors.tsv", STR_ARGS(cell));
}

static bool load_offices(struct gazetteer *g, const struct data_files *files, struct arena *arena,
                         struct error *err)
{
    static const char *const columns[] = { "office", "country", "forms", "stands_for",
                                           "holder", "since",   "until", NULL };
    struct table             table;
    size_t                   capacity = 0;

    if (!table_load(files, "lexicons/offices.tsv", columns, arena, &table, err))
        return false;
    g->offices = map_new(arena, table.count * 4);
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];
        struct str_list         forms = table_values(arena, row->cells[2]);
        struct holder           holder = { .stands_for = ACTOR_NONE };

        if (!read_actor(g, arena, &table, row, row->cells[4], &holder.actor, err) ||
            !read_date(&table, row, row->cells[5], &holder.since, err) ||
            !read_date(&table, row, row->cells[6], &holder.until, err))
            return false;
        if (row->cells[3].len > 0 &&
            !read_actor(g, arena, &table, row, row->cells[3], &holder.stands_for, err))
            return false;
        for (size_t f = 0; f < forms.count; f++) {
            struct str key = unicode_name_key(arena, forms.items[f]);

            holder.next = ACTOR_NONE;
            map_find(g->offices, key, &holder.next);
            map_put(g->offices, key, (uint32_t)g->holder_count);
            *ARRAY_PUSH(arena, g->holders, g->holder_count, capacity) = holder;
            if (words_in(key) > g->longest)
                g->longest = words_in(key);
        }
    }
    return true;
}

static bool load_demonyms(struct gazetteer *g, const struct data_files *files, struct arena *arena,
                          struct error *err)
{
    static const char *const columns[] = { "adjective", "country", NULL };
    struct table             table;

    if (!table_load(files, "lexicons/demonyms.tsv", columns, arena, &table, err))
        return false;
    g->demonyms = map_new(arena, table.count * 4);
    for (size_t i = 0; i < table.count; i++) {
        struct str_list forms = table_values(arena, table.rows[i].cells[0]);

        *ARRAY_PUSH(arena, g->countries, g->country_count, g->country_capacity) =
            table.rows[i].cells[1];
        for (size_t f = 0; f < forms.count; f++)
            map_put(g->demonyms, unicode_name_key(arena, forms.items[f]),
                    (uint32_t)g->country_count - 1);
    }
    return true;
}

bool gazetteer_load(const struct data_files *files, struct arena *arena, struct gazetteer **out,
                    struct error *err)
{
    struct gazetteer *g = ARENA_NEW(arena, struct gazetteer);

    if (!load_actors(g, files, arena, err) || !load_offices(g, files, arena, err) ||
        !load_demonyms(g, files, arena, err))
        return false;
    *out = g;
    return true;
}

size_t gazetteer_count(const struct gazetteer *gazetteer)
{
    return gazetteer->count;
}

const struct actor *gazetteer_actor(const struct gazetteer *gazetteer, uint32_t actor)
{
    return actor < gazetteer->count ? &gazetteer->actors[actor] : NULL;
}

uint32_t gazetteer_find(const struct gazetteer *gazetteer, struct str key, struct name_use *use)
{
    uint32_t value;

    if (!map_find(gazetteer->names, key, &value))
        return ACTOR_NONE;
    if (use)
        *use = (struct name_use){
            .metonym = value & METONYM_BIT,
            .small = value & SMALL_BIT,
            .shout = value & SHOUT_BIT,
        };
    return value & ACTOR_BITS;
}

/* Was HOLDER in office on DAY? An unknown end of a term is open. */
static bool holds(const struct holder *holder, struct date day)
{
    return (!date_is_known(holder->since) || date_to_days(holder->since) <= date_to_days(day)) &&
           (!date_is_known(holder->until) || date_to_days(day) <= date_to_days(holder->until));
}

uint32_t gazetteer_office(const struct gazetteer *gazetteer, struct str key, struct date day,
                          uint32_t *stands_for)
{
    uint32_t             at;
    const struct holder *best = NULL;

    if (!map_find(gazetteer->offices, key, &at))
        return ACTOR_NONE;
    for (; at != ACTOR_NONE; at = gazetteer->holders[at].next) {
        const struct holder *holder = &gazetteer->holders[at];

        if (date_is_known(day) && !holds(holder, day))
            continue;
        if (!best || date_to_days(holder->since) > date_to_days(best->since))
            best = holder;
    }
    if (!best)
        return ACTOR_NONE;
    if (stands_for)
        *stands_for = best->stands_for;
    return best->actor;
}

size_t gazetteer_longest(const struct gazetteer *gazetteer)
{
    return gazetteer->longest;
}

struct str gazetteer_demonym(const struct gazetteer *gazetteer, struct str key)
{
    uint32_t at;

    return map_find(gazetteer->demonyms, key, &at) ? gazetteer->countries[at] : str_from(NULL);
}
