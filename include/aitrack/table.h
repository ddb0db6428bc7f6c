/* table.h - a lexicon: tab-separated values with a header line.
 *
 * Lines that begin with # and empty lines are comments. The first other line names the
 * columns. Every row must have as many cells as the header; cells are trimmed. Messages say
 * "data/lexicons/x.tsv:12: ...".
 */
#ifndef AITRACK_TABLE_H
#define AITRACK_TABLE_H

#include <stdbool.h>
#include "aitrack/data_files.h"
#include "aitrack/error.h"
#include "aitrack/str.h"

struct arena;

struct table_row {
    size_t      line;  /* from 1 */
    struct str *cells; /* as many as columns were asked for, in that order */
};

struct table {
    const char       *file; /* for messages */
    struct table_row *rows;
    size_t            count;
};

/* Reads data file PATH. COLUMNS (NULL-terminated) are the names the caller knows, in the
 * order in which it wants the cells; the file's header must name exactly these, in any
 * order: an unknown or a missing column is an error. */
bool table_load(const struct data_files *files, const char *path, const char *const *columns,
                struct arena *arena, struct table *out, struct error *err);

/* The pieces of a cell that holds several values: "a|b" -> "a", "b", trimmed, empty ones
 * left out. */
struct str_list table_values(struct arena *arena, struct str cell);

/* An error at a row: "FILE:LINE: MESSAGE"; always false. */
bool table_error(const struct table *table, const struct table_row *row, struct error *err,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
