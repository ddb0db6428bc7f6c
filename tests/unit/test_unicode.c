/* test_unicode.c - UTF-8, names, accents, widths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "aitrack/arena.h"
#include "aitrack/unicode.h"

/* The good ones and, with where they go wrong, the bad ones. */
static void test_validity(void **state)
{
    static const struct str good[] = {
        { "", 0 },
        { "plain ASCII, longer than eight bytes", 36 },
        { "\0", 1 },
        { "\xC2\x80", 2 },
        { "\xDF\xBF", 2 },
        { "\xE0\xA0\x80", 3 },
        { "\xED\x9F\xBF", 3 },
        { "\xEE\x80\x80", 3 },
        { "\xEF\xBF\xBF", 3 },
        { "\xF0\x90\x80\x80", 4 },
        { "\xF4\x8F\xBF\xBF", 4 },
    };
    static const struct {
        const char *text;
        size_t      bad;
    } bad[] = {
        { "\x80", 0 },
        { "abc\xFF", 3 },
        { "12345678\xC3", 8 },
        { "\xC3(", 0 },
        { "\xC0\x80", 0 },
        { "\xC1\xBF", 0 },
        { "\xE0\x9F\xBF", 0 },
        { "é\xE2\x82", 2 },
        { "\xE2\x82(", 0 },
        { "\xED\xA0\x80", 0 },
        { "\xED\xBF\xBF", 0 },
        { "\xF0\x8F\xBF\xBF", 0 },
        { "\xF4\x90\x80\x80", 0 },
        { "\xF5\x80\x80\x80", 0 },
        { "\xF0\x9F\x87", 0 },
        { "\xF8\x88\x80\x80\x80", 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_true(unicode_is_valid(good[i], NULL));
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        size_t at = 99;

        assert_false(unicode_is_valid(str_from(bad[i].text), &at));
        assert_int_equal(at, bad[i].bad);
    }
}

static void test_stepping(void **state)
{
    static const uint32_t points[] = { 'a', 0xE9, 0x20AC, 0x1F1EB, 'z' };
    struct str            s = STR("aé€🇫z");
    size_t                at = 0, size;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(points); i++, at += size)
        assert_int_equal(unicode_at(s, at, &size), points[i]);
    assert_int_equal(at, s.len);
    for (size_t i = COUNT_OF(points); i-- > 0; at -= size)
        assert_int_equal(unicode_before(s, at, &size), points[i]);
    assert_int_equal(at, 0);
    /* Not UTF-8: one byte at a time, never outside. */
    assert_int_equal(unicode_at(STR("\xE2\x82"), 0, &size), 0xFFFD);
    assert_int_equal(size, 1);
    assert_int_equal(unicode_before(STR("a\x82"), 2, &size), 0xFFFD);
    assert_int_equal(size, 1);
    assert_int_equal(unicode_before(STR("\x82"), 1, &size), 0xFFFD);
}

static void test_classes(void **state)
{
    (void)state;
    assert_true(unicode_is_upper('A') && unicode_is_upper(0xC9) && unicode_is_upper(0x152));
    assert_false(unicode_is_upper('a') || unicode_is_upper(0xE9) || unicode_is_upper('1'));
    assert_true(unicode_is_upper(0x1C5)); /* title case: ǅ */
    assert_true(unicode_is_letter('z') && unicode_is_letter(0x153) && unicode_is_letter(0x4E2D));
    assert_false(unicode_is_letter('[') || unicode_is_letter('@') || unicode_is_letter(0x20AC));
    assert_true(unicode_is_digit('7') && unicode_is_digit(0x663));
    assert_false(unicode_is_digit(0xBD) || unicode_is_digit('a'));
    assert_true(unicode_is_mark(0x301));
    assert_false(unicode_is_mark('e') || unicode_is_mark(0xE9));
}

static void assert_text(struct str got, const char *wanted)
{
    struct arena *arena = arena_open();

    assert_string_equal(str_cstring(arena, got), wanted);
    arena_close(arena);
}

