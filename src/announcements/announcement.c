/* announcement.c - a document's figures and initiatives as ledger rows. */
#include "aitrack/engine.h"

#include "aitrack/arena.h"
#include "aitrack/hash.h"
#include "aitrack/strbuf.h"
#include "analysis_internal.h"

#define DAYS_OF_STORY 15 /* how long before publication the day that a text reports may lie */
#define OPENING_PARAGRAPHS 2
#define RIGHT_BEHIND 2    /* items */
#define NEAR_REPETITION 6 /* items from a figure to its "par an" */
#define KIND_INITIATIVE STR("initiative")
#define RULE_SMALL STR("default.kind-small")
#define KIND_SAME STR("same") /* in rules: that of the figure before */

/* ------------------------------------------------------------------ defaults */

static bool is_default(struct str rule)
{
    return rule.len == 0 || str_starts_with(rule, STR("default."));
}

static const struct kind_defaults *defaults_of(const struct engine *engine, struct str kind)
{
    for (size_t i = 0; i < engine->kind_count; i++)
        if (str_equal(engine->kinds[i].kind, kind))
            return &engine->kinds[i];
    return &engine->kinds[0];
}

/* The first of the parties bound already: the topic is another one. */
static struct str party_of(const struct draft *draft)
{
    if (draft->investor.count > 0)
        return draft->investor.names[0];
    return draft->recipient.count > 0 ? draft->recipient.names[0] : STR("");
}

/* The topic fills the role that the kind's defaults name, where no rule filled it. */
static void add_topic(const struct analysis *a, const struct kind_defaults *defaults,
                      struct draft *draft)
{
    struct role *role = str_equal(defaults->topic, STR("recipient"))   ? &draft->recipient
                        : str_equal(defaults->topic, STR("investor"))  ? &draft->investor
                        : str_equal(defaults->topic, STR("announcer")) ? &draft->announcer
                                                                       : NULL;
    struct str   topic;

    if (!role || role->count > 0 || str_equal(draft->kind.rule, RULE_SMALL))
        return;
    topic = reference_topic(a, draft->sentence, draft->item, party_of(draft));
    if (topic.len == 0)
        return;
    role->names[role->count++] = topic;
    role->rule = STR("default.topic");
}

/* Does item I of LIST, a date, speak of another figure than item FIGURE: does it stand behind
 * another figure that is behind this one, or, when it is a point in time, right behind one
 * before it? Other dates in front may date all that follow. */
static bool dates_another(const struct analysis *a, const struct item_list *list, size_t figure,
                          size_t i)
{
    const struct vocabulary *v = a->engine->vocabulary;
    uint8_t                  money = vocabulary_class(v, STR("money"));

    for (size_t j = figure + 1; j < i; j++)
        if (list->items[j].class == money)
            return true;
    if (a->dates.items[list->items[i].ref].kind != DATE_POINT)
        return false; /* a period holds on: "9 milliards en 3 ans, dont 2 pour ..." */
    for (size_t j = i; i < figure && j-- > 0 && j + RIGHT_BEHIND >= i;) {
        if (list->items[j].class == money)
            return true;
        if (list->items[j].class == vocabulary_class(v, STR("comma")))
            break;
    }
    return false;
}

/* The date mention of item I of LIST where it may belong to item FIGURE, or NULL. */
static const struct date_mention *date_for(const struct analysis *a, const struct item_list *list,
                                           size_t figure, size_t i)
{
    if (list->items[i].class != vocabulary_class(a->engine->vocabulary, STR("date")) ||
        list->items[i].ref == REF_NONE || dates_another(a, list, figure, i))
        return NULL;
    return &a->dates.items[list->items[i].ref];
}

/* Does DATE lie behind the day of publication? */
static bool is_to_come(const struct analysis *a, struct date date)
{
    return date_is_known(a->published) && !date_covers(date, a->published) &&
           !date_covers(a->published, date) && date_to_days(date) > date_to_days(a->published);
}

