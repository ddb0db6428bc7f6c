/* money_amount.c - one match of a rule -> its amounts. */
#include <string.h>

#include "aitrack/map.h"
#include "money_internal.h"

struct str money_lower(struct str text, char buffer[MONEY_LONGEST_NAME])
{
    size_t len = text.len < MONEY_LONGEST_NAME ? text.len : MONEY_LONGEST_NAME;

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];

        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c - 'A' + 'a');
        else if (i && (unsigned char)text.ptr[i - 1] == 0xC3 && c >= 0x80 && c < 0x9F)
            c = (unsigned char)(c + 0x20); /* U+00C0..U+00DE -> U+00E0..U+00FE */
        buffer[i] = (char)c;
    }
    return (struct str){ buffer, len };
}

const struct meaning *money_meaning(const struct money_words *words, struct str text)
{
    char     buffer[MONEY_LONGEST_NAME];
    uint32_t index;

    if (map_find(words->signs, text, &index) ||
        map_find(words->names, money_lower(text, buffer), &index))
        return &words->meanings[index];
    return NULL;
}

static const struct scale *find_scale(const struct money_words *words, struct str text)
{
    char     buffer[MONEY_LONGEST_NAME];
    uint32_t index;

    if (text.len && (map_find(words->scale_exact, text, &index) ||
                     map_find(words->scale_lower, money_lower(text, buffer), &index)))
        return &words->scales[index];
    return NULL;
}

/* The texts of the groups of one match. */
struct groups {
    const struct money_words *words;
    struct str                text[GROUP_COUNT];
};

static bool has(const struct groups *groups, enum money_group group)
{
    return groups->text[group].len > 0;
}

static const struct scale *scale_of(const struct groups *groups, enum money_group first,
                                    enum money_group second)
{
    return find_scale(groups->words,
                      has(groups, first) ? groups->text[first] : groups->text[second]);
}

static bool word_value(const struct groups *groups, enum money_group group, enum numeral_kind kind,
                       struct decimal *out)
{
    return numerals_word(groups->words->numerals, groups->text[group], kind, out);
}

static const struct decimal half = { 5, 1 };

/* The number before its scale: "2", "deux et demi", "une vingtaine", "trois quarts", "des
 * dizaines". False where it is none or too large. */
static bool low_number(const struct groups *groups, bool is_scaled, struct decimal *out)
{
    static const struct decimal one = { 1, 0 };
    struct decimal              number = one, factor;

    if (has(groups, GROUP_VAGUE)) {
        if (!word_value(groups, GROUP_VAGUE, NUMERAL_VAGUE, &number))
            return false;
    } else if (has(groups, GROUP_NUMBER) &&
               !numeral_parse(groups->words->numerals, groups->text[GROUP_NUMBER], is_scaled,
                              &number)) {
        return false;
    }
    if (has(groups, GROUP_HALF) && !has(groups, GROUP_TAIL) && !decimal_add(number, half, &number))
        return false;
    if (has(groups, GROUP_FRACTION) &&
        (!word_value(groups, GROUP_FRACTION, NUMERAL_FRACTION, &factor) ||
         !decimal_multiply(number, factor, &number)))
        return false;
    if (has(groups, GROUP_COLLECTIVE) &&
        (!word_value(groups, GROUP_COLLECTIVE, NUMERAL_COLLECTIVE, &factor) ||
         !decimal_multiply(number, factor, &number)))
        return false;
    *out = number;
    return true;
}

/* Adds the number behind the last scale: "un million un euros". False where it is not smaller
 * than that scale. */
static bool add_rest(const struct groups *groups, int power, struct decimal *amount)
{
    struct decimal rest, limit = { 1, 0 };

    return numeral_parse(groups->words->numerals, groups->text[GROUP_REST], false, &rest) &&
           decimal_scale(limit, power, &limit) && decimal_compare(rest, limit) < 0 &&
           decimal_add(*amount, rest, amount);
}

/* Adds what a second number says: "un milliard deux" (tenths), "deux millions cinq cent mille",
 * "2 milliards 500 millions", "un milliard trois millions et demi", "2 euros 50". False where it is not smaller than the scale. */
