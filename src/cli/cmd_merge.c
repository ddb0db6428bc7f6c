/* cmd_merge.c - merge: the union of ledgers and record streams. */
#include <stdio.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/command.h"
#include "aitrack/engine.h"
#include "aitrack/file.h"
#include "aitrack/ledger.h"
#include "aitrack/nearest.h"

struct merge_args {
    const char *output;
    const char *format;
};

static const struct option merge_options[] = {
    { 'o', "output", OPTION_TEXT, offsetof(struct merge_args, output), "FILE",
      "replace the ledger FILE, whose ending gives the format, by the result" },
    { 'f', "format", OPTION_TEXT, offsetof(struct merge_args, format), "NAME",
      "csv, json or jsonl; without it the format that all FILEs share, else csv" },
    { 0 },
};

static const struct {
    const char        *name;
    enum ledger_format format;
} format_names[] = {
    { "csv", LEDGER_CSV },
    { "json", LEDGER_JSON },
    { "jsonl", LEDGER_JSONL },
};

static bool find_format(const char *name, enum ledger_format *out, struct error *err)
{
    struct nearest nearest;

    nearest_init(&nearest, str_from(name));
    for (size_t i = 0; i < COUNT_OF(format_names); i++) {
        if (strcmp(name, format_names[i].name) == 0) {
            *out = format_names[i].format;
            return true;
        }
        nearest_offer(&nearest, format_names[i].name);
    }
    if (nearest.name)
        return error_set(err, ERROR_USAGE, "--format: unknown format \"%s\"; did you mean %s?",
                         name, nearest.name);
    return error_set(err, ERROR_USAGE,
                     "--format: unknown format \"%s\"; known are csv, json, jsonl", name);
}

/* For streams, whose names have no ending: by the first byte that is no blank. */
static enum ledger_format format_of_text(struct str text)
{
    text = str_trim(text);
    if (str_starts_with(text, STR("[")))
        return LEDGER_JSON;
    return str_is_empty(text) || str_starts_with(text, STR("{")) ? LEDGER_JSONL : LEDGER_CSV;
}

static bool load(struct ledger *ledger, struct str name, enum ledger_format *format,
                 struct error *err)
{
    const char  *path = str_cstring(ledger->arena, name);
    struct error no_name = { .kind = ERROR_NONE };
    struct str   text;

    if (ledger_format_of(path, format, &no_name))
        return ledger_load(ledger, path, true, err);
    if (!file_read(ledger->arena, path, 0, &text, err)) {
        err->kind = ERROR_DATA;
        return false;
    }
    *format = format_of_text(text);
    return ledger_parse(ledger, text, *format, str_equal(name, STR("-")) ? "standard input" : path,
                        err);
}

static bool replace_rows(struct ledger *ledger, void *context, bool *changed, struct error *err)
{
    (void)err;
    *ledger = *(const struct ledger *)context;
    *changed = true;
    return true;
}

static bool merge_run(struct invocation *invocation, struct error *err)
{
    const struct merge_args *args = invocation->args;
    enum ledger_format       format = LEDGER_CSV;
    enum ledger_format       other;
    struct ledger            ledger;

    if (args->format && !find_format(args->format, &format, err))
        return false;
    if (args->output) {
        if (!ledger_format_of(args->output, &other, err))
            return false;
        if (args->format && other != format)
            return error_set(err, ERROR_USAGE, "--format %s does not fit --output %s", args->format,
                             args->output);
    }

    ledger_init(&ledger, invocation->arena);
    for (size_t i = 0; i < invocation->operands.count; i++) {
        if (!load(&ledger, invocation->operands.items[i], &other, err))
            return false;
        if (!args->format)
            format = i == 0 || other == format ? other : LEDGER_CSV;
    }
    ledger_sort(&ledger);
    engine_link(ledger.rows, ledger.count, ledger.arena);
    if (args->output)
        return ledger_update(args->output, invocation->arena, replace_rows, &ledger, err);
    return ledger_write(ledger.rows, ledger.count, format, stdout, err);
}

const struct command command_merge = {
    .name = "merge",
    .operands = "FILE...",
    .operand_count = OPERANDS_SOME,
    .summary = "Writes the union of ledgers and record streams",
    .details = "FILEs are ledgers or what \"aitrack extract\" wrote; - is standard input.\n"
               "Their order does not matter. Without --output the result goes to standard\n"
               "output.\n",
    .options = merge_options,
    .args_size = sizeof(struct merge_args),
    .run = merge_run,
};
