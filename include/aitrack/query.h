/* query.h - which rows of a ledger are wanted, in which order, how many.
 *
 * A condition is a field and a value as the user writes it. Several values of one field mean
 * "or", different fields mean "and", an excluded value that holds drops the row.
 *
 * Names. Compared by name key (no case, accents, punctuation). A value that the gazetteer
 * knows, by name, alias or office ("le président américain" on the row's day), holds for rows
 * that name that actor, and for no other: "France" is not "Air France". Another value holds
 * where its words stand together in a name. `actor` is any of the three roles.
 *
 * Subject. Like a name that the gazetteer does not know. Source: a part of the path or URL,
 * in any case.
 *
 * Dates. A row matches where some day that its date may be is a day that the condition wants:
 * "2025-02" is since 2025-02-10, until 2025-02-01 and on 2025-02-28. An undated row matches
 * no condition on dates.
 *
 * Amounts. A figure is taken at what it states, from its low to its high end: 30 to 50 of
 * "30 à 50 milliards", 2 to 9 of "plusieurs milliards", 50 of all of "50", "environ 50",
 * "jusqu'à 50" and "plus de 50". `min` wants the high end at or above the value, `max` the low
 * end at or below it, `amount` an overlap with the value, which may be a range or a bound
 * itself. So "jusqu'à 50" is not at least 60, "plus de 300" is not at most 200; and neither
 * does "plus de 1 million" answer a question about billions, though nothing excludes it. A
 * currency in the value must be the row's. A row without a figure matches none of the three.
 */
#ifndef AITRACK_QUERY_H
#define AITRACK_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include "aitrack/error.h"
#include "aitrack/row.h"
#include "aitrack/str.h"

struct arena;
struct date_rules;
struct gazetteer;
struct matcher;
struct money_rules;
struct query;

enum query_field {
    QUERY_ACTOR,
    QUERY_ANNOUNCER,
    QUERY_INVESTOR,
    QUERY_RECIPIENT,
    QUERY_SUBJECT,
    QUERY_DATE,
    QUERY_SINCE,
    QUERY_UNTIL,
    QUERY_AMOUNT,
    QUERY_MIN,
    QUERY_MAX,
    QUERY_CURRENCY,
    QUERY_KIND,
    QUERY_STATUS,
    QUERY_SOURCE,
    QUERY_GREP,
    QUERY_ID,
    QUERY_ANNOUNCEMENT,
    QUERY_FIELDS
};

/* The values of one field, as written. */
struct query_terms {
    struct str_list wanted, excluded;
};

enum query_unit {
    QUERY_MENTIONS,      /* every row that matches */
    QUERY_ANNOUNCEMENTS, /* one row for each announcement that a matching row reports */
};

struct query_spec {
    struct query_terms terms[QUERY_FIELDS];
    struct str_list    sort; /* columns, "-" before one for descending; and the tallies' names */
    enum query_unit    unit;
    size_t             limit; /* SIZE_MAX: all */
};

/* What reading the values takes; see query_needs. */
struct query_rules {
    const struct money_rules *money;
    const struct date_rules  *dates;
    const struct gazetteer   *gazetteer;
    struct matcher           *matcher;
};

struct query_needs {
    bool money, dates, gazetteer;
};

/* How often an announcement is told in the whole ledger. */
struct query_tally {
    size_t mentions; /* rows */
    size_t sources;  /* different sources */
};

struct query_result {
    struct row         *rows;
    struct query_tally *tallies; /* one for each row with QUERY_ANNOUNCEMENTS, else NULL */
    size_t              count;
    size_t              found; /* how many there are without the limit */
};

/* Which rules SPEC needs; the others may be NULL. */
struct query_needs query_needs(const struct query_spec *spec);

/* Reads the values of SPEC. Errors are ERROR_USAGE and name the option ("--min: ..."). */
bool query_build(const struct query_spec *spec, const struct query_rules *rules,
                 struct arena *arena, struct query **out, struct error *err);

/* The wanted rows of ROWS, sorted (equals stay in the order of ROWS), cut to the limit. Of an
 * announcement's matching rows the one with the highest confidence stands for it, the first
 * among equals. A pattern that gives up on a quote is reported through diag. */
void query_run(struct query *query, const struct row *rows, size_t count, struct arena *arena,
               struct query_result *out);

#endif
