/* vocabulary.h - the words that show roles, kinds and statuses: cues.
 *
 * A cue is a phrase with a class ("say", "pay", "noun") and a feature (for verbs the tense of
 * the form, for others what tells entries of a class apart). Rules speak of classes and
 * features only. lexicons/cues.tsv lists phrases; lexicons/verbs.tsv lists verbs, whose forms
 * lexicons/conjugations.tsv makes.
 */
#ifndef AITRACK_VOCABULARY_H
#define AITRACK_VOCABULARY_H

#include <stdbool.h>
#include <stdint.h>
#include "aitrack/data_files.h"
#include "aitrack/error.h"
#include "aitrack/token.h"

struct arena;
struct vocabulary;

struct cue {
    struct str lemma;   /* the verb, or the first form of the entry */
    uint8_t class;      /* a byte of 0x80 .. 0xFF, see vocabulary_class */
    uint8_t    feature; /* a byte of 0x01 .. 0x7F; FEATURE_NONE where there is none */
    bool       verb;
    struct str kind;   /* the kind that it shows, or empty */
    struct str status; /* the status that it shows, or empty */
    uint32_t   next;   /* another cue with the same form, or CUE_NONE */
};

#define CUE_NONE UINT32_MAX
#define FEATURE_NONE 1

bool vocabulary_load(const struct data_files *files, struct arena *arena, struct vocabulary **out,
                     struct error *err);

/* The byte of the class or feature called NAME, or 0. */
uint8_t vocabulary_class(const struct vocabulary *vocabulary, struct str name);
uint8_t vocabulary_feature(const struct vocabulary *vocabulary, struct str name);

/* The same, adding NAME where it is unknown (0: no room); only while loading. */
uint8_t vocabulary_add_class(struct vocabulary *vocabulary, struct str name);
uint8_t vocabulary_add_feature(struct vocabulary *vocabulary, struct str name);

struct str vocabulary_class_name(const struct vocabulary *vocabulary, uint8_t class);
struct str vocabulary_feature_name(const struct vocabulary *vocabulary, uint8_t feature);

/* The longest phrase of cues that begins at token AT: the index of its first cue (others with
 * the same form follow by `next`), or CUE_NONE; *LENGTH is the phrase's number of tokens. */
uint32_t vocabulary_find(const struct vocabulary *vocabulary, const struct token *tokens,
                         size_t count, size_t at, struct arena *scratch, size_t *length);

/* The first cue whose phrase is PHRASE, in lower case, or CUE_NONE. */
uint32_t vocabulary_lookup(const struct vocabulary *vocabulary, struct str phrase);

const struct cue *vocabulary_cue(const struct vocabulary *vocabulary, uint32_t cue);

#endif
