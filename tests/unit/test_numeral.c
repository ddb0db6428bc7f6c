/* test_numeral.c - groups of digits and number words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "aitrack/arena.h"
#include "aitrack/numeral.h"

static struct arena    *arena;
static struct numerals *numerals;

static int open_numerals(void **state)
{
    struct data_files files = { NULL };
    struct error      err = { 0 };

    (void)state;
    arena = arena_open();
    return numerals_load(&files, arena, &numerals, &err) ? 0 : -1;
}

static int close_numerals(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

static const struct {
    const char *text;
    bool        is_scaled;
    const char *value;
} accepted[] = {
    { "7", false, "7" },
    { "1 500", false, "1500" },
    { "1 500 000,25", false, "1500000.25" },
    { "1.500", false, "1500" },
    { "1.500.000", false, "1500000" },
    { "1.234,5", false, "1234.5" },
    { "1,234.5", false, "1234.5" },
    { "1,500,000", false, "1500000" },
    { "5'500'000", false, "5500000" },
    { "2,5", true, "2.5" },
    { "2.5", true, "2.5" },
    { "1,250", true, "1.25" },
    { "1.105", true, "1105" },
    { "25,000", false, "25000" },
    { "12,500", false, "12500" },
    { "1,459", false, "1.459" },
    { "0.125", true, "0.125" },
    { "312,50", false, "312.5" },
    { "999999999999999999", false, "999999999999999999" },
    { "zéro", false, "0" },
    { "un", false, "1" },
    { "Quinze", false, "15" },
    { "dix-sept", false, "17" },
    { "vingt et un", false, "21" },
    { "soixante-dix", false, "70" },
    { "soixante-quinze", false, "75" },
    { "quatre-vingts", false, "80" },
    { "quatre-vingt-dix-neuf", false, "99" },
    { "septante", false, "70" },
    { "nonante-deux", false, "92" },
    { "huitante", false, "80" },
    { "cent", false, "100" },
    { "deux cents", false, "200" },
    { "cent quatre-vingts", false, "180" },
    { "mille", false, "1000" },
    { "mille cinq cents", false, "1500" },
    { "deux cent cinquante mille", false, "250000" },
    { "CINQ CENT MILLE", false, "500000" },
    { "trois mille deux cent quarante et un", false, "3241" },
};

static const char *const refused[] = {
    "",         "abc",         "un deux", "vingt dix", "cent cent", "mille mille",
    "dix deux", "quinze deux", "et",      "deux fois", "1 500 €",   "1234567890123456789",
    "dizaine",  "demi",        "x1",
};

static void test_accepted(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(accepted); i++) {
        struct decimal got;
        char           text[DECIMAL_TEXT];

        if (!numeral_parse(numerals, str_from(accepted[i].text), accepted[i].is_scaled, &got))
            fail_msg("'%s' is refused", accepted[i].text);
        decimal_format(got, text);
        assert_string_equal(text, accepted[i].value);
    }
}

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct decimal got = { 42, 0 };

        if (numeral_parse(numerals, str_from(refused[i]), false, &got))
            fail_msg("'%s' is accepted", refused[i]);
        assert_int_equal(got.digits, 42);
    }
}

static void test_words_of_a_kind(void **state)
{
    struct decimal got;

    (void)state;
    assert_true(numerals_word(numerals, STR("Vingtaine"), NUMERAL_COLLECTIVE, &got));
    assert_int_equal(got.digits, 20);
    assert_true(numerals_word(numerals, STR("demi"), NUMERAL_FRACTION, &got));
    assert_int_equal(got.digits, 5);
    assert_int_equal(got.decimals, 1);
    assert_false(numerals_word(numerals, STR("vingt"), NUMERAL_COLLECTIVE, &got));
    assert_false(numerals_word(numerals, STR("personne"), NUMERAL_UNIT, &got));
    assert_true(numerals_words(numerals, NUMERAL_VAGUE).count > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_words_of_a_kind),
    };

    return cmocka_run_group_tests(tests, open_numerals, close_numerals);
}
