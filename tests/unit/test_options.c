/* test_options.c - the command line by tables of options. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "aitrack/arena.h"
#include "aitrack/nearest.h"
#include "aitrack/options.h"
#include "aitrack/strbuf.h"

struct args {
    bool                dry;
    bool                verbose;
    const char         *output;
    struct str_list     names;
    struct option_count limit;
};

struct common {
    const char *ledger;
};

static const struct option own_options[] = {
    { 'n', "dry-run", OPTION_FLAG, offsetof(struct args, dry), NULL, "change nothing" },
    { 'v', "verbose", OPTION_FLAG, offsetof(struct args, verbose), NULL, "tell more" },
    { 'o', "output", OPTION_TEXT, offsetof(struct args, output), "FILE", "where it goes" },
    { 0, "name", OPTION_LIST, offsetof(struct args, names), "NAME", "who" },
    { 'N', "limit", OPTION_COUNT, offsetof(struct args, limit), "N", "how many" },
    { 0, "not-name", OPTION_LIST, offsetof(struct args, names), "NAME", NULL },
    { 0 },
};

static const struct option common_options[] = {
    { 'l', "ledger", OPTION_TEXT, offsetof(struct common, ledger), "FILE", "the ledger" },
    { 0 },
};

enum { MOST_ARGUMENTS = 12 };

static bool parse(struct arena *arena, const char *const *words, enum options_order order,
                  struct args *args, struct common *common, struct str_list *operands, size_t *at,
                  struct error *err)
{
    struct option_set sets[] = { { common_options, common }, { own_options, args } };
    struct str        items[MOST_ARGUMENTS];
    struct str_list   arguments = { items, 0 };

    while (words[arguments.count]) {
        items[arguments.count] = str_from(words[arguments.count]);
        arguments.count++;
    }
    return options_parse(sets, COUNT_OF(sets), order, arguments, at, arena, operands, err);
}

/* What was read, in one line: "n v output=x name=a,b limit=3 ledger=l | operand operand". */
static struct str shown(struct arena *arena, const struct args *args, const struct common *common,
                        struct str_list operands)
{
    struct strbuf buf = strbuf_in(arena);

    if (args->dry)
        strbuf_add(&buf, STR("n "));
    if (args->verbose)
        strbuf_add(&buf, STR("v "));
    if (args->output)
        strbuf_add_format(&buf, "output=%s ", args->output);
    for (size_t i = 0; i < args->names.count; i++)
        strbuf_add_format(&buf, "name=%.*s ", STR_ARGS(args->names.items[i]));
    if (args->limit.is_given)
        strbuf_add_format(&buf, "limit=%zu ", args->limit.value);
    if (common->ledger)
        strbuf_add_format(&buf, "ledger=%s ", common->ledger);
    strbuf_add_char(&buf, '|');
    for (size_t i = 0; i < operands.count; i++)
        strbuf_add_format(&buf, " %.*s", STR_ARGS(operands.items[i]));
    return strbuf_str(&buf);
}

static const struct {
    const char *words[MOST_ARGUMENTS];
    const char *expected;
} accepted[] = {
    { { NULL }, "|" },
    { { "--dry-run", "a" }, "n | a" },
    { { "a", "--dry-run", "b" }, "n | a b" },
    { { "-nv" }, "n v |" },
    { { "-nvo", "x" }, "n v output=x |" },
    { { "-ox" }, "output=x |" },
    { { "-o", "x" }, "output=x |" },
    { { "-o", "-n" }, "output=-n |" },
    { { "--output", "x" }, "output=x |" },
    { { "--output=x=y" }, "output=x=y |" },
    { { "--output=" }, "output= |" },
    { { "--output", "x", "--output", "y" }, "output=y |" },
    { { "--name", "a", "--name=b", "--not-name", "c" }, "name=a name=b name=c |" },
    { { "--limit", "0" }, "limit=0 |" },
    { { "-N3", "-l", "l" }, "limit=3 ledger=l |" },
    { { "--", "--dry-run", "-n", "--" }, "| --dry-run -n --" },
    { { "-", "-n" }, "n | -" },
    { { "" }, "| " },
};

