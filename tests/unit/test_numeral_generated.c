/* test_numeral_generated.c - random numbers written in words, read back exactly: as numbers, and
 * as sums of money. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "aitrack/arena.h"
#include "aitrack/money.h"
#include "aitrack/numeral.h"
#include "aitrack/pattern.h"
#include "fixture.h"
#include "generated.h"

enum { CASES = 100000 };

static struct arena       *arena;
static struct money_rules *money;
static struct numerals    *numerals;
static struct text_rules  *layout;
static struct matcher     *matcher;

static bool load_data(const struct data_files *files, struct arena *in, struct error *err)
{
    matcher = matcher_new(in);
    return money_rules_load(files, in, &money, err) && numerals_load(files, in, &numerals, err) &&
           text_rules_load(files, in, &layout, err);
}

static int open_rules(void **state)
{
    (void)state;
    return fixture_open(&arena, load_data);
}

static int close_rules(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

/* ------------------------------------------------------------------ writing */

/* How one number is written. */
struct style {
    bool        has_seventy, has_eighty, has_ninety; /* septante, huitante, nonante */
    const char *eighty;
    const char *inner;        /* between the words of a number below 100 */
    const char *outer;        /* between all others */
    bool        has_hundreds; /* "quinze cents" */
    bool        has_half;     /* "un milliard et demi" */
};

static struct style random_style(struct chance *chance)
{
    static const char *const eighties[] = { "huitante", "octante" };
    static const char *const joints[][2] = {
        { "-", " " }, { "-", " " }, { "-", "-" }, { " ", " " }
    };
    const char *const *joint = CHANCE_PICK(chance, joints);
    bool               is_swiss = chance_once_in(chance, 4);

    return (struct style){
        .has_seventy = is_swiss,
        .has_eighty = is_swiss && chance_once_in(chance, 2),
        .has_ninety = is_swiss,
        .eighty = CHANCE_PICK(chance, eighties),
        .inner = joint[0],
        .outer = joint[1],
        .has_hundreds = chance_once_in(chance, 8),
        .has_half = chance_once_in(chance, 2),
    };
}

static const char *const small[] = { "zéro",  "un",     "deux",     "trois",  "quatre", "cinq",
                                     "six",   "sept",   "huit",     "neuf",   "dix",    "onze",
                                     "douze", "treize", "quatorze", "quinze", "seize" };
static const char *const tens[] = { "",          "dix",      "vingt",    "trente",   "quarante",
                                    "cinquante", "soixante", "septante", "huitante", "nonante" };

static void write_below_twenty(const struct style *style, int n, struct writing *out)
{
    if (n < (int)COUNT_OF(small)) {
        writing_add(out, small[n]);
        return;
    }
    writing_add(out, "dix");
    writing_add(out, style->inner);
    writing_add(out, small[n - 10]);
}

/* N is 1 to 99; IS_LAST: nothing follows that takes the s of "vingts". */
static void write_below_hundred(const struct style *style, int n, bool is_last, struct writing *out)
{
    bool is_plain = n < 70 || (n < 80 && style->has_seventy) ||
                    (n >= 80 && n < 90 && style->has_eighty) || (n >= 90 && style->has_ninety);
    int ten = is_plain ? n / 10 : (n / 20) * 2, rest = n - ten * 10;

    if (n < 20) {
        write_below_twenty(style, n, out);
        return;
    }
    if (ten == 8 && style->has_eighty) {
        writing_add(out, style->eighty);
    } else if (ten == 8) {
        writing_add(out, "quatre");
        writing_add(out, style->inner);
        writing_add(out, rest == 0 && is_last ? "vingts" : "vingt");
    } else {
        writing_add(out, tens[ten]);
    }
    if (rest == 0)
        return;
    writing_add(out, style->inner);
    if ((rest == 1 || rest == 11) && (ten != 8 || style->has_eighty)) {
        /* "vingt et un", since 1990 "vingt-et-un" */
        if (strcmp(style->outer, " ") == 0)
            out->len -= strlen(style->inner);
        writing_add(out, strcmp(style->outer, " ") == 0 ? " et " : "et-");
    }
    write_below_twenty(style, rest, out);
}

/* N is 1 to 999. */
static void write_below_thousand(const struct style *style, int n, bool is_last,
                                 struct writing *out)
{
    if (n >= 200) {
        writing_add(out, small[n / 100]);
        writing_add(out, style->outer);
    }
    if (n >= 100) {
        writing_add(out, n >= 200 && n % 100 == 0 && is_last ? "cents" : "cent");
        if (n % 100)
            writing_add(out, style->outer);
    }
    if (n % 100)
        write_below_hundred(style, n % 100, is_last, out);
}

/* N is 1 to 999,999. */
static void write_below_million(const struct style *style, int n, struct writing *out)
{
    int hundreds = n / 100;

    if (style->has_hundreds && hundreds > 10 && hundreds < 20) {
        write_below_twenty(style, hundreds, out);
        writing_add(out, style->outer);
        writing_add(out, n % 100 ? "cent" : "cents");
        if (n % 100)
            writing_add(out, style->outer);
        n %= 100;
        if (n)
            write_below_hundred(style, n, true, out);
        return;
    }
    if (n >= 2000) {
        write_below_thousand(style, n / 1000, false, out);
        writing_add(out, style->outer);
    }
    if (n >= 1000) {
        writing_add(out, "mille");
        if (n % 1000)
            writing_add(out, style->outer);
    }
    if (n % 1000)
        write_below_thousand(style, n % 1000, true, out);
}

