/* cli_internal.h - what the command line has besides its commands. */
#ifndef AITRACK_CLI_INTERNAL_H
#define AITRACK_CLI_INTERNAL_H

#include "aitrack/command.h"
#include "aitrack/strbuf.h"

extern const struct option global_options[];

/* The command called NAME, else ERROR_USAGE that names the nearest. NULL on error. */
const struct command *command_find(struct str name, struct error *err);

/* Help for the whole program. */
void help_program(struct strbuf *out);

/* Help for one command. */
void help_command(const struct command *command, struct strbuf *out);

#endif
