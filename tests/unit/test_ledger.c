#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/ledger.h"

#include "ledger_rows.h"

static const enum ledger_format formats[] = { LEDGER_CSV, LEDGER_JSON, LEDGER_JSONL };

static struct str written(const struct ledger *ledger, enum ledger_format format,
                          struct arena *arena)
{
    char        *text = NULL;
    size_t       size = 0;
    FILE        *stream = open_memstream(&text, &size);
    struct error err = { 0 };
    struct str   copy;

    assert_true(ledger_write(ledger->rows, ledger->count, format, stream, &err));
    assert_int_equal(fclose(stream), 0);
    copy = str_copy(arena, (struct str){ text, size });
    free(text);
    return copy;
}

/* Rows of which some share an id. */
static size_t make_rows(struct row *rows)
{
    size_t count = 0;

    for (char id = 'a'; id <= 'f'; id++) {
        rows[count++] = sample_row(id, "2025-01-02", "b.txt", id);
        rows[count++] = sample_row(id, id % 2 ? "2025-01" : "", "a.txt", id);
        rows[count] = sample_row(id, id % 2 ? "2025-01" : "2025-01-02", "a.txt", id);
        rows[count].quote = STR("Autrement dit.");
        count++;
    }
    return count;
}

static void test_union_has_no_order(void **state)
{
    struct arena *arena = arena_open();
    struct row    rows[18];
    size_t        count = make_rows(rows);
    struct str    expected = { NULL, 0 };
    uint32_t      random = 7;

    (void)state;
    for (int round = 0; round < 200; round++) {
        struct ledger ledger;
        struct str    text;

        for (size_t i = count; i-- > 1;) {
            struct row row = rows[i];
            size_t     other;

            random = random * 1664525u + 1013904223u;
            other = (random >> 16) % (i + 1);
            rows[i] = rows[other];
            rows[other] = row;
        }
        ledger_init(&ledger, arena);
        for (size_t i = 0; i < count; i++)
            ledger_add(&ledger, &rows[i]);
        for (size_t i = 0; i < count; i++)
            assert_false(ledger_add(&ledger, &rows[i])); /* nothing new any more */
        ledger_sort(&ledger);
        for (size_t i = 0; i < count; i++)
            assert_false(ledger_add(&ledger, &rows[i])); /* its index has followed the sort */
        assert_int_equal(ledger.count, 6);
        text = written(&ledger, LEDGER_CSV, arena);
        if (round == 0)
            expected = text;
        assert_true(str_equal(text, expected));
    }
    arena_close(arena);
}

static void test_add_says_change(void **state)
{
    struct arena *arena = arena_open();
    struct ledger ledger;
    struct row    row = sample_row('a', "2025-02", "s", 1), earlier = row, later = row;

    (void)state;
    ledger_init(&ledger, arena);
    assert_true(ledger_add(&ledger, &row));
    assert_false(ledger_add(&ledger, &row));
    later.date = STR("2025-03");
    assert_false(ledger_add(&ledger, &later));
    earlier.date = STR("2025-01");
    assert_true(ledger_add(&ledger, &earlier));
    assert_int_equal(ledger.count, 1);
    assert_true(str_equal(ledger.rows[0].date, STR("2025-01")));
    arena_close(arena);
}

static void test_round_trip(void **state)
{
    struct arena *arena = arena_open();
    struct row    rows[18];
    size_t        count = make_rows(rows);
    struct str    names[] = { STR("A; B"), STR("C\\"), STR("\"D\", E") };
    struct ledger ledger;

    (void)state;
    ledger_init(&ledger, arena);
    rows[3].investor = (struct str_list){ names, 3 };
    rows[3].id = STR("00000000000000000000");
    rows[3].quote = STR(" \t\x01\x1b[31m\x7f\xC2\x9B \"\"\r\n, ; \\ \xF0\x9F\x87\xAB ");
    rows[3].title = STR("\n");
    rows[3].amount = (struct decimal){ INT64_MAX, 0 };
    rows[3].has_amount_max = true;
    rows[3].amount_max = (struct decimal){ INT64_MAX, 9 };
    rows[3].offset = INT64_MAX;
    for (size_t i = 0; i < count; i++)
        ledger_add(&ledger, &rows[i]);
    ledger_sort(&ledger);
    for (size_t i = 0; i < COUNT_OF(formats); i++) {
        struct str    text = written(&ledger, formats[i], arena);
        struct ledger again;
        struct error  err = { 0 };

        ledger_init(&again, arena);
        if (!ledger_parse(&again, text, formats[i], "x", &err))
            fail_msg("%s", err.text);
        assert_int_equal(again.count, ledger.count);
        assert_true(str_equal(written(&again, formats[i], arena), text));
        assert_true(
            str_equal(written(&again, LEDGER_CSV, arena), written(&ledger, LEDGER_CSV, arena)));
    }
    arena_close(arena);
}

static void test_empty(void **state)
{
    static const char *const texts[] = {
        "id,date,announcer,investor,recipient,figure,amount,amount_max,bound,currency,kind,"
        "status,period,subject,announcement,part_of,published,source,title,line,offset,length,"
        "quote,rule,confidence,doc\n",
        "[]\n",
        "",
    };
    struct arena *arena = arena_open();
    struct ledger ledger;

    (void)state;
    ledger_init(&ledger, arena);
    for (size_t i = 0; i < COUNT_OF(formats); i++) {
        struct error err = { 0 };

        assert_string_equal(str_cstring(arena, written(&ledger, formats[i], arena)), texts[i]);
        assert_true(ledger_parse(&ledger, str_from(texts[i]), formats[i], "x", &err));
        assert_true(ledger_parse(&ledger, STR(""), formats[i], "x", &err));
        assert_int_equal(ledger.count, 0);
    }
    arena_close(arena);
}

static void test_format_of(void **state)
{
    static const struct {
        const char *path;
        int         format; /* -1: none */
    } paths[] = {
        { "ledger.csv", LEDGER_CSV },
        { "a/b.json", LEDGER_JSON },
        { "b.jsonl", LEDGER_JSONL },
        { "b.CSV", -1 },
        { "csv", -1 },
        { "", -1 },
        { "b.json/x", -1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        enum ledger_format format = LEDGER_CSV;
        struct error       err = { 0 };

        assert_int_equal(ledger_format_of(paths[i].path, &format, &err), paths[i].format >= 0);
        if (paths[i].format >= 0)
            assert_int_equal((int)format, paths[i].format);
        else
            assert_int_equal(err.kind, ERROR_USAGE);
    }
}

static void test_full_disk(void **state)
{
    struct row   row = sample_row('a', "2025", "s", 0);
    struct error err = { 0 };
    FILE        *full = fopen("/dev/full", "w");

    (void)state;
    assert_non_null(full);
    setvbuf(full, NULL, _IONBF, 0);
    assert_false(ledger_write(&row, 1, LEDGER_CSV, full, &err));
    assert_int_equal(err.kind, ERROR_OUTPUT);
    assert_non_null(strstr(err.text, "No space left"));
    fclose(full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_union_has_no_order), cmocka_unit_test(test_add_says_change),
        cmocka_unit_test(test_round_trip),         cmocka_unit_test(test_empty),
        cmocka_unit_test(test_format_of),          cmocka_unit_test(test_full_disk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
