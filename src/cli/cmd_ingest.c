/* cmd_ingest.c - ingest: adds what texts announce to the ledger. */
#include <stdio.h>
#include <string.h>

#include "reading_internal.h"

#include "aitrack/arena.h"
#include "aitrack/diag.h"
#include "aitrack/display.h"
#include "aitrack/ledger.h"
#include "aitrack/map.h"
#include "aitrack/strbuf.h"

struct ingest_args {
    struct reading_args reading;
    struct display_args display;
    bool                dry_run;
};

static const struct option ingest_options[] = {
    READING_OPTIONS(struct ingest_args, reading),
    { 'n', "dry-run", OPTION_FLAG, offsetof(struct ingest_args, dry_run), NULL,
      "write the rows on standard output and leave the ledger alone" },
    DISPLAY_OPTIONS(struct ingest_args, display),
    { 0 },
};

struct ingestion {
    struct ledger found; /* the rows of the documents read */
    struct map   *texts; /* the documents: text_key */
    size_t        documents;
    size_t        added; /* rows that the ledger did not hold */
};

/* What tells a document from all others: its text and where it stands. Lives in ARENA. */
static struct str text_key(struct str doc, struct str source, struct arena *arena)
{
    struct strbuf buf = strbuf_in(arena);

    strbuf_add(&buf, doc);
    strbuf_add_char(&buf, '\n');
    strbuf_add(&buf, source);
    return strbuf_str(&buf);
}

static bool take_rows(const struct row_list *rows, void *context, struct error *err)
{
    struct ingestion *ingestion = context;

    (void)err;
    ingestion->documents++;
    map_put(ingestion->texts, text_key(rows->doc, rows->source, ingestion->found.arena), 0);
    for (size_t i = 0; i < rows->count; i++)
        ledger_add(&ingestion->found, &rows->rows[i]);
    return true;
}

static bool same_row(const struct row *a, const struct row *b, struct arena *arena)
{
    for (int column = 0; column < ROW_COLUMNS; column++)
        if (!str_equal(row_cell(a, column, arena), row_cell(b, column, arena)))
            return false;
    return true;
}

static bool same_rows(const struct row *a, const struct row *b, size_t count)
{
    struct arena *arena = arena_open();
    bool          is_same = true;

    for (size_t i = 0; i < count && is_same; i++) {
        struct arena_mark mark = arena_mark(arena);

        is_same = same_row(&a[i], &b[i], arena);
        arena_rewind(arena, mark);
    }
    arena_close(arena);
    return is_same;
}

static bool is_read_again(const struct row *row, void *context)
{
    const struct ingestion *ingestion = context;
    struct arena_mark       mark = arena_mark(ingestion->found.arena);
    bool                    is_read;

    is_read =
        map_find(ingestion->texts, text_key(row->doc, row->source, ingestion->found.arena), NULL);
    arena_rewind(ingestion->found.arena, mark);
    return is_read;
}

/* A text read again replaces its rows: a newer program may read it otherwise.
 * The ledger is compared with what it was because linking may change rows that it held. */
static bool add_found(struct ledger *ledger, void *context, bool *changed, struct error *err)
{
    struct ingestion *ingestion = context;
    size_t            count = ledger->count;
    struct row       *before = ARENA_ARRAY(ledger->arena, struct row, count);
    struct map       *known = ledger->by_id;

    (void)err;
    if (count)
        memcpy(before, ledger->rows, count * sizeof *before);
    for (size_t i = 0; i < ingestion->found.count; i++)
        ingestion->added += !map_find(known, ingestion->found.rows[i].id, NULL);
    ledger_remove(ledger, is_read_again, ingestion);
    for (size_t i = 0; i < ingestion->found.count; i++)
        ledger_add(ledger, &ingestion->found.rows[i]);
    ledger_sort(ledger);
    engine_link(ledger->rows, ledger->count, ledger->arena);
    *changed = ledger->count != count || !same_rows(before, ledger->rows, count);
    return true;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static bool show_rows(struct ingestion *ingestion, const struct display_args *display,
                      struct error *err)
{
    struct output_options options;

    if (!display_options(display, &options, err))
        return false;
    ledger_sort(&ingestion->found);
    engine_link(ingestion->found.rows, ingestion->found.count, ingestion->found.arena);
    return output_write(&options, ingestion->found.rows, ingestion->found.count, stdout, err);
}

static bool ingest_run(struct invocation *invocation, struct error *err)
{
    const struct ingest_args *args = invocation->args;
    struct ingestion          ingestion = { .documents = 0 };
    struct output_options     options;
    struct reading            reading;
    enum ledger_format        format;
    size_t                    rows;

    /* What is wrong with the command line is better told before hours of reading. */
    if (!display_options(&args->display, &options, err))
        return false;
    if (!args->dry_run && !ledger_format_of(invocation->ledger, &format, err))
        return false;
    ledger_init(&ingestion.found, invocation->arena);
    ingestion.texts = map_new(invocation->arena, 64);
    if (!reading_open(&reading, invocation, &args->reading, err) ||
        !reading_run(&reading, invocation->operands, take_rows, &ingestion, err))
        return false;
    rows = ingestion.found.count;
    if (args->dry_run) {
        diag_note("%zu document%s, %zu row%s, ledger left alone", ingestion.documents,
                  plural(ingestion.documents), rows, plural(rows));
        return show_rows(&ingestion, &args->display, err);
    }
    if (!ledger_update(invocation->ledger, invocation->arena, add_found, &ingestion, err))
        return false;
    diag_note("%zu document%s, %zu row%s, %zu new -> %s", ingestion.documents,
              plural(ingestion.documents), rows, plural(rows), ingestion.added, invocation->ledger);
    return true;
}

const struct command command_ingest = {
    .name = "ingest",
    .operands = "PATH...",
    .operand_count = OPERANDS_SOME,
    .summary = "Adds what texts announce to the ledger",
    .details = "A PATH is a file, a folder (read with all that it holds) or - for standard\n"
               "input. A text read again replaces its rows: nothing\n"
               "changes but what a newer program reads otherwise.\n",
    .options = ingest_options,
    .args_size = sizeof(struct ingest_args),
    .run = ingest_run,
};
