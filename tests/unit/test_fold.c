/* test_fold.c - one spelling, and the way back to the source. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/text.h"
#include "aitrack/unicode.h"

#define NBSP "\xC2\xA0"
#define NNBSP "\xE2\x80\xAF"
#define ZWSP "\xE2\x80\x8B"
#define SHY "\xC2\xAD"
#define BOM "\xEF\xBB\xBF"
#define ACUTE "\xCC\x81"
#define CEDILLA "\xCC\xA7"

static const struct {
    const char *source, *folded;
} texts[] = {
    { "", "" },
    { "Une levée de 12,5 M€.", "Une levée de 12,5 M€." },
    /* apostrophes and hyphens; quotation marks and dashes stay */
    { "l’État, aujourdʼhui, l‘IA", "l'État, aujourd'hui, l'IA" },
    { "peut‑être", "peut-être" },
    { "« oui » “non” „si‟ – — …", "« oui » “non” „si‟ – — …" },
    /* blanks */
    { "109" NBSP "milliards" NNBSP "d'euros\tici", "109 milliards d'euros ici" },
    { "a  b \t c" NBSP NBSP "d", "a b c d" },
    { "a" NBSP "» b", "a » b" },
    { "a \xC2\xAB b", "a « b" },
    { "un\xE2\x80\x89"
      "000\xE3\x80\x80€",
      "un 000 €" },
    { "a\x01"
      "b\x7F"
      "c",
      "a b c" },
    /* line ends: blanks beside them go, two say as much as ten */
    { "a\r\nb\rc\nd", "a\nb\nc\nd" },
    { "a \n b", "a\nb" },
    { "a\n\n\n \n\nb", "a\n\nb" },
    { "a\xE2\x80\xA8"
      "b\xC2\x85"
      "c",
      "a\nb\nc" },
    { "\n\n a \n\n", "a" },
    { " ", "" },
    { "\r\n", "" },
    /* what cannot be seen */
    { BOM "a" ZWSP "b" SHY "c\xE2\x80\x8E", "abc" },
    { "a " ZWSP " b", "a b" },
    { "investisse" SHY "\nment", "investissement" },
    { "☑\xEF\xB8\x8F ok", "☑ ok" },
    /* accents of their own */
    { "leve" ACUTE "e", "levée" },
    { "c" CEDILLA "a, E" ACUTE "tat", "ça, État" },
    { "a" ZWSP ACUTE, "á" },
    { ACUTE "a", ACUTE "a" },
    { "a " ACUTE, "a " ACUTE },
    { "x" ACUTE, "x" ACUTE },
};

static void test_folding(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct arena *arena = arena_open();
        struct text   text;
        size_t        bad;

        text_fold(str_from(texts[i].source), arena, &text);
        assert_string_equal(str_cstring(arena, text.folded), texts[i].folded);
        assert_true(unicode_is_valid(text.folded, &bad));
        assert_int_equal(text.block_count, 0);
        arena_close(arena);
    }
}

/* A piece of the folded text stands in the source as WANTED. */
static const struct {
    const char *source, *piece, *wanted;
} ways_back[] = {
    { "Il a levé 5 M€.", "5 M€", "5 M€" },
    { BOM "5 M€", "5 M€", "5 M€" },
    { "L’an  dernier, l’État a mis 109" NBSP "milliards d’euros.", "109 milliards d'euros",
      "109" NBSP "milliards d’euros" },
    { "a \t b   c", "b", "b" },
    { "a\r\n\r\n\r\nb c", "b c", "b c" },
    { "e" ACUTE "te" ACUTE " 2025 fini", "2025", "2025" },
    { "e" ACUTE "te" ACUTE " 2025", "été", "e" ACUTE "te" ACUTE },
    { "fin \n\ndébut", "fin", "fin" },
    { "co" SHY "opé" SHY "ration de l’UE", "coopération", "co" SHY "opé" SHY "ration" },
    { "10" NNBSP "000" NNBSP "€ ", "10 000 €", "10" NNBSP "000" NNBSP "€" },
};

