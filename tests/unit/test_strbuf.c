/* test_strbuf.c - a text that grows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/strbuf.h"

static void test_adding(void **state)
{
    struct arena *arena = arena_open();
    struct strbuf buf = strbuf_in(arena);

    (void)state;
    assert_int_equal(strbuf_str(&buf).len, 0);
    strbuf_add(&buf, (struct str){ NULL, 0 });
    strbuf_add(&buf, STR("109 "));
    strbuf_add_char(&buf, 'M');
    strbuf_add_format(&buf, "d%s %d%%", "€", 5);
    assert_true(str_equal(strbuf_str(&buf), STR("109 Md€ 5%")));
    strbuf_clear(&buf);
    strbuf_add_format(&buf, "%s", "");
    assert_int_equal(strbuf_str(&buf).len, 0);
    arena_close(arena);
}

static void test_growing_between_other_allocations(void **state)
{
    struct arena *arena = arena_open();
    struct strbuf buf = strbuf_in(arena);

    (void)state;
    for (int i = 0; i < 20000; i++) {
        strbuf_add_format(&buf, "%05d,", i);
        if (i % 100 == 0)
            memset(arena_alloc(arena, 10), 'x', 10);
    }
    assert_int_equal(buf.len, 120000);
    assert_true(str_equal(str_slice(strbuf_str(&buf), 6 * 777, 6 * 778), STR("00777,")));
    assert_true(str_ends_with(strbuf_str(&buf), STR("19998,19999,")));
    arena_close(arena);
}

static void test_adding_itself(void **state)
{
    struct arena *arena = arena_open();
    struct strbuf buf = strbuf_in(arena);

    (void)state;
    strbuf_add(&buf, STR("abc"));
    for (int i = 0; i < 10; i++)
        strbuf_add(&buf, strbuf_str(&buf));
    assert_int_equal(buf.len, 3 * 1024);
    assert_true(str_ends_with(strbuf_str(&buf), STR("abcabc")));
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adding),
        cmocka_unit_test(test_growing_between_other_allocations),
        cmocka_unit_test(test_adding_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
