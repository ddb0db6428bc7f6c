/* test_json.c - values in and out; numbers that a double would round. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/json.h"
#include "aitrack/strbuf.h"

static const struct json *parse(struct arena *arena, struct str text)
{
    const struct json *value = NULL;
    struct error       err = { 0 };

    if (!json_parse(arena, text, &value, &err))
        fail_msg("%.*s: %s", STR_ARGS(text), err.text);
    return value;
}

static void test_reading(void **state)
{
    struct arena      *arena = arena_open();
    const struct json *value = parse(
        arena, STR(" {\"doc\":\"003.txt\", \"a\":[1,\"x\",null,true,{}],\"é\":\"\\u00e9\"} \n"));
    const struct json *array = json_member(value, "a");

    (void)state;
    assert_int_equal(json_type(value), JSON_OBJECT);
    assert_int_equal(json_count(value), 3);
    assert_true(str_equal(json_string(json_member(value, "doc")), STR("003.txt")));
    assert_true(str_equal(json_string(json_member(value, "é")), STR("é")));
    assert_true(str_equal(json_name(json_at(value, 1)), STR("a")));
    assert_null(json_member(value, "A"));
    assert_null(json_member(array, "a"));
    assert_int_equal(json_type(array), JSON_ARRAY);
    assert_int_equal(json_count(array), 5);
    assert_int_equal(json_type(json_at(array, 0)), JSON_NUMBER);
    assert_int_equal(json_type(json_at(array, 1)), JSON_STRING);
    assert_int_equal(json_type(json_at(array, 2)), JSON_NULL);
    assert_int_equal(json_type(json_at(array, 3)), JSON_BOOL);
    assert_int_equal(json_type(json_at(array, 4)), JSON_OBJECT);
    assert_int_equal(json_count(json_at(array, 4)), 0);
    assert_null(json_at(array, 5));
    assert_true(str_is_empty(json_string(json_at(array, 0))));
    /* A NUL ends no string: what stands behind it is not lost. */
    assert_true(str_equal(json_string(parse(arena, STR("\"a\\u0000b\""))), STR("a\xEF\xBF\xBD"
                                                                               "b")));
    assert_true(str_equal(json_string(parse(arena, STR("\"a\\\\u0000b\""))), STR("a\\u0000b")));
    arena_close(arena);
}

static void test_refusals(void **state)
{
    static const struct {
        struct str  text;
        const char *message;
    } cases[] = {
        { { "", 0 }, "not JSON from byte 0 on" },
        { { "  ", 2 }, NULL },
        { { "{", 1 }, NULL },
        { { "{\"a\":1,", 7 }, NULL },
        { { "{\"a\"", 4 }, NULL },
        { { "{\"1\":1,", 7 }, NULL },
        { { "\"abc", 4 }, NULL },
        { { "\"abc\\", 5 }, NULL },
        { { "\"\\ud800\"", 8 }, NULL },
        { { "\"\\uZZZZ\"", 8 }, "not JSON from byte 1 on" },
        { { "\"\\u12", 5 }, "not JSON from byte 1 on" },
        { { "nul", 3 }, NULL },
        { { "[1,]", 4 }, NULL },
        { { "[1] [2]", 7 }, "something follows the JSON value at byte 4" },
        { { "1x", 2 }, "something follows the JSON value at byte 1" },
        { { "[1]\0", 4 }, "not JSON: a NUL at byte 3" },
        { { "\"a\0b\"", 5 }, "not JSON: a NUL at byte 2" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena      *arena = arena_open();
        const struct json *value = NULL;
        struct error       err = { 0 };
        /* A copy of exactly its size, so that reading beyond it shows. */
        char *text = arena_alloc(arena, cases[i].text.len);

        memcpy(text, cases[i].text.ptr, cases[i].text.len);
        assert_false(json_parse(arena, (struct str){ text, cases[i].text.len }, &value, &err));
        assert_null(value);
        assert_int_equal(err.kind, ERROR_INPUT);
        if (cases[i].message)
            assert_string_equal(err.text, cases[i].message);
        arena_close(arena);
    }
}

static void test_depth(void **state)
{
    static const struct {
        size_t depth;
        bool   is_read;
    } cases[] = { { 100, true }, { 999, true }, { 1001, false }, { 100000, false } };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena      *arena = arena_open();
        struct strbuf      buf = strbuf_in(arena);
        const struct json *value;
        struct error       err = { 0 };

        for (size_t d = 0; d < cases[i].depth; d++)
            strbuf_add_char(&buf, '[');
        for (size_t d = 0; d < cases[i].depth; d++)
            strbuf_add_char(&buf, ']');
        assert_int_equal(json_parse(arena, strbuf_str(&buf), &value, &err), cases[i].is_read);
        arena_close(arena);
    }
}

