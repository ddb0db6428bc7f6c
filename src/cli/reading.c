/* reading.c - runs the engine over documents, several at a time where that is asked for.
 *
 * With more than one job documents are gathered into a batch, the workers share it out, and
 * the rows are handed on in input order: the result does not depend on the number of jobs.
 * With one job each document is done before the next one is read, so that a stream comes out
 * as it goes in. */
#include "reading_internal.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "aitrack/arena.h"
#include "aitrack/diag.h"
#include "aitrack/pattern.h"

enum {
    MOST_JOBS = 256,
    BATCH_DOCS = 32,       /* for each worker */
    BATCH_BYTES = 1 << 20, /* of text, for each worker */
};

struct worker {
    struct arena   *arena;
    struct matcher *matcher;
    pthread_t       thread;
    struct run     *run;
};

/* A document of the batch and what came of it. */
struct task {
    struct document document;
    struct row_list rows;
};

struct run {
    const struct reading *reading;
    reading_sink         *sink;
    void                 *context;
    struct worker         workers[MOST_JOBS];
    struct arena         *arena; /* of the documents of the batch */
    struct task          *tasks;
    size_t                count, capacity;
    size_t                bytes;
    pthread_mutex_t       mutex;
    size_t                next; /* task that no worker has taken yet */
};

/* ---- options ------------------------------------------------------------------------------ */

static bool read_date(const struct engine *engine, struct matcher *matcher, const char *option,
                      const char *value, struct date *out, struct error *err)
{
    if (!value || date_parse_iso(str_from(value), out) ||
        date_parse(engine_dates(engine), matcher, str_from(value), out, err))
        return true;
    err->kind = ERROR_USAGE;
    return error_within(err, "--%s", option);
}

static struct date today(void)
{
    return date_from_days((int32_t)(time(NULL) / (24 * 60 * 60)));
}

bool reading_open(struct reading *reading, const struct invocation *invocation,
                  const struct reading_args *args, struct error *err)
{
    struct reading made = {
        .source = { .encoding = args->encoding },
        .extract = { .today = today() },
        .jobs = args->jobs.is_given ? args->jobs.value : 1,
    };
    struct matcher *matcher = matcher_new(invocation->arena);

    if (made.jobs < 1)
        return error_set(err, ERROR_USAGE, "--jobs: at least 1");
    if (made.jobs > MOST_JOBS)
        made.jobs = MOST_JOBS;
    made.engine = engine_open(&invocation->files, invocation->arena, err);
    if (!made.engine)
        return false;
    if (!read_date(made.engine, matcher, "published", args->published, &made.extract.published,
                   err) ||
        !read_date(made.engine, matcher, "today", args->today, &made.extract.today, err))
        return false;
    *reading = made;
    return true;
}

/* ---- documents ---------------------------------------------------------------------------- */

static void extract(struct worker *worker, struct task *task)
{
    const struct reading *reading = worker->run->reading;

    engine_extract(reading->engine, worker->matcher, &task->document, &reading->extract,
                   worker->arena, &task->rows);
    engine_link(task->rows.rows, task->rows.count, worker->arena);
}

static bool extract_now(const struct document *document, void *context, struct error *err)
{
    struct run       *run = context;
    struct worker    *worker = &run->workers[0];
    struct arena_mark mark = arena_mark(worker->arena);
    struct task       task = { .document = *document };
    bool              is_taken;

    extract(worker, &task);
    is_taken = run->sink(&task.rows, run->context, err);
    arena_rewind(worker->arena, mark);
    return is_taken;
}

static void *work(void *context)
{
    struct worker *worker = context;
    struct run    *run = worker->run;

    for (;;) {
        size_t task;

        pthread_mutex_lock(&run->mutex);
        task = run->next++;
        pthread_mutex_unlock(&run->mutex);
        if (task >= run->count)
            return NULL;
        extract(worker, &run->tasks[task]);
    }
}

