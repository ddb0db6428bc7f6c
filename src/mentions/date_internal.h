/* date_internal.h - shared by the date_*.c files: rules, expressions and their context. */
#ifndef AITRACK_DATE_INTERNAL_H
#define AITRACK_DATE_INTERNAL_H

#include "aitrack/date.h"
#include "aitrack/pattern.h"
#include "aitrack/rule_file.h"

struct arena;
struct map;
struct numerals;

/* ---- the calendar (date.c) ---- */

int         date_month_days(int year, int month);
bool        date_exists(int year, int month, int day); /* month or day 0: not told */
struct date date_make(int year, int month, int day);
struct date date_add_months(struct date d, int months); /* the day is cut to the month's last */
int32_t     date_last_day(struct date d);               /* of the day, month or year that D is */

/* ---- lexicons and rules (date_rules.c) ---- */

/* The named groups that a pattern may use; "2" is the end of a range. */
enum date_capture {
    CAPTURE_DAY,
    CAPTURE_DAY2,
    CAPTURE_MONTH,
    CAPTURE_MONTH2,
    CAPTURE_YEAR,
    CAPTURE_YEAR2,
    CAPTURE_WEEKDAY,
    CAPTURE_PART,
    CAPTURE_PART2,
    CAPTURE_NUMBER,
    CAPTURE_UNIT,
    CAPTURE_HALF, /* "et demi" behind a count of units */
    CAPTURE_EVENT,
    CAPTURE_COUNT
};

enum date_gives {
    GIVES_POINT,
    GIVES_SINCE,    /* 2018/ */
    GIVES_UNTIL,    /* /2030 */
    GIVES_BETWEEN,  /* 2025/2029 */
    GIVES_DURATION, /* P5Y */
    GIVES_EACH,     /* P1Y, repeated */
    GIVES_STATE,    /* 2023-12-31: the day on which a sum stands, "au 31 décembre 2023" */
    GIVES_END,      /* the end of a range, as a point: the last day of a newsletter's week */
    GIVES_FUTURE,   /* no mention: the words near it speak of what is to come */
    GIVES_PAST      /* no mention: the words near it speak of what has happened */
};

/* Which of the days, months or years that an incomplete expression may mean is taken. */
enum date_toward {
    TOWARD_CONTEXT, /* as the words around it tell, else past */
    TOWARD_PAST,    /* the latest not after the anchor */
    TOWARD_FUTURE,  /* the earliest not before the anchor */
    TOWARD_NEAREST,
    TOWARD_LAST, /* the latest before the anchor */
    TOWARD_NEXT  /* the earliest after the anchor */
};

#define NO_DATE ((struct date){ 0 })

enum date_anchor { ANCHOR_PUBLISHED, ANCHOR_TOLD };

/* Where in a document a rule of published.rules may match. */
enum date_place {
    PLACE_HEAD, /* the first lines */
    PLACE_ANY,  /* every line, furniture too */
    PLACE_TEXT, /* sentences, as evidence inside the text */
    PLACE_URL
};

/* A unit of time: COUNT of the ISO 8601 unit D, W, M or Y. */
struct date_unit {
    struct str name;
    int        count;
    char       iso;
};

/* A part of a year: months first..last. */
struct date_part {
    int  first, last;
    bool is_exact; /* "premier semestre", not "printemps" */
};

struct date_event {
    struct str  place;
    struct date since, until;
    uint32_t    next; /* another event with this form, or UINT32_MAX */
};

struct date_rule {
    const struct rule *source;
    struct pattern    *pattern;
    int                groups[CAPTURE_COUNT]; /* group numbers, -1 where the rule has none */
    enum date_gives    gives;
    enum date_toward   toward;
    enum date_anchor   from;
    enum date_place    place;
    bool               has_offset;
    int                offset;
    uint32_t           unit;        /* of the offset, UINT32_MAX: the captured one */
    char               keep;        /* the precision to cut to: 'D' 'M' 'Y'; 0: as told */
    bool               needs_event; /* counts only where a known event supports its year */
};

/* A set of rules: one bit each. */
#define RULE_WORDS 4
#define MAX_RULES (64 * RULE_WORDS)
struct rule_set {
    uint64_t words[RULE_WORDS];
};

struct date_lexicon {
    struct map     *values; /* form in lower case -> value; NULL for numbers */
    struct str_list forms;
    struct str      alternatives; /* for patterns */
};

