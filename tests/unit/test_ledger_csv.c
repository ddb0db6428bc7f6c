#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/cell.h"
#include "aitrack/ledger.h"
#include "aitrack/strbuf.h"

#include "ledger_rows.h"

static const char header[] =
    "id,date,announcer,investor,recipient,figure,amount,amount_max,bound,currency,kind,status,"
    "period,subject,announcement,part_of,published,source,title,line,offset,length,quote,rule,"
    "confidence,doc";
static const char plain[] =
    "aaaaaaaaaaaaaaaaaaaa,2025-02-09,A; B,,C,109 Md\xE2\x82\xAC,109000000000,,exact,EUR,fund,"
    "planned,,s,,,,x.txt,t,1,2,3,q,r,0.85,d";

/* HEADER, then LINES, with "%" standing for the plain row and line ends as given. */
static struct str text_of(struct arena *arena, const char *head, const char *lines)
{
    struct strbuf buf = strbuf_in(arena);

    strbuf_add(&buf, str_from(head));
    for (const char *p = lines; *p; p++) {
        if (*p == '%')
            strbuf_add(&buf, str_from(plain));
        else
            strbuf_add_char(&buf, *p);
    }
    return strbuf_str(&buf);
}

#define CELLS_BUT_ID ",,,,,,,,,,,,,,,,,,,,,,,,,"

static const struct {
    const char *lines;
    size_t      rows;
} accepted[] = {
    { "", 0 },
    { "\n", 0 },
    { "\n%\n", 1 },
    { "\n%", 1 },
    { "\r\n%\r\n", 1 },
    { "\r%\r", 1 },
    { "\n\n\n%\n\n", 1 },
    { "\n" CELLS_BUT_ID "\n%\n", 1 },
    { "\nbbbbbbbbbbbbbbbbbbbb" CELLS_BUT_ID "\n%\n", 2 },
    { "\n\"bbbbbbbbbbbbbbbbbbbb\"" CELLS_BUT_ID "\"a \"\"quoted\"\" doc\n\nof lines\"\n%\n", 2 },
    { "\n%\n%\n", 1 },
};

static void test_accepted(void **state)
{
    struct arena *arena = arena_open();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(accepted); i++) {
        struct ledger ledger;
        struct error  err = { 0 };

        ledger_init(&ledger, arena);
        if (!ledger_parse(&ledger, text_of(arena, header, accepted[i].lines), LEDGER_CSV, "x.csv",
                          &err))
            fail_msg("%zu: %s", i, err.text);
        assert_int_equal(ledger.count, accepted[i].rows);
    }
    arena_close(arena);
}

static const struct {
    const char *lines, *message;
} refused[] = {
    { "\n%\nbbbbbbbbbbbbbbbbbbbb,12x" CELLS_BUT_ID "\n",
      "x.csv:3: date: \"12x\" is not a date such as 2025-02-09, 2025-02 or 2025" },
    { "\n\nbbbbbbbbbbbbbbbbbbbb,2025,\"of\nthree\nlines\",,,,12x,,,,,,,,,,,,,,,,,,,\n",
      "x.csv:5: amount: \"12x\" is not a number" },
    { "\n%\r\n\r\nbbbbbbbbbbbbbbbbbbbb,2025,,,,,12x,,,,,,,,,,,,,,,,,,,\n",
      "x.csv:4: amount: \"12x\" is not a number" },
    { "\r%\rbbbbbbbbbbbbbbbbbbbb,2025,,,,,12x,,,,,,,,,,,,,,,,,,,\r",
      "x.csv:3: amount: \"12x\" is not a number" },
    { "\n%\nbbbbbbbbbbbbbbbbbbbb,2025,\"not closed\n%\n%\n",
      "x.csv:3: the quote that opens here is never closed" },
    { "\n%\nbbbbbbbbbbbbbbbbbbbb,2025,\"not closed,,,\n%\n\"bbbbbbbbbbbbbbbbbbbb\",2025\n",
      "x.csv:5: a quote in the cell that begins on line 3 is not doubled" },
    { "\n%\nbbbbbbbbbbbbbbbbbbbb,2025,a \"word\",,,\n",
      "x.csv:3: a quote in the cell that begins on line 3 is not doubled" },
    { "\n%\nbbbbbbbbbbbbbbbbbbbb,2025\n", "x.csv:3: 2 cells where the header has 26" },
    { "\n%\nbbbbbbbbbbbbbbbbbbbb" CELLS_BUT_ID ",\n", "x.csv:3: 27 cells where the header has 26" },
    { "\n%\n,2025,,,,,,,,,,,,,,,,,,,,,,,,\n", "x.csv:3: id: empty" },
    { "\nbbbbbbbbbbbbbbbbbbbb,,caf\xE9,,,,,,,,,,,,,,,,,,,,,,,\n",
      "x.csv:2: announcer: not UTF-8 at byte 3 of the cell" },
};

static void test_refused(void **state)
{
    struct arena *arena = arena_open();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct ledger ledger;
        struct error  err = { 0 };

        ledger_init(&ledger, arena);
        assert_false(ledger_parse(&ledger, text_of(arena, header, refused[i].lines), LEDGER_CSV,
                                  "x.csv", &err));
        assert_string_equal(err.text, refused[i].message);
        assert_int_equal(err.kind, ERROR_DATA);
    }
    arena_close(arena);
}

