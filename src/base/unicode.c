/* unicode.c - UTF-8, letters, accents and widths. */
#include "aitrack/unicode.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "aitrack/arena.h"
#include "aitrack/strbuf.h"

enum { REPLACEMENT = 0xFFFD };

/* Reads the character at S[at] (at < s.len) strictly: 0 bytes where it is not well-formed.
 * The bounds of the second byte exclude long forms, surrogates and what is above U+10FFFF. */
static size_t decode(struct str s, size_t at, uint32_t *point)
{
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t               left = s.len - at;
    unsigned char        low = 0x80, high = 0xBF;
    size_t               size;

    if (p[0] < 0x80) {
        *point = p[0];
        return 1;
    }
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    size = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (left < size)
        return 0;
    switch (p[0]) {
    case 0xE0:
        low = 0xA0;
        break;
    case 0xED:
        high = 0x9F;
        break;
    case 0xF0:
        low = 0x90;
        break;
    case 0xF4:
        high = 0x8F;
        break;
    default:
        break;
    }
    if (p[1] < low || p[1] > high)
        return 0;
    *point = p[0] & (0xFFu >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        *point = *point << 6 | (p[i] & 0x3Fu);
    }
    return size;
}

bool unicode_is_valid(struct str s, size_t *bad)
{
    size_t at = 0;

    while (at < s.len) {
        uint64_t eight;
        uint32_t point;
        size_t   size;

        /* Eight bytes at once as long as they are ASCII, as most of a text is. */
        if (s.len - at >= sizeof eight) {
            memcpy(&eight, s.ptr + at, sizeof eight);
            if (!(eight & 0x8080808080808080u)) {
                at += sizeof eight;
                continue;
            }
        }
        size = decode(s, at, &point);
        if (size == 0) {
            if (bad)
                *bad = at;
            return false;
        }
        at += size;
    }
    return true;
}

/* On bytes that are not UTF-8 these two answer U+FFFD for one byte: they stay inside S. */
uint32_t unicode_at(struct str s, size_t at, size_t *size)
{
    uint32_t point = REPLACEMENT;
    size_t   bytes = at < s.len ? decode(s, at, &point) : 0;

    if (size)
        *size = bytes ? bytes : 1;
    return bytes ? point : REPLACEMENT;
}

uint32_t unicode_before(struct str s, size_t at, size_t *size)
{
    size_t   start = at - 1;
    uint32_t point;

    while (start > 0 && at - start < 4 && ((unsigned char)s.ptr[start] & 0xC0) == 0x80)
        start--;
    if (decode(str_slice(s, 0, at), start, &point) == at - start) {
        if (size)
            *size = at - start;
        return point;
    }
    if (size)
        *size = 1;
    return REPLACEMENT;
}

static utf8proc_category_t category(uint32_t point)
{
    return utf8proc_category((utf8proc_int32_t)point);
}

bool unicode_is_upper(uint32_t point)
{
    utf8proc_category_t kind;

    if (point < 0x80)
        return point >= 'A' && point <= 'Z';
    kind = category(point);
    return kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LT;
}

bool unicode_is_letter(uint32_t point)
{
    utf8proc_category_t kind;

    if (point < 0x80)
        return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
    kind = category(point);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

bool unicode_is_digit(uint32_t point)
{
    if (point < 0x80)
        return point >= '0' && point <= '9';
    return category(point) == UTF8PROC_CATEGORY_ND;
}

bool unicode_is_mark(uint32_t point)
{
    utf8proc_category_t kind;

    if (point < 0x300)
        return false;
    kind = category(point);
    return kind >= UTF8PROC_CATEGORY_MN && kind <= UTF8PROC_CATEGORY_ME;
}

static void add_point(struct strbuf *buf, uint32_t point)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t size;

    if (point < 0x80) {
        strbuf_add_char(buf, (char)point);
        return;
    }
    size = utf8proc_encode_char((utf8proc_int32_t)point, bytes);
    strbuf_add(buf, (struct str){ (const char *)bytes, (size_t)size });
}

/* Can POINT join the character before it, or be rewritten by itself, in form C? Yes too
 * often (any accented Greek letter) only costs time. */
static bool may_compose(uint32_t point)
{
    const utf8proc_property_t *property;

    if (point < 0x300)
        return false;
    property = utf8proc_get_property((utf8proc_int32_t)point);
    return property->combining_class != 0 || unicode_is_mark(point) ||
           (property->decomp_seqindex != UINT16_MAX && property->decomp_type == 0) ||
           (point >= 0x1100 && point <= 0x11FF);
}

