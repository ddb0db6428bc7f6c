/* output.c - the formats by name, and which function writes each. */
#include "aitrack/output.h"

#include <errno.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/cell.h"
#include "aitrack/ledger.h"
#include "aitrack/strbuf.h"

#include "output_internal.h"

const char *const output_format_names[OUTPUT_FORMAT_COUNT] = {
    [OUTPUT_TABLE] = "table", [OUTPUT_CSV] = "csv",           [OUTPUT_JSON] = "json",
    [OUTPUT_JSONL] = "jsonl", [OUTPUT_MARKDOWN] = "markdown",
};

bool output_format_find(struct str name, enum output_format *out)
{
    for (int i = 0; i < OUTPUT_FORMAT_COUNT; i++) {
        if (str_equal(name, str_from(output_format_names[i]))) {
            *out = (enum output_format)i;
            return true;
        }
    }
    return false;
}

bool output_columns_parse(struct str text, struct arena *arena, int **out, size_t *out_count,
                          struct error *err)
{
    size_t     room = 1, count = 0;
    int       *columns;
    struct str name;

    for (size_t i = 0; i < text.len; i++)
        room += text.ptr[i] == ',';
    columns = ARENA_ARRAY(arena, int, room);
    while (str_cut(&text, ',', &name)) {
        name = str_trim(name);
        columns[count] = row_column(name);
        if (columns[count] < 0)
            return error_set(err, ERROR_USAGE, "no column is called \"%.*s\"", STR_ARGS(name));
        count++;
    }
    if (count == 0)
        return error_set(err, ERROR_USAGE, "no column is named");
    *out = columns;
    *out_count = count;
    return true;
}

bool output_text(struct str text, FILE *stream, struct error *err)
{
    if (fwrite(text.ptr, 1, text.len, stream) == text.len)
        return true;
    return error_set(err, ERROR_OUTPUT, "the output could not be written: %s", strerror(errno));
}

bool output_write(const struct output_options *options, const struct row *rows, size_t count,
                  FILE *stream, struct error *err)
{
    enum ledger_format format = options->format == OUTPUT_CSV    ? LEDGER_CSV
                                : options->format == OUTPUT_JSON ? LEDGER_JSON
                                                                 : LEDGER_JSONL;

    if (count == 0 && options->format != OUTPUT_JSON)
        return true;
    switch (options->format) {
    case OUTPUT_TABLE:
        return output_table_rows(options, rows, count, stream, err);
    case OUTPUT_MARKDOWN:
        return output_markdown_rows(options, rows, count, stream, err);
    case OUTPUT_CSV:
    case OUTPUT_JSON:
    case OUTPUT_JSONL:
        return ledger_write_columns(rows, count, options->columns, options->column_count, format,
                                    stream, err);
    case OUTPUT_FORMAT_COUNT:
        break;
    }
    error_fail(__FILE__, __LINE__, "no such output format");
}

/* Sheets */

static const struct str *sheet_row(const struct sheet *sheet, size_t row)
{
    return sheet->cells + row * sheet->column_count;
}

static void add_csv(struct strbuf *buf, const struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->column_count; i++) {
        strbuf_add(buf, i > 0 ? STR(",") : STR(""));
        cell_add_csv(buf, str_from(sheet->columns[i].name));
    }
    strbuf_add_char(buf, '\n');
    for (size_t row = 0; row < sheet->row_count; row++) {
        for (size_t i = 0; i < sheet->column_count; i++) {
            strbuf_add(buf, i > 0 ? STR(",") : STR(""));
            cell_add_csv(buf, sheet_row(sheet, row)[i]);
        }
        strbuf_add_char(buf, '\n');
    }
}

static void add_json_value(struct strbuf *buf, struct str cell, enum column_type type,
                           struct arena *arena)
{
    struct str_list names;

    if (type == COLUMN_LIST) {
        names = row_names(cell, arena);
        strbuf_add_char(buf, '[');
        for (size_t i = 0; i < names.count; i++) {
            strbuf_add(buf, i > 0 ? STR(", ") : STR(""));
            cell_add_json(buf, names.items[i]);
        }
        strbuf_add_char(buf, ']');
    } else if (cell.len == 0) {
        strbuf_add(buf, STR("null"));
    } else if (type == COLUMN_TEXT) {
        cell_add_json(buf, cell);
    } else {
        strbuf_add(buf, cell);
    }
}

static void add_json(struct strbuf *buf, const struct sheet *sheet, bool is_array,
                     struct arena *arena)
{
    strbuf_add(buf, is_array ? STR("[") : STR(""));
    for (size_t row = 0; row < sheet->row_count; row++) {
        strbuf_add(buf, !is_array ? STR("{") : row > 0 ? STR(",\n{") : STR("\n{"));
        for (size_t i = 0; i < sheet->column_count; i++) {
            strbuf_add(buf, i > 0 ? STR(", ") : STR(""));
            cell_add_json(buf, str_from(sheet->columns[i].name));
            strbuf_add(buf, STR(": "));
            add_json_value(buf, sheet_row(sheet, row)[i], sheet->columns[i].type, arena);
        }
        strbuf_add(buf, is_array ? STR("}") : STR("}\n"));
    }
    if (is_array)
        strbuf_add(buf, sheet->row_count > 0 ? STR("\n]\n") : STR("]\n"));
}

bool output_write_sheet(const struct output_options *options, const struct sheet *sheet,
                        FILE *stream, struct error *err)
{
    struct arena *arena, *texts;
    struct strbuf buf;
    bool          is_written;

    if (sheet->row_count == 0 && options->format != OUTPUT_JSON)
        return true;
    arena = arena_open();
    texts = arena_open();
    buf = strbuf_in(texts);
    switch (options->format) {
    case OUTPUT_TABLE:
        output_table_sheet(options, sheet, &buf);
        break;
    case OUTPUT_MARKDOWN:
        output_markdown_sheet(sheet, &buf);
        break;
    case OUTPUT_CSV:
        add_csv(&buf, sheet);
        break;
    case OUTPUT_JSON:
    case OUTPUT_JSONL:
        add_json(&buf, sheet, options->format == OUTPUT_JSON, arena);
        break;
    case OUTPUT_FORMAT_COUNT:
        error_fail(__FILE__, __LINE__, "no such output format");
    }
    is_written = output_text(strbuf_str(&buf), stream, err);
    arena_close(texts);
    arena_close(arena);
    return is_written;
}
