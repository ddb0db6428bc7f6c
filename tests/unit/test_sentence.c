/* test_sentence.c - where sentences end, and where they do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "aitrack/arena.h"
#include "aitrack/pattern.h"
#include "aitrack/strbuf.h"
#include "aitrack/text.h"
#include "fixture.h"

static struct arena      *run;
static struct text_rules *rules;
static struct matcher    *matcher;

static bool load_data(const struct data_files *files, struct arena *in, struct error *err)
{
    matcher = matcher_new(in);
    return text_rules_load(files, in, &rules, err);
}

static int load(void **state)
{
    (void)state;
    return fixture_open(&run, load_data);
}

static int unload(void **state)
{
    (void)state;
    arena_close(run);
    return 0;
}

/* The sentences of SOURCE with a bar between them. */
static const char *sentences_of(struct arena *arena, const char *source)
{
    struct strbuf buf = strbuf_in(arena);
    struct text   text;

    text_build(rules, matcher, str_from(source), STR(""), arena, &text);
    for (size_t i = 0; i < text.sentence_count; i++) {
        if (i > 0)
            strbuf_add(&buf, STR(" | "));
        strbuf_add(&buf, text_slice(&text, text.sentences[i].span));
    }
    return str_cstring(arena, strbuf_str(&buf));
}

/* A bar where a sentence must end; the text without the bars is the source. */
static const char *const texts[] = {
    /* ends */
    "Le fonds est bouclé. | Il pèse 40 millions d'euros.",
    "Qui paiera ? | L'État ! | Mais quand… | On verra.",
    "Le plan est adopté en 2025. | Dix villes en profitent.",
    "Le plan est adopté en 2025. | 10 villes en profitent.",
    "Elle lève 5 M€. | « Un record », dit-elle.",
    "Elle lève 5 M€. | \"Un record\", dit-elle.",
    "Elle lève 5 M€. | “Un record”, dit-elle.",
    "Elle lève 5 M€. | – Et alors ?",
    "Elle lève 5 M€. | $60 million ont suivi.",
    "Elle lève 5 M€. | iPhone et tablettes suivront.",
    "Il a dit : « Nous paierons. » | Puis il est parti.",
    "Il a dit : \"Nous paierons.\" | Puis il est parti.",
    "Le calcul (et le réseau.) | Tout y passe.",
    "Il doute... | Puis il signe.",
    "Le tour est une série B. | Elle suit une série A. | Lumen y participe.",
    "Le plan B. | Le voici.",
    "Il cède actions, obligations, etc. | Le reste suivra.",
    "Il rachète Lumen Inc. | Les salariés suivent.",
    "Il parle de l'IA. | Ensuite il part.",
    "Le conseil de l'U.E. | Ensuite la commission.",
    /* no ends */
    "M. Roy et Mme. Blanc ont vu le Dr. Petit et MM. Noir.",
    "Le général J. Martin et J. D. Perrin, dit J.-M. Roy, sont là.",
    "M. L. B. : Nous signerons demain.",
    "Voir l'art. 5, al. 2, p. 12 et n. 3 du texte, cf. Annexe.",
    "Signé le 10 sept. 2025 et le 3 févr. 2026 à Lyon.",
    "Elle pèse 2.5 milliards, soit 1,7 fois plus.",
    "Voir lettre.example et www.lettre.example/a.b pour la suite.",
    "« Nous paierons. » a dit le ministre.",
    "« Vous paierez ? » demande le maire.",
    "« Un record ! », dit-elle.",
    "Les sommes (...) Sont oubliées.",
    "Les sommes [...] Sont oubliées.",
    "Le site Neuro.ia lève des fonds.",
    "Trois projets : Le premier est à Lyon ; Le second à Metz.",
    "Environ 12 millions d'euros, env. 3 par an.",
    "Elle vise 100 000 hab. en 2030, max. 120 000.",
    "Il rachète Lumen Corp. pour 3 M$.",
    "La société (« Lumen S.A. ») est à Lyon.",
    "Une levée de 5 M€",
};