static void test_numbers(void **state)
{
    static const struct {
        const char *text;
        const char *plain; /* NULL: refused */
    } cases[] = {
        { "0", "0" },
        { "-0", "0" },
        { "109000000000", "109000000000" },
        { "1.5e9", "1500000000" },
        { "1e15", "1000000000000000" },
        { "123456789012345", "123456789012345" },
        { "123456789.123456", "123456789.123456" },
        { "0.1", "0.1" },
        { "1e-9", "0.000000001" },
        { "1e-10", NULL },
        { "9007199254740993", NULL }, /* a double makes it ...992 */
        { "0.1234567890123456", NULL },
        { "1e19", NULL },
        { "1e400", NULL },
        { "-1", NULL },
        { "\"1\"", NULL },
        { "null", NULL },
        { "true", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena  *arena = arena_open();
        struct decimal got = { 42, 0 };
        bool           is_read = json_decimal(parse(arena, str_from(cases[i].text)), &got);
        char           text[DECIMAL_TEXT];

        decimal_format(got, text);
        assert_string_equal(text, cases[i].plain ? cases[i].plain : "42");
        assert_int_equal(is_read, cases[i].plain != NULL);
        arena_close(arena);
    }
}

static void test_writing(void **state)
{
    struct arena *arena = arena_open();
    struct json  *object = json_new_object(arena), *array = json_new_array(arena);
    struct str    names[] = { STR("Mistral AI"), STR("") };

    (void)state;
    json_add_string(object, "quote", str_slice(STR("x« 1 \"2\" »\n\t\\\x01y"), 1, 16));
    json_add_string(object, "nul", STR("a\0b\0"));
    json_add_strings(object, "investor", (struct str_list){ names, 2 });
    json_add_strings(object, "none", (struct str_list){ NULL, 0 });
    json_add_number(object, "amount", "9007199254740993");
    json_add_number(object, "large", "1000000000000000");
    json_add_null(object, "currency");
    json_add_bool(object, "yes", true);
    json_add_bool(object, "no", false);
    json_append(array, json_new_array(arena));
    json_append(array, json_new_object(arena));
    json_add_value(object, "list", array);
    assert_true(
        str_equal(json_print(arena, object),
                  STR("{\"quote\":\"« 1 \\\"2\\\" »\\n\\t\\\\\\u0001\","
                      "\"nul\":\"a\xEF\xBF\xBD"
                      "b\xEF\xBF\xBD\","
                      "\"investor\":[\"Mistral AI\",\"\"],\"none\":[],\"amount\":9007199254740993,"
                      "\"large\":1000000000000000,\"currency\":null,\"yes\":true,\"no\":false,"
                      "\"list\":[[],{}]}")));
    json_new_object(arena); /* never added: released with the arena */
    arena_close(arena);
}

static void test_building_and_rewinding(void **state)
{
    struct arena *arena = arena_open();
    struct json  *object = json_new_object(arena);

    (void)state;
    for (int i = 0; i < 1000; i++) {
        struct arena_mark mark = arena_mark(arena);
        struct json      *child = json_new_object(arena);

        json_add_string(child, "a", STR("b"));
        if (i == 500)
            json_add_value(object, "kept", child);
        arena_rewind(arena, mark);
    }
    assert_true(str_equal(json_print(arena, object), STR("{\"kept\":{\"a\":\"b\"}}")));
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading), cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_depth),   cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_writing), cmocka_unit_test(test_building_and_rewinding),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
