#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/output.h"
#include "aitrack/text_table.h"
#include "aitrack/unicode.h"

#include "ledger_rows.h"

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_open();
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

static const char *output(const struct output_options *options, const struct row *rows,
                          size_t count)
{
    char        *text = NULL;
    size_t       size = 0;
    FILE        *stream = open_memstream(&text, &size);
    struct error err = { 0 };
    const char  *copy;

    assert_true(output_write(options, rows, count, stream, &err));
    fclose(stream);
    copy = str_cstring(arena, (struct str){ text, size });
    free(text);
    return copy;
}

static void test_formats(void **state)
{
    (void)state;
    for (int i = 0; i < OUTPUT_FORMAT_COUNT; i++) {
        enum output_format found = OUTPUT_TABLE;

        assert_true(output_format_find(str_from(output_format_names[i]), &found));
        assert_int_equal((int)found, i);
    }
    {
        enum output_format found = OUTPUT_CSV;

        assert_false(output_format_find(STR("xml"), &found));
        assert_false(output_format_find(STR("CSV"), &found));
        assert_false(output_format_find(STR(""), &found));
    }
}

static void test_columns(void **state)
{
    int         *columns;
    size_t       count;
    struct error err = { 0 };

    (void)state;
    assert_true(output_columns_parse(STR("figure, id,date"), arena, &columns, &count, &err));
    assert_int_equal(count, 3);
    assert_int_equal(columns[0], row_column(STR("figure")));
    assert_int_equal(columns[1], 0);
    assert_int_equal(columns[2], 1);
    assert_false(output_columns_parse(STR("id,colour"), arena, &columns, &count, &err));
    assert_string_equal(err.text, "no column is called \"colour\"");
    assert_int_equal(err.kind, ERROR_USAGE);
    assert_false(output_columns_parse(STR(""), arena, &columns, &count, &err));
    assert_false(output_columns_parse(STR("id,"), arena, &columns, &count, &err));
}

static void test_chosen_columns(void **state)
{
    static const struct {
        enum output_format format;
        const char        *text;
    } cases[] = {
        { OUTPUT_CSV,
          "amount,title,recipient\n1500000000,\"Un \"\"grand\"\" projet\",Société Exemple\n" },
        { OUTPUT_JSON, "[\n{\"amount\": 1500000000, \"title\": \"Un \\\"grand\\\" projet\", "
                       "\"recipient\": [\"Société Exemple\"]}\n]\n" },
        { OUTPUT_JSONL, "{\"amount\": 1500000000, \"title\": \"Un \\\"grand\\\" projet\", "
                        "\"recipient\": [\"Société Exemple\"]}\n" },
        { OUTPUT_MARKDOWN, "| amount | title | recipient |\n| ---: | --- | --- |\n"
                           "| 1500000000 | Un \"grand\" projet | Société Exemple |\n" },
        { OUTPUT_TABLE, "    amount  title              recipient\n"
                        "1500000000  Un \"grand\" projet  Société Exemple\n" },
    };
    struct row row = sample_row('a', "2025-02", "x.txt", 1);
    int       *columns;
    size_t     count;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct output_options options = { .format = cases[i].format };
        struct error          err = { 0 };

        assert_true(
            output_columns_parse(STR("amount,title,recipient"), arena, &columns, &count, &err));
        options.columns = columns;
        options.column_count = count;
        assert_string_equal(output(&options, &row, 1), cases[i].text);
        assert_string_equal(output(&options, &row, 0),
                            cases[i].format == OUTPUT_JSON ? "[]\n" : "");
    }
}

static void test_markup_is_text(void **state)
{
    struct output_options options = { .format = OUTPUT_MARKDOWN, .column_count = 1 };
    struct row            row = sample_row('a', "2025-02", "x.txt", 1);
    int                   column = row_column(STR("quote"));

    (void)state;
    options.columns = &column;
    row.quote = STR("a|b\\ <i> *c* `d` [e](f) & x_y\nz\x1b[31m");
    assert_string_equal(output(&options, &row, 1),
                        "| quote |\n| --- |\n"
                        "| a\\|b\\\\ \\<i> \\*c\\* \\`d\\` \\[e\\](f) \\& x\\_y z␛\\[31m |\n");
}

