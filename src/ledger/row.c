/* row.c - the columns of the ledger: what each is called, where it lives in a row, and how its
 * cell is written as text and read back. */
#include "aitrack/row.h"

#include <stddef.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/date.h"
#include "aitrack/hash.h"
#include "aitrack/strbuf.h"

#include "ledger_internal.h"

#define TEXT(field, summary)                                                                       \
    {                                                                                              \
#field, COLUMN_TEXT, offsetof(struct row, field), 0, summary                               \
    }
#define LIST(field, summary)                                                                       \
    {                                                                                              \
#field, COLUMN_LIST, offsetof(struct row, field), 0, summary                               \
    }
#define INTEGER(field, summary)                                                                    \
    {                                                                                              \
#field, COLUMN_INTEGER, offsetof(struct row, field), 0, summary                            \
    }
#define FRACTION(field, summary)                                                                   \
    {                                                                                              \
#field, COLUMN_FRACTION, offsetof(struct row, field), 0, summary                           \
    }
#define AMOUNT(field, summary)                                                                     \
    {                                                                                              \
#field, COLUMN_AMOUNT, offsetof(struct row, field), offsetof(struct row, has_##field),     \
            summary                                                                                \
    }

const struct column row_columns[ROW_COLUMNS] = {
    TEXT(id, "20 hex digits, the same whenever the same figure of the same text is read"),
    TEXT(date, "when it was announced: 2025-02-09, 2025-02 or 2025"),
    LIST(announcer, "who says it"),
    LIST(investor, "who pays or will pay"),
    LIST(recipient, "who gets the money, or whom the figure is about"),
    TEXT(figure, "the figure in short French"),
    AMOUNT(amount, "units of the currency; the low end of a range"),
    AMOUNT(amount_max, "the high end of a range"),
    TEXT(bound, "exact, about, at_least, at_most, range or vague"),
    TEXT(currency, "ISO 4217 code"),
    TEXT(kind, "what the money is: investment, funding_round, contract, valuation ..."),
    TEXT(status, "completed, announced, planned or rumoured"),
    TEXT(period, "when the money flows, ISO 8601: 2018/2022, /2030, P5Y"),
    TEXT(subject, "what it is for, in a few words of the text"),
    TEXT(announcement, "id of the announcement this row reports"),
    TEXT(part_of, "id of the larger announcement this sum is a share of"),
    TEXT(published, "the day the text came out"),
    TEXT(source, "path or URL of the text"),
    TEXT(title, "title of the text"),
    INTEGER(line, "line of the figure in the text, from 1"),
    INTEGER(offset, "byte at which the figure begins in the text (UTF-8)"),
    INTEGER(length, "bytes of the figure"),
    TEXT(quote, "the sentence"),
    TEXT(rule, "which rule made the row"),
    FRACTION(confidence, "0 to 1"),
    TEXT(doc, "20 hex digits of the text's content, or the name the input gave it"),
};

static const void *field_of(const struct row *row, int column)
{
    return (const char *)row + row_columns[column].offset;
}

static void *field_in(struct row *row, int column)
{
    return (char *)row + row_columns[column].offset;
}

static bool is_present(const struct row *row, int column)
{
    return *(const bool *)((const char *)row + row_columns[column].present);
}

static void set_present(struct row *row, int column, bool is)
{
    *(bool *)((char *)row + row_columns[column].present) = is;
}

int row_column(struct str name)
{
    for (int i = 0; i < ROW_COLUMNS; i++)
        if (str_equal(name, str_from(row_columns[i].name)))
            return i;
    return -1;
}

/* Lists */

static bool is_separator_free(struct str name)
{
    return str_find_char(name, ';', 0) == STR_NONE && str_find_char(name, '\\', 0) == STR_NONE;
}

static void add_name(struct strbuf *buf, struct str name)
{
    if (is_separator_free(name)) {
        strbuf_add(buf, name);
        return;
    }
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == ';' || name.ptr[i] == '\\')
            strbuf_add_char(buf, '\\');
        strbuf_add_char(buf, name.ptr[i]);
    }
}

static void add_names(struct strbuf *buf, struct str_list names)
{
    for (size_t i = 0; i < names.count; i++) {
        if (i > 0)
            strbuf_add(buf, STR("; "));
        add_name(buf, names.items[i]);
    }
}

struct str row_join(struct str_list names, struct arena *arena)
{
    struct strbuf buf = strbuf_in(arena);

    if (names.count == 1 && is_separator_free(names.items[0]))
        return names.items[0];
    add_names(&buf, names);
    return strbuf_str(&buf);
}

