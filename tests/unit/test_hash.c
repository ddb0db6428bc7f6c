/* test_hash.c - ids that never change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/hash.h"

static void test_known_values(void **state)
{
    struct arena *arena = arena_open();
    struct str    parts[] = { STR("ab"), STR("c") };

    (void)state;
    assert_true(hash_bytes(STR("")) == 0x2D06800538D394C2u); /* from the XXH3 specification */
    assert_true(hash_bytes((struct str){ NULL, 0 }) == 0x2D06800538D394C2u);
    assert_string_equal(hash_id(arena, NULL, 0).ptr, "99aa06d3014798d86001");
    assert_int_equal(hash_id(arena, parts, 2).len, ID_LENGTH);
    assert_string_equal(hash_id(arena, parts, 2).ptr, "f2eda2708bcfd51cc05c");
    arena_close(arena);
}

static void test_parts_are_told_apart(void **state)
{
    struct arena *arena = arena_open();
    struct str    lists[][3] = {
           { STR("ab"), STR("c"), STR("") }, { STR("a"), STR("bc"), STR("") },
           { STR(""), STR("ab"), STR("c") }, { STR("abc"), STR(""), STR("") },
           { STR("ab"), STR("C"), STR("") }, { STR("ab\0"), STR("c"), STR("") },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        assert_true(str_equal(hash_id(arena, lists[i], 3), hash_id(arena, lists[i], 3)));
        assert_false(str_equal(hash_id(arena, lists[i], 3), hash_id(arena, lists[i], 2)));
        for (size_t k = 0; k < i; k++)
            assert_false(str_equal(hash_id(arena, lists[i], 3), hash_id(arena, lists[k], 3)));
    }
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_values),
        cmocka_unit_test(test_parts_are_told_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
