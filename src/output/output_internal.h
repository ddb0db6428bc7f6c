/* output_internal.h - the formats for people, each in its file. */
#ifndef AITRACK_OUTPUT_INTERNAL_H
#define AITRACK_OUTPUT_INTERNAL_H

#include "aitrack/output.h"
#include "aitrack/strbuf.h"

bool output_text(struct str text, FILE *stream, struct error *err);

bool output_table_rows(const struct output_options *options, const struct row *rows, size_t count,
                       FILE *stream, struct error *err);
void output_table_sheet(const struct output_options *options, const struct sheet *sheet,
                        struct strbuf *buf);

bool output_markdown_rows(const struct output_options *options, const struct row *rows,
                          size_t count, FILE *stream, struct error *err);
void output_markdown_sheet(const struct sheet *sheet, struct strbuf *buf);

/* A cell for people: the names of a list joined with ", ", which cannot be read back. */
struct str output_cell(const struct row *row, int column, struct arena *arena);
struct str output_list(struct str cell, struct arena *arena);

#endif