static void test_usual_table(void **state)
{
    struct row rows[] = { sample_row('a', "2025-02-09", "https://www.exemple.fr/a/b.html", 1),
                          sample_row('b', "2025", "dump/2025/003.txt", 1) };
    struct str names[] = { STR("Banque Unie"), STR("Fonds Nord") };
    struct output_options options = { .format = OUTPUT_TABLE };

    (void)state;
    rows[1].investor = (struct str_list){ names, 2 };
    rows[1].figure = STR("30–50 Md€");
    assert_string_equal(
        output(&options, rows, 2),
        "id        date           figure  recipient        investor                 announcer"
        "                subject                   kind        status   source\n"
        "aaaaaaaa  2025-02-09    1,5 Md€  Société Exemple                           Ministère de "
        "l'Économie  centre de calcul, à Lyon  investment  planned  exemple.fr\n"
        "bbbbbbbb  2025        30–50 Md€  Société Exemple  Banque Unie, Fonds Nord  Ministère de "
        "l'Économie  centre de calcul, à Lyon  investment  planned  003.txt\n");
}

/* No line is wider than the terminal, whatever is in the cells. */
static void test_width(void **state)
{
    struct row rows[] = { sample_row('a', "2025-02-09", "x.txt", 1),
                          sample_row('b', "", "y.txt", 1) };

    (void)state;
    rows[0].subject = STR("\xE6\xBC\xA2\xE5\xAD\x97\xE6\xBC\xA2\xE5\xAD\x97\xE6\xBC\xA2\xE5\xAD\x97"
                          "\xE6\xBC\xA2\xE5\xAD\x97\xE6\xBC\xA2\xE5\xAD\x97 e\xCC\x81te\xCC\x81");
    rows[1].subject = STR("Uneexpressiontrèslonguesansaucunblancquinefinitpas");
    for (size_t width = 40; width < 220; width++) {
        struct output_options options = { .format = OUTPUT_TABLE, .width = width };
        struct str            text = str_from(output(&options, rows, 2)), line;
        size_t                lines = 0;

        while (str_cut(&text, '\n', &line)) {
            assert_true(unicode_width(line) <= width);
            assert_false(str_ends_with(line, STR(" ")));
            lines += line.len > 0;
        }
        assert_int_equal(lines, 3);
    }
}

static void test_colour(void **state)
{
    struct output_options options = { .format = OUTPUT_TABLE, .width = 40, .in_colour = true };
    struct row            row = sample_row('a', "2025-02-09", "x.txt", 1);
    const char           *text;

    (void)state;
    row.title = row.recipient.items[0] = STR("\033[31mred\007");
    text = output(&options, &row, 1);
    assert_non_null(strstr(text, "\033[2maaaaaaaa\033[0m"));
    assert_non_null(strstr(text, "\033[1m1,5 Md€\033[0m"));
    assert_non_null(strstr(text, "␛[31mred␇"));
    assert_null(strstr(text, "\033[31m"));
    options.in_colour = false;
    assert_null(strchr(output(&options, &row, 1), '\033'));
}

static const struct {
    const char *text, *printable;
} printable[] = {
    { "", "" },
    { "déjà vu", "déjà vu" },
    { "a\tb\r\nc", "a b  c" },
    { "\033[2J\007", "␛[2J␇" },
    { "\x7f", "␡" },
    { "\xC2\x9B"
      "31m",
      "\xEF\xBF\xBD"
      "31m" },
    { "abc\xE2\x80\xAE"
      "fed",
      "abc\xEF\xBF\xBD"
      "fed" },
    { "a\xFF\xC3", "a\xEF\xBF\xBD\xEF\xBF\xBD" },
    { "\xEF\xBF\xBD", "\xEF\xBF\xBD" },
};

static void test_printable(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(printable); i++)
        assert_string_equal(str_cstring(arena, text_printable(arena, str_from(printable[i].text))),
                            printable[i].printable);
}

