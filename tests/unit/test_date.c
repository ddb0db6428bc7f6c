/* test_date.c - the calendar: every day from 1990 to 2040, ISO 8601, order. */
#include "aitrack/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "aitrack/arena.h"

static const struct {
    const char *text;
    int         year, month, day;
} iso_dates[] = {
    { "2025-02-09", 2025, 2, 9 },
    { "2025-02", 2025, 2, 0 },
    { "2025", 2025, 0, 0 },
    { "2025-02-11T08:00:00Z", 2025, 2, 11 },
    { "2025-02-11 08:00:00", 2025, 2, 11 },
    { "2024-02-29", 2024, 2, 29 },
    { "2000-02-29", 2000, 2, 29 },
    { "0001-01-01", 1, 1, 1 },
};
static const char *const not_iso_dates[] = {
    "",           "25",         "2025-",      "2025-2-9",  "2025-13",     "2025-02-30",
    "2023-02-29", "1900-02-29", "2025-00",    "2025-02-0", "2025-02-00",  "2025/02/09",
    "0000-01-01", "-025-01-01", "2025-02T08", "20250209",  "2025-02-09x", "2025-02-",
};

static void test_iso(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(iso_dates); i++) {
        struct date d = { 0 };

        assert_true(date_parse_iso(str_from(iso_dates[i].text), &d));
        assert_int_equal(d.year, iso_dates[i].year);
        assert_int_equal(d.month, iso_dates[i].month);
        assert_int_equal(d.day, iso_dates[i].day);
    }
    for (size_t i = 0; i < COUNT_OF(not_iso_dates); i++) {
        struct date d = { 1789, 7, 14 };

        if (date_parse_iso(str_from(not_iso_dates[i]), &d))
            fail_msg("%s was read", not_iso_dates[i]);
        assert_int_equal(d.year, 1789);
    }
}

static void test_every_day(void **state)
{
    int32_t first = date_to_days((struct date){ 1990, 1, 1 });
    int32_t last = date_to_days((struct date){ 2040, 12, 31 });
    int     weekday = 1; /* 1 January 1990 was a Monday */

    (void)state;
    assert_int_equal(first, 7305);
    assert_int_equal(last - first + 1, 51 * 365 + 13); /* 13 leap years */
    for (int32_t day = first; day <= last; day++) {
        struct date d = date_from_days(day), back;
        char        text[DATE_TEXT];

        assert_int_equal(date_to_days(d), day);
        assert_int_equal(date_weekday(d), weekday);
        weekday = weekday % 7 + 1;
        date_format(d, text);
        assert_int_equal(strlen(text), 10);
        assert_true(date_parse_iso(str_from(text), &back));
        assert_int_equal(date_compare(d, back), 0);
        assert_true(day == first || date_compare(date_from_days(day - 1), d) < 0);
    }
}

static void test_epoch(void **state)
{
    (void)state;
    assert_int_equal(date_to_days((struct date){ 1970, 1, 1 }), 0);
    assert_int_equal(date_to_days((struct date){ 1969, 12, 31 }), -1);
    assert_int_equal(date_weekday((struct date){ 1969, 12, 31 }), 3);
    assert_int_equal(date_weekday((struct date){ 1789, 7, 14 }), 2);
    assert_int_equal(date_to_days((struct date){ 2025, 2, 0 }),
                     date_to_days((struct date){ 2025, 2, 1 }));
}

static const struct {
    struct date wide, d;
    bool        covers;
} coverings[] = {
    { { 2025, 0, 0 }, { 2025, 2, 9 }, true },  { { 2025, 2, 0 }, { 2025, 2, 9 }, true },
    { { 2025, 2, 9 }, { 2025, 2, 9 }, true },  { { 2025, 2, 0 }, { 2025, 2, 0 }, true },
    { { 2025, 2, 9 }, { 2025, 2, 0 }, false }, { { 2025, 2, 0 }, { 2025, 3, 9 }, false },
    { { 0, 0, 0 }, { 2025, 2, 9 }, false },    { { 2025, 0, 0 }, { 0, 0, 0 }, false },
    { { 0, 0, 0 }, { 0, 0, 0 }, false },
};

static void test_covers(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(coverings); i++)
        assert_int_equal(date_covers(coverings[i].wide, coverings[i].d), coverings[i].covers);
}

static void test_order(void **state)
{
    static const struct date ordered[] = {
        { 2024, 12, 31 }, { 2025, 0, 0 }, { 2025, 1, 0 },
        { 2025, 1, 1 },   { 2025, 2, 0 }, { 0, 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(ordered); i++)
        for (size_t k = 0; k < COUNT_OF(ordered); k++) {
            int order = date_compare(ordered[i], ordered[k]);

            assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
        }
}

static void test_unknown(void **state)
{
    char text[DATE_TEXT] = "x";

    (void)state;
    assert_false(date_is_known((struct date){ 0 }));
    date_format((struct date){ 0 }, text);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_iso),   cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_epoch), cmocka_unit_test(test_covers),
        cmocka_unit_test(test_order), cmocka_unit_test(test_unknown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
