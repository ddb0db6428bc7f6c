/* rule_file.h - rules: blocks of "key value" lines, separated by empty lines.
 *
 *     # a comment
 *     define   digits   \d{1,3}+(?: \d{3})*+
 *
 *     rule     money.scaled
 *     pattern  (?<number>@{digits}) (?<scale>@{scales}) @{of}(?<currency>@{currencies})\b
 *     accepts  Il promet 109 milliards d'euros.  -> 109000000000 EUR
 *     refuses  On y compte 109 milliards d'étoiles.
 *
 * A line whose first character after blanks is # is a comment. Any other line that begins with
 * blanks continues the value of the line before it (joined with one space). "@{name}" in the
 * value of the keys `pattern` and `define` is replaced by the definition of that name, in a
 * group (?:...); definitions come from `define` lines above it in the same file or from the
 * caller. A block begins with its first key (`rule`); every block needs at least one `accepts`
 * and one `refuses`. A key may be repeated. Unknown keys, keys without a value, unknown names
 * and a second block of the same name are refused with file and line.
 */
#ifndef AITRACK_RULE_FILE_H
#define AITRACK_RULE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include "aitrack/data_files.h"
#include "aitrack/error.h"
#include "aitrack/str.h"

struct arena;

struct rule_line {
    size_t     line;
    struct str key;
    struct str value; /* @{...} replaced in `pattern` and `define` */
};

/* An example: a text and what is expected of it, cut at the last " -> " ("" where there is
 * none), in `refuses` as well. */
struct rule_example {
    size_t     line;
    struct str text;
    struct str expected;
};

struct rule {
    const char          *file;
    size_t               line;
    struct str           name;
    struct rule_line    *lines; /* all but rule, accepts and refuses */
    size_t               line_count;
    struct rule_example *accepts;
    size_t               accept_count;
    struct rule_example *refuses;
    size_t               refuse_count;
};

/* A name that patterns of a file may use: "scales" -> "milliards?|millions?". A value from the
 * caller is put in as it is. */
struct definition {
    struct str name;
    struct str value;
};

struct rule_file {
    const char  *file;
    struct rule *rules; /* in the order of the file */
    size_t       count;
};

/* Reads data file PATH. KEYS (NULL-terminated) are the keys allowed besides rule, define,
 * accepts and refuses. */
bool rule_file_load(const struct data_files *files, const char *path, const char *const *keys,
                    const struct definition *given, size_t given_count, struct arena *arena,
                    struct rule_file *out, struct error *err);

/* The value of KEY in RULE; "" where it has none. */
struct str rule_value(const struct rule *rule, const char *key);

/* "FILE:LINE: rule NAME: MESSAGE"; always false. */
bool rule_error(const struct rule *rule, struct error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Quotes WORDS as literal alternatives for a pattern, longest first (a, b+c -> "b\+c|a"),
 * each once; blanks and # are quoted too, for PATTERN_EXTENDED. No words: "(?!)", which matches
 * nowhere. */
struct str rule_alternatives(struct arena *arena, struct str_list words);

#endif