struct date_rules {
    struct date_rule   *rules;     /* date.rules */
    struct date_rule   *published; /* published.rules, the strongest first */
    size_t              count, published_count;
    struct date_lexicon months, weekdays, parts, nouns, adjectives, numbers, events;
    struct numerals    *numerals;
    struct str          english_months; /* alternatives of a pattern, for the heads of texts */
    struct date_part   *part_items;
    size_t              part_count;
    struct date_unit   *unit_items;
    size_t              unit_count;
    struct date_event  *event_items;
    size_t              event_count, event_capacity;
    struct pattern     *event_pattern; /* NULL: no events are known */
    /* The prefilter: which rules a word lets run, and which run on any sentence. */
    struct map      *triggers; /* word in lower case -> index into trigger_sets */
    struct rule_set *trigger_sets;
    size_t           trigger_count, trigger_capacity;
    struct rule_set  on_year, on_digit, always;
};

/* date_lexicons.c */
bool date_lexicons_load(const struct data_files *files, struct arena *arena,
                        struct date_rules *rules, struct error *err);

/* ---- expressions (date_expression.c) ---- */

enum date_tense { TENSE_UNKNOWN, TENSE_PAST, TENSE_FUTURE };

/* What a match says, before it is resolved. 0: not told. */
struct date_expression {
    const struct date_rule *rule;
    struct span             span;     /* in the folded text */
    uint32_t                sentence; /* index, UINT32_MAX outside of sentences */
    int                     day, month, year, weekday, number;
    int                     day2, month2, year2;
    const struct date_part *part, *part2;
    const struct date_unit *unit;
    bool                    has_half; /* half a unit more than number */
    enum date_tense         tense;    /* of the words around it */
    uint32_t                event;    /* the first event with the form told, or UINT32_MAX */
};

/* Reads what MATCH of RULE captured in SUBJECT. False where it is no date: a 31 April, a
 * range that runs backwards. */
bool date_expression_read(const struct date_rules *rules, const struct date_rule *rule,
                          const struct match *match, struct str subject,
                          struct date_expression *out);

#define DATE_WORD 64 /* room for the longest form in a lexicon, in bytes */

/* WORD in lower case in BUFFER; longer words are cut. */
struct str date_lower(struct str word, char buffer[DATE_WORD]);

/* Takes the next word (letters and digits) off *REST; false at the end. */
bool date_next_word(struct str *rest, struct str *word);

static inline bool rule_set_has(const struct rule_set *set, size_t rule)
{
    return (set->words[rule / 64] >> (rule % 64)) & 1;
}

static inline void rule_set_add(struct rule_set *set, size_t rule)
{
    set->words[rule / 64] |= (uint64_t)1 << (rule % 64);
}

static inline void rule_set_join(struct rule_set *set, const struct rule_set *more)
{
    for (size_t i = 0; i < RULE_WORDS; i++)
        set->words[i] |= more->words[i];
}

/* ---- search (date_find.c) ---- */

/* What a text says of dates, before resolution. */
struct date_findings {
    struct date_expression *items; /* in the order of the text, not overlapping */
    size_t                  count, capacity;
    uint32_t               *events; /* indexes into event_items: those that the text names */
    size_t                  event_count, event_capacity;
    uint8_t                *weights; /* of each item of event_items: how sure the text is of it */
    int                     year;    /* of the latest complete date that is not after today; 0 */
};

void date_collect(const struct date_rules *rules, struct matcher *matcher, const struct text *text,
                  struct date today, struct arena *arena, struct date_findings *out);

/* Adds the events of TEXT to what date_collect found: those it names, and those whose days and
 * place it tells. They date a text that nothing else dates. */
void date_collect_events(const struct date_rules *rules, struct matcher *matcher,
                         const struct text *text, struct arena *arena,
                         struct date_findings *findings);

/* ---- resolution (date_resolve.c) ---- */

struct date_context {
    const struct date_rules    *rules;
    const struct date_findings *findings;  /* may be NULL */
    struct date                 published; /* may be unknown */
    struct date                 today;
    struct date                 told[3];   /* last told: any, at least a month, a day */
    const struct date_part     *told_part; /* the part of the year told[0], or NULL */
};

/* The date that EXPRESSION means (of a range: its beginning, its end); unknown where that
 * cannot be told. */
struct date date_resolve(const struct date_expression *expression,
                         const struct date_context    *context);
struct date date_resolve_end(const struct date_expression *expression,
                             const struct date_context    *context);

/* date_period.c: the whole mention; false where nothing can be resolved. *LAST is the date of
 * which "le lendemain" or "l'année suivante" would speak next; may be unknown. */
bool date_resolve_mention(const struct date_expression *expression,
                          const struct date_context *context, struct arena *arena,
                          struct date_mention *out, struct date *last);

/* The year that the events named in the text give to a day of a month; 0: none is near. */
int date_event_year(const struct date_context *context, int month, int day);

#endif
