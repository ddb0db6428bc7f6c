/* text.h - a document's text as the extractors see it: folded, in blocks and sentences.
 *
 * Folding gives every character one spelling, so that patterns stay readable: composed
 * accents, LF line ends, ' for ’ and ʼ, one plain space for every run of blanks (tab, U+00A0,
 * U+202F, U+2009 ...), nothing for soft hyphens, zero-width characters and the BOM. All
 * positions in mentions are offsets in the folded text; text_source_offset maps them back.
 */
#ifndef AITRACK_TEXT_H
#define AITRACK_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "aitrack/data_files.h"
#include "aitrack/error.h"
#include "aitrack/str.h"

struct arena;
struct matcher;
struct text_rules; /* abbreviations, furniture: read-only once loaded */

/* What a block (a paragraph: the lines that belong together) is. */
enum block_kind {
    BLOCK_TITLE,    /* the headline */
    BLOCK_DATELINE, /* byline, date of publication, section path: no announcement in it */
    BLOCK_HEADING,  /* a short line without full stop above other blocks */
    BLOCK_BULLET,   /* a list item; the mark is not part of its sentences */
    BLOCK_TABLE,    /* cells separated by | or tabs */
    BLOCK_PARAGRAPH,
    BLOCK_FURNITURE, /* menus, cookie notices, "Lire aussi", share buttons, legal lines */
};

struct span {
    uint32_t start, end; /* byte offsets in the folded text */
};

struct block {
    struct span     span;
    enum block_kind kind;
    uint32_t        first_sentence, sentence_count;
    uint32_t        heading; /* index of the heading block above it, or UINT32_MAX */
};

struct sentence {
    struct span span; /* without blanks at its ends */
    uint32_t    block;
};

struct text {
    struct str       source; /* UTF-8 as decoded: what ledger offsets refer to */
    struct str       folded; /* line breaks inside a block are spaces, but for a table's rows */
    struct block    *blocks;
    size_t           block_count;
    struct sentence *sentences;
    size_t           sentence_count;
    struct str       title; /* of the title block, or as given; may be empty */
    /* private: the map of fold.c: from folded offset MAP_FOLDED[i] on, the source offset is
     * the folded one plus the difference to MAP_SOURCE[i], up to the next entry. */
    uint32_t *map_folded, *map_source;
    size_t    map_count;
    uint32_t *line_marks; /* lines ended before each 4,096th byte of the source */
};

bool text_rules_load(const struct data_files *files, struct arena *arena, struct text_rules **out,
                     struct error *err);

/* Runs the examples of rules/layout.rules, each against its own rule; writes a line for each
 * that fails to STREAM and adds to the counts. */
void text_test_rules(const struct text_rules *rules, struct matcher *matcher, struct arena *arena,
                     FILE *stream, size_t *passed, size_t *failed);

/* Folds SOURCE (valid UTF-8, under 2 GB) and finds its blocks and sentences. GIVEN_TITLE is
 * the title the input names, or empty. Everything lives in ARENA. */
void text_build(const struct text_rules *rules, struct matcher *matcher, struct str source,
                struct str given_title, struct arena *arena, struct text *out);

/* Only the folding, for names in queries and tests: no blocks. */
void text_fold(struct str source, struct arena *arena, struct text *out);

/* The source offset of a folded offset (0 .. folded.len). */
size_t text_source_offset(const struct text *text, size_t folded_offset);

/* The line (from 1) of a source offset. Lines end with LF, CR LF or CR. */
size_t text_line(const struct text *text, size_t source_offset);

struct str text_slice(const struct text *text, struct span span); /* of the folded text */

/* The source bytes of SPAN with control characters and runs of blanks as single spaces: the
 * ledger's quote. Lives in ARENA. */
struct str text_quote(const struct text *text, struct span span, struct arena *arena);

/* The sentence that holds folded offset AT, or UINT32_MAX. */
uint32_t text_sentence_at(const struct text *text, uint32_t at);

#endif
