/* defaults.c - what is taken to hold for a figure where no rule says more: its kind from the
 * figures around it, its status from its kind, the party that the passage is about.
 */
#include "analysis_internal.h"

#define RULE_SMALL STR("default.kind-small")
#define KIND_SAME STR("same") /* in rules: that of the figure before */

static const struct kind_defaults *defaults_of(const struct engine *engine, struct str kind)
{
    for (size_t i = 0; i < engine->kind_count; i++)
        if (str_equal(engine->kinds[i].kind, kind))
            return &engine->kinds[i];
    return &engine->kinds[0];
}

/* The first of the parties bound already: the topic is another one. */
static struct str party_of(const struct draft *draft)
{
    if (draft->investor.count > 0)
        return draft->investor.names[0];
    return draft->recipient.count > 0 ? draft->recipient.names[0] : STR("");
}

/* The topic fills the role that the kind's defaults name, where no rule filled it. */
static void add_topic(const struct analysis *a, const struct kind_defaults *defaults,
                      struct draft *draft)
{
    struct role *role = str_equal(defaults->topic, STR("recipient"))   ? &draft->recipient
                        : str_equal(defaults->topic, STR("investor"))  ? &draft->investor
                        : str_equal(defaults->topic, STR("announcer")) ? &draft->announcer
                                                                       : NULL;
    struct str   topic;

    if (!role || role->count > 0 || str_equal(draft->kind.rule, RULE_SMALL))
        return;
    topic = reference_topic(a, draft->sentence, draft->item, defaults->who, party_of(draft));
    if (topic.len == 0)
        return;
    role->names[role->count++] = topic;
    role->rule = STR("default.topic");
}

/* The kind that most of the document's figures have by a rule, if it is clear; else empty. */
static struct str main_kind(const struct analysis *a, const struct draft_list *drafts)
{
    const struct engine *engine = a->engine;
    struct str           best = STR("");
    size_t               most = 0, all = 0;

    for (size_t i = 0; i < drafts->count; i++)
        all += drafts->items[i].kind.value.len > 0 &&
               !str_equal(drafts->items[i].kind.value, KIND_SAME);
    for (size_t k = 0; k < engine->kind_count; k++) {
        size_t same = 0;

        for (size_t i = 0; i < drafts->count; i++)
            same += str_equal(drafts->items[i].kind.value, engine->kinds[k].kind);
        if (same > most) {
            most = same;
            best = engine->kinds[k].kind;
        }
    }
    return most >= 3 && 3 * most > 2 * all ? best : STR("");
}

/* The kind of small sums, where the figure is one; FALLBACK: where nothing around tells one. */
static struct bound_text small_kind(const struct analysis *a, const struct draft *draft,
                                    bool fallback)
{
    for (size_t i = 0; draft->figure != REF_NONE && i < a->engine->kind_count; i++) {
        const struct kind_defaults *kind = &a->engine->kinds[i];

        if (decimal_compare(a->figures.items[draft->figure].money.amount,
                            fallback ? kind->fallback : kind->below) < 0)
            return (struct bound_text){ kind->kind, fallback ? STR("default.kind") : RULE_SMALL };
    }
    return (struct bound_text){ 0 };
}

/* A figure whose kind no rule tells is of the kind of the figure before it in its paragraph,
 * else of the document's main kind. */
static void add_kind(const struct analysis *a, const struct draft *before, struct str main,
                     struct draft *draft)
{
    if (draft->kind.value.len > 0)
        return;
    draft->kind = small_kind(a, draft, false);
    if (draft->kind.value.len > 0)
        return;
    if (before && before->figure != REF_NONE &&
        a->text.sentences[before->sentence].block == a->text.sentences[draft->sentence].block)
        draft->kind = (struct bound_text){ before->kind.value, STR("default.kind-before") };
    else if (main.len > 0)
        draft->kind = (struct bound_text){ main, STR("default.kind-of-text") };
    else
        draft->kind = small_kind(a, draft, true);
    if (draft->kind.value.len == 0)
        draft->kind = (struct bound_text){ a->engine->kinds[0].kind, STR("default.kind") };
}

/* A share has its whole's kind, announcer and investor where no rule told its own. */
static void add_from_whole(const struct draft_list *drafts, struct draft *draft)
{
    const struct draft *whole = draft_of(drafts, draft->whole);

    if (!whole)
        return;
    if (draft->kind.value.len == 0)
        draft->kind = (struct bound_text){ whole->kind.value, STR("default.kind-of-whole") };
    if (draft->announcer.count == 0)
        draft->announcer = whole->announcer;
    if (draft->investor.count == 0)
        draft->investor = whole->investor;
}

/* What a public body pays is public funding, unless a rule told more than that somebody pays. */
static void add_public(const struct analysis *a, struct draft *draft)
{
    if (str_equal(draft->kind.value, a->engine->kinds[0].kind) && draft->investor.count > 0 &&
        (draft->kind_is_weak || rule_is_default(draft->kind.rule)) &&
        reference_is_public(a, draft->investor.names[0]))
        draft->kind = (struct bound_text){ a->engine->kinds[1].kind, STR("default.public") };
}

static void complete(const struct analysis *a, const struct draft_list *drafts,
                     const struct draft *before, struct str main, struct draft *draft)
{
    const struct kind_defaults *defaults;

    if (str_equal(draft->kind.value, KIND_SAME))
        draft->kind.value = before ? before->kind.value : STR("");
    add_from_whole(drafts, draft);
    add_kind(a, before, main, draft);
    add_public(a, draft);
    defaults = defaults_of(a->engine, draft->kind.value);
    if (draft->status.value.len == 0)
        draft->status = (struct bound_text){ defaults->status, STR("default.status") };
    if (draft->figure != REF_NONE)
        add_topic(a, defaults, draft);
    dating_apply(a, defaults, draft);
}

bool rule_is_default(struct str rule)
{
    return rule.len == 0 || str_starts_with(rule, STR("default."));
}

void defaults_complete(const struct analysis *a, struct draft_list *drafts)
{
    struct str main = main_kind(a, drafts);

    for (size_t i = 0; i < drafts->count; i++)
        complete(a, drafts, i > 0 ? &drafts->items[i - 1] : NULL, main, &drafts->items[i]);
}
