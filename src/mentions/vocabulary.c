/* vocabulary.c - loads cues, verbs and their forms, and finds phrases of cues. */
#include "aitrack/vocabulary.h"

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/map.h"
#include "aitrack/strbuf.h"
#include "aitrack/table.h"

#define FIRST_CLASS 0x80
#define FIRST_FEATURE 0x01
#define MAX_CLASSES 128
#define MAX_FEATURES 127
#define LONGEST_PHRASE 8 /* tokens */

/* Names that are numbered as they come: classes, features. */
struct numbering {
    struct map *numbers;
    struct str  names[MAX_CLASSES];
    size_t      count, limit;
    uint8_t     first;
};

struct vocabulary {
    struct arena    *arena;
    struct numbering classes, features;
    struct cue      *cues;
    size_t           count, capacity;
    struct map      *phrases;  /* tokens in lower case joined by a space -> first cue */
    struct map      *starters; /* first token -> tokens in the longest phrase with it */
};

static uint8_t number_of(const struct numbering *numbering, struct str name)
{
    uint32_t number;

    return map_find(numbering->numbers, name, &number) ? (uint8_t)(numbering->first + number) : 0;
}

static uint8_t add_number(struct numbering *numbering, struct str name)
{
    uint8_t known = number_of(numbering, name);

    if (known || numbering->count == numbering->limit)
        return known;
    map_put(numbering->numbers, name, (uint32_t)numbering->count);
    numbering->names[numbering->count] = name;
    return (uint8_t)(numbering->first + numbering->count++);
}

uint8_t vocabulary_class(const struct vocabulary *vocabulary, struct str name)
{
    return number_of(&vocabulary->classes, name);
}

uint8_t vocabulary_feature(const struct vocabulary *vocabulary, struct str name)
{
    return number_of(&vocabulary->features, name);
}

uint8_t vocabulary_add_class(struct vocabulary *vocabulary, struct str name)
{
    return add_number(&vocabulary->classes, name);
}

uint8_t vocabulary_add_feature(struct vocabulary *vocabulary, struct str name)
{
    return add_number(&vocabulary->features, name);
}

struct str vocabulary_class_name(const struct vocabulary *vocabulary, uint8_t class)
{
    return vocabulary->classes.names[class - FIRST_CLASS];
}

struct str vocabulary_feature_name(const struct vocabulary *vocabulary, uint8_t feature)
{
    return vocabulary->features.names[feature - FIRST_FEATURE];
}

const struct cue *vocabulary_cue(const struct vocabulary *vocabulary, uint32_t cue)
{
    return cue < vocabulary->count ? &vocabulary->cues[cue] : NULL;
}

/* ------------------------------------------------------------------ loading */

/* Adds CUE under the phrase FORM, behind older cues of that phrase. */
static void add_phrase(struct vocabulary *v, struct str form, struct cue cue)
{
    struct strbuf     joined = strbuf_in(v->arena);
    struct token_list tokens;
    uint32_t          index = (uint32_t)v->count, at, longest = 0;

    token_split(form, (struct span){ 0, (uint32_t)form.len }, v->arena, &tokens);
    if (tokens.count == 0)
        return;
    if (form.len > 1 && form.ptr[0] == '-') { /* an enclitic pronoun: "-t-il" */
        tokens.count = 1;
        tokens.items[0].lower = form;
    }
    for (size_t i = 0; i < tokens.count; i++) {
        if (i)
            strbuf_add_char(&joined, ' ');
        strbuf_add(&joined, tokens.items[i].lower);
    }
    if (map_find(v->phrases, strbuf_str(&joined), &at)) {
        for (;; at = v->cues[at].next) {
            if (v->cues[at].class == cue.class && v->cues[at].feature == cue.feature)
                return; /* two forms of one verb that are alike */
            if (v->cues[at].next == CUE_NONE)
                break;
        }
        v->cues[at].next = index;
    } else {
        map_put(v->phrases, strbuf_str(&joined), index);
    }
    cue.next = CUE_NONE;
    *ARRAY_PUSH(v->arena, v->cues, v->count, v->capacity) = cue;
    map_find(v->starters, tokens.items[0].lower, &longest);
    if (tokens.count > longest)
        map_put(v->starters, tokens.items[0].lower, (uint32_t)tokens.count);
}

static bool number_cell(struct vocabulary *v, const struct table *table,
                        const struct table_row *row, struct str class, struct str feature,
                        struct cue *cue, struct error *err)
{
    cue->class = vocabulary_add_class(v, class);
    cue->feature = feature.len ? vocabulary_add_feature(v, feature) : FEATURE_NONE;
    return (cue->class && cue->feature) ||
           table_error(table, row, err, "too many classes or features");
}

static bool load_cues(struct vocabulary *v, const struct data_files *files, struct error *err)
{
    static const char *const columns[] = { "class", "feature", "kind", "status", "forms", NULL };
    struct table             table;

    if (!table_load(files, "lexicons/cues.tsv", columns, v->arena, &table, err))
        return false;
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];
        struct str_list         forms = table_values(v->arena, row->cells[4]);
        struct cue              cue = { .kind = row->cells[2], .status = row->cells[3] };

        if (forms.count == 0)
            return table_error(&table, row, err, "no forms");
        cue.lemma = forms.items[0];
        if (!number_cell(v, &table, row, row->cells[0], row->cells[1], &cue, err))
            return false;
        for (size_t f = 0; f < forms.count; f++)
            add_phrase(v, forms.items[f], cue);
    }
    return true;
}

