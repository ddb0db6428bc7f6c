/* charset.c - which encoding, and bytes to UTF-8. The only user of iconv(3).
 *
 * No statistics of letters: French texts come as UTF-8 or in one of four old encodings, which
 * a few bytes tell apart. What these bytes are is said at each test. */
#include "aitrack/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "aitrack/arena.h"
#include "aitrack/strbuf.h"
#include "aitrack/unicode.h"

#define REPLACEMENT STR("\xEF\xBF\xBD")

/* The length of the character at P if it is well-formed UTF-8 (*GOOD), else of the longest
 * beginning of one (at least 1): what one U+FFFD stands for. */
static size_t utf8_length(const unsigned char *p, size_t left, bool *good)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t        size, have = 1;

    *good = p[0] < 0x80;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 1;
    size = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (p[0] == 0xE0)
        low = 0xA0;
    else if (p[0] == 0xED)
        high = 0x9F;
    else if (p[0] == 0xF0)
        low = 0x90;
    else if (p[0] == 0xF4)
        high = 0x8F;
    while (have < size && have < left && p[have] >= low && p[have] <= high) {
        have++;
        low = 0x80;
        high = 0xBF;
    }
    *good = have == size;
    return have;
}

static struct str repair_utf8(struct arena *arena, struct str bytes, size_t *replaced)
{
    struct strbuf buf = strbuf_in(arena);
    size_t        bad;

    while (!unicode_is_valid(bytes, &bad)) {
        bool   good;
        size_t skip = utf8_length((const unsigned char *)bytes.ptr + bad, bytes.len - bad, &good);

        strbuf_add(&buf, str_slice(bytes, 0, bad));
        strbuf_add(&buf, REPLACEMENT);
        bytes = str_slice(bytes, bad + skip, bytes.len);
        ++*replaced;
    }
    strbuf_add(&buf, bytes);
    return strbuf_str(&buf);
}

static const char *detect_wide(struct str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr;

    if (bytes.len >= 4 && memcmp(p, "\xFF\xFE\0\0", 4) == 0)
        return "UTF-32LE";
    if (bytes.len >= 4 && memcmp(p, "\0\0\xFE\xFF", 4) == 0)
        return "UTF-32BE";
    if (bytes.len >= 2 && p[0] == 0xFF && p[1] == 0xFE)
        return "UTF-16LE";
    if (bytes.len >= 2 && p[0] == 0xFE && p[1] == 0xFF)
        return "UTF-16BE";
    return NULL;
}

/* The encoding of BYTES, which are not valid UTF-8. */
static const char *detect_bytes(struct str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    size_t               count[256] = { 0 }, whole = 0, broken = 0, c1 = 0;
    size_t               latin, mac;

    for (size_t i = 0; i < bytes.len;) {
        bool   good;
        size_t size = utf8_length(p + i, bytes.len - i, &good);

        whole += good && size > 1;
        broken += !good;
        for (; size > 0; size--)
            count[p[i++]]++;
    }
    /* A cut or damaged UTF-8 text. In the old encodings two high bytes in a row that happen to
     * be UTF-8 are rare. */
    if (whole > broken)
        return "UTF-8";
    for (int byte = 0x80; byte < 0xA0; byte++)
        c1 += count[byte];
    /* é è à ê ç ô û in Mac Roman are hardly printable in Windows-1252, and the other way. */
    mac = count[0x8E] + count[0x8F] + count[0x88] + count[0x90] + count[0x8D] + count[0x99] +
          count[0x9E];
    latin = count[0xE9] + count[0xE8] + count[0xE0] + count[0xEA] + count[0xE7] + count[0xF4] +
            count[0xFB];
    if (mac > latin)
        return "MACINTOSH";
    /* ISO-8859-15 exists for the euro sign, on the place of a sign that nobody writes. */
    if (c1 == 0 && count[0xA4] > 0)
        return "ISO-8859-15";
    return "WINDOWS-1252";
}

/* Bytes to leave out where a character of ENCODING cannot be decoded. */
static size_t unit_size(const char *encoding)
{
    if (strncasecmp(encoding, "UTF-16", 6) == 0 || strncasecmp(encoding, "UCS-2", 5) == 0 ||
        strncasecmp(encoding, "UTF16", 5) == 0)
        return 2;
    if (strncasecmp(encoding, "UTF-32", 6) == 0 || strncasecmp(encoding, "UCS-4", 5) == 0 ||
        strncasecmp(encoding, "UTF32", 5) == 0)
        return 4;
    return 1;
}

static bool convert(struct arena *arena, struct str bytes, const char *encoding,
                    struct decoded *out, struct error *err)
{
    bool          named = encoding[0] != '\0' && !strchr(encoding, '/'); /* "", "//IGNORE" */
    iconv_t       converter = named ? iconv_open("UTF-8", encoding) : (iconv_t)-1;
    struct strbuf buf = strbuf_in(arena);
    char         *in = (char *)bytes.ptr; /* iconv does not write to its input */
    size_t        left = bytes.len, unit = unit_size(encoding), replaced = 0;
    char          chunk[16384];

    if (converter == (iconv_t)-1)
        return error_set(err, ERROR_USAGE, "unknown encoding \"%s\"", encoding);
    for (bool done = false; !done;) {
        char  *to = chunk;
        size_t room = sizeof chunk;
        bool   failed;

        done = left == 0; /* the last call flushes what a stateful encoding holds */
        failed = iconv(converter, done ? NULL : &in, done ? NULL : &left, &to, &room) == (size_t)-1;
        int why = errno;

        strbuf_add(&buf, (struct str){ chunk, (size_t)(to - chunk) });
        if (failed && !done && why != E2BIG) { /* EILSEQ, or EINVAL: cut at the end */
            size_t skip = why == EINVAL || left < unit ? left : unit;

            strbuf_add(&buf, REPLACEMENT);
            replaced++;
            in += skip;
            left -= skip;
        }
    }
    iconv_close(converter);
    *out = (struct decoded){ strbuf_str(&buf), encoding, replaced };
    return true;
}

bool charset_decode(struct arena *arena, struct str bytes, const char *forced, struct decoded *out,
                    struct error *err)
{
    const char    *encoding = forced ? forced : detect_wide(bytes);
    struct decoded result = { bytes, "UTF-8", 0 };
    size_t         bad;

    if (!encoding) {
        if (str_find_char(bytes, '\0', 0) != STR_NONE)
            return error_set(err, ERROR_INPUT, "not a text: it holds NUL bytes");
        encoding = unicode_is_valid(bytes, &bad) ? "UTF-8" : detect_bytes(bytes);
    }
    if (strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "UTF8") == 0) {
        if (!unicode_is_valid(bytes, &bad))
            result.text = repair_utf8(arena, bytes, &result.replaced);
    } else if (!convert(arena, bytes, encoding, &result, err)) {
        return false;
    }
    if (str_starts_with(result.text, STR("\xEF\xBB\xBF")))
        result.text = str_slice(result.text, 3, result.text.len);
    if (str_find_char(result.text, '\0', 0) != STR_NONE)
        return error_set(err, ERROR_INPUT, "not a text: it holds NUL bytes");
    *out = result;
    return true;
}
