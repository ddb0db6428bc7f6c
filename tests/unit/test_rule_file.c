/* test_rule_file.c - rules: blocks, definitions, examples, refusals with their line. */
#include "aitrack/rule_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "aitrack/arena.h"
#include "aitrack/pattern.h"
#include "data_folder.h"

static struct data_folder folder;

static const struct definition given[] = {
    { { "scales", 6 }, { "milliards?|millions?", 20 } },
    { { "of", 2 }, { "d'|de ", 6 } },
};

static bool load(const char *text, struct arena *arena, struct rule_file *out, struct error *err)
{
    static const char *const keys[] = { "pattern", "kind", "note", NULL };
    struct data_files        files = { folder.path };

    data_folder_write(&folder, "x.rules", text, strlen(text));
    return rule_file_load(&files, "x.rules", keys, given, COUNT_OF(given), arena, out, err);
}

#define EXAMPLES "accepts  a -> b\nrefuses  c\n"

/* The first rule's first pattern. */
static const struct {
    const char *text;
    const char *pattern;
} patterns[] = {
    { "rule a\npattern x\n" EXAMPLES, "x" },
    { "rule a\npattern\tx  y\t \n" EXAMPLES, "x  y" }, /* inner blanks stay */
    { "rule a\r\npattern x\r\n" EXAMPLES, "x" },
    { "rule a\npattern x\n   y\n\t z\n" EXAMPLES, "x y z" },
    { "rule a\npattern\n   y\n" EXAMPLES, "y" },
    { "rule a\npattern x\n# a note\n   # another\n  y\n" EXAMPLES, "x y" },
    { "rule a\npattern x#y\n" EXAMPLES, "x#y" },
    { "rule a\npattern @{scales}\n" EXAMPLES, "(?:milliards?|millions?)" },
    { "rule a\npattern <@{of}@{of}>\n" EXAMPLES, "<(?:d'|de )(?:d'|de )>" },
    { "define d \\d+\nrule a\npattern x@{d}\n" EXAMPLES, "x(?:\\d+)" },
    { "define d \\d+\ndefine n @{d}\n  @{scales}\n\nrule a\npattern @{n}\n" EXAMPLES,
      "(?:(?:\\d+) (?:milliards?|millions?))" },
    { "rule a\npattern \\p{L}@x{2}\n" EXAMPLES, "\\p{L}@x{2}" },
    { "rule a\nkind @{x}\npattern y\n" EXAMPLES, "y" }, /* only patterns hold definitions */
    { "rule a\npattern first\npattern second\n" EXAMPLES, "first" },
    { "rule a\n" EXAMPLES "pattern last", "last" },
};

static void test_patterns(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(patterns); i++) {
        struct arena    *arena = arena_open();
        struct error     err = { 0 };
        struct rule_file file;

        if (!load(patterns[i].text, arena, &file, &err))
            fail_msg("%s", err.text);
        assert_int_equal(file.count, 1);
        assert_string_equal(str_cstring(arena, rule_value(&file.rules[0], "pattern")),
                            patterns[i].pattern);
        arena_close(arena);
    }
}

static void test_blocks(void **state)
{
    static const char  text[] = "# rules\n"
                                "define digits \\d+\n"
                                "\n"
                                "rule     money.scaled\n"
                                "pattern  @{digits} @{scales}\n"
                                "note     one  two\n"
                                "note     three\n"
                                "accepts  Il promet 109 milliards.  -> 109000000000\n"
                                "accepts  Coût : 3 millions\n"
                                "refuses  Une étoile.\n"
                                "\n"
                                "\n"
                                "rule     money.bare\n"
                                "accepts  a -> b\n"
                                "refuses  b\n"
                                "  et suite\n";
    struct arena      *arena = arena_open();
    struct error       err = { 0 };
    struct rule_file   file;
    const struct rule *rule;

    (void)state;
    if (!load(text, arena, &file, &err))
        fail_msg("%s", err.text);
    assert_string_equal(file.file, folder.file);
    assert_int_equal(file.count, 2);

    rule = &file.rules[0];
    assert_true(str_equal(rule->name, STR("money.scaled")));
    assert_int_equal(rule->line, 4);
    assert_string_equal(rule->file, folder.file);
    assert_int_equal(rule->line_count, 3);
    assert_true(str_equal(rule->lines[0].key, STR("pattern")));
    assert_int_equal(rule->lines[0].line, 5);
    assert_true(str_equal(rule->lines[1].value, STR("one  two")));
    assert_true(str_equal(rule->lines[2].value, STR("three")));
    assert_int_equal(rule->lines[2].line, 7);
    assert_true(str_equal(rule_value(rule, "note"), STR("one  two")));
    assert_true(str_is_empty(rule_value(rule, "kind")));
    assert_int_equal(rule->accept_count, 2);
    assert_int_equal(rule->accepts[0].line, 8);
    assert_true(str_equal(rule->accepts[0].text, STR("Il promet 109 milliards.")));
    assert_true(str_equal(rule->accepts[0].expected, STR("109000000000")));
    assert_true(str_equal(rule->accepts[1].text, STR("Coût : 3 millions")));
    assert_true(str_is_empty(rule->accepts[1].expected));
    assert_int_equal(rule->refuse_count, 1);

    rule = &file.rules[1];
    assert_int_equal(rule->line, 13);
    assert_int_equal(rule->line_count, 0);
    assert_true(str_equal(rule->refuses[0].text, STR("b et suite")));
    assert_int_equal(rule->refuses[0].line, 15);

    assert_false(rule_error(rule, &err, "no group '%s'", "montant"));
    assert_non_null(strstr(err.text, "/x.rules:13: rule money.bare: no group 'montant'"));
    assert_int_equal(err.kind, ERROR_DATA);

    assert_true(load("", arena, &file, &err));
    assert_int_equal(file.count, 0);
    assert_true(load("define x y\n", arena, &file, &err));
    assert_int_equal(file.count, 0);
    arena_close(arena);
}

