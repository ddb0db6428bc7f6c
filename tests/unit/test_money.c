/* test_money.c - money figures in texts, in queries, and as the ledger shows them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "aitrack/arena.h"
#include "aitrack/diag.h"
#include "aitrack/money.h"
#include "aitrack/pattern.h"
#include "fixture.h"

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

/* The figures of TEXT: "109 milliards=109000000000 EUR about; ...", conversions with a "*". */
static struct str find(const char *source, int year)
{
    static char       out[4000];
    struct text       text = { 0 };
    struct money_list found;
    size_t            len = 0;

    text_build(layout, matcher, str_from(source), STR(""), arena, &text);
    money_find(money, matcher, &text, (struct date){ (int16_t)year, 0, 0 }, "test.txt", arena,
               &found);
    out[0] = '\0';
    for (size_t i = 0; i < found.count; i++) {
        const struct money_mention *m = &found.items[i];
        struct str                  span = text_slice(&text, m->span);
        char                        low[DECIMAL_TEXT], high[DECIMAL_TEXT];

        decimal_format(m->money.amount, low);
        decimal_format(m->money.amount_max, high);
        len += (size_t)snprintf(out + len, sizeof out - len, "%s%s%.*s=%s%s%s %s", i ? "; " : "",
                                m->converted ? "*" : "", STR_ARGS(span), low,
                                strcmp(high, "0") ? ".." : "", strcmp(high, "0") ? high : "",
                                m->money.currency);
        if (m->money.bound != BOUND_EXACT)
            len +=
                (size_t)snprintf(out + len, sizeof out - len, " %s", bound_names[m->money.bound]);
    }
    return (struct str){ out, len };
}

static const struct {
    const char *text;
    const char *figures;
} texts[] = {
    /* no-break, narrow and thin spaces; typographic apostrophe */
    { "Coût : 1\xC2\xA0"
      "500\xE2\x80\xAF"
      "000\xE2\x80\x89€ et 3 millions d’euros.",
      "1 500 000 €=1500000 EUR; 3 millions d'euros=3000000 EUR" },
    /* the dominant currency for what stands alone in its paragraph */
    { "Le plan coûte 20 milliards d'euros.\n\nUn prêt de 3 milliards le complète.",
      "20 milliards d'euros=20000000000 EUR; 3 milliards=3000000000 EUR" },
    { "Il vise 40 milliards de dollars, dont 10 milliards tout de suite.",
      "40 milliards de dollars=40000000000 USD; 10 milliards=10000000000 USD" },
    /* conversions in brackets */
    { "La Norvège investit 9 milliards de couronnes (environ 800 millions d'euros).",
      "9 milliards de couronnes=9000000000 NOK; *800 millions d'euros=800000000 EUR about" },
    { "Un prêt de 60 millions d'euros (dont 20 millions d'euros de garantie).",
      "60 millions d'euros=60000000 EUR; 20 millions d'euros=20000000 EUR" },
    /* francs by full name, by country, by date */
    { "Le sucre coûte 1 900 francs burundais. L'essence est à 2 000 francs.",
      "1 900 francs burundais=1900 BIF; 2 000 francs=2000 BIF" },
    { "La Suisse y met 12 millions de francs.", "12 millions de francs=12000000 CHF" },
    { "Dakar y consacre 3 milliards de francs.", "3 milliards de francs=3000000000 XOF" },
    { "Le club l'avait acheté en 1986 pour 20 millions de francs.",
      "20 millions de francs=20000000 FRF" },
    /* a dollar is American unless the whole text is from elsewhere */
    { "Le fonds canadien promet 5 milliards de dollars à la France et aux États-Unis.",
      "5 milliards de dollars=5000000000 USD" },
    { "L'outil est à l'essai au Canada, à Toronto.\n\nUn autre a coûté 2 milliards de dollars.",
      "2 milliards de dollars=2000000000 USD" },
    { "Québec versera 60 M$. Montréal et le Canada suivront.", "60 M$=60000000 CAD" },
    /* everyday words that are currencies too */
    { "Il a écrit 10 livres et vendu 500 000 livres.", "" },
    { "Londres donne 3 millions de livres.", "3 millions de livres=3000000 GBP" },
    /* bounds on both sides */
    { "Il faut 15 millions d'euros au plus, ou un peu moins de 20 millions d'euros.",
      "15 millions d'euros=15000000 EUR at_most; 20 millions d'euros=20000000 EUR at_most" },
    { "La somme dépasserait désormais 300 millions d'euros.",
      "300 millions d'euros=300000000 EUR at_least" },
    { "Compter 4 M€ environ, au plus tard en mai.", "4 M€=4000000 EUR about" },
    { "Près d'une centaine de millions d'euros, voire plusieurs milliards d'euros.",
      "une centaine de millions d'euros=100000000 EUR about; plusieurs milliards "
      "d'euros=2000000000 EUR vague" },
    /* a noun that was counted before governs */
    { "Le groupe vend 3 millions de voitures, loin devant son rival (2,5 millions), et perd "
      "20 millions d'euros.",
      "20 millions d'euros=20000000 EUR" },
    /* a line that ends inside a number; a footnote's number; a price inside an address */
    { "Pour ses calculs, le fonds a reçu de la région et de plusieurs villes proches\n"
      "de là, dit un rapport public, une aide qui atteint à elle seule désormais 1\n"
      "500 000 euros pour payer ses machines, ses logiciels et les salaires de tous\n"
      "ses gens.",
      "1 500 000 euros=1500000 EUR" },
    { "Il coûte 4,5 Md€12 (voir https://exemple.fr/prix?de=500€&a=7) en tout.",
      "4,5 Md€=4500000000 EUR" },
    { "Le site a 40 millions d'utilisateurs. Il en visait 50 millions. Il a levé 8 millions "
      "d'euros.",
      "8 millions d'euros=8000000 EUR" },
    /* a table whose caption names the unit */
    { "Budget du plan (en M€)\nAction | Opérateur | Montant\nCalcul | Genci | 360\n"
      "Formation | ANR | 25,5\n",
      "360=360000000 EUR; 25,5=25500000 EUR" },
    { "En 2024, l'article 50 de la loi, page 12, vise 45 % des 3 500 sites (01 42 75 00 00).", "" },
    { "", "" },
};

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct str got = find(texts[i].text, 2024);

        if (!str_equal(got, str_from(texts[i].figures)))
            fail_msg("%s\n  expected: %s\n  found:    %.*s", texts[i].text, texts[i].figures,
                     STR_ARGS(got));
    }
}

