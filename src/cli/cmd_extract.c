/* cmd_extract.c - extract: documents in, rows out as JSON Lines, no ledger. */
#include <stdio.h>

#include "reading_internal.h"

#include "aitrack/file.h"
#include "aitrack/ledger.h"

struct extract_args {
    struct reading_args reading;
    bool                json_docs;
};

static const struct option extract_options[] = {
    { 0, "json-docs", OPTION_FLAG, offsetof(struct extract_args, json_docs), NULL,
      "the input is JSON Lines: one object a line with doc and text, and perhaps published, "
      "title, url" },
    READING_OPTIONS(struct extract_args, reading),
    { 0 },
};

static bool write_rows(const struct row_list *rows, void *context, struct error *err)
{
    (void)context;
    return ledger_write(rows->rows, rows->count, LEDGER_JSONL, stdout, err) &&
           file_finish(stdout, err);
}

static bool extract_run(struct invocation *invocation, struct error *err)
{
    static struct str          standard_input = { "-", 1 };
    const struct extract_args *args = invocation->args;
    struct str_list            paths = invocation->operands;
    struct reading             reading;

    if (!reading_open(&reading, invocation, &args->reading, err))
        return false;
    if (args->json_docs)
        return reading_run_json(&reading, paths, write_rows, NULL, err);
    if (paths.count == 0)
        paths = (struct str_list){ &standard_input, 1 };
    return reading_run(&reading, paths, write_rows, NULL, err);
}

const struct command command_extract = {
    .name = "extract",
    .operands = "[PATH...]",
    .operand_count = OPERANDS_ANY,
    .summary = "Writes what texts announce as JSON Lines, without a ledger",
    .details = "Without PATH standard input is read. Rows come out as each document is done,\n"
               "in input order (with --jobs, by the batch); \"aitrack merge\" makes a ledger\n"
               "of them.\n",
    .options = extract_options,
    .args_size = sizeof(struct extract_args),
    .run = extract_run,
};
