/* file.h - whole files in and out. */
#ifndef AITRACK_FILE_H
#define AITRACK_FILE_H

#include <stdbool.h>
#include <stdio.h>
#include "aitrack/error.h"
#include "aitrack/str.h"

struct arena;

/* The bytes of the regular file (or pipe) PATH, "-" being standard input. At most LIMIT bytes;
 * a larger file is an error (0: no limit). Errors name PATH. */
bool file_read(struct arena *arena, const char *path, size_t limit, struct str *out,
               struct error *err);

/* Flushes STREAM (stdout) and says whether all that was written arrived: to be called before
 * the program claims success. A broken pipe is not an error. */
bool file_finish(FILE *stream, struct error *err);

#endif
