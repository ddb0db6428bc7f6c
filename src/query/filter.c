/* filter.c - reads the value of a condition and tests rows against it. */
#include <string.h>

#include "query_internal.h"

#include "aitrack/arena.h"
#include "aitrack/gazetteer.h"
#include "aitrack/hash.h"
#include "aitrack/map.h"
#include "aitrack/nearest.h"
#include "aitrack/pattern.h"
#include "aitrack/strbuf.h"
#include "aitrack/text.h"
#include "aitrack/unicode.h"

/* The values that the columns kind and status take. */
static const char *const kinds[] = { "investment",  "public_funding", "funding_round", "fund",
                                     "acquisition", "contract",       "valuation",     "revenue",
                                     "cost",        "market",         "other",         "initiative",
                                     NULL };
static const char *const statuses[] = { "completed", "announced", "planned", "rumoured", NULL };

/* ---- reading ------------------------------------------------------------------------------ */

static bool parse_name(const struct filter *filter, struct str value, struct condition *out,
                       struct error *err)
{
    const struct gazetteer *gazetteer = filter->rules->gazetteer;

    out->key = unicode_name_key(filter->arena, value);
    if (out->key.len == 0)
        return error_set(err, ERROR_USAGE, "\"%.*s\" has no letters or digits", STR_ARGS(value));
    out->actor = gazetteer_find(gazetteer, out->key, NULL);
    out->is_office = out->actor == ACTOR_NONE &&
                     gazetteer_office(gazetteer, out->key, (struct date){ 0 }, NULL) != ACTOR_NONE;
    return true;
}

static bool parse_words(const struct filter *filter, struct str value, struct condition *out,
                        struct error *err)
{
    out->key = unicode_name_key(filter->arena, value);
    return out->key.len > 0 ||
           error_set(err, ERROR_USAGE, "\"%.*s\" has no letters or digits", STR_ARGS(value));
}

/* The first and the last day that DATE may be. */
static void days_of(struct date date, int32_t *first, int32_t *last)
{
    struct date next = date;

    *first = date_to_days(date);
    *last = *first;
    if (date.day)
        return;
    if (!date.month || date.month == 12) {
        next.year++;
        next.month = 1;
    } else {
        next.month++;
    }
    *last = date_to_days(next) - 1;
}

static bool parse_date(const struct filter *filter, struct str value, struct condition *out,
                       struct error *err)
{
    struct date date;

    if (!date_parse_iso(value, &date) &&
        !date_parse(filter->rules->dates, filter->rules->matcher, value, &date, err))
        return false;
    days_of(date, &out->first_day, &out->last_day);
    return true;
}

static bool parse_amount(const struct filter *filter, struct str value, struct condition *out,
                         struct error *err)
{
    return money_parse(filter->rules->money, filter->rules->matcher, value, &out->money, err);
}

/* "EUR", "eur", "€", "dollars": as a currency is written behind a number, else a code. */
static bool parse_currency(const struct filter *filter, struct str value, struct condition *out,
                           struct error *err)
{
    struct strbuf one = strbuf_in(filter->arena);
    struct money  money = { .currency = "" };
    struct error  reason = { .kind = ERROR_NONE };
    char         *code;

    strbuf_add_format(&one, "1 %.*s", STR_ARGS(value));
    if (money_parse(filter->rules->money, filter->rules->matcher, strbuf_str(&one), &money,
                    &reason) &&
        money.currency[0]) {
        out->text = str_copy(filter->arena, str_from(money.currency));
        return true;
    }
    if (value.len != 3)
        return error_set(err, ERROR_USAGE, "\"%.*s\" is no currency", STR_ARGS(value));
    code = arena_alloc(filter->arena, value.len);
    for (size_t i = 0; i < value.len; i++) {
        char letter = value.ptr[i];

        code[i] = (char)(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
        if (code[i] < 'A' || code[i] > 'Z')
            return error_set(err, ERROR_USAGE, "\"%.*s\" is no currency", STR_ARGS(value));
    }
    out->text = (struct str){ code, value.len };
    return true;
}

/* One of NAMES; "Funding round" and "funding-round" are "funding_round". */
static bool parse_choice(const struct filter *filter, struct str value, const char *const *names,
                         struct condition *out, struct error *err)
{
    struct str     lower = unicode_lower(filter->arena, value);
    char          *given = arena_alloc(filter->arena, lower.len + 1);
    struct nearest nearest;

