/* money_rules.c - rules/money.rules compiled, and the words at which a scan stops. */
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/map.h"
#include "aitrack/strbuf.h"
#include "money_internal.h"

static const char *const group_names[GROUP_COUNT] = {
    "number",   "scale",      "scale_by", "alone",    "currency",    "sign",   "half",
    "fraction", "collective", "vague",    "tail",     "tail_scale",  "rest",   "cents",
    "subunit",  "number_to",  "scale_to", "alone_to", "currency_to", "figure",
};

static bool read_unit(const struct rule *rule, enum unit_source *out, struct error *err)
{
    static const char *const names[] = { "own", "next", "previous", "caption" };
    struct str               value = rule_value(rule, "unit");

    *out = UNIT_OWN;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_equal(value, str_from(names[i]))) {
            *out = (enum unit_source)i;
            return true;
        }
    return value.len == 0 ||
           rule_error(rule, err, "unit is one of own, next, previous, caption, not '%.*s'",
                      STR_ARGS(value));
}

static bool read_lender(const struct rule *rule, bool *out, struct error *err)
{
    struct str value = rule_value(rule, "lender");

    *out = str_equal(value, STR("any"));
    return *out || value.len == 0 || rule_error(rule, err, "lender is 'any' or left out");
}

static bool read_rule_bound(const struct rule *rule, enum bound *out, struct error *err)
{
    struct str value = rule_value(rule, "bound");

    *out = BOUND_EXACT;
    for (int b = 0; b < BOUND_COUNT; b++)
        if (str_equal(value, str_from(bound_names[b]))) {
            *out = (enum bound)b;
            return true;
        }
    return value.len == 0 || rule_error(rule, err, "unknown bound '%.*s'", STR_ARGS(value));
}

static struct pattern *compile_beside(struct str source, struct arena *arena, struct error *err)
{
    struct strbuf pattern = strbuf_in(arena);

    strbuf_add(&pattern, STR("(?:"));
    strbuf_add(&pattern, source);
    strbuf_add(&pattern, STR(")\\z"));
    return pattern_compile(arena, strbuf_str(&pattern), 0, err);
}

/* Compiles one `pattern` line, which may be the condition before the figure. */
static bool compile_line(struct money_rule *rule, struct str source, struct arena *arena,
                         struct error *err)
{
    struct pattern **slot = &rule->pattern;
    unsigned         options = rule->unit == UNIT_CAPTION ? 0 : PATTERN_ANCHORED;

    if (str_starts_with(source, STR("before:")))
        slot = &rule->before;
    else if (str_starts_with(source, STR("unless:")))
        slot = &rule->unless;
    if (*slot)
        return error_set(err, ERROR_DATA, "a second pattern of the same kind");
    *slot = slot == &rule->pattern
                ? pattern_compile(arena, source, options, err)
                : compile_beside(str_trim(str_slice(source, 7, source.len)), arena, err);
    return *slot != NULL;
}

static bool compile_rule(const struct rule *source, struct arena *arena, struct money_rule *rule,
                         struct error *err)
{
    struct str place = rule_value(source, "place");

    rule->name = source->name;
    rule->source = source;
    rule->is_after = str_equal(place, STR("after"));
    if (place.len && !rule->is_after)
        return rule_error(source, err, "place is 'after' or left out");
    if (!read_unit(source, &rule->unit, err) || !read_rule_bound(source, &rule->bound, err) ||
        !read_lender(source, &rule->is_lent_by_any, err))
        return false;
    if (rule->is_after)
        rule->unit = UNIT_PREVIOUS;
    for (size_t i = 0; i < source->line_count; i++) {
        const struct rule_line *line = &source->lines[i];

        if (str_equal(line->key, STR("pattern")) && !compile_line(rule, line->value, arena, err))
            return rule_error(source, err, "%s", err->text);
    }
    if (!rule->pattern)
        return rule_error(source, err, "no pattern");
    for (int g = 0; g < GROUP_COUNT; g++)
        rule->groups[g] = pattern_group(rule->pattern, group_names[g]);
    return true;
}

/* ----------------------------------------------------------------- starters */

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The scan stops at the first word of every way to begin a figure: a word of letters is looked
 * up in lower case, any other first byte in a table. */
static void add_starter(struct money_rules *rules, struct map *words, struct arena *arena,
                        struct str phrase)
{
    char   buffer[MONEY_LONGEST_NAME];
    size_t len = 0;

