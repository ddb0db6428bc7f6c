/* ledger_csv.c - ledgers as CSV (RFC 4180). The only user of libcsv.
 *
 * libcsv says neither where a row begins nor where a cell does, and people who edit a ledger
 * in a spreadsheet need the line. So the text goes to libcsv line by line, and the line in hand
 * when a cell ends is where the next one begins. Its trimming of blanks around cells is turned
 * off: in RFC 4180 they belong to the cell. */
#include "aitrack/ledger.h"

#include <csv.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/cell.h"
#include "aitrack/unicode.h"

#include "ledger_internal.h"

/* Writing */

void csv_add_header(struct strbuf *buf, const int *columns, size_t column_count)
{
    size_t count = columns ? column_count : ROW_COLUMNS;

    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            strbuf_add_char(buf, ',');
        cell_add_csv(buf, str_from(row_columns[columns ? columns[i] : (int)i].name));
    }
    strbuf_add_char(buf, '\n');
}

void csv_add_row(struct strbuf *buf, const struct row *row, const int *columns, size_t column_count,
                 struct strbuf *scratch)
{
    size_t count = columns ? column_count : ROW_COLUMNS;
    size_t start = buf->len;

    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            strbuf_add_char(buf, ',');
        cell_add_csv(buf, row_cell_text(row, columns ? columns[i] : (int)i, scratch));
    }
    if (count == 1 && buf->len == start)
        strbuf_add(buf, STR("\"\"")); /* a lone empty cell would be an empty line */
    strbuf_add_char(buf, '\n');
}

/* Reading */

struct csv_reader {
    struct arena     *scratch; /* rewound after each row */
    const char       *path;
    row_sink         *sink;
    void             *context;
    struct csv_parser parser;
    bool              is_begun;
    char              line_end; /* LF; CR in files of old Macs */

    size_t line;      /* of the bytes in hand, from 1 */
    size_t cell_line; /* where the cell in hand began */
    size_t row_line;
    bool   is_in_row;
    bool   has_failed;
    bool   is_header;

    int    columns[ROW_COLUMNS]; /* of the file, by place: indexes in row_columns */
    size_t column_count;         /* of the header */

    struct row    row;
    size_t        cell_count; /* of the row in hand */
    bool          has_content;
    struct error *err;
};

static int is_never_blank(unsigned char c)
{
    (void)c;
    return 0;
}

static void release_reader(void *object)
{
    struct csv_reader *reader = object;

    csv_free(&reader->parser);
    arena_close(reader->scratch);
}

struct csv_reader *csv_reader_new(struct arena *arena, const char *path, row_sink *sink,
                                  void *context)
{
    struct csv_reader *reader = ARENA_NEW(arena, struct csv_reader);

    reader->scratch = arena_open();
    reader->path = path;
    reader->sink = sink;
    reader->context = context;
    reader->line = 1;
    reader->is_header = true;
    ENSURE(csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI) == 0, "libcsv: no parser");
    csv_set_space_func(&reader->parser, is_never_blank);
    csv_set_blk_size(&reader->parser, 1 << 12);
    arena_on_close(arena, release_reader, reader);
    return reader;
}

/* Puts "PATH:LINE: " before the message; libcsv's callbacks cannot stop it, so what follows in
 * the line is passed over. */
static bool fail_at(struct csv_reader *reader, size_t line)
{
    reader->has_failed = true;
    return error_within(reader->err, "%s:%zu", reader->path, line);
}

static void read_header_cell(struct csv_reader *reader, struct str name)
{
    int column = row_column(str_trim(name));

    if (column < 0) {
        error_set(reader->err, ERROR_DATA, "unknown column \"%.*s\" (a ledger of a newer version?)",
                  (int)(name.len < 40 ? name.len : 40), name.ptr);
        fail_at(reader, reader->cell_line);
        return;
    }
    for (size_t i = 0; i < reader->column_count; i++) {
        if (reader->columns[i] == column) {
            error_set(reader->err, ERROR_DATA, "column \"%s\" twice", row_columns[column].name);
            fail_at(reader, reader->cell_line);
            return;
        }
    }
    reader->columns[reader->column_count++] = column;
}

/* "0,95" as a French spreadsheet saves it. */
static void point_for_comma(char *cell, size_t len)
{
    char *comma = memchr(cell, ',', len);

    if (comma)
        *comma = '.';
}

static void read_cell(struct csv_reader *reader, struct str raw)
{
    size_t     place = reader->cell_count;
    struct str cell;
    int        column;
    size_t     bad;

    if (place >= reader->column_count)
        return; /* counted: end_row says so */
    column = reader->columns[place];
    bad = str_find_char(raw, '\0', 0);
    if (bad != STR_NONE || !unicode_is_valid(raw, &bad)) {
        error_set(reader->err, ERROR_DATA, "%s: not UTF-8 at byte %zu of the cell",
                  row_columns[column].name, bad);
        fail_at(reader, reader->cell_line);
        return;
    }
    cell = raw.len > 0 ? str_copy(reader->scratch, raw) : (struct str){ "", 0 };
    if (csv_get_delim(&reader->parser) == ';' && cell.len > 0 &&
        (row_columns[column].type == COLUMN_AMOUNT ||
         row_columns[column].type == COLUMN_FRACTION)) {
        char *digits = arena_alloc(reader->scratch, cell.len);

        memcpy(digits, cell.ptr, cell.len);
        point_for_comma(digits, cell.len);
        cell.ptr = digits;
    }
    reader->has_content = reader->has_content || cell.len > 0;
    /* An empty id is an error only in a row that says something: see end_row. */
    if (cell.len > 0 && !row_set_cell(&reader->row, column, cell, reader->scratch, reader->err))
        fail_at(reader, reader->cell_line);
}

