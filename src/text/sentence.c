/* sentence.c - where sentences end.
 *
 * One pass over the bytes of each block; every question about a point looks back at the word
 * before it (at most 24 bytes) and ahead over the marks that follow it, which are skipped
 * afterwards: so the time is linear whatever the text. */
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/map.h"
#include "aitrack/unicode.h"
#include "text_internal.h"

enum {
    LONGEST_SENTENCE = 4000, /* bytes: longer ones are cut at a blank */
    LONGEST_WORD = 24,       /* bytes looked back for an abbreviation */
};

static bool starts_with(struct str s, size_t at, const char *bytes, size_t len)
{
    return s.len - at >= len && memcmp(s.ptr + at, bytes, len) == 0;
}

size_t quote_opening(struct str s, size_t at)
{
    if (at >= s.len)
        return 0;
    switch (s.ptr[at]) {
    case '"':
    case '\'':
    case '(':
    case '[':
        return 1;
    case '\xC2':
        return starts_with(s, at, "\xC2\xAB", 2) ? 2 : 0; /* « */
    case '\xE2':
        return starts_with(s, at, "\xE2\x80\x9C", 3) ||         /* “ */
                       starts_with(s, at, "\xE2\x80\x9E", 3) || /* „ */
                       starts_with(s, at, "\xE2\x80\xB9", 3)    /* ‹ */
                   ? 3
                   : 0;
    default:
        return 0;
    }
}

size_t quote_closing(struct str s, size_t at)
{
    if (at >= s.len)
        return 0;
    switch (s.ptr[at]) {
    case '"':
    case '\'':
    case ')':
    case ']':
        return 1;
    case '\xC2':
        return starts_with(s, at, "\xC2\xBB", 2) ? 2 : 0; /* » */
    case '\xE2':
        return starts_with(s, at, "\xE2\x80\x9D", 3) ||         /* ” */
                       starts_with(s, at, "\xE2\x80\x9F", 3) || /* ‟ */
                       starts_with(s, at, "\xE2\x80\xBA", 3)    /* › */
                   ? 3
                   : 0;
    default:
        return 0;
    }
}

/* The bytes of a mark at AT that may end a sentence, or 0. */
static size_t end_mark(struct str s, size_t at)
{
    if (at >= s.len)
        return 0;
    if (s.ptr[at] == '.' || s.ptr[at] == '!' || s.ptr[at] == '?')
        return 1;
    return s.ptr[at] == '\xE2' && starts_with(s, at, "\xE2\x80\xA6", 3) ? 3 : 0; /* … */
}

static size_t dash(struct str s, size_t at)
{
    if (at < s.len && s.ptr[at] == '-')
        return 1;
    return at < s.len && (starts_with(s, at, "\xE2\x80\x93", 3) || /* – */
                          starts_with(s, at, "\xE2\x80\x94", 3))   /* — */
               ? 3
               : 0;
}

enum beginning { BEGINS_NONE, BEGINS_CAPITAL, BEGINS_DIGIT };

/* How the text at AT, after a blank, may begin a sentence: quotes and a dash with a blank may
 * stand before the capital or digit. "iPhone" begins one, too. */
static enum beginning beginning_at(struct str s, size_t at)
{
    size_t   size, mark, next;
    uint32_t point;

    if ((mark = dash(s, at)) > 0) {
        if (at + mark >= s.len || s.ptr[at + mark] != ' ')
            return BEGINS_NONE;
        at += mark + 1;
    }
    for (int quotes = 0; quotes < 4 && (mark = quote_opening(s, at)) > 0; quotes++) {
        at += mark;
        if (at < s.len && s.ptr[at] == ' ')
            at++;
    }
    if (at >= s.len)
        return BEGINS_NONE;
    point = unicode_at(s, at, &size);
    if (unicode_is_upper(point))
        return BEGINS_CAPITAL;
    if (unicode_is_digit(point))
        return BEGINS_DIGIT;
    if (unicode_is_letter(point)) {
        next = at + size;
        return next < s.len && unicode_is_upper(unicode_at(s, next, &size)) ? BEGINS_CAPITAL
                                                                            : BEGINS_NONE;
    }
    return point == '$' || point == 0x20AC ? BEGINS_DIGIT : BEGINS_NONE; /* $, € */
}

