/* test_date_find.c - date expressions in sentences: every day in each written form, weekdays
 * seen from each day, what follows from the text told before; and what is no date. */
#include "aitrack/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "date_samples.h"

static void find(const char *lines, struct date published, struct date_list *out)
{
    struct text text;

    sample_text(lines, &text);
    date_find(rules, matcher, &text, published, sample_today, arena, out);
}

/* The mentions as "2025-02-09 /2030 2024=2024": dates, periods, dates with a period. */
static void describe(const struct date_list *list, char *out, size_t size)
{
    size_t len = 0;

    out[0] = '\0';
    for (size_t i = 0; i < list->count && len + 64 < size; i++) {
        const struct date_mention *mention = &list->items[i];
        char                       date[DATE_TEXT];

        date_format(mention->date, date);
        len += (size_t)snprintf(out + len, size - len, "%s%s%s%.*s", i ? " " : "", date,
                                date[0] && mention->period.len ? "=" : "", (int)mention->period.len,
                                mention->period.ptr);
    }
}

static const char *const month_names[] = { "janvier",   "février", "mars",     "avril",
                                           "mai",       "juin",    "juillet",  "août",
                                           "septembre", "octobre", "novembre", "décembre" };
static const char *const short_months[] = { "janv.", "févr.", "mars",  "avr.", "mai",  "juin",
                                            "juil.", "août",  "sept.", "oct.", "nov.", "déc." };
static const char *const capital_months[] = { "JANVIER",   "FÉVRIER", "MARS",     "AVRIL",
                                              "MAI",       "JUIN",    "JUILLET",  "AOÛT",
                                              "SEPTEMBRE", "OCTOBRE", "NOVEMBRE", "DÉCEMBRE" };
static const char *const weekday_names[] = { "lundi",    "mardi",  "mercredi", "jeudi",
                                             "vendredi", "samedi", "dimanche" };

static void expect_day(const char *lines, struct date published, struct date wanted)
{
    struct date_list list;

    find(lines, published, &list);
    if (list.count != 1 || date_compare(list.items[0].date, wanted) != 0) {
        char found[256], iso[DATE_TEXT];

        describe(&list, found, sizeof found);
        date_format(wanted, iso);
        fail_msg("%s: found %s, not %s", lines, found, iso);
    }
}

static void test_every_day(void **state)
{
    int32_t last = date_to_days((struct date){ 2040, 12, 31 });

    (void)state;
    for (int32_t day = date_to_days((struct date){ 1990, 1, 1 }); day <= last; day++) {
        struct arena_mark mark = arena_mark(arena);
        struct date       d = date_from_days(day);
        const char       *first = d.day == 1 ? "er" : "";
        char              text[96];

        snprintf(text, sizeof text, "Signé le %d%s %s %d à Lyon.", d.day, first,
                 month_names[d.month - 1], d.year);
        expect_day(text, (struct date){ 0 }, d);
        snprintf(text, sizeof text, "Signé %s %d%s %s %d.", weekday_names[date_weekday(d) - 1],
                 d.day, first, short_months[d.month - 1], d.year);
        expect_day(text, (struct date){ 0 }, d);
        snprintf(text, sizeof text, "Signé le %02d/%02d/%04d.", d.day, d.month, d.year);
        expect_day(text, (struct date){ 0 }, d);
        snprintf(text, sizeof text, "Signé le %04d-%02d-%02d.", d.year, d.month, d.day);
        expect_day(text, (struct date){ 0 }, d);
        snprintf(text, sizeof text, "Signé le %02d.%02d.%04d.", d.day, d.month, d.year);
        expect_day(text, (struct date){ 0 }, d);
        snprintf(text, sizeof text, "Signé le %d-%d-%04d.", d.day, d.month, d.year);
        expect_day(text, (struct date){ 0 }, d);
        snprintf(text, sizeof text, "Un accord du %s %d%s %s %d.",
                 weekday_names[date_weekday(d) - 1], d.day, first, month_names[d.month - 1],
                 d.year);
        expect_day(text, (struct date){ 0 }, d);
        snprintf(text, sizeof text, "SIGNÉ LE %d%s %s %d À LYON.", d.day, d.day == 1 ? "ER" : "",
                 capital_months[d.month - 1], d.year);
        expect_day(text, (struct date){ 0 }, d);
        /* without year: that of publication, here within half a year */
        snprintf(text, sizeof text, "Elle a signé le %d%s %s.", d.day, first,
                 month_names[d.month - 1]);
        expect_day(text, date_from_days(day + day % 180), d);
        arena_rewind(arena, mark);
    }
}