/* Works on the batch and hands its rows on. */
static bool finish_batch(struct run *run, struct error *err)
{
    size_t            jobs = run->reading->jobs < run->count ? run->reading->jobs : run->count;
    struct arena_mark marks[MOST_JOBS];
    size_t            started = 1;
    bool              is_taken = true;

    run->next = 0;
    for (size_t i = 0; i < jobs; i++)
        marks[i] = arena_mark(run->workers[i].arena);
    while (started < jobs &&
           pthread_create(&run->workers[started].thread, NULL, work, &run->workers[started]) == 0)
        started++; /* fewer threads than asked for do the same work */
    work(&run->workers[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(run->workers[i].thread, NULL);

    for (size_t i = 0; i < run->count && is_taken; i++)
        is_taken = run->sink(&run->tasks[i].rows, run->context, err);
    for (size_t i = 0; i < jobs; i++)
        arena_rewind(run->workers[i].arena, marks[i]);
    run->count = 0;
    run->bytes = 0;
    return is_taken;
}

static bool add_to_batch(const struct document *document, void *context, struct error *err)
{
    struct run  *run = context;
    struct task *task = ARRAY_PUSH(run->arena, run->tasks, run->count, run->capacity);

    *task = (struct task){ .document = {
                               .name = str_copy(run->arena, document->name),
                               .source = str_copy(run->arena, document->source),
                               .text = str_copy(run->arena, document->text),
                               .title = str_copy(run->arena, document->title),
                               .published = str_copy(run->arena, document->published),
                               .replaced = document->replaced,
                           } };
    run->bytes += document->text.len;
    if (run->count < run->reading->jobs * BATCH_DOCS &&
        run->bytes < run->reading->jobs * BATCH_BYTES)
        return true;
    if (!finish_batch(run, err))
        return false;
    arena_close(run->arena);
    run->arena = arena_open();
    run->tasks = NULL;
    run->capacity = 0;
    return true;
}

/* Both kinds of input feed this run through FEED. */
static bool run_documents(const struct reading *reading, struct str_list paths,
                          bool (*feed)(const struct reading *reading, struct str_list paths,
                                       struct arena *arena, document_sink *sink, void *context,
                                       struct error *err),
                          reading_sink *sink, void *context, struct error *err)
{
    struct arena *arena = arena_open();
    struct run   *run = ARENA_NEW(arena, struct run);
    bool          is_done;

    run->reading = reading;
    run->sink = sink;
    run->context = context;
    run->arena = arena_open();
    pthread_mutex_init(&run->mutex, NULL);
    for (size_t i = 0; i < reading->jobs; i++) {
        run->workers[i].arena = arena_open();
        run->workers[i].matcher = matcher_new(run->workers[i].arena);
        run->workers[i].run = run;
    }

    is_done = feed(reading, paths, arena, reading->jobs > 1 ? add_to_batch : extract_now, run, err);
    if (is_done && run->count)
        is_done = finish_batch(run, err);

    for (size_t i = 0; i < reading->jobs; i++)
        arena_close(run->workers[i].arena);
    pthread_mutex_destroy(&run->mutex);
    arena_close(run->arena);
    arena_close(arena);
    return is_done;
}

static bool feed_paths(const struct reading *reading, struct str_list paths, struct arena *arena,
                       document_sink *sink, void *context, struct error *err)
{
    return source_each(&reading->source, paths, arena, sink, context, err);
}

bool reading_run(const struct reading *reading, struct str_list paths, reading_sink *sink,
                 void *context, struct error *err)
{
    return run_documents(reading, paths, feed_paths, sink, context, err);
}

static bool feed_json(const struct reading *reading, struct str_list paths, struct arena *arena,
                      document_sink *sink, void *context, struct error *err)
{
    static struct str standard_input = { "-", 1 };

    if (paths.count == 0)
        paths = (struct str_list){ &standard_input, 1 };
    for (size_t i = 0; i < paths.count; i++) {
        bool        is_stdin = str_equal(paths.items[i], STR("-"));
        const char *path = str_cstring(arena, paths.items[i]);
        FILE       *stream = is_stdin ? stdin : fopen(path, "r");
        bool        is_fed;

        if (!stream) {
            diag_warn(path, 0, "%s", strerror(errno));
            continue;
        }
        is_fed = source_json_docs(&reading->source, stream, is_stdin ? "standard input" : path,
                                  arena, sink, context, err);
        if (!is_stdin)
            (void)fclose(stream);
        if (!is_fed)
            return false;
    }
    return true;
}

bool reading_run_json(const struct reading *reading, struct str_list paths, reading_sink *sink,
                      void *context, struct error *err)
{
    return run_documents(reading, paths, feed_json, sink, context, err);
}
