/* cell.c - one value in CSV and in JSON. */
#include "aitrack/cell.h"

#include <string.h>

#include "aitrack/unicode.h"

static const struct str replacement = { "\xEF\xBF\xBD", 3 }; /* U+FFFD */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Has TEXT a byte that cannot stand in an unquoted cell? */
static bool needs_quotes(struct str text)
{
    if (text.len == 0)
        return false;
    if (is_blank(text.ptr[0]) || is_blank(text.ptr[text.len - 1]))
        return true;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == ',' || text.ptr[i] == '"' || text.ptr[i] == '\n' ||
            text.ptr[i] == '\r' || text.ptr[i] == '\0')
            return true;
    return false;
}

void cell_add_csv(struct strbuf *buf, struct str text)
{
    size_t start = 0;

    if (!needs_quotes(text)) {
        strbuf_add(buf, text);
        return;
    }
    strbuf_add_char(buf, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '"' && text.ptr[i] != '\0')
            continue;
        strbuf_add(buf, str_slice(text, start, i));
        strbuf_add(buf, text.ptr[i] == '"' ? STR("\"\"") : replacement);
        start = i + 1;
    }
    strbuf_add(buf, str_slice(text, start, text.len));
    strbuf_add_char(buf, '"');
}

static void add_escape(struct strbuf *buf, uint32_t point)
{
    static const char controls[] = "\b\t\n\f\r", letters[] = "btnfr";
    const char       *known = point ? strchr(controls, (int)point) : NULL;

    if (point == '"' || point == '\\') {
        strbuf_add_char(buf, '\\');
        strbuf_add_char(buf, (char)point);
    } else if (point == 0) {
        strbuf_add(buf, replacement);
    } else if (known && point < 0x20) {
        strbuf_add_char(buf, '\\');
        strbuf_add_char(buf, letters[known - controls]);
    } else {
        strbuf_add_format(buf, "\\u%04x", (unsigned)point);
    }
}

/* How many bytes from AT on can stand in a JSON string as they are. C2 leads U+0080 to U+00BF,
 * of which the first half are control characters. */
static size_t plain_run(struct str text, size_t at)
{
    size_t end = at;

    while (end < text.len) {
        unsigned char c = (unsigned char)text.ptr[end];

        if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F ||
            (c == 0xC2 && end + 1 < text.len && (unsigned char)text.ptr[end + 1] < 0xA0))
            break;
        end++;
    }
    return end - at;
}

void cell_add_json(struct strbuf *buf, struct str text)
{
    size_t bad = text.len;

    strbuf_add_char(buf, '"');
    for (;;) {
        struct str valid = str_slice(text, 0, unicode_is_valid(text, &bad) ? text.len : bad);

        for (size_t at = 0, size; at < valid.len; at += size) {
            size = plain_run(valid, at);
            strbuf_add(buf, str_slice(valid, at, at + size));
            if (size == 0)
                add_escape(buf, unicode_at(valid, at, &size));
        }
        if (valid.len == text.len)
            break;
        strbuf_add(buf, replacement);
        text = str_slice(text, valid.len + 1, text.len);
    }
    strbuf_add_char(buf, '"');
}
