/* actor.h - who is named in a document: known actors, offices, and names that no table holds. */
#ifndef AITRACK_ACTOR_H
#define AITRACK_ACTOR_H

#include <stdbool.h>
#include <stdint.h>
#include "aitrack/data_files.h"
#include "aitrack/date.h"
#include "aitrack/error.h"
#include "aitrack/gazetteer.h"
#include "aitrack/text.h"
#include "aitrack/token.h"
#include "aitrack/vocabulary.h"

struct arena;
struct name_rules; /* first names: who is a person */

/* An actor as this document knows it. */
struct document_actor {
    struct str name;     /* canonical: the gazetteer's, else the longest form in the document */
    struct str key;      /* its name key */
    struct str type;     /* as in actors.tsv; "person" or "unknown" where no table holds it */
    struct str country;  /* ISO 3166 alpha-2 or empty */
    uint32_t   known;    /* in the gazetteer, or ACTOR_NONE */
    uint32_t   employer; /* index of the actor for which this person works here, or ACTOR_NONE */
};

struct actor_mention {
    uint32_t first, count; /* tokens of its sentence */
    uint32_t actor;        /* index in document_actors.actors */
    bool     metonym;      /* a capital that stands for its state only when it acts */
    bool     office;       /* an office's holder, by description */
};

struct document_actors {
    struct document_actor *actors;
    size_t                 count, capacity;
    struct actor_mention **mentions; /* by sentence, in order, not overlapping */
    size_t                *mention_counts;
};

bool name_rules_load(const struct data_files *files, struct arena *arena, struct name_rules **out,
                     struct error *err);

/* The actors named in TEXT, whose sentences' tokens are TOKENS; offices as of DAY (unknown:
 * their latest holders). Everything lives in ARENA. */
void actors_find(const struct name_rules *rules, const struct gazetteer *gazetteer,
                 const struct vocabulary *vocabulary, const struct text *text,
                 const struct token_list *tokens, struct date day, struct arena *arena,
                 struct document_actors *out);

#endif
