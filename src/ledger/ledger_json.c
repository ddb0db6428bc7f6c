/* ledger_json.c - ledgers as JSON: one array with an object a line, or JSON Lines.
 *
 * The values are decoded by json.h, one object at a time. What this file finds by itself is
 * where each object ends, so that a ledger needs no more memory than its longest row, and the
 * digits of each number as they stand in the file: a parser that keeps doubles reads
 * 1000000000000000001 as 1000000000000000000 and cannot know it. */
#include "aitrack/ledger.h"

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/cell.h"
#include "aitrack/json.h"
#include "aitrack/unicode.h"

#include "ledger_internal.h"

/* Writing */

static void add_list(struct strbuf *buf, struct str_list names)
{
    strbuf_add_char(buf, '[');
    for (size_t i = 0; i < names.count; i++) {
        if (i > 0)
            strbuf_add(buf, STR(", "));
        cell_add_json(buf, names.items[i]);
    }
    strbuf_add_char(buf, ']');
}

static void add_value(struct strbuf *buf, const struct row *row, int column, struct strbuf *scratch)
{
    struct str cell;

    if (row_columns[column].type == COLUMN_LIST) {
        add_list(buf, row_list(row, column));
        return;
    }
    cell = row_cell_text(row, column, scratch);
    if (cell.len == 0)
        strbuf_add(buf, STR("null"));
    else if (row_columns[column].type == COLUMN_TEXT)
        cell_add_json(buf, cell);
    else
        strbuf_add(buf, cell);
}

void json_add_row(struct strbuf *buf, const struct row *row, const int *columns,
                  size_t column_count, struct strbuf *scratch)
{
    size_t count = columns ? column_count : ROW_COLUMNS;

    strbuf_add_char(buf, '{');
    for (size_t i = 0; i < count; i++) {
        int column = columns ? columns[i] : (int)i;

        if (i > 0)
            strbuf_add(buf, STR(", "));
        strbuf_add_char(buf, '"');
        strbuf_add(buf, str_from(row_columns[column].name));
        strbuf_add(buf, STR("\": "));
        add_value(buf, row, column, scratch);
    }
    strbuf_add_char(buf, '}');
}

/* Reading */

enum place {
    AT_START,
    BEFORE_OBJECT,   /* in an array, at its start: an object or ] */
    AFTER_COMMA,     /* in an array: an object */
    AFTER_OBJECT,    /* in an array: a comma or ] */
    BETWEEN_OBJECTS, /* in JSON Lines */
    AFTER_ARRAY,
    IN_OBJECT,
};

enum { MEMBERS = 64 }; /* more than there are columns: one of them is then unknown or twice */

struct value_span {
    size_t start, end; /* in the object's text */
};

struct json_reader {
    struct arena *scratch;
    const char   *path;
    row_sink     *sink;
    void         *context;
    enum place    place;
    bool          is_array;
    size_t        line;        /* of the byte in hand, from 1 */
    size_t        object_line; /* where the object began */

    struct strbuf     object; /* its text up to the byte in hand */
    size_t            depth;  /* of brackets and braces in it */
    bool              is_in_string, is_escaped, is_in_value;
    struct value_span values[MEMBERS];
    size_t            value_count;
};

static void close_arena(void *arena)
{
    arena_close(arena);
}

struct json_reader *json_reader_new(struct arena *arena, const char *path, row_sink *sink,
                                    void *context)
{
    struct json_reader *reader = ARENA_NEW(arena, struct json_reader);

    reader->scratch = arena_open();
    arena_on_close(arena, close_arena, reader->scratch);
    reader->path = path;
    reader->sink = sink;
    reader->context = context;
    reader->line = 1;
    reader->object = strbuf_in(arena);
    return reader;
}

static bool fail_at(const struct json_reader *reader, size_t line, struct error *err)
{
    err->kind = ERROR_DATA; /* json.h speaks of input: here it is the ledger */
    return error_within(err, "%s:%zu", reader->path, line);
}

static size_t line_of(const struct json_reader *reader, size_t at)
{
    size_t line = reader->object_line;

    for (size_t i = 0; i < at && i < reader->object.len; i++)
        line += reader->object.ptr[i] == '\n';
    return line;
}

