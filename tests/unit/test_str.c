/* test_str.c - views: comparing, cutting, finding, integers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/str.h"

static void assert_str(struct str got, const char *wanted)
{
    assert_int_equal(got.len, strlen(wanted));
    if (got.len)
        assert_memory_equal(got.ptr, wanted, got.len);
}

static void test_comparing(void **state)
{
    static const struct {
        const char *a, *b;
        int         order;
    } pairs[] = {
        { "", "", 0 },    { "a", "", 1 },    { "", "a", -1 },    { "a", "b", -1 },
        { "ab", "a", 1 }, { "ab", "b", -1 }, { "\xFF", "a", 1 }, { "é", "z", 1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        int order = str_compare(str_from(pairs[i].a), str_from(pairs[i].b));

        assert_int_equal((order > 0) - (order < 0), pairs[i].order);
        assert_int_equal(str_equal(str_from(pairs[i].a), str_from(pairs[i].b)),
                         pairs[i].order == 0);
    }
    assert_true(str_is_empty(str_from(NULL)));
    assert_true(str_equal((struct str){ NULL, 0 }, STR("")));
    assert_false(str_equal(STR("a\0b"), STR("a\0c")));
}

static void test_beginnings_and_ends(void **state)
{
    (void)state;
    assert_true(str_starts_with(STR("Mistral AI"), STR("Mistral")));
    assert_true(str_starts_with(STR("a"), STR("")));
    assert_false(str_starts_with(STR("Mis"), STR("Mistral")));
    assert_true(str_ends_with(STR("ledger.csv"), STR(".csv")));
    assert_false(str_ends_with(STR("csv"), STR(".csv")));
    assert_str(str_slice(STR("abcdef"), 2, 4), "cd");
    assert_str(str_slice(STR("abc"), 2, 99), "c");
    assert_str(str_slice(STR("abc"), 99, 2), "");
    assert_str(str_slice((struct str){ NULL, 0 }, 0, 5), "");
    assert_str(str_trim(STR(" \t\r\n a b\v\f ")), "a b");
    assert_str(str_trim(STR("  ")), "");
}

static void test_finding(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("aaab"), STR("aab"), 0), 1);
    assert_int_equal(str_find(STR("abab"), STR("ab"), 1), 2);
    assert_int_equal(str_find(STR("ab"), STR("abc"), 0), STR_NONE);
    assert_int_equal(str_find(STR("ab"), STR("b"), 9), STR_NONE);
    assert_int_equal(str_find(STR("ab"), STR(""), 2), 2);
    assert_int_equal(str_find(STR("ab"), STR(""), 3), STR_NONE);
    assert_int_equal(str_find_char(STR("a\0b"), 'b', 0), 2);
    assert_int_equal(str_find_char(STR(""), 'b', 0), STR_NONE);
}

static void test_cutting(void **state)
{
    struct str rest = STR("a||b|"), piece;

    (void)state;
    assert_true(str_cut(&rest, '|', &piece));
    assert_str(piece, "a");
    assert_true(str_cut(&rest, '|', &piece));
    assert_str(piece, "");
    assert_true(str_cut(&rest, '|', &piece));
    assert_str(piece, "b");
    assert_true(str_cut(&rest, '|', &piece));
    assert_str(piece, "");
    assert_false(str_cut(&rest, '|', &piece));
    rest = STR("");
    assert_true(str_cut(&rest, '|', &piece));
    assert_str(piece, "");
    assert_false(str_cut(&rest, '|', &piece));
}

static void test_integers(void **state)
{
    static const struct {
        const char *text;
        int64_t     value;
    } good[] = {
        { "0", 0 },
        { "-0", 0 },
        { "007", 7 },
        { "-12", -12 },
        { "9223372036854775807", INT64_MAX },
        { "-9223372036854775808", INT64_MIN },
    };
    static const char *const bad[] = { "",
                                       "-",
                                       "+1",
                                       " 1",
                                       "1 ",
                                       "1.0",
                                       "0x1",
                                       "--1",
                                       "1e3",
                                       "12a",
                                       "٣",
                                       "9223372036854775808",
                                       "-9223372036854775809",
                                       "99999999999999999999999" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        int64_t got = 42;

        assert_true(str_to_int64(str_from(good[i].text), &got));
        assert_true(got == good[i].value);
    }
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        int64_t got = 42;

        assert_false(str_to_int64(str_from(bad[i]), &got));
        assert_int_equal(got, 42);
    }
}

static void test_copies_are_terminated(void **state)
{
    struct arena   *arena = arena_open();
    struct str      copy = str_copy(arena, str_slice(STR("abcdef"), 1, 3));
    struct str      items[] = { STR("a"), STR("b") };
    struct str_list list = { items, 2 };

    (void)state;
    assert_string_equal(copy.ptr, "bc");
    assert_string_equal(str_cstring(arena, (struct str){ NULL, 0 }), "");
    assert_true(str_list_contains(list, STR("b")));
    assert_false(str_list_contains(list, STR("")));
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_comparing), cmocka_unit_test(test_beginnings_and_ends),
        cmocka_unit_test(test_finding),   cmocka_unit_test(test_cutting),
        cmocka_unit_test(test_integers),  cmocka_unit_test(test_copies_are_terminated),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
