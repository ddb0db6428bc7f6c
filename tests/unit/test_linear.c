/* test_linear.c - reading takes time in proportion to the length of the text, whatever is in
 * it: a text twice as long takes at most a little more than twice the time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "aitrack/arena.h"
#include "aitrack/date.h"
#include "aitrack/diag.h"
#include "aitrack/money.h"
#include "aitrack/pattern.h"
#include "fixture.h"

enum {
    MEASUREMENTS = 3,
    TRIES = 4,
    LEAST_MICROSECONDS = 2000, /* what is shorter is repeated: the clock is coarse */
#ifdef ARENA_MALLOC            /* the sanitizers' allocator is slower the more it holds */
    SHARE = 10,
    MOST_PER_DOUBLING = 300, /* hundredths */
#else
    SHARE = 1,
    MOST_PER_DOUBLING = 220,
#endif
};

static struct arena       *arena;
static struct money_rules *money;
static struct date_rules  *dates;
static struct text_rules  *layout;
static struct matcher     *matcher;

static bool load_data(const struct data_files *files, struct arena *in, struct error *err)
{
    matcher = matcher_new(in);
    return money_rules_load(files, in, &money, err) && date_rules_load(files, in, &dates, err) &&
           text_rules_load(files, in, &layout, err);
}

static int open_rules(void **state)
{
    (void)state;
    return fixture_open(&arena, load_data);
}

static int close_rules(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

/* ------------------------------------------------------------------- texts */

static const char prose[] =
    "Le groupe Nacre a levé 25 millions d'euros le 12 mars 2025, dont 6 millions en actions, et "
    "prévoit d'investir entre 1,2 et 1,5 milliard de dollars d'ici 2030. La région y ajoute 3,5 "
    "M€, "
    "contre 2,1 en 2023. « C'est 400 000 euros de plus par an », note la présidente.\n"
    "Sur ces 40 milliards, 15 proviendront de l'État, une vingtaine du privé ; le reste, soit "
    "2 500 000 €, sera versé en juin 2026. L'usine (deux cent cinquante mille euros) ouvrira "
    "mardi.\n\n";

static const struct {
    const char *name, *piece;
    size_t      count;
    const char *end;
} texts[] = {
    { "digits", "7", 100000, " euros" },
    { "groups of digits", "123 ", 25000, "euros" },
    { "decimals", "1,", 50000, "5 euros" },
    { "opening quotes", "«", 25000, " 3 euros" },
    { "opening quotes and blanks", "« ", 5000, "3 euros" },
    { "opening brackets", "(", 10000, "3 euros" },
    { "number words", "deux cent ", 2000, "euros" },
    { "number words and hyphens", "quatre-vingt-", 8000, "dix euros" },
    { "number words and scales", "un milliard ", 2000, "d'euros" },
    { "scales of scales", "milliards de ", 4000, "d'euros" },
    { "figures", "3 M€ et 4 ", 2000, "euros" },
    { "ranges", "de 3 à ", 3000, "5 euros" },
    { "dates", "en mars, lundi 3 à 12, ", 1000, "2025" },
    { "figures on lines", "12,5\n", 15000, "3 M€" },
    { "cells", "12,5 | 3 M€ |\n", 1500, "3 M€" },
    { "prose", prose, 80, "" },
};

static struct str repeated(size_t index, size_t times)
{
    size_t piece = strlen(texts[index].piece), end = strlen(texts[index].end);
    size_t count = texts[index].count / SHARE * times;
    char  *out = arena_alloc(arena, piece * count + end + 1);

    for (size_t i = 0; i < count; i++)
        memcpy(out + i * piece, texts[index].piece, piece);
    memcpy(out + piece * count, texts[index].end, end);
    return (struct str){ out, piece * count + end };
}

/* -------------------------------------------------------------- measurements */

static int64_t microseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void read_text(struct str source)
{
    struct arena_mark mark = arena_mark(arena);
    struct date       today = { 2025, 6, 1 };
    struct text       text;
    struct money_list figures;
    struct date_list  found;

    text_build(layout, matcher, source, STR(""), arena, &text);
    money_find(money, matcher, &text, today, "test.txt", arena, &figures);
    date_find(dates, matcher, &text, today, today, arena, &found);
    arena_rewind(arena, mark);
}

/* The shortest of some measurements of ROUNDS readings. */
static int64_t time_of(struct str source, size_t rounds)
{
    int64_t best = INT64_MAX;

    for (int i = 0; i < MEASUREMENTS; i++) {
        int64_t start = microseconds(), time;

        for (size_t r = 0; r < rounds; r++)
            read_text(source);
        time = microseconds() - start;
        if (time < best)
            best = time;
    }
    return best;
}

static bool is_linear(size_t index, struct str once, struct str twice, struct str four_times)
{
    size_t  rounds = 1;
    int64_t first = time_of(once, 1), second, fourth;

    if (first < LEAST_MICROSECONDS) {
        rounds = (size_t)(LEAST_MICROSECONDS / (first + 1)) + 1;
        first = time_of(once, rounds);
    }
    second = time_of(twice, rounds);
    fourth = time_of(four_times, rounds);
    if (second * 100 <= first * MOST_PER_DOUBLING && fourth * 100 <= second * MOST_PER_DOUBLING)
        return true;
    fprintf(stderr, "%s: %zu bytes %.1f ms, twice %.1f ms, four times %.1f ms (%zu rounds)\n",
            texts[index].name, once.len, (double)first / 1000, (double)second / 1000,
            (double)fourth / 1000, rounds);
    return false;
}

static void ignore_warning(const char *line, void *context)
{
    (void)line;
    (void)context;
}

/* A busy machine may spoil a measurement; what is not linear is so each time. */
static void test_doubling(void **state)
{
    (void)state;
    diag_redirect(ignore_warning, NULL);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct arena_mark mark = arena_mark(arena);
        struct str        once = repeated(i, 1), twice = repeated(i, 2), four = repeated(i, 4);
        int               tries = 0;

        while (tries < TRIES && !is_linear(i, once, twice, four))
            tries++;
        if (tries == TRIES)
            fail_msg("%s: more than %d.%02d times for twice the text", texts[i].name,
                     MOST_PER_DOUBLING / 100, MOST_PER_DOUBLING % 100);
        arena_rewind(arena, mark);
    }
    diag_redirect(NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_doubling),
    };

    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
