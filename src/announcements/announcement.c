/* announcement.c - a document's figures and initiatives as ledger rows. */
#include "aitrack/engine.h"

#include "aitrack/arena.h"
#include "aitrack/hash.h"
#include "aitrack/strbuf.h"
#include "analysis_internal.h"

#define KIND_INITIATIVE STR("initiative")

/* ------------------------------------------------------------------ drafts */

static struct draft draft_new(uint32_t sentence, size_t item, uint32_t figure, struct span span)
{
    return (struct draft){
        .sentence = sentence,
        .item = (uint32_t)item,
        .figure = figure,
        .span = span,
        .date = REF_NONE,
        .whole = REF_NONE,
    };
}

static void draft_figures(struct analysis *a, uint32_t sentence, struct draft_list *out)
{
    const struct item_list *list = &a->items[sentence];
    uint8_t                 money = vocabulary_class(a->engine->vocabulary, STR("money"));

    for (size_t i = 0; i < list->count; i++) {
        struct draft *draft;

        if (list->items[i].class != money || list->items[i].ref == REF_NONE)
            continue;
        draft = ARRAY_PUSH(a->arena, out->items, out->count, out->capacity);
        *draft =
            draft_new(sentence, i, list->items[i].ref, a->figures.items[list->items[i].ref].span);
        relations_apply(a, draft);
    }
}

static void draft_initiative(struct analysis *a, uint32_t sentence, struct draft_list *out)
{
    struct draft draft = draft_new(sentence, 0, REF_NONE, a->text.sentences[sentence].span);

    if (!first_rule_apply(a, a->engine->cascade->initiatives, a->engine->cascade->initiative_count,
                          &draft) ||
        draft.announcer.count == 0)
        return;
    if (draft.status.value.len == 0)
        draft.status = (struct bound_text){ STR("announced"), STR("default.status") };
    *ARRAY_PUSH(a->arena, out->items, out->count, out->capacity) = draft;
}

static bool may_announce(const struct analysis *a, uint32_t sentence)
{
    enum block_kind kind = a->text.blocks[a->text.sentences[sentence].block].kind;

    return kind == BLOCK_PARAGRAPH || kind == BLOCK_BULLET;
}

static void index_figures(const struct analysis *a, struct draft_list *drafts)
{
    drafts->by_figure = ARENA_ARRAY(a->arena, uint32_t, a->figures.count);
    for (size_t i = 0; i < a->figures.count; i++)
        drafts->by_figure[i] = REF_NONE;
    for (size_t i = 0; i < drafts->count; i++)
        if (drafts->items[i].figure != REF_NONE)
            drafts->by_figure[drafts->items[i].figure] = (uint32_t)i;
}

struct draft *draft_of(const struct draft_list *drafts, uint32_t figure)
{
    uint32_t index = figure == REF_NONE ? REF_NONE : drafts->by_figure[figure];

    return index == REF_NONE ? NULL : &drafts->items[index];
}

void drafts_make(struct analysis *a, struct draft_list *out)
{
    *out = (struct draft_list){ 0 };
    for (uint32_t s = 0; s < a->text.sentence_count; s++) {
        size_t before = out->count;

        draft_figures(a, s, out);
        if (out->count == before && may_announce(a, s))
            draft_initiative(a, s, out);
    }
    index_figures(a, out);
    a->day = dating_day(a);
    speakers_bind(a, out);
    shares_bind(a, out);
    defaults_complete(a, out);
}

/* ------------------------------------------------------------------ rows */

static void add_rule(struct strbuf *buf, struct str_list *seen, struct str rule)
{
    if (rule.len == 0 || str_list_contains(*seen, rule) || str_starts_with(rule, STR("default.")))
        return;
    seen->items[seen->count++] = rule;
    if (buf->len > 0)
        strbuf_add_char(buf, ' ');
    strbuf_add(buf, rule);
}

/* The names of the rules that made the row: the figure's first. */
static struct str rules_of(const struct analysis *a, const struct draft *draft)
{
    struct strbuf   buf = strbuf_in(a->arena);
    struct str_list seen = { ARENA_ARRAY(a->arena, struct str, 12), 0 };

    if (draft->figure != REF_NONE)
        add_rule(&buf, &seen, a->figures.items[draft->figure].rule);
    add_rule(&buf, &seen, draft->kind.rule);
    add_rule(&buf, &seen, draft->status.rule);
    add_rule(&buf, &seen, draft->announcer.rule);
    add_rule(&buf, &seen, draft->investor.rule);
    add_rule(&buf, &seen, draft->recipient.rule);
    add_rule(&buf, &seen, draft->subject.rule);
    add_rule(&buf, &seen, draft->date_rule);
    add_rule(&buf, &seen, draft->period.rule);
    add_rule(&buf, &seen, draft->whole_rule);
    return strbuf_str(&buf);
}

/* How sure the row is: each field that a rule decided, rather than a default, adds to it. */
static struct decimal confidence_of(const struct analysis *a, const struct draft *draft)
{
    int percent = 40;

