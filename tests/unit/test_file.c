/* test_file.c - files of all kinds in, and an output that does not arrive. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "aitrack/arena.h"
#include "aitrack/file.h"

static char folder[] = "/tmp/test_file.XXXXXX";
static char path[sizeof folder + 16];

static void write_file(size_t size)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    for (size_t i = 0; i < size; i++)
        putc((int)(i * 7 % 256), file);
    assert_int_equal(fclose(file), 0);
}

static void test_whole_files(void **state)
{
    static const size_t sizes[] = { 0, 1, 4096, 65535, 65536, 65537, 1000000 };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct arena *arena = arena_open();
        struct error  err = { 0 };
        struct str    got = { NULL, 0 };

        write_file(sizes[i]);
        assert_true(file_read(arena, path, sizes[i], &got, &err));
        assert_int_equal(got.len, sizes[i]);
        for (size_t k = 0; k < got.len; k += 1 + got.len / 1000)
            assert_int_equal((unsigned char)got.ptr[k], k * 7 % 256);
        arena_close(arena);
    }
    unlink(path);
}

static void test_refusals(void **state)
{
    struct arena *arena = arena_open();
    struct error  err = { 0 };
    struct str    got = { NULL, 7 };

    (void)state;
    assert_false(file_read(arena, "/nowhere/at/all", 0, &got, &err));
    assert_string_equal(err.text, "/nowhere/at/all: No such file or directory");
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_false(file_read(arena, folder, 0, &got, &err));
    assert_non_null(strstr(err.text, ": is a folder"));
    write_file(101);
    assert_false(file_read(arena, path, 100, &got, &err));
    assert_non_null(strstr(err.text, ": larger than 100 bytes"));
    assert_false(file_read(arena, "/dev/zero", 1 << 20, &got, &err)); /* without an end */
    assert_non_null(strstr(err.text, ": larger than 1048576 bytes"));
    assert_false(file_read(arena, "", 0, &got, &err));
    assert_int_equal(got.len, 7);
    unlink(path);
    arena_close(arena);
}

static void test_standard_input_through_a_pipe(void **state)
{
    struct arena *arena = arena_open();
    struct error  err = { 0 };
    struct str    got = { NULL, 0 };
    int           ends[2], saved = dup(STDIN_FILENO);

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "abc", 3), 3);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    assert_true(file_read(arena, "-", 0, &got, &err));
    assert_true(str_equal(got, STR("abc")));
    dup2(saved, STDIN_FILENO);
    close(saved);
    arena_close(arena);
}

static void test_output_that_does_not_arrive(void **state)
{
    FILE        *full = fopen("/dev/full", "w"), *null = fopen("/dev/null", "w");
    struct error err = { 0 };

    (void)state;
    assert_non_null(full);
    assert_non_null(null);
    fputs("x", null);
    assert_true(file_finish(null, &err));
    fputs("x", full);
    assert_false(file_finish(full, &err));
    assert_int_equal(err.kind, ERROR_OUTPUT);
    assert_string_equal(err.text, "the output could not be written: No space left on device");
    assert_false(file_finish(full, &err)); /* a failure is not forgotten */
    fclose(full);
    fclose(null);
}

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/file", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_files),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_standard_input_through_a_pipe),
        cmocka_unit_test(test_output_that_does_not_arrive),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
