/* test_money_generated.c - random amounts in every notation of the press, each in a sentence of
 * its own, read back exactly; and numbers that are too large. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "aitrack/arena.h"
#include "aitrack/diag.h"
#include "aitrack/money.h"
#include "aitrack/pattern.h"
#include "fixture.h"
#include "generated.h"

enum { CASES = 100000 };

static struct arena       *arena;
static struct money_rules *money;
static struct text_rules  *layout;
static struct matcher     *matcher;

static bool load_data(const struct data_files *files, struct arena *in, struct error *err)
{
    matcher = matcher_new(in);
    return money_rules_load(files, in, &money, err) && text_rules_load(files, in, &layout, err);
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

/* ------------------------------------------------------------------ numbers */

/* digits / 10^decimals, written in one of the ways. */
struct number {
    int64_t        digits;
    int            decimals;
    struct writing writing;
};

static struct decimal value_of(const struct number *number, int power)
{
    struct decimal out = { number->digits, 0 };
    int            decimals = number->decimals;

    for (; power > 0 && decimals > 0; power--)
        decimals--;
    for (; power > 0; power--)
        out.digits *= 10;
    for (; decimals > 0 && out.digits % 10 == 0; decimals--)
        out.digits /= 10;
    out.decimals = (uint8_t)decimals;
    return out;
}

static int64_t power_of_ten(int exponent)
{
    int64_t out = 1;

    while (exponent-- > 0)
        out *= 10;
    return out;
}

/* WHOLE with SEPARATOR between its groups of three. */
static void write_groups(struct writing *writing, int64_t whole, const char *separator)
{
    char piece[24];

    if (whole < 1000) {
        snprintf(piece, sizeof piece, "%d", (int)whole);
    } else {
        write_groups(writing, whole / 1000, separator);
        writing_add(writing, separator);
        snprintf(piece, sizeof piece, "%03d", (int)(whole % 1000));
    }
    writing_add(writing, piece);
}

/* A separator between thousands, and the decimal mark that goes with it. */
struct notation {
    const char *separator, *mark;
};
static const struct notation notations[] = {
    { " ", "," },
    { "\xC2\xA0", "," },
    { "\xE2\x80\xAF", "," },
    { "\xE2\x80\x89", "," },
    { ".", "," },
    { "", "," },
    { "", "." },
    { "'", "." },
    { " ", "." },
};

/* A number of WHOLE and DECIMALS digits behind the mark in NOTATION. Three decimals behind a
 * point, or behind a comma where no scale follows, may be thousands: these are not written. */
static void write_number(struct chance *chance, struct notation notation, int64_t whole,
                         int decimals, struct number *out)
{
    *out = (struct number){ .digits = whole, .decimals = decimals };
    write_groups(&out->writing, whole, notation.separator);
    if (decimals) {
        int64_t part = chance_between(chance, 0, power_of_ten(decimals) - 1);
        char    piece[16];

        snprintf(piece, sizeof piece, "%s%0*d", notation.mark, decimals, (int)part);
        writing_add(&out->writing, piece);
        out->digits = whole * power_of_ten(decimals) + part;
    }
}

/* The numbers before a scale are small as a rule. */
static void random_number(struct chance *chance, struct notation notation, int power,
                          struct number *out)
{
    static const int sizes_alone[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12 };
    static const int sizes_scaled[] = { 1, 1, 2, 2, 3, 3, 4, 5 };
    int     size = power ? CHANCE_PICK(chance, sizes_scaled) : CHANCE_PICK(chance, sizes_alone);
    int     decimals = 0;
    int64_t whole = chance_between(chance, power_of_ten(size - 1), power_of_ten(size) - 1);

    if (chance_once_in(chance, power ? 2 : 4))
        decimals = (int)chance_between(chance, 1, power && notation.mark[0] == ',' ? 3 : 2);
    if (power == 0 && decimals)
        decimals = 2;
    if (decimals && chance_once_in(chance, 10))
        whole = 0;
    write_number(chance, notation, whole, decimals, out);
    if (out->digits == 0)
        write_number(chance, notation, 1, 0, out);
}

static bool is_below(const struct number *a, int power_a, const struct number *b, int power_b)
{
    return decimal_compare(value_of(a, power_a), value_of(b, power_b)) < 0;
}

/* -------------------------------------------------------------------- units */

