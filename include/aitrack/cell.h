/* cell.h - how one value is written in CSV and in JSON.
 *
 * A NUL, which many readers take for the end of the text, is written as U+FFFD in both. */
#ifndef AITRACK_CELL_H
#define AITRACK_CELL_H

#include "aitrack/str.h"
#include "aitrack/strbuf.h"

/* Adds TEXT as a CSV cell: in quotes where RFC 4180 needs them and where a blank stands at an
 * end, which some readers trim. */
void cell_add_csv(struct strbuf *buf, struct str text);

/* Adds TEXT as a JSON string; what is not UTF-8 in it becomes U+FFFD. All control characters
 * are escaped, those from U+007F to U+009F too: a terminal may obey them. */
void cell_add_json(struct strbuf *buf, struct str text);

#endif
