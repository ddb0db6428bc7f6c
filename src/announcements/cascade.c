/* cascade.c - compiles rules over mention classes and applies them to a sentence's items. */
#include "cascade_internal.h"

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/strbuf.h"
#include "aitrack/table.h"

const char *const field_names[FIELD_COUNT] = {
    "",     "announcer", "investor", "recipient", "target", "subject",
    "kind", "status",    "date",     "period",    "whole",
};

/* A name for several classes or features: "verb" -> the bytes of say, pay, raise ... */
struct alias {
    struct str name;
    struct str bytes;
};

struct compiler {
    struct vocabulary *vocabulary;
    struct arena      *arena;
    struct alias      *sets, *features;
    size_t             set_count, set_capacity, feature_count, feature_capacity;
};

/* ------------------------------------------------------------------ compiling */

static const struct alias *alias_find(const struct alias *aliases, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(aliases[i].name, name))
            return &aliases[i];
    return NULL;
}

/* The bytes of the classes (or features) that NAME stands for; empty: unknown. */
static struct str class_bytes(const struct compiler *c, struct str name)
{
    const struct alias *alias = alias_find(c->sets, c->set_count, name);
    char               *byte;

    if (alias)
        return alias->bytes;
    byte = arena_alloc(c->arena, 1);
    *byte = (char)vocabulary_class(c->vocabulary, name);
    return (struct str){ byte, *byte != 0 };
}

static struct str feature_bytes(const struct compiler *c, struct str name)
{
    const struct alias *alias = alias_find(c->features, c->feature_count, name);
    char               *byte;

    if (alias)
        return alias->bytes;
    byte = arena_alloc(c->arena, 1);
    *byte = (char)vocabulary_feature(c->vocabulary, name);
    return (struct str){ byte, *byte != 0 };
}

static void add_bytes(struct strbuf *out, struct str bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        strbuf_add_format(out, "\\x%02x", (unsigned char)bytes.ptr[i]);
}

/* One name or name.feature|feature of a {...}, as "[classes][features]". */
static bool add_term(const struct compiler *c, const struct rule *rule, struct str term,
                     struct strbuf *out, struct error *err)
{
    size_t     dot = str_find_char(term, '.', 0);
    struct str name = dot == STR_NONE ? term : str_slice(term, 0, dot);
    struct str bytes = class_bytes(c, name), piece, rest;

    if (bytes.len == 0)
        return rule_error(rule, err, "no class \"%.*s\"", STR_ARGS(name));
    strbuf_add_char(out, '[');
    add_bytes(out, bytes);
    if (dot == STR_NONE) {
        strbuf_add(out, STR("][\\x01-\\x7f]"));
        return true;
    }
    strbuf_add(out, STR("]["));
    rest = str_slice(term, dot + 1, term.len);
    while (str_cut(&rest, '|', &piece)) {
        bytes = feature_bytes(c, piece);
        if (bytes.len == 0)
            return rule_error(rule, err, "no feature \"%.*s\"", STR_ARGS(piece));
        add_bytes(out, bytes);
    }
    strbuf_add_char(out, ']');
    return true;
}

/* What stands between { and }: "say.past|fut pay", "not money verb". */
static bool add_items(const struct compiler *c, const struct rule *rule, struct str inside,
                      struct strbuf *out, struct error *err)
{
    struct str term;
    bool       first = true;

    if (str_starts_with(inside, STR("not "))) {
        inside = str_trim(str_slice(inside, 4, inside.len));
        strbuf_add(out, STR("(?:[^\\x01-\\x7f"));
        while (str_cut(&inside, ' ', &term)) {
            struct str bytes = class_bytes(c, term);

            if (bytes.len == 0)
                return rule_error(rule, err, "no class \"%.*s\"", STR_ARGS(term));
            add_bytes(out, bytes);
        }
        strbuf_add(out, STR("][\\x01-\\x7f])"));
        return true;
    }
    strbuf_add(out, STR("(?:"));
    while (str_cut(&inside, ' ', &term)) {
        if (term.len == 0)
            continue;
        if (!first)
            strbuf_add_char(out, '|');
        first = false;
        if (str_equal(term, STR("any")))
            strbuf_add(out, STR("[\\x80-\\xff][\\x01-\\x7f]"));
        else if (!add_term(c, rule, term, out, err))
            return false;
    }
    strbuf_add_char(out, ')');
    return true;
}

