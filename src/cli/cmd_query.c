/* cmd_query.c - query: selects rows or announcements of the ledger. */
#include <stdint.h>
#include <stdio.h>

#include "aitrack/arena.h"
#include "aitrack/command.h"
#include "aitrack/date.h"
#include "aitrack/display.h"
#include "aitrack/gazetteer.h"
#include "aitrack/ledger.h"
#include "aitrack/money.h"
#include "aitrack/pattern.h"
#include "aitrack/query.h"
#include "aitrack/strbuf.h"

struct query_args {
    struct query_terms  terms[QUERY_FIELDS];
    struct str_list     sort;
    struct option_count limit;
    struct display_args display;
    const char         *columns;
    bool                announcements;
    bool                mentions;
    bool                count;
};

/* Every condition has a twin that excludes. */
#define CONDITION(letter, name, field, value, summary)                                              \
    {                                                                                               \
        letter, name, OPTION_LIST, offsetof(struct query_args, terms[field].wanted), value, summary \
    },                                                                                              \
    {                                                                                               \
        0, "not-" name, OPTION_LIST, offsetof(struct query_args, terms[field].excluded), value,     \
            NULL                                                                                    \
    }

static const struct option query_options[] = {
    CONDITION('a', "actor", QUERY_ACTOR, "NAME", "rows that name this actor in any role"),
    CONDITION(0, "announcer", QUERY_ANNOUNCER, "NAME", "who says it"),
    CONDITION(0, "investor", QUERY_INVESTOR, "NAME", "who pays"),
    CONDITION(0, "recipient", QUERY_RECIPIENT, "NAME", "who gets the money"),
    CONDITION(0, "subject", QUERY_SUBJECT, "WORDS", "what it is for, by words that follow"),
    CONDITION('d', "date", QUERY_DATE, "DATE",
              "announced then: 2025-02-09, 2025-02, 2025, \"11 février 2025\", 11/02/2025"),
    CONDITION('s', "since", QUERY_SINCE, "DATE", "announced then or later"),
    CONDITION('u', "until", QUERY_UNTIL, "DATE", "announced then or before"),
    CONDITION(0, "amount", QUERY_AMOUNT, "AMOUNT",
              "figures that state this sum: 100Md€, \"1,5 milliard d'euros\", 1e9; with a "
              "currency, only in that one"),
    CONDITION('m', "min", QUERY_MIN, "AMOUNT", "figures that reach this sum"),
    CONDITION('M', "max", QUERY_MAX, "AMOUNT", "figures that begin at this sum or below"),
    CONDITION(0, "currency", QUERY_CURRENCY, "CODE", "EUR, $, dollars"),
    CONDITION('k', "kind", QUERY_KIND, "KIND",
              "investment, public_funding, funding_round, fund, acquisition, contract, "
              "valuation, revenue, cost, market, other, initiative"),
    CONDITION(0, "status", QUERY_STATUS, "STATUS", "completed, announced, planned, rumoured"),
    CONDITION(0, "source", QUERY_SOURCE, "TEXT", "part of the path or URL of the text"),
    CONDITION('g', "grep", QUERY_GREP, "REGEX",
              "a regular expression (PCRE2) that the quoted sentence matches; (?i) for any case"),
    CONDITION('i', "id", QUERY_ID, "ID", "the row with this id, or beginning of an id"),
    CONDITION(0, "announcement", QUERY_ANNOUNCEMENT, "ID",
              "the rows that report this announcement"),
    { 0, "announcements", OPTION_FLAG, offsetof(struct query_args, announcements), NULL,
      "one row for each announcement, with how many rows (mentions) and sources of the whole "
      "ledger report it" },
    { 0, "mentions", OPTION_FLAG, offsetof(struct query_args, mentions), NULL,
      "every row, as without this option" },
    { 'S', "sort", OPTION_LIST, offsetof(struct query_args, sort), "KEY",
      "sort by a column, -KEY from high to low; mentions and sources too, with "
      "--announcements" },
    { 'n', "limit", OPTION_COUNT, offsetof(struct query_args, limit), "N", "at most the first N" },
    { 'c', "count", OPTION_FLAG, offsetof(struct query_args, count), NULL,
      "only say how many there are" },
    { 0, "columns", OPTION_TEXT, offsetof(struct query_args, columns), "A,B,C",
      "the columns to show, in this order" },
    DISPLAY_OPTIONS(struct query_args, display),
    { 0 },
};

