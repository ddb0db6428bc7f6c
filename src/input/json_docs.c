/* json_docs.c - documents out of JSON Lines.
 *
 * getc_unlocked, not fread: a program that writes one line and waits for its rows must not wait
 * for a full buffer. */
#include <errno.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/charset.h"
#include "aitrack/diag.h"
#include "aitrack/json.h"
#include "aitrack/source.h"

enum {
    LARGEST_LINE = 1 << 30, /* bytes */
    FIRST_LINE = 1 << 14,
};

/* The names of the members that fill a field, the first that is there wins. */
static const char *const name_members[] = { "doc", NULL };
static const char *const text_members[] = { "text", "raw_text", NULL };
static const char *const published_members[] = { "published", "date", NULL };
static const char *const title_members[] = { "title", NULL };
static const char *const source_members[] = { "url", "source", NULL };

enum line_state { LINE_READ, LINE_TOO_LONG, LINE_NONE };

/* The next line, without its end. The rest of a line that is too long is read and dropped. */
static enum line_state read_line(FILE *stream, struct arena *arena, struct str *out)
{
    size_t capacity = FIRST_LINE, len = 0;
    char  *bytes = arena_alloc(arena, capacity);
    bool   too_long = false;
    int    c;

    while ((c = getc_unlocked(stream)) != EOF && c != '\n') {
        if (len == LARGEST_LINE) {
            too_long = true;
            continue;
        }
        if (len == capacity) {
            bytes = arena_grow(arena, bytes, capacity, capacity * 2);
            capacity *= 2;
        }
        bytes[len++] = (char)c;
    }
    *out = (struct str){ bytes, len };
    if (c == EOF && len == 0)
        return LINE_NONE;
    return too_long ? LINE_TOO_LONG : LINE_READ;
}

/* The first of MEMBERS that is there and not null; it must be a string. */
static bool read_member(const struct json *object, const char *const *members, struct str *out,
                        struct error *err)
{
    for (size_t i = 0; members[i]; i++) {
        const struct json *value = json_member(object, members[i]);

        if (!value || json_type(value) == JSON_NULL)
            continue;
        if (json_type(value) != JSON_STRING)
            return error_set(err, ERROR_INPUT, "\"%s\" is no string", members[i]);
        *out = json_string(value);
        return true;
    }
    return true;
}

static bool read_document(struct str line, const char *encoding, struct arena *arena,
                          struct document *out, struct error *err)
{
    struct decoded     decoded;
    const struct json *object;
    struct str         nothing = STR("");

    *out = (struct document){ nothing, nothing, { NULL, 0 }, nothing, nothing, 0 };
    if (!charset_decode(arena, line, encoding, &decoded, err) ||
        !json_parse(arena, decoded.text, &object, err))
        return false;
    if (json_type(object) != JSON_OBJECT)
        return error_set(err, ERROR_INPUT, "no JSON object");
    if (!read_member(object, name_members, &out->name, err) ||
        !read_member(object, text_members, &out->text, err) ||
        !read_member(object, published_members, &out->published, err) ||
        !read_member(object, title_members, &out->title, err) ||
        !read_member(object, source_members, &out->source, err))
        return false;
    if (!out->text.ptr)
        return error_set(err, ERROR_INPUT, "no \"text\"");
    if (str_is_empty(out->source))
        out->source = out->name;
    out->replaced = decoded.replaced;
    return true;
}

bool source_json_docs(const struct source_options *options, FILE *stream, const char *name,
                      struct arena *arena, document_sink *sink, void *context, struct error *err)
{
    for (size_t number = 1;; number++) {
        struct arena_mark mark = arena_mark(arena);
        struct error      why = { .kind = ERROR_NONE };
        struct document   document;
        struct str        line;
        enum line_state   state = read_line(stream, arena, &line);
        bool              done = true;

        if (state == LINE_NONE) {
            arena_rewind(arena, mark);
            break;
        }
        if (state == LINE_TOO_LONG) {
            diag_warn(name, number, "larger than %d bytes", LARGEST_LINE);
        } else if (!str_is_empty(str_trim(line))) {
            if (read_document(line, options->encoding, arena, &document, &why)) {
                if (document.replaced > 0)
                    diag_warn(name, number,
                              "%zu byte sequences are no text, U+FFFD stands for them",
                              document.replaced);
                done = sink(&document, context, err);
            } else if (why.kind == ERROR_USAGE) { /* --encoding: the same for every line */
                *err = why;
                done = false;
            } else {
                diag_warn(name, number, "%s", why.text);
            }
        }
        arena_rewind(arena, mark);
        if (!done)
            return false;
    }
    if (ferror(stream))
        diag_warn(name, 0, "%s", strerror(errno));
    return true;
}
