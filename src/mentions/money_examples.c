/* money_examples.c - runs the examples of rules/money.rules through the whole extractor. */
#include <stdio.h>

#include "aitrack/arena.h"
#include "aitrack/unicode.h"
#include "money_internal.h"

static const struct str block_mark = { "\xC2\xB6", 2 }; /* in an example: the next block */

struct builder {
    struct arena *arena;
    struct text  *text;
    size_t        block_capacity, sentence_capacity;
};

static void add_sentence(struct builder *builder, size_t start, size_t end)
{
    struct text *text = builder->text;

    while (start < end && text->folded.ptr[start] == ' ')
        start++;
    while (end > start && text->folded.ptr[end - 1] == ' ')
        end--;
    if (start == end)
        return;
    text->blocks[text->block_count - 1].sentence_count++;
    *ARRAY_PUSH(builder->arena, text->sentences, text->sentence_count, builder->sentence_capacity) =
        (struct sentence){
            { (uint32_t)start, (uint32_t)end },
            (uint32_t)(text->block_count - 1),
        };
}

static bool ends_sentence(struct str s, size_t at)
{
    size_t size;

    return (s.ptr[at] == '.' || s.ptr[at] == '?' || s.ptr[at] == '!') && at + 2 < s.len &&
           s.ptr[at + 1] == ' ' && unicode_is_upper(unicode_at(s, at + 2, &size));
}

static void add_block(struct builder *builder, size_t start, size_t end)
{
    struct text *text = builder->text;
    struct str   s = text->folded;
    struct str   block = str_trim(str_slice(s, start, end));
    bool         is_table = str_find_char(block, '|', 0) != STR_NONE;

    start = block.len ? (size_t)(block.ptr - s.ptr) : start;
    end = start + block.len;
    *ARRAY_PUSH(builder->arena, text->blocks, text->block_count, builder->block_capacity) =
        (struct block){
            .span = { (uint32_t)start, (uint32_t)end },
            .kind = is_table ? BLOCK_TABLE : BLOCK_PARAGRAPH,
            .first_sentence = (uint32_t)text->sentence_count,
            .heading = UINT32_MAX,
        };
    for (size_t at = start; at < end; at++)
        if (!is_table && ends_sentence(s, at)) {
            add_sentence(builder, start, at + 1);
            start = at + 1;
        }
    add_sentence(builder, start, end);
}

/* A text of simple sentences: examples hold no abbreviations. */
static void build(struct str source, struct arena *arena, struct text *text)
{
    struct builder builder = { .arena = arena, .text = text };
    size_t         start = 0, at;

    text_fold(source, arena, text);
    while ((at = str_find(text->folded, block_mark, start)) != STR_NONE) {
        add_block(&builder, start, at);
        start = at + block_mark.len;
    }
    add_block(&builder, start, text->folded.len);
}

static void write_figure(const struct money *money, char *out, size_t room)
{
    char low[DECIMAL_TEXT], high[DECIMAL_TEXT];
    bool is_range = !decimal_is_zero(money->amount_max);

    decimal_format(money->amount, low);
    decimal_format(money->amount_max, high);
    snprintf(out, room, "%s%s%s %s%s%s", low, is_range ? ".." : "", is_range ? high : "",
             money->currency, money->bound == BOUND_EXACT ? "" : " ",
             money->bound == BOUND_EXACT ? "" : bound_names[money->bound]);
}

/* Are the figures found exactly those of EXPECTED ("12 EUR; 3..4 USD range")? */
static bool matches(const struct money_list *found, struct str expected)
{
    struct str piece;
    size_t     i = 0;
    char       figure[96];

    while (str_cut(&expected, ';', &piece)) {
        if (i == found->count)
            return false;
        write_figure(&found->items[i++].money, figure, sizeof figure);
        if (!str_equal(str_trim(piece), str_from(figure)))
            return false;
    }
    return i == found->count;
}

static bool is_made_by(const struct money_list *found, struct str rule)
{
    for (size_t i = 0; i < found->count; i++)
        if (str_equal(found->items[i].rule, rule))
            return true;
    return false;
}

struct run {
    const struct money_rules *rules;
    struct matcher           *matcher;
    struct arena             *arena;
    FILE                     *stream;
    size_t                   *passed, *failed;
};

static void run_example(const struct run *run, const struct rule *rule,
                        const struct rule_example *example, bool is_accepted)
{
    struct arena_mark mark = arena_mark(run->arena);
    struct text       text = { 0 };
    struct money_list found;
    bool              is_right;

    build(example->text, run->arena, &text);
    money_find(run->rules, run->matcher, &text, (struct date){ 0 }, rule->file, run->arena, &found);
    is_right = is_accepted ? matches(&found, example->expected) && is_made_by(&found, rule->name)
                           : !is_made_by(&found, rule->name);
    if (is_right) {
        ++*run->passed;
    } else {
        ++*run->failed;
        fprintf(run->stream, "%s:%zu: rule %.*s: %s: %.*s\n", rule->file, example->line,
                STR_ARGS(rule->name), is_accepted ? "accepts" : "refuses", STR_ARGS(example->text));
        for (size_t i = 0; i < found.count; i++) {
            char figure[96];

            write_figure(&found.items[i].money, figure, sizeof figure);
            fprintf(run->stream, "    found %s by %.*s\n", figure, STR_ARGS(found.items[i].rule));
        }
    }
    arena_rewind(run->arena, mark);
}

void money_test_rules(const struct money_rules *rules, struct matcher *matcher, struct arena *arena,
                      FILE *stream, size_t *passed, size_t *failed)
{
    struct run run = { rules, matcher, arena, stream, passed, failed };

    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = rules->rules[i].source;

        for (size_t e = 0; e < rule->accept_count; e++)
            run_example(&run, rule, &rule->accepts[e], true);
        for (size_t e = 0; e < rule->refuse_count; e++)
            run_example(&run, rule, &rule->refuses[e], false);
    }
}
