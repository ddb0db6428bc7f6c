/* cli.h - the program: finds the command, reads its options, runs it. */
#ifndef AITRACK_CLI_H
#define AITRACK_CLI_H

#include "aitrack/error.h"

#define PROGRAM_VERSION "0.1.0"

/* Runs the command line and returns the exit status. What went wrong is left in *ERR for the
 * caller to print. */
int cli_run(int argc, char **argv, struct error *err);

#endif
