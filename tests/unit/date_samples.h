/* date_samples.h - the date rules of data/ and texts built line by line, for the date tests. */
#ifndef AITRACK_TEST_DATE_SAMPLES_H
#define AITRACK_TEST_DATE_SAMPLES_H

#include "aitrack/arena.h"
#include "aitrack/date.h"
#include "aitrack/pattern.h"

static struct arena      *arena;
static struct matcher    *matcher;
static struct date_rules *rules;

static const struct date sample_today = { 2026, 6, 30 };

static int date_samples_open(void **state)
{
    struct data_files files = { NULL };
    struct error      err = { 0 };

    (void)state;
    arena = arena_open();
    matcher = matcher_new(arena);
    if (date_rules_load(&files, arena, &rules, &err))
        return 0;
    print_error("%s\n", err.text);
    return 1;
}

static int date_samples_close(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

/* Each line of LINES is a paragraph of one sentence. */
static inline void sample_text(const char *lines, struct text *out)
{
    struct str rest = str_from(lines), line;
    uint32_t   count = 0;

    *out = (struct text){ .source = rest, .folded = rest };
    out->blocks = ARENA_ARRAY(arena, struct block, rest.len + 1);
    out->sentences = ARENA_ARRAY(arena, struct sentence, rest.len + 1);
    while (str_cut(&rest, '\n', &line)) {
        uint32_t    start = (uint32_t)(line.ptr - lines);
        struct span span = { start, start + (uint32_t)line.len };

        out->blocks[count] = (struct block){ .span = span,
                                             .kind = BLOCK_PARAGRAPH,
                                             .first_sentence = count,
                                             .sentence_count = 1,
                                             .heading = UINT32_MAX };
        out->sentences[count] = (struct sentence){ .span = span, .block = count };
        count++;
    }
    out->block_count = out->sentence_count = count;
}

static inline struct date sample_date(const char *iso)
{
    struct date d = { 0 };

    if (iso && iso[0] && !date_parse_iso(str_from(iso), &d))
        fail_msg("%s is no date", iso);
    return d;
}

#endif
