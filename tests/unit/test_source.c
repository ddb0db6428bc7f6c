/* test_source.c - documents out of files, folders and JSON Lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "aitrack/arena.h"
#include "aitrack/diag.h"
#include "aitrack/source.h"
#include "aitrack/strbuf.h"
#include "data_folder.h"

/* What came: "source=text" for each document, a line each; and the warnings. */
struct seen {
    struct arena *arena;
    struct strbuf documents, warnings;
    size_t        stop_after; /* 0: never */
    size_t        count;
};

static bool note_document(const struct document *document, void *context, struct error *err)
{
    struct seen *seen = context;

    strbuf_add_format(&seen->documents, "%.*s=%.*s", STR_ARGS(document->source),
                      STR_ARGS(document->text));
    if (document->name.len || document->title.len || document->published.len)
        strbuf_add_format(&seen->documents, " (%.*s, %.*s, %.*s)", STR_ARGS(document->name),
                          STR_ARGS(document->title), STR_ARGS(document->published));
    strbuf_add_char(&seen->documents, '\n');
    if (++seen->count == seen->stop_after)
        return error_set(err, ERROR_OUTPUT, "enough");
    return true;
}

static void note_warning(const char *line, void *context)
{
    struct seen *seen = context;

    strbuf_add_format(&seen->warnings, "%s\n", line);
}

static void begin(struct seen *seen)
{
    *seen = (struct seen){ .arena = arena_open() };
    seen->documents = strbuf_in(seen->arena);
    seen->warnings = strbuf_in(seen->arena);
    diag_redirect(note_warning, seen);
}

static void end(struct seen *seen)
{
    diag_redirect(NULL, NULL);
    arena_close(seen->arena);
}

/* ---- files and folders ----------------------------------------------------------------------- */

static void write_file(struct data_folder *folder, const char *name, const char *text)
{
    data_folder_write(folder, name, text, strlen(text));
}

static void make_folder(const struct data_folder *folder, const char *name)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void make_link(const struct data_folder *folder, const char *name, const char *target)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    assert_int_equal(symlink(target, path), 0);
}

/* Reads PATH, a path in FOLDER ("" for the folder itself); the folder's name in what is seen
 * becomes DIR. */
static bool read_path(struct seen *seen, const struct data_folder *folder, const char *path,
                      const char *encoding, struct error *err)
{
    struct source_options options = { encoding };
    struct arena         *arena = arena_open();
    char                  full[256];
    struct str            item;
    bool                  done;

    snprintf(full, sizeof full, "%s%s%s", folder->path, *path ? "/" : "", path);
    item = str_from(full);
    done = source_each(&options, (struct str_list){ &item, 1 }, arena, note_document, seen, err);
    arena_close(arena);
    return done;
}

static const char *without_folder(struct seen *seen, struct str text,
                                  const struct data_folder *folder)
{
    struct strbuf buf = strbuf_in(seen->arena);
    struct str    name = str_from(folder->path);
    size_t        at = 0, found;

    while ((found = str_find(text, name, at)) != STR_NONE) {
        strbuf_add(&buf, str_slice(text, at, found));
        strbuf_add(&buf, STR("DIR"));
        at = found + name.len;
    }
    strbuf_add(&buf, str_slice(text, at, text.len));
    return str_cstring(seen->arena, strbuf_str(&buf));
}

static void expect(struct seen *seen, const struct data_folder *folder, const char *documents,
                   const char *warnings)
{
    assert_string_equal(without_folder(seen, strbuf_str(&seen->documents), folder), documents);
    assert_string_equal(without_folder(seen, strbuf_str(&seen->warnings), folder), warnings);
}

