/* text_table.h - text in columns for a terminal: aligned by cells, cut to a width. */
#ifndef AITRACK_TEXT_TABLE_H
#define AITRACK_TEXT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include "aitrack/str.h"
#include "aitrack/strbuf.h"

struct arena;

enum text_style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM };

struct text_column {
    struct str      header;
    bool            at_right; /* numbers */
    enum text_style style;    /* of the cells, where the table is in colour */
    bool            is_rigid; /* a date, a figure: narrowed only when nothing else can be */
    bool            may_drop; /* left out, last such column first, where the width is too small */
};

struct text_table {
    const struct text_column *columns;
    size_t                    column_count;
    const struct str         *cells; /* row after row; made printable when they are shown */
    size_t                    row_count;
    size_t                    width; /* 0: as wide as the content */
    bool                      in_colour;
};

/* Adds TABLE to BUF, a header line first: the widest columns are narrowed until a line takes
 * at most the width; what is cut ends with "…". No blanks at the ends of lines. */
void text_table_format(const struct text_table *table, struct strbuf *buf);

/* S as a terminal may get it: on one line, tabs and line breaks as spaces, other control
 * characters visible ("␛"), direction marks and broken UTF-8 as U+FFFD. S itself where
 * nothing changes. */
struct str text_printable(struct arena *arena, struct str s);

#endif