static bool add_tail(const struct groups *groups, int power, struct decimal *amount)
{
    const struct scale *scale = find_scale(groups->words, groups->text[GROUP_TAIL_SCALE]);
    struct decimal      tail;

    if (has(groups, GROUP_CENTS))
        return decimal_parse(groups->text[GROUP_CENTS], &tail) && decimal_scale(tail, -2, &tail) &&
               decimal_add(*amount, tail, amount);
    if (has(groups, GROUP_TAIL)) {
        if (!numeral_parse(groups->words->numerals, groups->text[GROUP_TAIL], scale != NULL,
                           &tail) ||
            (has(groups, GROUP_HALF) && !decimal_add(tail, half, &tail)))
            return false;
        if (scale) {
            if (scale->power >= power || !decimal_scale(tail, scale->power, &tail))
                return false;
            power = scale->power;
        } else if (tail.decimals == 0 && tail.digits < 10 &&
                   !decimal_scale(tail, power - 1, &tail)) {
            return false;
        }
        if (!decimal_add(*amount, tail, amount))
            return false;
    }
    return !has(groups, GROUP_REST) || add_rest(groups, power, amount);
}

static int power_of(const struct scale *scale, bool is_prefixed)
{
    if (!scale)
        return 0;
    return is_prefixed ? scale->prefixed : scale->power;
}

static const struct meaning *meaning_of(const struct groups *groups)
{
    static const enum money_group order[] = { GROUP_CURRENCY, GROUP_SIGN, GROUP_CURRENCY_TO };
    uint32_t                      index;
    char                          buffer[MONEY_LONGEST_NAME];

    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (has(groups, order[i]))
            return money_meaning(groups->words, str_trim(groups->text[order[i]]));
    if (has(groups, GROUP_SUBUNIT) &&
        map_find(groups->words->subunits, money_lower(groups->text[GROUP_SUBUNIT], buffer), &index))
        return &groups->words->meanings[index];
    return NULL;
}

/* The power of a low end without unit of its own: the high end's, as a rule. In "500 000 à 1
 * million" it is a full amount, in "800 à 1,2 milliard" millions, in "5 à 10 000" thousands; in
 * "4,80 à 12 000" and "5 à 2 000 000" it is what it says. */
static int low_power(struct decimal low, struct decimal high, int power)
{
    static const struct decimal full = { 10000, 0 }, thousand = { 1000, 0 },
                                million = { 1000000, 0 };
    struct decimal scaled;

    if (power == 0)
        return high.decimals == 0 && high.digits % 1000 == 0 && low.decimals == 0 &&
                       decimal_compare(high, million) < 0 && decimal_compare(low, thousand) < 0 &&
                       decimal_scale(low, 3, &scaled) && decimal_compare(scaled, high) < 0
                   ? 3
                   : 0;
    if (decimal_scale(low, power, &scaled) && decimal_compare(scaled, high) < 0)
        return power;
    if (decimal_compare(low, full) >= 0)
        return 0;
    return decimal_compare(low, thousand) < 0 ? power - 3 : power;
}

/* "cinq ou six cents millions", "deux à trois cent mille euros": written out, a hundred and a
 * thousand of the high end belong to both numbers. Raises LOW. */
static void share_hundred(const struct groups *groups, struct decimal *low)
{
    static const uint32_t shared[] = { 100000, 1000, 100 };
    struct decimal        high;

    if (low->decimals != 0 || low->digits >= 1000 || groups->text[GROUP_NUMBER].ptr[0] <= '9' ||
        has(groups, GROUP_SCALE) || has(groups, GROUP_ALONE) || has(groups, GROUP_CURRENCY) ||
        !numeral_parse(groups->words->numerals, groups->text[GROUP_NUMBER_TO], true, &high) ||
        high.decimals != 0)
        return;
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        if (high.digits % shared[i] == 0 && low->digits * shared[i] < high.digits &&
            high.digits < shared[i] * (shared[i] == 1000 ? 1000 : 10)) {
            low->digits *= shared[i];
            return;
        }
}

