/* output_table.c - rows for a terminal: the columns a reader looks for first, in short. */
#include "aitrack/output.h"

#include "aitrack/arena.h"
#include "aitrack/strbuf.h"
#include "aitrack/text_table.h"

#include "output_internal.h"

enum { SHORT_ID = 8 }; /* hex digits: 2^32 values tell the rows of a ledger apart */

/* The table's own choice, in its order. What can be spared is dropped from the end where the
 * terminal is narrow. */
static const struct {
    const char *name;
    bool        may_drop;
} usual_columns[] = {
    { "id", false },      { "date", false },     { "figure", false }, { "recipient", false },
    { "investor", true }, { "announcer", true }, { "subject", true }, { "kind", true },
    { "status", true },   { "source", true },
};

struct str output_list(struct str cell, struct arena *arena)
{
    struct str_list names = row_names(cell, arena);
    struct strbuf   buf = strbuf_in(arena);

    for (size_t i = 0; i < names.count; i++) {
        strbuf_add(&buf, i > 0 ? STR(", ") : STR(""));
        strbuf_add(&buf, names.items[i]);
    }
    return strbuf_str(&buf);
}

struct str output_cell(const struct row *row, int column, struct arena *arena)
{
    struct str cell = row_cell(row, column, arena);

    return row_columns[column].type == COLUMN_LIST ? output_list(cell, arena) : cell;
}

/* "https://www.example.fr/a/b.html" as "example.fr", "dump/2025/003.txt" as "003.txt". */
static struct str short_source(struct str source)
{
    size_t host = str_find(source, STR("://"), 0);
    size_t slash = STR_NONE;

    if (host != STR_NONE) {
        struct str rest = str_slice(source, host + 3, source.len);

        rest = str_slice(rest, 0, str_find_char(rest, '/', 0));
        return str_starts_with(rest, STR("www.")) ? str_slice(rest, 4, rest.len) : rest;
    }
    for (size_t at = 0; (at = str_find_char(source, '/', at)) != STR_NONE; at++)
        if (at + 1 < source.len)
            slash = at;
    return slash == STR_NONE ? source : str_slice(source, slash + 1, source.len);
}

static struct text_column column_for(const char *name, enum column_type type)
{
    bool is_figure = str_equal(str_from(name), STR("figure"));
    bool is_id = str_equal(str_from(name), STR("id"));
    bool is_date =
        str_equal(str_from(name), STR("date")) || str_equal(str_from(name), STR("published"));
    bool is_number = is_figure || (type != COLUMN_TEXT && type != COLUMN_LIST);

    return (struct text_column){
        .header = str_from(name),
        .at_right = is_number,
        .style = is_figure ? STYLE_BOLD
                 : is_id   ? STYLE_DIM
                           : STYLE_PLAIN,
        .is_rigid = is_number || is_id || is_date,
    };
}

/* Cells in short only where the table chose the columns: who asks for the id gets all of it. */
static struct str cell_of(const struct row *row, int column, bool in_short, struct arena *arena)
{
    struct str cell = output_cell(row, column, arena);

    if (in_short && row_columns[column].offset == offsetof(struct row, id))
        return str_slice(cell, 0, SHORT_ID);
    if (in_short && row_columns[column].offset == offsetof(struct row, source))
        return short_source(cell);
    return cell;
}

bool output_table_rows(const struct output_options *options, const struct row *rows, size_t count,
                       FILE *stream, struct error *err)
{
    struct arena       *arena = arena_open(), *texts = arena_open();
    bool                is_usual = !options->columns;
    size_t              width = is_usual ? COUNT_OF(usual_columns) : options->column_count;
    int                *columns = ARENA_ARRAY(arena, int, width);
    struct text_column *heads = ARENA_ARRAY(arena, struct text_column, width);
    struct str         *cells = arena_array(arena, count, width * sizeof *cells);
    struct strbuf       buf = strbuf_in(texts);
    struct text_table   table = { heads, width, cells, count, options->width, options->in_colour };
    bool                is_written;

    for (size_t i = 0; i < width; i++) {
        columns[i] = is_usual ? row_column(str_from(usual_columns[i].name)) : options->columns[i];
        heads[i] = column_for(row_columns[columns[i]].name, row_columns[columns[i]].type);
        heads[i].may_drop = is_usual && usual_columns[i].may_drop;
    }
    for (size_t i = 0; i < count * width; i++)
        cells[i] = cell_of(&rows[i / width], columns[i % width], is_usual, arena);
    text_table_format(&table, &buf);
    is_written = output_text(strbuf_str(&buf), stream, err);
    arena_close(texts);
    arena_close(arena);
    return is_written;
}

void output_table_sheet(const struct output_options *options, const struct sheet *sheet,
                        struct strbuf *buf)
{
    struct arena       *arena = arena_open();
    struct text_column *heads = ARENA_ARRAY(arena, struct text_column, sheet->column_count);
    size_t              count = sheet->row_count * sheet->column_count;
    struct str         *cells = ARENA_ARRAY(arena, struct str, count);
    struct text_table   table = { heads,          sheet->column_count, cells, sheet->row_count,
                                  options->width, options->in_colour };

    for (size_t i = 0; i < sheet->column_count; i++)
        heads[i] = column_for(sheet->columns[i].name, sheet->columns[i].type);
    for (size_t i = 0; i < count; i++)
        cells[i] = sheet->columns[i % sheet->column_count].type == COLUMN_LIST
                       ? output_list(sheet->cells[i], arena)
                       : sheet->cells[i];
    text_table_format(&table, buf);
    arena_close(arena);
}
