/* output.h - rows on a stream, in the format a person or a program asked for. */
#ifndef AITRACK_OUTPUT_H
#define AITRACK_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include "aitrack/error.h"
#include "aitrack/row.h"
#include "aitrack/str.h"

struct arena;

enum output_format {
    OUTPUT_TABLE,
    OUTPUT_CSV,
    OUTPUT_JSON,
    OUTPUT_JSONL,
    OUTPUT_MARKDOWN,
    OUTPUT_FORMAT_COUNT
};
extern const char *const output_format_names[OUTPUT_FORMAT_COUNT]; /* "table", "csv", ... */

/* False, and *OUT untouched, where no format is called NAME. */
bool output_format_find(struct str name, enum output_format *out);

struct output_options {
    enum output_format format;
    const int         *columns; /* indexes in row_columns; NULL: all, in a table its own choice */
    size_t             column_count;
    size_t             width; /* of the terminal in cells; 0: as wide as the content */
    bool               in_colour;
};

/* Writes ROWS. No row: "[]" in JSON, nothing in the other formats. In tables and Markdown no
 * control character of a source reaches the terminal. */
bool output_write(const struct output_options *options, const struct row *rows, size_t count,
                  FILE *stream, struct error *err);

/* Anything else that has columns: totals, announcements, actors. */
struct sheet_column {
    const char      *name;
    enum column_type type; /* numbers stand at the right */
};

struct sheet {
    const struct sheet_column *columns;
    size_t                     column_count;
    const struct str          *cells; /* row after row, each as row_cell would give it */
    size_t                     row_count;
};

/* Writes SHEET as output_write writes rows; OPTIONS->columns does not count. */
bool output_write_sheet(const struct output_options *options, const struct sheet *sheet,
                        FILE *stream, struct error *err);

/* Reads "date,figure,id" as indexes in row_columns; an unknown name is a usage error. */
bool output_columns_parse(struct str text, struct arena *arena, int **out, size_t *out_count,
                          struct error *err);

#endif
