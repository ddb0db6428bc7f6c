/* embedded_internal.h - the files of data/ compiled into the binary (src/tools/embed_data.c
 * writes the definitions at build time). */
#ifndef AITRACK_RULES_EMBEDDED_INTERNAL_H
#define AITRACK_RULES_EMBEDDED_INTERNAL_H

#include <stddef.h>

struct embedded_file {
    const char          *path; /* relative to data/: "lexicons/actors.tsv" */
    const unsigned char *bytes;
    size_t               length;
};

extern const struct embedded_file embedded_files[]; /* sorted by path, as strcmp */
extern const size_t               embedded_file_count;

#endif
