/* layout.c - what the lines of a text are: title, date line, heading, item, table, paragraph,
 * page furniture.
 *
 * Texts taken from web pages have one line for a paragraph; texts from agencies, mails and
 * PDF files are broken at a width. Which of the two is decided for each run of lines by
 * asking whether the first word of every next line would still have fitted (join_wrapped). */
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/pattern.h"
#include "aitrack/unicode.h"
#include "layout_internal.h"

enum {
    LONGEST_MATCHED = 300, /* bytes: patterns are tried on shorter lines only */
    LONGEST_MARK = 12,
    LONGEST_ROW = 1200,  /* of a table */
    LONGEST_CELL = 20,   /* of a menu, on average */
    NARROWEST_WRAP = 45, /* characters */
    WIDEST_WRAP = 130,
};

struct str line_text(const struct layout *l, const struct line *line)
{
    return str_slice(l->folded, line->start, line->end);
}

static bool matches(const struct layout *l, enum line_rule rule, struct str text, size_t *end)
{
    struct match match;

    if (pattern_find(l->matcher, l->rules->patterns[rule], text, 0, &match) != PATTERN_FOUND)
        return false;
    if (end)
        *end = match.end[0];
    return true;
}

/* The same for the rules that look for something anywhere in the line, too: one search for
 * what any of them needs spares nearly all lines their patterns. */
static bool matches_whole(const struct layout *l, enum line_rule rule, struct str text)
{
    struct match match;

    return matches(l, rule, text, NULL) ||
           (pattern_find(l->matcher, l->rules->gates[rule], text, 0, &match) == PATTERN_FOUND &&
            pattern_find(l->matcher, l->rules->gated[rule], text, 0, &match) == PATTERN_FOUND);
}

static uint16_t width_of(struct str text)
{
    size_t width = 0;

    if (text.len > UINT16_MAX)
        return UINT16_MAX;
    for (size_t i = 0; i < text.len; i++)
        width += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return (uint16_t)width;
}

static void split_lines(struct layout *l)
{
    size_t capacity = 0, at = 0;
    bool   gap = true;

    while (at < l->folded.len) {
        size_t end = str_find_char(l->folded, '\n', at);

        if (end == STR_NONE)
            end = l->folded.len;
        if (end > at) {
            struct line *line = ARRAY_PUSH(l->arena, l->lines, l->count, capacity);

            *line = (struct line){ .start = (uint32_t)at,
                                   .end = (uint32_t)end,
                                   .content = (uint32_t)at,
                                   .after_gap = gap };
            line->width = width_of(line_text(l, line));
        }
        gap = end == at;
        at = end + 1;
    }
}

/* ---- tables -------------------------------------------------------------------------------- */

static bool has_wide_gaps(struct str source)
{
    return str_find_char(source, '\t', 0) != STR_NONE ||
           str_find(source, STR("   "), 0) != STR_NONE ||
           str_find(source, STR("\xC2\xA0\xC2\xA0"), 0) != STR_NONE;
}

/* Cell separators in a line: bars, or else tabs and wide gaps, which only the source shows. */
static size_t count_cells(const struct layout *l, const struct line *line)
{
    struct str text = line_text(l, line), source;
    size_t     count = 0;

    for (size_t at = 1; (at = str_find_char(text, '|', at)) != STR_NONE; at++)
        count += at + 1 < text.len;
    if (count > 0 || !l->has_gaps)
        return count;
    source = str_slice(l->text->source, text_source_offset(l->text, line->start),
                       text_source_offset(l->text, line->end));
    if (!has_wide_gaps(source))
        return 0;
    for (size_t i = 0; i < source.len; i++) {
        size_t blanks = 0;
        bool   tab = false;

        for (;; blanks++, i++) {
            if (i < source.len && (source.ptr[i] == ' ' || source.ptr[i] == '\t'))
                tab |= source.ptr[i] == '\t';
            else if (i + 1 < source.len && source.ptr[i] == '\xC2' && source.ptr[i + 1] == '\xA0')
                i++;
            else
                break;
        }
        count += tab || blanks >= 3;
    }
    return count;
}

static bool has_digit(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
            return true;
    return false;
}

