/* examples.c - runs the examples that every rule carries. */
#include "aitrack/engine.h"

#include "aitrack/arena.h"
#include "aitrack/strbuf.h"
#include "analysis_internal.h"

struct tester {
    const struct engine *engine;
    struct matcher      *matcher;
    struct arena        *arena;
    FILE                *stream;
    size_t              *passed, *failed;
};

static void count(const struct tester *t, bool ok, const struct rule *rule, size_t line,
                  const char *problem, struct str detail)
{
    ++*(ok ? t->passed : t->failed);
    if (!ok)
        fprintf(t->stream, "%s:%zu: rule %.*s: %s%s%.*s\n", rule->file, line, STR_ARGS(rule->name),
                problem, detail.len > 0 ? ": " : "", STR_ARGS(detail));
}

/* ------------------------------------------------------------------ groups */

struct group_watch {
    const struct analysis     *analysis;
    const struct cascade_rule *rule;
    struct str                 wanted; /* the item's text; empty: any */
    bool                       fired, right;
    struct str                 got;
};

static void watch_group(void *context, const struct cascade_rule *rule, const struct item *item)
{
    struct group_watch *watch = context;

    if (rule != watch->rule)
        return;
    watch->fired = true;
    watch->got = text_slice(&watch->analysis->text, item->span);
    watch->right = watch->right || watch->wanted.len == 0 || str_equal(watch->got, watch->wanted);
}

static void analyse(const struct tester *t, struct str text, struct analysis *out)
{
    struct date unknown = { 0 }, today = { 2026, 1, 1 };

    out->engine = t->engine;
    out->matcher = t->matcher;
    out->arena = t->arena;
    analysis_build(out, text, STR(""), STR(""), STR("example"), unknown, today);
}

static struct group_watch run_group(const struct tester *t, const struct cascade_rule *rule,
                                    const struct rule_example *example)
{
    struct analysis    analysis = { 0 };
    struct group_watch watch = { .analysis = &analysis, .rule = rule, .wanted = example->expected };

    analysis.trace = watch_group;
    analysis.trace_context = &watch;
    analyse(t, example->text, &analysis);
    watch.analysis = NULL;
    return watch;
}

static void test_group(const struct tester *t, const struct cascade_rule *rule)
{
    for (size_t i = 0; i < rule->rule->accept_count; i++) {
        const struct rule_example *example = &rule->rule->accepts[i];
        struct group_watch         watch = run_group(t, rule, example);

        count(t, watch.right, rule->rule, example->line,
              watch.fired ? "made another item" : "does not accept", watch.got);
    }
    for (size_t i = 0; i < rule->rule->refuse_count; i++) {
        const struct rule_example *example = &rule->rule->refuses[i];
        struct group_watch         watch = run_group(t, rule, example);

        count(t, !watch.fired, rule->rule, example->line, "does not refuse", watch.got);
    }
}

/* ------------------------------------------------------------------ relations, initiatives */

/* Does RULE match in a sentence of the analysis: for a figure in it, or, WHOLE, in the sentence
 * as it is (initiatives, speakers)? */
static bool fires(const struct analysis *a, const struct cascade_rule *rule, bool whole)
{
    uint8_t      money = vocabulary_class(a->engine->vocabulary, STR("money"));
    struct match match;

    for (size_t s = 0; s < a->text.sentence_count; s++) {
        struct item_list *list = &a->items[s];

        if (whole && cascade_match(rule, a->matcher, list, &match))
            return true;
        for (size_t i = 0; !whole && i < list->count; i++) {
            bool found;

            if (list->items[i].class != money)
                continue;
            list->codes[2 * i] = (char)a->engine->cascade->figure;
            found = cascade_match(rule, a->matcher, list, &match);
            list->codes[2 * i] = (char)money;
            if (found)
                return true;
        }
    }
    return false;
}

static struct str role_text(struct arena *arena, const struct role *role)
{
    struct strbuf buf = strbuf_in(arena);

    for (size_t i = 0; i < role->count; i++) {
        if (i > 0)
            strbuf_add(&buf, STR(", "));
        strbuf_add(&buf, role->names[i]);
    }
    return strbuf_str(&buf);
}

