/* rule_file.c - blocks of rules, with their definitions put in and every mistake refused at
 * its line. */
#include "aitrack/rule_file.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "aitrack/arena.h"
#include "aitrack/map.h"
#include "aitrack/strbuf.h"

/* Definitions may hold definitions, so a few lines could ask for gigabytes; PCRE2 refuses what
 * compiles to more than 64 KiB anyway. */
enum { LONGEST_VALUE = 1024 * 1024 };

/* A key and its value as they are collected: continuation lines come in one by one. */
struct entry {
    size_t        line; /* 0: none is open */
    struct str    key;
    struct strbuf value;
};

struct reader {
    const char        *file;
    size_t             line;
    const char *const *keys;
    struct arena      *arena;

    struct entry entry;
    bool         is_in_block;
    struct rule  rule; /* the block being read */
    size_t       line_capacity;
    size_t       accept_capacity;
    size_t       refuse_capacity;

    struct definition *definitions;
    size_t             definition_count;
    size_t             definition_capacity;
    struct map        *definition_index;

    struct rule *rules;
    size_t       rule_count;
    size_t       rule_capacity;
    struct map  *rule_lines; /* name -> line */
};

/* "FILE:LINE: MESSAGE", with "rule NAME: " before the message inside a block; always false. */
static bool fail(const struct reader *reader, size_t line, struct error *err, const char *format,
                 ...) __attribute__((format(printf, 4, 5)));

static bool fail(const struct reader *reader, size_t line, struct error *err, const char *format,
                 ...)
{
    char    message[sizeof err->text];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    error_set(err, ERROR_DATA, "%s", message);
    if (reader->is_in_block)
        error_within(err, "rule %.*s", STR_ARGS(reader->rule.name));
    return error_within(err, "%s:%zu", reader->file, line);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The first word of TEXT; *REST is what follows it, trimmed. */
static struct str first_word(struct str text, struct str *rest)
{
    size_t end = 0;

    while (end < text.len && !is_blank(text.ptr[end]))
        end++;
    *rest = str_trim(str_slice(text, end, text.len));
    return str_slice(text, 0, end);
}

static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '_' || c == '-' || c == '.'))
            return false;
    }
    return s.len > 0;
}

/* ------------------------------------------------------------- definitions */

static bool add_definition(const struct reader *reader, struct str name, struct strbuf *out,
                           struct error *err)
{
    uint32_t index;

    if (!is_name(name))
        return fail(reader, reader->line, err, "'@{%.*s}' holds no name", STR_ARGS(name));
    if (!map_find(reader->definition_index, name, &index))
        return fail(reader, reader->line, err, "no definition '%.*s' above", STR_ARGS(name));
    if (reader->definitions[index].value.len > LONGEST_VALUE - out->len)
        return fail(reader, reader->line, err, "longer than %d bytes once '@{%.*s}' is put in",
                    LONGEST_VALUE, STR_ARGS(name));
    strbuf_add(out, STR("(?:"));
    strbuf_add(out, reader->definitions[index].value);
    strbuf_add_char(out, ')');
    return true;
}

/* Adds TEXT, a line or its end, to *OUT with each @{name} replaced. */
static bool expand(const struct reader *reader, struct str text, struct strbuf *out,
                   struct error *err)
{
    size_t done = 0, at;

    while ((at = str_find(text, STR("@{"), done)) != STR_NONE) {
        size_t end = str_find_char(text, '}', at);

        if (end == STR_NONE)
            return fail(reader, reader->line, err, "'@{' without '}'");
        strbuf_add(out, str_slice(text, done, at));
        if (out->len > LONGEST_VALUE)
            return fail(reader, reader->line, err, "longer than %d bytes", LONGEST_VALUE);
        if (!add_definition(reader, str_slice(text, at + 2, end), out, err))
            return false;
        done = end + 1;
    }
    strbuf_add(out, str_slice(text, done, text.len));
    return out->len <= LONGEST_VALUE ||
           fail(reader, reader->line, err, "longer than %d bytes", LONGEST_VALUE);
}

static void define(struct reader *reader, struct definition definition)
{
    map_put(reader->definition_index, definition.name, (uint32_t)reader->definition_count);
    *ARRAY_PUSH(reader->arena, reader->definitions, reader->definition_count,
                reader->definition_capacity) = definition;
}