bool ends_sentence(struct str text)
{
    size_t size;

    while (text.len > 0) { /* "... en 2025. »" */
        size_t   at = text.len;
        uint32_t last = unicode_before(text, at, &size);

        if (last == '.' || last == '!' || last == '?' || last == 0x2026)
            return true;
        if (last != ' ' && quote_closing(text, at - size) == 0)
            return false;
        text.len -= size;
    }
    return false;
}

/* Neighbouring lines of as many cells are a table. */
static void find_tables(struct layout *l)
{
    size_t before = 0;

    for (size_t i = 0; i < l->count; i++) {
        struct line *line = &l->lines[i];
        size_t       cells = 0;

        if (line->end - line->start <= LONGEST_ROW)
            cells = count_cells(l, line);
        if (cells > 0 && cells == before && !line->after_gap) {
            line->kind = KIND_TABLE;
            l->lines[i - 1].kind = KIND_TABLE;
        }
        before = cells;
    }
}

/* ---- single lines --------------------------------------------------------------------------- */

static bool may_have_mark(struct str text)
{
    char first = text.ptr[0];
    bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') ||
                  first == '\xC3'; /* À to ÿ */

    return !letter ||
           (text.len > 1 && (text.ptr[1] == ')' || text.ptr[1] == '.' || text.ptr[1] == ' '));
}

static void find_mark(const struct layout *l, struct line *line)
{
    struct str text = line_text(l, line), head = str_slice(text, 0, LONGEST_MARK);
    size_t     mark = 0;

    if (!may_have_mark(text))
        return;
    while (head.len < text.len && ((unsigned char)text.ptr[head.len] & 0xC0) == 0x80)
        head.len--;
    if (matches(l, LINE_BULLET, head, &mark))
        line->kind = KIND_BULLET;
    else if (matches(l, LINE_NUMBER, head, &mark))
        line->kind = KIND_NUMBER;
    line->content = line->start + (uint32_t)mark;
}

/* TEXT begins at LINE and goes on over the lines joined to it. */
static enum line_kind kind_of(const struct layout *l, const struct line *line, struct str text)
{
    size_t cells;

    if (text.len > LONGEST_MATCHED)
        return line->kind;
    if (matches(l, LINE_LABEL, text, NULL))
        return KIND_LABEL;
    if (matches_whole(l, LINE_FURNITURE, text) && !matches(l, LINE_FIGURE, text, NULL))
        return KIND_FURNITURE;
    if (matches_whole(l, LINE_DATELINE, text) && !matches(l, LINE_FIGURE, text, NULL))
        return KIND_DATELINE;
    if (line->kind != KIND_PLAIN)
        return line->kind;
    cells = count_cells(l, line);
    if (cells >= 2 && has_digit(text))
        return KIND_TABLE;
    if (cells >= 2 && !ends_sentence(text) && text.len / (cells + 1) <= LONGEST_CELL)
        return KIND_FURNITURE;
    return KIND_PLAIN;
}

static void find_kinds(struct layout *l)
{
    for (size_t i = 0, next; i < l->count; i = next) {
        struct line *line = &l->lines[i];

        for (next = i + 1; next < l->count && l->lines[next].joined; next++)
            ;
        if (line->kind != KIND_TABLE)
            line->kind = (uint8_t)kind_of(
                l, line, str_slice(l->folded, line->start, l->lines[next - 1].end));
    }
}

/* ---- lines broken at a width ---------------------------------------------------------------- */

/* May the line at I continue the one before it? */
static bool may_continue(const struct layout *l, size_t i)
{
    const struct line *line = &l->lines[i];

    return i > 0 && !line->after_gap && line->kind == KIND_PLAIN &&
           (line[-1].kind == KIND_PLAIN || line[-1].kind == KIND_BULLET ||
            line[-1].kind == KIND_NUMBER);
}

static bool begins_lower(struct str text)
{
    size_t   size;
    uint32_t point = unicode_at(text, 0, &size);

    return unicode_is_letter(point) && !unicode_is_upper(point);
}

/* Is the line before I so long that the first word of line I did not fit into WIDTH? Columns
 * of a proportional font vary by an eighth; that much is not granted after a full stop. */
