/* fold.c - one spelling for every character, with a map back to the source's bytes. */
#include "text_internal.h"

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/error.h"
#include "aitrack/unicode.h"

/* What a byte asks for. Only the first byte of a character is looked up. */
enum byte_class {
    PLAIN, /* copied */
    ALONE, /* space or LF: copied when it stands alone between plain bytes */
    LOOK,  /* may begin a character that folds */
};

static enum byte_class class_of(unsigned char byte)
{
    switch (byte) {
    case ' ':
    case '\n':
        return ALONE;
    case 0x7F:
    case 0xC2: /* U+0080 to U+00BF: no-break space, soft hyphen, acute accent */
    case 0xCA: /* U+02BC */
    case 0xCC: /* U+0300 to U+036F: combining marks */
    case 0xCD:
    case 0xE1: /* U+1680, U+180E */
    case 0xE2: /* U+2000 to U+206F: blanks, quotation marks, directions */
    case 0xE3: /* U+3000 */
    case 0xEF: /* U+FEFF, U+FE0F, U+FF07 */
        return LOOK;
    default:
        return byte < ' ' ? LOOK : PLAIN;
    }
}

/* What a character becomes. */
enum fold_action { KEEP, TO_SPACE, TO_LINE, TO_NOTHING, TO_APOSTROPHE, TO_HYPHEN, MARK };

static enum fold_action action_of(uint32_t point)
{
    switch (point) {
    case '\n':
    case '\r':
    case 0x0B:
    case 0x0C:
    case 0x85:
    case 0x2028:
    case 0x2029:
        return TO_LINE;
    case 0x00A0:
    case 0x1680:
    case 0x202F:
    case 0x205F:
    case 0x3000:
    case 0x7F:
        return TO_SPACE;
    case 0x00AD:
    case 0x034F:
    case 0x180E:
    case 0xFEFF:
        return TO_NOTHING;
    case 0x00B4:
    case 0x02BC:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0xFF07:
        return TO_APOSTROPHE;
    case 0x2010:
    case 0x2011:
        return TO_HYPHEN;
    default:
        break;
    }
    if (point <= ' ' || (point >= 0x80 && point < 0xA0) || (point >= 0x2000 && point <= 0x200A))
        return TO_SPACE;
    if ((point >= 0x200B && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
        (point >= 0x2060 && point <= 0x206F) || (point >= 0xFE00 && point <= 0xFE0F))
        return TO_NOTHING;
    if (point >= 0x0300 && point <= 0x036F)
        return MARK;
    return KEEP;
}

struct folder {
    struct str    source;
    struct arena *arena;
    char         *out;
    size_t        len;
    uint32_t     *folded, *from; /* the map */
    size_t        count, capacity;
};

/* What follows in the folded text comes from SOURCE on. */
static void map_to(struct folder *f, size_t source)
{
    uint32_t at = (uint32_t)f->len, from = (uint32_t)source;

    if (f->count > 0) {
        size_t last = f->count - 1;

        if (from - f->from[last] == at - f->folded[last])
            return;
        if (f->folded[last] == at) {
            f->from[last] = from;
            return;
        }
    } else if (at == from) {
        return;
    }
    if (f->count == f->capacity) {
        size_t room = f->capacity ? f->capacity * 2 : 64;

        f->folded = arena_grow(f->arena, f->folded, f->capacity * sizeof *f->folded,
                               room * sizeof *f->folded);
        f->from =
            arena_grow(f->arena, f->from, f->capacity * sizeof *f->from, room * sizeof *f->from);
        f->capacity = room;
    }
    f->folded[f->count] = at;
    f->from[f->count++] = from;
}

static enum fold_action action_at(const struct folder *f, size_t at, size_t *size)
{
    unsigned char byte = (unsigned char)f->source.ptr[at];

