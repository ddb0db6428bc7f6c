/* test_query.c - which rows each condition selects, and in which order they come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/date.h"
#include "aitrack/diag.h"
#include "aitrack/gazetteer.h"
#include "aitrack/money.h"
#include "aitrack/pattern.h"
#include "aitrack/query.h"
#include "aitrack/strbuf.h"

/* Rows in short: the id is one letter, as if it were twenty. */
static const struct sample {
    const char *id, *date, *announcer, *investor, *recipient;
    int64_t     millions, millions_max; /* 0: none */
    const char *bound, *currency, *kind, *subject, *announcement, *source, *quote;
    int64_t     confidence; /* hundredths */
} samples[] = {
    { "a", "2024", "Commission européenne", "Commission européenne", "Europe", 20000, 0, "exact",
      "EUR", "public_funding", "gigafabriques", "1", "s/un.txt", "L’Europe et 20 milliards.", 80 },
    { "b", "2024-06-11", "", "Bpifrance", "Mistral AI", 600, 0, "about", "EUR", "funding_round", "",
      "2", "https://journal.example/B", "La pépite lève 600 millions.", 90 },
    { "c", "2025-01", "Ondine Calcul", "Fondation Lumière", "Ondine Calcul", 30, 50, "range", "USD",
      "investment", "centre de calcul à Brest", "3", "s/un.txt", "30 à 50 millions.", 60 },
    { "d", "2025-02-09", "Emmanuel Macron", "Brumaire Capital", "France", 50000, 0, "at_most",
      "EUR", "investment", "campus", "4", "s/un.txt", "Jusqu'à 50 milliards.", 70 },
    { "e", "2025-02-28", "Élysée", "", "France", 300000, 0, "at_least", "EUR", "investment", "",
      "4", "s/deux.txt", "Plus de 300 milliards.", 95 },
    { "f", "", "", "", "Air France", 2, 0, "vague", "EUR", "cost", "", "5", "s/deux.txt",
      "Plusieurs millions.", 50 },
    { "0", "2025-03-01", "Google", "", "", 0, 0, "", "", "initiative", "laboratoire", "",
      "s/trois.txt", "Google ouvre un laboratoire.", 50 },
};

struct fixture {
    struct arena      *arena;
    struct query_rules rules;
    struct row         rows[COUNT_OF(samples)];
};

static struct str_list one_name(struct arena *arena, const char *name)
{
    struct str_list list = { ARENA_NEW(arena, struct str), name[0] ? 1 : 0 };

    *list.items = str_from(name);
    return list;
}

static int open_fixture(void **state)
{
    struct arena       *arena = arena_open();
    struct fixture     *fixture = ARENA_NEW(arena, struct fixture);
    struct data_files   files = { NULL };
    struct error        err = { .kind = ERROR_NONE };
    struct money_rules *money;
    struct date_rules  *dates;
    struct gazetteer   *gazetteer;

    fixture->arena = arena;
    if (!money_rules_load(&files, arena, &money, &err) ||
        !date_rules_load(&files, arena, &dates, &err) ||
        !gazetteer_load(&files, arena, &gazetteer, &err)) {
        print_error("%s\n", err.text);
        return -1;
    }
    fixture->rules = (struct query_rules){ money, dates, gazetteer, matcher_new(arena) };
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        const struct sample *s = &samples[i];
        struct row          *row = &fixture->rows[i];

        row->id = str_from(s->id);
        row->date = str_from(s->date);
        row->announcer = one_name(arena, s->announcer);
        row->investor = one_name(arena, s->investor);
        row->recipient = one_name(arena, s->recipient);
        row->has_amount = s->millions > 0;
        row->amount = (struct decimal){ s->millions * 1000000, 0 };
        row->has_amount_max = s->millions_max > 0;
        row->amount_max = (struct decimal){ s->millions_max * 1000000, 0 };
        row->bound = str_from(s->bound);
        row->currency = str_from(s->currency);
        row->kind = str_from(s->kind);
        row->status = STR("announced");
        row->subject = str_from(s->subject);
        row->announcement = str_from(s->announcement);
        row->source = str_from(s->source);
        row->quote = str_from(s->quote);
        row->confidence = (struct decimal){ s->confidence, 2 };
    }
    *state = fixture;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *fixture = *state;

    if (fixture)
        arena_close(fixture->arena);
    return 0;
}

