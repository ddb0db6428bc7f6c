/* data_files.h - the tables and rules in data/: the bytes compiled into the binary, or a
 * folder that replaces them (--data DIR). */
#ifndef AITRACK_DATA_FILES_H
#define AITRACK_DATA_FILES_H

#include <stdbool.h>
#include "aitrack/error.h"
#include "aitrack/str.h"

struct arena;

struct data_files {
    const char *folder; /* NULL: the embedded files */
};

/* The bytes of the file PATH relative to data/ ("lexicons/actors.tsv"), valid UTF-8 without
 * byte order mark and NUL. Errors are ERROR_DATA and name the file, bad UTF-8 its line too.
 * *SHOWN is the name to use in messages ("data/lexicons/actors.tsv", or "DIR/lexicons/..."). */
bool data_files_read(const struct data_files *files, const char *path, struct arena *arena,
                     struct str *text, const char **shown, struct error *err);

/* The paths of all data files that end with SUFFIX (".rules"), sorted; in a folder those in
 * its folders too, but for hidden ones (".x") and links to folders. */
bool data_files_list(const struct data_files *files, const char *suffix, struct arena *arena,
                     struct str_list *paths, struct error *err);

#endif
