/* money_format.c - figures as users write them, and as the ledger shows them. */
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/strbuf.h"
#include "money_internal.h"

enum { LONGEST_QUERY = 200, SHOWN_DECIMALS = 2 };

/* ------------------------------------------------------------------ parsing */

/* One spelling for blanks and apostrophes, as fold.c has it; false where TEXT is too long. */
static bool fold(struct str text, char out[LONGEST_QUERY], size_t *len)
{
    static const struct {
        struct str from;
        char       to;
    } spellings[] = {
        { { "\xC2\xA0", 2 }, ' ' },     { { "\xE2\x80\xAF", 3 }, ' ' },
        { { "\xE2\x80\x89", 3 }, ' ' }, { { "\xE2\x80\x99", 3 }, '\'' },
        { { "\t", 1 }, ' ' },
    };

    *len = 0;
    for (size_t i = 0; i < text.len;) {
        struct str rest = str_slice(text, i, text.len);
        size_t     s = 0;

        if (*len == LONGEST_QUERY)
            return false;
        while (s < COUNT_OF(spellings) && !str_starts_with(rest, spellings[s].from))
            s++;
        if (s < COUNT_OF(spellings)) {
            out[(*len)++] = spellings[s].to;
            i += spellings[s].from.len;
        } else {
            out[(*len)++] = text.ptr[i++];
        }
    }
    return true;
}

/* "1e9", "2.5e6": how programs write large numbers. */
static bool parse_exponent(struct str text, struct decimal *out)
{
    size_t  at = str_find_char(text, 'e', 0);
    int64_t power;

    if (at == STR_NONE)
        at = str_find_char(text, 'E', 0);
    return at != STR_NONE && decimal_parse(str_slice(text, 0, at), out) &&
           str_to_int64(str_slice(text, at + 1, text.len), &power) && power >= -9 && power <= 18 &&
           decimal_scale(*out, (int)power, out);
}

/* A number with or without a scale, and no currency: "250 000", "100Md". */
static bool parse_bare(const struct money_rules *rules, struct str text, struct money *out)
{
    if (parse_exponent(text, &out->amount))
        return true;
    for (size_t len = text.len; len > 0; len--) {
        struct str     unit = str_trim(str_slice(text, len, text.len));
        struct decimal number;
        int            power;

        if (!numeral_parse(rules->words.numerals, str_trim(str_slice(text, 0, len)), unit.len > 0,
                           &number))
            continue;
        if (unit.len == 0) {
            out->amount = number;
            return true;
        }
        if (money_scale_power(&rules->words, unit, &power))
            return decimal_scale(number, power, &out->amount);
    }
    return false;
}

/* All of TEXT as a figure that begins at AT, behind words of bound. */
static bool parse_figure(const struct money_rules *rules, struct matcher *matcher, struct str text,
                         size_t at, struct money *out)
{
    struct candidate found;
    int              currency;

    if (!money_match_at(rules, matcher, text, at, false, &found) || found.is_elliptic ||
        found.is_overflow)
        return false;
    found.whole = found.span;
    money_find_bound(&rules->words, matcher, text, 0, &found);
    if (found.whole.start != 0 || found.whole.end != text.len)
        return false;
    *out = (struct money){ .amount = found.low, .bound = found.bound };
    if (found.is_range)
        out->amount_max = found.high;
    if (found.meaning) {
        currency = found.meaning->items[0];
        memcpy(out->currency, rules->words.currencies[currency].code, sizeof out->currency);
    }
    return true;
}

bool money_parse(const struct money_rules *rules, struct matcher *matcher, struct str text,
                 struct money *out, struct error *err)
{
    char         buffer[LONGEST_QUERY];
    struct str   folded = { buffer, 0 };
    struct money money = { 0 };

    if (!fold(text, buffer, &folded.len))
        return error_set(err, ERROR_USAGE, "too long for an amount");
    folded = str_trim(folded);
    if (folded.len == 0)
        return error_set(err, ERROR_USAGE, "no amount");
    if (parse_bare(rules, folded, &money)) {
        *out = money;
        return true;
    }
    /* Words of bound may stand before the figure, so it need not begin the text. */
    for (size_t at = 0; at < folded.len; at++)
        if (((unsigned char)folded.ptr[at] & 0xC0) != 0x80 &&
            (at == 0 || folded.ptr[at - 1] == ' ' || folded.ptr[at - 1] == '\'' ||
             folded.ptr[at - 1] == '>' || folded.ptr[at - 1] == '<') &&
            parse_figure(rules, matcher, folded, at, &money)) {
            *out = money;
            return true;
        }
    return error_set(err, ERROR_USAGE, "'%.*s' is no amount of money", STR_ARGS(text));
}

/* --------------------------------------------------------------- formatting */

