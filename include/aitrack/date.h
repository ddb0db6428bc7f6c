/* date.h - calendar dates at the precision at which they are known, and date mentions. */
#ifndef AITRACK_DATE_H
#define AITRACK_DATE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "aitrack/data_files.h"
#include "aitrack/error.h"
#include "aitrack/str.h"
#include "aitrack/text.h"

struct arena;
struct matcher;

/* A day, a month, or a year of the proleptic Gregorian calendar. year 0: unknown. */
struct date {
    int16_t year;
    uint8_t month; /* 0: only the year is known */
    uint8_t day;   /* 0: only the month is known */
};

#define DATE_TEXT 12

bool date_is_known(struct date d);
/* "2025-02-09", "2025-02", "2025"; "" where unknown. */
void date_format(struct date d, char out[DATE_TEXT]);
/* ISO 8601 at any of the three precisions, the day must exist; a time behind a day
 * ("2025-02-11T08:00:00Z") is ignored. */
bool        date_parse_iso(struct str text, struct date *out);
int32_t     date_to_days(struct date d); /* days since 1970-01-01; missing parts count as 1 */
struct date date_from_days(int32_t days);
int         date_weekday(struct date d);                /* 1 Monday .. 7 Sunday (ISO 8601) */
int         date_compare(struct date a, struct date b); /* unknown last; "2025" before "2025-01" */
bool        date_covers(struct date wide, struct date d); /* "2025-02" covers "2025-02-09" */

/* What a date expression says. */
enum date_mention_kind {
    DATE_POINT,    /* when something happened or will: "mardi", "le 9 février", "en 2024" */
    DATE_PERIOD,   /* how long or until when money flows: "d'ici 2030", "sur cinq ans"; the day
                      on which a sum stands: "au 31 décembre 2023" */
    DATE_REPEATED, /* "par an", "annuels": period P1Y */
};

struct date_mention {
    struct span            span;
    enum date_mention_kind kind;
    struct date            date;       /* DATE_POINT: resolved, at the expression's precision */
    struct str             period;     /* ISO 8601: "2018/2022", "/2030", "P5Y"; for a point
                                          that may also tell a period ("en 2024"): "2024" */
    struct str             rule;       /* the rule that found it */
    struct str             derivation; /* how it was resolved, for `explain`, in French:
                                          "mardi avant le 2025-02-11" */
};

struct date_list {
    struct date_mention *items; /* in the order of the text */
    size_t               count;
};

struct date_rules;

/* Reads lexicons/months.tsv, weekdays.tsv, year_parts.tsv, durations.tsv, numerals.tsv,
 * events.tsv, rules/date.rules and rules/published.rules. */
bool date_rules_load(const struct data_files *files, struct arena *arena, struct date_rules **out,
                     struct error *err);

/* The day of publication that the text tells (a date line, "Publié le", a newsletter's week,
 * front matter, the URL), else GIVEN (the input's metadata or --published), else unknown.
 * TODAY bounds what cannot be known otherwise. */
struct date date_published(const struct date_rules *rules, struct matcher *matcher,
                           const struct text *text, struct str url, struct date given,
                           struct date today, struct arena *arena);

/* Every date expression in the sentences of TEXT (furniture left out), resolved against
 * PUBLISHED (may be unknown), the text's other dates, events and TODAY. */
void date_find(const struct date_rules *rules, struct matcher *matcher, const struct text *text,
               struct date published, struct date today, struct arena *arena,
               struct date_list *out);

/* All of TEXT, one date as a user writes it: ISO 8601, "11/02/2025", "11 février 2025",
 * "février 2025". */
bool date_parse(const struct date_rules *rules, struct matcher *matcher, struct str text,
                struct date *out, struct error *err);

/* Runs the examples of every rule of dates; writes a line for each that fails to STREAM and
 * adds to the counts. */
void date_test_rules(const struct date_rules *rules, struct matcher *matcher, struct arena *arena,
                     FILE *stream, size_t *passed, size_t *failed);

#endif
