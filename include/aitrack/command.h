/* command.h - what a command is: one file under src/cli/, one line in command_table.c. */
#ifndef AITRACK_COMMAND_H
#define AITRACK_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include "aitrack/data_files.h"
#include "aitrack/error.h"
#include "aitrack/options.h"
#include "aitrack/str.h"

struct arena;

/* A command as it was called. */
struct invocation {
    const char       *ledger; /* path of the ledger */
    struct data_files files;
    const void       *args; /* the command's struct of arguments, filled */
    struct str_list   operands;
    struct arena     *arena;  /* for the whole run */
    int               status; /* 0; a command sets STATUS_NO_MATCH where that is its result */
};

enum { STATUS_NO_MATCH = 1, STATUS_PARTIAL = 3 };

enum operand_count { OPERANDS_NONE, OPERANDS_ONE, OPERANDS_SOME, OPERANDS_ANY };

struct command {
    const char          *name;
    const char          *operands; /* for help: "PATH..." */
    enum operand_count   operand_count;
    const char          *summary; /* one line for the list of commands */
    const char          *details; /* more help, lines of at most 80 characters; or NULL */
    const struct option *options;
    size_t               args_size;
    /* Writes its data on stdout. False, with ERR set, ends the program. */
    bool (*run)(struct invocation *invocation, struct error *err);
};

extern const struct command *const commands[]; /* ends with NULL */

#endif