/* The ids of the rows that SPEC selects, in their order: "abc"; "!" where it is refused. */
static const char *ids(struct fixture *fixture, const struct query_spec *spec, struct error *err)
{
    struct strbuf       buf = strbuf_in(fixture->arena);
    struct query_result result;
    struct query       *query;

    if (!query_build(spec, &fixture->rules, fixture->arena, &query, err))
        return "!";
    query_run(query, fixture->rows, COUNT_OF(samples), fixture->arena, &result);
    for (size_t i = 0; i < result.count; i++)
        strbuf_add(&buf, result.rows[i].id);
    return str_cstring(fixture->arena, strbuf_str(&buf));
}

static const struct {
    enum query_field field;
    const char      *value;
    const char      *selected; /* "!": refused */
} conditions[] = {
    { QUERY_ACTOR, "mistral", "b" },
    { QUERY_ACTOR, "MISTRAL A.I.", "b" },
    { QUERY_ACTOR, "élysée", "e" },
    { QUERY_ACTOR, "elysee", "e" },
    { QUERY_ACTOR, "france", "de" }, /* neither Air France nor Bpifrance */
    { QUERY_ACTOR, "air france", "f" },
    { QUERY_ACTOR, "ondine", "c" },
    { QUERY_ACTOR, "ondin", "" },
    { QUERY_ACTOR, "calcul ondine", "" },
    { QUERY_ACTOR, " - ", "!" },
    { QUERY_ACTOR, "", "!" },
    { QUERY_ANNOUNCER, "ondine calcul", "c" },
    { QUERY_ANNOUNCER, "france", "" },
    { QUERY_ANNOUNCER, "président français", "d" }, /* on the day of the row */
    { QUERY_INVESTOR, "lumiere", "c" },
    { QUERY_INVESTOR, "ondine", "" },
    { QUERY_RECIPIENT, "ONDINE", "c" },
    { QUERY_SUBJECT, "centre de calcul", "c" },
    { QUERY_SUBJECT, "Brest", "c" },
    { QUERY_SUBJECT, "centre calcul", "" },
    { QUERY_DATE, "2025", "cde0" },
    { QUERY_DATE, "2025-02", "de" },
    { QUERY_DATE, "2025-01-31", "c" },
    { QUERY_DATE, "2024-02-29", "a" },
    { QUERY_DATE, "février 2025", "de" },
    { QUERY_DATE, "09/02/2025", "d" },
    { QUERY_DATE, "2025-02-30", "!" },
    { QUERY_DATE, "jamais", "!" },
    { QUERY_DATE, "", "!" },
    { QUERY_SINCE, "2025-02", "de0" },
    { QUERY_SINCE, "2025-01-31", "cde0" },
    { QUERY_SINCE, "2024-12-31", "acde0" },
    { QUERY_UNTIL, "2025-02", "abcde" },
    { QUERY_UNTIL, "2025-01-01", "abc" },
    { QUERY_UNTIL, "2024", "ab" },
    { QUERY_UNTIL, "2023", "" },
    { QUERY_MIN, "60 milliards", "e" },
    { QUERY_MIN, "50Md€", "de" },
    { QUERY_MIN, "300 Md€", "e" },
    { QUERY_MIN, "301 Md€", "" },
    { QUERY_MIN, "45 M$", "c" },
    { QUERY_MIN, "51 M$", "" },
    { QUERY_MIN, "beaucoup", "!" },
    { QUERY_MAX, "30 M$", "c" },
    { QUERY_MAX, "29 M$", "" },
    { QUERY_MAX, "600 M€", "bf" },
    { QUERY_MAX, "200 Md€", "abdf" },
    { QUERY_MAX, "1e9", "bcf" },
    { QUERY_AMOUNT, "40 millions de dollars", "c" },
    { QUERY_AMOUNT, "40 millions", "c" },
    { QUERY_AMOUNT, "40 M€", "" },
    { QUERY_AMOUNT, "9 M€", "f" },
    { QUERY_AMOUNT, "10 M€", "" },
    { QUERY_AMOUNT, "600M€", "b" },
    { QUERY_AMOUNT, "", "!" },
    { QUERY_CURRENCY, "usd", "c" },
    { QUERY_CURRENCY, "$", "c" },
    { QUERY_CURRENCY, "euros", "abdef" },
    { QUERY_CURRENCY, "CHF", "" },
    { QUERY_CURRENCY, "coquillages", "!" },
    { QUERY_KIND, "cost", "f" },
    { QUERY_KIND, "Funding-Round", "b" },
    { QUERY_KIND, "costs", "!" },
    { QUERY_STATUS, "announced", "abcdef0" },
    { QUERY_STATUS, "planned", "" },
    { QUERY_STATUS, "plan", "!" },
    { QUERY_SOURCE, "UN.TXT", "acd" },
    { QUERY_SOURCE, "journal.example/b", "b" },
    { QUERY_SOURCE, "", "!" },
    { QUERY_GREP, "milliards", "ade" },
    { QUERY_GREP, "^plus", "" },
    { QUERY_GREP, "(?i)^plus", "ef" },
    { QUERY_GREP, "L'Europe", "a" }, /* the quote has a typographic apostrophe */
    { QUERY_GREP, "l\\w+ve\\b", "b" },
    { QUERY_GREP, "(", "!" },
    { QUERY_ID, "A", "a" },
    { QUERY_ID, "a0", "" },
    { QUERY_ID, "xyz", "!" },
    { QUERY_ID, "", "!" },
    { QUERY_ANNOUNCEMENT, "4", "de" },
};

