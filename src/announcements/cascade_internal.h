/* cascade_internal.h - a sentence as a string of mention classes, and rules over it.
 *
 * After FASTUS (Hobbs et al., "FASTUS: A Cascaded Finite-State Transducer for Extracting
 * Information from Natural-Language Text", 1997): each level's rules see what the level
 * before made. An item is two bytes, its class (0x80..0xFF) and its feature (0x01..0x7F), so
 * that PCRE2 runs over the items of a sentence and offset / 2 is the number of an item.
 *
 * In a rule's pattern {class}, {class.feature}, {class.f|g other} stand for one item of these
 * classes and features, {not class other} for an item of none of them; names declared with
 * `set` and `features` lines stand for several. White space does not count.
 */
#ifndef AITRACK_CASCADE_INTERNAL_H
#define AITRACK_CASCADE_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>
#include "aitrack/data_files.h"
#include "aitrack/error.h"
#include "aitrack/pattern.h"
#include "aitrack/rule_file.h"
#include "aitrack/str.h"
#include "aitrack/text.h"
#include "aitrack/table.h"
#include "aitrack/vocabulary.h"

struct arena;

#define REF_NONE UINT32_MAX
#define ITEMS_MAX 1200 /* a longer sentence is read up to here */

struct item {
    struct span span;
    uint32_t    cue;      /* its cue, or CUE_NONE */
    uint32_t    ref;      /* which actor, figure or date of the document, or REF_NONE */
    uint32_t    employer; /* the actor for which a person is said to work, or REF_NONE */
    uint8_t class, feature;
};

/* The items of a sentence; `codes` is kept equal to their classes and features. */
struct item_list {
    struct item *items;
    size_t       count;
    char        *codes; /* 2 * count bytes */
};

/* What a captured group of a relation rule binds. */
enum field {
    FIELD_NONE,
    FIELD_ANNOUNCER,
    FIELD_INVESTOR,
    FIELD_RECIPIENT,
    FIELD_TARGET, /* a phrase that is the recipient as it stands */
    FIELD_SUBJECT,
    FIELD_KIND,
    FIELD_STATUS,
    FIELD_DATE,
    FIELD_PERIOD,
    FIELD_WHOLE, /* the figure of which this one is a share */
    FIELD_COUNT
};
extern const char *const field_names[FIELD_COUNT];

struct cascade_rule {
    const struct rule    *rule;
    const struct pattern *pattern;
    enum field            fields[PATTERN_GROUPS];     /* by group number */
    int                   head, text, sort, employer; /* groups: those named so, or -1 */
    uint8_t class, feature;                           /* groups: of the new item; 0: the head's */
    struct str kind, status;                          /* relations: given by the rule itself */
    bool       add;                                   /* relations: adds to what is bound already */
    bool       weak;         /* kinds: yields to public funding where a public body pays */
    bool       turn;         /* speakers: of a whole paragraph, by its first sentence */
    bool       whole_before; /* relations: a share of the larger figure told before */
};

struct cascade {
    struct cascade_rule *groups; /* rules/groups.rules: make one item of several */
    size_t               group_count;
    struct cascade_rule *relations; /* rules/relations.rules: bind the figure's fields */
    size_t               relation_count;
    struct cascade_rule *initiatives; /* rules/initiatives.rules */
    size_t               initiative_count;
    struct cascade_rule *speakers; /* rules/speakers.rules: whose words a quotation is */
    size_t               speaker_count;
    struct str           determiners;  /* class bytes after which a noun is more likely */
    struct str           prepositions; /* classes after which an actor is no subject */
    struct str           verbs;        /* classes before which it is one */
    struct str           particles;    /* classes that may stand between */
    uint8_t              figure;       /* the class of the figure that is looked at */
    uint8_t              name;         /* the class of names that no table knows */
};

bool cascade_load(const struct data_files *files, struct vocabulary *vocabulary,
                  struct arena *arena, struct cascade **out, struct error *err);

/* Sets codes from the items. */
void items_encode(struct item_list *list, struct arena *arena);

/* Is told of every item that a group rule made. */
typedef void cascade_trace(void *context, const struct cascade_rule *rule, const struct item *item);

/* Applies the groups in their order, each from left to right. TRACE may be NULL. */
void cascade_group(const struct cascade *cascade, struct matcher *matcher, struct item_list *list,
                   struct arena *arena, cascade_trace *trace, void *context);

/* The match of RULE that begins last (nearest to what follows), at any item; false: none. */
bool cascade_match(const struct cascade_rule *rule, struct matcher *matcher,
                   const struct item_list *list, struct match *out);

#endif