/* The bytes that end just before END, back to a blank, bracket, quote or START. */
static struct str word_before(struct str s, size_t start, size_t end)
{
    size_t from = end;

    while (from > start && end - from < LONGEST_WORD) {
        char c = s.ptr[from - 1];

        if (c == ' ' || c == '\n' || c == '(' || c == '[' || c == '"' || c == '/' || c == '\'')
            break;
        if ((c == '\xAB' || c == '\xBB') && from - start > 1 && s.ptr[from - 2] == '\xC2')
            break; /* « and », but not ë */
        from--;
    }
    while (from < end && ((unsigned char)s.ptr[from] & 0xC0) == 0x80)
        from++; /* the middle of a character */
    return str_slice(s, from, end);
}

static bool find_abbreviation(const struct text_rules *rules, struct str word, uint32_t *use)
{
    char lower[LONGEST_WORD];

    if (word.len == 0 || word.len > sizeof lower)
        return false;
    if (map_find(rules->abbreviations, word, use))
        return true;
    if (word.ptr[0] < 'A' || word.ptr[0] > 'Z') /* "Art. 5" */
        return false;
    memcpy(lower, word.ptr, word.len);
    lower[0] = (char)(lower[0] + ('a' - 'A'));
    return map_find(rules->abbreviations, (struct str){ lower, word.len }, use);
}

static bool is_digits(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] < '0' || word.ptr[i] > '9')
            return false;
    return word.len > 0;
}

/* Letters with points and hyphens between them: "U.S", "J.-C". */
static bool is_pointed(struct str word)
{
    size_t letters = 0, points = 0;

    for (size_t i = 0, size; i < word.len; i += size) {
        uint32_t point = unicode_at(word, i, &size);

        if (point == '.') {
            if (letters == 0)
                return false;
            points++;
            letters = 0;
        } else if (point != '-') {
            if (!unicode_is_letter(point) || ++letters > 1)
                return false;
        }
    }
    return points > 0 && letters == 1;
}

/* Is the single letter WORD before the point at AT an initial ("le général J. Martin") rather
 * than a name of its own ("une série B. Le")? */
static bool is_initial(const struct text_rules *rules, struct str s, size_t start, struct str word)
{
    size_t     before = (size_t)(word.ptr - s.ptr);
    struct str previous;
    uint32_t   use;

    if (before == start || s.ptr[before - 1] != ' ')
        return true;
    previous = word_before(s, start, before - 1);
    return !(find_abbreviation(rules, previous, &use) && use == ABBREVIATION_LETTER);
}

/* Does the single point at AT end a sentence that began at START, NEXT coming after it? */
static bool point_ends(const struct text_rules *rules, struct str s, size_t start, size_t at,
                       enum beginning next)
{
    struct str word = word_before(s, start, at);
    size_t     size;
    uint32_t   use;

    if (word.len == 0)
        return true;
    if (is_digits(word)) /* "1. Une stratégie" at the start is a number in a list */
        return word.ptr != s.ptr + start || word.len > 2;
    if (find_abbreviation(rules, word, &use) && use != ABBREVIATION_LETTER)
        return use == ABBREVIATION_MAY && next == BEGINS_CAPITAL;
    if (is_pointed(word))
        return false; /* several initials; a company's S.A. is in the table */
    if (unicode_is_upper(unicode_at(word, 0, &size)) && size == word.len)
        return !is_initial(rules, s, start, word);
    return true;
}

/* Where the marks and closing quotes that begin at AT end; *MARKS counts the marks. */
static size_t skip_marks(struct str s, size_t at, size_t *marks)
{
    size_t size;

    for (*marks = 0; (size = end_mark(s, at)) > 0; ++*marks)
        at += size;
    for (;;) {
        if ((size = quote_closing(s, at)) > 0)
            at += size;
        else if (starts_with(s, at, " \xC2\xBB", 3))
            at += 3;
        else if (starts_with(s, at, " \xE2\x80\x9D", 4))
            at += 4;
        else
            return at;
    }
}

/* Is a blank missing after the marks at AT, as where a page's line break was lost ("le
 * prix.Elle paie")? Names of sites and files are no words in lower case before a capital. */