static bool begins_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Rewrites a rule's pattern for PCRE2. */
static bool translate(const struct compiler *c, const struct rule *rule, struct str pattern,
                      struct str *out, struct error *err)
{
    struct strbuf buf = strbuf_in(c->arena);
    size_t        at = 0;

    while (at < pattern.len) {
        size_t end;

        if (pattern.ptr[at] != '{' || at + 1 >= pattern.len || !begins_name(pattern.ptr[at + 1])) {
            strbuf_add_char(&buf, pattern.ptr[at++]);
            continue;
        }
        end = str_find_char(pattern, '}', at);
        if (end == STR_NONE)
            return rule_error(rule, err, "a { without }");
        if (!add_items(c, rule, str_slice(pattern, at + 1, end), &buf, err))
            return false;
        at = end + 1;
    }
    *out = strbuf_str(&buf);
    return true;
}

static enum field field_of(struct str name)
{
    for (int f = 1; f < FIELD_COUNT; f++)
        if (str_equal(name, str_from(field_names[f])))
            return (enum field)f;
    return FIELD_NONE;
}

/* "reduce head.perf", "reduce ref", "reduce head". */
static bool compile_reduce(const struct compiler *c, const struct rule *rule,
                           struct cascade_rule *out, struct error *err)
{
    struct str value = rule_value(rule, "reduce");
    size_t     dot = str_find_char(value, '.', 0);
    struct str class = dot == STR_NONE ? value : str_slice(value, 0, dot);
    struct str feature = dot == STR_NONE ? STR("") : str_slice(value, dot + 1, value.len);

    if (value.len == 0)
        return rule_error(rule, err, "no \"reduce\"");
    if (!str_equal(class, STR("head"))) {
        out->class = vocabulary_add_class(c->vocabulary, class);
        if (!out->class)
            return rule_error(rule, err, "too many classes");
    } else if (out->head < 0) {
        return rule_error(rule, err, "no group (?<head>...)");
    }
    if (feature.len > 0) {
        out->feature = vocabulary_add_feature(c->vocabulary, feature);
        if (!out->feature)
            return rule_error(rule, err, "too many features");
    }
    return true;
}

static bool compile_rule(const struct compiler *c, const struct rule *rule,
                         struct cascade_rule *out, struct error *err)
{
    struct str      source = rule_value(rule, "pattern"), translated;
    struct str_list groups;
    struct pattern *pattern;
    struct error    why = { 0 };

    *out =
        (struct cascade_rule){ .rule = rule, .head = -1, .text = -1, .sort = -1, .employer = -1 };
    if (source.len == 0)
        return rule_error(rule, err, "no \"pattern\"");
    if (!translate(c, rule, source, &translated, err))
        return false;
    pattern = pattern_compile(c->arena, translated, PATTERN_BYTES | PATTERN_EXTENDED, &why);
    if (!pattern)
        return rule_error(rule, err, "%s", why.text);
    out->pattern = pattern;
    groups = pattern_group_names(pattern);
    for (size_t g = 1; g < groups.count; g++) {
        if (groups.items[g].len == 0)
            continue;
        if (str_equal(groups.items[g], STR("head")))
            out->head = (int)g;
        else if (str_equal(groups.items[g], STR("text")))
            out->text = (int)g;
        else if (str_equal(groups.items[g], STR("sort")))
            out->sort = (int)g;
        else if (str_equal(groups.items[g], STR("employer")))
            out->employer = (int)g;
        else if ((out->fields[g] = field_of(groups.items[g])) == FIELD_NONE)
            return rule_error(rule, err, "no field \"%.*s\"", STR_ARGS(groups.items[g]));
    }
    out->kind = rule_value(rule, "kind");
    out->status = rule_value(rule, "status");
    out->add = str_equal(rule_value(rule, "add"), STR("yes"));
    out->weak = str_equal(rule_value(rule, "weak"), STR("yes"));
    out->turn = str_equal(rule_value(rule, "turn"), STR("yes"));
    out->whole_before = str_equal(rule_value(rule, "whole"), STR("before"));
    return true;
}

