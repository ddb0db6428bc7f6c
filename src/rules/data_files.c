/* data_files.c - data/ from inside the program or from a folder. */
#include "aitrack/data_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "aitrack/arena.h"
#include "aitrack/file.h"
#include "aitrack/strbuf.h"
#include "aitrack/unicode.h"
#include "embedded_internal.h"

enum { LARGEST_FILE = 64 * 1024 * 1024, DEEPEST_FOLDER = 8 };

/* "DIR/PATH", without doubling the slash that completion in a shell leaves behind. */
static const char *join(struct arena *arena, const char *folder, const char *path)
{
    struct strbuf joined = strbuf_in(arena);

    strbuf_add(&joined, str_from(folder));
    if (joined.len > 0 && joined.ptr[joined.len - 1] != '/' && *path)
        strbuf_add_char(&joined, '/');
    strbuf_add(&joined, str_from(path));
    return str_cstring(arena, strbuf_str(&joined));
}

static bool read_embedded(const char *path, struct str *text, struct error *err)
{
    for (size_t i = 0; i < embedded_file_count; i++)
        if (strcmp(embedded_files[i].path, path) == 0) {
            *text = (struct str){ (const char *)embedded_files[i].bytes, embedded_files[i].length };
            return true;
        }
    return error_set(err, ERROR_DATA, "data/%s: not among the embedded files", path);
}

static size_t line_at(struct str text, size_t offset)
{
    size_t line = 1;

    for (size_t i = 0; i < offset && i < text.len; i++)
        line += text.ptr[i] == '\n';
    return line;
}

static bool check(struct str text, const char *shown, struct error *err)
{
    size_t bad;

    if (!unicode_is_valid(text, &bad))
        return error_set(err, ERROR_DATA, "%s:%zu: not valid UTF-8", shown, line_at(text, bad));
    bad = str_find_char(text, '\0', 0);
    if (bad != STR_NONE)
        return error_set(err, ERROR_DATA, "%s:%zu: a NUL byte", shown, line_at(text, bad));
    return true;
}

bool data_files_read(const struct data_files *files, const char *path, struct arena *arena,
                     struct str *text, const char **shown, struct error *err)
{
    const char *name = join(arena, files->folder ? files->folder : "data", path);
    struct str  bytes;

    if (!files->folder) {
        if (!read_embedded(path, &bytes, err))
            return false;
    } else if (!file_read(arena, name, LARGEST_FILE, &bytes, err)) {
        err->kind = ERROR_DATA; /* a data file that cannot be read is no skipped document */
        return false;
    }
    if (str_starts_with(bytes, STR("\xEF\xBB\xBF"))) /* editors leave a byte order mark */
        bytes = str_slice(bytes, 3, bytes.len);
    if (!check(bytes, name, err))
        return false;
    *text = bytes;
    *shown = name;
    return true;
}

/* ---------------------------------------------------------------- listing */

struct listing {
    struct arena *arena;
    struct str    suffix;
    struct str   *paths;
    size_t        count;
    size_t        capacity;
};

static void list_file(struct listing *listing, const char *path)
{
    if (str_ends_with(str_from(path), listing->suffix))
        *ARRAY_PUSH(listing->arena, listing->paths, listing->count, listing->capacity) =
            str_from(path);
}

static bool list_folder(struct listing *listing, const char *root, const char *inside, int depth,
                        struct error *err);

/* Links to files are followed; links to folders are not, so that no circle can arise. */
static bool list_entry(struct listing *listing, const char *root, const char *path, int depth,
                       struct error *err)
{
    const char *whole = join(listing->arena, root, path);
    struct stat about;

    if (lstat(whole, &about) == 0 && S_ISDIR(about.st_mode))
        return depth == DEEPEST_FOLDER || list_folder(listing, root, path, depth + 1, err);
    if (stat(whole, &about) == 0 && S_ISREG(about.st_mode))
        list_file(listing, path);
    return true;
}

static bool list_folder(struct listing *listing, const char *root, const char *inside, int depth,
                        struct error *err)
{
    const char          *whole = join(listing->arena, root, inside);
    DIR                 *folder = opendir(whole);
    const struct dirent *entry;
    bool                 is_listed = true;

    if (!folder)
        return error_set(err, ERROR_DATA, "%s: %s", whole, strerror(errno));
    while (is_listed && (errno = 0, entry = readdir(folder))) {
        if (entry->d_name[0] == '.') /* editors' leftovers too */
            continue;
        is_listed =
            list_entry(listing, root, join(listing->arena, inside, entry->d_name), depth, err);
    }
    if (is_listed && errno)
        is_listed = error_set(err, ERROR_DATA, "%s: %s", whole, strerror(errno));
    closedir(folder);
    return is_listed;
}

static int by_bytes(const void *left, const void *right)
{
    const struct str *a = left;
    const struct str *b = right;

    return str_compare(*a, *b);
}

bool data_files_list(const struct data_files *files, const char *suffix, struct arena *arena,
                     struct str_list *paths, struct error *err)
{
    struct listing listing = { .arena = arena, .suffix = str_from(suffix) };

    if (!files->folder)
        for (size_t i = 0; i < embedded_file_count; i++)
            list_file(&listing, embedded_files[i].path);
    else if (!list_folder(&listing, files->folder, "", 0, err))
        return false;
    if (listing.count > 1)
        qsort(listing.paths, listing.count, sizeof *listing.paths, by_bytes);
    *paths = (struct str_list){ listing.paths, listing.count };
    return true;
}