static void end_cell(void *bytes, size_t len, void *context)
{
    struct csv_reader *reader = context;
    struct str         cell = { bytes ? bytes : "", len };

    reader->is_in_row = true;
    if (!reader->has_failed && reader->is_header)
        read_header_cell(reader, cell);
    else if (!reader->has_failed)
        read_cell(reader, cell);
    reader->cell_count++;
    reader->cell_line = reader->line;
}

static void end_header(struct csv_reader *reader)
{
    for (int i = 0; i < ROW_COLUMNS; i++) {
        bool is_there = false;

        for (size_t k = 0; k < reader->column_count; k++)
            is_there = is_there || reader->columns[k] == i;
        if (!is_there) {
            error_set(reader->err, ERROR_DATA, "no column \"%s\" in the header",
                      row_columns[i].name);
            fail_at(reader, reader->row_line);
            return;
        }
    }
    reader->is_header = false;
}

static void end_data_row(struct csv_reader *reader)
{
    if (!reader->has_content)
        return; /* ",,,,": what spreadsheets leave of an emptied row */
    if (reader->cell_count != reader->column_count) {
        error_set(reader->err, ERROR_DATA, "%zu cells where the header has %zu", reader->cell_count,
                  reader->column_count);
        fail_at(reader, reader->row_line);
    } else if (reader->row.id.len == 0) {
        error_set(reader->err, ERROR_DATA, "id: empty");
        fail_at(reader, reader->row_line);
    } else if (!reader->sink(&reader->row, reader->context, reader->err)) {
        reader->has_failed = true;
    }
}

static void end_row(int terminator, void *context)
{
    struct csv_reader *reader = context;

    (void)terminator;
    if (!reader->has_failed && reader->is_header)
        end_header(reader);
    else if (!reader->has_failed)
        end_data_row(reader);
    arena_rewind(reader->scratch, (struct arena_mark){ NULL, 0 });
    reader->row = (struct row){ .line = 0 };
    reader->cell_count = 0;
    reader->has_content = false;
    reader->is_in_row = false;
}

/* Separator and line ends are those of the header. */
static struct str begin(struct csv_reader *reader, struct str piece)
{
    struct str bom = STR("\xEF\xBB\xBF");
    struct str header;
    size_t     cr, lf;

    if (str_starts_with(piece, bom))
        piece = str_slice(piece, bom.len, piece.len);
    cr = str_find_char(piece, '\r', 0);
    lf = str_find_char(piece, '\n', 0);
    reader->line_end = cr != STR_NONE && lf == STR_NONE ? '\r' : '\n';

    header = str_slice(piece, 0, cr < lf ? cr : lf);
    if (str_find_char(header, ',', 0) == STR_NONE && str_find_char(header, ';', 0) != STR_NONE)
        csv_set_delim(&reader->parser, ';');
    reader->is_begun = true;
    return piece;
}

static bool is_empty_line(struct str line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.ptr[i] != '\r' && line.ptr[i] != '\n')
            return false;
    return true;
}

static bool feed_line(struct csv_reader *reader, struct str line)
{
    if (!reader->is_in_row) {
        reader->row_line = reader->cell_line = reader->line;
        reader->is_in_row = !is_empty_line(line);
    }
    if (csv_parse(&reader->parser, line.ptr, line.len, end_cell, end_row, reader) != line.len &&
        !reader->has_failed) {
        ENSURE(csv_error(&reader->parser) == CSV_EPARSE, "libcsv: out of memory");
        error_set(reader->err, ERROR_DATA,
                  "a quote in the cell that begins on line %zu is not doubled", reader->cell_line);
        return fail_at(reader, reader->line);
    }
    return !reader->has_failed;
}

bool csv_reader_feed(struct csv_reader *reader, struct str piece, struct error *err)
{
    reader->err = err;
    if (!reader->is_begun && piece.len > 0)
        piece = begin(reader, piece);
    while (piece.len > 0) {
        size_t     end = str_find_char(piece, reader->line_end, 0);
        struct str line = str_slice(piece, 0, end == STR_NONE ? piece.len : end + 1);

        if (!feed_line(reader, line))
            return false;
        reader->line += end != STR_NONE;
        piece = str_slice(piece, line.len, piece.len);
    }
    return true;
}

bool csv_reader_finish(struct csv_reader *reader, struct error *err)
{
    reader->err = err;
    if (csv_fini(&reader->parser, end_cell, end_row, reader) != 0 && !reader->has_failed) {
        error_set(err, ERROR_DATA, "the quote that opens here is never closed");
        return fail_at(reader, reader->cell_line);
    }
    if (!reader->has_failed && reader->is_header && reader->is_begun) {
        error_set(err, ERROR_DATA, "no header line");
        return fail_at(reader, 1);
    }
    return !reader->has_failed;
}
