/* test_engine.c - from a document to its rows, over the embedded tables and rules. */
#include "aitrack/engine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "aitrack/arena.h"
#include "aitrack/pattern.h"
#include "fixture.h"

static struct arena   *run;
static struct engine  *engine;
static struct matcher *matcher;

static bool load_data(const struct data_files *files, struct arena *in, struct error *err)
{
    matcher = matcher_new(in);
    engine = engine_open(files, in, err);
    return engine != NULL;
}

static int load(void **state)
{
    (void)state;
    return fixture_open(&run, load_data);
}

static int unload(void **state)
{
    (void)state;
    arena_close(run);
    return 0;
}

static struct row_list extract(const char *text, struct arena *arena)
{
    struct document        document = { .source = STR("a.txt"), .text = str_from(text) };
    struct extract_options options = { .today = { 2026, 1, 1 } };
    struct row_list        rows;

    engine_extract(engine, matcher, &document, &options, arena, &rows);
    return rows;
}

static const char story[] =
    "Vertigia lève 12 millions d'euros\n"
    "\n"
    "Publié le 12 mars 2024\n"
    "\n"
    "Vertigia, éditeur de logiciels, a levé mardi 12 millions d'euros auprès de Serena et de "
    "Partech. La start-up est valorisée 90 millions d'euros.\n"
    "\n"
    "« Nous avons grandi. Nous investirons 4 millions d'euros à Lyon », a promis sa directrice "
    "générale, Anne Durandel. Bpifrance lance un accélérateur dédié à la santé.\n";

/* One line a row: figure|kind|status|date|announcer|investor|recipient. */
static const char *const story_rows[] = {
    "12 M€|funding_round|completed|2024-03-12|||Vertigia",
    "12 M€|funding_round|completed|2024-03-12||Serena, Partech|Vertigia",
    "90 M€|valuation|completed|2024-03-12|||Vertigia",
    "4 M€|investment|announced|2024-03-12|Anne Durandel|Vertigia|",
    "|initiative|announced|2024-03-12|Bpifrance||",
};

static void add_names(char *out, size_t size, struct str_list names)
{
    size_t used = strlen(out);

    for (size_t i = 0; i < names.count; i++) {
        snprintf(out + used, size - used, "%s%.*s", i > 0 ? ", " : "", STR_ARGS(names.items[i]));
        used = strlen(out);
    }
}

static void describe(const struct row *row, char *out, size_t size)
{
    snprintf(out, size, "%.*s|%.*s|%.*s|%.*s|", STR_ARGS(row->figure), STR_ARGS(row->kind),
             STR_ARGS(row->status), STR_ARGS(row->date));
    add_names(out, size, row->announcer);
    strcat(out, "|");
    add_names(out, size, row->investor);
    strcat(out, "|");
    add_names(out, size, row->recipient);
}

static void test_story(void **state)
{
    struct arena   *arena = arena_open();
    struct row_list rows = extract(story, arena);

    (void)state;
    assert_int_equal(rows.count, COUNT_OF(story_rows));
    for (size_t i = 0; i < rows.count; i++) {
        char got[400];

        describe(&rows.rows[i], got, sizeof got);
        assert_string_equal(got, story_rows[i]);
        assert_int_equal(rows.rows[i].id.len, 20);
        assert_true(rows.rows[i].line > 0 && rows.rows[i].quote.len > 0);
    }
    arena_close(arena);
}

/* Every row points at its figure's bytes, and reading again gives the same ids. */
static void test_pointers(void **state)
{
    struct arena   *arena = arena_open();
    struct row_list first = extract(story, arena), again = extract(story, arena);

    (void)state;
    assert_int_equal(first.count, again.count);
    for (size_t i = 0; i < first.count; i++) {
        const struct row *row = &first.rows[i];

        assert_true(str_equal(row->id, again.rows[i].id));
        if (row->has_amount)
            assert_non_null(memchr("0123456789", story[row->offset], 10));
    }
    arena_close(arena);
}

/* The same announcement in two texts gets one id, a share points at its whole's. */
static void test_links(void **state)
{
    struct arena   *arena = arena_open();
    struct row_list one = extract("Vertigia a levé 12 millions d'euros.", arena);
    struct row_list two = extract("Selon nos confrères, Vertigia a levé 12 millions d'euros, dont "
                                  "3 millions d'euros de dette.",
                                  arena);
    struct row      rows[3];

    (void)state;
    assert_int_equal(one.count, 1);
    assert_int_equal(two.count, 2);
    rows[0] = one.rows[0];
    rows[1] = two.rows[0];
    rows[2] = two.rows[1];
    engine_link(rows, 3, arena);
    assert_true(str_equal(rows[0].announcement, rows[1].announcement));
    assert_false(str_equal(rows[0].announcement, rows[2].announcement));
    assert_true(str_equal(rows[2].part_of, rows[0].announcement));
    arena_close(arena);
}

/* Texts that tell no figure and nothing definite give no row; hostile ones neither. */
static const char *const silent[] = {
    "",
    "\n\n\n",
    "Le modèle compte 109 milliards de paramètres.",
    "« « « « « « « « ( ( ( ( [ [ [",
    "Le 12 mars 2024, 300 personnes ont applaudi.",
};

static void test_silent(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(silent); i++) {
        struct arena *arena = arena_open();

        if (extract(silent[i], arena).count > 0)
            fail_msg("a row from: %s", silent[i]);
        arena_close(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_story),
        cmocka_unit_test(test_pointers),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_silent),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