/* ---- announcements: rows with two columns more ---------------------------------------------- */

enum { COLUMN_MENTIONS = ROW_COLUMNS, COLUMN_SOURCES, SHEET_COLUMNS, SHORT_ID = 8 };

static const struct sheet_column tally_columns[] = {
    { "mentions", COLUMN_INTEGER },
    { "sources", COLUMN_INTEGER },
};

struct selection {
    int   *columns; /* indexes in row_columns, COLUMN_MENTIONS, COLUMN_SOURCES; NULL: default */
    size_t count;
};

static bool parse_sheet_columns(struct str text, struct arena *arena, struct selection *out,
                                struct error *err)
{
    size_t     capacity = 0;
    struct str name;

    *out = (struct selection){ NULL, 0 };
    while (str_cut(&text, ',', &name)) {
        int   *one;
        size_t count;
        int    column = -1;

        for (int i = COLUMN_MENTIONS; i < SHEET_COLUMNS; i++)
            if (str_equal(str_trim(name), str_from(tally_columns[i - COLUMN_MENTIONS].name)))
                column = i;
        if (column < 0) {
            if (!output_columns_parse(name, arena, &one, &count, err))
                return false;
            column = one[0];
        }
        *ARRAY_PUSH(arena, out->columns, out->count, capacity) = column;
    }
    return true;
}

/* People get what says who, how much and how often; programs get everything. */
static struct selection default_sheet_columns(enum output_format format, struct arena *arena)
{
    static const char *const shown[] = { "date", "figure", "investor", "recipient",
                                         "kind", "status", "subject" };
    bool                     is_for_people = format == OUTPUT_TABLE || format == OUTPUT_MARKDOWN;
    struct selection         selection = { ARENA_ARRAY(arena, int, SHEET_COLUMNS), 0 };

    if (is_for_people)
        for (size_t i = 0; i < COUNT_OF(shown); i++)
            selection.columns[selection.count++] = row_column(str_from(shown[i]));
    else
        for (int i = 0; i < ROW_COLUMNS; i++)
            selection.columns[selection.count++] = i;
    selection.columns[selection.count++] = COLUMN_MENTIONS;
    selection.columns[selection.count++] = COLUMN_SOURCES;
    if (is_for_people)
        selection.columns[selection.count++] = row_column(STR("announcement"));
    return selection;
}

static struct str number_text(struct arena *arena, size_t number)
{
    struct strbuf buf = strbuf_in(arena);

    strbuf_add_format(&buf, "%zu", number);
    return strbuf_str(&buf);
}

static bool write_announcements(const struct query_result   *result,
                                const struct output_options *options, struct selection selection,
                                struct arena *arena, struct error *err)
{
    struct sheet_column *columns;
    struct str          *cells;
    struct sheet         sheet;
    size_t               at = 0;
    int                  id_column;
    size_t               id_length = SIZE_MAX;

    /* In a table an id needs as much as commands take for it. */
    if (options->format == OUTPUT_TABLE && !selection.columns)
        id_length = SHORT_ID;
    if (!selection.columns)
        selection = default_sheet_columns(options->format, arena);
    columns = ARENA_ARRAY(arena, struct sheet_column, selection.count);
    for (size_t i = 0; i < selection.count; i++) {
        int column = selection.columns[i];

        columns[i] = column < ROW_COLUMNS ? (struct sheet_column){ row_columns[column].name,
                                                                   row_columns[column].type }
                                          : tally_columns[column - COLUMN_MENTIONS];
    }
    id_column = row_column(STR("announcement"));
    cells = ARENA_ARRAY(arena, struct str, result->count * selection.count);
    for (size_t i = 0; i < result->count; i++) {
        for (size_t k = 0; k < selection.count; k++) {
            int column = selection.columns[k];

            if (column == COLUMN_MENTIONS)
                cells[at++] = number_text(arena, result->tallies[i].mentions);
            else if (column == COLUMN_SOURCES)
                cells[at++] = number_text(arena, result->tallies[i].sources);
            else
                cells[at++] = str_slice(row_cell(&result->rows[i], column, arena), 0,
                                        column == id_column ? id_length : SIZE_MAX);
        }
    }
    sheet = (struct sheet){ columns, selection.count, cells, result->count };
    return output_write_sheet(options, &sheet, stdout, err);
}