    percent += rule_is_default(draft->kind.rule) ? 0 : 15;
    percent += rule_is_default(draft->status.rule) ? 0 : 10;
    percent += draft->announcer.count + draft->investor.count + draft->recipient.count > 0 ? 15 : 0;
    percent +=
        rule_is_default(draft->investor.rule) && rule_is_default(draft->recipient.rule) ? 0 : 10;
    percent += date_is_known(a->published) || draft->date != REF_NONE ? 5 : 0;
    if (draft->figure != REF_NONE && a->figures.items[draft->figure].elliptic)
        percent -= 10;
    struct decimal value = { percent, 0 };
    decimal_scale(value, -2, &value);
    return value;
}

static struct str_list names_of(const struct analysis *a, const struct role *role)
{
    struct str_list list = { ARENA_ARRAY(a->arena, struct str, role->count), role->count };

    for (size_t i = 0; i < role->count; i++)
        list.items[i] = role->names[i];
    return list;
}

static struct str date_text(const struct analysis *a, struct date date)
{
    char text[DATE_TEXT];

    date_format(date, text);
    return str_copy(a->arena, str_from(text));
}

static void set_figure(const struct analysis *a, const struct draft *draft, struct row *row)
{
    const struct money *money = &a->figures.items[draft->figure].money;

    row->figure = money_format(a->engine->money_rules, money, a->arena);
    row->has_amount = true;
    row->amount = money->amount;
    row->has_amount_max = money->bound == BOUND_RANGE;
    row->amount_max = money->amount_max;
    row->bound = str_from(bound_names[money->bound]);
    row->currency = str_copy(a->arena, str_from(money->currency));
}

static struct str number_text(struct arena *arena, size_t number)
{
    struct strbuf buf = strbuf_in(arena);

    strbuf_add_format(&buf, "%zu", number);
    return strbuf_str(&buf);
}

/* The row of DRAFT; its announcement is its own until rows are linked. */
static struct row make_row(const struct analysis *a, const struct document *document,
                           struct str content, struct str doc, const struct draft *draft)
{
    struct span sentence = a->text.sentences[draft->sentence].span;
    size_t      start = text_source_offset(&a->text, draft->span.start);
    size_t      end = text_source_offset(&a->text, draft->span.end);
    struct str  parts[3] = { content, number_text(a->arena, start),
                             number_text(a->arena, end - start) };
    struct row  row = {
         .id = hash_id(a->arena, parts, 3),
         .date =
             date_text(a, draft->date != REF_NONE ? a->dates.items[draft->date].date : a->published),
         .announcer = names_of(a, &draft->announcer),
         .investor = names_of(a, &draft->investor),
         .recipient = names_of(a, &draft->recipient),
         .kind = draft->figure == REF_NONE ? KIND_INITIATIVE : draft->kind.value,
         .status = draft->status.value,
         .period = draft->period.value,
         .subject = draft->subject.value,
         .published = date_text(a, a->published),
         .source = document->source,
         .title = a->text.title,
         .line = (int64_t)text_line(&a->text, start),
         .offset = (int64_t)start,
         .length = (int64_t)(end - start),
         .quote = text_quote(&a->text, sentence, a->arena),
         .rule = rules_of(a, draft),
         .confidence = confidence_of(a, draft),
         .doc = doc,
    };

    if (draft->figure != REF_NONE)
        set_figure(a, draft, &row);
    row.announcement = row.id;
    return row;
}

/* A share whose whole is told in the same text points at the whole's row until linked. */
static void set_wholes(const struct draft_list *drafts, struct row *rows)
{
    for (size_t i = 0; i < drafts->count; i++) {
        const struct draft *whole = draft_of(drafts, drafts->items[i].whole);

        if (whole)
            rows[i].part_of = rows[whole - drafts->items].announcement;
    }
}

void extract_document(struct analysis *a, const struct document *document,
                      const struct extract_options *options, struct draft_list *drafts,
                      struct row_list *rows)
{
    struct date given = options->published;
    struct str  content = hash_id(a->arena, &document->text, 1);

    date_parse_iso(document->published, &given);
    analysis_build(a, document->text, document->title, document->source,
                   document->source.len > 0 ? document->source : document->name, given,
                   options->today);
    drafts_make(a, drafts);
    rows->rows = ARENA_ARRAY(a->arena, struct row, drafts->count);
    rows->count = drafts->count;
    rows->doc = document->name.len > 0 ? document->name : content;
    rows->source = document->source;
    for (size_t i = 0; i < drafts->count; i++)
        rows->rows[i] = make_row(a, document, content, rows->doc, &drafts->items[i]);
    set_wholes(drafts, rows->rows);
}

void engine_extract(const struct engine *engine, struct matcher *matcher,
                    const struct document *document, const struct extract_options *options,
                    struct arena *arena, struct row_list *out)
{
    struct analysis   analysis = { .engine = engine, .matcher = matcher, .arena = arena };
    struct draft_list drafts;

    extract_document(&analysis, document, options, &drafts, out);
}