/* The end of the name that begins at FROM: the next semicolon without a backslash. */
static size_t name_end(struct str cell, size_t from)
{
    while (from < cell.len && cell.ptr[from] != ';')
        from += cell.ptr[from] == '\\' && from + 1 < cell.len ? 2 : 1;
    return from < cell.len ? from : cell.len;
}

static struct str without_backslashes(struct str name, struct arena *arena)
{
    struct strbuf buf = strbuf_in(arena);

    if (str_find_char(name, '\\', 0) == STR_NONE)
        return name;
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '\\' && i + 1 < name.len &&
            (name.ptr[i + 1] == ';' || name.ptr[i + 1] == '\\'))
            i++;
        strbuf_add_char(&buf, name.ptr[i]);
    }
    return strbuf_str(&buf);
}

struct str_list row_names(struct str cell, struct arena *arena)
{
    struct str_list names = { NULL, 0 };
    size_t          most = 1;

    if (str_is_empty(str_trim(cell)))
        return names;
    for (size_t i = 0; i < cell.len; i++)
        most += cell.ptr[i] == ';';
    names.items = ARENA_ARRAY(arena, struct str, most);
    for (size_t start = 0, end; start <= cell.len; start = end + 1) {
        struct str name;

        end = name_end(cell, start);
        name = str_trim(str_slice(cell, start, end));
        if (name.len > 0)
            names.items[names.count++] = without_backslashes(name, arena);
    }
    return names;
}

/* Cells */

static void add_integer(struct strbuf *buf, int64_t number)
{
    char     reversed[24];
    size_t   count = 0;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    if (number < 0)
        strbuf_add_char(buf, '-');
    do {
        reversed[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    while (count > 0)
        strbuf_add_char(buf, reversed[--count]);
}

static void add_decimal(struct strbuf *buf, struct decimal number)
{
    char text[DECIMAL_TEXT];

    decimal_format(number, text);
    strbuf_add(buf, str_from(text));
}

struct str row_cell_text(const struct row *row, int column, struct strbuf *scratch)
{
    const void *field = field_of(row, column);

    strbuf_clear(scratch);
    switch (row_columns[column].type) {
    case COLUMN_TEXT:
        return *(const struct str *)field;
    case COLUMN_LIST: {
        const struct str_list *names = field;

        if (names->count == 1 && is_separator_free(names->items[0]))
            return names->items[0];
        add_names(scratch, *names);
        break;
    }
    case COLUMN_AMOUNT:
        if (is_present(row, column))
            add_decimal(scratch, *(const struct decimal *)field);
        break;
    case COLUMN_FRACTION:
        add_decimal(scratch, *(const struct decimal *)field);
        break;
    case COLUMN_INTEGER:
        add_integer(scratch, *(const int64_t *)field);
        break;
    }
    return strbuf_str(scratch);
}

struct str row_cell(const struct row *row, int column, struct arena *arena)
{
    struct strbuf scratch = strbuf_in(arena);

    return row_cell_text(row, column, &scratch);
}

struct str_list row_list(const struct row *row, int column)
{
    ENSURE(row_columns[column].type == COLUMN_LIST, "a column that is no list");
    return *(const struct str_list *)field_of(row, column);
}

void row_set_list(struct row *row, int column, struct str_list names)
{
    ENSURE(row_columns[column].type == COLUMN_LIST, "a column that is no list");
    *(struct str_list *)field_in(row, column) = names;
}

enum { SHOWN = 40 }; /* bytes of a bad cell in a message */

static bool is_no(const char *what, struct str text, struct error *err)
{
    bool is_long = text.len > SHOWN;

    return error_set(err, ERROR_DATA, "\"%.*s%s\" is not %s", is_long ? SHOWN : (int)text.len,
                     text.ptr, is_long ? "..." : "", what);
}

static bool is_id(struct str text)
{
    if (text.len != ID_LENGTH)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!strchr("0123456789abcdef", text.ptr[i]) || text.ptr[i] == '\0')
            return false;
    return true;
}

/* Only the form that date_format gives: two spellings of a day would sort apart. */
static bool is_date(struct str text)
{
    struct date date;
    char        again[DATE_TEXT];

    if (text.len == 0)
        return true;
    if (!date_parse_iso(text, &date))
        return false;
    date_format(date, again);
    return str_equal(text, str_from(again));
}

static bool check_text(int column, struct str text, struct error *err)
{
    size_t offset = row_columns[column].offset;

    if (offset == offsetof(struct row, id) && !is_id(text))
        return is_no("an id of 20 hex digits", text, err);
    if ((offset == offsetof(struct row, date) || offset == offsetof(struct row, published)) &&
        !is_date(text))
        return is_no("a date such as 2025-02-09, 2025-02 or 2025", text, err);
    return true;
}

/* decimal_parse stops at 18 digits; decimal_format can write 19, which must come back. */
static bool parse_number(struct str text, struct decimal *out)
{
    char           joined[DECIMAL_TEXT];
    size_t         point = str_find_char(text, '.', 0);
    size_t         decimals = point == STR_NONE ? 0 : text.len - point - 1;
    size_t         count = 0;
    struct decimal whole = { 0, 0 };

    if (decimal_parse(text, out))
        return true;
    if (text.len >= sizeof joined || point == 0 || point == text.len - 1)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (i != point && (text.ptr[i] < '0' || text.ptr[i] > '9'))
            return false;
        if (i != point)
            joined[count++] = text.ptr[i];
    }
    return str_to_int64((struct str){ joined, count }, &whole.digits) &&
           decimal_scale(whole, -(int)decimals, out);
}

