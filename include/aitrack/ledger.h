/* ledger.h - rows in memory: their union and order; and ledgers in files. */
#ifndef AITRACK_LEDGER_H
#define AITRACK_LEDGER_H

#include <stdbool.h>
#include <stdio.h>
#include "aitrack/error.h"
#include "aitrack/row.h"
#include "aitrack/str.h"

struct arena;
struct map;

struct ledger {
    struct arena *arena; /* where the rows' texts live */
    struct row   *rows;
    size_t        count, capacity;
    struct map   *by_id;
};

enum ledger_format { LEDGER_CSV, LEDGER_JSON, LEDGER_JSONL };

void ledger_init(struct ledger *ledger, struct arena *arena);

/* Adds a copy of ROW unless a row with its id is there; of two rows with the same id the one
 * that row_compare puts first is kept, whatever the order of the calls (ties: the smaller CSV
 * text). True when the ledger changed. */
bool ledger_add(struct ledger *ledger, const struct row *row);

/* Removes the rows of which TEST is true. */
void ledger_remove(struct ledger *ledger, bool (*test)(const struct row *row, void *context),
                   void          *context);

/* Sorts by row_compare. */
void ledger_sort(struct ledger *ledger);

/* By the ending of PATH: .csv .json .jsonl; false for another. */
bool ledger_format_of(const char *path, enum ledger_format *out, struct error *err);

/* Adds the rows of a ledger's text; errors name PATH, line and column, and the rows before
 * the broken one are then in LEDGER. No text at all is an empty ledger.
 * CSV: strict RFC 4180 (LF, CRLF or CR, BOM allowed, semicolons as separators and then decimal
 * commas too), header required, all known columns required, order free, lines without any
 * content skipped. JSON: one array of objects; JSONL: one object a line (or several); members
 * may be missing or null. Columns that the program does not know are refused by name: a
 * ledger that is written back without them would have lost them. */
bool ledger_parse(struct ledger *ledger, struct str text, enum ledger_format format,
                  const char *path, struct error *err);

/* The ledger's rows (sorted by the caller) as text on STREAM. */
bool ledger_write(const struct row *rows, size_t count, enum ledger_format format, FILE *stream,
                  struct error *err);

/* The same with COLUMNS (indexes in row_columns; NULL: all) in their order. */
bool ledger_write_columns(const struct row *rows, size_t count, const int *columns,
                          size_t column_count, enum ledger_format format, FILE *stream,
                          struct error *err);

/* Calls SINK for each row of ledger file PATH, in the file's order, in memory that does not
 * grow with the file; ROW lives until SINK returns. False where SINK said so or the file is
 * broken; a file that does not exist has no rows when MUST_EXIST is false. */
typedef bool row_sink(const struct row *row, void *context, struct error *err);
bool         ledger_scan(const char *path, bool must_exist, row_sink *sink, void *context,
                         struct error *err);

/* Reads the ledger file PATH into LEDGER; a file that does not exist is an empty ledger when
 * MUST_EXIST is false. */
bool ledger_load(struct ledger *ledger, const char *path, bool must_exist, struct error *err);

/* Changes ledger file PATH: takes its lock (waiting, and saying so through diag_note), loads
 * it, calls CHANGE, sorts, and where CHANGE said *CHANGED or the file was missing, writes a
 * new file beside it, fsync, rename, fsync of the folder. On any failure the old file is
 * untouched and the new one removed. A PATH that is a folder or a FIFO is refused; through a
 * symbolic link the file that it names is replaced. */
bool ledger_update(const char *path, struct arena *arena,
                   bool (*change)(struct ledger *ledger, void *context, bool *changed,
                                  struct error *err),
                   void *context, struct error *err);

#endif