/* "109", "2,5", "1 400": comma, groups of three; MIN_DECIMALS are shown at least. */
static void add_number(struct strbuf *out, struct decimal number, size_t min_decimals)
{
    char       text[DECIMAL_TEXT];
    struct str plain, whole, decimals = STR("");
    size_t     point;

    decimal_format(number, text);
    plain = str_from(text);
    point = str_find_char(plain, '.', 0);
    whole = str_slice(plain, 0, point == STR_NONE ? plain.len : point);
    if (point != STR_NONE)
        decimals = str_slice(plain, point + 1, plain.len);
    for (size_t i = 0; i < whole.len; i++) {
        if (i && (whole.len - i) % 3 == 0)
            strbuf_add_char(out, ' ');
        strbuf_add_char(out, whole.ptr[i]);
    }
    if (decimals.len == 0)
        return;
    strbuf_add_char(out, ',');
    strbuf_add(out, decimals);
    for (size_t i = decimals.len; i < min_decimals; i++)
        strbuf_add_char(out, '0');
}

/* Can NUMBER be shown in units of 10^POWER with few decimals? Thousands are shown as such from
 * ten thousand on, and only round ones: "45 k", "1 500". */
static bool is_short(struct decimal number, int power)
{
    struct decimal scaled;

    return decimal_scale(number, -power, &scaled) && scaled.decimals <= SHOWN_DECIMALS &&
           (power > 3 || (scaled.decimals == 0 && scaled.digits >= 10));
}

static bool fits(const struct money *money, int power)
{
    bool           is_range = !decimal_is_zero(money->amount_max);
    struct decimal largest = is_range ? money->amount_max : money->amount, unit;

    return decimal_scale((struct decimal){ 1, 0 }, power, &unit) &&
           decimal_compare(largest, unit) >= 0 && is_short(largest, power) &&
           is_short(money->amount, power);
}

/* The scale of words.shown, largest first, in which MONEY is short; its number of scales where
 * it is shown in full. */
static size_t scale_of(const struct money_words *words, const struct money *money)
{
    size_t i = 0;

    while (i < words->shown_count && !fits(money, words->shown[i].power))
        i++;
    return i;
}

static int power_of(const struct money_words *words, size_t scale)
{
    return scale < words->shown_count ? words->shown[scale].power : 0;
}

static void add_scaled(const struct money_words *words, struct strbuf *out, struct decimal number,
                       size_t scale)
{
    int            power = power_of(words, scale);
    struct decimal shown = number;

    (void)decimal_scale(number, -power, &shown);
    add_number(out, shown, power ? 0 : SHOWN_DECIMALS);
}

static void add_scale(const struct money_words *words, struct strbuf *out, size_t scale)
{
    if (scale == words->shown_count)
        return;
    strbuf_add_char(out, ' ');
    strbuf_add(out, words->shown[scale].name);
}

/* The currency's sign; a sign of letters stands apart: "610 M CAD", "109 Md€". */
static void add_sign(const struct money_words *words, struct strbuf *out, const struct money *money)
{
    struct str sign = str_from(money->currency);

    for (size_t i = 0; i < words->currency_count; i++)
        if (strcmp(words->currencies[i].code, money->currency) == 0)
            sign = words->currencies[i].sign;
    if (sign.len && ((sign.ptr[0] >= 'A' && sign.ptr[0] <= 'Z') ||
                     (out->len && out->ptr[out->len - 1] >= '0' && out->ptr[out->len - 1] <= '9')))
        strbuf_add_char(out, ' ');
    strbuf_add(out, sign);
}

/* The amount of a vague figure is twice its unit: "plusieurs Md€", "plusieurs 10 M€". */
static void add_vague(const struct money_words *words, struct strbuf *out,
                      const struct money *money)
{
    static const struct decimal half = { 5, 1 };
    struct money                unit = { .amount = money->amount };
    struct decimal              shown;
    size_t                      scale;

    (void)decimal_multiply(money->amount, half, &unit.amount);
    scale = scale_of(words, &unit);
    shown = unit.amount;
    (void)decimal_scale(unit.amount, -power_of(words, scale), &shown);
    if (shown.digits != 1 || shown.decimals != 0) {
        strbuf_add_char(out, ' ');
        add_number(out, shown, 0);
    }
    add_scale(words, out, scale);
}

struct str money_format(const struct money_rules *rules, const struct money *money,
                        struct arena *arena)
{
    const struct money_words *words = &rules->words;
    struct strbuf             out = strbuf_in(arena);
    size_t                    scale = scale_of(words, money);

    strbuf_add(&out, words->format[money->bound]);
    if (money->bound == BOUND_VAGUE) {
        add_vague(words, &out, money);
    } else {
        if (out.len)
            strbuf_add_char(&out, ' ');
        add_scaled(words, &out, money->amount, scale);
        if (!decimal_is_zero(money->amount_max)) {
            strbuf_add(&out, STR("\xE2\x80\x93"));
            add_scaled(words, &out, money->amount_max, scale);
        }
        add_scale(words, &out, scale);
    }
    add_sign(words, &out, money);
    return strbuf_str(&out);
}
