/* test_pattern.c - compiling, the four outcomes, groups, limits, threads. */
#include "aitrack/pattern.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "aitrack/arena.h"

static struct pattern *compiled(struct arena *arena, const char *source, unsigned options)
{
    struct error    err = { 0 };
    struct pattern *pattern = pattern_compile(arena, str_from(source), options, &err);

    if (!pattern)
        print_error("%s: %s\n", source, err.text);
    assert_non_null(pattern);
    return pattern;
}

static const struct {
    const char         *source;
    unsigned            options;
    const char         *subject;
    size_t              from;
    enum pattern_result result;
    size_t              start;
    size_t              end;
} finds[] = {
    { "\\d+", 0, "en 2025 ou 2026", 0, PATTERN_FOUND, 3, 7 },
    { "\\d+", 0, "en 2025 ou 2026", 7, PATTERN_FOUND, 11, 15 },
    { "\\d+", 0, "en 2025", 7, PATTERN_ABSENT, 0, 0 },
    { "\\d+", 0, "en 2025", 8, PATTERN_ABSENT, 0, 0 }, /* past the end */
    { "", 0, "", 0, PATTERN_FOUND, 0, 0 },
    { "x*", 0, "été", 5, PATTERN_FOUND, 5, 5 },
    /* é is a letter */
    { "\\bEtat\\b", 0, "Etaté", 0, PATTERN_ABSENT, 0, 0 },
    { "\\bEtat\\b", 0, "l'Etat", 0, PATTERN_FOUND, 2, 6 },
    { "\\w+", 0, "été", 0, PATTERN_FOUND, 0, 5 },
    { "^.$", 0, "é", 0, PATTERN_FOUND, 0, 2 },
    { "É", PATTERN_IGNORE_CASE, "é", 0, PATTERN_FOUND, 0, 2 },
    { "É", 0, "é", 0, PATTERN_ABSENT, 0, 0 },
    /* what stands before FROM is seen by look-behinds, and ^ is the subject's beginning */
    { "(?<!\\d)\\d", 0, "12", 1, PATTERN_ABSENT, 0, 0 },
    { "^b", 0, "ab", 1, PATTERN_ABSENT, 0, 0 },
    /* options */
    { "a b # blanks and notes", PATTERN_EXTENDED, "ab", 0, PATTERN_FOUND, 0, 2 },
    { "a b", 0, "ab", 0, PATTERN_ABSENT, 0, 0 },
    { "^b$", PATTERN_MULTILINE, "a\nb\nc", 0, PATTERN_FOUND, 2, 3 },
    { "^b$", 0, "a\nb\nc", 0, PATTERN_ABSENT, 0, 0 },
    { "b", PATTERN_ANCHORED, "ab", 0, PATTERN_ABSENT, 0, 0 },
    { "b", PATTERN_ANCHORED, "ab", 1, PATTERN_FOUND, 1, 2 },
    { ".", 0, "\r", 0, PATTERN_FOUND, 0, 1 }, /* lines end with LF, whatever PCRE2 was built for */
    { "[\\x80-\\xff]", PATTERN_BYTES, "a\xC3", 0, PATTERN_FOUND, 1, 2 },
    { "a.", PATTERN_BYTES, "a\xFF", 0, PATTERN_FOUND, 0, 2 },
    { "\xA9", PATTERN_BYTES, "\xC3\xA9", 1, PATTERN_FOUND, 1, 2 },
    { "a\\x85b", PATTERN_BYTES | PATTERN_EXTENDED,
      "a\x85"
      "b",
      0, PATTERN_FOUND, 0, 3 },
    /* the offset asked for is inside é */
    { "a", 0, "éa", 1, PATTERN_BROKEN, 0, 0 },
    /* limits: not the same as absent */
    { "^(?:a|a)*+$|^(?:(?:a|aa)+)+$", 0, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 0,
      PATTERN_LIMIT, 0, 0 },
    /* and where there is no JIT */
    { "(*NO_JIT)^(?:(?:a|aa)+)+$", 0, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 0,
      PATTERN_LIMIT, 0, 0 },
};