static const struct {
    size_t      width;
    const char *text;
} narrowed[] = {
    { 0, "name                   n  what\n"
         "Société du Grand Est   7  un long sujet\n"
         "B                     12  x\n" },
    { 39, "name                   n  what\n"
          "Société du Grand Est   7  un long sujet\n"
          "B                     12  x\n" },
    { 36, "name                n  what\n"
          "Société du Grand…   7  un long sujet\n"
          "B                  12  x\n" },
    { 30, "name           n  what\n"
          "Société du…    7  un long…\n"
          "B             12  x\n" },
    { 24, "name        n  what\n"
          "Société…    7  un long…\n"
          "B          12  x\n" },
    { 8, "…   n  …\n"
         "…   7  …\n"
         "B  12  x\n" },
    { 6, "…  n  …\n"
         "…  7  …\n"
         "B  …  x\n" },
};

static void test_narrowed(void **state)
{
    static const struct text_column columns[] = {
        { .header = { "name", 4 } },
        { .header = { "n", 1 }, .at_right = true, .is_rigid = true },
        { .header = { "what", 4 } },
    };
    const struct str cells[] = {
        STR("Société du Grand Est"), STR("7"), STR("un long sujet"), STR("B"), STR("12"), STR("x")
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(narrowed); i++) {
        struct text_table table = { columns, 3, cells, 2, narrowed[i].width, false };
        struct strbuf     buf = strbuf_in(arena);

        text_table_format(&table, &buf);
        assert_string_equal(str_cstring(arena, strbuf_str(&buf)), narrowed[i].text);
    }
}

static void test_sheet(void **state)
{
    static const char *const texts[OUTPUT_FORMAT_COUNT] = {
        [OUTPUT_TABLE] = "actor   sum  with\nA, B   1200  C, D\n\xC3\x89\n",
        [OUTPUT_CSV] = "actor,sum,with\n\"A, B\",1200,C; D\n\xC3\x89,,\n",
        [OUTPUT_JSON] = "[\n{\"actor\": \"A, B\", \"sum\": 1200, \"with\": [\"C\", \"D\"]},\n"
                        "{\"actor\": \"\xC3\x89\", \"sum\": null, \"with\": []}\n]\n",
        [OUTPUT_JSONL] = "{\"actor\": \"A, B\", \"sum\": 1200, \"with\": [\"C\", \"D\"]}\n"
                         "{\"actor\": \"\xC3\x89\", \"sum\": null, \"with\": []}\n",
        [OUTPUT_MARKDOWN] = "| actor | sum | with |\n| --- | ---: | --- |\n"
                            "| A, B | 1200 | C, D |\n| \xC3\x89 |  |  |\n",
    };
    static const struct sheet_column columns[] = { { "actor", COLUMN_TEXT },
                                                   { "sum", COLUMN_AMOUNT },
                                                   { "with", COLUMN_LIST } };
    const struct str                 cells[] = { STR("A, B"),     STR("1200"), STR("C; D"),
                                                 STR("\xC3\x89"), STR(""),     STR("") };
    struct sheet                     sheet = { columns, 3, cells, 2 };

    (void)state;
    for (int i = 0; i < OUTPUT_FORMAT_COUNT; i++) {
        struct output_options options = { .format = (enum output_format)i };
        char                 *text = NULL;
        size_t                size = 0;
        FILE                 *stream = open_memstream(&text, &size);
        struct error          err = { 0 };

        assert_true(output_write_sheet(&options, &sheet, stream, &err));
        fclose(stream);
        assert_string_equal(text, texts[i]);
        free(text);
    }
}

static void test_full_disk(void **state)
{
    struct row row = sample_row('a', "2025", "x", 1);

    (void)state;
    for (int i = 0; i < OUTPUT_FORMAT_COUNT; i++) {
        struct output_options options = { .format = (enum output_format)i };
        struct error          err = { 0 };
        FILE                 *full = fopen("/dev/full", "w");

        assert_non_null(full);
        setvbuf(full, NULL, _IONBF, 0);
        assert_false(output_write(&options, &row, 1, full, &err));
        assert_int_equal(err.kind, ERROR_OUTPUT);
        fclose(full);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_chosen_columns), cmocka_unit_test(test_markup_is_text),
        cmocka_unit_test(test_usual_table),    cmocka_unit_test(test_width),
        cmocka_unit_test(test_colour),         cmocka_unit_test(test_printable),
        cmocka_unit_test(test_narrowed),       cmocka_unit_test(test_sheet),
        cmocka_unit_test(test_full_disk),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
