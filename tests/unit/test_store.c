#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "aitrack/arena.h"
#include "aitrack/diag.h"
#include "aitrack/file.h"
#include "aitrack/ledger.h"

#include "ledger_rows.h"

static struct arena *arena;
static char          folder[64];
static char          path[128];

static int open_folder(void **state)
{
    (void)state;
    arena = arena_open();
    strcpy(folder, "/tmp/aitrack-store-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/ledger.csv", folder);
    return 0;
}

/* Removes the folder; NAMES gets what was in it, in a fixed order for up to two files. */
static void list_folder(char names[256])
{
    DIR           *open = opendir(folder);
    struct dirent *entry;

    names[0] = '\0';
    while ((entry = readdir(open)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        strcat(names, entry->d_name);
        strcat(names, " ");
    }
    closedir(open);
}

static int close_folder(void **state)
{
    DIR           *open = opendir(folder);
    struct dirent *entry;

    (void)state;
    while ((entry = readdir(open)) != NULL) {
        char name[512];

        snprintf(name, sizeof name, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.' || strlen(entry->d_name) > 2)
            if (unlink(name) != 0)
                rmdir(name);
    }
    closedir(open);
    rmdir(folder);
    arena_close(arena);
    return 0;
}

static bool add_sample(struct ledger *ledger, void *context, bool *changed, struct error *err)
{
    struct row row = sample_row(*(const char *)context, "2025-01-02", "a.txt", 5);

    (void)err;
    *changed = ledger_add(ledger, &row);
    return true;
}

/* CONTEXT: a number, of which the row's id is made. */
static bool add_numbered(struct ledger *ledger, void *context, bool *changed, struct error *err)
{
    struct row row = sample_row('0', "2025-01-02", "a.txt", *(const int *)context);
    char       id[32];

    (void)err;
    snprintf(id, sizeof id, "%020d", *(const int *)context);
    row.id = str_from(id);
    *changed = ledger_add(ledger, &row);
    return true;
}

static bool refuse(struct ledger *ledger, void *context, bool *changed, struct error *err)
{
    (void)ledger;
    (void)context;
    *changed = true;
    return error_set(err, ERROR_INPUT, "no");
}

static size_t rows_in(const char *file)
{
    struct ledger ledger;
    struct error  err = { 0 };

    ledger_init(&ledger, arena);
    if (!ledger_load(&ledger, file, true, &err))
        fail_msg("%s", err.text);
    return ledger.count;
}

static struct str bytes_of(const char *file)
{
    struct str   bytes;
    struct error err = { 0 };

    assert_true(file_read(arena, file, 0, &bytes, &err));
    return bytes;
}

static void assert_only(const char *expected)
{
    char names[256];

    list_folder(names);
    assert_string_equal(names, expected);
}

static void test_update(void **state)
{
    struct error err = { 0 };
    struct stat  first, second, third;

    (void)state;
    assert_true(ledger_update(path, arena, add_sample, (char[]){ "a" }, &err));
    assert_int_equal(rows_in(path), 1);
    assert_int_equal(stat(path, &first), 0);
    assert_true(
        ledger_update(path, arena, add_sample, (char[]){ "a" }, &err)); /* no change: not written */
    assert_int_equal(stat(path, &second), 0);
    assert_int_equal(first.st_ino, second.st_ino);

    assert_int_equal(chmod(path, 0640), 0);
    assert_true(ledger_update(path, arena, add_sample, (char[]){ "b" }, &err));
    assert_int_equal(stat(path, &third), 0);
    assert_int_equal(third.st_mode & 07777, 0640);
    assert_int_equal(rows_in(path), 2);
    assert_only("ledger.csv ");
}

static void test_new_mode(void **state)
{
    struct error err = { 0 };
    struct stat  about;
    mode_t       old = umask(027);

    (void)state;
    assert_true(ledger_update(path, arena, add_sample, (char[]){ "a" }, &err));
    umask(old);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0640);
}

static void test_missing(void **state)
{
    struct ledger ledger;
    struct error  err = { 0 };

    (void)state;
    ledger_init(&ledger, arena);
    assert_true(ledger_load(&ledger, path, false, &err));
    assert_int_equal(ledger.count, 0);
    assert_false(ledger_load(&ledger, path, true, &err));
    assert_int_equal(err.kind, ERROR_DATA);
    assert_non_null(strstr(err.text, "/ledger.csv: no such ledger"));
}

static void test_formats(void **state)
{
    static const char *const names[] = { "l.json", "l.jsonl", "l.csv" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char         file[128];
        struct error err = { 0 };

        snprintf(file, sizeof file, "%s/%s", folder, names[i]);
        assert_true(ledger_update(file, arena, add_sample, (char[]){ "b" }, &err));
        assert_true(ledger_update(file, arena, add_sample, (char[]){ "a" }, &err));
        assert_int_equal(rows_in(file), 2);
    }
    {
        struct error err = { 0 };

        assert_false(ledger_update("ledger.txt", arena, add_sample, (char[]){ "a" }, &err));
        assert_int_equal(err.kind, ERROR_USAGE);
    }
}

static bool add_thousands(struct ledger *ledger, void *context, bool *changed, struct error *err)
{
    for (int i = 0; i < 4000; i++)
        if (!add_numbered(ledger, &i, changed, err))
            return false;
    (void)context;
    return true;
}

/* A ledger that is read in several pieces, which cut rows and cells anywhere. */
static void test_pieces(void **state)
{
    static const char *const names[] = { "l.csv", "l.json", "l.jsonl" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char          file[128];
        char         *text = NULL;
        size_t        size = 0;
        FILE         *stream = open_memstream(&text, &size);
        struct error  err = { 0 };
        struct ledger ledger;

        snprintf(file, sizeof file, "%s/%s", folder, names[i]);
        assert_true(ledger_update(file, arena, add_thousands, NULL, &err));
        ledger_init(&ledger, arena);
        assert_true(ledger_load(&ledger, file, true, &err));
        assert_int_equal(ledger.count, 4000);
        assert_true(ledger_write(ledger.rows, ledger.count, (enum ledger_format)i, stream, &err));
        fclose(stream);
        assert_true(size > 1 << 20);
        assert_true(str_equal(bytes_of(file), (struct str){ text, size }));
        free(text);
    }
}

static void assert_update_fails(const char *file, const char *message)
{
    struct error err = { 0 };

    assert_false(ledger_update(file, arena, add_sample, (char[]){ "z" }, &err));
    if (!strstr(err.text, message))
        fail_msg("\"%s\" is not in \"%s\"", message, err.text);
    assert_int_equal(error_status(&err), 4);
}

static void test_refused_places(void **state)
{
    char         file[256];
    struct error err = { 0 };

    (void)state;
    assert_int_equal(mkdir(path, 0700), 0);
    assert_update_fails(path, "ledger.csv: is a folder, not a ledger");
    assert_false(ledger_scan(path, true, NULL, NULL, &err));
    assert_non_null(strstr(err.text, "ledger.csv: is a folder"));

    snprintf(file, sizeof file, "%s/fifo.csv", folder);
    assert_int_equal(mkfifo(file, 0600), 0);
    assert_update_fails(file, "fifo.csv: is not a regular file");
    assert_false(ledger_scan(file, true, NULL, NULL, &err));
    assert_non_null(strstr(err.text, "fifo.csv: is not a regular file"));

    snprintf(file, sizeof file, "%s/none/ledger.csv", folder);
    assert_update_fails(file, "none/ledger.csv: its folder: No such file or directory");
    assert_update_fails("/proc/ledger.csv", "/proc/ledger.csv: cannot be written: its lock: ");

    snprintf(file, sizeof file, "%s/loop.csv", folder);
    assert_int_equal(symlink("loop.csv", file), 0);
    assert_update_fails(file, "loop.csv: its symbolic link: ");
    unlink(path);
}

static void test_protected(void **state)
{
    struct error err = { 0 };
    pid_t        child;
    int          status;

    (void)state;
    assert_true(ledger_update(path, arena, add_sample, (char[]){ "a" }, &err));
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(chmod(folder, 0777), 0);
    child = fork();
    if (child == 0) { /* root may write everything: somebody else tries */
        if (getuid() == 0 && setuid(65534) != 0)
            _exit(3);
        err = (struct error){ 0 };
        if (ledger_update(path, arena, add_sample, (char[]){ "b" }, &err))
            _exit(1);
        _exit(strstr(err.text, "ledger.csv: is protected: Permission denied") ? 0 : 2);
    }
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);

    assert_int_equal(chmod(folder, 0755), 0);
    child = fork();
    if (child == 0) { /* a folder in which nothing can be written */
        if (getuid() == 0 ? setuid(65534) != 0 : chmod(folder, 0555) != 0)
            _exit(3);
        err = (struct error){ 0 };
        if (ledger_update(path, arena, add_sample, (char[]){ "b" }, &err))
            _exit(1);
        _exit(strstr(err.text, "cannot be written: its lock: Permission denied") ? 0 : 2);
    }
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    assert_int_equal(chmod(folder, 0700), 0);
    assert_int_equal(rows_in(path), 1);
}

