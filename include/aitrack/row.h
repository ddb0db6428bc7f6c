/* row.h - a row of the ledger, and the one table of its columns that CSV, JSON, query and help
 * read. */
#ifndef AITRACK_ROW_H
#define AITRACK_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "aitrack/decimal.h"
#include "aitrack/error.h"
#include "aitrack/str.h"

struct arena;

/* All texts are views into memory that the row's maker owns. Empty text: the cell is empty.
 * The names in the lists are not empty and have no blanks at their ends.
 *
 * In CSV a list is one cell, "OpenAI; Oracle". A semicolon or a backslash that belongs to a
 * name has a backslash before it: the names "A; B" and "C\D" are the cell "A\; B; C\\D". */
struct row {
    struct str      id;   /* 20 hex digits */
    struct str      date; /* ISO 8601 */
    struct str_list announcer, investor, recipient;
    struct str      figure;
    bool            has_amount, has_amount_max;
    struct decimal  amount, amount_max;
    struct str      bound, currency, kind, status, period, subject;
    struct str      announcement, part_of;
    struct str      published, source, title;
    int64_t         line, offset, length;
    struct str      quote, rule;
    struct decimal  confidence; /* 0 to 1, two decimals */
    struct str      doc;
};

enum column_type { COLUMN_TEXT, COLUMN_LIST, COLUMN_AMOUNT, COLUMN_INTEGER, COLUMN_FRACTION };

struct column {
    const char      *name;
    enum column_type type;
    size_t           offset;  /* in struct row */
    size_t           present; /* COLUMN_AMOUNT: offset of its has_ flag, else 0 */
    const char      *summary; /* one line for help and README */
};

#define ROW_COLUMNS 26
extern const struct column row_columns[ROW_COLUMNS]; /* in the order of DESIGN section 3 */

/* The index of the column called NAME, or -1. */
int row_column(struct str name);

/* The cell as CSV text: lists joined with "; ", numbers plain; "" where empty. May point into
 * ROW; else lives in ARENA. */
struct str row_cell(const struct row *row, int column, struct arena *arena);

/* Sets a cell from its CSV text, to which ROW may point afterwards; false where it is no value
 * of the column's type: ids are 20 hex digits, dates ISO 8601, a confidence is at most 1. */
bool row_set_cell(struct row *row, int column, struct str text, struct arena *arena,
                  struct error *err);

/* The names in a cell of a list, and back; both live in ARENA or point into what was given. */
struct str_list row_names(struct str cell, struct arena *arena);
struct str      row_join(struct str_list names, struct arena *arena);

/* The ledger's order: date (unknown last), source, offset, id. */
int row_compare(const struct row *a, const struct row *b);

/* A copy whose texts live in ARENA. */
struct row row_copy(const struct row *row, struct arena *arena);

#endif
