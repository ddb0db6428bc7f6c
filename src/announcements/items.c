/* items.c - a sentence's tokens and mentions as items. */
#include "analysis_internal.h"

#include "aitrack/arena.h"
#include "aitrack/gazetteer.h"

/* The first figure or date that ends behind AT: they are in the order of the text. */
static size_t first_figure(const struct money_list *list, uint32_t at)
{
    size_t low = 0, high = list->count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (list->items[middle].span.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t first_date(const struct date_list *list, uint32_t at)
{
    size_t i = 0;

    while (i < list->count && list->items[i].span.end <= at)
        i++;
    return i;
}

/* The cue to read in CHAIN (cues with the same form): the noun after a determiner, else the
 * verb where there is one. */
static const struct cue *choose_cue(const struct analysis *a, uint32_t chain, uint8_t before)
{
    const struct vocabulary *v = a->engine->vocabulary;
    const struct str        *determiners = &a->engine->cascade->determiners;
    const struct cue        *first = vocabulary_cue(v, chain);
    bool                     nominal = false;

    if (first->next == CUE_NONE)
        return first;
    for (size_t i = 0; i < determiners->len; i++)
        nominal = nominal || (uint8_t)determiners->ptr[i] == before;
    for (uint32_t at = chain; at != CUE_NONE; at = vocabulary_cue(v, at)->next)
        if (vocabulary_cue(v, at)->verb != nominal)
            return vocabulary_cue(v, at);
    return first;
}

/* Shorthands for the classes and features that the program itself gives. */
static uint8_t class_of(const struct analysis *a, const char *name)
{
    return vocabulary_class(a->engine->vocabulary, str_from(name));
}

static uint8_t feature_of(const struct analysis *a, struct str name)
{
    uint8_t feature = vocabulary_feature(a->engine->vocabulary, name);

    return feature ? feature : FEATURE_NONE;
}

static struct item actor_item(const struct analysis *a, const struct token_list *tokens,
                              const struct actor_mention *mention)
{
    const struct document_actor *actor = &a->actors.actors[mention->actor];
    const struct token          *last = &tokens->items[mention->first + mention->count - 1];
    bool                         known = actor->known != ACTOR_NONE;

    return (struct item){
        .span = { tokens->items[mention->first].span.start, last->span.end },
        .cue = CUE_NONE,
        .ref = mention->actor,
        .class = class_of(a, known ? "actor" : "name"),
        .feature = feature_of(a, mention->metonym  ? STR("metonym")
                                 : mention->office ? STR("office")
                                                   : actor->type),
    };
}

static struct item word_item(const struct analysis *a, const struct token *token)
{
    struct item item = { .span = token->span, .cue = CUE_NONE, .ref = REF_NONE };

    item.feature = FEATURE_NONE;
    if (token->kind == TOKEN_NUMBER)
        item.class = class_of(a, "number");
    else if (token->kind == TOKEN_SIGN)
        item.class = /* a table's cells; the tables of words cannot hold their own separator */
            class_of(a, str_equal(token->lower, STR("|")) ? "bar" : "sign");
    else if (gazetteer_demonym(a->engine->gazetteer, token->key).len > 0)
        item.class = class_of(a, "demonym");
    else
        item.class = class_of(a, "word");
    return item;
}

/* The item of a cue among those with the same form. */
static struct item cue_item(const struct analysis *a, uint32_t chain, struct span span,
                            uint8_t before)
{
    const struct cue *chosen = choose_cue(a, chain, before);

    while (vocabulary_cue(a->engine->vocabulary, chain) != chosen)
        chain = vocabulary_cue(a->engine->vocabulary, chain)->next;
    return (struct item){
        .span = span,
        .cue = chain,
        .ref = REF_NONE,
        .class = chosen->class,
        .feature = chosen->feature,
    };
}

/* A verb with its pronoun behind it, "promet-elle": where TOKEN is one, the pronoun's cue, and
 * *AT the bytes before it. */
static uint32_t find_enclitic(const struct analysis *a, const struct token *token, size_t *at)
{
    const struct vocabulary *v = a->engine->vocabulary;

    for (size_t i = 1; i < token->lower.len; i++) {
        uint32_t pronoun;

        if (token->lower.ptr[i] != '-')
            continue;
        pronoun = vocabulary_lookup(v, str_slice(token->lower, i, token->lower.len));
        if (pronoun == CUE_NONE || vocabulary_lookup(v, str_slice(token->lower, 0, i)) == CUE_NONE)
            continue;
        *at = i;
        return pronoun;
    }
    return CUE_NONE;
}

void items_build(struct analysis *a, uint32_t sentence, struct item_list *out)
{
    const struct token_list *tokens = &a->tokens[sentence];
    uint32_t                 start = a->text.sentences[sentence].span.start;
    size_t                   figure = first_figure(&a->figures, start);
    size_t                   date = first_date(&a->dates, start), actor = 0, t = 0;

    out->items = ARENA_ARRAY(a->arena, struct item, 2 * tokens->count);
    out->count = 0;
    while (t < tokens->count && out->count < ITEMS_MAX) {
        const struct token *token = &tokens->items[t];
        struct item        *item = &out->items[out->count++];
        uint32_t            cue;
        size_t              length = 1;

        while (figure < a->figures.count && a->figures.items[figure].span.end <= token->span.start)
            figure++;
        while (date < a->dates.count && a->dates.items[date].span.end <= token->span.start)
            date++;
        while (actor < a->actors.mention_counts[sentence] &&
               a->actors.mentions[sentence][actor].first < t)
            actor++;
        if (figure < a->figures.count && a->figures.items[figure].span.start < token->span.end) {
            const struct money_mention *money = &a->figures.items[figure];

            *item = (struct item){
                .span = money->span,
                .cue = CUE_NONE,
                .ref = (uint32_t)figure,
                .class = class_of(a, money->converted ? "conversion" : "money"),
                .feature = FEATURE_NONE,
            };
        } else if (date < a->dates.count && a->dates.items[date].span.start < token->span.end) {
            static const char *const kinds[] = { "point", "period", "repeated" };

            *item = (struct item){
                .span = a->dates.items[date].span,
                .cue = CUE_NONE,
                .ref = (uint32_t)date,
                .class = class_of(a, "date"),
                .feature = feature_of(a, str_from(kinds[a->dates.items[date].kind])),
            };
        } else if (actor < a->actors.mention_counts[sentence] &&
                   a->actors.mentions[sentence][actor].first == t) {
            *item = actor_item(a, tokens, &a->actors.mentions[sentence][actor]);
        } else if ((cue = vocabulary_find(a->engine->vocabulary, tokens->items, tokens->count, t,
                                          a->arena, &length)) != CUE_NONE) {
            *item = cue_item(
                a, cue, (struct span){ token->span.start, tokens->items[t + length - 1].span.end },
                out->count > 1 ? out->items[out->count - 2].class : 0);
        } else if (token->kind == TOKEN_WORD &&
                   (cue = find_enclitic(a, token, &length)) != CUE_NONE) {
            uint32_t cut = token->span.start + (uint32_t)length;
            uint32_t verb =
                vocabulary_lookup(a->engine->vocabulary, str_slice(token->lower, 0, length));

            *item = cue_item(a, verb, (struct span){ token->span.start, cut }, 0);
            item = &out->items[out->count++];
            *item = cue_item(a, cue, (struct span){ cut, token->span.end }, 0);
        } else {
            *item = word_item(a, token);
        }
        for (t++; t < tokens->count && tokens->items[t].span.start < item->span.end;)
            t++;
    }
    for (size_t i = 0; i < out->count; i++)
        out->items[i].employer = REF_NONE;
}