static void test_symbolic_links(void **state)
{
    char         link[128], second[128], target[128];
    struct error err = { 0 };
    struct stat  about;

    (void)state;
    snprintf(link, sizeof link, "%s/link.csv", folder);
    snprintf(second, sizeof second, "%s/second.csv", folder);
    snprintf(target, sizeof target, "%s/target.csv", folder);
    assert_int_equal(symlink(second, link), 0);         /* absolute */
    assert_int_equal(symlink("target.csv", second), 0); /* relative, and to nothing yet */
    assert_true(ledger_update(link, arena, add_sample, (char[]){ "a" }, &err));
    assert_true(ledger_update(link, arena, add_sample, (char[]){ "b" }, &err));
    assert_int_equal(lstat(link, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_int_equal(lstat(second, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_int_equal(lstat(target, &about), 0);
    assert_true(S_ISREG(about.st_mode));
    assert_int_equal(rows_in(link), 2);
}

static void write_bytes(const char *file, const char *bytes)
{
    FILE *stream = fopen(file, "wb");

    assert_non_null(stream);
    fputs(bytes, stream);
    fclose(stream);
}

static void test_failures_leave_the_old_one(void **state)
{
    struct error  err = { 0 };
    struct str    before;
    struct rlimit limit, old;

    (void)state;
    assert_true(ledger_update(path, arena, add_sample, (char[]){ "a" }, &err));
    before = bytes_of(path);
    assert_false(ledger_update(path, arena, refuse, NULL, &err));
    assert_string_equal(err.text, "no"); /* a failure of the change names no ledger */
    assert_true(str_equal(bytes_of(path), before));
    assert_only("ledger.csv ");

    /* A disk that is full in the middle of the file. */
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    limit = old;
    limit.rlim_cur = before.len + 20;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_update_fails(path, "ledger.csv: cannot be written: File too large");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_true(str_equal(bytes_of(path), before));
    assert_only("ledger.csv ");

    write_bytes(path, "id,date\n");
    assert_update_fails(path, "ledger.csv:1: no column");
    assert_true(str_equal(bytes_of(path), STR("id,date\n")));
    assert_only("ledger.csv ");
}

/* What a killed process leaves behind. */
static void test_leftovers(void **state)
{
    char         file[128];
    struct error err = { 0 };

    (void)state;
    snprintf(file, sizeof file, "%s/.ledger.csv.lock", folder);
    write_bytes(file, "");
    snprintf(file, sizeof file, "%s/.ledger.csv.new", folder);
    write_bytes(file, "half a led");
    assert_true(ledger_update(path, arena, add_sample, (char[]){ "a" }, &err));
    assert_int_equal(rows_in(path), 1);
    assert_only("ledger.csv ");
}

static void note(const char *line, void *context)
{
    int fd = *(const int *)context;

    assert_true(write(fd, line, strlen(line)) > 0);
}

static bool wait_then_add(struct ledger *ledger, void *context, bool *changed, struct error *err)
{
    int  number = 1;
    char byte;

    assert_true(write(((int *)context)[0], "x", 1) == 1);
    assert_true(read(((int *)context)[1], &byte, 1) == 1);
    return add_numbered(ledger, &number, changed, err);
}

static void test_waiting(void **state)
{
    int          ready[2], go[2], said[2], number = 2;
    char         byte, line[512] = "";
    struct error err = { 0 };
    pid_t        holder, waiter;
    int          status;

    (void)state;
    assert_true(pipe(ready) == 0 && pipe(go) == 0 && pipe(said) == 0);
    holder = fork();
    if (holder == 0)
        _exit(!ledger_update(path, arena, wait_then_add, (int[]){ ready[1], go[0] }, &err));
    assert_true(read(ready[0], &byte, 1) == 1);
    waiter = fork();
    if (waiter == 0) {
        diag_redirect(note, &said[1]);
        _exit(!ledger_update(path, arena, add_numbered, &number, &err));
    }
    assert_true(read(said[0], line, sizeof line - 1) > 0);
    assert_non_null(strstr(line, "ledger.csv: waiting for process "));
    assert_true(write(go[1], "x", 1) == 1);
    waitpid(holder, &status, 0);
    assert_int_equal(status, 0);
    waitpid(waiter, &status, 0);
    assert_int_equal(status, 0);
    assert_int_equal(rows_in(path), 2);
    assert_only("ledger.csv ");
    for (int i = 0; i < 2; i++) {
        close(ready[i]);
        close(go[i]);
        close(said[i]);
    }
}

static void ignore(const char *line, void *context)
{
    (void)line;
    (void)context;
}

enum { WRITERS = 16, EACH = 20 };

/* Sixteen at once end in the union; a reader beside them never sees half a ledger. */
static void test_many_writers(void **state)
{
    struct error err = { 0 };
    int          left = WRITERS;
    size_t       seen = 0;

    (void)state;
    for (int writer = 0; writer < WRITERS; writer++) {
        if (fork() != 0)
            continue;
        diag_redirect(ignore, NULL);
        for (int i = 0; i < EACH; i++) {
            int number = writer * EACH + i;

            if (!ledger_update(path, arena, add_numbered, &number, &err))
                _exit(1);
        }
        _exit(0);
    }
    while (left > 0) {
        struct ledger ledger;
        int           status;

        ledger_init(&ledger, arena);
        if (!ledger_load(&ledger, path, false, &err))
            fail_msg("%s", err.text);
        assert_true(ledger.count >= seen);
        seen = ledger.count;
        while (waitpid(-1, &status, WNOHANG) > 0) {
            assert_int_equal(status, 0);
            left--;
        }
    }
    assert_int_equal(rows_in(path), WRITERS * EACH);
    assert_only("ledger.csv ");
}

/* Two writers at a time, one of them killed at a random moment: nothing is lost, and the next
 * run needs no help. */
static void test_kills(void **state)
{
    struct error err = { 0 };
    unsigned     random = 12345;
    size_t       before = 0;

    (void)state;
    for (int round = 0; round < 200; round++) {
        struct timespec pause = { 0, 0 };
        pid_t           child = fork();
        int             status, number = 1000000 + round;
        size_t          after;

        if (child == 0) {
            diag_redirect(ignore, NULL);
            for (int i = 0;; i++) {
                int mine = round * 1000 + i;

                if (!ledger_update(path, arena, add_numbered, &mine, &err))
                    _exit(1);
            }
        }
        random = random * 1664525u + 1013904223u;
        pause.tv_nsec = (long)(random >> 8) % 4000000;
        nanosleep(&pause, NULL);
        kill(child, SIGKILL);
        waitpid(child, &status, 0);
        assert_true(WIFSIGNALED(status));
        after = access(path, F_OK) == 0 ? rows_in(path) : 0;
        assert_true(after >= before);
        assert_true(ledger_update(path, arena, add_numbered, &number, &err));
        before = rows_in(path);
        assert_int_equal(before, after + 1);
        assert_only("ledger.csv ");
    }
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, open_folder, close_folder)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_update),
        IN_FOLDER(test_new_mode),
        IN_FOLDER(test_missing),
        IN_FOLDER(test_formats),
        IN_FOLDER(test_pieces),
        IN_FOLDER(test_refused_places),
        IN_FOLDER(test_protected),
        IN_FOLDER(test_symbolic_links),
        IN_FOLDER(test_failures_leave_the_old_one),
        IN_FOLDER(test_leftovers),
        IN_FOLDER(test_waiting),
        IN_FOLDER(test_many_writers),
        IN_FOLDER(test_kills),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
