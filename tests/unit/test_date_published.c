/* test_date_published.c - the day of publication from lines, sentences and addresses. */
#include "aitrack/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "date_samples.h"

static const struct {
    const char *lines, *url, *given, *published;
} samples[] = {
    /* labels, among other dates */
    { "Un titre\nPublié le 12 mars 2024 à 08h30 par A. Roux\nLe 3 mars, il a payé.", "", "",
      "2024-03-12" },
    { "Un titre\nMis à jour le 14 mars 2024 - Publié le 12 mars 2024", "", "", "2024-03-12" },
    { "Un titre\nMis en ligne le 1er avril 2025 à 9 h", "", "", "2025-04-01" },
    { "Un titre\nPublié le : 11 février 2025 / Mis à jour le : 12 février 2025", "", "",
      "2025-02-11" },
    { "Un titre\nAFP - Publié le 09/02/2025 à 21h42", "", "", "2025-02-09" },
    /* date lines */
    { "10/02/2025\nUn titre", "", "", "2025-02-10" },
    { "Un titre\n10 févr. 2025", "", "", "2025-02-10" },
    { "Paris, le 6 février 2025\nUn titre", "", "", "2025-02-06" },
    { "Un titre\nNantes, le 1er mars 2024 – Une société annonce un plan.", "", "", "2024-03-01" },
    { "Un titre\n8 février 2017 . –\nIl a payé le 3 mars 2016.", "", "", "2017-02-08" },
    { "Un titre\nParis, 9 fév 2025 (AFP) - Il a payé.", "", "", "2025-02-09" },
    { "Un titre\nSeptembre 2025 – Réservé aux abonnés", "", "", "2025-09" },
    { "Un titre\nPar A. Roux | 12 mars 2024 | 3 min", "", "", "2024-03-12" },
    { "date: 2025-02-11\nUn titre", "", "", "2025-02-11" },
    /* a year that the line leaves out */
    { "Paris, le mardi 3 juin – Il a payé.", "", "", "2025-06-03" },
    { "Paris, le 3 juin – Il a payé.\nLe plan du 4 mars 2024 est clos.", "", "", "2024-06-03" },
    { "Paris, le 3 juin – Il a payé.", "", "2023-06-03", "2023-06-03" },
    /* a newsletter's week */
    { "Nos brèves de la semaine du 6 au 10 octobre 2025", "", "", "2025-10-10" },
    { "Nos brèves\nLettre de la semaine du 28 avril au 2 mai 2025.", "", "", "2025-05-02" },
    /* the address, what was given */
    { "Un titre", "https://exemple.fr/eco/2025/02/11/titre", "", "2025-02-11" },
    { "Un titre", "https://exemple.fr/eco/2025/02/titre", "2025-02-14", "2025-02-14" },
    { "Un titre", "https://exemple.fr/eco/titre", "2025-02-14", "2025-02-14" },
    { "Un titre\nPublié le 12 mars 2024", "", "2024-04-14", "2024-03-12" },
    /* evidence inside the text */
    { "Un titre\nEn cet automne 2024, tout augmente.", "", "", "2024" },
    { "Un titre\nIl a signé ce mardi 4 mars 2025 à Lyon.", "", "", "2025-03-04" },
    { "Un titre\nIl a signé ce mardi 4 mars à Lyon.", "", "", "2025-03-04" },
    /* none */
    { "Un titre\nMis à jour le 14 mars 2024", "", "", "" },
    { "Un titre\nL'étude publiée le 20 septembre 2023 le dit.", "", "", "" },
    { "Un titre\nIl a signé mardi soir. Une réunion est prévue le 14, à 19 h.", "", "", "" },
    { "Un titre\nIl a signé en 2024 et paiera d'ici 2030.", "", "", "" },
    { "Un titre\nPublié le 12 mars 2031", "", "", "" },
    { "", "", "", "" },
};

static void test_published(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        struct text text;
        char        found[DATE_TEXT];

        sample_text(samples[i].lines, &text);
        date_format(date_published(rules, matcher, &text, str_from(samples[i].url),
                                   sample_date(samples[i].given), sample_today, arena),
                    found);
        if (strcmp(found, samples[i].published) != 0)
            fail_msg("%s: found %s, not %s", samples[i].lines, found, samples[i].published);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_published) };

    return cmocka_run_group_tests(tests, date_samples_open, date_samples_close);
}
