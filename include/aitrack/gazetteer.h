/* gazetteer.h - the actors that the world knows: names, aliases, types, offices by date. */
#ifndef AITRACK_GAZETTEER_H
#define AITRACK_GAZETTEER_H

#include <stdbool.h>
#include <stdint.h>
#include "aitrack/data_files.h"
#include "aitrack/date.h"
#include "aitrack/error.h"
#include "aitrack/str.h"

struct arena;
struct gazetteer;

#define ACTOR_NONE UINT32_MAX

struct actor {
    struct str      name;
    struct str      type;    /* "state", "company", ... : the classes of actors.tsv */
    struct str      country; /* ISO 3166 alpha-2, EU, or empty */
    struct str_list aliases;
    struct str_list metonyms;
};

/* Reads lexicons/actors.tsv, offices.tsv and demonyms.tsv. */
bool gazetteer_load(const struct data_files *files, struct arena *arena, struct gazetteer **out,
                    struct error *err);

size_t              gazetteer_count(const struct gazetteer *gazetteer);
const struct actor *gazetteer_actor(const struct gazetteer *gazetteer, uint32_t actor);

/* How a name is used in running text. */
struct name_use {
    bool metonym; /* stands for the actor only when it acts: a capital city */
    bool small;   /* written without any capital: "gouvernement français" */
    bool shout;   /* a short acronym: a name only when written in capitals ("EAU") */
};

/* The actor whose name or alias has the name key KEY (unicode_name_key), or ACTOR_NONE. USE may
 * be NULL. */
uint32_t gazetteer_find(const struct gazetteer *gazetteer, struct str key, struct name_use *use);

/* The holder of an office named by the phrase with name key KEY ("president americain") on DAY
 * (unknown: the latest holder), or ACTOR_NONE; *STANDS_FOR gets the actor it speaks for. */
uint32_t gazetteer_office(const struct gazetteer *gazetteer, struct str key, struct date day,
                          uint32_t *stands_for);

/* Words in the longest name: how far a search has to look. */
size_t gazetteer_longest(const struct gazetteer *gazetteer);

/* The country of a demonym ("americain" -> "US"), or empty. */
struct str gazetteer_demonym(const struct gazetteer *gazetteer, struct str key);

#endif
