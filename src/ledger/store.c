/* store.c - ledgers in files: read in pieces, replaced as a whole.
 *
 * A writer holds the lock of ".NAME.lock" beside the ledger, writes ".NAME.new", flushes it to
 * the disk, renames it over the ledger and flushes the folder. Killed anywhere it leaves the
 * old ledger or the new one: the kernel drops the lock, and the next writer, once it has the
 * lock, knows that no ".NAME.new" can be in use and begins by removing it. So its name needs
 * no number that changes, and nothing is ever left to be cleared by hand. Readers take no lock:
 * the file they have opened stays what it was.
 *
 * The lock is fcntl's and not the existence of the file, which a dead process could not take
 * back. The file is removed after use all the same, because nobody wants it in their folder;
 * therefore a writer that got the lock looks whether the name still leads to the file it
 * locked, and begins anew where it does not. */
#include "aitrack/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "aitrack/arena.h"
#include "aitrack/diag.h"
#include "aitrack/strbuf.h"

#include "ledger_internal.h"

enum { PIECE = 1 << 18, MOST_LINKS = 40, MOST_LOCKS = 100000 };

static bool fail(struct error *err, const char *what)
{
    return error_set(err, ERROR_OUTPUT, "%s: %s", what, strerror(errno));
}

/* Reading */

static int open_again(int folder, const char *path, int flags, mode_t mode)
{
    int fd;

    do
        fd = openat(folder, path, flags | O_CLOEXEC, mode);
    while (fd < 0 && errno == EINTR);
    return fd;
}

/* What PATH is, before it is opened: opening a FIFO would wait for its other end. */
static bool check_kind(const struct stat *about, enum error_kind kind, struct error *err)
{
    if (S_ISREG(about->st_mode))
        return true;
    return error_set(
        err, kind, S_ISDIR(about->st_mode) ? "is a folder, not a ledger" : "is not a regular file");
}

static bool read_pieces(int fd, struct arena *arena, struct ledger_reader reader, const char *path,
                        struct error *err)
{
    char *bytes = arena_alloc(arena, PIECE);

    for (;;) {
        size_t  len = 0;
        ssize_t got = 1;

        while (len < PIECE && got != 0) { /* full pieces: a header is never cut */
            got = read(fd, bytes + len, PIECE - len);
            if (got < 0 && errno != EINTR)
                return error_set(err, ERROR_DATA, "%s: %s", path, strerror(errno));
            len += got > 0 ? (size_t)got : 0;
        }
        if (len > 0 && !ledger_reader_feed(reader, (struct str){ bytes, len }, err))
            return false;
        if (got == 0)
            return ledger_reader_finish(reader, err);
    }
}

bool ledger_scan(const char *path, bool must_exist, row_sink *sink, void *context,
                 struct error *err)
{
    enum ledger_format format;
    struct stat        about;
    struct arena      *arena;
    bool               is_read;
    int                fd;

    if (!ledger_format_of(path, &format, err))
        return false;
    if (stat(path, &about) != 0) {
        if (errno == ENOENT && !must_exist)
            return true;
        return error_set(err, ERROR_DATA, "%s: %s", path,
                         errno == ENOENT ? "no such ledger" : strerror(errno));
    }
    if (!check_kind(&about, ERROR_DATA, err))
        return error_within(err, "%s", path);
    fd = open_again(AT_FDCWD, path, O_RDONLY, 0);
    if (fd < 0)
        return error_set(err, ERROR_DATA, "%s: %s", path, strerror(errno));
    arena = arena_open();
    is_read =
        read_pieces(fd, arena, ledger_reader_new(arena, path, format, sink, context), path, err);
    arena_close(arena);
    close(fd);
    return is_read;
}

static bool add_row(const struct row *row, void *context, struct error *err)
{
    (void)err;
    ledger_add(context, row);
    return true;
}

bool ledger_load(struct ledger *ledger, const char *path, bool must_exist, struct error *err)
{
    return ledger_scan(path, must_exist, add_row, ledger, err);
}

/* Where the ledger is */

struct place {
    const char *path; /* as given, for messages */
    const char *file; /* with symbolic links of its last part followed */
    const char *name; /* in its folder */
    const char *lock; /* names in the folder */
    const char *fresh;
    int         folder; /* descriptor */
    bool        is_there;
    struct stat about;
};