/* May DATE tell when the figure was announced? The year of publication itself does not. */
static bool may_date(const struct analysis *a, const struct kind_defaults *defaults,
                     const struct date_mention *date)
{
    return date && date->kind == DATE_POINT && date_is_known(date->date) &&
           !is_to_come(a, date->date) && (date->date.month > 0 || !defaults->year) &&
           (date->date.month > 0 || !date_covers(date->date, a->published));
}

/* Is AT in the first paragraphs of the text? */
static bool is_opening(const struct analysis *a, uint32_t at)
{
    size_t paragraphs = 0;

    for (size_t b = 0; b < a->text.block_count && paragraphs < OPENING_PARAGRAPHS; b++) {
        const struct block *block = &a->text.blocks[b];

        paragraphs += block->kind == BLOCK_PARAGRAPH;
        if (block->kind == BLOCK_PARAGRAPH && at >= block->span.start && at < block->span.end)
            return true;
    }
    return false;
}

/* The day that the text reports: the first day it tells, in its opening, when that lies shortly before
 * publication and no later day is told. */
static uint32_t reported_day(const struct analysis *a)
{
    uint32_t lead = REF_NONE;

    for (size_t i = 0; i < a->dates.count; i++) {
        const struct date_mention *date = &a->dates.items[i];
        int32_t                    before = date_to_days(a->published) - date_to_days(date->date);

        if (date->kind != DATE_POINT || date->date.day == 0 || a->published.day == 0 || before < 0)
            continue;
        if (lead == REF_NONE && before > 0 && before < DAYS_OF_STORY &&
            is_opening(a, date->span.start))
            lead = (uint32_t)i;
        else if (lead == REF_NONE ||
                 date_to_days(date->date) > date_to_days(a->dates.items[lead].date))
            return REF_NONE;
    }
    return lead;
}

/* The date of the sentence that dates the figure: the nearest that tells a point in time which
 * is not to come; else one of the sentence just before in the paragraph. */
static void add_date(const struct analysis *a, const struct kind_defaults *defaults,
                     struct draft *draft)
{
    const struct item_list *list = &a->items[draft->sentence];
    size_t                  best = 0;

    if (draft->date != REF_NONE && is_to_come(a, a->dates.items[draft->date].date))
        draft->date = REF_NONE;
    if (draft->date != REF_NONE)
        return;
    for (size_t i = 0; i < list->count; i++) {
        size_t distance = i < draft->item ? draft->item - i : 1 + i - draft->item;

        if (may_date(a, defaults, date_for(a, list, draft->item, i)) &&
            (draft->date == REF_NONE || distance < best)) {
            draft->date = list->items[i].ref;
            draft->date_rule = STR("default.nearest-date");
            best = distance;
        }
    }
    if (draft->date != REF_NONE || draft->sentence == 0 ||
        a->text.sentences[draft->sentence - 1].block != a->text.sentences[draft->sentence].block)
        return;
    list = &a->items[draft->sentence - 1];
    for (size_t i = 0; i < list->count; i++)
        if (may_date(a, defaults, date_for(a, list, list->count, i)) &&
            a->dates.items[list->items[i].ref].date.month > 0) {
            draft->date = list->items[i].ref;
            draft->date_rule = STR("default.date-before");
        }
}

/* Is the first verb of SENTENCE in the present: said on the day of publication? */
static bool is_of_the_day(const struct analysis *a, uint32_t sentence)
{
    const struct item_list *list = &a->items[sentence];
    const struct str       *verbs = &a->engine->cascade->verbs;
    uint8_t                 present = vocabulary_feature(a->engine->vocabulary, STR("pres"));

    for (size_t i = 0; i < list->count; i++)
        if (str_find_char(*verbs, (char)list->items[i].class, 0) != STR_NONE)
            return list->items[i].feature == present;
    return false;
}

/* Figures of running text that nothing else dates have the day that the text reports. */
static void add_reported_day(const struct analysis *a, const struct kind_defaults *defaults,
                             struct draft *draft)
{
    if (draft->date != REF_NONE || defaults->forecast.len > 0 ||
        is_of_the_day(a, draft->sentence) ||
        a->text.blocks[a->text.sentences[draft->sentence].block].kind != BLOCK_PARAGRAPH)
        return;
    draft->date = reported_day(a);
    if (draft->date != REF_NONE)
        draft->date_rule = STR("default.reported-day");
}