/* Seen from any day, a bare weekday is at most six days ago, "dernier" one to seven. */
static void test_weekdays(void **state)
{
    int32_t first = date_to_days((struct date){ 2023, 12, 1 });

    (void)state;
    for (int32_t day = first; day < first + 430; day++)
        for (int back = 0; back < 7; back++) {
            struct date published = date_from_days(day), d = date_from_days(day - back);
            const char *name = weekday_names[date_weekday(d) - 1];
            char        text[96];

            snprintf(text, sizeof text, "Elle a signé %s un accord.", name);
            expect_day(text, published, d);
            snprintf(text, sizeof text, "Elle a signé %s dernier un accord.", name);
            expect_day(text, published, back ? d : date_from_days(day - 7));
            snprintf(text, sizeof text, "Elle signera %s prochain un accord.", name);
            expect_day(text, published, date_from_days(day - back + 7));
            snprintf(text, sizeof text, "Elle l'a dit %s %d%s %s.", name, d.day,
                     d.day == 1 ? "er" : "", month_names[d.month - 1]);
            expect_day(text, published, d);
        }
}

static const struct {
    const char *lines, *published, *mentions;
} samples[] = {
    /* from the day of publication */
    { "La filiale a été vendue hier, l'usine avant-hier.", "2025-03-01", "2025-02-28 2025-02-27" },
    { "Le vote aura lieu demain ou après-demain.", "2024-02-28", "2024-02-29 2024-03-01" },
    { "Elle a levé 3 M€ le mois dernier.", "2025-01-31", "2024-12" },
    { "Elle a levé 3 M€ l'an passé, et deux fois plus cette année.", "2025-01-31",
      "2024=2024 2025=2025" },
    { "Elle a levé 3 M€ il y a trois mois.", "2025-01-31", "2024-10" },
    { "Elle a levé 3 M€ il y a vingt et un ans.", "2025-01-31", "2004=2004" },
    { "Elle a levé 3 M€ il y a dix-sept jours.", "2025-01-31", "2025-01-14" },
    { "Elle a levé 3 M€ en décembre.", "2025-01-31", "2024-12" },
    { "Elle a levé 3 M€ en janvier.", "2025-01-31", "2025-01" },
    { "Elle lèvera 3 M€ en décembre.", "2025-01-31", "2025-12" },
    { "Le rendez-vous est fixé au 12 février.", "2025-01-31", "2025-02-12" },
    { "Elle a levé 3 M€ en juin.", "2025", "2025-06" },
    { "Elle a levé 3 M€ mardi.", "2025-02", "" },
    /* from what was told */
    { "Elle a signé le 30 mai 2024.\nLe lendemain, elle démentait.", "2025-01-31",
      "2024-05-30 2024-05-31" },
    { "Elle est née en 2019, a levé 2 M€ l'année suivante et 9 M€ trois ans plus tard.", "",
      "2019=2019 2020=2020 2023=2023" },
    { "La veille, elle démentait.", "2025-03-01", "2025-02-28" },
    { "Au premier semestre 2025, elle gagne 6 M€, contre 2 M€ un an plus tôt.", "",
      "2025=2025-01/2025-06 2024=2024-01/2024-06" },
    { "En 2025, elle gagne 6 M€, contre 2 M€ douze mois plus tôt.", "", "2025=2025 2024=2024" },
    { "L'année suivante, elle démentait.", "2025-03-01", "" },
    /* periods */
    { "Il y mettra 3 Md€ d'ici 2030, dont 1 Md€ avant fin 2026.", "", "/2030 /2026" },
    { "Il y mettra 3 Md€ d'ici à la fin de la décennie.", "2025-02-11", "/2030" },
    { "Il y mettra 3 Md€ d'ici la fin de la décennie.", "", "" },
    { "Il y mettra 3 Md€ à l'horizon 2028.", "", "/2028" },
    { "Il y mettra 3 Md€ sur quatre ans et demi.", "", "P4Y6M" },
    { "Il aura 3 Md€ de dettes au 31 décembre 2026, à rendre d'ici au 31 mars.", "2026-02-11",
      "2026-12-31 /2026-03-31" },
    { "Il a gagné 3 M€ au semestre.", "2024-07-25", "2024=2024-01/2024-06" },
    { "Il y mettra 3 Md€ sur cinq ans, puis 1 M€ par an.", "", "P5Y P1Y" },
    { "Il y mettra 3 Md€ au cours des cinq prochaines années.", "", "P5Y" },
    { "Le loyer de 3 M€ par mois court pendant dix-huit mois.", "", "P1M P18M" },
    { "Il y mettra 3 M€ entre 2025 et 2029, puis 1 M€ de 2030 à 2031.", "", "2025/2029 2030/2031" },
    { "La phase 2 (2027-2029) suivra.", "", "2027/2029" },
    { "Au troisième trimestre 2025, il perdait 3 M€.", "", "2025=2025-07/2025-09" },
    { "Au S1 2025, il perdait 3 M€.", "", "2025=2025-01/2025-06" },
    { "Depuis 2018, il a dépensé 3 M€.", "", "2018/" },
    /* no date */
    { "Le journal de 20 heures veille 24 heures sur 24.", "2025-03-01", "" },
    { "Le site de 1 200 hectares compte 2 500 postes et 2000 emplois.", "2025-03-01", "" },
    { "L'article 50 de la loi obtient 49,3 % des voix.", "2025-03-01", "" },
    { "Appelez le 01 42 75 20 25 ou le 03 88 00 12 34.", "2025-03-01", "" },
    { "Le groupe Mars vise la planète Mars.", "2025-03-01", "" },
    { "La République en marche a été fondée.", "2025-03-01", "" },
    { "Le plan France 2030 et la version 3.2024 sont prêts.", "2025-03-01", "" },
    { "Elle a sept ou huit sites ouverts le lundi.", "2025-03-01", "" },
    { "Elle l'a signé le 31 juin 2024.", "2025-03-01", "2024-06" },
    { "", "2025-03-01", "" },
};