static bool set_names(struct json_reader *reader, struct row *row, int column,
                      const struct json *array, struct error *err)
{
    struct str_list names = { ARENA_ARRAY(reader->scratch, struct str, json_count(array)), 0 };

    for (size_t i = 0; i < json_count(array); i++) {
        struct str name = str_trim(json_string(json_at(array, i)));

        if (json_type(json_at(array, i)) != JSON_STRING)
            return error_set(err, ERROR_DATA, "%s: an item that is no string",
                             row_columns[column].name);
        if (name.len > 0)
            names.items[names.count++] = name;
    }
    row_set_list(row, column, names);
    return true;
}

/* RAW: the digits as the file has them. "1e9" is no plain number: json.h may know it. */
static bool set_number(struct json_reader *reader, struct row *row, int column,
                       const struct json *value, struct str raw, struct error *err)
{
    struct decimal number;
    char           plain[DECIMAL_TEXT];
    bool           is_plain = true;

    for (size_t i = 0; i < raw.len; i++)
        is_plain = is_plain && raw.ptr[i] != 'e' && raw.ptr[i] != 'E';
    if (!is_plain && json_decimal(value, &number)) {
        decimal_format(number, plain);
        raw = str_copy(reader->scratch, str_from(plain));
    }
    return row_set_cell(row, column, raw, reader->scratch, err);
}

static bool set_member(struct json_reader *reader, struct row *row, int column,
                       const struct json *value, struct str raw, struct error *err)
{
    enum column_type type = row_columns[column].type;

    switch (json_type(value)) {
    case JSON_NULL:
        return true;
    case JSON_STRING:
        return row_set_cell(row, column, json_string(value), reader->scratch, err);
    case JSON_ARRAY:
        if (type == COLUMN_LIST)
            return set_names(reader, row, column, value, err);
        break;
    case JSON_NUMBER:
        if (type == COLUMN_AMOUNT || type == COLUMN_INTEGER || type == COLUMN_FRACTION)
            return set_number(reader, row, column, value, raw, err);
        break;
    case JSON_BOOL:
    case JSON_OBJECT:
        break;
    }
    return error_set(err, ERROR_DATA, "%s: a value of the wrong type", row_columns[column].name);
}

/* *AT: the offset of what is wrong. */
static bool read_members(struct json_reader *reader, const struct json *object, struct row *row,
                         size_t *at, struct error *err)
{
    bool       seen[ROW_COLUMNS] = { false };
    struct str text = strbuf_str(&reader->object);

    for (size_t i = 0; i < json_count(object); i++) {
        const struct json *value = json_at(object, i);
        struct str         name = json_name(value);
        int                column = row_column(name);
        struct value_span  span = { 0, 0 };

        if (i < reader->value_count)
            span = reader->values[i];
        *at = span.start;
        if (column < 0)
            return error_set(err, ERROR_DATA,
                             "unknown member \"%.*s\" (a ledger of a newer version?)",
                             (int)(name.len < 40 ? name.len : 40), name.ptr);
        if (seen[column])
            return error_set(err, ERROR_DATA, "member \"%s\" twice", row_columns[column].name);
        seen[column] = true;
        if (!set_member(reader, row, column, value, str_trim(str_slice(text, span.start, span.end)),
                        err))
            return false;
    }
    *at = 0;
    return row->id.len > 0 || error_set(err, ERROR_DATA, "id: missing");
}

static bool end_object(struct json_reader *reader, struct error *err)
{
    struct arena_mark  mark = arena_mark(reader->scratch);
    struct str         text = strbuf_str(&reader->object);
    const struct json *object;
    struct row         row = { .line = 0 };
    size_t             bad = 0;
    bool               is_read;

    if (!unicode_is_valid(text, &bad)) {
        error_set(err, ERROR_DATA, "not UTF-8");
        return fail_at(reader, line_of(reader, bad), err);
    }
    is_read = json_parse(reader->scratch, text, &object, err) &&
              read_members(reader, object, &row, &bad, err);
    if (!is_read)
        fail_at(reader, line_of(reader, bad), err);
    is_read = is_read && reader->sink(&row, reader->context, err);
    arena_rewind(reader->scratch, mark);
    return is_read;
}

static void begin_object(struct json_reader *reader)
{
    reader->place = IN_OBJECT;
    reader->object_line = reader->line;
    reader->depth = 0;
    reader->value_count = 0;
    reader->is_in_value = false;
    strbuf_clear(&reader->object);
}