/* One letter with what may join it. Sorting marks is quadratic in utf8proc, so a letter with
 * tens of thousands of accents is composed in pieces; Unicode's own limit is 30 (UAX 15). */
static void add_composed(struct strbuf *buf, struct str piece)
{
    enum { ROOM = 512 };
    utf8proc_int32_t        points[ROOM + 1];
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    utf8proc_ssize_t        count;

    count = utf8proc_decompose((const utf8proc_uint8_t *)piece.ptr, (utf8proc_ssize_t)piece.len,
                               points, ROOM, options);
    if (count > 0 && count <= ROOM)
        count = utf8proc_reencode(points, count, options);
    else
        count = -1;
    if (count < 0)
        strbuf_add(buf, piece);
    else
        strbuf_add(buf, (struct str){ (const char *)points, (size_t)count });
}

struct str unicode_compose(struct arena *arena, struct str s)
{
    enum { LONGEST_PIECE = 64 };
    struct strbuf buf = strbuf_in(arena);
    size_t        done = 0; /* S up to here is in BUF */
    size_t        last = 0; /* where the character before AT begins */
    size_t        size;

    for (size_t at = 0; at < s.len; at += size) {
        size_t end, start;
        int    count = 1;

        if ((unsigned char)s.ptr[at] < 0xCC) { /* below U+0300 nothing joins */
            size = (unsigned char)s.ptr[at] < 0xC0 ? 1 : 2;
            last = at;
            continue;
        }
        if (!may_compose(unicode_at(s, at, &size))) {
            last = at;
            continue;
        }
        start = last > done ? last : done;
        if (start > at)
            start = at;
        end = at + size;
        while (end < s.len && count < LONGEST_PIECE && may_compose(unicode_at(s, end, &size))) {
            end += size;
            count++;
        }
        strbuf_add(&buf, str_slice(s, done, start));
        add_composed(&buf, str_slice(s, start, end));
        done = last = end;
        size = end - at;
    }
    if (done == 0 || (buf.len == done && str_equal(strbuf_str(&buf), str_slice(s, 0, done))))
        return s;
    strbuf_add(&buf, str_slice(s, done, s.len));
    return strbuf_str(&buf);
}

/* What an ASCII character is in a name's key: itself in lower case, a point (judged later) or
 * a blank. "Canal+" keeps its sign. */
static char ascii_key(unsigned char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c | 0x20);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '$' || c == '.')
        return (char)c;
    return ' ';
}

static void add_key_point(struct strbuf *buf, uint32_t point)
{
    if (point < 0x80) {
        strbuf_add_char(buf, ascii_key((unsigned char)point));
        return;
    }
    switch (point) { /* letters that Unicode does not take apart */
    case 0x0153:
        strbuf_add(buf, STR("oe"));
        return;
    case 0x00E6:
        strbuf_add(buf, STR("ae"));
        return;
    case 0x00F8:
        strbuf_add_char(buf, 'o');
        return;
    case 0x0111:
        strbuf_add_char(buf, 'd');
        return;
    case 0x0131:
        strbuf_add_char(buf, 'i');
        return;
    case 0x0142:
        strbuf_add_char(buf, 'l');
        return;
    case 0x02BB: /* letters to Unicode, apostrophes to those who type them */
    case 0x02BC:
    case 0x2044: /* a slash and a minus, mathematical to Unicode */
    case 0x2212:
        strbuf_add_char(buf, ' ');
        return;
    default:
        break;
    }
    switch (category(point)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
        return;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
        strbuf_add_char(buf, ' ');
        return;
    default:
        add_point(buf, point);
    }
}

/* Adds a character above ASCII: folded, taken apart (form KD: ligatures of PDF files, full
 * width letters), without its accents. */
static void add_key_wide(struct strbuf *buf, uint32_t point)
{
    enum { ROOM = 32 };
    utf8proc_int32_t parts[ROOM];
    utf8proc_ssize_t count;
    int              last_class = 0;

    switch (point) { /* trade marks are no letters, whatever form KD says */
    case 0x00A9:
    case 0x00AE:
    case 0x2120:
    case 0x2122:
        strbuf_add_char(buf, ' ');
        return;
    default:
        break;
    }
    count = utf8proc_decompose_char((utf8proc_int32_t)point, parts, ROOM,
                                    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                        UTF8PROC_IGNORE | UTF8PROC_STRIPMARK,
                                    &last_class);
    if (count < 0 || count > ROOM) {
        add_point(buf, point);
        return;
    }
    for (utf8proc_ssize_t i = 0; i < count; i++)
        add_key_point(buf, (uint32_t)parts[i]);
}

