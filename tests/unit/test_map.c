/* test_map.c - texts to numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "aitrack/arena.h"
#include "aitrack/map.h"

static void test_many_keys(void **state)
{
    static const size_t expected[] = { 0, 1, 1000, 100000 };

    (void)state;
    for (size_t e = 0; e < COUNT_OF(expected); e++) {
        struct arena *arena = arena_open();
        struct map   *map = map_new(arena, expected[e]);
        char          text[32];
        uint32_t      value;

        for (uint32_t i = 0; i < 20000; i++) {
            snprintf(text, sizeof text, "key %u", i);
            map_put(map, str_copy(arena, str_from(text)), i);
        }
        assert_int_equal(map_count(map), 20000);
        for (uint32_t i = 0; i < 20000; i++) {
            snprintf(text, sizeof text, "key %u", i);
            assert_true(map_find(map, str_from(text), &value));
            assert_int_equal(value, i);
            snprintf(text, sizeof text, "kez %u", i);
            assert_false(map_find(map, str_from(text), NULL));
        }
        arena_close(arena);
    }
}

static void test_replacing_and_odd_keys(void **state)
{
    struct arena *arena = arena_open();
    struct map   *map = map_new(arena, 0);
    uint32_t      value = 99;

    (void)state;
    assert_false(map_find(map, STR(""), &value));
    assert_int_equal(value, 99);
    map_put(map, STR(""), 1);
    map_put(map, STR("a\0b"), 2);
    map_put(map, STR("a"), 3);
    map_put(map, STR("a"), UINT32_MAX);
    assert_int_equal(map_count(map), 3);
    assert_true(map_find(map, (struct str){ NULL, 0 }, &value));
    assert_int_equal(value, 1);
    assert_true(map_find(map, STR("a\0b"), &value));
    assert_int_equal(value, 2);
    assert_true(map_find(map, STR("a"), &value));
    assert_int_equal(value, UINT32_MAX);
    assert_true(map_find(map, STR("a"), NULL));
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_keys),
        cmocka_unit_test(test_replacing_and_odd_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
