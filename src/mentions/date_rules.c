/* date_rules.c - reads rules/date.rules and rules/published.rules; their keys are explained
 * at the top of these files. */
#include "date_internal.h"

#include "aitrack/arena.h"
#include "aitrack/map.h"
#include "aitrack/strbuf.h"

static const char *const capture_names[CAPTURE_COUNT] = {
    "day",  "day2",  "month",  "month2", "year", "year2", "weekday",
    "part", "part2", "number", "unit",   "half", "event",
};

static const char *const rule_keys[] = {
    "pattern", "gives", "resolve", "from",     "offset",   "unit",
    "keep",    "place", "needs",   "evidence", "explains", NULL,
};

struct choice {
    const char *word;
    int         value;
};

static const struct choice gives_choices[] = {
    { "point", GIVES_POINT },
    { "since", GIVES_SINCE },
    { "until", GIVES_UNTIL },
    { "between", GIVES_BETWEEN },
    { "duration", GIVES_DURATION },
    { "each", GIVES_EACH },
    { "state", GIVES_STATE },
    { "end", GIVES_END },
    { "future", GIVES_FUTURE },
    { "past", GIVES_PAST },
    { NULL, 0 },
};
static const struct choice toward_choices[] = {
    { "context", TOWARD_CONTEXT },
    { "past", TOWARD_PAST },
    { "future", TOWARD_FUTURE },
    { "nearest", TOWARD_NEAREST },
    { "last", TOWARD_LAST },
    { "next", TOWARD_NEXT },
    { NULL, 0 },
};
static const struct choice from_choices[] = {
    { "published", ANCHOR_PUBLISHED },
    { "told", ANCHOR_TOLD },
    { NULL, 0 },
};
static const struct choice keep_choices[] = {
    { "all", 0 }, { "day", 'D' }, { "month", 'M' }, { "year", 'Y' }, { NULL, 0 },
};
static const struct choice place_choices[] = {
    { "head", PLACE_HEAD }, { "any", PLACE_ANY }, { "text", PLACE_TEXT },
    { "url", PLACE_URL },   { NULL, 0 },
};
static const struct choice evidence_choices[] = {
    { "none", 0 },
    { "event", 1 },
    { NULL, 0 },
};

/* The value of KEY among CHOICES; the first choice where RULE has no such key. */
static bool read_choice(const struct rule *rule, const char *key, const struct choice *choices,
                        int *out, struct error *err)
{
    struct str value = rule_value(rule, key);

    if (value.len == 0) {
        *out = choices->value;
        return true;
    }
    for (const struct choice *choice = choices; choice->word; choice++)
        if (str_equal(value, str_from(choice->word))) {
            *out = choice->value;
            return true;
        }
    return rule_error(rule, err, "%s: unknown value \"%.*s\"", key, STR_ARGS(value));
}

static bool read_offset(const struct date_rules *rules, const struct rule *rule,
                        struct date_rule *out, struct error *err)
{
    struct str offset = rule_value(rule, "offset");
    struct str unit = rule_value(rule, "unit");
    int64_t    value;

    out->unit = UINT32_MAX;
    for (size_t i = 0; unit.len && i < rules->unit_count; i++)
        if (str_equal(rules->unit_items[i].name, unit))
            out->unit = (uint32_t)i;
    if (unit.len && out->unit == UINT32_MAX)
        return rule_error(rule, err, "unit: unknown value \"%.*s\"", STR_ARGS(unit));
    if (offset.len == 0)
        return true;
    if (!str_to_int64(offset, &value) || value < -1000 || value > 1000)
        return rule_error(rule, err, "offset: \"%.*s\" is no small number", STR_ARGS(offset));
    if (unit.len == 0 && out->groups[CAPTURE_UNIT] < 0)
        return rule_error(rule, err, "an offset needs a unit");
    out->has_offset = true;
    out->offset = (int)value;
    return true;
}

static bool find_groups(const struct rule *rule, struct date_rule *out, struct error *err)
{
    struct str_list names = pattern_group_names(out->pattern);

    for (size_t i = 0; i < CAPTURE_COUNT; i++)
        out->groups[i] = pattern_group(out->pattern, capture_names[i]);
    for (size_t i = 0; i < names.count; i++) {
        bool is_known = names.items[i].len == 0;

        for (size_t k = 0; k < CAPTURE_COUNT && !is_known; k++)
            is_known = str_equal(names.items[i], str_from(capture_names[k]));
        if (!is_known)
            return rule_error(rule, err, "unknown capture \"%.*s\"", STR_ARGS(names.items[i]));
    }
    return true;
}

static bool read_rule(const struct date_rules *rules, const struct rule *rule, struct arena *arena,
                      struct date_rule *out, struct error *err)
{
    struct str source = rule_value(rule, "pattern");
    int        gives, toward, from, keep, place, evidence;

    *out = (struct date_rule){ .source = rule };
    if (source.len == 0)
        return rule_error(rule, err, "no pattern");
    out->pattern = pattern_compile(arena, source, PATTERN_IGNORE_CASE, err);
    if (!out->pattern)
        return rule_error(rule, err, "%s", (const char *)err->text);
    if (!find_groups(rule, out, err) || !read_offset(rules, rule, out, err) ||
        !read_choice(rule, "gives", gives_choices, &gives, err) ||
        !read_choice(rule, "resolve", toward_choices, &toward, err) ||
        !read_choice(rule, "from", from_choices, &from, err) ||
        !read_choice(rule, "keep", keep_choices, &keep, err) ||
        !read_choice(rule, "place", place_choices, &place, err) ||
        !read_choice(rule, "evidence", evidence_choices, &evidence, err))
        return false;
    out->gives = (enum date_gives)gives;
    out->toward = (enum date_toward)toward;
    out->from = (enum date_anchor)from;
    out->keep = (char)keep;
    out->place = (enum date_place)place;
    out->needs_event = evidence != 0;
    return true;
}