static void test_way_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ways_back); i++) {
        struct arena *arena = arena_open();
        struct text   text;
        struct str    piece = str_from(ways_back[i].piece);
        size_t        at, start, end;

        text_fold(str_from(ways_back[i].source), arena, &text);
        at = str_find(text.folded, piece, 0);
        assert_int_not_equal(at, STR_NONE);
        start = text_source_offset(&text, at);
        end = text_source_offset(&text, at + piece.len);
        assert_string_equal(str_cstring(arena, str_slice(text.source, start, end)),
                            ways_back[i].wanted);
        arena_close(arena);
    }
}

/* Offsets never go back, and the ends meet. */
static void test_map_is_monotonous(void **state)
{
    static const char *const pieces[] = { "a",  " ",         "\n", "\r\n", "é",  "’",   NBSP,
                                          ZWSP, ("e" ACUTE), "€",  "\t",   "« ", "-\n", "  " };
    unsigned                 random = 7;

    (void)state;
    for (int round = 0; round < 500; round++) {
        struct arena *arena = arena_open();
        char          source[200] = "";
        struct text   text;
        size_t        before = 0;

        for (int i = 0; i < 30; i++) {
            random = random * 1103515245u + 12345u;
            strcat(source, pieces[(random >> 16) % COUNT_OF(pieces)]);
        }
        text_fold(str_from(source), arena, &text);
        assert_true(text.folded.len <= text.source.len);
        for (size_t at = 0; at <= text.folded.len; at++) {
            size_t offset = text_source_offset(&text, at);

            assert_true(offset >= before && offset <= text.source.len);
            before = offset;
        }
        assert_int_equal(str_find(text.folded, STR("  "), 0), STR_NONE);
        assert_int_equal(str_find(text.folded, STR(" \n"), 0), STR_NONE);
        assert_int_equal(str_find(text.folded, STR("\n "), 0), STR_NONE);
        assert_int_equal(str_find(text.folded, STR("\n\n\n"), 0), STR_NONE);
        arena_close(arena);
    }
}

static void test_lines(void **state)
{
    struct arena *arena = arena_open();
    char         *many = arena_alloc(arena, 20001);
    struct text   text;

    (void)state;
    text_fold(STR("a\r\nb\rc\nd"), arena, &text);
    assert_int_equal(text_line(&text, 0), 1);
    assert_int_equal(text_line(&text, 3), 2);
    assert_int_equal(text_line(&text, 5), 3);
    assert_int_equal(text_line(&text, 7), 4);
    assert_int_equal(text_line(&text, 99), 4);
    for (size_t i = 0; i < 20000; i += 2)
        memcpy(many + i, "x\n", 2);
    text_fold(str_from(many), arena, &text);
    for (size_t i = 0; i < 20000; i += 999)
        assert_int_equal(text_line(&text, i), i / 2 + 1);
    memset(many + 4095, '\r', 1); /* CR LF across two marks */
    memset(many + 4096, '\n', 1);
    text_fold(str_from(many), arena, &text);
    assert_int_equal(text_line(&text, 4094), 2048);
    assert_int_equal(text_line(&text, 4098), 2050);
    arena_close(arena);
}

static void test_quotes(void **state)
{
    struct arena *arena = arena_open();
    struct text   text;

    (void)state;
    text_fold(STR(" L’État\t a  mis\n109" NBSP "Md€ \x01 ici."), arena, &text);
    assert_string_equal(
        str_cstring(arena, text_quote(&text, (struct span){ 0, (uint32_t)text.folded.len }, arena)),
        "L’État a mis 109 Md€ ici.");
    assert_string_equal(
        str_cstring(arena, text_slice(&text, (struct span){ 0, (uint32_t)strlen("L'État") })),
        "L'État");
    arena_close(arena);
}

/* Ten thousand marks on one letter must not take the square of the time. */
static void test_many_marks(void **state)
{
    struct arena *arena = arena_open();
    size_t        count = 1000000;
    char         *source = arena_alloc(arena, 1 + 2 * count + 1);
    struct text   text;

    (void)state;
    source[0] = 'e';
    for (size_t i = 0; i < count; i++)
        memcpy(source + 1 + 2 * i, i % 2 ? ACUTE : "\xCC\xA3", 2);
    text_fold(str_from(source), arena, &text);
    assert_true(text.folded.len > count);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folding),
        cmocka_unit_test(test_way_back),
        cmocka_unit_test(test_map_is_monotonous),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_many_marks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