static void test_conditions(void **state)
{
    for (size_t i = 0; i < COUNT_OF(conditions); i++) {
        struct str        value = str_from(conditions[i].value);
        struct query_spec spec = { .limit = SIZE_MAX };
        struct error      err = { .kind = ERROR_NONE };
        const char       *got;

        spec.terms[conditions[i].field].wanted = (struct str_list){ &value, 1 };
        got = ids(*state, &spec, &err);
        if (strcmp(got, conditions[i].selected) != 0)
            print_error("field %d, value \"%s\": %s\n", (int)conditions[i].field,
                        conditions[i].value, err.text);
        assert_string_equal(got, conditions[i].selected);
        assert_int_equal(err.kind, got[0] == '!' ? ERROR_USAGE : ERROR_NONE);
    }
}

/* What a condition selects and what its twin leaves are all rows, each once. */
static void test_excluding(void **state)
{
    for (size_t i = 0; i < COUNT_OF(conditions); i++) {
        struct str        value = str_from(conditions[i].value);
        struct query_spec spec = { .limit = SIZE_MAX };
        struct error      err = { .kind = ERROR_NONE };
        const char       *got;

        spec.terms[conditions[i].field].excluded = (struct str_list){ &value, 1 };
        got = ids(*state, &spec, &err);
        if (conditions[i].selected[0] == '!') {
            assert_string_equal(got, "!");
            assert_memory_equal(err.text, "--not-", strlen("--not-"));
            continue;
        }
        for (size_t k = 0; k < COUNT_OF(samples); k++)
            assert_true(!strchr(got, samples[k].id[0]) !=
                        !strchr(conditions[i].selected, samples[k].id[0]));
    }
}

static void test_or_and_and(void **state)
{
    struct str        actors[] = { STR("france"), STR("ondine") };
    struct str        since[] = { STR("2025-02-10") };
    struct str        excluded[] = { STR("elysee"), STR("google") };
    struct query_spec spec = { .limit = SIZE_MAX };
    struct error      err = { .kind = ERROR_NONE };

    spec.terms[QUERY_ACTOR].wanted = (struct str_list){ actors, 2 };
    assert_string_equal(ids(*state, &spec, &err), "cde");
    spec.terms[QUERY_ACTOR].excluded = (struct str_list){ excluded, 2 };
    assert_string_equal(ids(*state, &spec, &err), "cd");
    spec.terms[QUERY_ACTOR].excluded = (struct str_list){ NULL, 0 };
    spec.terms[QUERY_SINCE].wanted = (struct str_list){ since, 1 };
    assert_string_equal(ids(*state, &spec, &err), "e");
}

