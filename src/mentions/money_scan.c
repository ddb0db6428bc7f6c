/* money_scan.c - sentences -> candidates: stops wherever a figure may begin and tries the rules
 * there. Every byte is looked at once, so the scan is linear in the text. */
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/map.h"
#include "aitrack/unicode.h"
#include "money_internal.h"

enum {
    /* Longer sentences (a page without any full stop) are scanned in pieces, cut at a blank:
     * what looks back and forth stays bounded. */
    LONGEST_STRETCH = 4000,
    LONGEST_WORD = 32,
    LONGEST_CODE = 6,
    UNITS_BACK = 2, /* a bare number's figure stands at most so many stretches before it */
};

struct str money_stretch_text(const struct money_scan *scan, uint32_t stretch)
{
    return text_slice(scan->text, scan->stretches[stretch].span);
}

bool money_match_at(const struct money_rules *rules, struct matcher *matcher, struct str subject,
                    size_t at, bool is_bare, struct candidate *out)
{
    struct match match;

    for (size_t i = 0; i < rules->count; i++) {
        const struct money_rule *rule = &rules->rules[i];

        if (rule->is_after || rule->unit == UNIT_CAPTION ||
            (is_bare && rule->unit != UNIT_PREVIOUS))
            continue;
        if (pattern_find(matcher, rule->pattern, subject, at, &match) != PATTERN_FOUND ||
            match.end[0] == at || !money_rule_holds(rule, matcher, subject, at))
            continue;
        *out = (struct candidate){ .currency = NO_INDEX, .donor = NO_INDEX };
        if (!money_amount(&rules->words, rule, &match, subject, out))
            continue;
        out->span = (struct span){ (uint32_t)match.start[0], (uint32_t)match.end[0] };
        return true;
    }
    return false;
}

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

size_t money_word_end(struct str s, size_t at)
{
    while (at < s.len) {
        size_t size = 1;

        if (s.ptr[at] & 0x80) {
            if (!unicode_is_letter(unicode_at(s, at, &size)))
                break;
        } else if (!is_ascii_letter(s.ptr[at])) {
            break;
        }
        at += size;
    }
    return at;
}

static bool holds(const struct map *words, struct str word)
{
    char buffer[MONEY_LONGEST_NAME];

    return word.len <= LONGEST_WORD && map_find(words, money_lower(word, buffer), NULL);
}

/* "MUSD", "kEUR", "EUR": codes, alone or behind the letter of a scale. */
static bool is_code(struct str word)
{
    size_t first = word.len > 1 && word.ptr[0] == 'k' ? 1 : 0;

    for (size_t i = first; i < word.len; i++)
        if (word.ptr[i] < 'A' || word.ptr[i] > 'Z')
            return false;
    return word.len >= 3 && word.len <= LONGEST_CODE;
}

/* Does the character at S[AT] begin a sign of currency? Most of them stand in one block of
 * Unicode, U+20A0 to U+20CF, whose first byte is that of the dashes too. */
static bool begins_sign(const struct money_rules *rules, struct str s, size_t at)
{
    unsigned char c = (unsigned char)s.ptr[at];

    if (!rules->start_bytes[c])
        return false;
    return c != 0xE2 || (at + 1 < s.len && ((unsigned char)s.ptr[at + 1] == 0x82 ||
                                            (unsigned char)s.ptr[at + 1] == 0x83));
}

/* Can S hold a figure with a unit? */
static bool holds_unit(const struct money_rules *rules, struct str s)
{
    size_t at = 0;

    while (at < s.len) {
        size_t end, size = 1;

        if (begins_sign(rules, s, at))
            return true;
        end = money_word_end(s, at);
        if (end > at) {
            struct str word = str_slice(s, at, end);

            if (is_code(word) || holds(rules->triggers, word) ||
                map_find(rules->glued_units, word, NULL))
                return true;
            at = end;
        } else {
            if (s.ptr[at] & 0x80)
                unicode_at(s, at, &size);
            at += size;
        }
    }
    return false;
}

/* The end of the digits at S[AT] with all their groups: "2 500 000" is left as a whole, or its
 * last groups could be taken for a number. */
