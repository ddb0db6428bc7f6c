/* test_error.c - messages, their context and where they are cut. */
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
#include "aitrack/error.h"
#include "aitrack/str.h"
#include "aitrack/unicode.h"

static void test_context_goes_before(void **state)
{
    struct error err = { 0 };

    (void)state;
    assert_false(error_set(&err, ERROR_DATA, "\"%s\" is not a number", "12x"));
    assert_false(error_within(&err, "amount"));
    assert_false(error_within(&err, "%s:%d", "ledger.csv", 14));
    assert_string_equal(err.text, "ledger.csv:14: amount: \"12x\" is not a number");
    assert_int_equal(err.kind, ERROR_DATA);
    error_set(&err, ERROR_INPUT, "again: %s", err.text); /* its own text as an argument */
    assert_string_equal(err.text, "again: ledger.csv:14: amount: \"12x\" is not a number");
}

static void test_status(void **state)
{
    static const struct {
        enum error_kind kind;
        int             status;
    } kinds[] = {
        { ERROR_NONE, 0 }, { ERROR_USAGE, 2 },  { ERROR_INPUT, 3 },
        { ERROR_DATA, 4 }, { ERROR_OUTPUT, 4 }, { ERROR_INTERNAL, 70 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        struct error err = { .kind = kinds[i].kind };

        assert_int_equal(error_status(&err), kinds[i].status);
    }
}

/* Characters of one to four bytes, at every place relative to the end of the room. */
static void test_long_messages_end_with_whole_characters(void **state)
{
    static const char *const letters[] = { "a", "é", "€", "🇫" };

    (void)state;
    for (size_t l = 0; l < COUNT_OF(letters); l++) {
        for (size_t shift = 0; shift < 8; shift++) {
            char         text[2048];
            struct error err = { 0 };

            memset(text, 'x', shift);
            text[shift] = '\0';
            while (strlen(text) < 1500)
                strcat(text, letters[l]);
            error_set(&err, ERROR_INPUT, "%s", text);
            assert_true(unicode_is_valid(str_from(err.text), NULL));
            assert_in_range(strlen(err.text), sizeof err.text - 4, sizeof err.text - 1);
            error_within(&err, "ceci");
            assert_true(unicode_is_valid(str_from(err.text), NULL));
            assert_memory_equal(err.text, "ceci: ", 6);
            assert_in_range(strlen(err.text), sizeof err.text - 4, sizeof err.text - 1);
            error_within(&err, "%s", text);
            assert_true(unicode_is_valid(str_from(err.text), NULL));
        }
    }
}

static void test_broken_invariants_end_the_program(void **state)
{
    int   status = 0;
    pid_t child = fork();

    (void)state;
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(1);
        ENSURE(1 + 1 == 2, "true");
        ENSURE(1 + 1 == 3, "false");
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_context_goes_before),
        cmocka_unit_test(test_status),
        cmocka_unit_test(test_long_messages_end_with_whole_characters),
        cmocka_unit_test(test_broken_invariants_end_the_program),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