static void test_folder(void **state)
{
    struct data_folder folder;
    struct seen        seen;
    struct error       err = { .kind = ERROR_NONE };
    char               fifo[256];

    (void)state;
    data_folder_open(&folder);
    begin(&seen);
    make_folder(&folder, "b");
    make_folder(&folder, "b/c");
    make_folder(&folder, ".hidden");
    write_file(&folder, "b/c/deep.txt", "profond");
    write_file(&folder, "b.txt", "après le point");
    write_file(&folder, "a.txt",
               "lev\xE9"
               "e");
    write_file(&folder, "empty.txt", "");
    write_file(&folder, ".secret", "non");
    write_file(&folder, ".hidden/x.txt", "non");
    data_folder_write(&folder, "picture", "\x89PNG\0\0", 6);
    make_link(&folder, "link.txt", "a.txt");
    make_link(&folder, "loop", "..");
    make_link(&folder, "nowhere", "missing");
    snprintf(fifo, sizeof fifo, "%s/pipe", folder.path);
    assert_int_equal(mkfifo(fifo, 0600), 0);

    assert_true(read_path(&seen, &folder, "", NULL, &err));
    /* bytewise: '.' comes before '/' */
    assert_string_equal(without_folder(&seen, strbuf_str(&seen.documents), &folder),
                        "DIR/a.txt=levée\n"
                        "DIR/b.txt=après le point\n"
                        "DIR/b/c/deep.txt=profond\n"
                        "DIR/empty.txt=\n"
                        "DIR/link.txt=levée\n");
    assert_non_null(strstr(strbuf_str(&seen.warnings).ptr, "picture: not a text"));
    assert_non_null(strstr(strbuf_str(&seen.warnings).ptr, "loop: link to a folder"));
    assert_non_null(strstr(strbuf_str(&seen.warnings).ptr, "nowhere: link to nothing"));
    assert_non_null(strstr(strbuf_str(&seen.warnings).ptr, "pipe: neither"));
    assert_int_equal(diag_count(), 4);
    end(&seen);
    data_folder_remove(folder.path);
}