    for (size_t i = 0; i < lower.len; i++)
        given[i] = (char)(lower.ptr[i] == ' ' || lower.ptr[i] == '-' ? '_' : lower.ptr[i]);
    out->text = (struct str){ given, lower.len };
    nearest_init(&nearest, out->text);
    for (size_t i = 0; names[i]; i++) {
        if (str_equal(out->text, str_from(names[i])))
            return true;
        nearest_offer(&nearest, names[i]);
    }
    if (nearest.name)
        return error_set(err, ERROR_USAGE, "unknown value \"%.*s\"; did you mean %s?",
                         STR_ARGS(value), nearest.name);
    error_set(err, ERROR_USAGE, "unknown value \"%.*s\"; known are", STR_ARGS(value));
    for (size_t i = 0; names[i]; i++) /* error_set puts the text together */
        error_set(err, ERROR_USAGE, "%s%s %s", err->text, i ? "," : "", names[i]);
    return false;
}

static bool parse_kind(const struct filter *filter, struct str value, struct condition *out,
                       struct error *err)
{
    return parse_choice(filter, value, kinds, out, err);
}

static bool parse_status(const struct filter *filter, struct str value, struct condition *out,
                         struct error *err)
{
    return parse_choice(filter, value, statuses, out, err);
}

static bool parse_source(const struct filter *filter, struct str value, struct condition *out,
                         struct error *err)
{
    out->text = unicode_lower(filter->arena, value);
    return value.len > 0 || error_set(err, ERROR_USAGE, "empty");
}

static bool parse_pattern(const struct filter *filter, struct str value, struct condition *out,
                          struct error *err)
{
    out->text = value;
    out->pattern = pattern_compile(filter->arena, value, 0, err);
    return out->pattern != NULL;
}

static bool parse_id(const struct filter *filter, struct str value, struct condition *out,
                     struct error *err)
{
    out->text = unicode_lower(filter->arena, value);
    if (out->text.len == 0 || out->text.len > ID_LENGTH)
        return error_set(err, ERROR_USAGE, "\"%.*s\" is no id: 1 to %d hex digits", STR_ARGS(value),
                         ID_LENGTH);
    for (size_t i = 0; i < out->text.len; i++)
        if (!strchr("0123456789abcdef", out->text.ptr[i]) || !out->text.ptr[i])
            return error_set(err, ERROR_USAGE, "\"%.*s\" is no id: 1 to %d hex digits",
                             STR_ARGS(value), ID_LENGTH);
    return true;
}

/* ---- testing ------------------------------------------------------------------------------ */

/* Do the words of NEEDLE stand together in KEY? Both are name keys. */
static bool has_words(struct str key, struct str needle)
{
    for (size_t at = 0; (at = str_find(key, needle, at)) != STR_NONE; at++) {
        size_t end = at + needle.len;

        if ((at == 0 || key.ptr[at - 1] == ' ') && (end == key.len || key.ptr[end] == ' '))
            return true;
    }
    return false;
}

/* Ledgers name the same actors again and again: each name is folded and looked up once. */
static struct known_name known_name(struct filter *filter, struct str name)
{
    struct known_name *known;
    uint32_t           index;

