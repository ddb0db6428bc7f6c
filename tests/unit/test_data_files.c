/* test_data_files.c - the embedded files, a folder in their place, files that are no text. */
#include "aitrack/data_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "aitrack/arena.h"
#include "data_folder.h"

static void test_embedded(void **state)
{
    struct data_files files = { NULL };
    struct arena     *arena = arena_open();
    struct str_list   paths;
    struct error      err = { 0 };

    (void)state;
    assert_true(data_files_list(&files, ".tsv", arena, &paths, &err));
    assert_true(paths.count > 0);
    for (size_t i = 0; i < paths.count; i++) {
        struct str  text;
        const char *shown;

        assert_true(i == 0 || str_compare(paths.items[i - 1], paths.items[i]) < 0);
        assert_true(str_ends_with(paths.items[i], STR(".tsv")));
        assert_true(data_files_read(&files, str_cstring(arena, paths.items[i]), arena, &text,
                                    &shown, &err));
        assert_true(text.len > 0);
        assert_memory_equal(shown, "data/", 5);
        assert_string_equal(shown + 5, str_cstring(arena, paths.items[i]));
    }
    arena_close(arena);
}

static void test_embedded_missing(void **state)
{
    struct data_files files = { NULL };
    struct arena     *arena = arena_open();
    struct error      err = { 0 };
    struct str        text = STR("untouched");
    const char       *shown = "untouched";

    (void)state;
    assert_false(data_files_read(&files, "rules/nothing.rules", arena, &text, &shown, &err));
    assert_non_null(strstr(err.text, "data/rules/nothing.rules"));
    assert_int_equal(err.kind, ERROR_DATA);
    assert_true(str_equal(text, STR("untouched")));
    assert_string_equal(shown, "untouched");
    arena_close(arena);
}

static const struct {
    const char *bytes;
    size_t      len;
    const char *text;  /* NULL: refused */
    const char *error; /* what follows the file's name */
} contents[] = {
    { "", 0, "", NULL },
    { "été\n", 6, "été\n", NULL },
    { "\xEF\xBB\xBFname\n", 8, "name\n", NULL }, /* a byte order mark */
    { "\xEF\xBB\xBF", 3, "", NULL },
    { "a\nb\n\xE9t\xE9\n", 8, NULL, ":3: not valid UTF-8" },
    { "\xC3", 1, NULL, ":1: not valid UTF-8" },
    { "a\n\0b", 4, NULL, ":2: a NUL byte" },
};

static void test_contents(void **state)
{
    struct data_folder folder;
    struct arena      *arena = arena_open();

    (void)state;
    data_folder_open(&folder);
    for (size_t i = 0; i < COUNT_OF(contents); i++) {
        struct data_files files = { folder.path };
        struct error      err = { 0 };
        struct str        text;
        const char       *shown;
        bool              is_read;

        data_folder_write(&folder, "x.tsv", contents[i].bytes, contents[i].len);
        is_read = data_files_read(&files, "x.tsv", arena, &text, &shown, &err);
        assert_int_equal(is_read, contents[i].text != NULL);
        if (is_read) {
            assert_true(str_equal(text, str_from(contents[i].text)));
            assert_string_equal(shown, folder.file);
        } else {
            assert_string_equal(err.text + strlen(folder.file), contents[i].error);
            assert_memory_equal(err.text, folder.file, strlen(folder.file));
            assert_int_equal(err.kind, ERROR_DATA);
        }
    }
    data_folder_remove(folder.path);
    arena_close(arena);
}

static void test_folder_missing_file(void **state)
{
    struct data_folder folder;
    struct arena      *arena = arena_open();
    struct error       err = { 0 };
    struct str         text;
    const char        *shown;
    char               slashed[80];

    (void)state;
    data_folder_open(&folder);
    snprintf(slashed, sizeof slashed, "%s/", folder.path);
    assert_false(data_files_read(&(struct data_files){ slashed }, "lexicons/actors.tsv", arena,
                                 &text, &shown, &err));
    assert_memory_equal(err.text, folder.path, strlen(folder.path));
    assert_memory_equal(err.text + strlen(folder.path), "/lexicons/actors.tsv: ", 22);
    assert_int_equal(err.kind, ERROR_DATA);
    assert_int_equal(error_status(&err), 4);
    data_folder_remove(folder.path);
    arena_close(arena);
}

static void test_listing(void **state)
{
    static const char *const wanted[] = { "a.rules", "rules/b.rules", "rules/c.rules", "z.rules" };
    struct data_folder       folder, inside;
    struct data_files        files = { folder.path };
    struct arena            *arena = arena_open();
    struct error             err = { 0 };
    struct str_list          paths;
    char                     circle[200];

    (void)state;
    data_folder_open(&folder);
    snprintf(inside.path, sizeof inside.path, "%.50s/rules", folder.path);
    assert_int_equal(mkdir(inside.path, 0700), 0);
    snprintf(circle, sizeof circle, "%s/rules/circle", folder.path);
    assert_int_equal(symlink("..", circle), 0);
    data_folder_write(&folder, "z.rules", "", 0);
    data_folder_write(&folder, "a.rules", "", 0);
    data_folder_write(&folder, "a.tsv", "", 0);
    data_folder_write(&inside, "c.rules", "", 0);
    data_folder_write(&inside, "b.rules", "", 0);
    data_folder_write(&inside, "b.rules~", "", 0);
    data_folder_write(&inside, ".#b.rules", "", 0);

    assert_true(data_files_list(&files, ".rules", arena, &paths, &err));
    assert_int_equal(paths.count, COUNT_OF(wanted));
    for (size_t i = 0; i < paths.count; i++)
        assert_string_equal(str_cstring(arena, paths.items[i]), wanted[i]);
    data_folder_remove(folder.path);

    assert_false(data_files_list(&files, ".rules", arena, &paths, &err));
    assert_memory_equal(err.text, folder.path, strlen(folder.path));
    assert_int_equal(err.kind, ERROR_DATA);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_embedded), cmocka_unit_test(test_embedded_missing),
        cmocka_unit_test(test_contents), cmocka_unit_test(test_folder_missing_file),
        cmocka_unit_test(test_listing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
