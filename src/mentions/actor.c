/* actor.c - finds the actors of a document: first those that the gazetteer knows, then runs of
 * capitalised words; then gives the short forms of a name their long one. */
#include "aitrack/actor.h"

#include "aitrack/arena.h"
#include "aitrack/map.h"
#include "aitrack/strbuf.h"
#include "aitrack/table.h"
#include "aitrack/unicode.h"

#define LONGEST_RUN 6      /* words in an unknown name */
#define LONGEST_PARTICLE 3 /* bytes: "le", "se", "en", "y" */

struct name_rules {
    struct map *first_names; /* name keys */
};

struct finder {
    const struct name_rules *rules;
    const struct gazetteer  *gazetteer;
    const struct vocabulary *vocabulary;
    const struct text       *text;
    struct arena            *arena;
    struct document_actors  *out;
    struct map              *by_key;  /* name key -> document actor */
    struct map              *common;  /* words that the document writes in lower case */
    struct map              *capital; /* words with a capital inside a phrase */
    struct date              day;
};

bool name_rules_load(const struct data_files *files, struct arena *arena, struct name_rules **out,
                     struct error *err)
{
    static const char *const columns[] = { "first_name", NULL };
    struct name_rules       *rules = ARENA_NEW(arena, struct name_rules);
    struct table             table;

    if (!table_load(files, "lexicons/first_names.tsv", columns, arena, &table, err))
        return false;
    rules->first_names = map_new(arena, table.count);
    for (size_t i = 0; i < table.count; i++)
        map_put(rules->first_names, unicode_name_key(arena, table.rows[i].cells[0]), 0);
    *out = rules;
    return true;
}

/* ------------------------------------------------------------------ the document's actors */

static uint32_t add_actor(struct finder *f, struct document_actor actor)
{
    uint32_t at;

    if (map_find(f->by_key, actor.key, &at))
        return at;
    at = (uint32_t)f->out->count;
    *ARRAY_PUSH(f->arena, f->out->actors, f->out->count, f->out->capacity) = actor;
    map_put(f->by_key, actor.key, at);
    return at;
}

static uint32_t add_known(struct finder *f, uint32_t known)
{
    const struct actor *actor = gazetteer_actor(f->gazetteer, known);

    return add_actor(f, (struct document_actor){
                            .name = actor->name,
                            .key = unicode_name_key(f->arena, actor->name),
                            .type = actor->type,
                            .country = actor->country,
                            .known = known,
                            .employer = ACTOR_NONE,
                        });
}

/* ------------------------------------------------------------------ known names */

/* Joins the name keys of COUNT tokens from AT; false where one is a sign. */
static bool join_key(const struct token_list *tokens, size_t at, size_t count, struct strbuf *out)
{
    strbuf_clear(out);
    for (size_t i = at; i < at + count; i++) {
        if (tokens->items[i].key.len == 0)
            return false;
        if (i > at)
            strbuf_add_char(out, ' ');
        strbuf_add(out, tokens->items[i].key);
    }
    return true;
}

/* Are the COUNT tokens from AT spelled as a name with USE is? One of its words has a capital
 * (the first alone may be an article: "le Monde"), all letters of an acronym have. */
static bool is_spelled(const struct token_list *tokens, size_t at, size_t count,
                       const struct name_use *use)
{
    if (use->small)
        return true;
    if (use->shout)
        return tokens->items[at].shout;
    for (size_t i = at; i < at + count; i++)
        if (tokens->items[i].capital && (count == 1 || i > at || tokens->items[i].key.len > 3))
            return true;
    return false;
}

/* The longest name or office of the gazetteer that begins at token AT. */
static bool find_known(struct finder *f, const struct token_list *tokens, size_t at,
                       struct actor_mention *out)
{
    struct strbuf key = strbuf_in(f->arena);
    size_t        longest = gazetteer_longest(f->gazetteer);
    bool          found = false;

    for (size_t n = 1; n <= longest && at + n <= tokens->count; n++) {
        uint32_t        actor, stands_for;
        struct name_use use;

        if (!join_key(tokens, at, n, &key))
            break;
        actor = gazetteer_find(f->gazetteer, strbuf_str(&key), &use);
        if (actor != ACTOR_NONE && is_spelled(tokens, at, n, &use)) {
            *out = (struct actor_mention){
                .first = (uint32_t)at, .count = (uint32_t)n, .actor = actor, .metonym = use.metonym
            };
            found = true;
            continue;
        }
        actor = gazetteer_office(f->gazetteer, strbuf_str(&key), f->day, &stands_for);
        if (actor != ACTOR_NONE) {
            *out = (struct actor_mention){
                .first = (uint32_t)at, .count = (uint32_t)n, .actor = actor, .office = true
            };
            found = true;
        }
    }
    if (found)
        out->actor = add_known(f, out->actor);
    return found;
}