static const struct {
    const char *text, *message;
} bad_headers[] = {
    { "id,date\n", "x.csv:1: no column \"announcer\" in the header" },
    { "id,date,id\n", "x.csv:1: column \"id\" twice" },
    { "id,extra\n", "x.csv:1: unknown column \"extra\" (a ledger of a newer version?)" },
    { "\n\nid,date\n", "x.csv:3: no column \"announcer\" in the header" },
    { "\n\n", "x.csv:1: no header line" },
    { "\"id", "x.csv:1: the quote that opens here is never closed" },
    { "{\"id\": 1}\n", "x.csv:1: a quote in the cell that begins on line 1 is not doubled" },
};

static void test_bad_headers(void **state)
{
    struct arena *arena = arena_open();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad_headers); i++) {
        struct ledger ledger;
        struct error  err = { 0 };

        ledger_init(&ledger, arena);
        assert_false(
            ledger_parse(&ledger, str_from(bad_headers[i].text), LEDGER_CSV, "x.csv", &err));
        assert_string_equal(err.text, bad_headers[i].message);
    }
    arena_close(arena);
}

/* As a French spreadsheet saves it: a BOM, semicolons, decimal commas, CR LF, other order. */
static void test_spreadsheet(void **state)
{
    static const char text[] =
        "\xEF\xBB\xBF\"doc\";confidence;rule;quote;length;offset;line;title;source;published;part_"
        "of;"
        "announcement;subject;period;status;kind;currency;bound;amount_max;amount;figure;recipient;"
        "investor;announcer;date;id\r\n"
        "d;0,85;r;\"q; 1,5\r\nMd\";3;2;1;1,5;x.txt;;;;;;;;;;;1500000000,5;;\"A; B\";;;2025;"
        "aaaaaaaaaaaaaaaaaaaa\r\n"
        ";;;;;;;;;;;;;;;;;;;;;;;;;\r\n";
    struct arena *arena = arena_open();
    struct ledger ledger;
    struct error  err = { 0 };
    struct row   *row;

    (void)state;
    ledger_init(&ledger, arena);
    if (!ledger_parse(&ledger, str_from(text), LEDGER_CSV, "x.csv", &err))
        fail_msg("%s", err.text);
    assert_int_equal(ledger.count, 1);
    row = &ledger.rows[0];
    assert_true(str_equal(row->quote, STR("q; 1,5\r\nMd")));
    assert_true(str_equal(row->title, STR("1,5")));
    assert_int_equal(row->amount.digits, 15000000005);
    assert_int_equal(row->amount.decimals, 1);
    assert_int_equal(row->confidence.digits, 85);
    assert_int_equal(row->recipient.count, 2);
    assert_int_equal(row->line, 1);
    arena_close(arena);
}

static const struct {
    const char *text, *cell;
} cells[] = {
    { "", "" },
    { "a b", "a b" },
    { "a;b", "a;b" },
    { "a,b", "\"a,b\"" },
    { "a\"b", "\"a\"\"b\"" },
    { "\"", "\"\"\"\"" },
    { "a\nb", "\"a\nb\"" },
    { "a\r", "\"a\r\"" },
    { " a", "\" a\"" },
    { "a\t", "\"a\t\"" },
    { " ", "\" \"" },
};

static void test_cells(void **state)
{
    struct arena *arena = arena_open();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        struct strbuf buf = strbuf_in(arena);

        cell_add_csv(&buf, str_from(cells[i].text));
        assert_true(str_equal(strbuf_str(&buf), str_from(cells[i].cell)));
    }
    {
        struct strbuf buf = strbuf_in(arena);

        cell_add_csv(&buf, STR("a\0\"b"));
        assert_true(str_equal(strbuf_str(&buf), STR("\"a\xEF\xBF\xBD\"\"b\"")));
    }
    arena_close(arena);
}

/* Every beginning of a ledger is a ledger or an error that names a line, never a crash and
 * never a row that was not there. */
static void test_truncated(void **state)
{
    struct arena *arena = arena_open();
    struct str    text =
        text_of(arena, header, "\n%\n\"bbbbbbbbbbbbbbbbbbbb\"" CELLS_BUT_ID "\"a \"\"doc\"\"\"\n");

    (void)state;
    for (size_t end = 0; end <= text.len; end++) {
        struct ledger ledger;
        struct error  err = { 0 };
        struct str    cut = str_copy(arena, str_slice(text, 0, end));

        ledger_init(&ledger, arena);
        if (!ledger_parse(&ledger, cut, LEDGER_CSV, "x.csv", &err))
            assert_int_equal(strncmp(err.text, "x.csv:", 6), 0);
        assert_true(ledger.count <= 2);
    }
    arena_close(arena);
}

static void test_many_open_quotes(void **state)
{
    struct arena *arena = arena_open();
    struct strbuf buf = strbuf_in(arena);
    struct ledger ledger;
    struct error  err = { 0 };

    (void)state;
    strbuf_add(&buf, str_from(header));
    for (int i = 0; i < 100000; i++)
        strbuf_add(&buf, STR("\n\""));
    ledger_init(&ledger, arena);
    assert_false(ledger_parse(&ledger, strbuf_str(&buf), LEDGER_CSV, "x.csv", &err));
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_bad_headers),
        cmocka_unit_test(test_spreadsheet),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_many_open_quotes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
