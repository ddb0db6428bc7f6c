/* money.c - every money figure of a text. */
#include "aitrack/money.h"

#include "aitrack/arena.h"
#include "aitrack/diag.h"
#include "money_internal.h"

const char *const bound_names[BOUND_COUNT] = { "exact",   "about", "at_least",
                                               "at_most", "range", "vague" };

bool money_rules_load(const struct data_files *files, struct arena *arena, struct money_rules **out,
                      struct error *err)
{
    struct money_rules *rules = ARENA_NEW(arena, struct money_rules);
    struct definition  *given;
    size_t              given_count;

    if (!money_words_load(files, arena, &rules->words, &given, &given_count, err) ||
        !money_rules_compile(files, given, given_count, arena, rules, err))
        return false;
    *out = rules;
    return true;
}

static void warn_too_large(const struct money_scan *scan, const struct candidate *candidate)
{
    struct str figure = text_slice(scan->text, candidate->span);

    if (figure.len > 60)
        figure.len = 60;
    diag_warn(scan->name,
              text_line(scan->text, text_source_offset(scan->text, candidate->span.start)),
              "amount too large, left out: %.*s", STR_ARGS(figure));
}

/* The currency of an elliptic figure is that of the figure that gave its unit. */
static int currency_of(const struct money_scan *scan, const struct candidate *candidate)
{
    return candidate->donor == NO_INDEX ? candidate->currency
                                        : scan->items[candidate->donor].currency;
}

static struct money_mention mention_of(const struct money_scan *scan,
                                       const struct candidate  *candidate)
{
    const struct currency *currency = &scan->rules->words.currencies[currency_of(scan, candidate)];
    struct money_mention   mention = {
          .span = candidate->span,
          .whole = candidate->whole,
          .rule = candidate->rule->name,
          .converted = candidate->is_converted,
          .elliptic = candidate->is_elliptic || !candidate->meaning,
    };

    mention.money.amount = candidate->low;
    if (candidate->is_range)
        mention.money.amount_max = candidate->high;
    mention.money.bound = candidate->bound;
    for (size_t i = 0; i < sizeof currency->code; i++)
        mention.money.currency[i] = currency->code[i];
    return mention;
}

static void find_bounds(struct money_scan *scan)
{
    for (size_t i = 0; i < scan->count; i++) {
        struct candidate *candidate = &scan->items[i];

        if (candidate->verdict == VERDICT_MONEY)
            money_find_bound(&scan->rules->words, scan->matcher,
                             money_stretch_text(scan, candidate->stretch),
                             scan->stretches[candidate->stretch].span.start, candidate);
    }
}

/* Figures that do not fit are reported only where they are money. */
static void drop_too_large(struct money_scan *scan)
{
    for (size_t i = 0; i < scan->count; i++) {
        struct candidate *candidate = &scan->items[i];

        if (candidate->is_overflow && candidate->verdict == VERDICT_MONEY) {
            warn_too_large(scan, candidate);
            candidate->verdict = VERDICT_NONE;
        }
    }
}

void money_find(const struct money_rules *rules, struct matcher *matcher, const struct text *text,
                struct date published, const char *name, struct arena *arena,
                struct money_list *out)
{
    struct money_scan scan = {
        .rules = rules,
        .matcher = matcher,
        .text = text,
        .published = published,
        .name = name,
        .arena = arena,
    };

    money_scan_text(&scan);
    money_decide(&scan);
    money_scan_tables(&scan);
    find_bounds(&scan);
    money_find_currencies(&scan);
    drop_too_large(&scan);
    *out = (struct money_list){ ARENA_ARRAY(arena, struct money_mention, scan.count), 0 };
    for (size_t i = 0; i < scan.count; i++)
        if (scan.items[i].verdict == VERDICT_MONEY)
            out->items[out->count++] = mention_of(&scan, &scan.items[i]);
}