/* Length of the letter at S[at] if it stands alone ("C" in "C.E.A."), else 0. */
static size_t lone_letter(struct str s, size_t at)
{
    unsigned char c = at < s.len ? (unsigned char)s.ptr[at] : ' ';
    size_t        size;

    if (c >= 0x80) {
        if (!unicode_is_letter(unicode_at(s, at, &size)))
            return 0;
    } else if (c >= 'a' && c <= 'z') {
        size = 1;
    } else {
        return 0;
    }
    return at + size >= s.len || s.ptr[at + size] == ' ' || s.ptr[at + size] == '.' ? size : 0;
}

/* Points between lone letters go, other points are blanks, and a run of blanks is one: in
 * place, for the result is never longer. */
static size_t squeeze(char *text, size_t len)
{
    struct str s = { text, len };
    size_t     size = 0;
    size_t     kept = 0;

    for (size_t at = 0; at < len; at++) {
        char c = text[at];

        if (c == ' ' || c == '.') {
            if (kept && text[kept - 1] != ' ')
                text[kept++] = ' ';
            continue;
        }
        if (kept && text[kept - 1] != ' ') { /* inside a word */
            text[kept++] = c;
            continue;
        }
        /* The first letter of a word: is it the first of initials? */
        for (size = lone_letter(s, at); size; size = lone_letter(s, at)) {
            memmove(text + kept, text + at, size);
            kept += size;
            at += size;
            if (at >= len || text[at] != '.' || !lone_letter(s, at + 1))
                break;
            at++;
        }
        if (size)
            at--; /* what follows the last initial is judged by the loop */
        else
            text[kept++] = text[at];
    }
    return kept && text[kept - 1] == ' ' ? kept - 1 : kept;
}

struct str unicode_name_key(struct arena *arena, struct str s)
{
    char         *key = arena_alloc(arena, s.len + 1);
    size_t        len = 0;
    struct strbuf buf = { arena, key, 0, s.len + 1 };
    size_t        size;

    while (len < s.len && (unsigned char)s.ptr[len] < 0x80) {
        key[len] = ascii_key((unsigned char)s.ptr[len]);
        len++;
    }
    if (len == s.len)
        return (struct str){ key, squeeze(key, len) };

    buf.len = len;
    for (size_t at = len; at < s.len; at += size) {
        uint32_t point = unicode_at(s, at, &size);

        if (point < 0x80)
            strbuf_add_char(&buf, ascii_key((unsigned char)point));
        else
            add_key_wide(&buf, point);
    }
    return (struct str){ buf.ptr, squeeze(buf.ptr, buf.len) };
}

struct str unicode_lower(struct arena *arena, struct str s)
{
    struct strbuf buf = { arena, arena_alloc(arena, s.len + 1), 0, s.len + 1 };
    size_t        size;

    for (size_t at = 0; at < s.len; at += size) {
        unsigned char c = (unsigned char)s.ptr[at];
        uint32_t      point, lower;

        if (c < 0x80) {
            strbuf_add_char(&buf, (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c));
            size = 1;
            continue;
        }
        point = unicode_at(s, at, &size);
        lower = (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
        if (lower == point)
            strbuf_add(&buf, str_slice(s, at, at + size));
        else
            add_point(&buf, lower);
    }
    return strbuf_str(&buf);
}

static size_t point_width(uint32_t point)
{
    int width;

    if (point < 0x300)
        return point >= 0x20 && !(point >= 0x7F && point < 0xA0);
    width = utf8proc_charwidth((utf8proc_int32_t)point);
    return width > 0 ? (size_t)width : 0;
}

size_t unicode_width(struct str s)
{
    size_t width = 0, size;

    for (size_t at = 0; at < s.len; at += size)
        width += point_width(unicode_at(s, at, &size));
    return width;
}

struct str unicode_take(struct str s, size_t cells)
{
    size_t width = 0, at = 0, size;

    for (; at < s.len; at += size) {
        width += point_width(unicode_at(s, at, &size));
        if (width > cells)
            break;
    }
    return str_slice(s, 0, at);
}
