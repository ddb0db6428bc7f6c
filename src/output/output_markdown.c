/* output_markdown.c - rows as a Markdown table (GitHub Flavored Markdown, "Tables"). */
#include "aitrack/output.h"

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/strbuf.h"
#include "aitrack/text_table.h"

#include "output_internal.h"

enum { PIECE = 1 << 16 };

/* A text of the press must not become markup, least of all HTML. Every ASCII punctuation mark
 * may have a backslash before it; only those that would mean something get one. */
static void add_cell(struct strbuf *buf, struct str cell, struct arena *arena)
{
    struct arena_mark mark = arena_mark(arena);

    cell = text_printable(arena, cell);
    for (size_t i = 0; i < cell.len; i++) {
        if (strchr("\\|`*_[]<&~", cell.ptr[i]) && cell.ptr[i] != '\0')
            strbuf_add_char(buf, '\\');
        strbuf_add_char(buf, cell.ptr[i]);
    }
    arena_rewind(arena, mark);
}

static void add_head(struct strbuf *buf, const char *name, struct arena *arena)
{
    strbuf_add_char(buf, ' ');
    add_cell(buf, str_from(name), arena);
    strbuf_add(buf, STR(" |"));
}

static void add_rule(struct strbuf *buf, enum column_type type)
{
    strbuf_add(buf, type == COLUMN_TEXT || type == COLUMN_LIST ? STR(" --- |") : STR(" ---: |"));
}

bool output_markdown_rows(const struct output_options *options, const struct row *rows,
                          size_t count, FILE *stream, struct error *err)
{
    struct arena *arena = arena_open(), *texts = arena_open();
    struct strbuf buf = strbuf_in(texts);
    size_t        width = options->columns ? options->column_count : ROW_COLUMNS;
    bool          is_written = true;

    strbuf_add_char(&buf, '|');
    for (size_t i = 0; i < width; i++)
        add_head(&buf, row_columns[options->columns ? options->columns[i] : (int)i].name, arena);
    strbuf_add(&buf, STR("\n|"));
    for (size_t i = 0; i < width; i++)
        add_rule(&buf, row_columns[options->columns ? options->columns[i] : (int)i].type);
    strbuf_add_char(&buf, '\n');
    for (size_t row = 0; row < count && is_written; row++) {
        struct arena_mark mark = arena_mark(arena);

        strbuf_add_char(&buf, '|');
        for (size_t i = 0; i < width; i++) {
            strbuf_add_char(&buf, ' ');
            add_cell(
                &buf,
                output_cell(&rows[row], options->columns ? options->columns[i] : (int)i, arena),
                arena);
            strbuf_add(&buf, STR(" |"));
        }
        strbuf_add_char(&buf, '\n');
        arena_rewind(arena, mark);
        if (buf.len >= PIECE) {
            is_written = output_text(strbuf_str(&buf), stream, err);
            strbuf_clear(&buf);
        }
    }
    is_written = is_written && output_text(strbuf_str(&buf), stream, err);
    arena_close(texts);
    arena_close(arena);
    return is_written;
}

void output_markdown_sheet(const struct sheet *sheet, struct strbuf *buf)
{
    struct arena *arena = arena_open();

    strbuf_add_char(buf, '|');
    for (size_t i = 0; i < sheet->column_count; i++)
        add_head(buf, sheet->columns[i].name, arena);
    strbuf_add(buf, STR("\n|"));
    for (size_t i = 0; i < sheet->column_count; i++)
        add_rule(buf, sheet->columns[i].type);
    strbuf_add_char(buf, '\n');
    for (size_t i = 0; i < sheet->row_count * sheet->column_count; i++) {
        size_t     column = i % sheet->column_count;
        struct str cell = sheet->cells[i];

        if (sheet->columns[column].type == COLUMN_LIST)
            cell = output_list(cell, arena);
        strbuf_add(buf, column == 0 ? STR("| ") : STR(" "));
        add_cell(buf, cell, arena);
        strbuf_add(buf, column + 1 == sheet->column_count ? STR(" |\n") : STR(" |"));
    }
    arena_close(arena);
}
