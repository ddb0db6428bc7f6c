/* query_internal.h - what filter.c, order.c and query.c share. */
#ifndef AITRACK_QUERY_INTERNAL_H
#define AITRACK_QUERY_INTERNAL_H

#include <stdint.h>
#include "aitrack/date.h"
#include "aitrack/money.h"
#include "aitrack/query.h"

struct map;
struct pattern;

/* One value of one field, read. */
struct condition {
    struct str      text;  /* lower case, or as the ledger writes it; QUERY_GREP: as given */
    struct str      key;   /* names: name key */
    uint32_t        actor; /* names: whom the gazetteer means, or ACTOR_NONE */
    bool            is_office;
    int32_t         first_day, last_day; /* dates */
    struct money    money;               /* amounts */
    struct pattern *pattern;             /* QUERY_GREP */
};

struct condition_list {
    struct condition *items;
    size_t            count;
};

/* A name found in rows, looked up once. */
struct known_name {
    struct str key;
    uint32_t   actor;
};

/* What testing rows takes; belongs to one query. */
struct filter {
    const struct query_rules *rules;
    struct arena             *arena;
    struct map               *name_index; /* name -> index in names */
    struct known_name        *names;
    size_t                    name_count, name_capacity;
    size_t                    limits_hit; /* by QUERY_GREP */
};

/* The name of FIELD's option: "actor". */
const char *filter_name(enum query_field field);

/* Reads VALUE as a condition on FIELD. */
bool filter_parse(const struct filter *filter, enum query_field field, struct str value,
                  struct condition *out, struct error *err);

/* Does ROW meet CONDITION on FIELD? */
bool filter_test(struct filter *filter, enum query_field field, const struct condition *condition,
                 const struct row *row);

/* A sort key: a column or a tally. */
struct order_key {
    int    column; /* index in row_columns, or -1 */
    size_t tally;  /* column -1: offset in struct query_tally */
    bool   descending;
};

/* Reads "KEY" or "-KEY". */
bool order_parse(struct str text, enum query_unit unit, struct order_key *out, struct error *err);

/* Sorts RESULT by KEYS, the first one first; empty cells last either way; else stable. */
void order_sort(struct query_result *result, const struct order_key *keys, size_t key_count,
                struct arena *arena);

#endif