static void test_composing(void **state)
{
    static const struct {
        const char *text, *composed;
    } cases[] = {
        { "", "" },
        { "plain", "plain" },
        { "déjà", "déjà" },
        { "de\xCC\x81ja\xCC\x80 vu", "déjà vu" },
        { "e\xCC\x81", "é" },
        { "\xCC\x81", "\xCC\x81" }, /* nothing to join */
        { "a\n\xCC\x81", "a\n\xCC\x81" },
        { "\xE2\x84\xAB", "Å" }, /* ångström sign */
        { "e\xCC\xA3\xCC\x82", "ệ" },
        { "e\xCC\x82\xCC\xA3", "ệ" },                     /* marks in the other order */
        { "\xC3\xAA\xCC\xA3", "ệ" },                      /* ê and a dot below */
        { "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한" }, /* Hangul */
        { "« 1 000 € » – l’été…", "« 1 000 € » – l’été…" },
        { "x\xFFy", "x\xFFy" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *arena = arena_open();
        struct str    text = str_from(cases[i].text);
        struct str    got = unicode_compose(arena, text);

        assert_text(got, cases[i].composed);
        if (strcmp(cases[i].text, cases[i].composed) == 0)
            assert_ptr_equal(got.ptr, text.ptr);
        arena_close(arena);
    }
}

static void test_name_keys(void **state)
{
    static const struct {
        const char *name, *key;
    } cases[] = {
        { "", "" },
        { "Mistral AI", "mistral ai" },
        { "  Mistral\t\n AI  ", "mistral ai" },
        { "L'Élysée", "l elysee" },
        { "L’Élysée", "l elysee" },
        { "LʼÉlysée", "l elysee" },
        { "L'E\xCC\x81lyse\xCC\x81"
          "e",
          "l elysee" },
        { "Saint-Gobain", "saint gobain" },
        { "Saint\xE2\x80\x91Gobain", "saint gobain" }, /* non-breaking hyphen */
        { "SAINT – GOBAIN", "saint gobain" },
        { "C.E.A.", "cea" },
        { "C.E.A", "cea" },
        { "le C.E.A. de Saclay", "le cea de saclay" },
        { "U.S.", "us" },
        { "É.N.A.", "ena" },
        { "J.D. Vance", "jd vance" },
        { "J. D. Vance", "j d vance" },
        { "E.ON", "e on" },
        { "booking.com", "booking com" },
        { "3.5", "3 5" },
        { "...", "" },
        { ".a.", "a" },
        { "Œuvre & Cie, S.A.S.", "oeuvre cie sas" },
        { "Æther", "aether" },
        { "Canal+", "canal+" },
        { "OpenAI™", "openai" },
        { "Jørgensen", "jorgensen" },
        { "Straße", "strasse" },
        { "ﬁnance", "finance" },
        { "ＡＢＣ", "abc" },
        { "Open\xC2\xAD"
          "AI",
          "openai" }, /* soft hyphen */
        { "Open\xE2\x80\x8B"
          "AI",
          "openai" }, /* zero width space */
        { "« Stargate »", "stargate" },
        { "a/b_c\\d|e", "a b c d e" },
        { "中国", "中国" },
        { "Газпром", "газпром" },
        { "\xCC\x81", "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *arena = arena_open();
        struct str    key = unicode_name_key(arena, str_from(cases[i].name));

        assert_text(key, cases[i].key);
        assert_text(unicode_name_key(arena, key), cases[i].key); /* a key is its own key */
        arena_close(arena);
    }
}

static void test_lower_case(void **state)
{
    struct arena *arena = arena_open();

    (void)state;
    assert_text(unicode_lower(arena, STR("ÉLYSÉE ŒUVRE 12 Md€")), "élysée œuvre 12 md€");
    assert_text(unicode_lower(arena, STR("")), "");
    assert_text(unicode_lower(arena, STR("\xC8\xBA")), "\xE2\xB1\xA5"); /* longer: Ⱥ */
    assert_text(unicode_lower(arena, STR("A\xFF")), "a\xFF");
    arena_close(arena);
}

static void test_widths(void **state)
{
    (void)state;
    assert_int_equal(unicode_width(STR("109 Md€")), 7);
    assert_int_equal(unicode_width(STR("e\xCC\x81te\xCC\x81")), 3);
    assert_int_equal(unicode_width(STR("中国")), 4);
    assert_int_equal(unicode_width(STR("")), 0);
    assert_text(unicode_take(STR("été"), 2), "ét");
    assert_text(unicode_take(STR("e\xCC\x81te\xCC\x81"), 1), "e\xCC\x81");
    assert_text(unicode_take(STR("中国"), 3), "中");
    assert_text(unicode_take(STR("abc"), 0), "");
    assert_text(unicode_take(STR("abc"), 99), "abc");
}

/* Every byte sequence of up to three "interesting" bytes: nothing may read outside. */
static void test_any_bytes(void **state)
{
    static const unsigned char bytes[] = { 0x00, '.',  'A',  0x80, 0xBF, 0xC2, 0xCC,
                                           0xE0, 0xE2, 0xED, 0xF0, 0xF4, 0xFF };
    enum { N = sizeof bytes };

    (void)state;
    for (size_t i = 0; i < N * N * N; i++) {
        struct arena *arena = arena_open();
        char         *text = arena_alloc(arena, 3);
        struct str    s = { text, 3 };
        size_t        size;

        text[0] = (char)bytes[i / N / N];
        text[1] = (char)bytes[i / N % N];
        text[2] = (char)bytes[i % N];
        unicode_compose(arena, s);
        unicode_name_key(arena, s);
        unicode_lower(arena, s);
        assert_in_range(unicode_take(s, 2).len, 0, 3);
        for (size_t at = 3; at > 0; at -= size) {
            unicode_before(s, at, &size);
            assert_in_range(size, 1, at);
        }
        arena_close(arena);
    }
}

/* 100,000 accents on one letter, in the order that sorting likes least: linear time. */
static void test_a_tower_of_accents(void **state)
{
    enum { COUNT = 100000 };
    struct arena *arena = arena_open();
    char         *text = arena_alloc(arena, 1 + 2 * COUNT);
    clock_t       start = clock();

    (void)state;
    text[0] = 'e';
    for (size_t i = 0; i < COUNT; i++)
        memcpy(text + 1 + 2 * i, i < COUNT / 2 ? "\xCC\x81" : "\xCC\xA3", 2);
    assert_true(
        unicode_is_valid(unicode_compose(arena, (struct str){ text, 1 + 2 * COUNT }), NULL));
    assert_int_equal(unicode_name_key(arena, (struct str){ text, 1 + 2 * COUNT }).len, 1);
    assert_true(clock() - start < 2 * CLOCKS_PER_SEC);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_validity),
        cmocka_unit_test(test_stepping),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_composing),
        cmocka_unit_test(test_name_keys),
        cmocka_unit_test(test_lower_case),
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_a_tower_of_accents),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