/* Reads the numbers and scales of both ends; false where one is too large. */
static bool read_ends(const struct groups *groups, struct candidate *out)
{
    const struct scale *scale = scale_of(groups, GROUP_SCALE, GROUP_ALONE);
    const struct scale *scale_to = scale_of(groups, GROUP_SCALE_TO, GROUP_ALONE_TO);
    int                 power = power_of(scale, out->is_prefixed), power_low = power;

    out->is_scaled = scale || scale_to;
    if (!low_number(groups, out->is_scaled || out->is_elliptic, &out->low))
        return false;
    if (has(groups, GROUP_SCALE_BY))
        power = power_low +=
            power_of(find_scale(groups->words, groups->text[GROUP_SCALE_BY]), false);
    if (has(groups, GROUP_SUBUNIT))
        power = power_low = -2;
    if (out->is_range) {
        power = power_of(scale_to, out->is_prefixed);
        if (!numeral_parse(groups->words->numerals, groups->text[GROUP_NUMBER_TO], scale_to != NULL,
                           &out->high) ||
            !decimal_scale(out->high, power, &out->high))
            return false;
        share_hundred(groups, &out->low);
        if (!scale && !has(groups, GROUP_CURRENCY) && !out->is_elliptic)
            power_low = low_power(out->low, out->high, power);
    }
    out->power = power;
    return decimal_scale(out->low, power_low, &out->low) && add_tail(groups, power, &out->low);
}

/* A single letter right behind a digit belongs to a name: "2F Conseil". */
static bool is_glued_letter(const struct groups *groups, struct str subject)
{
    struct str sign = groups->text[GROUP_CURRENCY];

    return sign.len == 1 && sign.ptr[0] >= 'A' && sign.ptr > subject.ptr && sign.ptr[-1] >= '0' &&
           sign.ptr[-1] <= '9';
}

/* Words that make no number are no number; digits are one that does not fit, or a tail that does
 * not belong to them. */
static bool is_too_large(const struct groups *groups)
{
    struct str     number = groups->text[GROUP_NUMBER];
    struct decimal value;

    if (number.len == 0 || number.ptr[0] > '9')
        return false;
    return (!has(groups, GROUP_TAIL) && !has(groups, GROUP_REST)) ||
           !numeral_parse(groups->words->numerals, number, true, &value);
}

bool money_amount(const struct money_words *words, const struct money_rule *rule,
                  const struct match *match, struct str subject, struct candidate *out)
{
    struct groups groups = { .words = words };

    for (int g = 0; g < GROUP_COUNT; g++)
        groups.text[g] = money_group_text(rule, match, subject, (enum money_group)g);
    out->rule = rule;
    out->bound = rule->bound;
    out->is_elliptic = rule->unit != UNIT_OWN;
    out->is_prefixed = has(&groups, GROUP_SIGN);
    out->is_subunit = has(&groups, GROUP_SUBUNIT);
    out->is_range = has(&groups, GROUP_NUMBER_TO);
    if (out->is_range && out->bound == BOUND_EXACT)
        out->bound = BOUND_RANGE;
    out->meaning = meaning_of(&groups);
    if (is_glued_letter(&groups, subject))
        return false;
    out->is_letter = groups.text[GROUP_CURRENCY].len == 1 &&
                     !(groups.text[GROUP_CURRENCY].ptr[0] & 0x80) &&
                     groups.text[GROUP_CURRENCY].ptr[0] >= 'A';
    if (!read_ends(&groups, out)) {
        out->is_overflow = is_too_large(&groups);
        return out->is_overflow;
    }
    if (decimal_is_zero(out->low) && !out->is_range)
        return false;
    return !out->is_range || decimal_compare(out->low, out->high) < 0;
}

void money_amount_scale(struct candidate *candidate, int power)
{
    candidate->power = power;
    candidate->is_overflow =
        !decimal_scale(candidate->low, power, &candidate->low) ||
        (candidate->is_range && !decimal_scale(candidate->high, power, &candidate->high));
}

bool money_scale_power(const struct money_words *words, struct str text, int *power)
{
    const struct scale *scale = find_scale(words, text);

    if (scale)
        *power = scale->power;
    return scale != NULL;
}
