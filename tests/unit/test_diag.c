/* test_diag.c - warnings: counted, one line, nothing that a terminal obeys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/diag.h"

static char   last[4096];
static size_t lines;

static void keep(const char *line, void *context)
{
    (void)context;
    lines++;
    snprintf(last, sizeof last, "%s", line);
}

static void test_lines(void **state)
{
    static const struct {
        const char *path;
        size_t      line;
        const char *message;
        const char *wanted;
    } cases[] = {
        { "a.txt", 3, "bad", "aitrack: a.txt:3: bad" },
        { "a.txt", 0, "bad", "aitrack: a.txt: bad" },
        { NULL, 0, "bad", "aitrack: bad" },
        { "été/œuvre.txt", 1, "100 €", "aitrack: été/œuvre.txt:1: 100 €" },
        { "a\n\x1B[31mb", 0, "\t", "aitrack: a\\x0A\\x1B[31mb: \\x09" },
        { "\x7F", 0, "\xC2\x9B", "aitrack: \\x7F: \\xC2\\x9B" },
        { "\x9B", 0, "caf\xE9", "aitrack: \\x9B: caf\\xE9" },
        { "\xC3", 0, "\xED\xA0\x80", "aitrack: \\xC3: \\xED\\xA0\\x80" },
    };

    (void)state;
    diag_redirect(keep, NULL);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        diag_warn(cases[i].path, cases[i].line, "%s", cases[i].message);
        assert_string_equal(last, cases[i].wanted);
        assert_int_equal(diag_count(), i + 1);
    }
    diag_note("waiting for %s", "x");
    assert_string_equal(last, "aitrack: waiting for x");
    assert_int_equal(diag_count(), COUNT_OF(cases));
    diag_redirect(NULL, NULL);
    assert_int_equal(diag_count(), 0);
}

static void test_long_lines_are_cut(void **state)
{
    char message[10000];

    (void)state;
    memset(message, '\x01', sizeof message - 1);
    message[sizeof message - 1] = '\0';
    diag_redirect(keep, NULL);
    diag_warn("f", 1, "%s", message);
    assert_in_range(strlen(last), 1000, 2047);
    assert_string_equal(last + strlen(last) - 7, "\\x01...");
    diag_redirect(NULL, NULL);
}

static void *warn_often(void *unused)
{
    for (int i = 0; i < 1000; i++)
        diag_warn("f", 1, "m");
    return unused;
}

static void test_threads(void **state)
{
    pthread_t threads[4];

    (void)state;
    diag_redirect(keep, NULL);
    lines = 0;
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, warn_often, NULL), 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(diag_count(), 4000);
    assert_int_equal(lines, 4000);
    diag_redirect(NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_long_lines_are_cut),
        cmocka_unit_test(test_threads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
