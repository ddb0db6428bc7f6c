/* test_charset.c - which encoding, and what becomes of bytes that are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/charset.h"
#include "aitrack/unicode.h"

#define BAD "\xEF\xBF\xBD"

static const struct {
    struct str  bytes;
    const char *forced, *encoding, *text;
    size_t      replaced;
} texts[] = {
    /* detected */
    { STR(""), NULL, "UTF-8", "", 0 },
    { STR("levée de 5 M€"), NULL, "UTF-8", "levée de 5 M€", 0 },
    { STR("\xEF\xBB\xBFlevée"), NULL, "UTF-8", "levée", 0 },
    { STR("\xFF\xFEl\0\xE9\0"), NULL, "UTF-16LE", "lé", 0 },
    { STR("\xFE\xFF\0l\x20\xAC"), NULL, "UTF-16BE", "l€", 0 },
    { STR("\xFF\xFE\0\0l\0\0\0"), NULL, "UTF-32LE", "l", 0 },
    { STR("lev\xE9"
          "e de 5 M\x80, dit-il \x85"),
      NULL, "WINDOWS-1252", "levée de 5 M€, dit-il …", 0 },
    { STR("l\x92\xE9tat"), NULL, "WINDOWS-1252", "l’état", 0 },
    { STR("lev\xE9"
          "e de 5 M\xA4"),
      NULL, "ISO-8859-15", "levée de 5 M€", 0 },
    { STR("lev\x8E"
          "e \x88 l'\x8Etranger"),
      NULL, "MACINTOSH", "levée à l'étranger", 0 },
    /* damaged UTF-8 stays UTF-8 */
    { STR("levée annoncée à l'été\xC3"), NULL, "UTF-8", "levée annoncée à l'été" BAD, 1 },
    { STR("été\xE2\x80 et \xFF"
          "déjà"),
      NULL, "UTF-8", "été" BAD " et " BAD "déjà", 2 },
    /* forced */
    { STR("M\x80"), "windows-1252", "windows-1252", "M€", 0 },
    { STR("a\x81z"), "WINDOWS-1252", "WINDOWS-1252", "a" BAD "z", 1 },
    { STR("a\x8D\x90z"), "WINDOWS-1252", "WINDOWS-1252", "a" BAD BAD "z", 2 },
    { STR("\xA4"), "ISO-8859-1", "ISO-8859-1", "¤", 0 },
    { STR("\xA4"), "ISO-8859-15", "ISO-8859-15", "€", 0 },
    { STR("a\0\x00\xD8"
          "b\0"),
      "UTF-16LE", "UTF-16LE", "a" BAD "b", 1 },
    { STR("a\0b"), "UTF-16LE", "UTF-16LE", "a" BAD, 1 },
    { STR("\xE9"), "UTF-8", "UTF-8", BAD, 1 },
    { STR("\xED\xA0\x80\xC0\x80\xF5"), "utf-8", "UTF-8", BAD BAD BAD BAD BAD BAD, 6 },
    { STR("\xF0\x9F\x98"), "UTF-8", "UTF-8", BAD, 1 },
};

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct arena  *arena = arena_open();
        struct error   err = { .kind = ERROR_NONE };
        struct decoded got = { .encoding = NULL };

        assert_true(charset_decode(arena, texts[i].bytes, texts[i].forced, &got, &err));
        assert_string_equal(str_cstring(arena, got.text), texts[i].text);
        assert_string_equal(got.encoding, texts[i].encoding);
        assert_int_equal(got.replaced, texts[i].replaced);
        arena_close(arena);
    }
}

static const struct {
    struct str  bytes;
    const char *forced;
    int         kind;
} refused[] = {
    { STR("a\0b"), NULL, ERROR_INPUT },
    { STR("\x7F"
          "ELF\0\0"),
      NULL, ERROR_INPUT },
    { STR("a\0\0\0"), "UTF-16LE", ERROR_INPUT },
    { STR("a\0"), "UTF-8", ERROR_INPUT },
    { STR("a"), "klingon", ERROR_USAGE },
    { STR("a"), "", ERROR_USAGE },
    { STR("a"), "UTF-16//IGNORE", ERROR_USAGE },
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct arena  *arena = arena_open();
        struct error   err = { .kind = ERROR_NONE };
        struct decoded got = { .encoding = "untouched" };

        assert_false(charset_decode(arena, refused[i].bytes, refused[i].forced, &got, &err));
        assert_int_equal(err.kind, refused[i].kind);
        assert_true(err.text[0] != '\0');
        assert_string_equal(got.encoding, "untouched");
        arena_close(arena);
    }
}

/* Valid UTF-8 is not copied; whatever comes out of other bytes is valid UTF-8. */
static void test_any_bytes(void **state)
{
    struct arena  *arena = arena_open();
    struct error   err = { .kind = ERROR_NONE };
    struct decoded got;
    struct str     valid = STR("un texte");
    unsigned       random = 1;
    size_t         bad;

    (void)state;
    assert_true(charset_decode(arena, valid, NULL, &got, &err));
    assert_ptr_equal(got.text.ptr, valid.ptr);
    for (int round = 0; round < 2000; round++) {
        char   bytes[40];
        size_t len = (size_t)(round % 40);

        for (size_t i = 0; i < len; i++) {
            random = random * 1103515245u + 12345u;
            bytes[i] = (char)(random >> 16 | 1);
        }
        assert_true(charset_decode(arena, (struct str){ bytes, len }, NULL, &got, &err));
        assert_true(unicode_is_valid(got.text, &bad));
        assert_true(charset_decode(arena, (struct str){ bytes, len }, "UTF-8", &got, &err));
        assert_true(unicode_is_valid(got.text, &bad));
    }
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_any_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
