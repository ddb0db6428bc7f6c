/* reading_internal.h - documents to rows, for the commands that read texts. */
#ifndef AITRACK_READING_INTERNAL_H
#define AITRACK_READING_INTERNAL_H

#include <stdbool.h>
#include "aitrack/command.h"
#include "aitrack/engine.h"

/* As the options of a command fill it. */
struct reading_args {
    const char         *encoding;
    const char         *published;
    const char         *today;
    struct option_count jobs;
};

/* The rows of an option table for field FIELD of struct TYPE. */
#define READING_OPTIONS(type, field)                                                                   \
    { 'e',         "encoding",                                                                         \
      OPTION_TEXT, offsetof(type, field.encoding),                                                     \
      "NAME",      "the texts' encoding; without it each one's is detected" },                         \
        { 'p',         "published",                                                                    \
          OPTION_TEXT, offsetof(type, field.published),                                                \
          "DATE",      "the day of publication of texts that do not tell theirs" },                    \
        { 0, "today", OPTION_TEXT, offsetof(type, field.today), "DATE", "the day to take for today" }, \
    {                                                                                                  \
        'j', "jobs", OPTION_COUNT, offsetof(type, field.jobs), "N",                                    \
            "documents to work on at a time; the result is the same"                                   \
    }

struct reading {
    struct engine         *engine;
    struct source_options  source;
    struct extract_options extract;
    size_t                 jobs;
};

/* Loads the rules and reads the values of ARGS. */
bool reading_open(struct reading *reading, const struct invocation *invocation,
                  const struct reading_args *args, struct error *err);

/* Takes the rows of one document, linked among themselves; they live until it
 * returns. False with *ERR set ends the run. */
typedef bool reading_sink(const struct row_list *rows, void *context, struct error *err);

/* Feeds SINK with the rows of every document under PATHS, in input order. */
bool reading_run(const struct reading *reading, struct str_list paths, reading_sink *sink,
                 void *context, struct error *err);

/* The same for documents in JSON Lines: files named by PATHS, without any standard input. */
bool reading_run_json(const struct reading *reading, struct str_list paths, reading_sink *sink,
                      void *context, struct error *err);

#endif