static bool set_number(struct row *row, int column, struct str text, struct error *err)
{
    const struct decimal one = { 1, 0 };
    struct decimal       number = { 0, 0 };
    int64_t              integer = 0;

    text = str_trim(text);
    if (row_columns[column].type == COLUMN_INTEGER) {
        if (text.len > 0 && (!str_to_int64(text, &integer) || integer < 0))
            return is_no("a whole number", text, err);
        *(int64_t *)field_in(row, column) = integer;
        return true;
    }
    if (text.len > 0 && !parse_number(text, &number))
        return is_no("a number", text, err);
    if (row_columns[column].type == COLUMN_FRACTION && decimal_compare(number, one) > 0)
        return is_no("a number from 0 to 1", text, err);
    if (row_columns[column].type == COLUMN_AMOUNT)
        set_present(row, column, text.len > 0);
    *(struct decimal *)field_in(row, column) = number;
    return true;
}

bool row_set_cell(struct row *row, int column, struct str text, struct arena *arena,
                  struct error *err)
{
    switch (row_columns[column].type) {
    case COLUMN_TEXT:
        if (!check_text(column, text, err))
            break;
        *(struct str *)field_in(row, column) = text;
        return true;
    case COLUMN_LIST:
        row_set_list(row, column, row_names(text, arena));
        return true;
    case COLUMN_AMOUNT:
    case COLUMN_INTEGER:
    case COLUMN_FRACTION:
        if (set_number(row, column, text, err))
            return true;
        break;
    }
    return error_within(err, "%s", row_columns[column].name);
}

/* Rows */

int row_compare(const struct row *a, const struct row *b)
{
    int order = (a->date.len == 0) - (b->date.len == 0);

    if (order == 0)
        order = str_compare(a->date, b->date); /* "2025" before "2025-01" before "2025-01-02" */
    if (order == 0)
        order = str_compare(a->source, b->source);
    if (order == 0)
        order = (a->offset > b->offset) - (a->offset < b->offset);
    if (order == 0)
        order = str_compare(a->id, b->id);
    return order;
}

static struct str place(struct str s, char **room)
{
    struct str placed = { *room, s.len };

    if (s.len > 0)
        memcpy(*room, s.ptr, s.len);
    *room += s.len;
    return placed;
}

/* All the texts of a row in one piece: a ledger of a million rows is a million allocations and
 * not twenty million. */
struct row row_copy(const struct row *row, struct arena *arena)
{
    struct row  copy = *row;
    size_t      bytes = 0, names = 0;
    char       *room;
    struct str *items;

    for (int i = 0; i < ROW_COLUMNS; i++) {
        if (row_columns[i].type == COLUMN_TEXT)
            bytes += ((const struct str *)field_of(row, i))->len;
        if (row_columns[i].type == COLUMN_LIST)
            names += row_list(row, i).count;
    }
    for (int i = 0; i < ROW_COLUMNS; i++)
        for (size_t k = 0; row_columns[i].type == COLUMN_LIST && k < row_list(row, i).count; k++)
            bytes += row_list(row, i).items[k].len;

    items = arena_alloc(arena, names * sizeof *items + bytes);
    room = (char *)(items + names);
    for (int i = 0; i < ROW_COLUMNS; i++) {
        if (row_columns[i].type == COLUMN_TEXT) {
            struct str *text = field_in(&copy, i);

            *text = place(*text, &room);
        } else if (row_columns[i].type == COLUMN_LIST) {
            struct str_list *list = field_in(&copy, i);

            for (size_t k = 0; k < list->count; k++)
                items[k] = place(list->items[k], &room);
            list->items = list->count ? items : NULL;
            items += list->count;
        }
    }
    return copy;
}
