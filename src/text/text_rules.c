/* text_rules.c - what data/ says of lines and abbreviations. */
#include "aitrack/text.h"

#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/map.h"
#include "aitrack/pattern.h"
#include "aitrack/strbuf.h"
#include "aitrack/table.h"
#include "text_internal.h"

static const char *const line_rule_names[LINE_RULE_COUNT] = {
    [LINE_FURNITURE] = "furniture", [LINE_DATELINE] = "dateline", [LINE_LABEL] = "label",
    [LINE_BULLET] = "bullet",       [LINE_NUMBER] = "number",     [LINE_OPEN] = "open",
    [LINE_FIGURE] = "figure",
};

static const char *const use_names[] = {
    [ABBREVIATION_NEVER] = "never",
    [ABBREVIATION_MAY] = "may",
    [ABBREVIATION_LETTER] = "letter",
};

static bool index_of(struct str name, const char *const *names, size_t count, size_t *out)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(name, str_from(names[i]))) {
            *out = i;
            return true;
        }
    }
    return false;
}

enum part { PART_PLAIN, PART_GATED, PART_GATE };

/* One pattern of what the rules of KIND have for PART; NULL where there is none. */
static bool compile_part(const struct text_rules *rules, enum line_rule kind, enum part part,
                         struct arena *arena, struct pattern **out, struct error *err)
{
    struct strbuf source = strbuf_in(arena);

    for (size_t i = 0; i < rules->file.count; i++) {
        const struct rule *rule = &rules->file.rules[i];
        struct str         holds = rule_value(rule, "holds");

        if (str_equal(rule_value(rule, "kind"), str_from(line_rule_names[kind])) &&
            str_is_empty(holds) == (part == PART_PLAIN))
            strbuf_add_format(&source, "%s(?:%.*s)", source.len ? "|" : "",
                              STR_ARGS(part == PART_GATE ? holds : rule_value(rule, "pattern")));
    }
    *out = NULL;
    if (source.len == 0)
        return true;
    *out =
        pattern_compile(arena, strbuf_str(&source), part == PART_GATE ? 0 : PATTERN_ANCHORED, err);
    return *out != NULL;
}

/* Where the patterns of a kind do not compile together, the rule that is to blame is found by
 * compiling them one by one. */
static bool blame_rule(const struct text_rules *rules, struct arena *arena, struct error *err)
{
    struct error first = *err;

    for (size_t i = 0; i < rules->file.count; i++) {
        const struct rule *rule = &rules->file.rules[i];

        if (!pattern_compile(arena, rule_value(rule, "pattern"), PATTERN_ANCHORED, err) ||
            !pattern_compile(arena, rule_value(rule, "holds"), 0, err))
            return rule_error(rule, err, "%s", err->text);
    }
    *err = first;
    return error_within(err, "%s: the rules of a kind together", rules->file.file);
}

static bool compile_kind(struct text_rules *rules, enum line_rule kind, struct arena *arena,
                         struct error *err)
{
    if (!compile_part(rules, kind, PART_PLAIN, arena, &rules->patterns[kind], err) ||
        !compile_part(rules, kind, PART_GATED, arena, &rules->gated[kind], err) ||
        !compile_part(rules, kind, PART_GATE, arena, &rules->gates[kind], err))
        return blame_rule(rules, arena, err);
    return rules->patterns[kind] || error_set(err, ERROR_DATA, "%s: no rule of the kind \"%s\"",
                                              rules->file.file, line_rule_names[kind]);
}

static bool load_lines(const struct data_files *files, struct text_rules *rules,
                       struct arena *arena, struct error *err)
{
    static const char *const keys[] = { "kind", "holds", "pattern", NULL };
    size_t                   kind;

    if (!rule_file_load(files, "rules/layout.rules", keys, NULL, 0, arena, &rules->file, err))
        return false;
    for (size_t i = 0; i < rules->file.count; i++) {
        const struct rule *rule = &rules->file.rules[i];
        struct str         name = rule_value(rule, "kind");

        if (!index_of(name, line_rule_names, LINE_RULE_COUNT, &kind))
            return rule_error(rule, err, "unknown kind \"%.*s\"", STR_ARGS(name));
        if (str_is_empty(rule_value(rule, "pattern")))
            return rule_error(rule, err, "no pattern");
        if (kind != LINE_FURNITURE && kind != LINE_DATELINE &&
            !str_is_empty(rule_value(rule, "holds")))
            return rule_error(rule, err, "only furniture and datelines know \"holds\"");
    }
    for (kind = 0; kind < LINE_RULE_COUNT; kind++)
        if (!compile_kind(rules, (enum line_rule)kind, arena, err))
            return false;
    return true;
}

