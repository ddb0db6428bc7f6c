/* date_expression.c - what a match of a date rule says: numbers and words to values. */
#include "date_internal.h"

#include "aitrack/map.h"
#include "aitrack/numeral.h"

#define TWO_DIGIT_PIVOT 70 /* "68" is 2068, "75" is 1975 */
#define HIGHEST_COUNT 999  /* of days, months or years */
#define LEAP_YEAR 2024     /* stands for an unknown year: 29 February may exist */

struct str date_lower(struct str word, char buffer[DATE_WORD])
{
    size_t len = word.len < DATE_WORD ? word.len : DATE_WORD;

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)word.ptr[i];

        bool is_ascii_capital = c >= 'A' && c <= 'Z';
        bool is_latin_capital = /* U+00C0..U+00DE */
            i > 0 && (unsigned char)word.ptr[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E;

        buffer[i] = (char)(is_ascii_capital || is_latin_capital ? c + 0x20 : c);
    }
    return (struct str){ buffer, len };
}

/* The bytes of a sign at TEXT[at], 0 where a letter or digit stands. Of what is not ASCII,
 * U+0080..U+00BF and U+2000..U+2FFF are signs. */
static size_t sign_length(struct str text, size_t at)
{
    unsigned char c = (unsigned char)text.ptr[at];

    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return 0;
    if (c < 0x80)
        return 1;
    return c == 0xC2 ? 2 : c == 0xE2 ? 3 : 0;
}

bool date_next_word(struct str *rest, struct str *word)
{
    size_t start = 0, end, size;

    while (start < rest->len && (size = sign_length(*rest, start)) > 0)
        start += size;
    if (start >= rest->len)
        return false;
    end = start;
    while (end < rest->len && sign_length(*rest, end) == 0)
        end++;
    *word = str_slice(*rest, start, end);
    *rest = str_slice(*rest, end, rest->len);
    return true;
}

static struct str captured(const struct date_rule *rule, const struct match *match,
                           struct str subject, enum date_capture capture)
{
    int group = rule->groups[capture];

    return group < 0 ? STR("") : match_text(match, subject, group);
}

/* False where TEXT is told and in no lexicon. */
static bool look_up(const struct date_lexicon *lexicon, struct str text, uint32_t *out)
{
    char buffer[DATE_WORD];

    return map_find(lexicon->values, date_lower(text, buffer), out);
}

/* Digits, or a word of LEXICON; 0 where TEXT is empty. */
static bool read_value(const struct date_lexicon *lexicon, struct str text, int *out)
{
    int64_t  number;
    uint32_t value;

    if (text.len == 0) {
        *out = 0;
        return true;
    }
    if (text.len <= 4 && str_to_int64(text, &number) && number > 0) {
        *out = (int)number;
        return true;
    }
    if (!lexicon || !look_up(lexicon, text, &value))
        return false;
    *out = (int)value;
    return true;
}

/* A count of units; 0 where TEXT is empty. */
static bool read_number(const struct date_rules *rules, struct str text, int *out)
{
    struct decimal number;

    *out = 0;
    if (text.len == 0)
        return true;
    if (!numeral_parse(rules->numerals, text, false, &number) || number.decimals != 0 ||
        number.digits < 1 || number.digits > HIGHEST_COUNT)
        return false;
    *out = (int)number.digits;
    return true;
}

static bool read_year(struct str text, int *out)
{
    if (!read_value(NULL, text, out))
        return text.len == 2 && str_equal(text, STR("00")) ? (*out = 2000) > 0 : false;
    if (text.len == 2)
        *out += *out < TWO_DIGIT_PIVOT ? 2000 : 1900;
    return true;
}

static bool read_part(const struct date_rules *rules, struct str text, const struct date_part **out)
{
    uint32_t index;

    *out = NULL;
    if (text.len == 0)
        return true;
    if (!look_up(&rules->parts, text, &index))
        return false;
    *out = &rules->part_items[index];
    return true;
}

static bool read_unit(const struct date_rules *rules, struct str text, const struct date_unit **out)
{
    uint32_t index;

    *out = NULL;
    if (text.len == 0)
        return true;
    if (!look_up(&rules->nouns, text, &index) && !look_up(&rules->adjectives, text, &index))
        return false;
    *out = &rules->unit_items[index];
    return true;
}

static bool read_event(const struct date_rules *rules, struct str text, uint32_t *out)
{
    *out = UINT32_MAX;
    return text.len == 0 || look_up(&rules->events, text, out);
}

static bool day_fits(int year, int month, int day)
{
    if (day > 31 || month > 12)
        return false;
    return month == 0 || date_exists(year ? year : LEAP_YEAR, month, day);
}

/* Years as ends of a range: "2025-2029", but not "2025-2012". */
static bool range_fits(const struct date_expression *e)
{
    if (e->rule->gives != GIVES_BETWEEN || !e->year || !e->year2)
        return true;
    return e->year < e->year2 || (e->year == e->year2 && (e->month2 || e->part2));
}

bool date_expression_read(const struct date_rules *rules, const struct date_rule *rule,
                          const struct match *match, struct str subject,
                          struct date_expression *out)
{
#define CAPTURED(capture) captured(rule, match, subject, (capture))
    struct date_expression e = { .rule = rule, .sentence = UINT32_MAX };

    e.span = (struct span){ (uint32_t)match->start[0], (uint32_t)match->end[0] };
    if (!read_value(NULL, CAPTURED(CAPTURE_DAY), &e.day) ||
        !read_value(NULL, CAPTURED(CAPTURE_DAY2), &e.day2) ||
        !read_value(&rules->months, CAPTURED(CAPTURE_MONTH), &e.month) ||
        !read_value(&rules->months, CAPTURED(CAPTURE_MONTH2), &e.month2) ||
        !read_year(CAPTURED(CAPTURE_YEAR), &e.year) ||
        !read_year(CAPTURED(CAPTURE_YEAR2), &e.year2) ||
        !read_value(&rules->weekdays, CAPTURED(CAPTURE_WEEKDAY), &e.weekday) ||
        !read_part(rules, CAPTURED(CAPTURE_PART), &e.part) ||
        !read_part(rules, CAPTURED(CAPTURE_PART2), &e.part2) ||
        !read_number(rules, CAPTURED(CAPTURE_NUMBER), &e.number) ||
        !read_unit(rules, CAPTURED(CAPTURE_UNIT), &e.unit) ||
        !read_event(rules, CAPTURED(CAPTURE_EVENT), &e.event))
        return false;
#undef CAPTURED
    e.has_half = captured(rule, match, subject, CAPTURE_HALF).len > 0;
    if (!day_fits(e.year, e.month, e.day) || !day_fits(e.year2, e.month2, e.day2) ||
        !range_fits(&e))
        return false;
    *out = e;
    return true;
}
