/* test_arena.c - alignment, zeroing, growing, rewinding, cleanups. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "aitrack/arena.h"

static void test_memory_is_aligned_and_zero(void **state)
{
    struct arena *arena = arena_open();

    (void)state;
    for (size_t size = 0; size < 300; size++) {
        unsigned char *memory = arena_alloc(arena, size);

        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xFF, size);
    }
    arena_close(arena);
    arena_close(NULL);
}

static void test_memory_is_zero_again_after_rewinding(void **state)
{
    struct arena *arena = arena_open();

    (void)state;
    for (int round = 0; round < 5; round++) {
        struct arena_mark mark = arena_mark(arena);

        for (size_t size = 1; size < 300000; size *= 3) {
            unsigned char *memory = arena_alloc(arena, size);

            assert_int_equal(memory[0] | memory[size / 2] | memory[size - 1], 0);
            memset(memory, 0xFF, size);
        }
        arena_rewind(arena, mark);
    }
    arena_close(arena);
}

static void test_large_blocks(void **state)
{
    struct arena *arena = arena_open();
    char         *large = arena_alloc(arena, 20u << 20);
    char         *small = arena_alloc(arena, 1);

    (void)state;
    large[(20u << 20) - 1] = 'x';
    *small = 'y';
    assert_int_equal(large[0], 0);
    arena_close(arena);
}

static void test_growing_keeps_contents(void **state)
{
    struct arena *arena = arena_open();
    size_t        count = 0, capacity = 0;
    size_t       *numbers = NULL;

    (void)state;
    for (size_t i = 0; i < 100000; i++) {
        *ARRAY_PUSH(arena, numbers, count, capacity) = i;
        if (i % 1000 == 0)
            memset(arena_alloc(arena, 24), 0xAA, 24); /* so that it is not the newest */
    }
    assert_int_equal(count, 100000);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(numbers[i], i);
    arena_close(arena);
}

static void test_growing_gives_zeroed_room(void **state)
{
    struct arena     *arena = arena_open();
    struct arena_mark mark = arena_mark(arena);
    char             *memory;

    (void)state;
    memset(arena_alloc(arena, 4096), 0xFF, 4096);
    arena_rewind(arena, mark);
    memory = arena_alloc(arena, 5);
    memset(memory, 'a', 5);
    memory = arena_grow(arena, memory, 5, 1000);
    assert_memory_equal(memory, "aaaaa\0\0\0\0\0\0\0\0\0\0\0\0", 17);
    assert_int_equal(memory[999], 0);
    arena_close(arena);
}

static char calls[16];

static void remember(void *name)
{
    strncat(calls, name, sizeof calls - strlen(calls) - 1);
}

static void test_cleanups_run_newest_first(void **state)
{
    static char       a[] = "a", b[] = "b", c[] = "c", d[] = "d";
    struct arena     *arena = arena_open();
    struct arena_mark mark;

    (void)state;
    calls[0] = '\0';
    arena_on_close(arena, remember, a);
    mark = arena_mark(arena);
    arena_on_close(arena, remember, b);
    arena_alloc(arena, 1 << 20); /* another block */
    arena_on_close(arena, remember, c);
    arena_rewind(arena, mark);
    assert_string_equal(calls, "cb");
    arena_rewind(arena, mark);
    assert_string_equal(calls, "cb");
    arena_on_close(arena, remember, d);
    arena_close(arena);
    assert_string_equal(calls, "cbda");
}

static void test_overflow_ends_the_program(void **state)
{
    int   status = 0;
    pid_t child = fork();

    (void)state;
    if (child == 0) {
        struct arena *arena = arena_open();

        if (!freopen("/dev/null", "w", stderr))
            _exit(1);
        arena_array(arena, SIZE_MAX / 2, 3);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_is_aligned_and_zero),
        cmocka_unit_test(test_memory_is_zero_again_after_rewinding),
        cmocka_unit_test(test_large_blocks),
        cmocka_unit_test(test_growing_keeps_contents),
        cmocka_unit_test(test_growing_gives_zeroed_room),
        cmocka_unit_test(test_cleanups_run_newest_first),
        cmocka_unit_test(test_overflow_ends_the_program),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