static void test_ends(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct arena *arena = arena_open();
        struct strbuf source = strbuf_in(arena);
        const char   *at = texts[i], *bar;

        while ((bar = strstr(at, " | "))) {
            strbuf_add(&source, (struct str){ at, (size_t)(bar - at) });
            strbuf_add_char(&source, ' ');
            at = bar + 3;
        }
        strbuf_add(&source, str_from(at));
        assert_string_equal(sentences_of(arena, str_cstring(arena, strbuf_str(&source))), texts[i]);
        arena_close(arena);
    }
}

static const struct {
    const char *source, *sentences;
} blocks[] = {
    { "", "" },
    { "1. Une stratégie. Deux axes.", "Une stratégie. | Deux axes." },
    { "• Phase 1 : 5 M€. Puis 3 M€.\n• Phase 2", "Phase 1 : 5 M€. | Puis 3 M€. | Phase 2" },
    { "Action | Coût\nCalcul | 5\nRéseau | 6", "Action | Coût | Calcul | 5 | Réseau | 6" },
    { "Il a dit son prix.Elle paie. Bien ?Oui", "Il a dit son prix. | Elle paie. | Bien ? | Oui" },
    { "Neuro.Digital et prix.FR ou prix.fr", "Neuro.Digital et prix.FR ou prix.fr" },
    { "Il promet 109\nmilliards d'euros. Bien.", "Il promet 109 milliards d'euros. | Bien." },
};

static void test_blocks(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(blocks); i++) {
        struct arena *arena = arena_open();

        assert_string_equal(sentences_of(arena, blocks[i].source), blocks[i].sentences);
        arena_close(arena);
    }
}

static void test_positions(void **state)
{
    struct arena *arena = arena_open();
    struct text   text;

    (void)state;
    text_build(rules, matcher, STR("Un fonds lève 5 M€. Il suit.\n\n• Un autre, 3 M€."), STR(""),
               arena, &text);
    assert_int_equal(text.block_count, 2);
    assert_int_equal(text.blocks[0].sentence_count, 2);
    assert_int_equal(text.blocks[1].first_sentence, 2);
    assert_int_equal(text.sentences[2].block, 1);
    assert_int_equal(text_sentence_at(&text, 0), 0);
    assert_int_equal(text_sentence_at(&text, text.sentences[1].span.start), 1);
    assert_int_equal(text_sentence_at(&text, text.sentences[1].span.start - 1), UINT32_MAX);
    assert_int_equal(text_sentence_at(&text, text.sentences[2].span.start - 1), UINT32_MAX);
    assert_int_equal(text_sentence_at(&text, text.sentences[2].span.start), 2);
    assert_int_equal(text_sentence_at(&text, (uint32_t)text.folded.len), UINT32_MAX);
    arena_close(arena);
}

static void test_long_sentences(void **state)
{
    static const char *const pieces[] = { "mot ", "é", "« Il dit. ", "M. ", ".", "(", "a.b " };

    (void)state;
    for (size_t p = 0; p < COUNT_OF(pieces); p++) {
        struct arena *arena = arena_open();
        size_t        len = strlen(pieces[p]), count = 2000000 / len;
        char         *source = arena_alloc(arena, count * len + 1);
        struct text   text;
        clock_t       start = clock();
        uint32_t      before = 0;

        for (size_t i = 0; i < count; i++)
            memcpy(source + i * len, pieces[p], len);
        text_build(rules, matcher, str_from(source), STR(""), arena, &text);
        assert_true(text.sentence_count > 0);
        for (size_t i = 0; i < text.sentence_count; i++) {
            struct span span = text.sentences[i].span;

            assert_true(span.start >= before && span.end > span.start);
            assert_true(span.end - span.start <= 4000);
            before = span.end;
        }
        assert_true(clock() - start < 5 * CLOCKS_PER_SEC); /* a square would take hours */
        arena_close(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_positions),
        cmocka_unit_test(test_long_sentences),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
