/* numeral.h - numbers as French writes them: groups of digits and number words. */
#ifndef AITRACK_NUMERAL_H
#define AITRACK_NUMERAL_H

#include <stdbool.h>
#include "aitrack/data_files.h"
#include "aitrack/decimal.h"
#include "aitrack/error.h"
#include "aitrack/str.h"

struct arena;
struct numerals;

/* How a word counts; see data/lexicons/numerals.tsv. */
enum numeral_kind {
    NUMERAL_UNIT,
    NUMERAL_TEEN,
    NUMERAL_TEN,
    NUMERAL_HUNDRED,
    NUMERAL_THOUSAND,
    NUMERAL_AND,
    NUMERAL_FRACTION,
    NUMERAL_COLLECTIVE,
    NUMERAL_VAGUE,
    NUMERAL_KIND_COUNT
};

/* Reads lexicons/numerals.tsv. */
bool numerals_load(const struct data_files *files, struct arena *arena, struct numerals **out,
                   struct error *err);

/* The words of KIND, in the order of the file; the list lives as long as NUMERALS. */
struct str_list numerals_words(const struct numerals *numerals, enum numeral_kind kind);

/* The value of one word of KIND (any case). */
bool numerals_word(const struct numerals *numerals, struct str word, enum numeral_kind kind,
                   struct decimal *out);

/* All of TEXT, digits or words: "1 500,5", "1.500.000", "2.5", "5'000", "deux cent cinquante
 * mille", "quatre-vingt-dix-sept". IS_SCALED: a scale word follows, so that "1,250" is 1.25 and
 * not 1250. False where it is no number or has more than 18 digits. */
bool numeral_parse(const struct numerals *numerals, struct str text, bool is_scaled,
                   struct decimal *out);

#endif