    if (map_find(filter->name_index, name, &index))
        return filter->names[index];
    map_put(filter->name_index, name, (uint32_t)filter->name_count);
    known = ARRAY_PUSH(filter->arena, filter->names, filter->name_count, filter->name_capacity);
    known->key = unicode_name_key(filter->arena, name);
    known->actor = gazetteer_find(filter->rules->gazetteer, known->key, NULL);
    return *known;
}

static bool test_list(struct filter *filter, const struct condition *condition,
                      const struct row *row, struct str_list names)
{
    uint32_t actor = condition->actor;

    if (condition->is_office && names.count) {
        struct date day = { 0 };

        date_parse_iso(row->date, &day);
        actor = gazetteer_office(filter->rules->gazetteer, condition->key, day, NULL);
    }
    for (size_t i = 0; i < names.count; i++) {
        struct known_name name = known_name(filter, names.items[i]);

        if (actor != ACTOR_NONE ? name.actor == actor : has_words(name.key, condition->key))
            return true;
    }
    return false;
}

static bool test_announcer(struct filter *filter, const struct condition *condition,
                           const struct row *row)
{
    return test_list(filter, condition, row, row->announcer);
}

static bool test_investor(struct filter *filter, const struct condition *condition,
                          const struct row *row)
{
    return test_list(filter, condition, row, row->investor);
}

static bool test_recipient(struct filter *filter, const struct condition *condition,
                           const struct row *row)
{
    return test_list(filter, condition, row, row->recipient);
}

static bool test_actor(struct filter *filter, const struct condition *condition,
                       const struct row *row)
{
    return test_announcer(filter, condition, row) || test_investor(filter, condition, row) ||
           test_recipient(filter, condition, row);
}

static bool test_subject(struct filter *filter, const struct condition *condition,
                         const struct row *row)
{
    struct arena_mark mark = arena_mark(filter->arena);
    bool holds = has_words(unicode_name_key(filter->arena, row->subject), condition->key);

    arena_rewind(filter->arena, mark);
    return holds;
}

static bool row_days(const struct row *row, int32_t *first, int32_t *last)
{
    struct date date;

    if (!date_parse_iso(row->date, &date))
        return false;
    days_of(date, first, last);
    return true;
}

static bool test_since(struct filter *filter, const struct condition *condition,
                       const struct row *row)
{
    int32_t first, last;

    (void)filter;
    return row_days(row, &first, &last) && last >= condition->first_day;
}

static bool test_until(struct filter *filter, const struct condition *condition,
                       const struct row *row)
{
    int32_t first, last;

    (void)filter;
    return row_days(row, &first, &last) && first <= condition->last_day;
}

static bool test_date(struct filter *filter, const struct condition *condition,
                      const struct row *row)
{
    return test_since(filter, condition, row) && test_until(filter, condition, row);
}

/* The highest amount that a figure states; see query.h. */
static struct decimal stated_high(struct decimal amount, bool has_max, struct decimal max,
                                  bool is_vague)
{
    struct decimal high = amount;

    if (has_max)
        return max;
    /* "plusieurs milliards" is kept as two milliards and may be nine. */
    if (is_vague)
        (void)decimal_multiply(amount, (struct decimal){ 45, 1 }, &high);
    return high;
}

static struct decimal money_high(const struct money *money)
{
    return stated_high(money->amount, money->bound == BOUND_RANGE, money->amount_max,
                       money->bound == BOUND_VAGUE);
}

static struct decimal row_high(const struct row *row)
{
    return stated_high(row->amount, row->has_amount_max, row->amount_max,
                       str_equal(row->bound, str_from(bound_names[BOUND_VAGUE])));
}

static bool is_comparable(const struct money *money, const struct row *row)
{
    return row->has_amount &&
           (!money->currency[0] || str_equal(row->currency, str_from(money->currency)));
}

static bool test_min(struct filter *filter, const struct condition *condition,
                     const struct row *row)
{
    (void)filter;
    return is_comparable(&condition->money, row) &&
           decimal_compare(row_high(row), condition->money.amount) >= 0;
}

static bool test_max(struct filter *filter, const struct condition *condition,
                     const struct row *row)
{
    (void)filter;
    return is_comparable(&condition->money, row) &&
           decimal_compare(row->amount, money_high(&condition->money)) <= 0;
}

static bool test_amount(struct filter *filter, const struct condition *condition,
                        const struct row *row)
{
    return (condition->money.bound == BOUND_AT_MOST || test_min(filter, condition, row)) &&
           (condition->money.bound == BOUND_AT_LEAST || test_max(filter, condition, row));
}

static bool test_currency(struct filter *filter, const struct condition *condition,
                          const struct row *row)
{
    (void)filter;
    return str_equal(row->currency, condition->text);
}

static bool test_kind(struct filter *filter, const struct condition *condition,
                      const struct row *row)
{
    (void)filter;
    return str_equal(row->kind, condition->text);
}

static bool test_status(struct filter *filter, const struct condition *condition,
                        const struct row *row)
{
    (void)filter;
    return str_equal(row->status, condition->text);
}

static bool test_source(struct filter *filter, const struct condition *condition,
                        const struct row *row)
{
    struct arena_mark mark = arena_mark(filter->arena);
    struct str        lower = unicode_lower(filter->arena, row->source);
    bool              holds = str_find(lower, condition->text, 0) != STR_NONE;

    arena_rewind(filter->arena, mark);
    return holds;
}

/* Looked for in the quote as it stands, then in its folded spelling: who types "l'IA" wants
 * "l’IA" too. */
static bool test_pattern(struct filter *filter, const struct condition *condition,
                         const struct row *row)
{
    struct arena_mark   mark = arena_mark(filter->arena);
    struct match        match;
    struct text         folded;
    enum pattern_result result =
        pattern_find(filter->rules->matcher, condition->pattern, row->quote, 0, &match);

    if (result == PATTERN_ABSENT) {
        text_fold(row->quote, filter->arena, &folded);
        result = pattern_find(filter->rules->matcher, condition->pattern, folded.folded, 0, &match);
        arena_rewind(filter->arena, mark);
    }
    filter->limits_hit += result == PATTERN_LIMIT || result == PATTERN_BROKEN;
    return result == PATTERN_FOUND;
}

static bool test_id(struct filter *filter, const struct condition *condition, const struct row *row)
{
    (void)filter;
    return str_starts_with(row->id, condition->text);
}

static bool test_announcement(struct filter *filter, const struct condition *condition,
                              const struct row *row)
{
    (void)filter;
    return str_starts_with(row->announcement, condition->text);
}

/* ---- the fields ----------------------------------------------------------------------------- */

static const struct field {
    const char *name;
    bool (*parse)(const struct filter *filter, struct str value, struct condition *out,
                  struct error *err);
    bool (*test)(struct filter *filter, const struct condition *condition, const struct row *row);
} fields[QUERY_FIELDS] = {
    [QUERY_ACTOR] = { "actor", parse_name, test_actor },
    [QUERY_ANNOUNCER] = { "announcer", parse_name, test_announcer },
    [QUERY_INVESTOR] = { "investor", parse_name, test_investor },
    [QUERY_RECIPIENT] = { "recipient", parse_name, test_recipient },
    [QUERY_SUBJECT] = { "subject", parse_words, test_subject },
    [QUERY_DATE] = { "date", parse_date, test_date },
    [QUERY_SINCE] = { "since", parse_date, test_since },
    [QUERY_UNTIL] = { "until", parse_date, test_until },
    [QUERY_AMOUNT] = { "amount", parse_amount, test_amount },
    [QUERY_MIN] = { "min", parse_amount, test_min },
    [QUERY_MAX] = { "max", parse_amount, test_max },
    [QUERY_CURRENCY] = { "currency", parse_currency, test_currency },
    [QUERY_KIND] = { "kind", parse_kind, test_kind },
    [QUERY_STATUS] = { "status", parse_status, test_status },
    [QUERY_SOURCE] = { "source", parse_source, test_source },
    [QUERY_GREP] = { "grep", parse_pattern, test_pattern },
    [QUERY_ID] = { "id", parse_id, test_id },
    [QUERY_ANNOUNCEMENT] = { "announcement", parse_id, test_announcement },
};

const char *filter_name(enum query_field field)
{
    return fields[field].name;
}

bool filter_parse(const struct filter *filter, enum query_field field, struct str value,
                  struct condition *out, struct error *err)
{
    struct condition condition = { .actor = ACTOR_NONE };

    if (!fields[field].parse(filter, value, &condition, err)) {
        err->kind = ERROR_USAGE; /* whatever it is elsewhere, here the user wrote it */
        return false;
    }
    *out = condition;
    return true;
}

bool filter_test(struct filter *filter, enum query_field field, const struct condition *condition,
                 const struct row *row)
{
    return fields[field].test(filter, condition, row);
}
