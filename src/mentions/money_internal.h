/* money_internal.h - what the parts of the money extractor share: the loaded words and rules,
 * and the candidates that they find.
 *
 *     money_lexicon.c   words of figures: scales, currencies
 *     money_cues.c      words around them: bounds, cues
 *     money_rules.c     rules/money.rules, compiled
 *     money_amount.c    one match of a rule -> its amounts
 *     money_scan.c      one sentence -> candidates
 *     money_context.c   which candidates are money, and what the elliptic ones mean
 *     money_currency.c  which currency a bare name or no name means
 *     money_bound.c     the words beside a figure
 *     money_table.c     cells whose unit stands in a caption
 *     money.c           the whole text
 *     money_format.c    figures in queries, and as the ledger shows them
 *     money_examples.c  the examples of the rules
 */
#ifndef AITRACK_MONEY_INTERNAL_H
#define AITRACK_MONEY_INTERNAL_H

#include "aitrack/money.h"
#include "aitrack/numeral.h"
#include "aitrack/pattern.h"
#include "aitrack/rule_file.h"

struct map;

enum { NO_INDEX = -1, MONEY_LONGEST_NAME = 64, MONEY_PLACE_HEAD = 3 };

/* ------------------------------------------------------------------- words */

struct scale {
    int power;    /* as French means it */
    int prefixed; /* behind a sign that stands before the number */
};

/* A scale as money_format writes it. */
struct shown_scale {
    struct str name;
    int        power;
};

struct currency {
    char       code[4];
    struct str sign;
    int        until; /* last year of use, or 0 */
    int        prior;
    bool       is_weak;
};

/* What a name may mean: indices of currencies, in the order of preference. */
struct meaning {
    uint16_t *items;
    uint16_t  count;
};

/* The classes of money_cues.tsv. */
enum cue_class {
    CUE_COUNT,
    CUE_COUNTED,
    CUE_MONEY,
    CUE_HINT,
    CUE_NOUN,
    CUE_DOUBTFUL,
    CUE_NEUTRAL,
    CUE_PEOPLE,
    CUE_LINK,
    CUE_CHANGE,
    CUE_BRING,
    CUE_CLASS_COUNT
};

/* The sides of bounds.tsv. */
enum bound_side {
    SIDE_BEFORE,
    SIDE_BETWEEN,
    SIDE_GAP,
    SIDE_AFTER,
    SIDE_FORMAT,
    SIDE_CONVERSION,
    SIDE_COUNT
};

struct money_words {
    struct numerals *numerals;

    struct scale *scales;
    struct map   *scale_exact; /* abbreviations as written -> scales */
    struct map   *scale_lower; /* words in lower case -> scales */

    struct shown_scale shown[4]; /* largest first */
    size_t             shown_count;

    struct currency *currencies;
    size_t           currency_count;
    struct meaning  *meanings;
    struct map      *names;       /* lower case -> meanings */
    struct map      *signs;       /* as written -> meanings */
    struct map      *subunits;    /* lower case -> meanings */
    struct map      *places;      /* names as written, stems in lower case -> meanings */
    struct map      *place_heads; /* the first bytes of all places, in lower case */
    struct pattern  *place;       /* anchored */

    struct map     *bounds[SIDE_COUNT]; /* lower case -> enum bound, or BOUND_COUNT for none */
    struct pattern *before, *after;     /* anchored at the figure; group `phrase` */
    struct pattern *converts;           /* what stands between "(" and a conversion */
    struct str      format[BOUND_COUNT];

    struct pattern *cue; /* groups count, counted, money, hint */
    struct pattern
        *follower; /* " de NOUN": groups noun, doubtful, neutral, people, neutral_name, other */
};

/* Loads the lexicons; *GIVEN are the definitions that money.rules may use. */
bool money_words_load(const struct data_files *files, struct arena *arena,
                      struct money_words *words, struct definition **given, size_t *given_count,
                      struct error *err);

/* WORDS as alternatives in which * stands for any ending. */
struct str money_alternatives(struct arena *arena, struct str_list words);

/* ------------------------------------------------------------------- rules */

/* The groups of the patterns in money.rules. */
enum money_group {
    GROUP_NUMBER,
    GROUP_SCALE,
    GROUP_SCALE_BY,
    GROUP_ALONE,
    GROUP_CURRENCY,
    GROUP_SIGN,
    GROUP_HALF,
    GROUP_FRACTION,
    GROUP_COLLECTIVE,
    GROUP_VAGUE,
    GROUP_TAIL,
    GROUP_TAIL_SCALE,
    GROUP_REST,
    GROUP_CENTS,
    GROUP_SUBUNIT,
    GROUP_NUMBER_TO,
    GROUP_SCALE_TO,
    GROUP_ALONE_TO,
    GROUP_CURRENCY_TO,
    GROUP_FIGURE,
    GROUP_COUNT
};

/* Where a number takes the scale and currency from that it lacks. */
enum unit_source { UNIT_OWN, UNIT_NEXT, UNIT_PREVIOUS, UNIT_CAPTION };

struct money_rule {
    struct str         name;
    const struct rule *source;
    struct pattern    *pattern; /* anchored */
    struct pattern    *before;  /* NULL, or must match up to the figure */
    struct pattern    *unless;  /* NULL, or must not */
    enum unit_source   unit;
    enum bound         bound;
    bool               is_after;       /* begins where an earlier figure ends */
    bool               is_lent_by_any; /* takes its unit from small figures too */
    int                groups[GROUP_COUNT];
};