/* Does DATE tell when the money flows: a period, for facts of a year that year, for plans a
 * time to come or the present year? */
static bool may_last(const struct analysis *a, const struct kind_defaults *defaults,
                     const struct date_mention *date)
{
    if (!date || date->period.len == 0)
        return false;
    return date->kind != DATE_POINT || defaults->year || is_to_come(a, date->date) ||
           (date->date.month == 0 && date_covers(date->date, a->published));
}

/* The nearest period of the sentence; what stands behind the figure goes first. */
static void add_period(const struct analysis *a, const struct kind_defaults *defaults,
                       struct draft *draft)
{
    const struct item_list *list = &a->items[draft->sentence];
    size_t                  best = 0;

    if (draft->period.value.len > 0)
        return;
    for (size_t i = 0; i < list->count; i++) {
        const struct date_mention *date = date_for(a, list, draft->item, i);
        size_t distance = i < draft->item ? 2 * (draft->item - i) : i - draft->item;

        if (may_last(a, defaults, date) && list->items[i].ref != draft->date &&
            (date->kind != DATE_REPEATED || distance <= NEAR_REPETITION) &&
            (draft->period.value.len == 0 || distance < best)) {
            draft->period = (struct bound_text){ date->period, STR("default.nearest-period") };
            best = distance;
        }
    }
}

/* A fact whose period begins after the day of publication is a forecast. */
static void add_forecast(const struct analysis *a, const struct kind_defaults *defaults,
                         struct draft *draft)
{
    struct str  period = draft->period.value;
    struct date start;
    size_t      slash = str_find_char(period, '/', 0);

    if (defaults->forecast.len == 0 || !is_default(draft->status.rule))
        return;
    if (slash == 0)
        period = str_slice(period, 1, period.len);
    else if (slash != STR_NONE)
        period = str_slice(period, 0, slash);
    if (date_parse_iso(period, &start) && is_to_come(a, start))
        draft->status = (struct bound_text){ defaults->forecast, STR("default.forecast") };
}

/* The kind that most of the document's figures have by a rule, if it is clear; else empty. */
static struct str main_kind(const struct draft_list *drafts)
{
    struct str best = { 0 };
    size_t     most = 0, all = 0;

    for (size_t i = 0; i < drafts->count; i++) {
        size_t same = 0;

        if (drafts->items[i].kind.value.len == 0 ||
            str_equal(drafts->items[i].kind.value, KIND_SAME))
            continue;
        all++;
        for (size_t j = 0; j < drafts->count; j++)
            same += str_equal(drafts->items[j].kind.value, drafts->items[i].kind.value);
        if (same > most) {
            most = same;
            best = drafts->items[i].kind.value;
        }
    }
    return most >= 3 && 3 * most > 2 * all ? best : STR("");
}

/* The kind of small sums, where the figure is one; FALLBACK: where nothing around tells one. */
static struct bound_text small_kind(const struct analysis *a, const struct draft *draft,
                                    bool fallback)
{
    for (size_t i = 0; draft->figure != REF_NONE && i < a->engine->kind_count; i++) {
        const struct kind_defaults *kind = &a->engine->kinds[i];

        if (decimal_compare(a->figures.items[draft->figure].money.amount,
                            fallback ? kind->fallback : kind->below) < 0)
            return (struct bound_text){ kind->kind,
                                        fallback ? STR("default.kind") : RULE_SMALL };
    }
    return (struct bound_text){ 0 };
}

/* A figure whose kind no rule tells is of the kind of the figure before it in its paragraph,
 * else of the document's main kind. */
static void add_kind(const struct analysis *a, const struct draft *before, struct str main,
                     struct draft *draft)
{
    if (draft->kind.value.len > 0)
        return;
    draft->kind = small_kind(a, draft, false);
    if (draft->kind.value.len > 0)
        return;
    if (before && before->figure != REF_NONE &&
        a->text.sentences[before->sentence].block == a->text.sentences[draft->sentence].block)
        draft->kind = (struct bound_text){ before->kind.value, STR("default.kind-before") };
    else if (main.len > 0)
        draft->kind = (struct bound_text){ main, STR("default.kind-of-text") };
    else
        draft->kind = small_kind(a, draft, true);
    if (draft->kind.value.len == 0)
        draft->kind = (struct bound_text){ a->engine->kinds[0].kind, STR("default.kind") };
}