struct currency {
    const char *code;
    const char *one, *many; /* "dollar", "dollars" */
    const char *sign;       /* behind and in front */
};
static const struct currency currencies[] = {
    { "EUR", "euro", "euros", "€" },
    { "EUR", "euro", "euros", "€" },
    { "EUR", "euro", "euros", "EUR" },
    { "USD", "dollar", "dollars", "$" },
    { "USD", "dollar américain", "dollars américains", "USD" },
    { "USD", "dollar", "dollars", "US$" },
    { "GBP", "livre sterling", "livres sterling", "£" },
    { "CHF", "franc suisse", "francs suisses", "CHF" },
    { "CAD", "dollar canadien", "dollars canadiens", "CAD" },
    { "JPY", "yen", "yens", "JPY" },
    { "CNY", "yuan", "yuans", "CNY" },
    { "SEK", "couronne suédoise", "couronnes suédoises", "SEK" },
    { "XOF", "franc CFA", "francs CFA", "FCFA" },
    { "MGA", "ariary", "ariarys", "MGA" },
    { "INR", "roupie indienne", "roupies indiennes", "INR" },
};

struct scale {
    int         power;
    const char *one, *many; /* NULL: an abbreviation */
    const char *abbreviation;
};
static const struct scale scales[] = {
    { 3, "millier", "milliers", NULL },
    { 6, "million", "millions", NULL },
    { 6, "million", "millions", NULL },
    { 9, "milliard", "milliards", NULL },
    { 9, "milliard", "milliards", NULL },
    { 3, NULL, NULL, "k" },
    { 3, NULL, NULL, "K" },
    { 6, NULL, NULL, "M" },
    { 6, NULL, NULL, "M" },
    { 6, NULL, NULL, "mio" },
    { 6, NULL, NULL, "Mio" },
    { 9, NULL, NULL, "Md" },
    { 9, NULL, NULL, "Mds" },
    { 9, NULL, NULL, "Mrd" },
};
/* What may stand behind a number whose currency stands before it. */
static const struct scale front_scales[] = {
    { 6, "million", "millions", NULL },
    { 9, "milliard", "milliards", NULL },
    { 3, NULL, NULL, "k" },
    { 6, NULL, NULL, "M" },
    { 6, NULL, NULL, "m" },
    { 9, NULL, NULL, "bn" },
    { 9, NULL, NULL, "Md" },
    { 9, NULL, NULL, "Mds" },
    { 9, NULL, NULL, "Mrd" },
    { 6, NULL, NULL, "mio" },
};
static const struct scale no_scale = { 0, NULL, NULL, NULL };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A blank inside a figure. */
static const char *blank(struct chance *chance)
{
    static const char *const blanks[] = { " ", " ", "\xC2\xA0", "\xE2\x80\xAF" };

    return CHANCE_PICK(chance, blanks);
}

static bool is_one(const struct number *number)
{
    return decimal_compare(value_of(number, 0), (struct decimal){ 2, 0 }) < 0;
}

/* Writes SCALE behind NUMBER: " millions", " M", "k". */
static void write_scale(struct chance *chance, const struct number *number,
                        const struct scale *scale, struct writing *out)
{
    if (scale->one) {
        writing_add(out, blank(chance));
        writing_add(out, is_one(number) ? scale->one : scale->many);
    } else if (scale->abbreviation) {
        if (chance_once_in(chance, 2))
            writing_add(out, blank(chance));
        writing_add(out, scale->abbreviation);
    }
}

/* " de dollars", " d'euros", "€", " EUR" behind NUMBER and SCALE. A name follows an
 * abbreviation with "de" too ("5 Mds d'euros"); a code may stick to M and k ("5 MUSD"). */
static void write_currency(struct chance *chance, const struct number *number,
                           const struct scale *scale, const struct currency *currency,
                           bool is_named, struct writing *out)
{
    if (is_named) {
        writing_add(out, blank(chance));
        if (scale->power && strchr("aeiou", currency->many[0]))
            writing_add(out, chance_once_in(chance, 2) ? "d'" : "d\xE2\x80\x99");
        else if (scale->power)
            writing_add(out, "de ");
        writing_add(out, scale->power == 0 && is_one(number) ? currency->one : currency->many);
        return;
    }
    if (is_letter(currency->sign[0])) {
        bool is_glued =
            scale->abbreviation && strlen(scale->abbreviation) == 1 && chance_once_in(chance, 2);

        writing_add(out, is_glued ? "" : blank(chance));
    } else if (scale->one || chance_once_in(chance, 2)) {
        writing_add(out, blank(chance));
    }
    writing_add(out, currency->sign);
}

