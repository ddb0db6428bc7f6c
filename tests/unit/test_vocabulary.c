/* test_vocabulary.c - cues: phrases, conjugated verbs, forms with several readings. */
#include "aitrack/vocabulary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "aitrack/arena.h"
#include "fixture.h"

static struct arena      *arena;
static struct vocabulary *vocabulary;

static bool load_data(const struct data_files *files, struct arena *in, struct error *err)
{
    return vocabulary_load(files, in, &vocabulary, err);
}

static int load(void **state)
{
    (void)state;
    return fixture_open(&arena, load_data);
}

static int unload(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

/* The phrase at the beginning of TEXT as one of its readings, "class.feature", and its tokens. */
static const struct {
    const char *text;
    const char *class;
    const char *feature;
    size_t      length; /* 0: no such reading */
} phrases[] = {
    { "annonçait une aide", "announce", "impf", 1 },
    { "Investira demain", "pay", "fut", 1 },
    { "levée de fonds", "noun", "funding_round", 3 },
    { "tour de France", "noun", "funding_round", 1 },
    { "levée", "raise", "part", 1 },
    { "levée", "noun", "funding_round", 1 },
    { "auprès d'une banque", "from", "none", 2 },
    { "à la banque", "to", "none", 1 },
    { "a promis", "have", "pres", 1 },
    { "cheval", "pay", "inf", 0 },
    { "a promis", "to", "none", 0 },
};

static bool has_reading(uint32_t at, const char *class, const char *feature)
{
    for (; at != CUE_NONE; at = vocabulary_cue(vocabulary, at)->next) {
        const struct cue *cue = vocabulary_cue(vocabulary, at);

        if (cue->class == vocabulary_class(vocabulary, str_from(class)) &&
            cue->feature == vocabulary_feature(vocabulary, str_from(feature)))
            return true;
    }
    return false;
}

static void test_phrases(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(phrases); i++) {
        struct str        text = str_from(phrases[i].text);
        struct token_list tokens;
        size_t            length = 0;
        uint32_t          cue;
        bool              found;

        token_split(text, (struct span){ 0, (uint32_t)text.len }, arena, &tokens);
        cue = vocabulary_find(vocabulary, tokens.items, tokens.count, 0, arena, &length);
        found = has_reading(cue, phrases[i].class, phrases[i].feature);
        if (found != (phrases[i].length > 0) || (found && length != phrases[i].length))
            fail_msg("%s: %s.%s %s, %zu tokens", phrases[i].text, phrases[i].class,
                     phrases[i].feature, found ? "found" : "absent", length);
    }
}

static void test_names(void **state)
{
    uint8_t class = vocabulary_class(vocabulary, STR("say"));

    (void)state;
    assert_true(class >= 0x80);
    assert_true(str_equal(vocabulary_class_name(vocabulary, class), STR("say")));
    assert_int_equal(vocabulary_class(vocabulary, STR("nonesuch")), 0);
    assert_int_equal(vocabulary_feature(vocabulary, STR("nonesuch")), 0);
    assert_int_equal(vocabulary_feature(vocabulary, STR("none")), FEATURE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phrases),
        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