/* A share has its whole's kind, announcer and investor where no rule told its own. */
static void add_from_whole(const struct draft_list *drafts, struct draft *draft)
{
    for (size_t i = 0; draft->whole != REF_NONE && i < drafts->count; i++) {
        const struct draft *whole = &drafts->items[i];

        if (whole->figure != draft->whole)
            continue;
        if (draft->kind.value.len == 0)
            draft->kind = (struct bound_text){ whole->kind.value, STR("default.kind-of-whole") };
        if (draft->announcer.count == 0)
            draft->announcer = whole->announcer;
        if (draft->investor.count == 0)
            draft->investor = whole->investor;
    }
}

/* What a public body pays is public funding, unless a rule told more than that somebody pays. */
static void add_public(const struct analysis *a, struct draft *draft)
{
    if (str_equal(draft->kind.value, a->engine->kinds[0].kind) && draft->investor.count > 0 &&
        (draft->kind_is_weak || is_default(draft->kind.rule)) &&
        reference_is_public(a, draft->investor.names[0]))
        draft->kind = (struct bound_text){ a->engine->kinds[1].kind, STR("default.public") };
}

static void complete(const struct analysis *a, const struct draft_list *drafts,
                     const struct draft *before, struct str main, struct draft *draft)
{
    const struct kind_defaults *defaults;

    if (str_equal(draft->kind.value, KIND_SAME))
        draft->kind.value = before ? before->kind.value : STR("");
    add_from_whole(drafts, draft);
    add_kind(a, before, main, draft);
    add_public(a, draft);
    defaults = defaults_of(a->engine, draft->kind.value);
    if (draft->status.value.len == 0)
        draft->status = (struct bound_text){ defaults->status, STR("default.status") };
    if (draft->figure != REF_NONE)
        add_topic(a, defaults, draft);
    add_date(a, defaults, draft);
    add_reported_day(a, defaults, draft);
    if (draft->figure == REF_NONE)
        return;
    add_period(a, defaults, draft);
    add_forecast(a, defaults, draft);
}

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

void drafts_make(struct analysis *a, struct draft_list *out)
{
    struct str main;

    *out = (struct draft_list){ 0 };
    for (uint32_t s = 0; s < a->text.sentence_count; s++) {
        size_t before = out->count;

        draft_figures(a, s, out);
        if (out->count == before && may_announce(a, s))
            draft_initiative(a, s, out);
    }
    speakers_bind(a, out);
    main = main_kind(out);
    for (size_t i = 0; i < out->count; i++)
        complete(a, out, i > 0 ? &out->items[i - 1] : NULL, main, &out->items[i]);
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

    percent += is_default(draft->kind.rule) ? 0 : 15;
    percent += is_default(draft->status.rule) ? 0 : 10;
    percent += draft->announcer.count + draft->investor.count + draft->recipient.count > 0 ? 15 : 0;
    percent += is_default(draft->investor.rule) && is_default(draft->recipient.rule) ? 0 : 10;
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
                           struct str content, const struct draft *draft)
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
         .doc = document->name.len > 0 ? document->name : content,
    };

    if (draft->figure != REF_NONE)
        set_figure(a, draft, &row);
    row.announcement = row.id;
    return row;
}

/* A share whose whole is told in the same text points at the whole's row until linked. */
static void set_wholes(const struct draft_list *drafts, struct row *rows)
{
    for (size_t i = 0; i < drafts->count; i++)
        for (size_t j = 0; drafts->items[i].whole != REF_NONE && j < drafts->count; j++)
            if (drafts->items[j].figure == drafts->items[i].whole)
                rows[i].part_of = rows[j].announcement;
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
    for (size_t i = 0; i < drafts->count; i++)
        rows->rows[i] = make_row(a, document, content, &drafts->items[i]);
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
