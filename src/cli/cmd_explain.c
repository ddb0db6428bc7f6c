/* cmd_explain.c - explain: where a row comes from and what decided its fields. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reading_internal.h"

#include "aitrack/arena.h"
#include "aitrack/diag.h"
#include "aitrack/display.h"
#include "aitrack/hash.h"
#include "aitrack/ledger.h"
#include "aitrack/pattern.h"
#include "aitrack/text_table.h"
#include "aitrack/unicode.h"

struct explain_args {
    struct reading_args reading;
};

static const struct option explain_options[] = {
    { 'e', "encoding", OPTION_TEXT, offsetof(struct explain_args, reading.encoding), "NAME",
      "the text's encoding; without it it is detected" },
    { 0, "today", OPTION_TEXT, offsetof(struct explain_args, reading.today), "DATE",
      "the day to take for today" },
    { 0 },
};

/* ---- the row -------------------------------------------------------------------------------- */

static bool check_id(struct str id, struct error *err)
{
    bool is_id = id.len > 0 && id.len <= ID_LENGTH;

    for (size_t i = 0; i < id.len; i++)
        is_id = is_id && id.ptr[i] && strchr("0123456789abcdef", id.ptr[i]);
    return is_id || error_set(err, ERROR_USAGE, "\"%.*s\" is no id: 1 to %d hex digits",
                              STR_ARGS(id), ID_LENGTH);
}

/* The only row whose id begins with PREFIX; *OUT is NULL where there is none. */
static bool find_row(const struct ledger *ledger, struct str prefix, const struct row **out,
                     struct error *err)
{
    const struct row *found = NULL;
    size_t            count = 0;

    for (size_t i = 0; i < ledger->count; i++) {
        if (!str_starts_with(ledger->rows[i].id, prefix))
            continue;
        if (!found)
            found = &ledger->rows[i];
        else if (count == 1)
            error_set(err, ERROR_USAGE, "\"%.*s\" begins several ids, among them %.*s and %.*s",
                      STR_ARGS(prefix), STR_ARGS(found->id), STR_ARGS(ledger->rows[i].id));
        count++;
    }
    if (count > 1)
        return false;
    *out = found;
    return true;
}

static void print_row(const struct row *row, struct arena *arena)
{
    static const int name_width = 14;

    for (int i = 0; i < ROW_COLUMNS; i++) {
        struct str cell = text_printable(arena, row_cell(row, i, arena));

        if (cell.len > 0)
            printf("%-*s%.*s\n", name_width, row_columns[i].name, STR_ARGS(cell));
    }
}

/* ---- its text ------------------------------------------------------------------------------- */

struct search {
    const struct reading *reading;
    const struct row     *row;
    struct matcher       *matcher;
    bool                  in_colour;
    bool                  is_same_text;
    bool                  is_explained;
};

static bool explain_document(const struct document *document, void *context, struct error *err)
{
    struct search *search = context;
    struct arena  *arena;

    (void)err;
    if (search->is_explained)
        return true;
    arena = arena_open();
    if (str_equal(hash_id(arena, &document->text, 1), search->row->doc)) {
        search->is_same_text = true;
        search->is_explained = engine_explain(search->reading->engine, search->matcher, document,
                                              &search->reading->extract, search->row->id,
                                              search->in_colour, arena, stdout);
    }
    arena_close(arena);
    return true;
}

/* Only a regular file is read again: not what a URL, a pipe or standard input said. */
static bool is_file(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 && S_ISREG(about.st_mode) && access(path, R_OK) == 0;
}

/* True, and *IS_EXPLAINED false, where only the ledger is left to tell about the row. */
static bool explain_from_text(const struct row *row, const struct invocation *invocation,
                              bool *is_explained, struct error *err)
{
    const struct explain_args *args = invocation->args;
    struct display_args        display = { .format = "table" };
    struct str                 source = row->source;
    const char                *path = str_cstring(invocation->arena, source);
    struct output_options      options;
    struct reading             reading;
    struct search              search = { .reading = &reading, .row = row };
    struct arena              *documents;
    bool                       is_read;

    *is_explained = false;
    if (!is_file(path)) {
        diag_note("%s: is no file here; this is what the ledger says", path);
        return true;
    }
    if (!display_options(&display, &options, err) ||
        !reading_open(&reading, invocation, &args->reading, err))
        return false;
    /* The day that the text does not tell was given when it was read, and is in the row. */
    (void)date_parse_iso(row->published, &reading.extract.published);
    search.matcher = matcher_new(invocation->arena);
    search.in_colour = options.in_colour;
    documents = arena_open();
    is_read = source_each(&reading.source, (struct str_list){ &source, 1 }, documents,
                          explain_document, &search, err);
    arena_close(documents);
    *is_explained = search.is_explained;
    if (is_read && !search.is_explained)
        diag_note("%s: %s; this is what the ledger says", path,
                  search.is_same_text ? "the rules do not make this row any more"
                                      : "is not the text that was read");
    return is_read;
}

static bool explain_run(struct invocation *invocation, struct error *err)
{
    struct arena     *arena = invocation->arena;
    struct str        id = unicode_lower(arena, invocation->operands.items[0]);
    const struct row *row;
    struct ledger     ledger;
    bool              is_explained;

    if (!check_id(id, err))
        return false;
    ledger_init(&ledger, arena);
    if (!ledger_load(&ledger, invocation->ledger, true, err) || !find_row(&ledger, id, &row, err))
        return false;
    if (!row) {
        diag_note("%s: no row has an id that begins with %.*s", invocation->ledger, STR_ARGS(id));
        invocation->status = STATUS_NO_MATCH;
        return true;
    }
    if (!explain_from_text(row, invocation, &is_explained, err))
        return false;
    if (!is_explained)
        print_row(row, arena);
    return true;
}

const struct command command_explain = {
    .name = "explain",
    .operands = "ID",
    .operand_count = OPERANDS_ONE,
    .summary = "Shows the sentence of a row and what decided each field",
    .details = "ID is the id of a row or a beginning that no other id has. The text is read\n"
               "again where it still is what it was; else the ledger's fields are shown.\n",
    .options = explain_options,
    .args_size = sizeof(struct explain_args),
    .run = explain_run,
};
