/* money_lexicon_internal.h - what the loaders of the money lexicons share. */
#ifndef AITRACK_MONEY_LEXICON_INTERNAL_H
#define AITRACK_MONEY_LEXICON_INTERNAL_H

#include "money_internal.h"

/* Words collected for one alternation. */
struct word_set {
    struct str *items;
    size_t      count, capacity;
};

struct loader {
    const struct data_files *files;
    struct arena            *arena;
    struct money_words      *words;
    struct definition       *given;
    size_t                   given_count;
    size_t                   meaning_count, meaning_capacity;
    struct error            *err;
};

void loader_collect(struct loader *loader, struct word_set *set, struct str_list list);

/* Offers SET to money.rules as @{NAME}. */
void loader_give(struct loader *loader, const char *name, struct word_set set);

/* The values of a cell that may be empty: "-". */
struct str_list loader_values(struct loader *loader, struct str cell);

bool loader_bounds(struct loader *loader); /* bounds.tsv */
bool loader_cues(struct loader *loader);   /* money_cues.tsv */

#endif
