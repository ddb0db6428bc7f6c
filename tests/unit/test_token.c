/* test_token.c - words, numbers and signs. */
#include "aitrack/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "aitrack/arena.h"
#include "aitrack/strbuf.h"

/* The tokens joined with "|". */
static const struct {
    const char *text;
    const char *tokens;
} sentences[] = {
    { "L'entreprise lève 1,5 M€.", "L'|entreprise|lève|1,5|M|€|." },
    { "La start-up d'Anne R&D", "La|start-up|d'|Anne|R&D" },
    { "Booking.com et J.-C. Durand", "Booking.com|et|J.-C|.|Durand" },
    { "« Oui », dit-il (3%)", "«|Oui|»|,|dit-il|(|3|%|)" },
    { "", "" },
    { "   ", "" },
};

static void test_sentences(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(sentences); i++) {
        struct arena     *arena = arena_open();
        struct str        text = str_from(sentences[i].text);
        struct token_list tokens;
        struct strbuf     joined = strbuf_in(arena);

        token_split(text, (struct span){ 0, (uint32_t)text.len }, arena, &tokens);
        for (size_t t = 0; t < tokens.count; t++) {
            if (t > 0)
                strbuf_add_char(&joined, '|');
            strbuf_add(&joined,
                       str_slice(text, tokens.items[t].span.start, tokens.items[t].span.end));
        }
        if (!str_equal(strbuf_str(&joined), str_from(sentences[i].tokens)))
            fail_msg("%s: %.*s", sentences[i].text, STR_ARGS(strbuf_str(&joined)));
        arena_close(arena);
    }
}

static void test_shapes(void **state)
{
    struct arena     *arena = arena_open();
    struct str        text = STR("Été OPENAI x 7");
    struct token_list tokens;

    (void)state;
    token_split(text, (struct span){ 0, (uint32_t)text.len }, arena, &tokens);
    assert_int_equal(tokens.count, 4);
    assert_true(tokens.items[0].capital && !tokens.items[0].shout);
    assert_true(str_equal(tokens.items[0].lower, STR("été")));
    assert_true(str_equal(tokens.items[0].key, STR("ete")));
    assert_true(tokens.items[1].shout);
    assert_false(tokens.items[2].capital || tokens.items[2].shout);
    assert_int_equal(tokens.items[3].kind, TOKEN_NUMBER);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_shapes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