static bool load_file(const struct data_files *files, const char *path, struct date_rules *rules,
                      struct arena *arena, struct date_rule **out, size_t *count, struct error *err)
{
    const struct definition given[] = {
        { STR("months"), rules->months.alternatives },
        { STR("english-months"), rules->english_months },
        { STR("weekdays"), rules->weekdays.alternatives },
        { STR("parts"), rules->parts.alternatives },
        { STR("units"), rules->nouns.alternatives },
        { STR("adjectives"), rules->adjectives.alternatives },
        { STR("numbers"), rules->numbers.alternatives },
        { STR("events"), rules->events.alternatives },
    };
    struct rule_file file;

    if (!rule_file_load(files, path, rule_keys, given, COUNT_OF(given), arena, &file, err))
        return false;
    *out = ARENA_ARRAY(arena, struct date_rule, file.count);
    *count = file.count;
    for (size_t i = 0; i < file.count; i++)
        if (!read_rule(rules, &file.rules[i], arena, &(*out)[i], err))
            return false;
    return true;
}

/* Lets WORD, or the last word of a longer form, run RULE. */
static void add_trigger(struct date_rules *rules, struct arena *arena, struct str form, size_t rule)
{
    char       buffer[DATE_WORD];
    struct str word = STR(""), rest = form;
    uint32_t   index;

    while (date_next_word(&rest, &word))
        ;
    word = date_lower(word, buffer);
    if (!map_find(rules->triggers, word, &index)) {
        index = (uint32_t)rules->trigger_count;
        ARRAY_PUSH(arena, rules->trigger_sets, rules->trigger_count, rules->trigger_capacity);
        rules->trigger_sets[index] = (struct rule_set){ 0 };
        map_put(rules->triggers, str_copy(arena, word), index);
    }
    rule_set_add(&rules->trigger_sets[index], rule);
}

/* The words, classes of words (@months) and classes of numbers that the key `needs` names. */
static bool read_needs(struct date_rules *rules, struct arena *arena, size_t index,
                       struct error *err)
{
    const struct {
        struct str                 name;
        const struct date_lexicon *lexicon;
    } classes[] = {
        { STR("@months"), &rules->months },         { STR("@weekdays"), &rules->weekdays },
        { STR("@parts"), &rules->parts },           { STR("@units"), &rules->nouns },
        { STR("@adjectives"), &rules->adjectives }, { STR("@numbers"), &rules->numbers },
        { STR("@events"), &rules->events },
    };
    const struct rule *rule = rules->rules[index].source;
    struct str         rest = rule_value(rule, "needs"), piece;

    if (rest.len == 0)
        rule_set_add(&rules->always, index);
    while (rest.len && str_cut(&rest, '|', &piece)) {
        size_t class = 0;

        piece = str_trim(piece);
        while (class < COUNT_OF(classes) && !str_equal(piece, classes[class].name))
            class ++;
        if (class < COUNT_OF(classes))
            for (size_t i = 0; i < classes[class].lexicon->forms.count; i++)
                add_trigger(rules, arena, classes[class].lexicon->forms.items[i], index);
        else if (str_equal(piece, STR("@years")))
            rule_set_add(&rules->on_year, index);
        else if (str_equal(piece, STR("@digits")))
            rule_set_add(&rules->on_digit, index);
        else if (piece.len == 0 || piece.ptr[0] == '@')
            return rule_error(rule, err, "needs: unknown class \"%.*s\"", STR_ARGS(piece));
        else
            add_trigger(rules, arena, piece, index);
    }
    return true;
}

bool date_rules_load(const struct data_files *files, struct arena *arena, struct date_rules **out,
                     struct error *err)
{
    struct date_rules *rules = ARENA_NEW(arena, struct date_rules);

    if (!date_lexicons_load(files, arena, rules, err) ||
        !load_file(files, "rules/date.rules", rules, arena, &rules->rules, &rules->count, err) ||
        !load_file(files, "rules/published.rules", rules, arena, &rules->published,
                   &rules->published_count, err))
        return false;
    if (rules->count > MAX_RULES)
        return error_set(err, ERROR_DATA, "rules/date.rules: more than %d rules", MAX_RULES);
    rules->triggers = map_new(arena, 512);
    for (size_t i = 0; i < rules->count; i++)
        if (!read_needs(rules, arena, i, err))
            return false;
    if (rules->events.forms.count) {
        struct strbuf source = strbuf_in(arena);

        strbuf_add_format(&source, "(?<![\\p{L}\\d])(?:%.*s)(?![\\p{L}\\d])",
                          STR_ARGS(rules->events.alternatives));
        rules->event_pattern =
            pattern_compile(arena, strbuf_str(&source), PATTERN_IGNORE_CASE, err);
        if (!rules->event_pattern)
            return error_within(err, "lexicons/events.tsv");
    }
    *out = rules;
    return true;
}