/* ------------------------------------------------------------------ figures */

struct figure {
    struct writing  writing; /* the span */
    const char     *before;  /* what must stand before it: "entre ", or "" */
    const char     *phrase;  /* of the bound, before or after it, or NULL */
    bool            is_behind;
    struct decimal  low, high;
    enum bound      bound;
    const char     *code;
    bool            is_wordy; /* may be written in capitals */
    struct notation notation;
};

static void single_behind(struct chance *chance, struct figure *out)
{
    const struct currency *currency = &CHANCE_PICK(chance, currencies);
    const struct scale    *scale =
        chance_once_in(chance, 4) ? &no_scale : &CHANCE_PICK(chance, scales);
    bool          is_named = chance_once_in(chance, 2);
    struct number number;

    random_number(chance, out->notation, scale->power, &number);
    writing_add(&out->writing, number.writing.text);
    write_scale(chance, &number, scale, &out->writing);
    write_currency(chance, &number, scale, currency, is_named, &out->writing);
    out->is_wordy = is_named && !scale->abbreviation;
    out->low = value_of(&number, scale->power);
    out->code = currency->code;
}

static void single_front(struct chance *chance, struct figure *out)
{
    const struct currency *currency = &CHANCE_PICK(chance, currencies);
    const struct scale    *scale =
        chance_once_in(chance, 3) ? &no_scale : &CHANCE_PICK(chance, front_scales);
    struct number number;

    random_number(chance, out->notation, scale->power, &number);
    writing_add(&out->writing, currency->sign);
    if (is_letter(currency->sign[0]) || chance_once_in(chance, 2))
        writing_add(&out->writing, blank(chance));
    writing_add(&out->writing, number.writing.text);
    write_scale(chance, &number, scale, &out->writing);
    out->low = value_of(&number, scale->power);
    out->code = currency->code;
}

/* "5 à 10 000 euros" are 5,000 to 10,000: such pairs have their own form below. */
static bool is_short_of_thousands(const struct number *low, const struct number *high, int power)
{
    return power == 0 && high->decimals == 0 && high->digits % 1000 == 0 &&
           high->digits < 1000000 && low->decimals == 0 && low->digits < 1000;
}

/* "A à B millions d'euros", "entre A et B M€", "A-B M€". */
static void range_with_one_unit(struct chance *chance, const char *joint, struct figure *out)
{
    const struct currency *currency = &CHANCE_PICK(chance, currencies);
    const struct scale    *scale =
        chance_once_in(chance, 4) ? &no_scale : &CHANCE_PICK(chance, scales);
    bool          is_named = chance_once_in(chance, 2);
    struct number low, high;

    do {
        random_number(chance, out->notation, scale->power, &low);
        random_number(chance, out->notation, scale->power, &high);
    } while (!is_below(&low, 0, &high, 0) || is_short_of_thousands(&low, &high, scale->power));
    writing_add(&out->writing, low.writing.text);
    writing_add(&out->writing, joint);
    writing_add(&out->writing, high.writing.text);
    write_scale(chance, &high, scale, &out->writing);
    write_currency(chance, &high, scale, currency, is_named, &out->writing);
    out->is_wordy = is_named && !scale->abbreviation;
    out->low = value_of(&low, scale->power);
    out->high = value_of(&high, scale->power);
    out->code = currency->code;
}

/* "entre 800 millions et 1,2 milliard d'euros", "de 5 M€ à 2 Md€" */
static void range_with_two_units(struct chance *chance, const char *joint, struct figure *out)
{
    const struct currency *currency = &CHANCE_PICK(chance, currencies);
    bool                is_named = chance_once_in(chance, 2), is_twice = chance_once_in(chance, 2);
    const struct scale *scale, *scale_to;
    struct number       low, high;

    do {
        scale = is_twice && chance_once_in(chance, 4) ? &no_scale : &CHANCE_PICK(chance, scales);
        scale_to = &CHANCE_PICK(chance, scales);
        random_number(chance, out->notation, scale->power, &low);
        random_number(chance, out->notation, scale_to->power, &high);
        /* A low end of k, M or thousands without currency is no figure of its own. */
    } while (
        !is_below(&low, scale->power, &high, scale_to->power) ||
        (!is_twice && (scale->power == 3 || (scale->abbreviation && !scale->abbreviation[1]))));
    writing_add(&out->writing, low.writing.text);
    write_scale(chance, &low, scale, &out->writing);
    if (is_twice)
        write_currency(chance, &low, scale, currency, is_named, &out->writing);
    writing_add(&out->writing, joint);
    writing_add(&out->writing, high.writing.text);
    write_scale(chance, &high, scale_to, &out->writing);
    write_currency(chance, &high, scale_to, currency, is_named, &out->writing);
    out->is_wordy = is_named && !scale->abbreviation && !scale_to->abbreviation;
    out->low = value_of(&low, scale->power);
    out->high = value_of(&high, scale_to->power);
    out->code = currency->code;
}