/* ---- the command ---------------------------------------------------------------------------- */

/* Only what the conditions need: most queries need few of the rules. */
static bool load_rules(const struct query_spec *spec, const struct data_files *files,
                       struct arena *arena, struct query_rules *out, struct error *err)
{
    struct query_needs  needs = query_needs(spec);
    struct money_rules *money = NULL;
    struct date_rules  *dates = NULL;
    struct gazetteer   *gazetteer = NULL;

    if ((needs.money && !money_rules_load(files, arena, &money, err)) ||
        (needs.dates && !date_rules_load(files, arena, &dates, err)) ||
        (needs.gazetteer && !gazetteer_load(files, arena, &gazetteer, err)))
        return false;
    *out = (struct query_rules){ money, dates, gazetteer, matcher_new(arena) };
    return true;
}

static bool parse_columns(const struct query_args *args, struct arena *arena, struct selection *out,
                          struct error *err)
{
    struct str text = str_from(args->columns);

    *out = (struct selection){ NULL, 0 };
    if (!args->columns)
        return true;
    return (args->announcements
                ? parse_sheet_columns(text, arena, out, err)
                : output_columns_parse(text, arena, &out->columns, &out->count, err)) ||
           error_within(err, "--columns");
}

static bool write_result(const struct query_args *args, const struct query_result *result,
                         struct output_options *options, struct selection selection,
                         struct arena *arena, struct error *err)
{
    if (args->count) {
        printf("%zu\n", result->count);
        return true;
    }
    if (args->announcements)
        return write_announcements(result, options, selection, arena, err);
    options->columns = selection.columns;
    options->column_count = selection.count;
    return output_write(options, result->rows, result->count, stdout, err);
}

static bool query_run_command(struct invocation *invocation, struct error *err)
{
    const struct query_args *args = invocation->args;
    struct arena            *arena = invocation->arena;
    struct query_spec        spec = {
               .sort = args->sort,
               .unit = args->announcements ? QUERY_ANNOUNCEMENTS : QUERY_MENTIONS,
               .limit = args->limit.is_given ? args->limit.value : SIZE_MAX,
    };
    struct output_options options;
    struct query_rules    rules;
    struct query_result   result;
    struct selection      selection;
    struct ledger         ledger;
    struct query         *query;

    if (args->announcements && args->mentions)
        return error_set(err, ERROR_USAGE, "--announcements and --mentions exclude each other");
    for (size_t i = 0; i < QUERY_FIELDS; i++)
        spec.terms[i] = args->terms[i];
    if (!display_options(&args->display, &options, err) ||
        !parse_columns(args, arena, &selection, err) ||
        !load_rules(&spec, &invocation->files, arena, &rules, err) ||
        !query_build(&spec, &rules, arena, &query, err))
        return false;

    ledger_init(&ledger, arena);
    if (!ledger_load(&ledger, invocation->ledger, true, err))
        return false;
    ledger_sort(&ledger);
    query_run(query, ledger.rows, ledger.count, arena, &result);
    if (result.found == 0)
        invocation->status = STATUS_NO_MATCH;
    return write_result(args, &result, &options, selection, arena, err);
}

const struct command command_query = {
    .name = "query",
    .operands = "",
    .operand_count = OPERANDS_NONE,
    .summary = "Selects rows or announcements of the ledger",
    .details =
        "An option given twice means \"or\", different options mean \"and\". Each condition,\n"
        "from --actor to --announcement, has a twin that excludes: --not-actor NAME.\n"
        "Names match without case, accents or punctuation, by whole words, and by the\n"
        "other names of the same actor. A date known only by its month matches any day\n"
        "of it.\n",
    .options = query_options,
    .args_size = sizeof(struct query_args),
    .run = query_run_command,
};
