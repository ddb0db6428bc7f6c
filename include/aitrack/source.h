/* source.h - where documents come from: files, folders, standard input, JSON Lines. */
#ifndef AITRACK_SOURCE_H
#define AITRACK_SOURCE_H

#include <stdbool.h>
#include <stdio.h>
#include "aitrack/error.h"
#include "aitrack/str.h"

struct arena;

/* One document, as given. */
struct document {
    struct str name;      /* `doc` as given (JSON), else empty */
    struct str source;    /* path or URL as given */
    struct str text;      /* valid UTF-8 */
    struct str title;     /* as the input names it, or empty */
    struct str published; /* ISO 8601 date as the input gives it, or empty */
    size_t     replaced;  /* undecodable byte sequences; the source has warned of them */
};

struct source_options {
    const char *encoding; /* NULL: detect */
};

/* Takes a document, which lives until it returns; false with *ERR set ends the run. */
typedef bool document_sink(const struct document *document, void *context, struct error *err);

/* Feeds SINK with every document under PATHS in order: a file; a folder, recursively, sorted
 * by the bytes of the path, hidden files left alone; "-" standard input. A file that cannot
 * be read or is no text is reported through diag and skipped; a PATH that does not exist,
 * too; so is a folder in which no text was found. ARENA is rewound after each document.
 * False only where SINK failed. */
bool source_each(const struct source_options *options, struct str_list paths, struct arena *arena,
                 document_sink *sink, void *context, struct error *err);

/* The same for JSON Lines on STREAM (named NAME in messages): one document a line, {"doc",
 * "text", "published", "title", "url"}; trafilatura's names `date`, `source`, `raw_text` are
 * understood; other members are ignored. Lines are read one at a time; a bad line is
 * reported with its number and skipped. */
bool source_json_docs(const struct source_options *options, FILE *stream, const char *name,
                      struct arena *arena, document_sink *sink, void *context, struct error *err);

#endif