static void test_finds(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(finds); i++) {
        struct arena       *arena = arena_open();
        struct pattern     *pattern = compiled(arena, finds[i].source, finds[i].options);
        struct match        match = { .count = 99 };
        enum pattern_result result = pattern_find(
            matcher_new(arena), pattern, str_from(finds[i].subject), finds[i].from, &match);

        if (result != finds[i].result)
            print_error("'%s' in '%s'\n", finds[i].source, finds[i].subject);
        assert_int_equal(result, finds[i].result);
        if (result == PATTERN_FOUND) {
            assert_int_equal(match.start[0], finds[i].start);
            assert_int_equal(match.end[0], finds[i].end);
        } else {
            assert_int_equal(match.count, 99); /* untouched */
        }
        arena_close(arena);
    }
}

static const struct {
    const char *source;
    unsigned    options;
    const char *message; /* a part of it */
} refused[] = {
    { "(", 0, "missing closing parenthesis at offset 1, after '('" },
    { "a{2,1}", 0, "after 'a{2,1'" },
    { "(?<montant>x)(?<montant>y)", 0, "same name" },
    { "un intervalle de très longue durée [z-a]", 0, "after '..." },
    { "\\C", 0, "\\C" },
    { "(*UTF)a", PATTERN_BYTES, "UTF" },
    { "\xC3(", 0, "UTF-8" },
    { "[\xC3", PATTERN_BYTES, "at offset 2" },
    { "a\x85", PATTERN_BYTES | PATTERN_EXTENDED, "0x85" },
    { "()()()()()()()()()()()()()()()()()()()()()()()()", 0, "24 capture groups; at most 23" },
};

static void test_refused(void **state)
{
    struct arena *arena = arena_open();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct error err = { 0 };

        assert_null(pattern_compile(arena, str_from(refused[i].source), refused[i].options, &err));
        if (!strstr(err.text, refused[i].message))
            print_error("'%s' gives '%s'\n", refused[i].source, err.text);
        assert_non_null(strstr(err.text, refused[i].message));
        assert_int_equal(err.kind, ERROR_DATA);
    }
    arena_close(arena);
}

static void test_groups(void **state)
{
    struct arena   *arena = arena_open();
    struct matcher *matcher = matcher_new(arena);
    struct pattern *pattern =
        compiled(arena, "(?<number>\\d+)( M)?(?: (?<scale>milliards?))?(?<end>\\.)?(x)?", 0);
    struct str      text = STR("Il promet 109 milliards d'euros.");
    struct str_list names = pattern_group_names(pattern);
    struct match    match = { 0 };

    (void)state;
    assert_int_equal(names.count, 6);
    assert_true(str_equal(names.items[0], STR("")));
    assert_true(str_equal(names.items[1], STR("number")));
    assert_true(str_equal(names.items[2], STR("")));
    assert_true(str_equal(names.items[3], STR("scale")));
    assert_true(str_equal(names.items[5], STR("")));
    assert_int_equal(pattern_group(pattern, "number"), 1);
    assert_int_equal(pattern_group(pattern, "scale"), 3);
    assert_int_equal(pattern_group(pattern, "nombre"), -1);
    assert_int_equal(pattern_group(pattern, ""), -1);

    assert_int_equal(pattern_find(matcher, pattern, text, 0, &match), PATTERN_FOUND);
    assert_int_equal(match.count, 6);
    assert_true(str_equal(match_text(&match, text, 1), STR("109")));
    assert_true(str_equal(match_text(&match, text, 3), STR("milliards")));
    assert_true(match.start[2] == STR_NONE && match.end[2] == STR_NONE); /* took no part */
    assert_true(match.start[4] == STR_NONE && match.start[5] == STR_NONE);
    assert_int_equal(match_text(&match, text, 2).len, 0);
    assert_int_equal(match_text(&match, text, -1).len, 0);
    assert_int_equal(match_text(&match, text, 6).len, 0);

    /* A matcher is used for patterns of all sizes: groups of an older match must not show. */
    pattern = compiled(arena, "(?<a>Il)|(?<b>x)", 0);
    assert_int_equal(pattern_find(matcher, pattern, text, 0, &match), PATTERN_FOUND);
    assert_int_equal(match.count, 3);
    assert_true(match.start[2] == STR_NONE);
    arena_close(arena);
}