static bool is_full(const struct layout *l, size_t i, size_t width)
{
    struct str before = line_text(l, &l->lines[i - 1]), text = line_text(l, &l->lines[i]);
    size_t     space = str_find_char(text, ' ', 0);
    size_t     needed = l->lines[i - 1].width + (size_t)1 +
                    width_of(str_slice(text, 0, space == STR_NONE ? text.len : space));

    if (ends_sentence(before) && !begins_lower(text))
        return needed > width;
    return needed > width - width / 8;
}

/* Joins the lines FIRST..END-1, each of which may continue the one before. *WIDTH is the width
 * of the wrapped runs so far, 0 before the first. */
static void join_run(struct layout *l, size_t first, size_t end, size_t *width)
{
    size_t widest = 0, full = 0, flowing = 0;

    for (size_t i = first; i < end; i++)
        if (l->lines[i].width > widest)
            widest = l->lines[i].width;
    if (widest > WIDEST_WRAP || widest < NARROWEST_WRAP)
        return;
    if (end - first >= 3) {
        for (size_t i = first + 1; i < end; i++) {
            if (!is_full(l, i, widest))
                continue;
            full++;
            flowing += begins_lower(line_text(l, &l->lines[i])) &&
                       !ends_sentence(line_text(l, &l->lines[i - 1]));
        }
        if (full * 10 < (end - first - 1) * 6 || flowing * 3 < full)
            return;
        if (widest > *width)
            *width = widest;
    } else if (*width == 0) {
        return;
    }
    for (size_t i = first + 1; i < end; i++)
        l->lines[i].joined = is_full(l, i, *width);
}

static void join_wrapped(struct layout *l)
{
    size_t width = 0;

    for (int pass = 0; pass < 2; pass++) { /* the second for the short runs above the first */
        for (size_t i = 0, end; i < l->count; i = end) {
            for (end = i + 1; end < l->count && may_continue(l, end); end++)
                ;
            if (end - i > 1)
                join_run(l, i, end, &width);
        }
        if (width == 0)
            return;
    }
}

/* A line that stops in the middle of a phrase: "109", "de la". */
static bool runs_on(const struct layout *l, size_t i)
{
    enum { BEFORE = 24, AFTER = 16 };
    const struct line *line = &l->lines[i];
    size_t             start = line[-1].start, end = line->end;

    if (line->start - start > BEFORE) {
        start = line->start - BEFORE;
        while (((unsigned char)l->folded.ptr[start] & 0xC0) == 0x80)
            start++;
    }
    if (end - line->start > AFTER) {
        end = line->start + AFTER;
        while (((unsigned char)l->folded.ptr[end] & 0xC0) == 0x80)
            end--;
    }
    return matches(l, LINE_OPEN, str_slice(l->folded, start, end), NULL);
}

/* Is the line, taken alone, neither furniture nor a dateline? "Page 3" runs on into nothing. */
static bool is_text(const struct layout *l, size_t i)
{
    enum line_kind kind = kind_of(l, &l->lines[i], line_text(l, &l->lines[i]));

    return kind != KIND_FURNITURE && kind != KIND_DATELINE && kind != KIND_LABEL;
}

void layout_build(const struct text_rules *rules, struct matcher *matcher, char *folded,
                  struct str given_title, struct arena *arena, struct text *text)
{
    struct layout l = { .rules = rules, .matcher = matcher, .text = text, .arena = arena };
    uint32_t     *content = NULL;

    l.folded = text->folded;
    l.has_gaps = has_wide_gaps(text->source);
    split_lines(&l);
    for (size_t i = 0; i < l.count; i++)
        find_mark(&l, &l.lines[i]);
    find_tables(&l);
    join_wrapped(&l);
    for (size_t i = 1; i < l.count; i++)
        if (!l.lines[i].joined && may_continue(&l, i))
            l.lines[i].joined = runs_on(&l, i) && is_text(&l, i - 1) && is_text(&l, i);
    for (size_t i = 1; i < l.count; i++)
        if (l.lines[i].joined)
            folded[l.lines[i].start - 1] = ' ';
    find_kinds(&l);
    block_build(&l, given_title, &content);
    sentence_build(rules, content, arena, text);
}