static size_t digits_end(struct str s, size_t at)
{
    while (at < s.len) {
        struct str rest = str_slice(s, at, s.len);
        bool is_group = rest.len > 3 && strchr(" .,'", rest.ptr[0]) && is_digit(rest.ptr[1]) &&
                        is_digit(rest.ptr[2]) && is_digit(rest.ptr[3]) &&
                        (rest.len == 4 || !is_digit(rest.ptr[4]));
        bool is_decimal = rest.len > 1 && strchr(".,", rest.ptr[0]) && is_digit(rest.ptr[1]);

        if (is_group)
            at += 4;
        else if (is_digit(rest.ptr[0]) || is_decimal)
            at++;
        else
            break;
    }
    return at;
}

static void add_candidate(struct money_scan *scan, struct candidate candidate)
{
    struct stretch *stretch = &scan->stretches[scan->stretch_count - 1];

    candidate.stretch = (uint32_t)(scan->stretch_count - 1);
    candidate.span.start += stretch->span.start;
    candidate.span.end += stretch->span.start;
    candidate.whole = candidate.span;
    *ARRAY_PUSH(scan->arena, scan->items, scan->count, scan->capacity) = candidate;
    stretch->count++;
}

/* Tries the rules at S[AT]: the end of what was found, or AT. */
static size_t try_at(struct money_scan *scan, struct str s, size_t at)
{
    struct candidate candidate;

    if (!money_match_at(scan->rules, scan->matcher, s, at, scan->is_bare, &candidate))
        return at;
    add_candidate(scan, candidate);
    return candidate.span.end;
}

/* The end of the address that begins with the word S[AT] to S[END], or END: a price inside an
 * address is nobody's. */
static size_t address_end(struct str s, size_t at, size_t end)
{
    struct str word = str_slice(s, at, end), rest = str_slice(s, end, s.len);
    bool       is_address = ((str_equal(word, STR("http")) || str_equal(word, STR("https"))) &&
                       str_starts_with(rest, STR("://"))) ||
                      (str_equal(word, STR("www")) && str_starts_with(rest, STR(".")));

    while (is_address && end < s.len && !strchr(" ()<>\"", s.ptr[end]))
        end++;
    return end;
}

static void scan_stretch(struct money_scan *scan, struct str s)
{
    size_t at = 0;
    bool   in_word = false; /* the character before belongs to a word or number */

    while (at < s.len) {
        char   c = s.ptr[at];
        size_t end = money_word_end(s, at), found;

        if (is_digit(c)) {
            found = in_word ? at : try_at(scan, s, at);
            in_word = found == at;
            at = found > at ? found : digits_end(s, at);
        } else if (end > at) {
            found = !in_word && holds(scan->rules->starters, str_slice(s, at, end))
                        ? try_at(scan, s, at)
                        : at;
            in_word = found == at;
            at = found > at ? found : address_end(s, at, end);
        } else {
            size_t size = 1;

            if (c & 0x80)
                unicode_at(s, at, &size);
            found = begins_sign(scan->rules, s, at) ? try_at(scan, s, at) : at;
            in_word = false;
            at = found > at ? found : at + size;
        }
    }
}

static void add_stretch(struct money_scan *scan, uint32_t start, uint32_t end, uint32_t block)
{
    struct str text;

    *ARRAY_PUSH(scan->arena, scan->stretches, scan->stretch_count, scan->stretch_capacity) =
        (struct stretch){ { start, end }, block, (uint32_t)scan->count, 0 };
    text = str_slice(scan->text->folded, start, end);
    scan->is_bare = !holds_unit(scan->rules, text);
    if (!scan->is_bare)
        scan->last_unit = scan->stretch_count;
    else if (scan->last_unit == 0 || scan->stretch_count - scan->last_unit > UNITS_BACK)
        return;
    scan_stretch(scan, text);
}

/* A word longer than a stretch is no prose, and holds no figure. */
static void scan_sentence(struct money_scan *scan, const struct sentence *sentence)
{
    struct str folded = scan->text->folded;
    uint32_t   start = sentence->span.start, end = sentence->span.end;

    while (end - start > LONGEST_STRETCH) {
        uint32_t cut = start + LONGEST_STRETCH;

        while (cut > start && folded.ptr[cut] != ' ')
            cut--;
        if (cut == start) {
            while (start < end && folded.ptr[start] != ' ')
                start++;
        } else {
            add_stretch(scan, start, cut, sentence->block);
            start = cut;
        }
        while (start < end && folded.ptr[start] == ' ')
            start++;
    }
    if (start < end)
        add_stretch(scan, start, end, sentence->block);
}

void money_scan_text(struct money_scan *scan)
{
    for (size_t i = 0; i < scan->text->sentence_count; i++)
        scan_sentence(scan, &scan->text->sentences[i]);
}