static void test_old_currencies(void **state)
{
    (void)state;
    assert_string_equal(find("Paris a investi 2 milliards de francs.", 1999).ptr,
                        "2 milliards de francs=2000000000 FRF");
    assert_string_equal(find("Bonn a investi 2 milliards de marks.", 1999).ptr,
                        "2 milliards de marks=2000000000 DEM");
    assert_string_equal(find("Il y a mis 2 milliards de francs.", 2024).ptr,
                        "2 milliards de francs=2000000000 CHF");
    assert_string_equal(find("Bonn avait mis 2 milliards de marks en 1996.", 2024).ptr,
                        "2 milliards de marks=2000000000 DEM");
    assert_string_equal(find("Ce boulon pèse 300 F.", 2024).ptr, "");
}

static void test_rule_examples(void **state)
{
    size_t passed = 0, failed = 0;

    (void)state;
    money_test_rules(money, matcher, arena, stderr, &passed, &failed);
    assert_int_equal(failed, 0);
    assert_true(passed > 100);
}

static const struct {
    const char *text, *low, *high, *currency;
    enum bound  bound;
    const char *shown;
} queries[] = {
    { "100Md€", "100000000000", "0", "EUR", BOUND_EXACT, "100 Md€" },
    { "500 M$", "500000000", "0", "USD", BOUND_EXACT, "500 M$" },
    { "1,5 milliard d'euros", "1500000000", "0", "EUR", BOUND_EXACT, "1,5 Md€" },
    { "1e9", "1000000000", "0", "", BOUND_EXACT, "1 Md" },
    { "250 000", "250000", "0", "", BOUND_EXACT, "250 k" },
    { "100Md", "100000000000", "0", "", BOUND_EXACT, "100 Md" },
    { "50 milliards", "50000000000", "0", "", BOUND_EXACT, "50 Md" },
    { "4,90 €", "4.9", "0", "EUR", BOUND_EXACT, "4,90 €" },
    { "plus de 300 Md€", "300000000000", "0", "EUR", BOUND_AT_LEAST, "> 300 Md€" },
    { "environ 2,5 Md€", "2500000000", "0", "EUR", BOUND_ABOUT, "env. 2,5 Md€" },
    { "jusqu'à 50 milliards d'euros", "50000000000", "0", "EUR", BOUND_AT_MOST, "< 50 Md€" },
    { "plusieurs milliards d'euros", "2000000000", "0", "EUR", BOUND_VAGUE, "plusieurs Md€" },
    { "30-50 Md€", "30000000000", "50000000000", "EUR", BOUND_RANGE, "30–50 Md€" },
    { "600 M€ à 1,2 Md€", "600000000", "1200000000", "EUR", BOUND_RANGE, "0,6–1,2 Md€" },
    { "610 M$ CA", "610000000", "0", "CAD", BOUND_EXACT, "610 M CAD" },
    { "165 686 euros", "165686", "0", "EUR", BOUND_EXACT, "165 686 €" },
    { "12 450 000 €", "12450000", "0", "EUR", BOUND_EXACT, "12,45 M€" },
    { "1 400 milliards de dollars", "1400000000000", "0", "USD", BOUND_EXACT, "1 400 Md$" },
};