/* A row of lexicons/classes.tsv: "set NAME class class ..." or "features NAME f g ...". */
static bool declare(struct compiler *c, const struct table *table, const struct table_row *row,
                    struct error *err)
{
    bool          features = str_equal(row->cells[0], STR("features"));
    struct str    rest = row->cells[2], word;
    struct strbuf bytes = strbuf_in(c->arena);
    struct alias  alias = { .name = row->cells[1] };

    if (!features && !str_equal(row->cells[0], STR("set")))
        return table_error(table, row, err, "neither set nor features");
    while (str_cut(&rest, ' ', &word)) {
        struct str more;

        if (word.len == 0)
            continue;
        if (features)
            vocabulary_add_feature(c->vocabulary, word);
        else if (!alias_find(c->sets, c->set_count, word))
            vocabulary_add_class(c->vocabulary, word);
        more = features ? feature_bytes(c, word) : class_bytes(c, word);
        if (more.len == 0)
            return table_error(table, row, err, "too many names");
        strbuf_add(&bytes, more);
    }
    alias.bytes = strbuf_str(&bytes);
    if (alias.bytes.len == 0)
        return table_error(table, row, err, "no members");
    if (features)
        *ARRAY_PUSH(c->arena, c->features, c->feature_count, c->feature_capacity) = alias;
    else
        *ARRAY_PUSH(c->arena, c->sets, c->set_count, c->set_capacity) = alias;
    return true;
}

static bool load_classes(struct compiler *c, const struct data_files *files, struct error *err)
{
    static const char *const columns[] = { "what", "name", "members", NULL };
    struct table             table;

    if (!table_load(files, "lexicons/classes.tsv", columns, c->arena, &table, err))
        return false;
    for (size_t i = 0; i < table.count; i++)
        if (!declare(c, &table, &table.rows[i], err))
            return false;
    return true;
}

static bool load_rules(const struct compiler *c, const struct data_files *files, const char *path,
                       const char *const *keys, struct cascade_rule **rules, size_t *count,
                       struct error *err)
{
    struct rule_file file;

    if (!rule_file_load(files, path, keys, NULL, 0, c->arena, &file, err))
        return false;
    *rules = ARENA_ARRAY(c->arena, struct cascade_rule, file.count);
    *count = file.count;
    for (size_t i = 0; i < file.count; i++)
        if (!compile_rule(c, &file.rules[i], &(*rules)[i], err))
            return false;
    return true;
}

bool cascade_load(const struct data_files *files, struct vocabulary *vocabulary,
                  struct arena *arena, struct cascade **out, struct error *err)
{
    static const char *const group_keys[] = { "pattern", "reduce", NULL };
    static const char *const relation_keys[] = { "pattern", "kind", "status", "add",
                                                 "whole",   "turn", "weak",   NULL };
    struct cascade          *cascade = ARENA_NEW(arena, struct cascade);
    struct compiler          c = { .vocabulary = vocabulary, .arena = arena };

    if (!load_classes(&c, files, err) || !load_rules(&c, files, "rules/groups.rules", group_keys,
                                                     &cascade->groups, &cascade->group_count, err))
        return false;
    for (size_t i = 0; i < cascade->group_count; i++)
        if (!compile_reduce(&c, cascade->groups[i].rule, &cascade->groups[i], err))
            return false;
    if (!load_rules(&c, files, "rules/relations.rules", relation_keys, &cascade->relations,
                    &cascade->relation_count, err) ||
        !load_rules(&c, files, "rules/initiatives.rules", relation_keys, &cascade->initiatives,
                    &cascade->initiative_count, err) ||
        !load_rules(&c, files, "rules/speakers.rules", relation_keys, &cascade->speakers,
                    &cascade->speaker_count, err))
        return false;
    cascade->determiners = class_bytes(&c, STR("determiner"));
    cascade->prepositions = class_bytes(&c, STR("preposition"));
    cascade->verbs = class_bytes(&c, STR("verb"));
    cascade->particles = class_bytes(&c, STR("particle"));
    cascade->name = vocabulary_add_class(vocabulary, STR("name"));
    cascade->figure = vocabulary_add_class(vocabulary, STR("figure"));
    *out = cascade;
    return true;
}