/* "5 à 10 000 euros" */
static void range_of_thousands(struct chance *chance, const char *joint, struct figure *out)
{
    const struct currency *currency = &CHANCE_PICK(chance, currencies);
    int64_t                low_value = chance_between(chance, 1, 998);
    struct number          low, high;

    write_number(chance, out->notation, low_value, 0, &low);
    write_number(chance, out->notation, 1000 * chance_between(chance, low_value + 1, 999), 0,
                 &high);
    writing_add(&out->writing, low.writing.text);
    writing_add(&out->writing, joint);
    writing_add(&out->writing, high.writing.text);
    write_currency(chance, &high, &no_scale, currency, true, &out->writing);
    out->is_wordy = true;
    out->low = value_of(&low, 3);
    out->high = value_of(&high, 0);
    out->code = currency->code;
}

/* "$30-50 million", "€ 5 à 7 millions" */
static void range_front(struct chance *chance, const char *joint, struct figure *out)
{
    const struct currency *currency = &CHANCE_PICK(chance, currencies);
    const struct scale    *scale =
        chance_once_in(chance, 3) ? &no_scale : &CHANCE_PICK(chance, front_scales);
    struct number low, high;

    do {
        random_number(chance, out->notation, scale->power, &low);
        random_number(chance, out->notation, scale->power, &high);
    } while (!is_below(&low, 0, &high, 0) || is_short_of_thousands(&low, &high, scale->power));
    writing_add(&out->writing, currency->sign);
    if (is_letter(currency->sign[0]) || chance_once_in(chance, 2))
        writing_add(&out->writing, " ");
    writing_add(&out->writing, low.writing.text);
    writing_add(&out->writing, joint);
    writing_add(&out->writing, high.writing.text);
    write_scale(chance, &high, scale, &out->writing);
    out->low = value_of(&low, scale->power);
    out->high = value_of(&high, scale->power);
    out->code = currency->code;
}

static void random_range(struct chance *chance, struct figure *out)
{
    static const struct {
        const char *before, *joint;
    } joints[] = {
        { "entre ", " et " }, { "de ", " à " }, { "", " à " }, { "", "-" }, { "", "–" },
    };
    size_t joint = (size_t)chance_below(chance, COUNT_OF(joints));

    out->before = joints[joint].before;
    out->bound = BOUND_RANGE;
    switch (chance_below(chance, 8)) {
    case 0:
        range_of_thousands(chance, joints[joint].joint, out);
        break;
    case 1:
        range_front(chance, joints[joint].joint, out);
        break;
    case 2:
    case 3:
    case 4:
        range_with_two_units(chance, joints[joint].joint, out);
        break;
    default:
        range_with_one_unit(chance, joints[joint].joint, out);
    }
}

static const struct {
    const char *phrase;
    enum bound  bound;
    bool        is_behind;
} bounds[] = {
    { "plus de", BOUND_AT_LEAST, false },      { "au moins", BOUND_AT_LEAST, false },
    { "pas moins de", BOUND_AT_LEAST, false }, { "au minimum", BOUND_AT_LEAST, true },
    { "moins de", BOUND_AT_MOST, false },      { "jusqu'à", BOUND_AT_MOST, false },
    { "pas plus de", BOUND_AT_MOST, false },   { "au maximum", BOUND_AT_MOST, true },
    { "environ", BOUND_ABOUT, false },         { "près de", BOUND_ABOUT, false },
    { "quelque", BOUND_ABOUT, false },         { "de l'ordre de", BOUND_ABOUT, false },
    { "à peu près", BOUND_ABOUT, false },      { "environ", BOUND_ABOUT, true },
};

