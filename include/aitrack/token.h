/* token.h - the words and signs of a sentence. */
#ifndef AITRACK_TOKEN_H
#define AITRACK_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include "aitrack/str.h"
#include "aitrack/text.h"

struct arena;

enum token_kind {
    TOKEN_WORD,   /* letters and digits, with inner hyphens, points of initials and &; an
                     elided word keeps its apostrophe: "l'", "qu'" */
    TOKEN_NUMBER, /* begins with a digit */
    TOKEN_SIGN,   /* one other character */
};

struct token {
    struct span     span; /* in the folded text */
    enum token_kind kind;
    bool            capital; /* begins with an upper case letter */
    bool            shout;   /* all its letters (two or more) are upper case */
    struct str      lower;   /* in lower case, accents kept: how cues are looked up */
    struct str      key;     /* unicode_name_key: how names are looked up; "" for signs */
};

struct token_list {
    struct token *items;
    size_t        count;
};

/* The tokens of SPAN of TEXT (folded); they live in ARENA. */
void token_split(struct str text, struct span span, struct arena *arena, struct token_list *out);

#endif
