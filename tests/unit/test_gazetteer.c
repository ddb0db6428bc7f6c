/* test_gazetteer.c - known names, offices by date, demonyms; and the embedded tables' size. */
#include "aitrack/gazetteer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "aitrack/arena.h"
#include "aitrack/unicode.h"
#include "fixture.h"

static struct arena     *arena;
static struct gazetteer *gazetteer;

static bool load_data(const struct data_files *files, struct arena *in, struct error *err)
{
    return gazetteer_load(files, in, &gazetteer, err);
}

static int load(void **state)
{
    (void)state;
    return fixture_open(&arena, load_data);
}

static int unload(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

/* The name of the actor that TEXT names, or "". */
static struct str name_of(const char *text, struct name_use *use)
{
    struct str key = unicode_name_key(arena, str_from(text));
    uint32_t   actor = gazetteer_find(gazetteer, key, use);

    return actor == ACTOR_NONE ? STR("") : gazetteer_actor(gazetteer, actor)->name;
}

static const struct {
    const char *text;
    const char *name; /* "" : nobody */
    bool        metonym;
} names[] = {
    { "Mistral AI", "Mistral AI", false },
    { "MISTRAL", "Mistral AI", false },
    { "elysee", "Élysée", false },
    { "Macron", "Emmanuel Macron", false },
    { "von der Leyen", "Ursula von der Leyen", false },
    { "Washington", "États-Unis", true },
    { "Bercy", "Ministère de l'Économie", false },
    { "a16z", "Andreessen Horowitz", false },
    { "Matignon", "Premier ministre", false },
    { "Bruxelles", "Commission européenne", true },
    { "Pékin", "Chine", true },
    { "MistralAI", "Mistral AI", false },
    { "Orange", "Orange", false },
    { "ville d'Orange", "", false },
    { "Free", "Free", false },
    { "Meta", "Meta", false },
    { "Métadonnées", "", false },
    { "Station F", "Station F", false },
    { "General Catalyst", "General Catalyst", false },
    { "General", "", false },
    { "Agence nationale de la recherche", "ANR", false },
    { "Conseil européen de l'innovation", "Conseil européen de l'innovation", false },
    { "Y Combinator", "Y Combinator", false },
    { "La Banque postale", "La Banque postale", false },
    { "Fouillis-les-Oies", "", false },
    { "", "", false },
};

static void test_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct name_use use = { 0 };
        struct str      name = name_of(names[i].text, &use);

        if (!str_equal(name, str_from(names[i].name)) || use.metonym != names[i].metonym)
            fail_msg("%s: %.*s", names[i].text, STR_ARGS(name));
    }
}

static const struct {
    const char *form;
    struct date day;
    const char *holder;
} offices[] = {
    { "président américain", { 2023, 6, 1 }, "Joe Biden" },
    { "président américain", { 2025, 2, 11 }, "Donald Trump" },
    { "président des États-Unis", { 2019, 1, 1 }, "Donald Trump" },
    { "chef de l'État", { 2014, 1, 1 }, "François Hollande" },
    { "chef de l'État", { 2025, 2, 9 }, "Emmanuel Macron" },
    { "locataire de l'Élysée", { 2016, 2, 11 }, "François Hollande" },
    { "locataire de l'Élysée", { 2025, 2, 11 }, "Emmanuel Macron" },
    { "locataire de l'immeuble", { 2025, 2, 11 }, "" },
    { "chef de gare", { 2025, 2, 9 }, "" },
};

static void test_offices(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(offices); i++) {
        struct str key = unicode_name_key(arena, str_from(offices[i].form));
        uint32_t   stands_for = ACTOR_NONE;
        uint32_t   holder = gazetteer_office(gazetteer, key, offices[i].day, &stands_for);
        struct str name = holder == ACTOR_NONE ? STR("") : gazetteer_actor(gazetteer, holder)->name;

        if (!str_equal(name, str_from(offices[i].holder)))
            fail_msg("%s: %.*s", offices[i].form, STR_ARGS(name));
    }
}

static void test_size(void **state)
{
    (void)state;
    assert_true(gazetteer_count(gazetteer) >= 300);
    assert_true(gazetteer_longest(gazetteer) >= 4);
    assert_true(str_equal(gazetteer_demonym(gazetteer, STR("americaine")), STR("US")));
    assert_true(str_is_empty(gazetteer_demonym(gazetteer, STR("table"))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_offices),
        cmocka_unit_test(test_size),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