static void test_paths(void **state)
{
    struct data_folder folder;
    struct seen        seen;
    struct error       err = { .kind = ERROR_NONE };

    (void)state;
    data_folder_open(&folder);
    make_folder(&folder, "empty");
    make_folder(&folder, "full");
    write_file(&folder, "full/a.txt", "oui");
    write_file(&folder, ".dot.txt", "nommé");
    write_file(&folder, "cut.txt", "été\xC3");
    write_file(&folder, "name\xE9.txt", "nom");
    make_link(&folder, "there", "full");

    begin(&seen);
    assert_true(read_path(&seen, &folder, "missing.txt", NULL, &err));
    expect(&seen, &folder, "", "aitrack: DIR/missing.txt: No such file or directory\n");
    end(&seen);

    begin(&seen);
    assert_true(read_path(&seen, &folder, "empty", NULL, &err));
    expect(&seen, &folder, "", "aitrack: DIR/empty: no text in this folder\n");
    end(&seen);

    begin(&seen); /* what is named is read, hidden or linked */
    assert_true(read_path(&seen, &folder, ".dot.txt", NULL, &err));
    assert_true(read_path(&seen, &folder, "there", NULL, &err));
    assert_true(read_path(&seen, &folder, "full/", NULL, &err));
    expect(&seen, &folder, "DIR/.dot.txt=nommé\nDIR/there/a.txt=oui\nDIR/full/a.txt=oui\n", "");
    end(&seen);

    begin(&seen);
    assert_true(read_path(&seen, &folder, "cut.txt", NULL, &err));
    expect(&seen, &folder, "DIR/cut.txt=été\xEF\xBF\xBD\n",
           "aitrack: DIR/cut.txt: 1 byte sequences are no UTF-8, U+FFFD stands for them\n");
    end(&seen);

    begin(&seen);
    assert_true(read_path(&seen, &folder, "name\xE9.txt", NULL, &err));
    expect(&seen, &folder, "DIR/name\xEF\xBF\xBD.txt=nom\n", "");
    end(&seen);

    begin(&seen);
    assert_false(read_path(&seen, &folder, "full", "klingon", &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    expect(&seen, &folder, "", "");
    end(&seen);
    data_folder_remove(folder.path);
}

static void test_sink_stops(void **state)
{
    struct data_folder folder;
    struct seen        seen;
    struct error       err = { .kind = ERROR_NONE };

    (void)state;
    data_folder_open(&folder);
    write_file(&folder, "a", "1");
    write_file(&folder, "b", "2");
    begin(&seen);
    seen.stop_after = 1;
    assert_false(read_path(&seen, &folder, "", NULL, &err));
    assert_string_equal(err.text, "enough");
    assert_int_equal(seen.count, 1);
    end(&seen);
    data_folder_remove(folder.path);
}

/* ---- JSON Lines ------------------------------------------------------------------------------ */

static const struct {
    const char *name, *lines, *documents, *warnings;
} json_texts[] = {
    { "nothing", "", "", "" },
    { "our names",
      "{\"doc\": \"d1\", \"text\": \"Lev\\u00e9e\", \"published\": \"2025-02\", \"title\": \"T\", "
      "\"url\": \"http://u\", \"other\": [1]}\n",
      "http://u=Levée (d1, T, 2025-02)\n", "" },
    { "trafilatura's names",
      "{\"raw_text\": \"t\", \"date\": \"2025\", \"source\": \"http://u\", \"title\": null}\n",
      "http://u=t (, , 2025)\n", "" },
    { "ours before theirs",
      "{\"raw_text\": \"r\", \"text\": \"t\", \"date\": \"1\", \"published\": \"2\", "
      "\"source\": \"s\", \"url\": \"u\"}",
      "u=t (, , 2)\n", "" },
    { "no url", "{\"doc\":\"d\",\"text\":\"t\"}\n", "d=t (d, , )\n", "" },
    { "empty text", "{\"doc\":\"d\",\"text\":\"\"}\n", "d= (d, , )\n", "" },
    { "empty lines, CR LF, no end", "\n  \r\n{\"text\":\"a\"}\r\n\n{\"text\":\"b\"}", "=a\n=b\n",
      "" },
    { "byte order mark", "\xEF\xBB\xBF{\"text\":\"a\"}\n", "=a\n", "" },
    { "Windows-1252", "{\"text\":\"\xE9t\xE9\"}\n", "=été\n", "" },
    { "bad lines between good ones",
      "{\"text\":\"a\"}\n{\"text\":\n[1]\n{}\n{\"text\":3}\n"
      "{\"text\":\"b\"}\n",
      "=a\n=b\n", "in:2: |in:3: no JSON object|in:4: no \"text\"|in:5: \"text\" is no string" },
    { "doc is a number", "{\"doc\":7,\"text\":\"a\"}\n", "", "in:1: \"doc\" is no string" },
};

static void test_json_docs(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(json_texts); i++) {
        struct seen           seen;
        struct error          err = { .kind = ERROR_NONE };
        struct source_options options = { NULL };
        struct arena         *arena = arena_open();
        FILE                 *stream = tmpfile();
        struct str            wanted = str_from(json_texts[i].warnings), piece;
        size_t                warnings = 0;

        assert_non_null(stream);
        fputs(json_texts[i].lines, stream);
        rewind(stream);
        begin(&seen);
        assert_true(source_json_docs(&options, stream, "in", arena, note_document, &seen, &err));
        if (!str_equal(strbuf_str(&seen.documents), str_from(json_texts[i].documents)))
            fail_msg("%s: %.*s", json_texts[i].name, STR_ARGS(strbuf_str(&seen.documents)));
        while (!str_is_empty(wanted) && str_cut(&wanted, '|', &piece)) {
            warnings++;
            assert_int_not_equal(str_find(strbuf_str(&seen.warnings), piece, 0), STR_NONE);
        }
        assert_int_equal(diag_count(), warnings);
        end(&seen);
        fclose(stream);
        arena_close(arena);
    }
}

static void test_json_long_line(void **state)
{
    struct seen           seen;
    struct error          err = { .kind = ERROR_NONE };
    struct source_options options = { NULL };
    struct arena         *arena = arena_open();
    FILE                 *stream = tmpfile();

    (void)state;
    assert_non_null(stream);
    for (int line = 0; line < 3; line++) {
        fputs("{\"text\":\"", stream);
        for (int i = 0; i < 100000; i++)
            fputs("mot ", stream);
        fputs("\"}\n", stream);
    }
    rewind(stream);
    begin(&seen);
    seen.stop_after = 2;
    assert_false(source_json_docs(&options, stream, "in", arena, note_document, &seen, &err));
    assert_int_equal(seen.count, 2);
    assert_true(seen.documents.len > 800000);
    end(&seen);
    fclose(stream);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folder),         cmocka_unit_test(test_paths),
        cmocka_unit_test(test_sink_stops),     cmocka_unit_test(test_json_docs),
        cmocka_unit_test(test_json_long_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
