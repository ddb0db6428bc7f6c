#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/row.h"

#include "ledger_rows.h"

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_open();
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

static void assert_text(struct str got, const char *expected)
{
    assert_string_equal(str_cstring(arena, got), expected);
}

static void test_columns(void **state)
{
    static const char *const names[] = {
        "id",           "date",    "announcer", "investor",   "recipient", "figure", "amount",
        "amount_max",   "bound",   "currency",  "kind",       "status",    "period", "subject",
        "announcement", "part_of", "published", "source",     "title",     "line",   "offset",
        "length",       "quote",   "rule",      "confidence", "doc",
    };

    (void)state;
    assert_int_equal(COUNT_OF(names), ROW_COLUMNS);
    for (int i = 0; i < ROW_COLUMNS; i++) {
        assert_string_equal(row_columns[i].name, names[i]);
        assert_int_equal(row_column(str_from(names[i])), i);
        assert_true(row_columns[i].summary[0] != '\0');
    }
    assert_int_equal(row_column(STR("ID")), -1);
    assert_int_equal(row_column(STR("")), -1);
}

static const struct {
    const char *column, *text, *again;
} cells[] = {
    { "id", "0123456789abcdef0123", "0123456789abcdef0123" },
    { "date", "2025-02-09", "2025-02-09" },
    { "date", "2025-02", "2025-02" },
    { "date", "2024", "2024" },
    { "date", "", "" },
    { "published", "2024-02-29", "2024-02-29" },
    { "amount", "109000000000", "109000000000" },
    { "amount", " 4.90 ", "4.9" },
    { "amount", "0", "0" },
    { "amount", "", "" },
    { "amount", "9007199254740993", "9007199254740993" },
    { "amount", "999999999999999999", "999999999999999999" },
    { "amount", "9223372036854775807", "9223372036854775807" },
    { "amount", "9223372036854.775807", "9223372036854.775807" },
    { "amount_max", "0.000000001", "0.000000001" },
    { "confidence", "1", "1" },
    { "confidence", "0.85", "0.85" },
    { "confidence", "", "0" },
    { "line", "12", "12" },
    { "offset", "", "0" },
    { "announcer", "", "" },
    { "announcer", "A", "A" },
    { "announcer", "A; B;C ;", "A; B; C" },
    { "announcer", " ; ;", "" },
    { "investor", "A\\; B; C\\\\D", "A\\; B; C\\\\D" },
    { "investor", "A\\", "A\\\\" },
    { "investor", "A\\n", "A\\\\n" },
    { "quote", " \"x\" ", " \"x\" " },
};

static void test_cells(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        struct row   row = { .line = 0 };
        struct error err = { 0 };
        int          column = row_column(str_from(cells[i].column));

        assert_true(row_set_cell(&row, column, str_from(cells[i].text), arena, &err));
        assert_text(row_cell(&row, column, arena), cells[i].again);
    }
}

static const struct {
    const char *column, *text, *message;
} bad_cells[] = {
    { "id", "", "id: \"\" is not an id of 20 hex digits" },
    { "id", "1.23E+19", "id: \"1.23E+19\" is not an id of 20 hex digits" },
    { "id", "0123456789ABCDEF0123", "id: \"0123456789ABCDEF0123\" is not an id of 20 hex digits" },
    { "date", "09/02/2025",
      "date: \"09/02/2025\" is not a date such as 2025-02-09, 2025-02 or 2025" },
    { "date", "2025-02-30",
      "date: \"2025-02-30\" is not a date such as 2025-02-09, 2025-02 or 2025" },
    { "published", "2025-02-11T08:00:00Z",
      "published: \"2025-02-11T08:00:00Z\" is not a date such as 2025-02-09, 2025-02 or 2025" },
    { "amount", "12x", "amount: \"12x\" is not a number" },
    { "amount", "-3", "amount: \"-3\" is not a number" },
    { "amount", "1e9", "amount: \"1e9\" is not a number" },
    { "amount", "9223372036854775808", "amount: \"9223372036854775808\" is not a number" },
    { "amount", "1.", "amount: \"1.\" is not a number" },
    { "amount_max", ".5", "amount_max: \".5\" is not a number" },
    { "line", "-1", "line: \"-1\" is not a whole number" },
    { "offset", "1.5", "offset: \"1.5\" is not a whole number" },
    { "confidence", "1.01", "confidence: \"1.01\" is not a number from 0 to 1" },
    { "confidence", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
      "confidence: \"abcdefghijklmnopqrstuvwxyzabcdefghijklmn...\" is not a number" },
};

static void test_bad_cells(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad_cells); i++) {
        struct row   row = { .line = 0 };
        struct error err = { 0 };
        int          column = row_column(str_from(bad_cells[i].column));

        assert_false(row_set_cell(&row, column, str_from(bad_cells[i].text), arena, &err));
        assert_string_equal(err.text, bad_cells[i].message);
        assert_int_equal(err.kind, ERROR_DATA);
    }
}

static void test_names(void **state)
{
    struct str      names[] = { STR("A; B"), STR("C\\D"), STR("E\\"), STR(";") };
    struct str_list list = { names, COUNT_OF(names) }, again;

    (void)state;
    assert_text(row_join(list, arena), "A\\; B; C\\\\D; E\\\\; \\;");
    again = row_names(row_join(list, arena), arena);
    assert_int_equal(again.count, list.count);
    for (size_t i = 0; i < list.count; i++)
        assert_true(str_equal(again.items[i], names[i]));
    assert_int_equal(row_names(STR(""), arena).count, 0);
}

/* Each line before the next. */
static const struct {
    char        id;
    const char *date, *source;
    int64_t     offset;
} ordered[] = {
    { 'f', "2024", "z", 0 },        { 'e', "2024-12", "z", 0 },    { 'd', "2024-12-31", "z", 0 },
    { 'c', "2025-01-01", "a", 9 },  { 'c', "2025-01-01", "b", 2 }, { 'b', "2025-01-01", "b", 10 },
    { 'c', "2025-01-01", "b", 10 }, { 'a', "", "a", 0 },
};

static void test_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ordered); i++) {
        for (size_t k = 0; k < COUNT_OF(ordered); k++) {
            struct row a =
                sample_row(ordered[i].id, ordered[i].date, ordered[i].source, ordered[i].offset);
            struct row b =
                sample_row(ordered[k].id, ordered[k].date, ordered[k].source, ordered[k].offset);
            int order = row_compare(&a, &b);

            assert_true(i < k ? order < 0 : i > k ? order > 0 : order == 0);
        }
    }
}

static void test_copy(void **state)
{
    char       date[] = "2025-01-01";
    struct str names[] = { STR("A"), STR("B") };
    struct row row = sample_row('a', date, "s", 4);
    struct row copy;

    (void)state;
    row.investor = (struct str_list){ names, 2 };
    copy = row_copy(&row, arena);
    for (int i = 0; i < ROW_COLUMNS; i++)
        assert_true(str_equal(row_cell(&row, i, arena), row_cell(&copy, i, arena)));
    names[1] = STR("changed");
    memcpy(date, "1999", 4);
    assert_text(row_cell(&copy, row_column(STR("investor")), arena), "A; B");
    assert_text(copy.date, "2025-01-01");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),   cmocka_unit_test(test_cells),
        cmocka_unit_test(test_bad_cells), cmocka_unit_test(test_names),
        cmocka_unit_test(test_order),     cmocka_unit_test(test_copy),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
