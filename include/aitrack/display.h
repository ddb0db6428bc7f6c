/* display.h - how a command shows rows on stdout: the options and what they default to. */
#ifndef AITRACK_DISPLAY_H
#define AITRACK_DISPLAY_H

#include <stdbool.h>
#include "aitrack/error.h"
#include "aitrack/options.h"
#include "aitrack/output.h"

/* As the options of a command fill it. */
struct display_args {
    const char *format; /* --format */
    bool        json;   /* --json */
};

/* The rows of an option table for field FIELD of struct TYPE. */
#define DISPLAY_OPTIONS(type, field)                                                               \
    { 'f',                                                                                         \
      "format",                                                                                    \
      OPTION_TEXT,                                                                                 \
      offsetof(type, field.format),                                                                \
      "NAME",                                                                                      \
      "table, csv, json, jsonl or markdown; without it a table on a terminal, else json" },        \
    {                                                                                              \
        'J', "json", OPTION_FLAG, offsetof(type, field.json), NULL, "the same as --format json"    \
    }

/* Format, width and colour of stdout; columns are left to the caller. */
bool display_options(const struct display_args *args, struct output_options *out,
                     struct error *err);

#endif