static bool read_definition(struct reader *reader, struct str value, struct error *err)
{
    struct definition definition;
    size_t            line = reader->entry.line;

    definition.name = first_word(value, &definition.value);
    if (reader->is_in_block)
        return fail(reader, line, err, "'define' inside a rule; put it above");
    if (!is_name(definition.name))
        return fail(reader, line, err, "'%.*s' is no name for a definition",
                    STR_ARGS(definition.name));
    if (map_find(reader->definition_index, definition.name, NULL))
        return fail(reader, line, err, "'%.*s' is already defined", STR_ARGS(definition.name));
    if (definition.value.len == 0)
        return fail(reader, line, err, "'%.*s' is defined as nothing", STR_ARGS(definition.name));
    define(reader, definition);
    return true;
}

/* ------------------------------------------------------------------ blocks */

static bool begin_rule(struct reader *reader, struct str name, struct error *err)
{
    size_t   line = reader->entry.line;
    uint32_t older;

    if (reader->is_in_block)
        return fail(reader, line, err, "a second 'rule' without an empty line before it");
    if (!is_name(name))
        return fail(reader, line, err, "'%.*s' is no name for a rule", STR_ARGS(name));
    if (map_find(reader->rule_lines, name, &older))
        return fail(reader, line, err, "rule %.*s: already at line %u", STR_ARGS(name),
                    (unsigned)older);
    map_put(reader->rule_lines, name, (uint32_t)line);
    reader->rule = (struct rule){ .file = reader->file, .line = line, .name = name };
    reader->line_capacity = reader->accept_capacity = reader->refuse_capacity = 0;
    reader->is_in_block = true;
    return true;
}

/* Examples speak of texts, which may hold an arrow themselves: the last one counts. */
static struct rule_example read_example(size_t line, struct str value)
{
    static const struct str arrow = { " -> ", 4 };
    struct rule_example     example = { .line = line, .text = value, .expected = STR("") };
    size_t                  at = STR_NONE;

    for (size_t next = 0; (next = str_find(value, arrow, next)) != STR_NONE; next++)
        at = next;
    if (str_ends_with(value, STR(" ->"))) /* nothing is expected: the blank was trimmed */
        example.text = str_trim(str_slice(value, 0, value.len - 3));
    else if (at != STR_NONE) {
        example.text = str_trim(str_slice(value, 0, at));
        example.expected = str_trim(str_slice(value, at + arrow.len, value.len));
    }
    return example;
}

static bool is_known_key(const struct reader *reader, struct str key)
{
    for (size_t i = 0; reader->keys[i]; i++)
        if (str_equal(key, str_from(reader->keys[i])))
            return true;
    return str_equal(key, STR("rule")) || str_equal(key, STR("define")) ||
           str_equal(key, STR("accepts")) || str_equal(key, STR("refuses"));
}

static bool add_line(struct reader *reader, struct str value, struct error *err)
{
    struct rule        *rule = &reader->rule;
    struct str          key = reader->entry.key;
    size_t              line = reader->entry.line;
    struct rule_example example = read_example(line, value);

    if (!reader->is_in_block)
        return fail(reader, line, err, "'%.*s' outside a rule", STR_ARGS(key));
    if (value.len == 0)
        return fail(reader, line, err, "'%.*s' without a value", STR_ARGS(key));
    if (str_equal(key, STR("accepts")))
        *ARRAY_PUSH(reader->arena, rule->accepts, rule->accept_count, reader->accept_capacity) =
            example;
    else if (str_equal(key, STR("refuses")))
        *ARRAY_PUSH(reader->arena, rule->refuses, rule->refuse_count, reader->refuse_capacity) =
            example;
    else
        *ARRAY_PUSH(reader->arena, rule->lines, rule->line_count, reader->line_capacity) =
            (struct rule_line){ line, key, value };
    return true;
}

/* The key and value collected are whole. */
static bool end_entry(struct reader *reader, struct error *err)
{
    struct str value, key = reader->entry.key;
    bool       is_taken;

    if (reader->entry.line == 0)
        return true;
    value = str_trim(strbuf_str(&reader->entry.value));
    if (str_equal(key, STR("rule")))
        is_taken = begin_rule(reader, value, err);
    else if (str_equal(key, STR("define")))
        is_taken = read_definition(reader, value, err);
    else
        is_taken = add_line(reader, value, err);
    reader->entry.line = 0;
    return is_taken;
}