struct money_rules {
    struct money_words words;
    struct money_rule *rules;
    size_t             count;
    struct map        *starters; /* lower-case words that a figure may begin with */
    struct map        *triggers; /* lower-case words of units: a sentence without any has no figure
                                    of its own */
    struct map        *glued_units; /* as written: a scale and a letter of currency, "MdE" */
    bool               start_bytes[256];
};

bool money_rules_compile(const struct data_files *files, const struct definition *given,
                         size_t given_count, struct arena *arena, struct money_rules *rules,
                         struct error *err);

/* -------------------------------------------------------------- candidates */

enum verdict {
    VERDICT_OPEN,
    VERDICT_MONEY,
    VERDICT_COUNT, /* it counts things */
    VERDICT_NONE,  /* nothing: no unit to be had, or too large */
};

struct candidate {
    struct span              span;
    struct span              whole;
    uint32_t                 stretch;
    const struct money_rule *rule;
    struct decimal           low, high; /* scaled, unless it is elliptic */
    int                      power;     /* of its scale */
    bool                     is_scaled, is_range, is_elliptic, is_converted, is_overflow;
    bool                     is_prefixed; /* its sign stands before it */
    bool                     is_letter;   /* its sign is a single letter: "300 F" */
    bool                     is_subunit;  /* in hundredths: "70 centimes" */
    enum bound               bound;
    enum verdict             verdict;
    const struct meaning    *meaning;  /* NULL: no currency named */
    int                      currency; /* index, or NO_INDEX */
    int32_t                  donor;    /* the candidate that gives its unit, or NO_INDEX */
};

/* A piece of a sentence that is scanned as one. */
struct stretch {
    struct span span;
    uint32_t    block;
    uint32_t    first, count; /* its candidates */
};

/* A document while its figures are being found. */
struct money_scan {
    const struct money_rules *rules;
    struct matcher           *matcher;
    const struct text        *text;
    struct date               published;
    const char               *name;
    struct arena             *arena;
    struct candidate         *items;
    size_t                    count, capacity;
    struct stretch           *stretches;
    size_t                    stretch_count, stretch_capacity;
    struct place_hit         *hits; /* of places, in order; see money_currency.c */
    size_t                    hit_count, hit_capacity;
    uint32_t                 *place_counts; /* hits for each currency; NULL: not looked for yet */
    bool                      has_named; /* some figure names its currency, or was money so far */
    size_t                    last_unit; /* stretches up to the last that names a unit */
    bool                      is_bare;   /* the stretch being scanned names no unit */
    bool                      is_old_franc; /* some figure in francs is converted at 6.56 */
};

/* Fills AMOUNT fields of OUT from MATCH of RULE in SUBJECT; false where the numbers make no
 * sense together (a range that falls), so that the next rule may try. */
bool money_amount(const struct money_words *words, const struct money_rule *rule,
                  const struct match *match, struct str subject, struct candidate *out);

/* The power of the scale TEXT; false where it is none. */
bool money_scale_power(const struct money_words *words, struct str text, int *power);

/* Gives an elliptic candidate the scale of POWER. */
void money_amount_scale(struct candidate *candidate, int power);

/* The text of GROUP; empty where RULE lacks it or it took no part. */
struct str money_group_text(const struct money_rule *rule, const struct match *match,
                            struct str subject, enum money_group group);

/* TEXT in lower case (ASCII and the accented letters of Latin-1), cut to the room of BUFFER. */
struct str money_lower(struct str text, char buffer[MONEY_LONGEST_NAME]);

/* What the name or sign TEXT means, or NULL. */
const struct meaning *money_meaning(const struct money_words *words, struct str text);

/* Does RULE hold before offset AT of SUBJECT (its `before` and `unless`)? */
bool money_rule_holds(const struct money_rule *rule, struct matcher *matcher, struct str subject,
                      size_t at);

/* Tries the rules at AT of SUBJECT; IS_BARE: only those for numbers that take their unit from
 * an earlier sentence. The span found is relative to SUBJECT. */
bool money_match_at(const struct money_rules *rules, struct matcher *matcher, struct str subject,
                    size_t at, bool is_bare, struct candidate *out);

/* The end of the word of letters at S[AT]; AT where there is none. */
size_t money_word_end(struct str s, size_t at);

/* Finds the candidates of the whole text, cut into stretches. */
void money_scan_text(struct money_scan *scan);

/* Decides which candidates are money; finds those that begin after another. */
void money_decide(struct money_scan *scan);

/* Adds the cells of tables. */
void money_scan_tables(struct money_scan *scan);

/* Sets bound and whole span of CANDIDATE, whose sentence is SUBJECT starting at BASE. */
void money_find_bound(const struct money_words *words, struct matcher *matcher, struct str subject,
                      size_t base, struct candidate *candidate);

/* Decides what bare names mean, marks conversions, gives the others a currency. */
void money_find_currencies(struct money_scan *scan);

/* Is a currency that the single letter of CANDIDATE may mean in use in what it speaks of? */
bool money_is_in_use(struct money_scan *scan, const struct candidate *candidate);

/* Was the text published while a currency of MEANING that is gone was in use? */
bool money_is_of_its_time(const struct money_scan *scan, const struct meaning *meaning);

/* Has the family of MEANING support in the text: a full name, a sign, a place? */
bool money_has_support(struct money_scan *scan, const struct meaning *meaning);

struct str money_stretch_text(const struct money_scan *scan, uint32_t stretch);

#endif
