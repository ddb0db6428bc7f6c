/* test_decimal.c - exact numbers, up to and beyond what fits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/decimal.h"

static struct decimal number(const char *text)
{
    struct decimal got = { -1, 99 };

    if (strcmp(text, "max") == 0)
        return (struct decimal){ INT64_MAX, 0 };
    assert_true(decimal_parse(str_from(text), &got));
    return got;
}

static void assert_decimal(struct decimal got, const char *wanted)
{
    char text[DECIMAL_TEXT];

    decimal_format(got, text);
    assert_string_equal(text, wanted);
}

static void test_parsing(void **state)
{
    static const struct {
        const char *text;
        int64_t     digits;
        unsigned    decimals;
        const char *plain;
    } good[] = {
        { "0", 0, 0, "0" },
        { "0.000", 0, 0, "0" },
        { "000000000000000000000", 0, 0, "0" },
        { "1.45", 145, 2, "1.45" },
        { "3.50", 35, 1, "3.5" },
        { "0.05", 5, 2, "0.05" },
        { "100", 100, 0, "100" },
        { "109000000000", 109000000000, 0, "109000000000" },
        { "0.000000001", 1, 9, "0.000000001" },
        { "999999999999999999", 999999999999999999, 0, "999999999999999999" },
        { "999999999.999999999", 999999999999999999, 9, "999999999.999999999" },
    };
    static const char *const bad[] = { "",
                                       ".",
                                       "1.",
                                       ".5",
                                       "1.2.3",
                                       "-1",
                                       "+1",
                                       " 1",
                                       "1 ",
                                       "1,5",
                                       "1e3",
                                       "0x1",
                                       "1.0000000000",
                                       "٣",
                                       "1\x80",
                                       "1000000000000000000",
                                       "1000000000.000000001" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        struct decimal got = number(good[i].text);

        assert_true(got.digits == good[i].digits);
        assert_int_equal(got.decimals, good[i].decimals);
        assert_decimal(got, good[i].plain);
    }
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct decimal got = { 42, 1 };

        assert_false(decimal_parse(str_from(bad[i]), &got));
        assert_true(got.digits == 42 && got.decimals == 1);
    }
    assert_false(decimal_parse(STR("1\0"), &(struct decimal){ 0, 0 }));
}

static void test_scaling(void **state)
{
    static const struct {
        const char *number;
        int         power;
        const char *result; /* NULL: does not fit */
    } cases[] = {
        { "109", 9, "109000000000" },
        { "1.5", 9, "1500000000" },
        { "1.5", 0, "1.5" },
        { "0", 1000000, "0" },
        { "0", -1000000, "0" },
        { "1.234567891", 6, "1234567.891" },
        { "3000", -12, "0.000000003" },
        { "3", -9, "0.000000003" },
        { "3", -10, NULL },
        { "1", 18, "1000000000000000000" },
        { "9.2", 18, "9200000000000000000" },
        { "9.3", 18, NULL },
        { "1", 19, NULL },
        { "0.000000001", 27, "1000000000000000000" },
        { "1", 1000000, NULL },
        { "1", -1000000, NULL },
        { "max", 1, NULL },
        { "max", -9, "9223372036.854775807" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct decimal got = { 42, 0 };
        bool           fits = decimal_scale(number(cases[i].number), cases[i].power, &got);

        assert_int_equal(fits, cases[i].result != NULL);
        assert_decimal(got, fits ? cases[i].result : "42");
    }
}

static void test_sums_and_products(void **state)
{
    static const struct {
        const char *a, *b, *sum, *product; /* NULL: does not fit */
    } cases[] = {
        { "0", "0", "0", "0" },
        { "0.5", "0.5", "1", "0.25" },
        { "1.45", "100", "101.45", "145" },
        { "0.1", "0.000000001", "0.100000001", NULL },
        { "1.5", "2000000000", "2000000001.5", "3000000000" },
        { "2500000000", "4000000000", "6500000000", NULL },
        { "0.000000002", "500000000", "500000000.000000002", "1" },
        { "900000000000000000", "0.1", "900000000000000000.1", "90000000000000000" },
        { "999999999999999999", "0.01", NULL, "9999999999999999.99" },
        { "max", "1", NULL, "9223372036854775807" },
        { "max", "max", NULL, NULL },
        { "max", "0", "9223372036854775807", "0" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        for (int swap = 0; swap < 2; swap++) {
            struct decimal a = number(swap ? cases[i].b : cases[i].a);
            struct decimal b = number(swap ? cases[i].a : cases[i].b);
            struct decimal got = { 42, 0 };

            assert_int_equal(decimal_add(a, b, &got), cases[i].sum != NULL);
            assert_decimal(got, cases[i].sum ? cases[i].sum : "42");
            got = (struct decimal){ 42, 0 };
            assert_int_equal(decimal_multiply(a, b, &got), cases[i].product != NULL);
            assert_decimal(got, cases[i].product ? cases[i].product : "42");
        }
    }
}

static void test_comparing(void **state)
{
    static const char *const ascending[] = {
        "0", "0.000000001", "0.5", "0.51", "1", "1.000000001", "2", "999999999999999999", "max",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(ascending); i++)
        for (size_t k = 0; k < COUNT_OF(ascending); k++)
            assert_int_equal(decimal_compare(number(ascending[i]), number(ascending[k])),
                             (i > k) - (i < k));
    assert_true(decimal_is_zero(number("0.00")));
    assert_false(decimal_is_zero(number("0.01")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parsing),
        cmocka_unit_test(test_scaling),
        cmocka_unit_test(test_sums_and_products),
        cmocka_unit_test(test_comparing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
