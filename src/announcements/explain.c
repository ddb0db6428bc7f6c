/* explain.c - shows how a row came about: its sentence, what was seen in it, and the rule that
 * decided each field. */
#include "aitrack/engine.h"

#include "aitrack/arena.h"
#include "aitrack/hash.h"
#include "aitrack/strbuf.h"
#include "analysis_internal.h"

/* Terminal colours (ECMA-48, Select Graphic Rendition); all empty without colour. */
struct colours {
    const char *figure, *actor, *date, *cue, *faint, *end;
};
static const struct colours plain = { "", "", "", "", "", "" };
static const struct colours coloured = { "\x1b[1;32m", "\x1b[1;36m", "\x1b[1;33m",
                                         "\x1b[35m",   "\x1b[2m",    "\x1b[0m" };

static const char *colour_of(const struct analysis *a, const struct item *item,
                             const struct colours *colours)
{
    const struct vocabulary *v = a->engine->vocabulary;

    if (item->class == vocabulary_class(v, STR("money")))
        return colours->figure;
    if (item->class == vocabulary_class(v, STR("actor")) ||
        item->class == vocabulary_class(v, STR("name")) ||
        item->class == vocabulary_class(v, STR("ref")) ||
        item->class == vocabulary_class(v, STR("some")))
        return colours->actor;
    if (item->class == vocabulary_class(v, STR("date")))
        return colours->date;
    return colours->cue;
}

/* Is the item worth showing? Not the words and signs that only fill the sentence. */
static bool is_telling(const struct analysis *a, const struct item *item)
{
    const struct cue *cue = vocabulary_cue(a->engine->vocabulary, item->cue);

    return item->ref != REF_NONE ||
           item->class == vocabulary_class(a->engine->vocabulary, STR("ref")) ||
           item->class == vocabulary_class(a->engine->vocabulary, STR("some")) ||
           (cue && (cue->verb || cue->kind.len > 0 || cue->status.len > 0));
}

static void show_sentence(const struct analysis *a, const struct draft *draft,
                          const struct colours *colours, FILE *stream)
{
    const struct item_list *list = &a->items[draft->sentence];
    struct span             sentence = a->text.sentences[draft->sentence].span;
    uint32_t                at = sentence.start;

    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = &list->items[i];

        if (!is_telling(a, item) || item->span.start < at)
            continue;
        fprintf(stream, "%.*s%s[%.*s]%s",
                STR_ARGS(text_slice(&a->text, (struct span){ at, item->span.start })),
                colour_of(a, item, colours), STR_ARGS(text_slice(&a->text, item->span)),
                colours->end);
        at = item->span.end;
    }
    fprintf(stream, "%.*s\n", STR_ARGS(text_slice(&a->text, (struct span){ at, sentence.end })));
}

static void show_items(const struct analysis *a, const struct draft *draft,
                       const struct colours *colours, FILE *stream)
{
    const struct vocabulary *v = a->engine->vocabulary;
    const struct item_list  *list = &a->items[draft->sentence];

    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = &list->items[i];
        struct str class = vocabulary_class_name(v, item->class);
        struct str feature = vocabulary_feature_name(v, item->feature);
        struct str name = reference_name(a, draft->sentence, i);

        if (!is_telling(a, item))
            continue;
        fprintf(stream, "  %s%.*s%s%.*s%s  %.*s", colours->faint, STR_ARGS(class),
                item->feature == FEATURE_NONE ? "" : ".",
                item->feature == FEATURE_NONE ? 0 : (int)feature.len, feature.ptr, colours->end,
                STR_ARGS(text_slice(&a->text, item->span)));
        if (item->class == vocabulary_class(v, STR("date")) && item->ref != REF_NONE) {
            const struct date_mention *date = &a->dates.items[item->ref];
            char                       text[DATE_TEXT];

            date_format(date->date, text);
            fprintf(stream, "  = %s%s%.*s  (%.*s: %.*s)", text,
                    text[0] && date->period.len > 0 ? ", " : "", STR_ARGS(date->period),
                    STR_ARGS(date->rule), STR_ARGS(date->derivation));
        } else if (name.len > 0 && !str_equal(name, text_slice(&a->text, item->span))) {
            fprintf(stream, "  = %.*s", STR_ARGS(name));
        }
        fputc('\n', stream);
    }
}

static void show_field(const char *name, struct str value, struct str rule,
                       const struct colours *colours, FILE *stream)
{
    if (value.len > 0)
        fprintf(stream, "  %-12s %.*s  %s%.*s%s\n", name, STR_ARGS(value), colours->faint,
                STR_ARGS(rule), colours->end);
}

static struct str names_text(struct arena *arena, const struct role *role)
{
    struct strbuf buf = strbuf_in(arena);

    for (size_t i = 0; i < role->count; i++) {
        if (i > 0)
            strbuf_add(&buf, STR("; "));
        strbuf_add(&buf, role->names[i]);
    }
    return strbuf_str(&buf);
}

static void show_fields(const struct analysis *a, const struct draft *draft, const struct row *row,
                        const struct colours *colours, FILE *stream)
{
    struct str figure_rule =
        draft->figure == REF_NONE ? STR("") : a->figures.items[draft->figure].rule;

    show_field("figure", row->figure, figure_rule, colours, stream);
    show_field("date", row->date,
               draft->date_rule.len > 0 ? draft->date_rule : STR("default.published"), colours,
               stream);
    show_field("announcer", names_text(a->arena, &draft->announcer), draft->announcer.rule, colours,
               stream);
    show_field("investor", names_text(a->arena, &draft->investor), draft->investor.rule, colours,
               stream);
    show_field("recipient", names_text(a->arena, &draft->recipient), draft->recipient.rule, colours,
               stream);
    show_field("kind", row->kind, draft->kind.rule, colours, stream);
    show_field("status", draft->status.value, draft->status.rule, colours, stream);
    show_field("period", draft->period.value, draft->period.rule, colours, stream);
    show_field("subject", draft->subject.value, draft->subject.rule, colours, stream);
    show_field("part_of", row->part_of, draft->whole_rule, colours, stream);
}

bool engine_explain(const struct engine *engine, struct matcher *matcher,
                    const struct document *document, const struct extract_options *options,
                    struct str id, bool colour, struct arena *arena, FILE *stream)
{
    const struct colours *colours = colour ? &coloured : &plain;
    struct analysis       analysis = { .engine = engine, .matcher = matcher, .arena = arena };
    struct draft_list     drafts;
    struct row_list       rows;

    extract_document(&analysis, document, options, &drafts, &rows);
    engine_link(rows.rows, rows.count, arena);
    for (size_t i = 0; i < drafts.count; i++) {
        if (!str_equal(rows.rows[i].id, id))
            continue;
        fprintf(stream, "%.*s:%lld\n", STR_ARGS(rows.rows[i].source), (long long)rows.rows[i].line);
        show_sentence(&analysis, &drafts.items[i], colours, stream);
        fputs("\nmentions\n", stream);
        show_items(&analysis, &drafts.items[i], colours, stream);
        fputs("\nfields, and the rule that decided each\n", stream);
        show_fields(&analysis, &drafts.items[i], &rows.rows[i], colours, stream);
        return true;
    }
    return false;
}
