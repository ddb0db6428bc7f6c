/* layout_internal.h - lines, as layout.c tells them apart and block.c puts them together. */
#ifndef AITRACK_LAYOUT_INTERNAL_H
#define AITRACK_LAYOUT_INTERNAL_H

#include "text_internal.h"

enum line_kind {
    KIND_PLAIN,
    KIND_LABEL,
    KIND_BULLET,
    KIND_NUMBER,
    KIND_TABLE,
    KIND_DATELINE,
    KIND_FURNITURE,
};

struct line {
    uint32_t start, end, content; /* CONTENT: after the mark of a list item */
    uint16_t width;               /* characters, at most UINT16_MAX */
    uint8_t  kind;                /* enum line_kind */
    bool     after_gap;           /* an empty line before it */
    bool     joined;              /* continues the line before it */
};

struct layout {
    const struct text_rules *rules;
    struct matcher          *matcher;
    struct text             *text;
    struct arena            *arena;
    struct str               folded;
    struct line             *lines;
    size_t                   count;
    bool                     has_gaps; /* the source has tabs or wide runs of blanks */
};

struct str line_text(const struct layout *l, const struct line *line);

/* Does TEXT end with . ! ? or an ellipsis, closing quotes aside? */
bool ends_sentence(struct str text);

/* Makes blocks of the lines: joins them, names title and headings. CONTENT[i] receives where
 * block I begins after its mark. GIVEN_TITLE is folded. */
void block_build(struct layout *l, struct str given_title, uint32_t **content);

#endif