static void random_figure(struct chance *chance, struct figure *out)
{
    *out = (struct figure){ .before = "", .notation = CHANCE_PICK(chance, notations) };
    if (chance_once_in(chance, 3)) {
        random_range(chance, out);
        return;
    }
    if (chance_once_in(chance, 4))
        single_front(chance, out);
    else
        single_behind(chance, out);
    if (chance_once_in(chance, 3)) {
        size_t i = (size_t)chance_below(chance, COUNT_OF(bounds));

        out->phrase = bounds[i].phrase;
        out->bound = bounds[i].bound;
        out->is_behind = bounds[i].is_behind;
    }
}

/* ---------------------------------------------------------------- sentences */

static const struct {
    const char *head, *tail;
} carriers[] = {
    { "Le groupe a levé ", " auprès de ses actionnaires." },
    { "Le chantier coûtera ", "." },
    { "Coût : ", "." },
    { "Le programme (", ") commence." },
    { "Elle y consacrera ", " en 2026, selon la presse." },
    { "", " : voilà le prix du calcul." },
    { "« ", " », dit-elle." },
    { "Le projet vaut ", "" },
    { "L'État versera ", ", puis rien." },
    { "- ", " pour le laboratoire" },
    { "Le plan prévoit ", " d'ici 2030 ; le reste suivra." },
};

/* A sentence with FIGURE in it; where the figure and its bound begin and end. */
struct sample {
    struct writing text;
    size_t         start, end, whole_start, whole_end;
};

static struct sample write_sample(struct chance *chance, struct figure *figure)
{
    size_t        carrier = (size_t)chance_below(chance, COUNT_OF(carriers));
    struct sample sample = { .start = 0 };
    /* At the start of a line "2.46 COURONNES" may be the number of a heading. */
    bool is_capital = figure->is_wordy && chance_once_in(chance, 4) &&
                      (carriers[carrier].head[0] || figure->notation.mark[0] == ',');

    writing_add(&sample.text, carriers[carrier].head);
    writing_add(&sample.text, figure->before);
    sample.whole_start = sample.text.len;
    if (figure->phrase && !figure->is_behind) {
        writing_add(&sample.text, figure->phrase);
        writing_add(&sample.text, " ");
    }
    sample.start = sample.text.len;
    writing_add(&sample.text, figure->writing.text);
    sample.end = sample.text.len;
    if (figure->phrase && figure->is_behind) {
        writing_add(&sample.text, " ");
        writing_add(&sample.text, figure->phrase);
    }
    sample.whole_end = sample.text.len;
    writing_add(&sample.text, carriers[carrier].tail);
    if (is_capital)
        writing_capitals(&sample.text);
    return sample;
}

static bool is_same_text(const struct sample *sample, size_t start, size_t end, struct str found)
{
    struct writing part = { .len = 0 }, folded;

    memcpy(part.text, sample->text.text + start, end - start);
    part.len = end - start;
    folded = writing_folded(&part);
    return str_equal(writing_str(&folded), found);
}

static bool is_expected(const struct figure *figure, const struct sample *sample,
                        const struct text *text, const struct money_list *found)
{
    const struct money_mention *m = found->items;

    return found->count == 1 && decimal_compare(m->money.amount, figure->low) == 0 &&
           decimal_compare(m->money.amount_max, figure->high) == 0 &&
           m->money.bound == figure->bound && strcmp(m->money.currency, figure->code) == 0 &&
           !m->converted &&
           is_same_text(sample, sample->start, sample->end, text_slice(text, m->span)) &&
           (!figure->phrase || is_same_text(sample, sample->whole_start, sample->whole_end,
                                            text_slice(text, m->whole))) &&
           text_source_offset(text, m->span.start) == sample->start &&
           text_source_offset(text, m->span.end) == sample->end;
}

static void show(const struct figure *figure, const struct sample *sample, const struct text *text,
                 const struct money_list *found)
{
    char low[DECIMAL_TEXT], high[DECIMAL_TEXT];

    decimal_format(figure->low, low);
    decimal_format(figure->high, high);
    fprintf(stderr, "  %s\n  expected: %.*s=%s..%s %s %s\n", sample->text.text,
            (int)(sample->end - sample->start), sample->text.text + sample->start, low, high,
            figure->code, bound_names[figure->bound]);
    for (size_t i = 0; i < found->count; i++) {
        const struct money_mention *m = &found->items[i];

        decimal_format(m->money.amount, low);
        decimal_format(m->money.amount_max, high);
        fprintf(stderr, "  found:    %.*s=%s..%s %s %s (%.*s)\n",
                STR_ARGS(text_slice(text, m->span)), low, high, m->money.currency,
                bound_names[m->money.bound], STR_ARGS(m->rule));
    }
}

