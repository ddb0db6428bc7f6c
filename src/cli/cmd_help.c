/* cmd_help.c - help, made from the tables of commands and options. */
#include "cli_internal.h"

#include <stdio.h>

#include "aitrack/arena.h"

extern const struct command command_help;

void help_program(struct strbuf *out)
{
    strbuf_add(out, STR("Usage: aitrack COMMAND [OPTIONS] [ARGUMENTS]\n\n"
                        "Reads French news and keeps a ledger of the money announced for AI: "
                        "who puts how\nmuch into what, who said so, when, and in which "
                        "sentence.\n\nCommands:\n"));
    for (size_t i = 0; commands[i]; i++)
        strbuf_add_format(out, "  %-10s  %s\n", commands[i]->name, commands[i]->summary);
    strbuf_add(out, STR("\nOptions of every command:\n"));
    options_describe(global_options, out);
    strbuf_add(out, STR("\nExit status: 0 done; 1 no row matches; 2 wrong usage; 3 an input "
                        "was unreadable\nor skipped in part, the rest is done; 4 a ledger, "
                        "rule or data file is bad, or\noutput could not be written; 70 a bug "
                        "or out of memory.\n\n"
                        "\"aitrack COMMAND --help\" tells about one command.\n"));
}

void help_command(const struct command *command, struct strbuf *out)
{
    strbuf_add_format(out, "Usage: aitrack %s", command->name);
    if (command->options[0].name)
        strbuf_add(out, STR(" [OPTIONS]"));
    if (command->operands[0])
        strbuf_add_format(out, " %s", command->operands);
    strbuf_add_format(out, "\n\n%s.\n", command->summary);
    if (command->details)
        strbuf_add_format(out, "\n%s", command->details);
    if (command->options[0].name) {
        strbuf_add(out, STR("\nOptions:\n"));
        options_describe(command->options, out);
    }
    strbuf_add(out, STR("\nOptions of every command:\n"));
    options_describe(global_options, out);
}

static bool help_run(struct invocation *invocation, struct error *err)
{
    struct strbuf out = strbuf_in(invocation->arena);

    if (invocation->operands.count == 0)
        help_program(&out);
    for (size_t i = 0; i < invocation->operands.count; i++) {
        const struct command *command = command_find(invocation->operands.items[i], err);

        if (!command)
            return false;
        if (i > 0)
            strbuf_add_char(&out, '\n');
        help_command(command, &out);
    }
    fwrite(out.ptr, 1, out.len, stdout);
    return true;
}

static const struct option help_options[] = { { 0 } };

const struct command command_help = {
    .name = "help",
    .operands = "[COMMAND...]",
    .operand_count = OPERANDS_ANY,
    .summary = "Tells about the program or a command",
    .options = help_options,
    .args_size = 1,
    .run = help_run,
};