static void test_samples(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        struct date_list list;
        char             found[512];

        find(samples[i].lines, sample_date(samples[i].published), &list);
        describe(&list, found, sizeof found);
        if (strcmp(found, samples[i].mentions) != 0)
            fail_msg("%s: found %s, not %s", samples[i].lines, found, samples[i].mentions);
    }
}

static void test_spans(void **state)
{
    struct text      text;
    struct date_list list;

    (void)state;
    sample_text("Accueil\nDès mardi 4 mars 2025, il a payé.", &text);
    date_find(rules, matcher, &text, (struct date){ 0 }, sample_today, arena, &list);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].span.start, 13);
    assert_int_equal(list.items[0].span.end, 30);
    assert_int_equal(list.items[0].kind, DATE_POINT);
    assert_true(str_equal(list.items[0].rule, STR("date.full")));

    text.blocks[1].kind = BLOCK_FURNITURE;
    date_find(rules, matcher, &text, (struct date){ 0 }, sample_today, arena, &list);
    assert_int_equal(list.count, 0);
}

static void test_derivation(void **state)
{
    struct date_list list;

    (void)state;
    find("Elle a signé hier.", (struct date){ 2025, 3, 1 }, &list);
    assert_int_equal(list.count, 1);
    assert_true(str_find(list.items[0].derivation, STR("2025-03-01"), 0) != STR_NONE);
}

static const struct {
    const char *text, *iso;
} user_dates[] = {
    { "2025-02-11", "2025-02-11" },
    { "2025-02", "2025-02" },
    { "2025", "2025" },
    { " 11/02/2025 ", "2025-02-11" },
    { "11 février 2025", "2025-02-11" },
    { "1er mars 2024", "2024-03-01" },
    { "mardi 11 février 2025", "2025-02-11" },
    { "FÉVRIER 2025", "2025-02" },
    { "févr. 2025", "2025-02" },
};
static const char *const not_user_dates[] = {
    "",        "hier",    "11 février", "32/01/2025",  "demain", "31 avril 2025",
    "2025-13", "février", "d'ici 2030", "2025 et plus"
};

static void test_parse(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(user_dates); i++) {
        struct date  d;
        struct error err = { 0 };
        char         iso[DATE_TEXT];

        if (!date_parse(rules, matcher, str_from(user_dates[i].text), &d, &err))
            fail_msg("%s", err.text);
        date_format(d, iso);
        assert_string_equal(iso, user_dates[i].iso);
    }
    for (size_t i = 0; i < COUNT_OF(not_user_dates); i++) {
        struct date  d;
        struct error err = { 0 };

        if (date_parse(rules, matcher, str_from(not_user_dates[i]), &d, &err))
            fail_msg("%s was read", not_user_dates[i]);
        assert_int_equal(err.kind, ERROR_USAGE);
        assert_true(err.text[0] != '\0');
    }
}

/* One sentence of a megabyte, each of whose words could begin a date. */
static void test_long_sentence(void **state)
{
    static const char unit[] = "en mars, lundi 3 à 12, il y a 2 ans 2025 ";
    size_t            count = 1000000 / (sizeof unit - 1);
    char             *text = arena_alloc(arena, count * (sizeof unit - 1) + 1);
    struct date_list  list;

    (void)state;
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * (sizeof unit - 1), unit, sizeof unit - 1);
    find(text, (struct date){ 2025, 3, 5 }, &list);
    assert_true(list.count >= count);
}

static void test_rules(void **state)
{
    size_t passed = 0, failed = 0;

    (void)state;
    date_test_rules(rules, matcher, arena, stdout, &passed, &failed);
    assert_int_equal(failed, 0);
    assert_true(passed > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day),     cmocka_unit_test(test_weekdays),
        cmocka_unit_test(test_samples),       cmocka_unit_test(test_spans),
        cmocka_unit_test(test_derivation),    cmocka_unit_test(test_parse),
        cmocka_unit_test(test_long_sentence), cmocka_unit_test(test_rules),
    };

    return cmocka_run_group_tests(tests, date_samples_open, date_samples_close);
}
