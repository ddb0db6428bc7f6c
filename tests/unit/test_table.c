/* test_table.c - lexicons: rows, cells in the caller's order, refusals with their line. */
#include "aitrack/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "aitrack/arena.h"
#include "data_folder.h"

static struct data_folder folder;

static bool load(const char *text, struct arena *arena, struct table *out, struct error *err)
{
    static const char *const columns[] = { "name", "country", "forms", NULL };
    struct data_files        files = { folder.path };

    data_folder_write(&folder, "x.tsv", text, strlen(text));
    return table_load(&files, "x.tsv", columns, arena, out, err);
}

/* Rows as "LINE name/country/forms", joined with newlines. */
static const struct {
    const char *text;
    const char *rows;
} tables[] = {
    { "name\tcountry\tforms\nParis\tFR\tparis\n", "2 Paris/FR/paris\n" },
    { "forms\tname\tcountry\nparis\tParis\tFR", "2 Paris/FR/paris\n" }, /* another order, no \n */
    { "# what it is\n\n# and more\nname\tcountry\tforms\n\n# note\nOslo\tNO\t\n", "7 Oslo/NO/\n" },
    { "name\tcountry\tforms\r\nNew York\tUS\tNY | Big Apple\r\n",
      "2 New York/US/NY | Big Apple\n" },
    { " name \tcountry\tforms\n  Paris \t FR\t a b \n", "2 Paris/FR/a b\n" },
    { "name\tcountry\tforms\n\t\tx\n", "2 //x\n" },
    { "name\tcountry\tforms\na#\tb\tc\n \t \t \nd\te\tf\n", "2 a#/b/c\n4 d/e/f\n" },
    { "name\tcountry\tforms\n", "" },
};

static void test_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        struct arena *arena = arena_open();
        struct error  err = { 0 };
        struct table  table;
        char          rows[200] = "";

        if (!load(tables[i].text, arena, &table, &err))
            fail_msg("%s", err.text);
        assert_string_equal(table.file, folder.file);
        for (size_t r = 0; r < table.count; r++) {
            const struct str *cells = table.rows[r].cells;
            size_t            used = strlen(rows);

            snprintf(rows + used, sizeof rows - used, "%zu %.*s/%.*s/%.*s\n", table.rows[r].line,
                     STR_ARGS(cells[0]), STR_ARGS(cells[1]), STR_ARGS(cells[2]));
        }
        assert_string_equal(rows, tables[i].rows);
        arena_close(arena);
    }
}

static const struct {
    const char *text;
    const char *message; /* after the file's name */
} refused[] = {
    { "", ": no line that names the columns" },
    { "# only a note\n\n", ": no line that names the columns" },
    { "# note\nname\tcountry\tform\n",
      ":2: unknown column 'form'; known are name, country, forms" },
    { "name\tcountry\tforms\t\n", ":1: unknown column ''; known are name, country, forms" },
    { "Name\tcountry\tforms\n", ":1: unknown column 'Name'; known are name, country, forms" },
    { "name\tforms\n", ":1: no column 'country'" },
    { "name\tforms\tcountry\tname\n", ":1: column 'name' is named twice" },
    { "name\tcountry\tforms\na\tb\tc\n\na\tb\n", ":4: 2 cells where the header names 3 columns" },
    { "name\tcountry\tforms\na\tb\tc\td\n", ":2: 4 cells where the header names 3 columns" },
    { "name\tcountry\tforms\na b c\n", ":2: 1 cells where the header names 3 columns" },
    { "name\tcountry\tforms\na\tb\tc\n#\n\xE9\tb\tc\n", ":4: not valid UTF-8" },
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct arena *arena = arena_open();
        struct error  err = { 0 };
        struct table  table = { .count = 99 };

        assert_false(load(refused[i].text, arena, &table, &err));
        assert_memory_equal(err.text, folder.file, strlen(folder.file));
        assert_string_equal(err.text + strlen(folder.file), refused[i].message);
        assert_int_equal(err.kind, ERROR_DATA);
        assert_int_equal(table.count, 99);
        arena_close(arena);
    }
}

static void test_error_at_row(void **state)
{
    struct table_row row = { .line = 12 };
    struct table     table = { .file = "data/lexicons/x.tsv" };
    struct error     err = { 0 };

    (void)state;
    assert_false(table_error(&table, &row, &err, "no actor '%s'", "Méduse"));
    assert_string_equal(err.text, "data/lexicons/x.tsv:12: no actor 'Méduse'");
    assert_int_equal(err.kind, ERROR_DATA);
}

static const struct {
    const char *cell;
    size_t      count;
    const char *values[3];
} cells[] = {
    { "", 0, { 0 } },
    { "a", 1, { "a" } },
    { "a|b", 2, { "a", "b" } },
    { "|a| |", 1, { "a" } },
    { " a b | c ", 2, { "a b", "c" } },
    { "||", 0, { 0 } },
};

static void test_values(void **state)
{
    struct arena *arena = arena_open();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        struct str_list values = table_values(arena, str_from(cells[i].cell));

        assert_int_equal(values.count, cells[i].count);
        for (size_t v = 0; v < values.count; v++)
            assert_true(str_equal(values.items[v], str_from(cells[i].values[v])));
    }
    arena_close(arena);
}

static int open_folder(void **state)
{
    (void)state;
    data_folder_open(&folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    data_folder_remove(folder.path);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_error_at_row),
        cmocka_unit_test(test_values),
    };

    return cmocka_run_group_tests(tests, open_folder, remove_folder);
}