static const char *joined(struct arena *arena, struct str a, struct str b)
{
    struct strbuf buf = strbuf_in(arena);

    strbuf_add(&buf, a);
    strbuf_add(&buf, b);
    return str_cstring(arena, strbuf_str(&buf));
}

/* The bytes of PATH up to and with its last slash. */
static struct str folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return (struct str){ path, slash ? (size_t)(slash - path) + 1 : 0 };
}

/* Renaming over a link would replace the link. Only the last part matters: links in the
 * folders before it lead to one folder, whichever way. A link to nothing yet is followed too. */
static bool follow_links(struct arena *arena, struct place *place, struct error *err)
{
    place->file = place->path;
    for (int i = 0; i < MOST_LINKS; i++) {
        struct stat about;
        char       *target;
        ssize_t     len;

        if (lstat(place->file, &about) != 0 || !S_ISLNK(about.st_mode))
            return true;
        target = arena_alloc(arena, (size_t)about.st_size + 4096);
        len = readlink(place->file, target, (size_t)about.st_size + 4095);
        if (len < 0)
            return fail(err, "its symbolic link");
        place->file = joined(arena, target[0] == '/' ? STR("") : folder_of(place->file),
                             (struct str){ target, (size_t)len });
    }
    errno = ELOOP;
    return fail(err, "its symbolic link");
}

static bool find_place(struct arena *arena, const char *path, struct place *place,
                       struct error *err)
{
    struct str folder;
    struct str name;

    *place = (struct place){ .path = path, .folder = -1 };
    if (!follow_links(arena, place, err))
        return false;
    folder = folder_of(place->file);
    place->name = place->file + folder.len;
    name = str_from(joined(arena, STR("."), str_from(place->name)));
    place->lock = joined(arena, name, STR(".lock"));
    place->fresh = joined(arena, name, STR(".new"));

    place->folder = open_again(AT_FDCWD, folder.len ? str_cstring(arena, folder) : ".",
                               O_RDONLY | O_DIRECTORY, 0);
    return place->folder >= 0 || fail(err, "its folder");
}

/* Looked at under the lock only: another writer may have made the file meanwhile. */
static bool look_at(struct place *place, struct error *err)
{
    place->is_there = fstatat(place->folder, place->name, &place->about, 0) == 0;
    if (!place->is_there)
        return errno == ENOENT || fail(err, "cannot be looked at");
    if (!check_kind(&place->about, ERROR_OUTPUT, err))
        return false;
    /* A rename does not ask for the right to write the old file: whoever took it away from a
     * ledger meant it. */
    return faccessat(place->folder, place->name, W_OK, 0) == 0 || fail(err, "is protected");
}

/* The lock */

static bool set_lock(int fd, const char *path, struct error *err)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    struct flock holder = lock;

    if (fcntl(fd, F_SETLK, &lock) == 0)
        return true;
    if (errno == EACCES || errno == EAGAIN) {
        if (fcntl(fd, F_GETLK, &holder) == 0 && holder.l_type != F_UNLCK)
            diag_note("%s: waiting for process %ld, which is writing it", path, (long)holder.l_pid);
        else
            diag_note("%s: waiting for another process, which is writing it", path);
    } else if (errno != EINTR) {
        return fail(err, "its lock");
    }
    while (fcntl(fd, F_SETLKW, &lock) != 0)
        if (errno != EINTR)
            return fail(err, "its lock");
    return true;
}

static bool is_still(const struct place *place, int fd)
{
    struct stat locked, named;

    return fstat(fd, &locked) == 0 && fstatat(place->folder, place->lock, &named, 0) == 0 &&
           locked.st_dev == named.st_dev && locked.st_ino == named.st_ino;
}

static bool take_lock(const struct place *place, int *out, struct error *err)
{
    for (int i = 0; i < MOST_LOCKS; i++) {
        int fd = open_again(place->folder, place->lock, O_RDWR | O_CREAT | O_NOFOLLOW, 0666);

        if (fd < 0)
            return fail(err, "cannot be written: its lock");
        if (!set_lock(fd, place->path, err)) {
            close(fd);
            return false;
        }
        if (is_still(place, fd)) {
            *out = fd;
            return true;
        }
        close(fd); /* the writer before removed it: another file may stand there now */
    }
    return error_set(err, ERROR_OUTPUT, "its lock cannot be held");
}

static void release_lock(const struct place *place, int fd)
{
    unlinkat(place->folder, place->lock, 0);
    close(fd);
}

