/* money.h - amounts of money as French texts write them, and money mentions. */
#ifndef AITRACK_MONEY_H
#define AITRACK_MONEY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "aitrack/data_files.h"
#include "aitrack/date.h"
#include "aitrack/decimal.h"
#include "aitrack/error.h"
#include "aitrack/str.h"
#include "aitrack/text.h"

struct arena;
struct matcher;

enum bound {
    BOUND_EXACT,
    BOUND_ABOUT,
    BOUND_AT_LEAST,
    BOUND_AT_MOST,
    BOUND_RANGE,
    BOUND_VAGUE, /* "plusieurs milliards": amount is twice the unit */
    BOUND_COUNT
};
extern const char *const bound_names[BOUND_COUNT]; /* "exact", "about", ... */

struct money {
    struct decimal amount;     /* units of the currency; the low end of a range */
    struct decimal amount_max; /* the high end of a range, else zero */
    enum bound     bound;
    char           currency[4]; /* ISO 4217, NUL-terminated */
};

struct money_mention {
    struct span  span;  /* number, scale word and currency; a range spans both ends */
    struct span  whole; /* with the words around it that give the bound ("plus de") */
    struct money money;
    struct str   rule;
    bool         converted; /* a bracketed conversion of the figure before it: makes no row */
    bool         elliptic;  /* its scale or currency was supplied by the context */
};

struct money_list {
    struct money_mention *items; /* in the order of the text, not overlapping */
    size_t                count;
};

struct money_rules;

/* Reads lexicons/numerals.tsv, scales.tsv, currencies.tsv, bounds.tsv and rules/money.rules. */
bool money_rules_load(const struct data_files *files, struct arena *arena, struct money_rules **out,
                      struct error *err);

/* Every money figure in the sentences of TEXT, those of furniture included. PUBLISHED (may be
 * unknown) decides about old currencies. An amount that does not fit is reported through
 * diag under NAME and makes no mention. */
void money_find(const struct money_rules *rules, struct matcher *matcher, const struct text *text,
                struct date published, const char *name, struct arena *arena,
                struct money_list *out);

/* All of TEXT as one amount as a user writes it: "100Md€", "500 M$", "1,5 milliard d'euros",
 * "1e9", "250 000". CURRENCY is "" where none is named. */
bool money_parse(const struct money_rules *rules, struct matcher *matcher, struct str text,
                 struct money *out, struct error *err);

/* The figure in short French: "109 Md€", "30–50 Md€", "> 300 Md€", "env. 2,5 Md€",
 * "< 50 Md€", "plusieurs Md€", "4,90 €", "610 M CAD". Lives in ARENA. */
struct str money_format(const struct money_rules *rules, const struct money *money,
                        struct arena *arena);

/* Runs the examples of rules/money.rules; writes a line for each that fails to STREAM and adds
 * to the counts. */
void money_test_rules(const struct money_rules *rules, struct matcher *matcher, struct arena *arena,
                      FILE *stream, size_t *passed, size_t *failed);

#endif