static const struct {
    const char *value;
    const char *text;
    const char *expected;
} examples[] = {
    { "a -> b", "a", "b" },
    { "a   ->   b  c", "a", "b  c" },
    { "de 2 -> 3 M€ -> 3000000 EUR", "de 2 -> 3 M€", "3000000 EUR" },
    { "a->b", "a->b", "" },
    { "a ->b", "a ->b", "" },
    { "a ->", "a", "" },
    { "a -> b ->", "a -> b", "" },
    { "a", "a", "" },
    { "a -> -> b", "a ->", "b" },
};

static void test_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(examples); i++) {
        struct arena    *arena = arena_open();
        struct error     err = { 0 };
        struct rule_file file;
        char             text[200];

        snprintf(text, sizeof text, "rule a\naccepts  %s\nrefuses  x\n", examples[i].value);
        assert_true(load(text, arena, &file, &err));
        assert_string_equal(str_cstring(arena, file.rules[0].accepts[0].text), examples[i].text);
        assert_string_equal(str_cstring(arena, file.rules[0].accepts[0].expected),
                            examples[i].expected);
        arena_close(arena);
    }
}

static const struct {
    const char *text;
    const char *message; /* after the file's name */
} refused[] = {
    { "rule a.b\npatern x\n" EXAMPLES, ":2: rule a.b: unknown key 'patern'" },
    { "# note\n\nfoo x\n", ":3: unknown key 'foo'" },
    { "pattern x\n", ":1: 'pattern' outside a rule" },
    { "rule a\n" EXAMPLES "\npattern x\n", ":5: 'pattern' outside a rule" },
    { "  x\n", ":1: begins with blanks but continues nothing" },
    { "rule a\n" EXAMPLES "\n\n  x\n", ":6: begins with blanks but continues nothing" },
    { "rule a\npattern x\naccepts a -> b\n", ":1: rule a: no 'refuses' example" },
    { "\nrule a\npattern x\nrefuses a\n\nrule b\n" EXAMPLES, ":2: rule a: no 'accepts' example" },
    { "rule a\n" EXAMPLES "\nrule a\n" EXAMPLES, ":5: rule a: already at line 1" },
    { "rule a\n" EXAMPLES "rule b\n" EXAMPLES,
      ":4: rule a: a second 'rule' without an empty line before it" },
    { "rule\n" EXAMPLES, ":1: '' is no name for a rule" },
    { "rule a b\n" EXAMPLES, ":1: 'a b' is no name for a rule" },
    { "rule a\npattern\n" EXAMPLES, ":2: rule a: 'pattern' without a value" },
    { "rule a\naccepts\nrefuses x\n", ":2: rule a: 'accepts' without a value" },
    { "rule a\npattern x @{y}\n" EXAMPLES, ":2: rule a: no definition 'y' above" },
    { "rule a\npattern x\n  @{of}\n  @{y}\n" EXAMPLES, ":4: rule a: no definition 'y' above" },
    { "rule a\npattern @{y}\n" EXAMPLES "\ndefine y z\n", ":2: rule a: no definition 'y' above" },
    { "rule a\npattern x @{\n" EXAMPLES, ":2: rule a: '@{' without '}'" },
    { "rule a\npattern x @{of\n  }\n" EXAMPLES, ":2: rule a: '@{' without '}'" },
    { "rule a\npattern x @{}\n" EXAMPLES, ":2: rule a: '@{}' holds no name" },
    { "rule a\npattern x @{o f}\n" EXAMPLES, ":2: rule a: '@{o f}' holds no name" },
    { "define a b\ndefine c @{c}\n", ":2: no definition 'c' above" }, /* not itself */
    { "define a\n", ":1: 'a' is defined as nothing" },
    { "define\n", ":1: '' is no name for a definition" },
    { "define a@ x\n", ":1: 'a@' is no name for a definition" },
    { "define a x\n\ndefine a y\n", ":3: 'a' is already defined" },
    { "define of x\n", ":1: 'of' is already defined" },
    { "rule a\ndefine b c\n" EXAMPLES, ":2: rule a: 'define' inside a rule; put it above" },
    { "rule a\n" EXAMPLES "\n\xE9\n", ":5: not valid UTF-8" },
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct arena    *arena = arena_open();
        struct error     err = { 0 };
        struct rule_file file = { .count = 99 };

        if (load(refused[i].text, arena, &file, &err))
            fail_msg("accepted: %s", refused[i].text);
        assert_memory_equal(err.text, folder.file, strlen(folder.file));
        assert_string_equal(err.text + strlen(folder.file), refused[i].message);
        assert_int_equal(err.kind, ERROR_DATA);
        assert_int_equal(file.count, 99);
        arena_close(arena);
    }
}

