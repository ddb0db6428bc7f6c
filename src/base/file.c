/* file.c - whole files in, and the last word on whether the output arrived. */
#include "aitrack/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "aitrack/arena.h"

enum { FIRST_READ = 1 << 16 };

static bool read_all(struct arena *arena, int fd, size_t expected, size_t limit, struct str *out,
                     struct error *err)
{
    size_t capacity = expected + 1; /* one more byte shows the end without growing */
    size_t len = 0;
    char  *bytes = arena_alloc(arena, capacity);

    for (;;) {
        ssize_t got = read(fd, bytes + len, capacity - len);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set(err, ERROR_INPUT, "%s", strerror(errno));
        if (got == 0)
            break;
        len += (size_t)got;
        if (limit && len > limit)
            return error_set(err, ERROR_INPUT, "larger than %zu bytes", limit);
        if (len == capacity) {
            bytes = arena_grow(arena, bytes, capacity, capacity * 2);
            capacity *= 2;
        }
    }
    *out = (struct str){ bytes, len };
    return true;
}

static bool read_descriptor(struct arena *arena, int fd, size_t limit, struct str *out,
                            struct error *err)
{
    struct stat about;
    size_t      expected = FIRST_READ - 1;

    if (fstat(fd, &about) != 0)
        return error_set(err, ERROR_INPUT, "%s", strerror(errno));
    if (S_ISDIR(about.st_mode))
        return error_set(err, ERROR_INPUT, "is a folder");
    if (S_ISBLK(about.st_mode))
        return error_set(err, ERROR_INPUT, "is a device");
    if (S_ISREG(about.st_mode) && about.st_size > 0) {
        if (limit && (uintmax_t)about.st_size > limit)
            return error_set(err, ERROR_INPUT, "larger than %zu bytes", limit);
        expected = (size_t)about.st_size;
    }
    return read_all(arena, fd, expected, limit, out, err);
}

bool file_read(struct arena *arena, const char *path, size_t limit, struct str *out,
               struct error *err)
{
    bool is_stdin = strcmp(path, "-") == 0;
    int  fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    bool is_read;

    if (fd < 0)
        error_set(err, ERROR_INPUT, "%s", strerror(errno));
    is_read = fd >= 0 && read_descriptor(arena, fd, limit, out, err);
    if (fd >= 0 && !is_stdin)
        close(fd);
    return is_read || error_within(err, "%s", is_stdin ? "standard input" : path);
}

bool file_finish(FILE *stream, struct error *err)
{
    bool had_failed = ferror(stream);

    errno = 0;
    if (fflush(stream) == 0 && !had_failed)
        return true;
    if (errno == EPIPE)
        return true;
    if (errno == 0) /* an earlier write failed, and its errno is long gone */
        return error_set(err, ERROR_OUTPUT, "the output could not be written");
    return error_set(err, ERROR_OUTPUT, "the output could not be written: %s", strerror(errno));
}
