/* command_table.c - the list of commands, in the order of help. */
#include "aitrack/command.h"

#include "cli_internal.h"

#include "aitrack/nearest.h"

extern const struct command command_ingest;
extern const struct command command_query;
extern const struct command command_explain;
extern const struct command command_extract;
extern const struct command command_merge;
extern const struct command command_help;

const struct command *const commands[] = {
    &command_ingest, &command_query, &command_explain, &command_extract, &command_merge,
    &command_help,   NULL,
};

const struct command *command_find(struct str name, struct error *err)
{
    struct nearest nearest;

    nearest_init(&nearest, name);
    for (size_t i = 0; commands[i]; i++) {
        if (str_equal(name, str_from(commands[i]->name)))
            return commands[i];
        nearest_offer(&nearest, commands[i]->name);
    }
    if (nearest.name)
        error_set(err, ERROR_USAGE, "unknown command \"%.*s\"; did you mean %s?", STR_ARGS(name),
                  nearest.name);
    else
        error_set(err, ERROR_USAGE, "unknown command \"%.*s\"; aitrack help lists the commands",
                  STR_ARGS(name));
    return NULL;
}