/* ------------------------------------------------------------------ applying */

void items_encode(struct item_list *list, struct arena *arena)
{
    list->codes = arena_alloc(arena, 2 * list->count + 1);
    for (size_t i = 0; i < list->count; i++) {
        list->codes[2 * i] = (char)list->items[i].class;
        list->codes[2 * i + 1] = (char)list->items[i].feature;
    }
}

static struct str codes_of(const struct item_list *list)
{
    return (struct str){ list->codes, 2 * list->count };
}

/* The item at which GROUP (-1: none) begins, or FALLBACK. */
static size_t group_start(const struct match *match, int group, size_t fallback)
{
    return group >= 0 && match->start[group] != STR_NONE ? match->start[group] / 2 : fallback;
}

static size_t group_end(const struct match *match, int group, size_t fallback)
{
    return group >= 0 && match->start[group] != STR_NONE ? match->end[group] / 2 : fallback;
}

/* Makes one item of those that a group rule matched, with the head's class, cue and reference.
 * An item of class SORTED takes the feature of the group `sort`. */
static void reduce(const struct cascade_rule *rule, struct item_list *list,
                   const struct match *match, uint8_t sorted)
{
    size_t      first = match->start[0] / 2, last = match->end[0] / 2;
    size_t      head = group_start(match, rule->head, first);
    size_t      text_first = group_start(match, rule->text, first);
    size_t      text_last = group_end(match, rule->text, last);
    struct item merged = list->items[head];

    merged.span =
        (struct span){ list->items[text_first].span.start, list->items[text_last - 1].span.end };
    if (rule->class)
        merged.class = rule->class;
    if (rule->feature)
        merged.feature = rule->feature;
    else if (group_start(match, rule->sort, last) < last && merged.class == sorted)
        merged.feature = list->items[match->start[rule->sort] / 2].feature;
    if (group_start(match, rule->employer, last) < last)
        merged.employer = list->items[match->start[rule->employer] / 2].ref;
    list->items[first] = merged;
    list->codes[2 * first] = (char)merged.class;
    list->codes[2 * first + 1] = (char)merged.feature;
    memmove(&list->items[first + 1], &list->items[last],
            (list->count - last) * sizeof *list->items);
    memmove(&list->codes[2 * (first + 1)], &list->codes[2 * last], 2 * (list->count - last));
    list->count -= last - first - 1;
}

void cascade_group(const struct cascade *cascade, struct matcher *matcher, struct item_list *list,
                   struct arena *arena, cascade_trace *trace, void *context)
{
    items_encode(list, arena);
    for (size_t r = 0; r < cascade->group_count; r++) {
        const struct cascade_rule *rule = &cascade->groups[r];
        struct match               match;
        size_t                     from = 0;

        while (from < 2 * list->count && pattern_find(matcher, rule->pattern, codes_of(list), from,
                                                      &match) == PATTERN_FOUND) {
            if (match.end[0] == match.start[0])
                break;
            reduce(rule, list, &match, cascade->name);
            from = match.start[0] + 2;
            if (trace)
                trace(context, rule, &list->items[match.start[0] / 2]);
        }
    }
}

/* Do both matches bind the same items' end in their first group? Then the one that begins
 * first has the whole of a list of names, the other only its last ones. */
static bool same_list(const struct match *a, const struct match *b)
{
    return a->count > 1 && b->count > 1 && a->start[1] != STR_NONE && a->end[1] == b->end[1];
}

bool cascade_match(const struct cascade_rule *rule, struct matcher *matcher,
                   const struct item_list *list, struct match *out)
{
    struct match match;
    size_t       from = 0;
    bool         found = false;

    while (from < 2 * list->count &&
           pattern_find(matcher, rule->pattern, codes_of(list), from, &match) == PATTERN_FOUND) {
        if (!found || !same_list(out, &match))
            *out = match;
        found = true;
        from = match.start[0] + 2;
    }
    return found;
}
