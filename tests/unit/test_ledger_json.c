#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/cell.h"
#include "aitrack/ledger.h"
#include "aitrack/strbuf.h"

#include "ledger_rows.h"

#define ID_A "\"id\": \"aaaaaaaaaaaaaaaaaaaa\""
#define ID_B "\"id\": \"bbbbbbbbbbbbbbbbbbbb\""

static const struct {
    const char *text;
    size_t      rows;
} accepted[] = {
    { "", 0 },
    { " \n", 0 },
    { "[]", 0 },
    { "[ \n ]\n", 0 },
    { "[{" ID_A "}]", 1 },
    { "\xEF\xBB\xBF[{" ID_A "},\n {" ID_B "}]\n", 2 },
    { "[{" ID_A ", \"quote\": \"} ] \\\" [{,: \\\\\"}, {" ID_B "}]", 2 },
    { "{" ID_A "}\n{" ID_B "}\n", 2 },
    { "{" ID_A "}\r\n\r\n{" ID_B "}", 2 },
    { "{\n  " ID_A ",\n  \"announcer\": [\n    \"A\",\n    \"B\"\n  ]\n}\n", 1 },
    { "[{" ID_A ", \"date\": null, \"investor\": null, \"amount\": null, \"line\": null}]", 1 },
    { "[{" ID_A ", \"investor\": \"A; B\", \"amount\": \"12\"}]", 1 },
};

static void test_accepted(void **state)
{
    static const enum ledger_format formats[] = { LEDGER_JSON, LEDGER_JSONL };
    struct arena                   *arena = arena_open();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(accepted) * 2; i++) {
        struct ledger ledger;
        struct error  err = { 0 };

        ledger_init(&ledger, arena);
        if (!ledger_parse(&ledger, str_from(accepted[i / 2].text), formats[i % 2], "x", &err))
            fail_msg("%zu: %s", i / 2, err.text);
        assert_int_equal(ledger.count, accepted[i / 2].rows);
    }
    arena_close(arena);
}

static const struct {
    const char *text, *message;
} refused[] = {
    { "x", "x.json:1: neither an array nor an object" },
    { "\n[1]", "x.json:2: no object where one should stand" },
    { "[{" ID_A "},]", "x.json:1: no object where one should stand" },
    { "[{" ID_A "}\n{" ID_B "}]", "x.json:2: no comma or ] after an object" },
    { "[{" ID_A "},\n", "x.json:2: the array is never closed" },
    { "[", "x.json:1: the array is never closed" },
    { "[]\n[]", "x.json:2: something follows the array" },
    { "[\n{" ID_A ", \"quote\": \"abc}]\n\n",
      "x.json:2: the object that opens here is never closed" },
    { "{" ID_A "}\nnull\n", "x.json:2: no object where one should stand" },
    { "[{}]", "x.json:1: id: missing" },
    { "[{\"id\": null}]", "x.json:1: id: missing" },
    { "[{\"id\": 12}]", "x.json:1: id: a value of the wrong type" },
    { "[{\"id\": \"a\"}]", "x.json:1: id: \"a\" is not an id of 20 hex digits" },
    { "[{" ID_A "},\n{" ID_B ",\n\"amount\":\n \"12x\"}]",
      "x.json:3: amount: \"12x\" is not a number" },
    { "[{" ID_A ", \"amount\": -1}]", "x.json:1: amount: \"-1\" is not a number" },
    { "[{" ID_A ", \"amount\": true}]", "x.json:1: amount: a value of the wrong type" },
    { "[{" ID_A ", \"amount\": [1]}]", "x.json:1: amount: a value of the wrong type" },
    { "[{" ID_A ", \"investor\": [1]}]", "x.json:1: investor: an item that is no string" },
    { "[{" ID_A ", \"line\": 1.5}]", "x.json:1: line: \"1.5\" is not a whole number" },
    { "[{" ID_A ", \"quote\": {\"a\": 1}}]", "x.json:1: quote: a value of the wrong type" },
    { "[{" ID_A ", \"extra\": 1}]",
      "x.json:1: unknown member \"extra\" (a ledger of a newer version?)" },
    { "[{" ID_A ", \"line\": 1, \"line\": 2}]", "x.json:1: member \"line\" twice" },
    { "[{" ID_A ", \"quote\": \"caf\xE9\"}]", "x.json:1: not UTF-8" },
};

static void test_refused(void **state)
{
    struct arena *arena = arena_open();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct ledger ledger;
        struct error  err = { 0 };

        ledger_init(&ledger, arena);
        assert_false(ledger_parse(&ledger, str_from(refused[i].text), LEDGER_JSON, "x.json", &err));
        assert_string_equal(err.text, refused[i].message);
        assert_int_equal(err.kind, ERROR_DATA);
    }
    arena_close(arena);
}

static const struct {
    const char *number, *cell; /* cell NULL: refused */
} numbers[] = {
    { "109000000000", "109000000000" },
    { "9007199254740993", "9007199254740993" },
    { "1000000000000000001", "1000000000000000001" },
    { "0.1", "0.1" },
    { " 12.50 ", "12.5" },
    { "1e9", "1000000000" },
    { "1.5E+10", "15000000000" },
    { "9223372036854775808", NULL },
    { "1e40", NULL },
    { "-0.5", NULL },
};

