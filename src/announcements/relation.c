/* relation.c - applies the relation rules to one figure and binds its fields. */
#include "analysis_internal.h"

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/unicode.h"

static struct role *role_of(struct draft *draft, enum field field)
{
    switch (field) {
    case FIELD_ANNOUNCER:
        return &draft->announcer;
    case FIELD_INVESTOR:
        return &draft->investor;
    case FIELD_RECIPIENT:
        return &draft->recipient;
    default:
        return NULL;
    }
}

static void role_add(struct role *role, struct str name)
{
    for (size_t i = 0; i < role->count; i++)
        if (str_equal(role->names[i], name))
            return;
    if (name.len > 0 && role->count < NAMES_MAX)
        role->names[role->count++] = name;
}

static bool stands_for_actor(const struct analysis *a, const struct item *item)
{
    static const char *const classes[] = {
        "actor", "name", "ref", "pron", "some", "place", "firm"
    };

    for (size_t i = 0; i < COUNT_OF(classes); i++)
        if (item->class == vocabulary_class(a->engine->vocabulary, str_from(classes[i])))
            return true;
    return false;
}

static bool role_has(const struct role *role, struct str name)
{
    for (size_t i = 0; i < role->count; i++)
        if (str_equal(role->names[i], name))
            return true;
    return false;
}

static void bind_role(const struct analysis *a, const struct cascade_rule *rule,
                      struct draft *draft, struct role *role, size_t first, size_t last)
{
    const struct item_list *list = &a->items[draft->sentence];
    const struct role      *other = role == &draft->recipient  ? &draft->investor
                                    : role == &draft->investor ? &draft->recipient
                                                               : NULL;

    if (role->count > 0 && !rule->add)
        return;
    for (size_t i = first; i < last; i++) {
        struct str name =
            stands_for_actor(a, &list->items[i]) ? reference_name(a, draft->sentence, i) : STR("");

        if (!other || !role_has(other, name)) /* nobody pays himself */
            role_add(role, name);
    }
    if (role->count == 0) /* "M. D." in an interview with Marie Durand */
        role_add(role, reference_initials(a, draft->sentence, first, last));
    if (role->count > 0)
        role->rule = rule->rule->name;
}

static void bind_text(struct bound_text *field, struct str value, const struct cascade_rule *rule)
{
    if (field->value.len > 0 || value.len == 0)
        return;
    field->value = value;
    field->rule = rule->rule->name;
}

static void bind_kind(struct draft *draft, struct str kind, const struct cascade_rule *rule)
{
    if (draft->kind.value.len == 0)
        draft->kind_is_weak = rule->weak;
    bind_text(&draft->kind, kind, rule);
}

/* Is figure WHOLE more money than SHARE, in one currency? */
static bool is_larger(const struct analysis *a, uint32_t whole, uint32_t share)
{
    const struct money *more = &a->figures.items[whole].money;
    const struct money *less = &a->figures.items[share].money;

    return strcmp(more->currency, less->currency) == 0 &&
           decimal_compare(more->amount, less->amount) > 0;
}

/* The last figure before DRAFT's sentence that is larger, in its currency; or REF_NONE. */
static uint32_t larger_before(const struct analysis *a, const struct draft *draft)
{
    const struct money_mention *figures = a->figures.items;
    uint32_t                    start = a->text.sentences[draft->sentence].span.start;

    for (uint32_t i = draft->figure; i-- > 0;)
        if (figures[i].span.end <= start && !figures[i].converted && is_larger(a, i, draft->figure))
            return i;
    return REF_NONE;
}

/* Binds what group GROUP of a match, items FIRST to LAST - 1, says. */
static void bind_group(const struct analysis *a, const struct cascade_rule *rule,
                       struct draft *draft, enum field field, size_t first, size_t last)
{
    const struct item *items = a->items[draft->sentence].items;
    struct role       *role = role_of(draft, field);
    struct span        span;

    if (last <= first)
        return;
    span = (struct span){ items[first].span.start, items[last - 1].span.end };
    if (role) {
        bind_role(a, rule, draft, role, first, last);
        return;
    }
    if (field == FIELD_TARGET && draft->recipient.count == 0) {
        role_add(&draft->recipient, text_slice(&a->text, span));
        draft->recipient.rule = rule->rule->name;
    }
    for (size_t i = first; i < last; i++) {
        const struct item *item = &items[i];
        const struct cue  *cue = vocabulary_cue(a->engine->vocabulary, item->cue);

        if (field == FIELD_KIND && cue)
            bind_kind(draft, cue->kind, rule);
        else if (field == FIELD_STATUS && cue)
            bind_text(&draft->status, cue->status, rule);
        else if (field == FIELD_DATE && item->ref != REF_NONE && draft->date == REF_NONE) {
            draft->date = item->ref;
            draft->date_rule = rule->rule->name;
        } else if (field == FIELD_PERIOD && item->ref != REF_NONE)
            bind_text(&draft->period, a->dates.items[item->ref].period, rule);
        else if (field == FIELD_WHOLE && item->ref != REF_NONE && draft->whole == REF_NONE &&
                 is_larger(a, item->ref, draft->figure)) {
            draft->whole = item->ref;
            draft->whole_rule = rule->rule->name;
        }
    }
    if (field == FIELD_SUBJECT)
        bind_text(&draft->subject, text_slice(&a->text, span), rule);
}

static void bind_match(const struct analysis *a, const struct cascade_rule *rule,
                       const struct match *match, struct draft *draft)
{
    bind_kind(draft, rule->kind, rule);
    bind_text(&draft->status, rule->status, rule);
    if (rule->whole_before && draft->whole == REF_NONE) {
        draft->whole = larger_before(a, draft);
        draft->whole_is_near = true;
        draft->whole_rule = rule->rule->name;
    }
    for (size_t g = 1; g < match->count; g++)
        if (rule->fields[g] != FIELD_NONE && match->start[g] != STR_NONE)
            bind_group(a, rule, draft, rule->fields[g], match->start[g] / 2, match->end[g] / 2);
}

void relations_apply(struct analysis *a, struct draft *draft)
{
    const struct cascade *cascade = a->engine->cascade;
    struct item_list     *list = &a->items[draft->sentence];
    uint8_t               old = list->items[draft->item].class;
    struct match          match;

    list->items[draft->item].class = cascade->figure;
    list->codes[2 * draft->item] = (char)cascade->figure;
    for (size_t r = 0; r < cascade->relation_count; r++)
        if (cascade_match(&cascade->relations[r], a->matcher, list, &match))
            bind_match(a, &cascade->relations[r], &match, draft);
    list->items[draft->item].class = old;
    list->codes[2 * draft->item] = (char)old;
}

bool first_rule_apply(struct analysis *a, const struct cascade_rule *rules, size_t count,
                      struct draft *draft)
{
    const struct item_list *list = &a->items[draft->sentence];
    struct match            match;

    for (size_t r = 0; r < count; r++) {
        if (!cascade_match(&rules[r], a->matcher, list, &match))
            continue;
        bind_match(a, &rules[r], &match, draft);
        draft->item = (uint32_t)(match.start[0] / 2);
        draft->span = (struct span){ list->items[match.start[0] / 2].span.start,
                                     list->items[match.end[0] / 2 - 1].span.end };
        return true;
    }
    return false;
}