static void write_scaled(const struct style *style, int n, const char *one, const char *many,
                         struct writing *out)
{
    if (out->len)
        writing_add(out, style->outer);
    write_below_million(style, n, out);
    writing_add(out, style->outer);
    writing_add(out, n == 1 ? one : many);
}

/* N is 1 to 10^12; true where "d'" must follow. */
static bool write_words(const struct style *style, int64_t n, struct writing *out)
{
    int  billions = (int)(n / 1000000000), millions = (int)(n / 1000000 % 1000);
    int  below = (int)(n % 1000000);
    bool is_half = false;

    if (billions)
        write_scaled(style, billions, "milliard", "milliards", out);
    if (billions && style->has_half && millions == 500 && below == 0)
        is_half = true;
    else if (millions)
        write_scaled(style, millions, "million", "millions", out);
    if (!is_half && millions && style->has_half && below == 500000)
        is_half = true;
    if (is_half) {
        writing_add(out, style->outer[0] == '-' ? "-et-demi" : " et demi");
    } else if (below) {
        if (out->len)
            writing_add(out, style->outer);
        write_below_million(style, below, out);
    }
    return is_half || below == 0;
}

/* -------------------------------------------------------------------- cases */

/* Numbers of all lengths, many of them round. */
static int64_t random_value(struct chance *chance)
{
    int     length = (int)chance_between(chance, 1, 12);
    int64_t least = 1, unit = 1, value;

    for (int i = 1; i < length; i++)
        least *= 10;
    for (int64_t i = chance_between(chance, 0, length); i > 1; i--)
        unit *= 10;
    if (chance_once_in(chance, 500))
        return 1000000000000;
    value = chance_between(chance, least, least * 10 - 1);
    if (chance_once_in(chance, 2))
        value -= value % unit;
    if (chance_once_in(chance, 20))
        value = value >= 2000000000 ? value / 1000000000 * 1000000000 + 500000000
                                    : value / 1000000 * 1000000 + 500000;
    return value ? value : 1;
}

static void test_words(void **state)
{
    struct generated generated = generated_begin(CASES);

    (void)state;
    for (uint64_t i = generated.first; i < generated.first + generated.count; i++) {
        struct chance  chance = chance_of(generated.seed, i);
        int64_t        value = random_value(&chance) % 1000000;
        struct style   style = random_style(&chance);
        struct writing writing = { .len = 0 };
        struct decimal got = { 0, 0 };

        value = value ? value : 1000;
        write_below_million(&style, (int)value, &writing);
        if (chance_once_in(&chance, 8))
            writing_capitals(&writing);
        if ((!numeral_parse(numerals, writing_str(&writing), chance_once_in(&chance, 2), &got) ||
             got.digits != value || got.decimals != 0) &&
            generated_failed(&generated, i))
            fprintf(stderr, "  %s\n  expected: %lld\n  found:    %lld\n", writing.text,
                    (long long)value, (long long)got.digits);
    }
    if (generated.failures)
        fail_msg("%llu of %llu cases", (unsigned long long)generated.failures,
                 (unsigned long long)generated.count);
}

static const char *const carriers[][2] = {
    { "Le plan coûtera ", "." },
    { "Il faut ", " pour finir le chantier." },
    { "Elle promet ", ", rien de plus." },
    { "", " : le prix est connu." },
};

static void test_money(void **state)
{
    struct generated generated = generated_begin(CASES);

    (void)state;
    for (uint64_t i = generated.first; i < generated.first + generated.count; i++) {
        struct arena_mark  mark = arena_mark(arena);
        struct chance      chance = chance_of(generated.seed + 1, i);
        int64_t            value = random_value(&chance);
        struct style       style = random_style(&chance);
        const char *const *carrier = CHANCE_PICK(&chance, carriers);
        struct writing     figure = { .len = 0 }, sentence = { .len = 0 };
        struct text        text;
        struct money_list  found;

        if (write_words(&style, value, &figure))
            writing_add(&figure, " d'euros");
        else
            writing_add(&figure, value == 1 ? " euro" : " euros");
        if (chance_once_in(&chance, 8))
            writing_capitals(&figure);
        writing_add(&sentence, carrier[0]);
        writing_add(&sentence, figure.text);
        writing_add(&sentence, carrier[1]);
        text_build(layout, matcher, writing_str(&sentence), STR(""), arena, &text);
        money_find(money, matcher, &text, (struct date){ 2025, 2, 9 }, "test.txt", arena, &found);
        if ((found.count != 1 || found.items[0].money.amount.digits != value ||
             found.items[0].money.amount.decimals != 0 ||
             !decimal_is_zero(found.items[0].money.amount_max) ||
             found.items[0].money.bound != BOUND_EXACT ||
             strcmp(found.items[0].money.currency, "EUR") != 0 ||
             !str_equal(text_slice(&text, found.items[0].span), writing_str(&figure))) &&
            generated_failed(&generated, i)) {
            fprintf(stderr, "  %s\n  expected: %lld\n", sentence.text, (long long)value);
            for (size_t k = 0; k < found.count; k++) {
                char amount[DECIMAL_TEXT];

                decimal_format(found.items[k].money.amount, amount);
                fprintf(stderr, "  found:    %.*s=%s (%.*s)\n",
                        STR_ARGS(text_slice(&text, found.items[k].span)), amount,
                        STR_ARGS(found.items[k].rule));
            }
        }
        arena_rewind(arena, mark);
    }
    if (generated.failures)
        fail_msg("%llu of %llu cases", (unsigned long long)generated.failures,
                 (unsigned long long)generated.count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_money),
    };

    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
