/* cli.c - from the command line to a command and its exit status. */
#include "aitrack/cli.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli_internal.h"

#include "aitrack/arena.h"
#include "aitrack/diag.h"
#include "aitrack/file.h"

static const char default_ledger[] = "ledger.csv";

struct global_args {
    const char *ledger;
    const char *data;
    bool        help;
    bool        version;
};

const struct option global_options[] = {
    { 'l', "ledger", OPTION_TEXT, offsetof(struct global_args, ledger), "FILE",
      "the ledger; without it $AITRACK_LEDGER, else ledger.csv; its ending (.csv, .json, "
      ".jsonl) gives its format" },
    { 0, "data", OPTION_TEXT, offsetof(struct global_args, data), "DIR",
      "the tables and rules to use in place of those built in" },
    { 'h', "help", OPTION_FLAG, offsetof(struct global_args, help), NULL,
      "tell how the program or the command is used" },
    { 'V', "version", OPTION_FLAG, offsetof(struct global_args, version), NULL,
      "tell the version" },
    { 0 },
};

static const char *ledger_path(const struct global_args *global)
{
    const char *named = getenv("AITRACK_LEDGER");

    if (global->ledger)
        return global->ledger;
    return named && named[0] ? named : default_ledger;
}

static bool check_operands(const struct command *command, struct str_list operands,
                           struct error *err)
{
    size_t least =
        command->operand_count == OPERANDS_ONE || command->operand_count == OPERANDS_SOME;
    size_t most = command->operand_count == OPERANDS_NONE  ? 0
                  : command->operand_count == OPERANDS_ONE ? 1
                                                           : SIZE_MAX;

    if (operands.count < least)
        return error_set(err, ERROR_USAGE, "%s: %.*s is missing", command->name,
                         (int)strcspn(command->operands, "."), command->operands);
    if (operands.count > most)
        return error_set(err, ERROR_USAGE, "%s: unexpected argument \"%.*s\"", command->name,
                         STR_ARGS(operands.items[most]));
    return true;
}

static bool print_help(const struct command *command, struct arena *arena)
{
    struct strbuf out = strbuf_in(arena);

    if (command)
        help_command(command, &out);
    else
        help_program(&out);
    fwrite(out.ptr, 1, out.len, stdout); /* what could not be written shows at the end */
    return true;
}

static bool print_version(void)
{
    fputs("aitrack " PROGRAM_VERSION "\n", stdout);
    return true;
}

/* Reads the command line and does what it asks. */
static bool run(struct str_list arguments, struct arena *arena, int *status, struct error *err)
{
    struct global_args    global = { 0 };
    struct option_set     sets[2] = { { global_options, &global } };
    size_t                at = 0;
    struct invocation     invocation;
    const struct command *command;
    void                 *args;

    if (!options_parse(sets, 1, OPTIONS_THEN_STOP, arguments, &at, arena, NULL, err))
        return false;
    if (global.version)
        return print_version();
    if (at == arguments.count && global.help)
        return print_help(NULL, arena);
    if (at == arguments.count)
        return error_set(err, ERROR_USAGE, "no command; aitrack help lists the commands");

    command = command_find(arguments.items[at++], err);
    if (!command)
        return false;
    args = arena_alloc(arena, command->args_size);
    invocation = (struct invocation){ .args = args, .arena = arena };
    sets[1] = (struct option_set){ command->options, args };
    if (!options_parse(sets, COUNT_OF(sets), OPTIONS_AMID_OPERANDS, arguments, &at, arena,
                       &invocation.operands, err))
        return error_within(err, "%s", command->name);
    if (global.version)
        return print_version();
    if (global.help)
        return print_help(command, arena);
    if (!check_operands(command, invocation.operands, err))
        return false;

    invocation.ledger = ledger_path(&global);
    invocation.files = (struct data_files){ .folder = global.data };
    if (!command->run(&invocation, err))
        return false;
    *status = invocation.status;
    return true;
}

/* Has whoever reads stdout gone away? Then that it could not be written is no error. */
static bool is_reader_gone(void)
{
    struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

    return ferror(stdout) && poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

int cli_run(int argc, char **argv, struct error *err)
{
    struct arena   *arena = arena_open();
    struct str_list arguments = { ARENA_ARRAY(arena, struct str, (size_t)argc), 0 };
    int             status = 0;

    for (int i = 1; i < argc; i++)
        arguments.items[arguments.count++] = str_from(argv[i]);
    if (run(arguments, arena, &status, err))
        file_finish(stdout, err);
    if (err->kind == ERROR_OUTPUT && is_reader_gone())
        *err = (struct error){ .kind = ERROR_NONE };
    arena_close(arena);

    if (err->kind != ERROR_NONE)
        return error_status(err);
    return diag_count() > 0 ? STATUS_PARTIAL : status;
}