static void test_most_groups(void **state)
{
    struct arena   *arena = arena_open();
    struct matcher *matcher = matcher_new(arena);
    struct pattern *pattern =
        compiled(arena, "(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(b)", 0);
    struct match match;

    (void)state;
    assert_int_equal(pattern_find(matcher, pattern, STR("aaaaaaaaaaaaaaaaaaaaaab"), 0, &match),
                     PATTERN_FOUND);
    assert_int_equal(match.count, PATTERN_GROUPS);
    assert_int_equal(match.start[PATTERN_GROUPS - 1], 22);
    arena_close(arena);
}

/* Recursion that is deep but well-formed runs into the JIT's stack, or the interpreter's
 * depth and heap limits. */
static void test_stack_limit(void **state)
{
    struct arena   *arena = arena_open();
    struct pattern *pattern = compiled(arena, "^(\\((?1)*\\))$", 0);
    struct pattern *interpreted = compiled(arena, "(*NO_JIT)^(\\((?1)*\\))$", 0);
    size_t          depth = 500000;
    char           *deep = arena_alloc(arena, 2 * depth);
    struct match    match;

    (void)state;
    memset(deep, '(', depth);
    memset(deep + depth, ')', depth);
    assert_int_equal(
        pattern_find(matcher_new(arena), pattern, (struct str){ deep, 2 * depth }, 0, &match),
        PATTERN_LIMIT);
    assert_int_equal(
        pattern_find(matcher_new(arena), interpreted, (struct str){ deep, 2 * depth }, 0, &match),
        PATTERN_LIMIT);
    assert_int_equal(pattern_find(matcher_new(arena), pattern, STR("((()())())"), 0, &match),
                     PATTERN_FOUND);
    arena_close(arena);
}

/* Many threads meet a pattern that nobody has used yet. */
struct job {
    const struct pattern *const *patterns;
    size_t                       count;
    size_t                       found;
};

static void *search(void *argument)
{
    struct job     *job = argument;
    struct arena   *arena = arena_open();
    struct matcher *matcher = matcher_new(arena);
    struct match    match;

    for (size_t i = 0; i < job->count; i++)
        job->found += pattern_find(matcher, job->patterns[i], STR("le mot numéro 7 et 42"), 0,
                                   &match) == PATTERN_FOUND;
    arena_close(arena);
    return NULL;
}

static void test_threads(void **state)
{
    enum { THREADS = 8, PATTERNS = 50 };
    struct arena         *arena = arena_open();
    const struct pattern *patterns[PATTERNS];
    struct job            jobs[THREADS];
    pthread_t             threads[THREADS];

    (void)state;
    for (size_t i = 0; i < PATTERNS; i++) {
        char source[40];

        snprintf(source, sizeof source, "\\b(?:mot|numéro) %zu\\b", i);
        patterns[i] = compiled(arena, source, 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        jobs[i] = (struct job){ patterns, PATTERNS, 0 };
        assert_int_equal(pthread_create(&threads[i], NULL, search, &jobs[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(jobs[i].found, 1);
    }
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds),       cmocka_unit_test(test_refused),
        cmocka_unit_test(test_groups),      cmocka_unit_test(test_most_groups),
        cmocka_unit_test(test_stack_limit), cmocka_unit_test(test_threads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