/* The rows of conjugations.tsv of one model: the first gives the infinitive's ending. */
struct conjugation {
    struct table table;
};

/* Adds every form of VERB, conjugated like MODEL, with CUE's class. */
static bool add_verb(struct vocabulary *v, const struct conjugation *conjugation,
                     const struct table *table, const struct table_row *row, struct cue cue,
                     struct str verb, struct str model, struct error *err)
{
    struct str stem = { 0 };
    bool       found = false;

    for (size_t i = 0; i < conjugation->table.count; i++) {
        const struct table_row *line = &conjugation->table.rows[i];
        struct str_list         endings;

        if (!str_equal(line->cells[0], model))
            continue;
        endings = table_values(v->arena, line->cells[2]);
        if (!found) {
            if (endings.count != 1 || !str_ends_with(verb, endings.items[0]))
                return table_error(table, row, err, "\"%.*s\" is not conjugated like %.*s",
                                   STR_ARGS(verb), STR_ARGS(model));
            stem = str_slice(verb, 0, verb.len - endings.items[0].len);
            found = true;
        }
        cue.feature = vocabulary_add_feature(v, line->cells[1]);
        if (!cue.feature)
            return table_error(table, row, err, "too many features");
        for (size_t e = 0; e < endings.count; e++) {
            struct strbuf form = strbuf_in(v->arena);
            struct str    ending = endings.items[e];

            strbuf_add(&form, stem);
            if (!str_equal(ending, STR("-"))) /* no ending */
                strbuf_add(&form, ending);
            add_phrase(v, strbuf_str(&form), cue);
        }
    }
    return found || table_error(table, row, err, "no conjugation \"%.*s\"", STR_ARGS(model));
}

static bool load_verbs(struct vocabulary *v, const struct data_files *files, struct error *err)
{
    static const char *const verb_columns[] = { "verb", "model", "class", "kind", "status", NULL };
    static const char *const model_columns[] = { "model", "feature", "endings", NULL };
    struct conjugation       conjugation;
    struct table             table;

    if (!table_load(files, "lexicons/conjugations.tsv", model_columns, v->arena, &conjugation.table,
                    err) ||
        !table_load(files, "lexicons/verbs.tsv", verb_columns, v->arena, &table, err))
        return false;
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];
        struct cue              cue = {
                         .lemma = row->cells[0], .verb = true, .kind = row->cells[3], .status = row->cells[4]
        };

        if (!number_cell(v, &table, row, row->cells[2], STR(""), &cue, err) ||
            !add_verb(v, &conjugation, &table, row, cue, row->cells[0], row->cells[1], err))
            return false;
    }
    return true;
}

bool vocabulary_load(const struct data_files *files, struct arena *arena, struct vocabulary **out,
                     struct error *err)
{
    struct vocabulary *v = ARENA_NEW(arena, struct vocabulary);

    v->arena = arena;
    v->classes = (struct numbering){ .numbers = map_new(arena, MAX_CLASSES),
                                     .limit = MAX_CLASSES,
                                     .first = FIRST_CLASS };
    v->features = (struct numbering){ .numbers = map_new(arena, MAX_FEATURES),
                                      .limit = MAX_FEATURES,
                                      .first = FIRST_FEATURE };
    v->phrases = map_new(arena, 8192);
    v->starters = map_new(arena, 4096);
    vocabulary_add_feature(v, STR("none")); /* FEATURE_NONE */
    if (!load_cues(v, files, err) || !load_verbs(v, files, err))
        return false;
    *out = v;
    return true;
}

/* ------------------------------------------------------------------ finding */

uint32_t vocabulary_lookup(const struct vocabulary *vocabulary, struct str phrase)
{
    uint32_t cue;

    return map_find(vocabulary->phrases, phrase, &cue) ? cue : CUE_NONE;
}

uint32_t vocabulary_find(const struct vocabulary *vocabulary, const struct token *tokens,
                         size_t count, size_t at, struct arena *scratch, size_t *length)
{
    struct strbuf joined;
    uint32_t      longest, found = CUE_NONE, cue;

    if (!map_find(vocabulary->starters, tokens[at].lower, &longest))
        return CUE_NONE;
    if (longest > LONGEST_PHRASE)
        longest = LONGEST_PHRASE;
    if (longest == 1) {
        *length = 1;
        return map_find(vocabulary->phrases, tokens[at].lower, &cue) ? cue : CUE_NONE;
    }
    joined = strbuf_in(scratch);
    for (size_t i = 0; i < longest && at + i < count; i++) {
        if (i)
            strbuf_add_char(&joined, ' ');
        strbuf_add(&joined, tokens[at + i].lower);
        if (map_find(vocabulary->phrases, strbuf_str(&joined), &cue)) {
            found = cue;
            *length = i + 1;
        }
    }
    return found;
}