static bool end_block(struct reader *reader, struct error *err)
{
    const struct rule *rule = &reader->rule;

    if (!end_entry(reader, err))
        return false;
    if (!reader->is_in_block)
        return true;
    if (rule->accept_count == 0 || rule->refuse_count == 0)
        return fail(reader, rule->line, err, "no '%s' example",
                    rule->accept_count == 0 ? "accepts" : "refuses");
    *ARRAY_PUSH(reader->arena, reader->rules, reader->rule_count, reader->rule_capacity) = *rule;
    reader->is_in_block = false;
    return true;
}

/* ------------------------------------------------------------------- lines */

static bool add_value(struct reader *reader, struct str piece, struct error *err)
{
    struct strbuf *value = &reader->entry.value;
    struct str     key = reader->entry.key;

    if (value->len > 0 && piece.len > 0)
        strbuf_add_char(value, ' ');
    if (str_equal(key, STR("pattern")) || str_equal(key, STR("define")))
        return expand(reader, piece, value, err); /* here, where the line's number is known */
    strbuf_add(value, piece);
    return true;
}

static bool read_line(struct reader *reader, struct str line, struct error *err)
{
    struct str text = str_trim(line), key;

    if (text.len == 0)
        return end_block(reader, err);
    if (text.ptr[0] == '#')
        return true;
    if (is_blank(line.ptr[0])) {
        if (reader->entry.line == 0)
            return fail(reader, reader->line, err, "begins with blanks but continues nothing");
        return add_value(reader, text, err);
    }
    if (!end_entry(reader, err))
        return false;
    key = first_word(text, &text);
    if (!is_known_key(reader, key))
        return fail(reader, reader->line, err, "unknown key '%.*s'", STR_ARGS(key));
    reader->entry = (struct entry){ reader->line, key, strbuf_in(reader->arena) };
    return add_value(reader, text, err);
}

bool rule_file_load(const struct data_files *files, const char *path, const char *const *keys,
                    const struct definition *given, size_t given_count, struct arena *arena,
                    struct rule_file *out, struct error *err)
{
    struct reader reader = { .keys = keys, .arena = arena };
    struct str    text, line;

    if (!data_files_read(files, path, arena, &text, &reader.file, err))
        return false;
    reader.definition_index = map_new(arena, given_count + 16);
    reader.rule_lines = map_new(arena, 64);
    for (size_t i = 0; i < given_count; i++)
        define(&reader, given[i]);
    while (str_cut(&text, '\n', &line)) {
        reader.line++;
        if (!read_line(&reader, line, err))
            return false;
    }
    if (!end_block(&reader, err))
        return false;
    *out = (struct rule_file){ reader.file, reader.rules, reader.rule_count };
    return true;
}

struct str rule_value(const struct rule *rule, const char *key)
{
    for (size_t i = 0; i < rule->line_count; i++)
        if (str_equal(rule->lines[i].key, str_from(key)))
            return rule->lines[i].value;
    return STR("");
}

bool rule_error(const struct rule *rule, struct error *err, const char *format, ...)
{
    char    message[sizeof err->text];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return error_set(err, ERROR_DATA, "%s:%zu: rule %.*s: %s", rule->file, rule->line,
                     STR_ARGS(rule->name), message);
}

/* ------------------------------------------------------------ alternatives */

/* Longest first: in "milliard|milliards" the second would never be tried. */
static int by_length(const void *left, const void *right)
{
    const struct str *a = left;
    const struct str *b = right;

    return a->len != b->len ? (a->len < b->len ? 1 : -1) : str_compare(*a, *b);
}

/* Blanks and # are quoted for patterns that may be PATTERN_EXTENDED. */
static void add_quoted(struct strbuf *out, struct str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (str_find_char(STR("\\^$.[]|()?*+{}-# \t\n\v\f\r"), word.ptr[i], 0) != STR_NONE)
            strbuf_add_char(out, '\\');
        strbuf_add_char(out, word.ptr[i]);
    }
}

struct str rule_alternatives(struct arena *arena, struct str_list words)
{
    struct str   *sorted = ARENA_ARRAY(arena, struct str, words.count);
    struct strbuf out = strbuf_in(arena);

    for (size_t i = 0; i < words.count; i++)
        sorted[i] = words.items[i];
    if (words.count > 1)
        qsort(sorted, words.count, sizeof *sorted, by_length);
    for (size_t i = 0; i < words.count && sorted[i].len > 0; i++) {
        if (i > 0 && str_equal(sorted[i], sorted[i - 1]))
            continue;
        if (out.len > 0)
            strbuf_add_char(&out, '|');
        add_quoted(&out, sorted[i]);
    }
    return out.len > 0 ? strbuf_str(&out) : STR("(?!)");
}