static void test_accepted(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(accepted); i++) {
        struct arena   *arena = arena_open();
        struct args     args = { .dry = false };
        struct common   common = { NULL };
        struct str_list operands = { NULL, 0 };
        struct error    err = { .kind = ERROR_NONE };
        size_t          at = 0;
        struct str      got;

        assert_true(parse(arena, accepted[i].words, OPTIONS_AMID_OPERANDS, &args, &common,
                          &operands, &at, &err));
        got = shown(arena, &args, &common, operands);
        assert_string_equal(str_cstring(arena, got), accepted[i].expected);
        arena_close(arena);
    }
}

static const struct {
    const char *words[MOST_ARGUMENTS];
    const char *message;
} refused[] = {
    { { "--dryrun" }, "unknown option --dryrun; did you mean --dry-run?" },
    { { "--led=x" }, "unknown option --led; did you mean --ledger?" },
    { { "--outptu", "x" }, "unknown option --outptu; did you mean --output?" },
    { { "--xyzzyxyzzy" }, "unknown option --xyzzyxyzzy; --help lists the options" },
    { { "--=x" }, "unknown option --; --help lists the options" },
    { { "-x" }, "unknown option -x; --help lists the options" },
    { { "-n\xC3\xA9" }, "unknown option -\xC3\xA9; --help lists the options" },
    { { "--output" }, "--output: FILE is missing" },
    { { "-no" }, "--output: FILE is missing" },
    { { "--dry-run=yes" }, "--dry-run takes no value" },
    { { "--limit", "three" }, "--limit: \"three\" is no number from 0 on" },
    { { "--limit=-1" }, "--limit: \"-1\" is no number from 0 on" },
    { { "--limit=" }, "--limit: \"\" is no number from 0 on" },
    { { "--limit", "99999999999999999999" },
      "--limit: \"99999999999999999999\" is no number from 0 on" },
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct arena   *arena = arena_open();
        struct args     args = { .dry = false };
        struct common   common = { NULL };
        struct str_list operands = { NULL, 0 };
        struct error    err = { .kind = ERROR_NONE };
        size_t          at = 0;

        assert_false(parse(arena, refused[i].words, OPTIONS_AMID_OPERANDS, &args, &common,
                           &operands, &at, &err));
        assert_int_equal(err.kind, ERROR_USAGE);
        assert_string_equal(err.text, refused[i].message);
        arena_close(arena);
    }
}

static void test_stop_at_first_operand(void **state)
{
    static const char *const words[] = { "-n", "--ledger", "l", "query", "-v", NULL };
    struct arena            *arena = arena_open();
    struct args              args = { .dry = false };
    struct common            common = { NULL };
    struct error             err = { .kind = ERROR_NONE };
    size_t                   at = 0;

    (void)state;
    assert_true(parse(arena, words, OPTIONS_THEN_STOP, &args, &common, NULL, &at, &err));
    assert_int_equal(at, 3);
    assert_true(args.dry);
    assert_false(args.verbose);
    assert_string_equal(common.ledger, "l");
    arena_close(arena);
}

static void test_help(void **state)
{
    struct arena *arena = arena_open();
    struct strbuf buf = strbuf_in(arena);

    (void)state;
    options_describe(own_options, &buf);
    strbuf_add_char(&buf, '\0');
    assert_string_equal(buf.ptr, "  -n, --dry-run             change nothing\n"
                                 "  -v, --verbose             tell more\n"
                                 "  -o, --output FILE         where it goes\n"
                                 "      --name NAME           who\n"
                                 "  -N, --limit N             how many\n");
    arena_close(arena);
}

static const struct {
    const char *given;
    const char *nearest; /* NULL: none of them is near */
} typed[] = {
    { "querry", "query" }, { "qurey", "query" },     { "uqery", "query" },
    { "ext", "extract" },  { "extarct", "extract" }, { "mrege", "merge" },
    { "q", "query" },      { "xyz", NULL },          { "", NULL },
    { "zzzzzzzz", NULL },
};

static void test_nearest(void **state)
{
    static const char *const names[] = { "query", "extract", "merge" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(typed); i++) {
        struct nearest nearest;

        nearest_init(&nearest, str_from(typed[i].given));
        for (size_t k = 0; k < COUNT_OF(names); k++)
            nearest_offer(&nearest, names[k]);
        if (typed[i].nearest)
            assert_string_equal(nearest.name, typed[i].nearest);
        else
            assert_null(nearest.name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_stop_at_first_operand),
        cmocka_unit_test(test_help),
        cmocka_unit_test(test_nearest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
