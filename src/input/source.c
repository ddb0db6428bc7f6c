/* source.c - files, folders and standard input as documents. */
#include "aitrack/source.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "aitrack/arena.h"
#include "aitrack/charset.h"
#include "aitrack/diag.h"
#include "aitrack/file.h"

enum {
    LARGEST_FILE = 1 << 30,       /* bytes */
    LARGEST_TEXT = INT32_MAX - 1, /* offsets in a text have 32 bits */
};

/* Paths found under a folder. */
struct path_list {
    struct arena *arena;
    const char  **items;
    size_t        count, capacity;
};

static const char *join_path(struct arena *arena, const char *folder, const char *name)
{
    size_t      len = strlen(folder), name_len = strlen(name);
    const char *slash = len > 0 && folder[len - 1] == '/' ? "" : "/";
    size_t      slash_len = strlen(slash);
    char       *path = arena_alloc(arena, len + slash_len + name_len + 1);

    memcpy(path, folder, len);
    memcpy(path + len, slash, slash_len);
    memcpy(path + len + slash_len, name, name_len);
    return path;
}

static void push_path(struct path_list *list, const char *path)
{
    *ARRAY_PUSH(list->arena, list->items, list->count, list->capacity) = path;
}

/* Sorts what stands in a folder into files to read and folders to look into. */
static void add_entry(const char *path, struct path_list *files, struct path_list *folders)
{
    struct stat about;
    bool        link;

    if (lstat(path, &about) != 0) {
        diag_warn(path, 0, "%s", strerror(errno));
        return;
    }
    link = S_ISLNK(about.st_mode);
    if (link && stat(path, &about) != 0)
        diag_warn(path, 0, "link to nothing: %s", strerror(errno));
    else if (S_ISREG(about.st_mode))
        push_path(files, path);
    else if (S_ISDIR(about.st_mode) && link) /* it may lead back up, or be read twice */
        diag_warn(path, 0, "link to a folder, not followed");
    else if (S_ISDIR(about.st_mode))
        push_path(folders, path);
    else
        diag_warn(path, 0, "neither a file nor a folder, skipped");
}

static void list_folder(const char *folder, struct path_list *files, struct path_list *folders)
{
    DIR           *stream = opendir(folder);
    struct dirent *entry;

    if (!stream) {
        diag_warn(folder, 0, "%s", strerror(errno));
        return;
    }
    while ((errno = 0, entry = readdir(stream))) {
        if (entry->d_name[0] != '.')
            add_entry(join_path(files->arena, folder, entry->d_name), files, folders);
    }
    if (errno != 0)
        diag_warn(folder, 0, "%s", strerror(errno));
    closedir(stream);
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The files under FOLDER, sorted. The folders wait in a list, so that one is open at a time
 * however deep they lie. */
static struct path_list list_files(struct arena *arena, const char *folder)
{
    struct path_list files = { .arena = arena }, folders = { .arena = arena };

    push_path(&folders, folder);
    for (size_t i = 0; i < folders.count; i++)
        list_folder(folders.items[i], &files, &folders);
    if (files.count > 1)
        qsort(files.items, files.count, sizeof *files.items, compare_paths);
    return files;
}

/* A path as text: paths are bytes, ledgers are UTF-8. */
static struct str path_text(struct arena *arena, const char *path)
{
    struct decoded decoded = { .text = str_from(path) };
    struct error   err = { .kind = ERROR_NONE };

    charset_decode(arena, str_from(path), "UTF-8", &decoded, &err); /* no NUL: cannot fail */
    return decoded.text;
}

/* *TEXTS counts the files that held a text. */
static bool feed_file(const struct source_options *options, const char *path, struct arena *arena,
                      document_sink *sink, void *context, size_t *texts, struct error *err)
{
    struct arena_mark mark = arena_mark(arena);
    struct document   document = { 0 };
    struct decoded    decoded;
    struct error      why = { .kind = ERROR_NONE };
    struct str        bytes;
    const char       *shown = strcmp(path, "-") == 0 ? "standard input" : path;
    bool              done = true;

    if (!file_read(arena, path, LARGEST_FILE, &bytes, &why) ||
        (!charset_decode(arena, bytes, options->encoding, &decoded, &why) &&
         !error_within(&why, "%s", shown))) {
        if (why.kind == ERROR_USAGE) { /* --encoding: the same for every file */
            *err = why;
            return false;
        }
        diag_warn(NULL, 0, "%s", why.text);
    } else if (decoded.text.len > LARGEST_TEXT) {
        diag_warn(shown, 0, "larger than %d bytes as UTF-8", LARGEST_TEXT);
    } else {
        if (decoded.replaced > 0)
            diag_warn(shown, 0, "%zu byte sequences are no %s, U+FFFD stands for them",
                      decoded.replaced, decoded.encoding);
        document.source = path_text(arena, path);
        document.text = decoded.text;
        document.replaced = decoded.replaced;
        ++*texts;
        done = sink(&document, context, err);
    }
    arena_rewind(arena, mark);
    return done;
}

static bool feed_path(const struct source_options *options, const char *path, struct arena *arena,
                      document_sink *sink, void *context, struct error *err)
{
    struct stat      about;
    struct path_list files;
    size_t           texts = 0;

    if (strcmp(path, "-") == 0)
        return feed_file(options, path, arena, sink, context, &texts, err);
    if (stat(path, &about) != 0) {
        diag_warn(path, 0, "%s", strerror(errno));
        return true;
    }
    if (!S_ISDIR(about.st_mode))
        return feed_file(options, path, arena, sink, context, &texts, err);
    files = list_files(arena, path);
    for (size_t i = 0; i < files.count; i++)
        if (!feed_file(options, files.items[i], arena, sink, context, &texts, err))
            return false;
    if (texts == 0)
        diag_warn(path, 0, "no text in this folder");
    return true;
}

bool source_each(const struct source_options *options, struct str_list paths, struct arena *arena,
                 document_sink *sink, void *context, struct error *err)
{
    for (size_t i = 0; i < paths.count; i++) {
        struct arena_mark mark = arena_mark(arena);
        const char       *path = str_cstring(arena, paths.items[i]);
        bool              done = feed_path(options, path, arena, sink, context, err);

        arena_rewind(arena, mark);
        if (!done)
            return false;
    }
    return true;
}
