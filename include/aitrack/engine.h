/* engine.h - from a document to ledger rows: everything loaded once, then read-only. */
#ifndef AITRACK_ENGINE_H
#define AITRACK_ENGINE_H

#include <stdbool.h>
#include <stdio.h>
#include "aitrack/data_files.h"
#include "aitrack/date.h"
#include "aitrack/error.h"
#include "aitrack/row.h"
#include "aitrack/source.h"

struct arena;
struct matcher;
struct engine;
struct date_rules;
struct gazetteer;
struct money_rules;

/* Loads all of data/ (NULL folder: the embedded files). Lives in ARENA. */
struct engine *engine_open(const struct data_files *files, struct arena *arena,
                           struct error *err); /* NULL on error */

const struct money_rules *engine_money(const struct engine *engine);
const struct date_rules  *engine_dates(const struct engine *engine);
const struct gazetteer   *engine_gazetteer(const struct engine *engine);

struct extract_options {
    struct date published; /* where neither text nor input tell (--published); may be unknown */
    struct date today;
};

struct row_list {
    struct row *rows; /* in the order of the text */
    size_t      count;
    struct str  doc, source; /* of the document, as its rows have them, were there none */
};

/* The rows of DOCUMENT; all live in ARENA. `doc` is the document's name where it has one, else
 * the id of its text. MATCHER belongs to the calling thread. */
void engine_extract(const struct engine *engine, struct matcher *matcher,
                    const struct document *document, const struct extract_options *options,
                    struct arena *arena, struct row_list *out);

/* Gives rows that report the same announcement one `announcement`, and shares their `part_of`:
 * over all ROWS, whatever their order. */
void engine_link(struct row *rows, size_t count, struct arena *arena);

/* Runs the examples of every rule in data/; writes a line for each that fails to STREAM and
 * counts. */
void engine_test_rules(const struct engine *engine, struct matcher *matcher, struct arena *arena,
                       FILE *stream, size_t *passed, size_t *failed);

/* How the row was made, for `explain`: runs the extraction of DOCUMENT again and writes, as
 * text, the sentence of row ID with its mentions marked by class and the rule that bound each
 * field. COLOUR: with terminal colours. False where the document makes no such row. */
bool engine_explain(const struct engine *engine, struct matcher *matcher,
                    const struct document *document, const struct extract_options *options,
                    struct str id, bool colour, struct arena *arena, FILE *stream);

#endif