static const char *const not_queries[] = {
    "",          " ",
    "abc",       "109 milliards d'étoiles",
    "milliards", "99999999999 milliards d'euros",
    "1e99",      "3 M€ et 4 M€",
    "en 2025",
};

static void test_queries(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(queries); i++) {
        struct money got;
        struct error err = { 0 };
        struct str   shown;
        char         text[DECIMAL_TEXT];

        if (!money_parse(money, matcher, str_from(queries[i].text), &got, &err))
            fail_msg("%s", err.text);
        decimal_format(got.amount, text);
        assert_string_equal(text, queries[i].low);
        decimal_format(got.amount_max, text);
        assert_string_equal(text, queries[i].high);
        assert_string_equal(got.currency, queries[i].currency);
        assert_int_equal(got.bound, queries[i].bound);
        shown = money_format(money, &got, arena);
        if (!str_equal(shown, str_from(queries[i].shown)))
            fail_msg("%s is shown as %.*s", queries[i].text, STR_ARGS(shown));
    }
    for (size_t i = 0; i < COUNT_OF(not_queries); i++) {
        struct money got;
        struct error err = { 0 };

        if (money_parse(money, matcher, str_from(not_queries[i]), &got, &err))
            fail_msg("'%s' is accepted", not_queries[i]);
        assert_true(err.text[0] != '\0');
    }
}

static char warning[300];

static void keep_warning(const char *line, void *context)
{
    (void)context;
    snprintf(warning, sizeof warning, "%s", line);
}

static void test_too_large(void **state)
{
    (void)state;
    diag_redirect(keep_warning, NULL);
    assert_string_equal(find("Un titre\n\nIl coûte 99999999999 milliards d'euros.", 2024).ptr, "");
    assert_int_equal(diag_count(), 1);
    assert_non_null(strstr(warning, "test.txt:3"));
    assert_string_equal(find("Il coûte 99999999999999999999 euros.", 2024).ptr, "");
    assert_int_equal(diag_count(), 2);
    diag_redirect(NULL, NULL);
}

/* Long runs take time in proportion to their length: quadratic, they would take minutes. */
static void test_long_runs(void **state)
{
    static const char *const pieces[] = { "7", "12 345 ", "deux cent ", "1,", "une ", "3 et 4, " };
    enum { LENGTH = 400000 };
    char *buffer = arena_alloc(arena, LENGTH + 32);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(pieces); i++) {
        size_t len = 0;

        while (len < LENGTH) {
            memcpy(buffer + len, pieces[i], strlen(pieces[i]));
            len += strlen(pieces[i]);
        }
        memcpy(buffer + len, " euros", 7);
        find(buffer, 2024);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),         cmocka_unit_test(test_old_currencies),
        cmocka_unit_test(test_rule_examples), cmocka_unit_test(test_queries),
        cmocka_unit_test(test_too_large),     cmocka_unit_test(test_long_runs),
    };

    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
