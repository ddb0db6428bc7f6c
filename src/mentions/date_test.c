/* date_test.c - runs the examples that date.rules and published.rules carry, and reads a date
 * as a user writes it. */
#include "date_internal.h"

#include "aitrack/arena.h"

#define TEST_TODAY ((struct date){ 2026, 6, 30 }) /* so that examples do not age */

bool date_parse(const struct date_rules *rules, struct matcher *matcher, struct str text,
                struct date *out, struct error *err)
{
    struct match           match;
    struct date_expression e;
    struct str             trimmed = str_trim(text);

    if (date_parse_iso(trimmed, out))
        return true;
    for (size_t i = 0; i < rules->count; i++) {
        const struct date_rule *rule = &rules->rules[i];

        if (rule->gives != GIVES_POINT || rule->has_offset ||
            pattern_find(matcher, rule->pattern, trimmed, 0, &match) != PATTERN_FOUND ||
            match.start[0] != 0 || match.end[0] != trimmed.len ||
            !date_expression_read(rules, rule, &match, trimmed, &e) || !e.year || e.part)
            continue;
        *out = date_make(e.year, e.month, e.day);
        return true;
    }
    return error_set(err, ERROR_USAGE, "\"%.*s\" is not a date", STR_ARGS(text));
}

/* An example as a document of one block that is one sentence. */
struct sample {
    struct block    block;
    struct sentence sentence;
    struct text     text;
};

static void sample_init(struct sample *sample, struct str words)
{
    struct span span = { 0, (uint32_t)words.len };

    sample->block = (struct block){
        .span = span, .kind = BLOCK_PARAGRAPH, .sentence_count = 1, .heading = UINT32_MAX
    };
    sample->sentence = (struct sentence){ .span = span };
    sample->text = (struct text){ .source = words,
                                  .folded = words,
                                  .blocks = &sample->block,
                                  .block_count = 1,
                                  .sentences = &sample->sentence,
                                  .sentence_count = 1 };
}

struct run {
    const struct date_rules *rules;
    struct matcher          *matcher;
    struct arena            *arena;
    FILE                    *stream;
    size_t                  *passed, *failed;
};

static void report(const struct run *run, const struct date_rule *rule,
                   const struct rule_example *example, bool is_right, const char *wrong,
                   struct str found)
{
    if (is_right) {
        ++*run->passed;
        return;
    }
    ++*run->failed;
    fprintf(run->stream, "%s:%zu: %.*s: %s: %.*s (found: %.*s)\n", rule->source->file,
            example->line, STR_ARGS(rule->source->name), wrong, STR_ARGS(example->text),
            STR_ARGS(found));
}

/* Splits "TEXT | 2025-02-11": the words and the day of publication. */
static struct date take_published(struct str *words)
{
    struct date d = NO_DATE;
    size_t      at = words->len;

    while (at > 0 && words->ptr[at - 1] != '|')
        at--;
    if (at > 0 && date_parse_iso(str_trim(str_slice(*words, at, words->len)), &d))
        *words = str_trim(str_slice(*words, 0, at - 1));
    return d;
}

static bool mention_is(const struct date_mention *mention, struct str expected)
{
    char date[DATE_TEXT];

    date_format(mention->date, date);
    return str_equal(str_from(date), expected) || str_equal(mention->period, expected);
}

/* Does RULE find in EXAMPLE what is EXPECTED (any mention where that is NULL)? *FOUND is what
 * it finds. */
static bool rule_finds(const struct run *run, const struct date_rule *rule,
                       const struct rule_example *example, const struct str *expected,
                       struct str *found)
{
    struct sample    sample;
    struct date_list list;
    struct str       words = example->text;
    struct date      published = take_published(&words);

    *found = STR("nothing");
    sample_init(&sample, words);
    date_find(run->rules, run->matcher, &sample.text, published, TEST_TODAY, run->arena, &list);
    for (size_t i = 0; i < list.count; i++) {
        char *date;

        if (!str_equal(list.items[i].rule, rule->source->name))
            continue;
        if (!expected || mention_is(&list.items[i], *expected))
            return true;
        date = arena_alloc(run->arena, DATE_TEXT);
        date_format(list.items[i].date, date);
        *found = list.items[i].period.len ? list.items[i].period : str_from(date);
    }
    return false;
}

/* A rule that tells a tense must match where it should and make no mention. */
static bool cue_matches(const struct run *run, const struct date_rule *rule,
                        const struct rule_example *example)
{
    struct match match;

    return pattern_find(run->matcher, rule->pattern, example->text, 0, &match) == PATTERN_FOUND;
}

static void test_rule(const struct run *run, const struct date_rule *rule)
{
    const struct rule *source = rule->source;
    bool               is_cue = rule->gives == GIVES_FUTURE || rule->gives == GIVES_PAST;
    struct str         found = STR("");

    for (size_t i = 0; i < source->accept_count; i++) {
        const struct rule_example *example = &source->accepts[i];
        bool                       is_right = is_cue ? cue_matches(run, rule, example)
                                                     : rule_finds(run, rule, example, &example->expected, &found);

        report(run, rule, example, is_right, "not found", found);
    }
    for (size_t i = 0; i < source->refuse_count; i++) {
        const struct rule_example *example = &source->refuses[i];
        bool                       is_wrong =
            is_cue ? cue_matches(run, rule, example) : rule_finds(run, rule, example, NULL, &found);

        report(run, rule, example, !is_wrong, "found", STR("a date"));
    }
}

/* The rules of publication are tried one by one: alone, so that each must do its own work. */
static struct date published_by(const struct run *run, const struct date_rule *rule,
                                struct str words)
{
    struct date_rules alone = *run->rules;
    struct date_rule  only = *rule;
    struct sample     sample;
    bool              is_url = rule->place == PLACE_URL;

    alone.published = &only;
    alone.published_count = 1;
    sample_init(&sample, is_url ? STR("") : words);
    return date_published(&alone, run->matcher, &sample.text, is_url ? words : STR(""), NO_DATE,
                          TEST_TODAY, run->arena);
}

static void test_published(const struct run *run, const struct date_rule *rule)
{
    const struct rule *source = rule->source;
    char               found[DATE_TEXT];

    for (size_t i = 0; i < source->accept_count; i++) {
        date_format(published_by(run, rule, source->accepts[i].text), found);
        report(run, rule, &source->accepts[i],
               str_equal(str_from(found), source->accepts[i].expected), "not found",
               str_from(found));
    }
    for (size_t i = 0; i < source->refuse_count; i++) {
        date_format(published_by(run, rule, source->refuses[i].text), found);
        report(run, rule, &source->refuses[i], found[0] == '\0', "found", str_from(found));
    }
}

void date_test_rules(const struct date_rules *rules, struct matcher *matcher, struct arena *arena,
                     FILE *stream, size_t *passed, size_t *failed)
{
    struct run run = { rules, matcher, arena, stream, passed, failed };

    for (size_t i = 0; i < rules->count; i++)
        test_rule(&run, &rules->rules[i]);
    for (size_t i = 0; i < rules->published_count; i++)
        test_published(&run, &rules->published[i]);
}