static void test_numbers(void **state)
{
    struct arena *arena = arena_open();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        struct strbuf buf = strbuf_in(arena);
        struct ledger ledger;
        struct error  err = { 0 };
        bool          is_read;

        /* Numbers in other members, strings and lists do not shift it. */
        strbuf_add_format(&buf,
                          "[{\"offset\": 7, \"quote\": \"a: 1, b: 2\", \"investor\": [\"1\", "
                          "\"2\"], \"amount\":%s,\"confidence\": 0.5, " ID_A "}]",
                          numbers[i].number);
        ledger_init(&ledger, arena);
        is_read = ledger_parse(&ledger, strbuf_str(&buf), LEDGER_JSON, "x", &err);
        assert_int_equal(is_read, numbers[i].cell != NULL);
        if (is_read) {
            assert_string_equal(
                str_cstring(arena, row_cell(&ledger.rows[0], row_column(STR("amount")), arena)),
                numbers[i].cell);
            assert_int_equal(ledger.rows[0].offset, 7);
            assert_int_equal(ledger.rows[0].confidence.digits, 5);
        }
    }
    arena_close(arena);
}

static const struct {
    struct str  text;
    const char *json;
} strings[] = {
    { { "", 0 }, "\"\"" },
    { { "d'\xC3\xA9t\xC3\xA9", 7 }, "\"d'\xC3\xA9t\xC3\xA9\"" },
    { { "a\"b\\c", 5 }, "\"a\\\"b\\\\c\"" },
    { { "\b\t\n\f\r", 5 }, "\"\\b\\t\\n\\f\\r\"" },
    { { "\0\x1b\x7f", 3 }, "\"\xEF\xBF\xBD\\u001b\\u007f\"" },
    { { "\xC2\x9B\xC2\xA0", 4 }, "\"\\u009b\xC2\xA0\"" },
    { { "a\xFF"
        "b\xC3",
        4 },
      "\"a\xEF\xBF\xBD"
      "b\xEF\xBF\xBD\"" },
};

static void test_strings(void **state)
{
    struct arena *arena = arena_open();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(strings); i++) {
        struct strbuf buf = strbuf_in(arena);

        cell_add_json(&buf, strings[i].text);
        assert_string_equal(str_cstring(arena, strbuf_str(&buf)), strings[i].json);
    }
    arena_close(arena);
}

static void test_written(void **state)
{
    static const char expected[] =
        "[\n{\"id\": \"aaaaaaaaaaaaaaaaaaaa\", \"date\": \"2025-02\", \"announcer\": "
        "[\"A\", \"B; C\"], \"investor\": [], \"recipient\": [], \"figure\": null, \"amount\": "
        "1000000000000000001, \"amount_max\": null, \"bound\": null, \"currency\": null, "
        "\"kind\": null, \"status\": null, \"period\": null, \"subject\": null, "
        "\"announcement\": null, \"part_of\": null, \"published\": null, \"source\": null, "
        "\"title\": null, \"line\": 0, \"offset\": 0, \"length\": 0, \"quote\": null, \"rule\": "
        "null, \"confidence\": 0.5, \"doc\": null}\n]\n";
    struct str   names[] = { STR("A"), STR("B; C") };
    struct row   row = { .id = STR("aaaaaaaaaaaaaaaaaaaa"),
                         .date = STR("2025-02"),
                         .announcer = { names, 2 },
                         .has_amount = true,
                         .amount = { 1000000000000000001, 0 },
                         .confidence = { 5, 1 } };
    char        *text = NULL;
    size_t       size = 0;
    FILE        *stream = open_memstream(&text, &size);
    struct error err = { 0 };

    (void)state;
    assert_true(ledger_write(&row, 1, LEDGER_JSON, stream, &err));
    fclose(stream);
    assert_string_equal(text, expected);
    free(text);
}

static void test_truncated(void **state)
{
    static const char text[] =
        "[\n{" ID_A ", \"investor\": [\"A\", \"B\"], \"amount\": 12},\n{" ID_B
        ", \"quote\": \"\\\"caf\\u00e9\\\"\"}\n]";
    struct arena *arena = arena_open();

    (void)state;
    for (size_t end = 1; end < sizeof text - 1; end++) {
        struct ledger ledger;
        struct error  err = { 0 };

        ledger_init(&ledger, arena);
        assert_false(ledger_parse(&ledger, str_copy(arena, (struct str){ text, end }), LEDGER_JSON,
                                  "x.json", &err));
        assert_int_equal(strncmp(err.text, "x.json:", 7), 0);
    }
    arena_close(arena);
}

static void test_deep(void **state)
{
    struct arena *arena = arena_open();
    struct strbuf buf = strbuf_in(arena);
    struct ledger ledger;
    struct error  err = { 0 };

    (void)state;
    strbuf_add(&buf, STR("[{\"id\": "));
    for (int i = 0; i < 100000; i++)
        strbuf_add(&buf, STR("["));
    for (int i = 0; i < 100000; i++)
        strbuf_add(&buf, STR("]"));
    strbuf_add(&buf, STR("}]"));
    ledger_init(&ledger, arena);
    assert_false(ledger_parse(&ledger, strbuf_str(&buf), LEDGER_JSON, "x", &err));
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_numbers),  cmocka_unit_test(test_strings),
        cmocka_unit_test(test_written),  cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_deep),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