    if (byte < 0x80) {
        *size = 1;
        return action_of(byte);
    }
    return action_of(unicode_at(f->source, at, size));
}

static void add(struct folder *f, const char *bytes, size_t len)
{
    memcpy(f->out + f->len, bytes, len);
    f->len += len;
}

/* Folds the run of blanks, line ends and invisible characters at AT; returns its end. The
 * blanks around a line end go with it, so that lines can be joined by one space. Two line
 * ends say all that any number says. */
static size_t fold_gap(struct folder *f, size_t at)
{
    size_t start = at, size, lines = 0;
    bool   blank = false, hyphen = unicode_at(f->source, at, &size) == 0xAD;

    while (at < f->source.len) {
        enum fold_action action = action_at(f, at, &size);

        if (action == TO_LINE) {
            if (f->source.ptr[at] == '\r' && at + 1 < f->source.len &&
                f->source.ptr[at + 1] == '\n')
                size = 2;
            lines++;
        } else if (action == TO_SPACE) {
            blank = true;
        } else if (action != TO_NOTHING) {
            break;
        }
        at += size;
    }
    if (at < f->source.len && f->len > 0) {
        map_to(f, lines || blank ? start : at);
        if (lines == 1 && hyphen)
            ; /* a word cut at a soft hyphen */
        else if (lines > 0)
            add(f, "\n\n", lines > 1 ? 2 : 1);
        else if (blank)
            add(f, " ", 1);
    }
    if (at < f->source.len)
        map_to(f, at);
    return at;
}

/* Composes the character before AT with the marks at AT; returns their end. At most 30 marks
 * (the Stream-Safe Text Format), as sorting them takes the square of their number. */
static size_t fold_marks(struct folder *f, size_t at)
{
    struct str folded = { f->out, f->len }, cluster, composed;
    size_t     end = at, size, base = 0, marks = 0;

    while (end < f->source.len && marks < 30 && action_at(f, end, &size) == MARK) {
        end += size;
        marks++;
    }
    if (f->len > 0)
        unicode_before(folded, f->len, &base);
    if (base == 0 || f->out[f->len - 1] == ' ' || f->out[f->len - 1] == '\n') {
        add(f, f->source.ptr + at, end - at);
        return end;
    }

    struct arena_mark mark = arena_mark(f->arena);
    char             *room = arena_alloc(f->arena, base + end - at);

    memcpy(room, f->out + f->len - base, base);
    memcpy(room + base, f->source.ptr + at, end - at);
    cluster = (struct str){ room, base + end - at };
    composed = unicode_compose(f->arena, cluster);
    if (composed.len > cluster.len) /* a composition exclusion: the output has no room */
        composed = cluster;
    f->len -= base;
    add(f, composed.ptr, composed.len);
    arena_rewind(f->arena, mark);
    map_to(f, end);
    return end;
}

static void count_lines(struct str source, struct arena *arena, struct text *out)
{
    size_t   count = source.len / 4096 + 1;
    uint32_t lines = 0;

    out->line_marks = ARENA_ARRAY(arena, uint32_t, count);
    for (size_t mark = 0; mark < count; mark++) {
        size_t end = (mark + 1) * 4096 < source.len ? (mark + 1) * 4096 : source.len;

        out->line_marks[mark] = lines;
        for (size_t i = mark * 4096; i < end; i++)
            lines += source.ptr[i] == '\n' ||
                     (source.ptr[i] == '\r' && !(i + 1 < source.len && source.ptr[i + 1] == '\n'));
    }
}

char *fold_build(struct str source, struct arena *arena, struct text *out)
{
    unsigned char classes[256];
    struct folder f = { .source = source, .arena = arena };
    size_t        at = 0, run = 0;

    ENSURE(source.len < INT32_MAX, "a text of 2 GB or more");
    if (source.len == 0) /* it may have no bytes to point at */
        f.source = source = STR("");
    for (int i = 0; i < 256; i++)
        classes[i] = (unsigned char)class_of((unsigned char)i);
    f.out = arena_alloc(arena, source.len);

    /* RUN..AT are bytes to copy as they are. A space or line end belongs to them where a plain
     * byte follows; it cannot follow a blank, as every gap is folded whole. */
    while (at < source.len) {
        unsigned char class = classes[(unsigned char)source.ptr[at]];
        size_t size;

        if (class == PLAIN || (class != LOOK && at > 0 && at + 1 < source.len &&
                               classes[(unsigned char)source.ptr[at + 1]] == PLAIN)) {
            at++;
            continue;
        }
        enum fold_action action = action_at(&f, at, &size);

        if (action == KEEP) {
            at += size;
            continue;
        }
        if (action == TO_SPACE && source.ptr[at] == ' ' && at > run && at + 1 < source.len &&
            action_at(&f, at + 1, &size) == KEEP) {
            at += 1 + size; /* « and € are looked up, but kept */
            continue;
        }
        add(&f, source.ptr + run, at - run);
        switch (action) {
        case TO_APOSTROPHE:
            add(&f, "'", 1);
            at += size;
            map_to(&f, at);
            break;
        case TO_HYPHEN:
            add(&f, "-", 1);
            at += size;
            map_to(&f, at);
            break;
        case MARK:
            at = fold_marks(&f, at);
            break;
        default:
            at = fold_gap(&f, at);
        }
        run = at;
    }
    add(&f, source.ptr + run, at - run);

    *out = (struct text){ .source = source, .folded = { f.out, f.len } };
    out->map_folded = f.folded;
    out->map_source = f.from;
    out->map_count = f.count;
    count_lines(source, arena, out);
    return f.out;
}

void text_fold(struct str source, struct arena *arena, struct text *out)
{
    fold_build(source, arena, out);
}