static const struct {
    const char *keys[3];
    size_t      limit;
    const char *order; /* "!": refused */
} orders[] = {
    { { NULL }, SIZE_MAX, "abcdef0" },
    { { NULL }, 2, "ab" },
    { { NULL }, 0, "" },
    { { "date" }, SIZE_MAX, "abcde0f" },
    { { "-date" }, SIZE_MAX, "0edcbaf" },
    { { "amount" }, SIZE_MAX, "fcbade0" },
    { { "-amount" }, 2, "ed" },
    { { "announcer" }, SIZE_MAX, "aed0cbf" }, /* É stands at E */
    { { "kind", "-confidence" }, SIZE_MAX, "fb0edca" },
    { { "figures" }, SIZE_MAX, "!" },
    { { "" }, SIZE_MAX, "!" },
    { { "mentions" }, SIZE_MAX, "!" },
};

static void test_orders(void **state)
{
    for (size_t i = 0; i < COUNT_OF(orders); i++) {
        struct str        keys[3];
        struct query_spec spec = { .limit = orders[i].limit, .sort = { keys, 0 } };
        struct error      err = { .kind = ERROR_NONE };

        while (orders[i].keys[spec.sort.count]) {
            keys[spec.sort.count] = str_from(orders[i].keys[spec.sort.count]);
            spec.sort.count++;
        }
        assert_string_equal(ids(*state, &spec, &err), orders[i].order);
    }
}

static void test_announcements(void **state)
{
    struct fixture     *fixture = *state;
    struct str          actor = STR("Macron");
    struct str          key = STR("-mentions");
    struct query_spec   spec = { .limit = SIZE_MAX, .unit = QUERY_ANNOUNCEMENTS };
    struct error        err = { .kind = ERROR_NONE };
    struct query_result result;
    struct query       *query;

    assert_string_equal(ids(fixture, &spec, &err), "abcef0"); /* e is surer than d */
    spec.sort = (struct str_list){ &key, 1 };
    assert_string_equal(ids(fixture, &spec, &err), "eabcf0");

    spec.terms[QUERY_ACTOR].wanted = (struct str_list){ &actor, 1 };
    assert_true(query_build(&spec, &fixture->rules, fixture->arena, &query, &err));
    query_run(query, fixture->rows, COUNT_OF(samples), fixture->arena, &result);
    assert_int_equal(result.count, 1);
    assert_int_equal(result.rows[0].id.ptr[0], 'd'); /* the row that matches */
    assert_int_equal(result.tallies[0].mentions, 2); /* of the whole ledger */
    assert_int_equal(result.tallies[0].sources, 2);
}

static void ignore_line(const char *line, void *context)
{
    (void)line;
    (void)context;
}

static void test_pattern_that_gives_up(void **state)
{
    struct fixture   *fixture = *state;
    struct str        pattern = STR("^(([a-z])+.)+[A-Z]([a-z])+$");
    struct query_spec spec = { .limit = SIZE_MAX };
    struct error      err = { .kind = ERROR_NONE };
    struct row        before = fixture->rows[0];

    spec.terms[QUERY_GREP].wanted = (struct str_list){ &pattern, 1 };
    fixture->rows[0].quote = STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    diag_redirect(ignore_line, NULL);
    assert_string_equal(ids(fixture, &spec, &err), "");
    assert_int_equal(diag_count(), 1);
    diag_redirect(NULL, NULL);
    fixture->rows[0] = before;
}

static void test_needs(void **state)
{
    struct str         iso = STR("2025-02");
    struct str         words = STR("hier");
    struct query_spec  spec = { .limit = SIZE_MAX };
    struct query_needs needs = query_needs(&spec);

    (void)state;
    assert_false(needs.money || needs.dates || needs.gazetteer);
    spec.terms[QUERY_SINCE].wanted = (struct str_list){ &iso, 1 };
    assert_false(query_needs(&spec).dates);
    spec.terms[QUERY_SINCE].excluded = (struct str_list){ &words, 1 };
    assert_true(query_needs(&spec).dates);
    spec.terms[QUERY_INVESTOR].excluded = (struct str_list){ &words, 1 };
    assert_true(query_needs(&spec).gazetteer);
    spec.terms[QUERY_CURRENCY].wanted = (struct str_list){ &words, 1 };
    assert_true(query_needs(&spec).money);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conditions),    cmocka_unit_test(test_excluding),
        cmocka_unit_test(test_or_and_and),    cmocka_unit_test(test_orders),
        cmocka_unit_test(test_announcements), cmocka_unit_test(test_pattern_that_gives_up),
        cmocka_unit_test(test_needs),
    };

    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
