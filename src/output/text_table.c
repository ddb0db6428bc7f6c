/* text_table.c - text in columns for a terminal. */
#include "aitrack/text_table.h"

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/unicode.h"

enum {
    GAP = 2,    /* blanks between columns */
    NARROW = 8, /* columns that may be dropped are, before the others get narrower than this */
};

static const struct str ellipsis = { "\xE2\x80\xA6", 3 };

/* Printable text */

enum harm { HARMLESS, BLANK, CONTROL, REPLACED };

/* Direction marks let a name show other letters than it has; U+2028 and U+2029 break lines. */
static enum harm harm_of(uint32_t point, struct str s, size_t at, size_t size)
{
    if (point == '\t' || point == '\n' || point == '\r' || point == 0x2028 || point == 0x2029)
        return BLANK;
    if (point < 0x20 || point == 0x7F)
        return CONTROL;
    if ((point >= 0x80 && point < 0xA0) || point == 0x061C || point == 0x200E || point == 0x200F ||
        (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) ||
        (point >= 0xE0000 && point <= 0xE0FFF))
        return REPLACED;
    if (point == 0xFFFD && size == 1 && (unsigned char)s.ptr[at] >= 0x80)
        return REPLACED;
    return HARMLESS;
}

static size_t first_harm(struct str s)
{
    size_t size;

    for (size_t i = 0; i < s.len; i += size) {
        if (s.ptr[i] >= 0x20 && s.ptr[i] < 0x7F) {
            size = 1;
            continue;
        }
        if (harm_of(unicode_at(s, i, &size), s, i, size) != HARMLESS)
            return i;
    }
    return s.len;
}

struct str text_printable(struct arena *arena, struct str s)
{
    size_t        size, at = first_harm(s);
    struct strbuf buf = strbuf_in(arena);

    if (at == s.len)
        return s;
    strbuf_add(&buf, str_slice(s, 0, at));
    for (; at < s.len; at += size) {
        uint32_t point = unicode_at(s, at, &size);

        switch (harm_of(point, s, at, size)) {
        case HARMLESS:
            strbuf_add(&buf, str_slice(s, at, at + size));
            break;
        case BLANK:
            strbuf_add_char(&buf, ' ');
            break;
        case CONTROL: { /* U+2400 and on: the pictures of the control characters */
            char picture[3] = { '\xE2', '\x90', (char)(0x80 + (point == 0x7F ? 0x21 : point)) };

            strbuf_add(&buf, (struct str){ picture, sizeof picture });
            break;
        }
        case REPLACED:
            strbuf_add(&buf, STR("\xEF\xBF\xBD"));
            break;
        }
    }
    return strbuf_str(&buf);
}

/* Widths */

struct layout {
    size_t *widths;   /* per column */
    bool   *is_left;  /* dropped: left out */
    bool   *is_rigid; /* not to be narrowed */
    size_t  count;
};

static size_t narrowed_width(const struct layout *layout, size_t column, size_t most)
{
    size_t width = layout->widths[column];

    return layout->is_rigid[column] || width < most ? width : most;
}

static size_t line_width(const struct layout *layout, size_t most)
{
    size_t sum = 0, shown = 0;

    for (size_t i = 0; i < layout->count; i++) {
        if (layout->is_left[i])
            continue;
        sum += narrowed_width(layout, i, most);
        shown++;
    }
    return sum + (shown ? (shown - 1) * GAP : 0);
}

static size_t widest(const struct layout *layout)
{
    size_t most = 1;

    for (size_t i = 0; i < layout->count; i++)
        if (!layout->is_left[i] && layout->widths[i] > most)
            most = layout->widths[i];
    return most;
}

/* Lowers the widest columns to one level, the highest at which a line fits; what is then left
 * over goes to them from the left, a cell each. */
static void narrow(struct layout *layout, size_t width)
{
    size_t low = 1, high = widest(layout), spare;

    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;

        if (line_width(layout, middle) <= width)
            low = middle;
        else
            high = middle - 1;
    }
    spare = line_width(layout, low) < width ? width - line_width(layout, low) : 0;
    for (size_t i = 0; i < layout->count; i++) {
        if (narrowed_width(layout, i, low) == layout->widths[i])
            continue;
        layout->widths[i] = low;
        if (spare > 0 && !layout->is_left[i]) {
            layout->widths[i]++;
            spare--;
        }
    }
}

static bool drop_last(struct layout *layout, const struct text_column *columns)
{
    for (size_t i = layout->count; i-- > 0;) {
        if (columns[i].may_drop && !layout->is_left[i]) {
            layout->is_left[i] = true;
            return true;
        }
    }
    return false;
}

