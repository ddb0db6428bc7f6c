/* query.c - the conditions of a query together, and the rows or announcements they select. */
#include "aitrack/query.h"

#include "query_internal.h"

#include "aitrack/arena.h"
#include "aitrack/diag.h"
#include "aitrack/map.h"

struct query {
    struct filter         filter;
    struct query_rules    rules;
    struct condition_list wanted[QUERY_FIELDS], excluded[QUERY_FIELDS];
    struct order_key     *keys;
    size_t                key_count;
    enum query_unit       unit;
    size_t                limit;
};

static bool has_terms(const struct query_spec *spec, enum query_field field)
{
    return spec->terms[field].wanted.count || spec->terms[field].excluded.count;
}

/* ISO dates are read without any rule. */
static bool needs_dates(struct str_list values)
{
    struct date date;

    for (size_t i = 0; i < values.count; i++)
        if (!date_parse_iso(values.items[i], &date))
            return true;
    return false;
}

struct query_needs query_needs(const struct query_spec *spec)
{
    return (struct query_needs){
        .money = has_terms(spec, QUERY_AMOUNT) || has_terms(spec, QUERY_MIN) ||
                 has_terms(spec, QUERY_MAX) || has_terms(spec, QUERY_CURRENCY),
        .dates = needs_dates(spec->terms[QUERY_DATE].wanted) ||
                 needs_dates(spec->terms[QUERY_DATE].excluded) ||
                 needs_dates(spec->terms[QUERY_SINCE].wanted) ||
                 needs_dates(spec->terms[QUERY_SINCE].excluded) ||
                 needs_dates(spec->terms[QUERY_UNTIL].wanted) ||
                 needs_dates(spec->terms[QUERY_UNTIL].excluded),
        .gazetteer = has_terms(spec, QUERY_ACTOR) || has_terms(spec, QUERY_ANNOUNCER) ||
                     has_terms(spec, QUERY_INVESTOR) || has_terms(spec, QUERY_RECIPIENT),
    };
}

/* PREFIX: "not-" for excluded values, else "". */
static bool read_terms(const struct query *query, enum query_field field, struct str_list values,
                       const char *prefix, struct arena *arena, struct condition_list *out,
                       struct error *err)
{
    out->items = ARENA_ARRAY(arena, struct condition, values.count);
    for (size_t i = 0; i < values.count; i++)
        if (!filter_parse(&query->filter, field, values.items[i], &out->items[i], err))
            return error_within(err, "--%s%s", prefix, filter_name(field));
    out->count = values.count;
    return true;
}

bool query_build(const struct query_spec *spec, const struct query_rules *rules,
                 struct arena *arena, struct query **out, struct error *err)
{
    struct query *query = ARENA_NEW(arena, struct query);

    query->rules = *rules;
    query->filter.rules = &query->rules;
    query->filter.arena = arena;
    query->filter.name_index = map_new(arena, 1024);
    query->unit = spec->unit;
    query->limit = spec->limit;
    for (enum query_field field = 0; field < QUERY_FIELDS; field++)
        if (!read_terms(query, field, spec->terms[field].wanted, "", arena, &query->wanted[field],
                        err) ||
            !read_terms(query, field, spec->terms[field].excluded, "not-", arena,
                        &query->excluded[field], err))
            return false;

    query->keys = ARENA_ARRAY(arena, struct order_key, spec->sort.count);
    query->key_count = spec->sort.count;
    for (size_t i = 0; i < spec->sort.count; i++)
        if (!order_parse(spec->sort.items[i], spec->unit, &query->keys[i], err))
            return error_within(err, "--sort");
    *out = query;
    return true;
}

static bool any_holds(struct query *query, enum query_field field,
                      const struct condition_list *list, const struct row *row)
{
    for (size_t i = 0; i < list->count; i++)
        if (filter_test(&query->filter, field, &list->items[i], row))
            return true;
    return false;
}

static bool is_wanted(struct query *query, const struct row *row)
{
    for (enum query_field field = 0; field < QUERY_FIELDS; field++)
        if ((query->wanted[field].count && !any_holds(query, field, &query->wanted[field], row)) ||
            any_holds(query, field, &query->excluded[field], row))
            return false;
    return true;
}

/* A row that reports no announcement with others is one by itself. */
static struct str announcement_of(const struct row *row)
{
    return row->announcement.len ? row->announcement : row->id;
}

static void tally_announcements(struct query_result *result, const struct map *index,
                                const struct row *rows, size_t count, struct arena *arena)
{
    struct map **sources = ARENA_ARRAY(arena, struct map *, result->count);

    result->tallies = ARENA_ARRAY(arena, struct query_tally, result->count);
    for (size_t i = 0; i < count; i++) {
        uint32_t at;

        if (!map_find(index, announcement_of(&rows[i]), &at))
            continue;
        if (!sources[at])
            sources[at] = map_new(arena, 4);
        map_put(sources[at], rows[i].source, 0);
        result->tallies[at].mentions++;
        result->tallies[at].sources = map_count(sources[at]);
    }
}

/* Leaves in RESULT one of its rows for each announcement. */
static void join_announcements(struct query_result *result, const struct row *rows, size_t count,
                               struct arena *arena)
{
    struct map *index = map_new(arena, result->count);
    size_t      kept = 0;

    for (size_t i = 0; i < result->count; i++) {
        const struct row *row = &result->rows[i];
        uint32_t          at;

        if (!map_find(index, announcement_of(row), &at)) {
            map_put(index, announcement_of(row), (uint32_t)kept);
            result->rows[kept++] = *row;
        } else if (decimal_compare(row->confidence, result->rows[at].confidence) > 0) {
            result->rows[at] = *row;
        }
    }
    result->count = kept;
    tally_announcements(result, index, rows, count, arena);
}

void query_run(struct query *query, const struct row *rows, size_t count, struct arena *arena,
               struct query_result *out)
{
    struct query_result result = { .rows = ARENA_ARRAY(arena, struct row, count) };

    for (size_t i = 0; i < count; i++)
        if (is_wanted(query, &rows[i]))
            result.rows[result.count++] = rows[i];
    if (query->filter.limits_hit)
        diag_warn("--grep", 0, "gave up on %zu quotes: the pattern takes too many steps",
                  query->filter.limits_hit);
    if (query->unit == QUERY_ANNOUNCEMENTS)
        join_announcements(&result, rows, count, arena);
    order_sort(&result, query->keys, query->key_count, arena);
    result.found = result.count;
    if (result.count > query->limit)
        result.count = query->limit;
    *out = result;
}
