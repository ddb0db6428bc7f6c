/* table.c - lexicons: lines to rows, with the file and line in every complaint. */
#include "aitrack/table.h"

#include <stdarg.h>
#include <stdio.h>

#include "aitrack/arena.h"
#include "aitrack/strbuf.h"

/* A file being read: its lines, and which of the caller's columns each cell is. */
struct reader {
    const char        *file;
    struct str         rest;
    size_t             line;
    const char *const *columns;
    size_t             column_count;
    size_t            *places; /* cell i of a line is the caller's column places[i] */
    struct arena      *arena;
};

/* The next line that holds something; false at the end. */
static bool next_line(struct reader *reader, struct str *line)
{
    while (str_cut(&reader->rest, '\n', line)) {
        reader->line++;
        if (str_trim(*line).len > 0 && line->ptr[0] != '#')
            return true;
    }
    return false;
}

static const char *known_columns(const struct reader *reader)
{
    struct strbuf names = strbuf_in(reader->arena);

    for (size_t i = 0; i < reader->column_count; i++)
        strbuf_add_format(&names, "%s%s", i ? ", " : "", reader->columns[i]);
    return str_cstring(reader->arena, strbuf_str(&names));
}

/* The index of the caller's column called NAME, or the number of columns. */
static size_t column_index(const struct reader *reader, struct str name)
{
    size_t i = 0;

    while (i < reader->column_count && !str_equal(str_from(reader->columns[i]), name))
        i++;
    return i;
}

static bool read_header(struct reader *reader, struct error *err)
{
    bool      *is_named = ARENA_ARRAY(reader->arena, bool, reader->column_count);
    struct str line, name;
    size_t     count = 0;

    reader->places = ARENA_ARRAY(reader->arena, size_t, reader->column_count);
    if (!next_line(reader, &line))
        return error_set(err, ERROR_DATA, "%s: no line that names the columns", reader->file);
    while (str_cut(&line, '\t', &name)) {
        size_t column = column_index(reader, str_trim(name));

        if (column == reader->column_count)
            return error_set(err, ERROR_DATA, "%s:%zu: unknown column '%.*s'; known are %s",
                             reader->file, reader->line, STR_ARGS(str_trim(name)),
                             known_columns(reader));
        if (is_named[column])
            return error_set(err, ERROR_DATA, "%s:%zu: column '%s' is named twice", reader->file,
                             reader->line, reader->columns[column]);
        is_named[column] = true;
        reader->places[count++] = column;
    }
    for (size_t i = 0; i < reader->column_count; i++)
        if (!is_named[i])
            return error_set(err, ERROR_DATA, "%s:%zu: no column '%s'", reader->file, reader->line,
                             reader->columns[i]);
    return true;
}

static bool read_row(const struct reader *reader, struct str line, struct table_row *row,
                     struct error *err)
{
    struct str cell;
    size_t     count = 0;

    row->line = reader->line;
    row->cells = ARENA_ARRAY(reader->arena, struct str, reader->column_count);
    while (str_cut(&line, '\t', &cell)) {
        if (count < reader->column_count)
            row->cells[reader->places[count]] = str_trim(cell);
        count++;
    }
    return count == reader->column_count ||
           error_set(err, ERROR_DATA, "%s:%zu: %zu cells where the header names %zu columns",
                     reader->file, reader->line, count, reader->column_count);
}

bool table_load(const struct data_files *files, const char *path, const char *const *columns,
                struct arena *arena, struct table *out, struct error *err)
{
    struct reader reader = { .columns = columns, .arena = arena };
    struct table  table = { 0 };
    size_t        capacity = 0;
    struct str    line;

    while (columns[reader.column_count])
        reader.column_count++;
    if (!data_files_read(files, path, arena, &reader.rest, &reader.file, err) ||
        !read_header(&reader, err))
        return false;
    table.file = reader.file;
    while (next_line(&reader, &line))
        if (!read_row(&reader, line, ARRAY_PUSH(arena, table.rows, table.count, capacity), err))
            return false;
    *out = table;
    return true;
}

struct str_list table_values(struct arena *arena, struct str cell)
{
    struct str_list values = { 0 };
    size_t          capacity = 0;
    struct str      value;

    while (str_cut(&cell, '|', &value)) {
        value = str_trim(value);
        if (value.len > 0)
            *ARRAY_PUSH(arena, values.items, values.count, capacity) = value;
    }
    return values;
}

bool table_error(const struct table *table, const struct table_row *row, struct error *err,
                 const char *format, ...)
{
    char    message[sizeof err->text];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return error_set(err, ERROR_DATA, "%s:%zu: %s", table->file, row->line, message);
}