static void test_generated(void **state)
{
    struct generated generated = generated_begin(CASES);

    (void)state;
    for (uint64_t i = generated.first; i < generated.first + generated.count; i++) {
        struct arena_mark mark = arena_mark(arena);
        struct chance     chance = chance_of(generated.seed, i);
        struct figure     figure;
        struct sample     sample;
        struct text       text;
        struct money_list found;

        random_figure(&chance, &figure);
        sample = write_sample(&chance, &figure);
        text_build(layout, matcher, writing_str(&sample.text), STR(""), arena, &text);
        money_find(money, matcher, &text, (struct date){ 2025, 2, 9 }, "test.txt", arena, &found);
        if (!is_expected(&figure, &sample, &text, &found) && generated_failed(&generated, i))
            show(&figure, &sample, &text, &found);
        arena_rewind(arena, mark);
    }
    if (generated.failures)
        fail_msg("%llu of %llu cases", (unsigned long long)generated.failures,
                 (unsigned long long)generated.count);
}

/* ---------------------------------------------------------------- too large */

/* # stands for a long number. */
static const char *const too_large[] = {
    "Il faut # euros.",
    "Il faut # milliards d'euros par an.",
    "Il faut € # demain.",
    "Le chantier coûtera # M€",
    "# Md$ ont été promis.",
    "Il faut de 5 à # euros.",
    "Il faut de # à 12 millions d'euros.",
    "Il faut entre # et # millions d'euros.",
    "Il faut $#-# bn.",
    "Il faut # millions 5 euros.",
    "Il faut # millions et demi de francs suisses.",
    "Il faut # milliards de milliards d'euros.",
};
static const char *const too_large_as_they_are[] = {
    "Il faut 999 999 999 999 milliards de milliards d'euros.",
    "Il faut 10 milliards de milliards d'euros.",
    "Il faut 99 999 999 999 milliards d'euros.",
    "Il faut 9 300 000 000 milliards d'euros.",
};

static size_t warnings;

static void count_warning(const char *line, void *context)
{
    (void)context;
    warnings += strstr(line, "too large") != NULL;
}

static void expect_too_large(const char *sentence)
{
    struct arena_mark mark = arena_mark(arena);
    struct text       text;
    struct money_list found;

    warnings = 0;
    text_build(layout, matcher, str_from(sentence), STR(""), arena, &text);
    money_find(money, matcher, &text, (struct date){ 2025, 2, 9 }, "test.txt", arena, &found);
    if (found.count != 0)
        fail_msg("%s\n  found: %.*s", sentence, STR_ARGS(text_slice(&text, found.items[0].span)));
    if (warnings != 1)
        fail_msg("%s\n  %zu warnings", sentence, warnings);
    arena_rewind(arena, mark);
}

/* A number of LENGTH digits with SEPARATOR between its groups. */
static struct writing long_number(struct chance *chance, int length, const char *separator)
{
    struct writing out = { .len = 0 };

    for (int left = length; left > 0; left--) {
        char digit[2] = { (char)('0' + chance_between(chance, 1, 9)), '\0' };

        writing_add(&out, digit);
        if (left > 1 && left % 3 == 1)
            writing_add(&out, separator);
    }
    return out;
}

static void test_too_large(void **state)
{
    static const int         lengths[] = { 20, 30, 41, 65, 100, 400 };
    static const char *const separators[] = { "", " ", ".", "\xC2\xA0", "'" };
    struct chance            chance = chance_of(generated_begin(0).seed, 0);

    (void)state;
    diag_redirect(count_warning, NULL);
    for (size_t i = 0; i < COUNT_OF(too_large_as_they_are); i++)
        expect_too_large(too_large_as_they_are[i]);
    for (size_t i = 0; i < COUNT_OF(too_large); i++)
        for (size_t l = 0; l < COUNT_OF(lengths); l++)
            for (size_t s = 0; s < COUNT_OF(separators); s++) {
                struct writing sentence = { .len = 0 };

                for (const char *p = too_large[i]; *p; p++) {
                    struct writing number = long_number(&chance, lengths[l], separators[s]);
                    char           single[2] = { *p, '\0' };

                    writing_add(&sentence, *p == '#' ? number.text : single);
                }
                expect_too_large(sentence.text);
            }
    diag_redirect(NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_generated),
        cmocka_unit_test(test_too_large),
    };

    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