static bool load_abbreviations(const struct data_files *files, struct text_rules *rules,
                               struct arena *arena, struct error *err)
{
    static const char *const columns[] = { "form", "use", NULL };
    struct table             table;

    if (!table_load(files, "lexicons/abbreviations.tsv", columns, arena, &table, err))
        return false;
    rules->abbreviations = map_new(arena, table.count);
    for (size_t i = 0; i < table.count; i++) {
        const struct table_row *row = &table.rows[i];
        struct str_list         forms = table_values(arena, row->cells[0]);
        size_t                  use;

        if (!index_of(row->cells[1], use_names, COUNT_OF(use_names), &use))
            return table_error(&table, row, err, "unknown use \"%.*s\"", STR_ARGS(row->cells[1]));
        for (size_t f = 0; f < forms.count; f++) {
            struct str form = forms.items[f];

            if (str_ends_with(form, STR(".")) != (use != ABBREVIATION_LETTER))
                return table_error(&table, row, err, "\"%.*s\": %s", STR_ARGS(form),
                                   use == ABBREVIATION_LETTER ? "a word has no point"
                                                              : "the point is missing");
            if (use != ABBREVIATION_LETTER)
                form.len--;
            if (map_find(rules->abbreviations, form, NULL))
                return table_error(&table, row, err, "\"%.*s\" stands there twice", STR_ARGS(form));
            map_put(rules->abbreviations, form, (uint32_t)use);
        }
    }
    return true;
}

bool text_rules_load(const struct data_files *files, struct arena *arena, struct text_rules **out,
                     struct error *err)
{
    struct text_rules *rules = ARENA_NEW(arena, struct text_rules);

    if (!load_lines(files, rules, arena, err) || !load_abbreviations(files, rules, arena, err))
        return false;
    *out = rules;
    return true;
}

/* An example as the layout sees it: folded, ⏎ for a line end. */
static struct str example_text(struct str text, struct arena *arena)
{
    const struct str sign = STR("\xE2\x8F\x8E");
    struct strbuf    buf = strbuf_in(arena);
    struct text      folded;
    size_t           at = 0, found;

    while ((found = str_find(text, sign, at)) != STR_NONE) {
        strbuf_add(&buf, str_slice(text, at, found));
        strbuf_add_char(&buf, '\n');
        at = found + sign.len;
    }
    strbuf_add(&buf, str_slice(text, at, text.len));
    text_fold(strbuf_str(&buf), arena, &folded);
    return folded.folded;
}

void text_test_rules(const struct text_rules *rules, struct matcher *matcher, struct arena *arena,
                     FILE *stream, size_t *passed, size_t *failed)
{
    for (size_t r = 0; r < rules->file.count; r++) {
        const struct rule *rule = &rules->file.rules[r];
        struct error       err = { .kind = ERROR_NONE };
        struct pattern    *pattern =
            pattern_compile(arena, rule_value(rule, "pattern"), PATTERN_ANCHORED, &err);
        struct pattern *holds = pattern_compile(arena, rule_value(rule, "holds"), 0, &err);

        ENSURE(pattern != NULL && holds != NULL, "a loaded rule does not compile");
        for (size_t i = 0; i < rule->accept_count + rule->refuse_count; i++) {
            bool                       accept = i < rule->accept_count;
            const struct rule_example *example =
                accept ? &rule->accepts[i] : &rule->refuses[i - rule->accept_count];
            struct str   text = example_text(example->text, arena);
            struct match match;
            bool         found = pattern_find(matcher, holds, text, 0, &match) == PATTERN_FOUND &&
                         pattern_find(matcher, pattern, text, 0, &match) == PATTERN_FOUND;

            if (found && accept && !str_is_empty(example->expected))
                found = str_equal(str_slice(text, match.end[0], text.len), example->expected);
            if (found == accept) {
                ++*passed;
                continue;
            }
            ++*failed;
            fprintf(stream, "%s:%zu: %.*s: %s: %.*s\n", rule->file, example->line,
                    STR_ARGS(rule->name), accept ? "not found" : "found", STR_ARGS(text));
        }
    }
}