/* ------------------------------------------------------------------ unknown names */

/* Could TOKEN be a word of a name? */
static bool is_name_word(const struct token *token, bool first)
{
    if (token->kind == TOKEN_WORD)
        return token->capital;
    return !first && token->kind == TOKEN_NUMBER && token->span.end - token->span.start <= 2;
}

/* Is a phrase of at least WORDS words from AT a cue? */
static bool is_cue(const struct finder *f, const struct token_list *tokens, size_t at, size_t words)
{
    size_t length;

    return vocabulary_find(f->vocabulary, tokens->items, tokens->count, at, f->arena, &length) !=
               CUE_NONE &&
           length >= words;
}

/* "Mme", "M.": belongs to the name behind it, which is found without it. */
static bool is_title(const struct finder *f, const struct token_list *tokens, size_t at)
{
    uint32_t cue = vocabulary_lookup(f->vocabulary, tokens->items[at].lower);

    return cue != CUE_NONE && vocabulary_cue(f->vocabulary, cue)->class ==
                                  vocabulary_class(f->vocabulary, STR("title"));
}

/* A capital that only the sentence's beginning explains: the word is a cue, or the document
 * writes it in lower case elsewhere. */
static bool is_common(const struct finder *f, const struct token_list *tokens, size_t at)
{
    return map_find(f->common, tokens->items[at].lower, NULL) || is_cue(f, tokens, at, 1);
}

/* Is the word at AT, alone at the beginning of a phrase, a name all the same: does it have its
 * capital elsewhere, or do a verb (after at most two particles), a bracket, a comma or a dash
 * follow? */
static bool is_confirmed(const struct finder *f, const struct token_list *tokens, size_t at)
{
    if (map_find(f->capital, tokens->items[at].lower, NULL))
        return true;
    for (size_t next = at + 1; next < tokens->count && next <= at + 3; next++) {
        const struct token *token = &tokens->items[next];
        size_t              length;
        uint32_t            cue;
        char                sign = f->text->folded.ptr[token->span.start];

        if (token->kind == TOKEN_SIGN)
            return next == at + 1 && (sign == '(' || sign == ',' || (unsigned char)sign >= 0x80);
        cue = vocabulary_find(f->vocabulary, tokens->items, tokens->count, next, f->arena, &length);
        for (; cue != CUE_NONE; cue = vocabulary_cue(f->vocabulary, cue)->next)
            if (vocabulary_cue(f->vocabulary, cue)->verb)
                return true;
        if (token->span.end - token->span.start > LONGEST_PARTICLE)
            return false;
    }
    return false;
}

/* Does a new phrase begin at token AT: at the start, or after a sign other than - ' & ( ? */
static bool begins_phrase(const struct text *text, const struct token_list *tokens, size_t at)
{
    char sign;

    if (at == 0)
        return true;
    if (tokens->items[at - 1].kind != TOKEN_SIGN)
        return false;
    sign = text->folded.ptr[tokens->items[at - 1].span.start];
    return sign != ',' && sign != '(' && sign != '/' && sign != '&';
}

/* A run of capitalised words from AT that the gazetteer does not know. */
static bool find_unknown(struct finder *f, const struct token_list *tokens, size_t at,
                         struct actor_mention *out)
{
    struct strbuf key = strbuf_in(f->arena);
    size_t        n = 0;
    struct str    name;
    bool          person;

    while (at + n < tokens->count && n < LONGEST_RUN &&
           is_name_word(&tokens->items[at + n], n == 0))
        n++;
    if (n == 0)
        return false;
    if (begins_phrase(f->text, tokens, at) &&
        (is_common(f, tokens, at) || (n == 1 && !is_confirmed(f, tokens, at))))
        return false;
    if ((n == 1 && tokens->items[at].key.len < 2) || is_cue(f, tokens, at, n) ||
        is_title(f, tokens, at))
        return false;
    if (!join_key(tokens, at, n, &key))
        return false;
    name = text_slice(
        f->text, (struct span){ tokens->items[at].span.start, tokens->items[at + n - 1].span.end });
    person = n > 1 && map_find(f->rules->first_names, tokens->items[at].key, NULL);
    *out = (struct actor_mention){ .first = (uint32_t)at, .count = (uint32_t)n };
    out->actor = add_actor(f, (struct document_actor){
                                  .name = name,
                                  .key = str_copy(f->arena, strbuf_str(&key)),
                                  .type = person ? STR("person") : STR("unknown"),
                                  .known = ACTOR_NONE,
                                  .employer = ACTOR_NONE,
                              });
    return true;
}

/* ------------------------------------------------------------------ sentences */

/* Is most of the sentence in capitals? Then a capital says nothing. */
static bool is_shouting(const struct token_list *tokens)
{
    size_t words = 0, shouts = 0;

    for (size_t i = 0; i < tokens->count; i++) {
        if (tokens->items[i].kind != TOKEN_WORD || tokens->items[i].key.len < 3)
            continue;
        words++;
        shouts += tokens->items[i].shout;
    }
    return (words >= 4 && 3 * shouts > 2 * words) || (words >= 2 && shouts == words);
}

