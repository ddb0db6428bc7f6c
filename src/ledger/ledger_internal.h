/* ledger_internal.h - what the files of src/ledger/ share: texts to rows, rows to bytes. */
#ifndef AITRACK_LEDGER_INTERNAL_H
#define AITRACK_LEDGER_INTERNAL_H

#include "aitrack/ledger.h"
#include "aitrack/strbuf.h"

/* As row_cell, in SCRATCH, which it clears, where the cell is no text of the row. */
struct str row_cell_text(const struct row *row, int column, struct strbuf *scratch);

/* The cell of a column that is a list. */
struct str_list row_list(const struct row *row, int column);
void            row_set_list(struct row *row, int column, struct str_list names);

/* Adds ROW as the text of its columns (NULL: all). */
void csv_add_header(struct strbuf *buf, const int *columns, size_t column_count);
void csv_add_row(struct strbuf *buf, const struct row *row, const int *columns, size_t column_count,
                 struct strbuf *scratch);
void json_add_row(struct strbuf *buf, const struct row *row, const int *columns,
                  size_t column_count, struct strbuf *scratch);

/* Takes the bytes of a ledger piece by piece. */
typedef bool byte_sink(struct str bytes, void *context, struct error *err);

/* The text of a ledger in pieces of at least 64 KB, the last one excepted. */
bool ledger_render(const struct row *rows, size_t count, const int *columns, size_t column_count,
                   enum ledger_format format, byte_sink *sink, void *context, struct error *err);

/* Readers take the text in pieces cut anywhere and call SINK at each row's end; messages begin
 * with "PATH:LINE: ". The first piece of CSV must hold the header's line. Whether JSON is one
 * array or one object a line shows in its first character. */
struct csv_reader;
struct csv_reader *csv_reader_new(struct arena *arena, const char *path, row_sink *sink,
                                  void *context);
bool               csv_reader_feed(struct csv_reader *reader, struct str piece, struct error *err);
bool               csv_reader_finish(struct csv_reader *reader, struct error *err);

struct json_reader;
struct json_reader *json_reader_new(struct arena *arena, const char *path, row_sink *sink,
                                    void *context);
bool json_reader_feed(struct json_reader *reader, struct str piece, struct error *err);
bool json_reader_finish(struct json_reader *reader, struct error *err);

/* One of the two, by FORMAT. */
struct ledger_reader {
    struct csv_reader  *csv;
    struct json_reader *json;
};
struct ledger_reader ledger_reader_new(struct arena *arena, const char *path,
                                       enum ledger_format format, row_sink *sink, void *context);
bool ledger_reader_feed(struct ledger_reader reader, struct str piece, struct error *err);
bool ledger_reader_finish(struct ledger_reader reader, struct error *err);

#endif
