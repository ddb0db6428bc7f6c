/* options.h - the command line: options as rows of a table, which parsing and help both read. */
#ifndef AITRACK_OPTIONS_H
#define AITRACK_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include "aitrack/error.h"
#include "aitrack/str.h"

struct arena;
struct strbuf;

/* What an option takes and the type of its field in the command's struct of arguments. */
enum option_type {
    OPTION_FLAG,  /* nothing: bool */
    OPTION_TEXT,  /* const char *, NULL unless given; given twice, the last one counts */
    OPTION_LIST,  /* struct str_list of all the values given, in their order */
    OPTION_COUNT, /* struct option_count: a number from 0 on */
};

struct option_count {
    bool   is_given;
    size_t value;
};

/* A table of options ends with a row without name. */
struct option {
    char             letter; /* short form, or 0 */
    const char      *name;
    enum option_type type;
    size_t           offset;  /* of the field */
    const char      *value;   /* how help names the value: "FILE"; NULL for a flag */
    const char      *summary; /* for help; NULL leaves the option out of it */
};

/* A table and the zeroed struct that its options fill. */
struct option_set {
    const struct option *options;
    void                *args;
};

/* What may stand between the options. */
enum options_order {
    OPTIONS_THEN_STOP,     /* the first operand ends the options: those before the command */
    OPTIONS_AMID_OPERANDS, /* options may follow operands; "--" ends them */
};

/* Reads ARGUMENTS from *AT on with the options of all SETS. Operands go to *OPERANDS (not for
 * OPTIONS_THEN_STOP, where *AT is left at the first of them). Errors are ERROR_USAGE and name
 * the option, and for an unknown one the nearest. */
bool options_parse(const struct option_set *sets, size_t set_count, enum options_order order,
                   struct str_list arguments, size_t *at, struct arena *arena,
                   struct str_list *operands, struct error *err);

/* Adds the lines of help about OPTIONS. */
void options_describe(const struct option *options, struct strbuf *out);

#endif