static void measure(const struct text_table *table, const struct str *cells, struct layout *layout)
{
    for (size_t i = 0; i < table->column_count; i++) {
        layout->widths[i] = unicode_width(table->columns[i].header);
        layout->is_rigid[i] = table->columns[i].is_rigid;
    }
    for (size_t i = 0; i < table->row_count * table->column_count; i++) {
        size_t *width = &layout->widths[i % table->column_count];
        size_t  own = unicode_width(cells[i]);

        if (own > *width)
            *width = own;
    }
    if (table->width == 0)
        return;
    while (line_width(layout, NARROW) > table->width && drop_last(layout, table->columns))
        continue;
    if (line_width(layout, 1) > table->width)
        memset(layout->is_rigid, 0, layout->count * sizeof *layout->is_rigid);
    if (line_width(layout, widest(layout)) > table->width)
        narrow(layout, table->width);
}

/* Lines */

/* What fits into WIDTH cells, with the ellipsis where something is cut: at the end of a word
 * that ends near, else inside the word. */
static struct str cut(struct str cell, size_t width, bool *is_cut)
{
    struct str taken;
    size_t     blank;

    *is_cut = unicode_width(cell) > width;
    if (!*is_cut)
        return cell;
    taken = unicode_take(cell, width - 1);
    for (blank = taken.len; blank > 0 && taken.ptr[blank - 1] != ' '; blank--)
        continue;
    if (blank > 0 && blank + 4 > taken.len && blank * 2 > taken.len)
        taken = str_slice(taken, 0, blank);
    while (taken.len > 0 && (taken.ptr[taken.len - 1] == ' ' || taken.ptr[taken.len - 1] == ','))
        taken.len--;
    return taken;
}

static void add_blanks(struct strbuf *buf, size_t count)
{
    while (count-- > 0)
        strbuf_add_char(buf, ' ');
}

static struct str style_start(enum text_style style)
{
    return style == STYLE_BOLD ? STR("\033[1m") : style == STYLE_DIM ? STR("\033[2m") : STR("");
}

static void add_cell(struct strbuf *buf, struct str cell, size_t width, bool at_right,
                     enum text_style style)
{
    bool       is_cut;
    struct str text = cut(cell, width, &is_cut);
    size_t     used = unicode_width(text) + is_cut;
    size_t     fill = used < width ? width - used : 0;

    if (at_right)
        add_blanks(buf, fill);
    if (text.len > 0 || is_cut) {
        strbuf_add(buf, style_start(style));
        strbuf_add(buf, text);
        if (is_cut)
            strbuf_add(buf, ellipsis);
        strbuf_add(buf, style == STYLE_PLAIN ? STR("") : STR("\033[0m"));
    }
    if (!at_right)
        add_blanks(buf, fill);
}

/* CELLS: NULL for the header. */
static void add_line(const struct text_table *table, const struct layout *layout,
                     const struct str *cells, struct strbuf *buf)
{
    bool is_first = true;

    for (size_t i = 0; i < table->column_count; i++) {
        const struct text_column *column = &table->columns[i];
        enum text_style           style = cells ? column->style : STYLE_BOLD;

        if (layout->is_left[i])
            continue;
        if (!is_first)
            add_blanks(buf, GAP);
        is_first = false;
        add_cell(buf, cells ? cells[i] : column->header, layout->widths[i], column->at_right,
                 table->in_colour ? style : STYLE_PLAIN);
    }
    while (buf->len > 0 && buf->ptr[buf->len - 1] == ' ')
        buf->len--;
    strbuf_add_char(buf, '\n');
}

void text_table_format(const struct text_table *table, struct strbuf *buf)
{
    struct arena *arena = arena_open();
    size_t        count = table->row_count * table->column_count;
    struct str   *cells = ARENA_ARRAY(arena, struct str, count);
    struct layout layout = { ARENA_ARRAY(arena, size_t, table->column_count),
                             ARENA_ARRAY(arena, bool, table->column_count),
                             ARENA_ARRAY(arena, bool, table->column_count), table->column_count };

    for (size_t i = 0; i < count; i++)
        cells[i] = text_printable(arena, table->cells[i]);
    measure(table, cells, &layout);
    add_line(table, &layout, NULL, buf);
    for (size_t i = 0; i < table->row_count; i++)
        add_line(table, &layout, cells + i * table->column_count, buf);
    arena_close(arena);
}
