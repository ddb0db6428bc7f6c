/* options.c - parses arguments by tables of options and describes the tables for help. */
#include "aitrack/options.h"

#include <stdint.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/nearest.h"
#include "aitrack/strbuf.h"
#include "aitrack/unicode.h"

enum { HELP_INDENT = 2, HELP_COLUMN = 28, HELP_WIDTH = 80 };

struct parser {
    const struct option_set *sets;
    size_t                   set_count;
    struct str_list          arguments;
    size_t                   at; /* the next argument */
    struct arena            *arena;
};

/* An option and the struct that holds its field. */
struct target {
    const struct option *option;
    void                *args;
};

static bool find_long(const struct parser *parser, struct str name, struct target *out,
                      struct error *err)
{
    struct nearest nearest;

    nearest_init(&nearest, name);
    for (size_t i = 0; i < parser->set_count; i++) {
        for (const struct option *option = parser->sets[i].options; option->name; option++) {
            if (str_equal(name, str_from(option->name))) {
                *out = (struct target){ option, parser->sets[i].args };
                return true;
            }
            nearest_offer(&nearest, option->name);
        }
    }
    if (nearest.name)
        return error_set(err, ERROR_USAGE, "unknown option --%.*s; did you mean --%s?",
                         STR_ARGS(name), nearest.name);
    return error_set(err, ERROR_USAGE, "unknown option --%.*s; --help lists the options",
                     STR_ARGS(name));
}

/* CHARACTER is a whole one, however many bytes it has. */
static bool find_short(const struct parser *parser, struct str character, struct target *out,
                       struct error *err)
{
    for (size_t i = 0; i < parser->set_count; i++) {
        for (const struct option *option = parser->sets[i].options; option->name; option++) {
            if (option->letter && character.len == 1 && option->letter == character.ptr[0]) {
                *out = (struct target){ option, parser->sets[i].args };
                return true;
            }
        }
    }
    return error_set(err, ERROR_USAGE, "unknown option -%.*s; --help lists the options",
                     STR_ARGS(character));
}

/* The list grows by doubling: it has room for the next power of two. */
static void list_add(struct arena *arena, struct str_list *list, struct str value)
{
    bool is_full = (list->count & (list->count - 1)) == 0;

    if (is_full)
        list->items = arena_grow(arena, list->items, list->count * sizeof value,
                                 (list->count ? 2 * list->count : 1) * sizeof value);
    list->items[list->count++] = value;
}

static bool store(struct arena *arena, struct target target, struct str value, struct error *err)
{
    void   *field = (char *)target.args + target.option->offset;
    int64_t number;

    switch (target.option->type) {
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_TEXT:
        *(const char **)field = str_cstring(arena, value);
        return true;
    case OPTION_LIST:
        list_add(arena, field, value);
        return true;
    case OPTION_COUNT:
        if (!str_to_int64(value, &number) || number < 0)
            return error_set(err, ERROR_USAGE, "--%s: \"%.*s\" is no number from 0 on",
                             target.option->name, STR_ARGS(value));
        *(struct option_count *)field = (struct option_count){ true, (size_t)number };
        return true;
    }
    return error_set(err, ERROR_INTERNAL, "--%s: no such type", target.option->name);
}

/* The value of TARGET is the next argument. */
static bool store_next(struct parser *parser, struct target target, struct error *err)
{
    if (parser->at == parser->arguments.count)
        return error_set(err, ERROR_USAGE, "--%s: %s is missing", target.option->name,
                         target.option->value);
    return store(parser->arena, target, parser->arguments.items[parser->at++], err);
}

/* ARGUMENT without its "--". */
static bool parse_long(struct parser *parser, struct str argument, struct error *err)
{
    size_t        equals = str_find_char(argument, '=', 0);
    struct str    name = str_slice(argument, 0, equals);
    struct target target;

    if (!find_long(parser, name, &target, err))
        return false;
    if (target.option->type == OPTION_FLAG) {
        if (equals != STR_NONE)
            return error_set(err, ERROR_USAGE, "--%s takes no value", target.option->name);
        return store(parser->arena, target, STR(""), err);
    }
    if (equals == STR_NONE)
        return store_next(parser, target, err);
    return store(parser->arena, target, str_slice(argument, equals + 1, argument.len), err);
}

/* LETTERS is an argument without its "-": flags, then at most one option with its value. */
static bool parse_short(struct parser *parser, struct str letters, struct error *err)
{
    for (size_t i = 0, size; i < letters.len; i += size) {
        struct target target;

        (void)unicode_at(letters, i, &size);
        if (!find_short(parser, str_slice(letters, i, i + size), &target, err))
            return false;
        if (target.option->type != OPTION_FLAG) {
            struct str value = str_slice(letters, i + size, letters.len);

            return value.len ? store(parser->arena, target, value, err)
                             : store_next(parser, target, err);
        }
        if (!store(parser->arena, target, STR(""), err))
            return false;
    }
    return true;
}

bool options_parse(const struct option_set *sets, size_t set_count, enum options_order order,
                   struct str_list arguments, size_t *at, struct arena *arena,
                   struct str_list *operands, struct error *err)
{
    struct parser   parser = { sets, set_count, arguments, *at, arena };
    struct str_list found = { 0 };
    bool            is_ended = false;

    while (parser.at < arguments.count) {
        struct str argument = arguments.items[parser.at];
        bool       is_option = !is_ended && argument.len > 1 && argument.ptr[0] == '-';

        if (!is_option && order == OPTIONS_THEN_STOP)
            break;
        parser.at++;
        if (!is_option) {
            list_add(arena, &found, argument);
        } else if (str_equal(argument, STR("--"))) {
            is_ended = true;
        } else if (str_starts_with(argument, STR("--"))) {
            if (!parse_long(&parser, str_slice(argument, 2, argument.len), err))
                return false;
        } else if (!parse_short(&parser, str_slice(argument, 1, argument.len), err)) {
            return false;
        }
    }
    *at = parser.at;
    if (order == OPTIONS_AMID_OPERANDS)
        *operands = found;
    return true;
}

static void add_blanks(struct strbuf *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        strbuf_add_char(out, ' ');
}

/* SUMMARY from HELP_COLUMN on, broken between words. */
static void add_summary(struct strbuf *out, struct str summary)
{
    size_t     column = HELP_COLUMN;
    struct str word;

    while (str_cut(&summary, ' ', &word)) {
        size_t width = unicode_width(word);

        if (column > HELP_COLUMN && column + 1 + width > HELP_WIDTH) {
            strbuf_add_char(out, '\n');
            add_blanks(out, HELP_COLUMN);
            column = HELP_COLUMN;
        } else if (column > HELP_COLUMN) {
            strbuf_add_char(out, ' ');
            column++;
        }
        strbuf_add(out, word);
        column += width;
    }
    strbuf_add_char(out, '\n');
}

void options_describe(const struct option *options, struct strbuf *out)
{
    for (const struct option *option = options; option->name; option++) {
        size_t start = out->len;
        size_t width;

        if (!option->summary)
            continue;
        add_blanks(out, HELP_INDENT);
        if (option->letter)
            strbuf_add_format(out, "-%c, ", option->letter);
        else
            add_blanks(out, sizeof "-x, " - 1);
        strbuf_add_format(out, "--%s", option->name);
        if (option->value)
            strbuf_add_format(out, " %s", option->value);
        width = out->len - start;
        if (width + 2 > HELP_COLUMN) {
            strbuf_add_char(out, '\n');
            width = 0;
        }
        add_blanks(out, HELP_COLUMN - width);
        add_summary(out, str_from(option->summary));
    }
}
