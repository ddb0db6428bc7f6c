/* text.c - builds a text and answers questions about its positions. */
#include "aitrack/text.h"

#include "aitrack/arena.h"
#include "aitrack/strbuf.h"
#include "aitrack/unicode.h"
#include "text_internal.h"

void text_build(const struct text_rules *rules, struct matcher *matcher, struct str source,
                struct str given_title, struct arena *arena, struct text *out)
{
    struct text title;
    char       *folded;

    text_fold(given_title, arena, &title);
    folded = fold_build(source, arena, out);
    layout_build(rules, matcher, folded, title.folded, arena, out);
}

size_t text_source_offset(const struct text *text, size_t folded_offset)
{
    size_t low = 0, high = text->map_count; /* entries before LOW begin at or before OFFSET */

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (text->map_folded[middle] <= folded_offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return folded_offset;
    return folded_offset - text->map_folded[low - 1] + text->map_source[low - 1];
}

size_t text_line(const struct text *text, size_t source_offset)
{
    struct str source = text->source;
    size_t     line, i;

    if (source_offset > source.len)
        source_offset = source.len;
    i = source_offset / 4096 * 4096;
    line = text->line_marks[i / 4096] + (size_t)1;
    for (; i < source_offset; i++)
        line += source.ptr[i] == '\n' ||
                (source.ptr[i] == '\r' && !(i + 1 < source.len && source.ptr[i + 1] == '\n'));
    return line;
}

struct str text_slice(const struct text *text, struct span span)
{
    return str_slice(text->folded, span.start, span.end);
}

static bool is_blank(uint32_t point)
{
    return point <= ' ' || (point >= 0x7F && point <= 0xA0) || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200B) || point == 0x2028 || point == 0x2029 ||
           point == 0x202F || point == 0x205F || point == 0x3000 || point == 0xFEFF;
}

struct str text_quote(const struct text *text, struct span span, struct arena *arena)
{
    size_t        start = text_source_offset(text, span.start);
    size_t        end = text_source_offset(text, span.end);
    struct str    source = str_slice(text->source, start, end);
    struct strbuf buf = strbuf_in(arena);
    bool          blank = false;

    for (size_t i = 0, size; i < source.len; i += size) {
        uint32_t point = unicode_at(source, i, &size);

        if (is_blank(point)) {
            blank = true;
            continue;
        }
        if (blank && buf.len > 0)
            strbuf_add_char(&buf, ' ');
        blank = false;
        strbuf_add(&buf, str_slice(source, i, i + size));
    }
    return strbuf_str(&buf);
}

uint32_t text_sentence_at(const struct text *text, uint32_t at)
{
    size_t low = 0, high = text->sentence_count; /* sentences before LOW end at or before AT */

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (text->sentences[middle].span.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == text->sentence_count || text->sentences[low].span.start > at)
        return UINT32_MAX;
    return (uint32_t)low;
}