/* Each definition is ten times the one before: 10^12 bytes at the end. */
static void test_growth(void **state)
{
    struct arena    *arena = arena_open();
    struct error     err = { 0 };
    struct rule_file file;
    char             text[4096] = "define d0 x\n";

    (void)state;
    for (int i = 1; i <= 12; i++) {
        char line[32];

        snprintf(line, sizeof line, "define d%d ", i);
        strcat(text, line);
        for (int j = 0; j < 10; j++) {
            snprintf(line, sizeof line, "@{d%d}", i - 1);
            strcat(text, line);
        }
        strcat(text, "\n");
    }
    assert_false(load(text, arena, &file, &err));
    assert_non_null(strstr(err.text, "longer than 1048576 bytes"));
    arena_close(arena);
}

static void test_alternatives(void **state)
{
    static const struct {
        const char *words[4];
        const char *pattern;
    } lists[] = {
        { { "a", "b+c" }, "b\\+c|a" },
        { { "million", "millions", "milliard" }, "milliard|millions|million" },
        { { "b", "a", "b" }, "a|b" }, /* once, and in one order whatever came first */
        { { "New York", "#1", "a-b" }, "New\\ York|a\\-b|\\#1" },
        { { "", "a" }, "a" },
        { { "@{x}" }, "@\\{x\\}" },
        { { "" }, "(?!)" }, /* not a pattern that matches everywhere */
        { { 0 }, "(?!)" },
    };
    struct arena *arena = arena_open();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        struct str words[4];
        size_t     count = 0;

        for (; count < 4 && lists[i].words[count]; count++)
            words[count] = str_from(lists[i].words[count]);
        assert_string_equal(
            str_cstring(arena, rule_alternatives(arena, (struct str_list){ words, count })),
            lists[i].pattern);
    }
    arena_close(arena);
}

/* Whatever a word holds, its quoted form matches that word and it alone. */
static void test_alternatives_match(void **state)
{
    static const char *const words[] = { "M€",  "$",     "d'euros", "a.b",   "x|y", "(c)", "[d]",
                                         "{2}", "\\d+?", "^e",      "f g",   "#1",  "h-i", "j\tk",
                                         "&&",  "~",     "l/m",     "œuvre", "é*",  "" };
    static const unsigned    options[] = { 0, PATTERN_EXTENDED, PATTERN_IGNORE_CASE };
    struct arena            *arena = arena_open();
    struct matcher          *matcher = matcher_new(arena);

    (void)state;
    for (size_t i = 0; words[i][0]; i++)
        for (size_t o = 0; o < COUNT_OF(options); o++) {
            struct str      word = str_from(words[i]);
            struct str      quoted = rule_alternatives(arena, (struct str_list){ &word, 1 });
            struct error    err = { 0 };
            struct pattern *pattern = pattern_compile(arena, quoted, options[o], &err);
            struct match    match;

            assert_non_null(pattern);
            assert_int_equal(pattern_find(matcher, pattern, word, 0, &match), PATTERN_FOUND);
            assert_int_equal(match.end[0] - match.start[0], word.len);
            assert_int_equal(pattern_find(matcher, pattern, STR("abcdfgxyz 01 2"), 0, &match),
                             PATTERN_ABSENT);
        }
    arena_close(arena);
}

static int open_folder(void **state)
{
    (void)state;
    data_folder_open(&folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    data_folder_remove(folder.path);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_growth),
        cmocka_unit_test(test_alternatives),
        cmocka_unit_test(test_alternatives_match),
    };

    return cmocka_run_group_tests(tests, open_folder, remove_folder);
}
