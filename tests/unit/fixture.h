/* fixture.h - what the tests of a file load once from the embedded data/ and share. */
#ifndef AITRACK_TEST_FIXTURE_H
#define AITRACK_TEST_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "aitrack/arena.h"
#include "aitrack/data_files.h"
#include "aitrack/error.h"

typedef bool fixture_load(const struct data_files *files, struct arena *in, struct error *err);

/* Opens *ARENA and lets LOAD fill it: the result of a set-up function of cmocka. */
static inline int fixture_open(struct arena **arena, fixture_load *load)
{
    struct data_files files = { NULL };
    struct error      err = { .kind = ERROR_NONE };

    *arena = arena_open();
    if (load(&files, *arena, &err))
        return 0;
    print_error("%s\n", err.text);
    return -1;
}

#endif