/* In a sentence of capitals only names that the document writes elsewhere are names. */
static bool find_repeated(struct finder *f, const struct token_list *tokens, size_t at,
                          struct actor_mention *out)
{
    struct strbuf key = strbuf_in(f->arena);
    bool          found = false;

    for (size_t n = 1; n <= LONGEST_RUN && at + n <= tokens->count; n++) {
        uint32_t actor;

        if (!join_key(tokens, at, n, &key))
            break;
        if (!map_find(f->by_key, strbuf_str(&key), &actor))
            continue;
        *out =
            (struct actor_mention){ .first = (uint32_t)at, .count = (uint32_t)n, .actor = actor };
        found = true;
    }
    return found;
}

static void find_in_sentence(struct finder *f, const struct token_list *tokens, size_t sentence,
                             bool shouting)
{
    struct actor_mention *mentions = NULL, mention;
    size_t                count = 0, capacity = 0;

    for (size_t at = 0; at < tokens->count;) {
        if (tokens->items[at].kind != TOKEN_SIGN &&
            (find_known(f, tokens, at, &mention) ||
             (shouting ? find_repeated(f, tokens, at, &mention)
                       : find_unknown(f, tokens, at, &mention)))) {
            *ARRAY_PUSH(f->arena, mentions, count, capacity) = mention;
            at += mention.count;
        } else {
            at++;
        }
    }
    f->out->mentions[sentence] = mentions;
    f->out->mention_counts[sentence] = count;
}

/* ------------------------------------------------------------------ short and long forms */

/* Is SHORT_KEY the first or the last words of LONG_KEY? */
static bool is_part(struct str short_key, struct str long_key, bool person)
{
    if (short_key.len >= long_key.len)
        return false;
    if (!person && str_starts_with(long_key, short_key))
        return long_key.ptr[short_key.len] == ' ';
    return person && str_ends_with(long_key, short_key) &&
           long_key.ptr[long_key.len - short_key.len - 1] == ' ';
}

/* Gives an unknown name that is part of another name of the document that other name:
 * "Rhône" of "Rhône Calcul", "Martin" of "Anne Martin". */
static void join_forms(struct finder *f)
{
    struct document_actors *out = f->out;

    for (size_t i = 0; i < out->count; i++) {
        struct document_actor *actor = &out->actors[i];
        size_t                 best = STR_NONE;

        if (actor->known != ACTOR_NONE)
            continue;
        for (size_t j = 0; j < out->count; j++) {
            const struct document_actor *other = &out->actors[j];
            bool                         person = str_equal(other->type, STR("person"));

            if (is_part(actor->key, other->key, person) &&
                (best == STR_NONE || other->key.len < out->actors[best].key.len))
                best = j;
        }
        if (best != STR_NONE)
            *actor = out->actors[best];
    }
}

/* Notes which words a sentence writes in lower case, and which with a capital inside. */
static void note_words(struct finder *f, const struct token_list *tokens)
{
    for (size_t t = 0; t < tokens->count; t++) {
        const struct token *token = &tokens->items[t];

        if (token->kind == TOKEN_WORD && !token->capital)
            map_put(f->common, token->lower, 0);
        else if (token->kind == TOKEN_WORD && !begins_phrase(f->text, tokens, t))
            map_put(f->capital, token->lower, 0);
    }
}

void actors_find(const struct name_rules *rules, const struct gazetteer *gazetteer,
                 const struct vocabulary *vocabulary, const struct text *text,
                 const struct token_list *tokens, struct date day, struct arena *arena,
                 struct document_actors *out)
{
    struct finder f = {
        .rules = rules,
        .gazetteer = gazetteer,
        .vocabulary = vocabulary,
        .text = text,
        .arena = arena,
        .out = out,
        .by_key = map_new(arena, 64),
        .common = map_new(arena, 256),
        .capital = map_new(arena, 64),
        .day = day,
    };

    *out = (struct document_actors){ 0 };
    out->mentions = ARENA_ARRAY(arena, struct actor_mention *, text->sentence_count);
    out->mention_counts = ARENA_ARRAY(arena, size_t, text->sentence_count);
    for (size_t s = 0; s < text->sentence_count; s++)
        if (!is_shouting(&tokens[s]))
            note_words(&f, &tokens[s]);
    for (size_t s = 0; s < text->sentence_count; s++)
        if (!is_shouting(&tokens[s]))
            find_in_sentence(&f, &tokens[s], s, false);
    for (size_t s = 0; s < text->sentence_count; s++)
        if (is_shouting(&tokens[s]))
            find_in_sentence(&f, &tokens[s], s, true);
    join_forms(&f);
}