static void end_value(struct json_reader *reader, size_t at)
{
    if (reader->is_in_value && reader->value_count < MEMBERS)
        reader->values[reader->value_count++].end = at;
    reader->is_in_value = false;
}

static void begin_value(struct json_reader *reader, size_t at)
{
    if (reader->value_count < MEMBERS)
        reader->values[reader->value_count].start = at;
    reader->is_in_value = true;
}

/* How many bytes of PIECE belong to the object in hand; *IS_WHOLE where it ends there. */
static size_t object_part(struct json_reader *reader, struct str piece, bool *is_whole)
{
    size_t before = reader->object.len;

    *is_whole = false;
    for (size_t i = 0; i < piece.len; i++) {
        char c = piece.ptr[i];

        if (c == '\n')
            reader->line++;
        if (reader->is_in_string) {
            if (reader->is_escaped)
                reader->is_escaped = false;
            else if (c == '\\')
                reader->is_escaped = true;
            else if (c == '"')
                reader->is_in_string = false;
            continue;
        }
        switch (c) {
        case '"':
            reader->is_in_string = true;
            break;
        case ':':
            if (reader->depth == 1)
                begin_value(reader, before + i + 1);
            break;
        case ',':
            if (reader->depth == 1)
                end_value(reader, before + i);
            break;
        case '{':
        case '[':
            reader->depth++;
            break;
        case '}':
        case ']':
            if (--reader->depth > 0)
                break;
            end_value(reader, before + i);
            *is_whole = true;
            return i + 1;
        default:
            break;
        }
    }
    return piece.len;
}

/* Takes a character that stands outside the objects. */
static bool take_outside(struct json_reader *reader, char c, struct error *err)
{
    enum place place = reader->place;

    if (c == '\n')
        reader->line++;
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
        return true;
    if (c == '[' && place == AT_START) {
        reader->is_array = true;
        reader->place = BEFORE_OBJECT;
        return true;
    }
    if (c == ',' && place == AFTER_OBJECT) {
        reader->place = AFTER_COMMA;
        return true;
    }
    if (c == ']' && (place == AFTER_OBJECT || place == BEFORE_OBJECT)) {
        reader->place = AFTER_ARRAY;
        return true;
    }
    error_set(err, ERROR_DATA,
              place == AT_START       ? "neither an array nor an object"
              : place == AFTER_OBJECT ? "no comma or ] after an object"
              : place == AFTER_ARRAY  ? "something follows the array"
                                      : "no object where one should stand");
    return fail_at(reader, reader->line, err);
}

static bool may_begin_object(enum place place)
{
    return place == AT_START || place == BEFORE_OBJECT || place == AFTER_COMMA ||
           place == BETWEEN_OBJECTS;
}

bool json_reader_feed(struct json_reader *reader, struct str piece, struct error *err)
{
    struct str bom = STR("\xEF\xBB\xBF");

    if (reader->place == AT_START && str_starts_with(piece, bom))
        piece = str_slice(piece, bom.len, piece.len);
    while (piece.len > 0) {
        bool   is_whole;
        size_t size;

        if (piece.ptr[0] == '{' && may_begin_object(reader->place))
            begin_object(reader);
        if (reader->place != IN_OBJECT) {
            if (!take_outside(reader, piece.ptr[0], err))
                return false;
            piece = str_slice(piece, 1, piece.len);
            continue;
        }
        size = object_part(reader, piece, &is_whole);
        strbuf_add(&reader->object, str_slice(piece, 0, size));
        piece = str_slice(piece, size, piece.len);
        if (is_whole && !end_object(reader, err))
            return false;
        if (is_whole)
            reader->place = reader->is_array ? AFTER_OBJECT : BETWEEN_OBJECTS;
    }
    return true;
}

bool json_reader_finish(struct json_reader *reader, struct error *err)
{
    if (reader->place == IN_OBJECT) {
        error_set(err, ERROR_DATA, "the object that opens here is never closed");
        return fail_at(reader, reader->object_line, err);
    }
    if (reader->place == AT_START || reader->place == BETWEEN_OBJECTS ||
        reader->place == AFTER_ARRAY)
        return true;
    error_set(err, ERROR_DATA, "the array is never closed");
    return fail_at(reader, reader->line, err);
}
