/* text_internal.h - what fold, layout and sentence share: the loaded rules and the steps. */
#ifndef AITRACK_TEXT_INTERNAL_H
#define AITRACK_TEXT_INTERNAL_H

#include "aitrack/rule_file.h"
#include "aitrack/text.h"

struct map;
struct pattern;

/* The kinds of data/rules/layout.rules. All rules of a kind are one pattern, anchored at the
 * start of a line: run one by one they took most of the time of text_build. */
enum line_rule {
    LINE_FURNITURE,
    LINE_DATELINE,
    LINE_LABEL,  /* "Tribune": a heading that is never the title */
    LINE_BULLET, /* a list item's mark and the blank after it */
    LINE_NUMBER, /* a list number and the blank after it */
    LINE_OPEN,   /* the end of a line and the start of the next, which it runs into */
    LINE_FIGURE, /* a figure that may be money: such a line is never left out */
    LINE_RULE_COUNT
};

/* The `use` column of data/lexicons/abbreviations.tsv. */
enum abbreviation_use {
    ABBREVIATION_NEVER,  /* never ends a sentence: M., art. */
    ABBREVIATION_MAY,    /* ends one before a capital: etc., Inc. */
    ABBREVIATION_LETTER, /* no abbreviation: a word before a letter that names: série B. */
};

struct text_rules {
    struct pattern  *patterns[LINE_RULE_COUNT]; /* of the rules without `holds` */
    struct pattern  *gated[LINE_RULE_COUNT];    /* of the rules with it; NULL where none has */
    struct pattern  *gates[LINE_RULE_COUNT];    /* their `holds`, searched for anywhere */
    struct map      *abbreviations; /* form without its last point -> enum abbreviation_use */
    struct rule_file file;
};

/* Finds the blocks of TEXT; makes spaces of the line breaks inside them. FOLDED are the bytes
 * of text->folded, GIVEN_TITLE is folded. */
void layout_build(const struct text_rules *rules, struct matcher *matcher, char *folded,
                  struct str given_title, struct arena *arena, struct text *text);

/* Finds the sentences of every block. CONTENT[i] is where block I begins after its mark. */
void sentence_build(const struct text_rules *rules, const uint32_t *content, struct arena *arena,
                    struct text *text);

/* text_fold, and the bytes of text->folded to write to. */
char *fold_build(struct str source, struct arena *arena, struct text *out);

/* Bytes at the start of S[AT..] that are one opening (closing) quotation mark or bracket; 0
 * where there is none. A straight quotation mark counts as both. */
size_t quote_opening(struct str s, size_t at);
size_t quote_closing(struct str s, size_t at);

#endif
