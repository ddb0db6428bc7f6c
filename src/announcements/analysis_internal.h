/* analysis_internal.h - one document on its way from mentions to announcements. */
#ifndef AITRACK_ANALYSIS_INTERNAL_H
#define AITRACK_ANALYSIS_INTERNAL_H

#include "aitrack/actor.h"
#include "aitrack/data_files.h"
#include "aitrack/date.h"
#include "aitrack/engine.h"
#include "aitrack/money.h"
#include "aitrack/text.h"
#include "cascade_internal.h"

struct arena;
struct gazetteer;
struct matcher;

/* A row of lexicons/kinds.tsv: what holds for a kind where no rule says more. */
struct kind_defaults {
    struct str     kind, status;
    struct str     topic;    /* the role that the passage's topic fills, or empty */
    uint8_t        who;      /* which actors may be the topic: a feature of references.tsv */
    bool           year;     /* a point in time is also its period */
    struct str     forecast; /* the status where the period lies ahead, or empty */
    struct decimal below;    /* figures under this are of this kind by default; zero: none */
    struct decimal fallback; /* the same, where nothing around tells a kind */
};

struct reference_entry {
    uint8_t         feature;
    struct str_list types;
};

/* lexicons/references.tsv */
struct reference_table {
    struct reference_entry *entries;
    size_t                  count;
};

/* Everything that is loaded once and shared by all documents. */
struct engine {
    struct text_rules     *text_rules;
    struct money_rules    *money_rules;
    struct date_rules     *date_rules;
    struct name_rules     *name_rules;
    struct gazetteer      *gazetteer;
    struct vocabulary     *vocabulary;
    struct cascade        *cascade;
    struct kind_defaults  *kinds;
    size_t                 kind_count;
    struct reference_table references;
};

struct analysis {
    const struct engine   *engine;
    struct matcher        *matcher;
    struct arena          *arena;
    struct text            text;
    struct date            published;
    struct money_list      figures;
    struct date_list       dates;
    struct token_list     *tokens; /* by sentence */
    struct document_actors actors;
    struct item_list      *items;    /* by sentence, grouped */
    uint32_t              *salience; /* by document actor: salience_measure */
    uint32_t               day;      /* in dates: dating_day */
    cascade_trace         *trace;    /* told of every group; NULL: nobody */
    void                  *trace_context;
};

#define NAMES_MAX 16

/* The names that fill a role, and the rule that put them there. */
struct role {
    struct str names[NAMES_MAX];
    size_t     count;
    struct str rule;
};

/* A text field and the rule that bound it. */
struct bound_text {
    struct str value;
    struct str rule;
};

/* An announcement as far as its sentence tells. */
struct draft {
    uint32_t          sentence;
    uint32_t          figure; /* in figures, or REF_NONE for an initiative */
    struct span       span;   /* what the row points at */
    struct role       announcer, investor, recipient;
    struct bound_text kind, status, subject, period;
    bool              kind_is_weak; /* see struct cascade_rule */
    uint32_t          date;         /* in dates, or REF_NONE */
    struct str        date_rule;
    uint32_t          whole; /* the figure of which it is a share, or REF_NONE */
    struct str        whole_rule;
    bool              whole_is_near; /* no words name it: it is the nearest larger one before */
    uint32_t          item;          /* of the figure in its sentence */
};

/* Reads DOCUMENT's text as far as items. */
void analysis_build(struct analysis *analysis, struct str source, struct str title, struct str url,
                    struct str name, struct date given, struct date today);

/* The items of sentence SENTENCE, before and after the groups (items.c). */
void items_build(struct analysis *analysis, uint32_t sentence, struct item_list *out);

struct draft_list {
    struct draft *items;
    size_t        count, capacity;
    uint32_t     *by_figure; /* index in items, or REF_NONE; set when all are there */
};

/* The draft of FIGURE, or NULL where it makes none (a conversion). */
struct draft *draft_of(const struct draft_list *drafts, uint32_t figure);

/* All announcements of the document, in the order of the text, complete with defaults. */
void drafts_make(struct analysis *analysis, struct draft_list *out);

/* The day that the text reports, in dates, or REF_NONE: the first day it tells, in its opening,
 * when that lies shortly before publication and no later day is told (dating.c). */
uint32_t dating_day(const struct analysis *analysis);

/* Sets date, period and the status of forecasts where no rule did (dating.c). */
void dating_apply(const struct analysis *analysis, const struct kind_defaults *defaults,
                  struct draft *draft);

/* Finds the shares that add up to a figure before them, and passes from a share to its whole
 * where "cette somme" could mean either (shares.c). */
void shares_bind(const struct analysis *analysis, struct draft_list *drafts);

/* Fills what no rule bound in any of DRAFTS (defaults.c). */
void defaults_complete(const struct analysis *analysis, struct draft_list *drafts);

/* Is RULE none of the rules in data/, but one of the defaults ("default.topic")? */
bool rule_is_default(struct str rule);

/* The whole way of one document: its drafts, and a row for each. */
void extract_document(struct analysis *analysis, const struct document *document,
                      const struct extract_options *options, struct draft_list *drafts,
                      struct row_list *rows);

/* Binds the fields of DRAFT, whose figure is item DRAFT->item, by the relation rules. */
void relations_apply(struct analysis *analysis, struct draft *draft);

/* Binds those of DRAFT's sentence by the first of RULES that matches it; false where none does.
 * Sets DRAFT's item and span to what the rule matched. */
bool first_rule_apply(struct analysis *analysis, const struct cascade_rule *rules, size_t count,
                      struct draft *draft);

/* Gives the figures of quotations without an announcer their speaker. */
void speakers_bind(struct analysis *analysis, struct draft_list *drafts);

bool reference_table_load(const struct data_files *files, struct vocabulary *vocabulary,
                          struct arena *arena, struct reference_table *out, struct error *err);

/* How much the document is about each actor. */
void salience_measure(struct analysis *analysis);

/* Gives descriptions and pronouns the actor that they mean, in the order of the text. */
void references_resolve(struct analysis *analysis);

/* What an item that stands for an actor is called; empty where nobody is found. */
struct str reference_name(const struct analysis *analysis, uint32_t sentence, size_t item);

/* Is NAME a public body, and, when it is a state, the one that the document is about? */
bool reference_is_public(const struct analysis *analysis, struct str name);

/* The person whose initials items FIRST to LAST - 1 are; empty: nobody. */
struct str reference_initials(const struct analysis *analysis, uint32_t sentence, size_t first,
                              size_t last);

/* The actor that the text is about where SENTENCE stands: the subject of the sentences before
 * it in the block, else of the heading, else of the title; one whom WHO (a feature of
 * references.tsv) may mean, and not the one called EXCEPT. Empty:
 * nobody. */
struct str reference_topic(const struct analysis *analysis, uint32_t sentence, size_t item,
                           uint8_t who, struct str except);

#endif