    while (len < phrase.len && (is_ascii_letter(phrase.ptr[len]) || phrase.ptr[len] & 0x80))
        len++;
    if (phrase.len == 0)
        return;
    if (is_ascii_letter(phrase.ptr[0]))
        map_put(words, str_copy(arena, money_lower(str_slice(phrase, 0, len), buffer)), 0);
    else
        rules->start_bytes[(unsigned char)phrase.ptr[0]] = true;
}

static void add_starters(struct money_rules *rules, struct map *words, struct arena *arena,
                         struct str alternatives)
{
    struct str word;

    while (str_cut(&alternatives, '|', &word)) {
        if (str_starts_with(word, STR("\\")))
            word = str_slice(word, 1, word.len);
        add_starter(rules, words, arena, word);
    }
}

static bool is_one_of(struct str name, const char *const *names)
{
    for (; *names; names++)
        if (str_equal(name, str_from(*names)))
            return true;
    return false;
}

/* "ME", "MdE": a letter means a currency only behind one of SCALES. */
static void add_glued(struct map *units, struct arena *arena, struct str scales, struct str letters)
{
    struct str scale;

    while (str_cut(&scales, '|', &scale)) {
        struct str    rest = letters, letter;
        struct strbuf unit = strbuf_in(arena);

        while (str_cut(&rest, '|', &letter)) {
            strbuf_clear(&unit);
            strbuf_add(&unit, scale);
            strbuf_add(&unit, letter);
            map_put(units, str_copy(arena, strbuf_str(&unit)), 0);
        }
    }
}

static struct str definition_of(const struct definition *given, size_t given_count,
                                const char *name)
{
    for (size_t i = 0; i < given_count; i++)
        if (str_equal(given[i].name, str_from(name)))
            return given[i].value;
    return STR("");
}

/* What a figure may begin with, and what a sentence must hold to have one at all. */
static void find_starters(struct money_rules *rules, const struct definition *given,
                          size_t given_count, struct arena *arena)
{
    static const char *const begin[] = { "numerals",       "fractions",      "vague", "scale_names",
                                         "currency_marks", "currency_codes", NULL };
    static const char *const glued[] = { "scale_short", "scale_glued" };
    struct str               letters = definition_of(given, given_count, "currency_letters");
    static const char *const needed[] = {
        "scale_words", "scale_short", "currency_names", "currency_marks", "currency_codes",
        "subunits",    NULL
    };

    rules->starters = map_new(arena, 256);
    rules->triggers = map_new(arena, 1024);
    rules->glued_units = map_new(arena, 64);
    for (size_t i = 0; i < COUNT_OF(glued); i++)
        add_glued(rules->glued_units, arena, definition_of(given, given_count, glued[i]), letters);
    for (size_t i = 0; i < given_count; i++) {
        if (is_one_of(given[i].name, begin))
            add_starters(rules, rules->starters, arena, given[i].value);
        if (is_one_of(given[i].name, needed))
            add_starters(rules, rules->triggers, arena, given[i].value);
    }
}

bool money_rules_compile(const struct data_files *files, const struct definition *given,
                         size_t given_count, struct arena *arena, struct money_rules *rules,
                         struct error *err)
{
    static const char *const keys[] = { "pattern", "bound", "unit", "place", "lender", NULL };
    struct rule_file         file;

    if (!rule_file_load(files, "rules/money.rules", keys, given, given_count, arena, &file, err))
        return false;
    rules->rules = ARENA_ARRAY(arena, struct money_rule, file.count);
    rules->count = file.count;
    for (size_t i = 0; i < file.count; i++)
        if (!compile_rule(&file.rules[i], arena, &rules->rules[i], err))
            return false;
    find_starters(rules, given, given_count, arena);
    return true;
}

struct str money_group_text(const struct money_rule *rule, const struct match *match,
                            struct str subject, enum money_group group)
{
    return rule->groups[group] < 0 ? STR("") : match_text(match, subject, rule->groups[group]);
}

/* The conditions look at most this far back. */
enum { LOOK_BACK = 240 };

bool money_rule_holds(const struct money_rule *rule, struct matcher *matcher, struct str subject,
                      size_t at)
{
    size_t       start = at > LOOK_BACK ? at - LOOK_BACK : 0;
    struct match match;
    struct str   before;

    while (start > 0 && start < at && ((unsigned char)subject.ptr[start] & 0xC0) == 0x80)
        start++;
    before = str_slice(subject, start, at);
    return (!rule->before ||
            pattern_find(matcher, rule->before, before, 0, &match) == PATTERN_FOUND) &&
           (!rule->unless ||
            pattern_find(matcher, rule->unless, before, 0, &match) != PATTERN_FOUND);
}
