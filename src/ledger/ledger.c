/* ledger.c - rows in memory: their union, which does not depend on the order in which they
 * come, and their order. */
#include "aitrack/ledger.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/hash.h"
#include "aitrack/map.h"

#include "ledger_internal.h"

enum { PIECE = 1 << 16 };

void ledger_init(struct ledger *ledger, struct arena *arena)
{
    *ledger = (struct ledger){ .arena = arena, .by_id = map_new(arena, 64) };
}

/* Of two rows with one id the same one must stay in every merge order, so the choice is by a
 * total order on what they say, never by which came first. */
static bool is_before(const struct row *a, const struct row *b, struct arena *arena)
{
    struct arena_mark mark = arena_mark(arena);
    int               order = row_compare(a, b);

    if (order == 0) {
        struct strbuf scratch = strbuf_in(arena), left = strbuf_in(arena), right = strbuf_in(arena);

        csv_add_row(&left, a, NULL, 0, &scratch);
        csv_add_row(&right, b, NULL, 0, &scratch);
        order = str_compare(strbuf_str(&left), strbuf_str(&right));
        arena_rewind(arena, mark);
    }
    return order < 0;
}

bool ledger_add(struct ledger *ledger, const struct row *row)
{
    uint32_t   at;
    struct row copy;

    ENSURE(row->id.len == ID_LENGTH, "a row without an id");
    if (map_find(ledger->by_id, row->id, &at)) {
        if (!is_before(row, &ledger->rows[at], ledger->arena))
            return false;
        ledger->rows[at] = row_copy(row, ledger->arena);
        return true;
    }
    ENSURE(ledger->count < UINT32_MAX, "a ledger of more than 2^32 rows");
    copy = row_copy(row, ledger->arena);
    map_put(ledger->by_id, copy.id, (uint32_t)ledger->count);
    *ARRAY_PUSH(ledger->arena, ledger->rows, ledger->count, ledger->capacity) = copy;
    return true;
}

void ledger_remove(struct ledger *ledger, bool (*test)(const struct row *row, void *context),
                   void          *context)
{
    size_t kept = 0;

    for (size_t i = 0; i < ledger->count; i++)
        if (!test(&ledger->rows[i], context))
            ledger->rows[kept++] = ledger->rows[i];
    if (kept == ledger->count)
        return;
    ledger->count = kept;
    ledger->by_id = map_new(ledger->arena, kept);
    for (size_t i = 0; i < kept; i++)
        map_put(ledger->by_id, ledger->rows[i].id, (uint32_t)i);
}

static int compare_rows(const void *a, const void *b)
{
    return row_compare(a, b);
}

void ledger_sort(struct ledger *ledger)
{
    size_t i = 1;

    while (i < ledger->count && row_compare(&ledger->rows[i - 1], &ledger->rows[i]) <= 0)
        i++;
    if (i >= ledger->count)
        return; /* as a ledger that was just read mostly is */
    qsort(ledger->rows, ledger->count, sizeof *ledger->rows, compare_rows);
    for (i = 0; i < ledger->count; i++)
        map_put(ledger->by_id, ledger->rows[i].id, (uint32_t)i);
}

bool ledger_format_of(const char *path, enum ledger_format *out, struct error *err)
{
    static const struct {
        struct str         ending;
        enum ledger_format format;
    } endings[] = {
        { { ".csv", 4 }, LEDGER_CSV },
        { { ".json", 5 }, LEDGER_JSON },
        { { ".jsonl", 6 }, LEDGER_JSONL },
    };

    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        if (str_ends_with(str_from(path), endings[i].ending)) {
            *out = endings[i].format;
            return true;
        }
    }
    return error_set(err, ERROR_USAGE, "%s: a ledger's name ends with .csv, .json or .jsonl", path);
}

/* Reading */

struct ledger_reader ledger_reader_new(struct arena *arena, const char *path,
                                       enum ledger_format format, row_sink *sink, void *context)
{
    struct ledger_reader reader = { NULL, NULL };

    if (format == LEDGER_CSV)
        reader.csv = csv_reader_new(arena, path, sink, context);
    else
        reader.json = json_reader_new(arena, path, sink, context);
    return reader;
}

bool ledger_reader_feed(struct ledger_reader reader, struct str piece, struct error *err)
{
    return reader.csv ? csv_reader_feed(reader.csv, piece, err)
                      : json_reader_feed(reader.json, piece, err);
}

bool ledger_reader_finish(struct ledger_reader reader, struct error *err)
{
    return reader.csv ? csv_reader_finish(reader.csv, err) : json_reader_finish(reader.json, err);
}

static bool add_row(const struct row *row, void *context, struct error *err)
{
    (void)err;
    ledger_add(context, row);
    return true;
}

bool ledger_parse(struct ledger *ledger, struct str text, enum ledger_format format,
                  const char *path, struct error *err)
{
    struct arena        *scratch = arena_open();
    struct ledger_reader reader = ledger_reader_new(scratch, path, format, add_row, ledger);
    bool                 is_read;

    is_read = ledger_reader_feed(reader, text, err) && ledger_reader_finish(reader, err);
    arena_close(scratch);
    return is_read;
}

/* Writing */

static bool add_rows(const struct row *rows, size_t count, const int *columns, size_t column_count,
                     enum ledger_format format, struct strbuf *buf, struct strbuf *cell,
                     byte_sink *sink, void *context, struct error *err)
{
    if (format == LEDGER_CSV)
        csv_add_header(buf, columns, column_count);
    if (format == LEDGER_JSON)
        strbuf_add_char(buf, '[');
    for (size_t i = 0; i < count; i++) {
        if (format == LEDGER_CSV) {
            csv_add_row(buf, &rows[i], columns, column_count, cell);
        } else {
            if (format == LEDGER_JSON)
                strbuf_add(buf, i > 0 ? STR(",\n") : STR("\n"));
            json_add_row(buf, &rows[i], columns, column_count, cell);
            if (format == LEDGER_JSONL)
                strbuf_add_char(buf, '\n');
        }
        if (buf->len >= PIECE) {
            if (!sink(strbuf_str(buf), context, err))
                return false;
            strbuf_clear(buf);
        }
    }
    if (format == LEDGER_JSON)
        strbuf_add(buf, count > 0 ? STR("\n]\n") : STR("]\n"));
    return buf->len == 0 || sink(strbuf_str(buf), context, err);
}

bool ledger_render(const struct row *rows, size_t count, const int *columns, size_t column_count,
                   enum ledger_format format, byte_sink *sink, void *context, struct error *err)
{
    struct arena *arena = arena_open();
    struct strbuf buf = strbuf_in(arena), cell = strbuf_in(arena);
    bool          is_written;

    is_written =
        add_rows(rows, count, columns, column_count, format, &buf, &cell, sink, context, err);
    arena_close(arena);
    return is_written;
}

static bool to_stream(struct str bytes, void *context, struct error *err)
{
    FILE *stream = context;

    if (fwrite(bytes.ptr, 1, bytes.len, stream) == bytes.len)
        return true;
    return error_set(err, ERROR_OUTPUT, "the output could not be written: %s", strerror(errno));
}

bool ledger_write_columns(const struct row *rows, size_t count, const int *columns,
                          size_t column_count, enum ledger_format format, FILE *stream,
                          struct error *err)
{
    return ledger_render(rows, count, columns, column_count, format, to_stream, stream, err);
}

bool ledger_write(const struct row *rows, size_t count, enum ledger_format format, FILE *stream,
                  struct error *err)
{
    return ledger_write_columns(rows, count, NULL, 0, format, stream, err);
}