static bool is_glued(struct str s, size_t start, size_t at, size_t end)
{
    struct str word = word_before(s, start, at);
    bool       apart = word.len == 0 && s.ptr[at] != '.'; /* "Qui ?Elle", not "page?Id=3" */
    size_t     size, next;

    if ((word.len < 3 && !apart) || !unicode_is_upper(unicode_at(s, end, &size)))
        return false;
    for (size_t i = 0; i < word.len; i += size) {
        uint32_t point = unicode_at(word, i, &size);

        if (point != '-' && (!unicode_is_letter(point) || unicode_is_upper(point)))
            return false;
    }
    unicode_at(s, end, &size);
    next = end + size;
    if (next >= s.len)
        return false;
    return s.ptr[next] == ' ' || s.ptr[next] == '\'' ||
           !unicode_is_upper(unicode_at(s, next, &size));
}

/* Does a sentence that began at START end with the marks at AT, whose end is END? */
static bool ends_at(const struct text_rules *rules, struct str s, size_t start, size_t at,
                    size_t end, size_t marks)
{
    enum beginning next;

    if (end >= s.len)
        return true;
    if (s.ptr[end] != ' ')
        return is_glued(s, start, at, end);
    if (at > start && (s.ptr[at - 1] == '(' || s.ptr[at - 1] == '['))
        return false; /* "(...) Nous": words left out */
    next = beginning_at(s, end + 1);
    if (next == BEGINS_NONE)
        return false;
    if (marks == 1 && s.ptr[at] == '.')
        return point_ends(rules, s, start, at, next);
    return true;
}

struct sentence_list {
    struct arena    *arena;
    struct sentence *items;
    size_t           count, capacity;
};

/* Adds S[START..END], without the blanks at its ends, in pieces of bearable length. */
static void add_sentence(struct sentence_list *list, struct str s, size_t start, size_t end,
                         uint32_t block)
{
    while (start < end) {
        size_t stop = end;

        while (start < end && (s.ptr[start] == ' ' || s.ptr[start] == '\n'))
            start++;
        if (end - start > LONGEST_SENTENCE) {
            stop = start + LONGEST_SENTENCE;
            while (stop > start && s.ptr[stop] != ' ')
                stop--;
            if (stop == start) { /* no blank: at a character's end */
                stop = start + LONGEST_SENTENCE;
                while (((unsigned char)s.ptr[stop] & 0xC0) == 0x80)
                    stop--;
            }
        }
        size_t last = stop;

        while (last > start && (s.ptr[last - 1] == ' ' || s.ptr[last - 1] == '\n'))
            last--;
        if (last > start) {
            struct sentence *sentence =
                ARRAY_PUSH(list->arena, list->items, list->count, list->capacity);

            sentence->span = (struct span){ (uint32_t)start, (uint32_t)last };
            sentence->block = block;
        }
        start = stop;
    }
}

/* FROM is where the block begins after its mark. */
static void split_block(const struct text_rules *rules, struct str folded,
                        const struct block *block, uint32_t index, size_t from,
                        struct sentence_list *list)
{
    struct str s = { folded.ptr, block->span.end };
    size_t     at = from, start = from;

    while (at < s.len) {
        char   c = s.ptr[at];
        size_t end, marks;

        if (c != '.' && c != '!' && c != '?' && c != '\n' && c != '\xE2') {
            at++;
            continue;
        }
        if (c == '\n') { /* a row of a table */
            add_sentence(list, s, start, at, index);
            start = ++at;
            continue;
        }
        if (end_mark(s, at) == 0) {
            at++;
            continue;
        }
        end = skip_marks(s, at, &marks);
        if (ends_at(rules, s, start, at, end, marks)) {
            add_sentence(list, s, start, end, index);
            start = end;
        }
        at = end;
    }
    add_sentence(list, s, start, s.len, index);
}

void sentence_build(const struct text_rules *rules, const uint32_t *content, struct arena *arena,
                    struct text *text)
{
    struct sentence_list list = { .arena = arena };

    for (size_t i = 0; i < text->block_count; i++) {
        struct block *block = &text->blocks[i];

        block->first_sentence = (uint32_t)list.count;
        split_block(rules, text->folded, block, (uint32_t)i, content[i], &list);
        block->sentence_count = (uint32_t)list.count - block->first_sentence;
    }
    text->sentences = list.items;
    text->sentence_count = list.count;
}
