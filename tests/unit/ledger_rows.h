/* ledger_rows.h - rows for the tests of the ledger and of its output. */
#ifndef AITRACK_LEDGER_ROWS_H
#define AITRACK_LEDGER_ROWS_H

#include "aitrack/ledger.h"

static inline struct str_list one_name(const char *name)
{
    static struct str room[64];
    static size_t     used;

    used = (used + 1) % 64;
    room[used] = str_from(name);
    return (struct str_list){ &room[used], 1 };
}

/* A row that fills most columns; DIGIT makes its id. */
static inline struct row sample_row(char digit, const char *date, const char *source,
                                    int64_t offset)
{
    static char ids[128][21];
    char       *id = ids[(unsigned char)digit % 128];
    struct row  row = { .offset = offset, .line = 3, .length = 21 };

    for (int i = 0; i < 20; i++)
        id[i] = digit;
    row.id = str_from(id);
    row.date = str_from(date);
    row.announcer = one_name("Ministère de l'Économie");
    row.recipient = one_name("Société Exemple");
    row.figure = STR("1,5 Md€");
    row.has_amount = true;
    row.amount = (struct decimal){ 1500000000, 0 };
    row.bound = STR("exact");
    row.currency = STR("EUR");
    row.kind = STR("investment");
    row.status = STR("planned");
    row.subject = STR("centre de calcul, à Lyon");
    row.announcement = row.id;
    row.published = STR("2025-03-02");
    row.source = str_from(source);
    row.title = STR("Un \"grand\" projet");
    row.quote = STR("La ministre promet 1,5 milliard d'euros\npour un centre ; voilà.");
    row.rule = STR("plan.promise");
    row.confidence = (struct decimal){ 85, 2 };
    row.doc = STR("0123456789abcdef0123");
    return row;
}

#endif