/* Writing */

static bool to_descriptor(struct str bytes, void *context, struct error *err)
{
    int fd = *(const int *)context;

    while (bytes.len > 0) {
        ssize_t written = write(fd, bytes.ptr, bytes.len);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return fail(err, "cannot be written");
        bytes = str_slice(bytes, (size_t)written, bytes.len);
    }
    return true;
}

static int flush_to_disk(int fd)
{
    int status;

    do
        status = fsync(fd);
    while (status != 0 && errno == EINTR);
    return status;
}

/* The new file gets the mode and, where that is allowed, the owner of the old one. */
static bool take_over(const struct place *place, int fd, struct error *err)
{
    if (!place->is_there)
        return true;
    if (fchown(fd, place->about.st_uid, place->about.st_gid) != 0 && errno != EPERM &&
        errno != EINVAL)
        return fail(err, "the new file's owner");
    return fchmod(fd, place->about.st_mode & 07777) == 0 || fail(err, "the new file's mode");
}

static bool write_fresh(const struct place *place, const struct ledger *ledger,
                        enum ledger_format format, struct error *err)
{
    mode_t mode = place->is_there ? 0600 : 0666;
    int    fd =
        open_again(place->folder, place->fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    bool is_written;

    if (fd < 0)
        return fail(err, "cannot be written: a new file beside it");
    is_written =
        ledger_render(ledger->rows, ledger->count, NULL, 0, format, to_descriptor, &fd, err) &&
        take_over(place, fd, err) &&
        (flush_to_disk(fd) == 0 || fail(err, "cannot be flushed to the disk"));
    /* After an fsync that went well an interrupted close has lost nothing. */
    if (close(fd) != 0 && errno != EINTR && is_written)
        is_written = fail(err, "cannot be written");
    return is_written;
}

static int rename_again(const struct place *place)
{
    int status;

    do
        status = renameat(place->folder, place->fresh, place->folder, place->name);
    while (status != 0 && errno == EINTR);
    return status;
}

static bool replace(const struct place *place, const struct ledger *ledger,
                    enum ledger_format format, struct error *err)
{
    if (!write_fresh(place, ledger, format, err)) {
        unlinkat(place->folder, place->fresh, 0);
        return false;
    }
    if (rename_again(place) != 0) {
        fail(err, "the new file cannot take its place");
        unlinkat(place->folder, place->fresh, 0);
        return false;
    }
    /* Some file systems cannot flush a folder and say EINVAL. */
    return flush_to_disk(place->folder) == 0 || errno == EINVAL ||
           fail(err, "is written, but its folder cannot be flushed to the disk");
}

typedef bool ledger_change(struct ledger *ledger, void *context, bool *changed, struct error *err);

/* What happens under the lock. Messages of CHANGE stay as they are; *IS_OURS: the message is
 * about the ledger and does not name it yet. */
static bool change_place(struct place *place, struct arena *arena, enum ledger_format format,
                         ledger_change *change, void *context, bool *is_ours, struct error *err)
{
    struct ledger ledger;
    bool          has_changed = false;

    if (unlinkat(place->folder, place->fresh, 0) != 0 && errno != ENOENT)
        return fail(err, "cannot be written: the file that a broken-off run left beside it");
    if (!look_at(place, err))
        return false;
    *is_ours = false;
    ledger_init(&ledger, arena);
    if (!ledger_load(&ledger, place->path, false, err) ||
        !change(&ledger, context, &has_changed, err))
        return false;
    *is_ours = true;
    if (place->is_there && !has_changed)
        return true;
    ledger_sort(&ledger);
    return replace(place, &ledger, format, err);
}

bool ledger_update(const char *path, struct arena *arena,
                   bool (*change)(struct ledger *ledger, void *context, bool *changed,
                                  struct error *err),
                   void *context, struct error *err)
{
    enum ledger_format format;
    struct place       place;
    bool               is_ours = true;
    bool               is_done;
    int                lock = -1;

    if (!ledger_format_of(path, &format, err))
        return false;
    is_done = find_place(arena, path, &place, err) && take_lock(&place, &lock, err);
    if (is_done) {
        is_done = change_place(&place, arena, format, change, context, &is_ours, err);
        release_lock(&place, lock);
    }
    if (place.folder >= 0)
        close(place.folder);
    return is_done || (is_ours && error_within(err, "%s", path));
}