/* The text of the field NAME of DRAFT. */
static struct str field_text(const struct tester *t, const struct analysis *a,
                             const struct draft *draft, struct str name)
{
    char date[DATE_TEXT] = "";

    if (str_equal(name, STR("announcer")))
        return role_text(t->arena, &draft->announcer);
    if (str_equal(name, STR("investor")))
        return role_text(t->arena, &draft->investor);
    if (str_equal(name, STR("recipient")))
        return role_text(t->arena, &draft->recipient);
    if (str_equal(name, STR("kind")))
        return draft->kind.value;
    if (str_equal(name, STR("status")))
        return draft->status.value;
    if (str_equal(name, STR("period")))
        return draft->period.value;
    if (str_equal(name, STR("subject")))
        return draft->subject.value;
    if (str_equal(name, STR("whole")))
        return draft->whole == REF_NONE ? STR("")
                                        : text_slice(&a->text, a->figures.items[draft->whole].span);
    if (draft->date != REF_NONE)
        date_format(a->dates.items[draft->date].date, date);
    return str_copy(t->arena, str_from(date));
}

/* Is EXPECTED ("recipient=X; kind=Y") true of one of the drafts? *DETAIL: what was not. */
static bool expected_holds(const struct tester *t, const struct analysis *a,
                           const struct draft_list *drafts, struct str expected, struct str *detail)
{
    for (size_t d = 0; d < drafts->count; d++) {
        struct str rest = expected, part;
        bool       all = true;

        while (rest.ptr && str_cut(&rest, ';', &part)) {
            size_t     sign = str_find_char(part, '=', 0);
            struct str name, wanted, got;

            if (sign == STR_NONE)
                continue;
            name = str_trim(str_slice(part, 0, sign));
            wanted = str_trim(str_slice(part, sign + 1, part.len));
            got = field_text(t, a, &drafts->items[d], name);
            if (!str_equal(got, wanted)) {
                struct strbuf buf = strbuf_in(t->arena);

                strbuf_add_format(&buf, "%.*s is \"%.*s\"", STR_ARGS(name), STR_ARGS(got));
                *detail = strbuf_str(&buf);
                all = false;
            }
        }
        if (all)
            return true;
    }
    return false;
}

static void test_relation(const struct tester *t, const struct cascade_rule *rule, bool whole)
{
    for (size_t i = 0; i < rule->rule->accept_count; i++) {
        const struct rule_example *example = &rule->rule->accepts[i];
        struct analysis            analysis = { 0 };
        struct draft_list          drafts;
        struct str                 detail = STR("");

        analyse(t, example->text, &analysis);
        if (!fires(&analysis, rule, whole)) {
            count(t, false, rule->rule, example->line, "does not accept", example->text);
            continue;
        }
        drafts_make(&analysis, &drafts);
        count(t,
              example->expected.len == 0 ||
                  expected_holds(t, &analysis, &drafts, example->expected, &detail),
              rule->rule, example->line, "expected otherwise", detail);
    }
    for (size_t i = 0; i < rule->rule->refuse_count; i++) {
        const struct rule_example *example = &rule->rule->refuses[i];
        struct analysis            analysis = { 0 };

        analyse(t, example->text, &analysis);
        count(t, !fires(&analysis, rule, whole), rule->rule, example->line, "does not refuse",
              example->text);
    }
}

void engine_test_rules(const struct engine *engine, struct matcher *matcher, struct arena *arena,
                       FILE *stream, size_t *passed, size_t *failed)
{
    const struct cascade *cascade = engine->cascade;
    struct tester         t = { engine, matcher, arena, stream, passed, failed };

    text_test_rules(engine->text_rules, matcher, arena, stream, passed, failed);
    money_test_rules(engine->money_rules, matcher, arena, stream, passed, failed);
    date_test_rules(engine->date_rules, matcher, arena, stream, passed, failed);
    for (size_t i = 0; i < cascade->group_count; i++)
        test_group(&t, &cascade->groups[i]);
    for (size_t i = 0; i < cascade->relation_count; i++)
        test_relation(&t, &cascade->relations[i], false);
    for (size_t i = 0; i < cascade->initiative_count; i++)
        test_relation(&t, &cascade->initiatives[i], true);
    for (size_t i = 0; i < cascade->speaker_count; i++)
        test_relation(&t, &cascade->speakers[i], true);
}
