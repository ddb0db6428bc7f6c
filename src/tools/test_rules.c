/* test_rules.c - build-time program: runs the examples that every rule in data/ carries.
 *
 *     test_rules [FOLDER]        FOLDER in place of the embedded data/
 *
 * Writes a line for each example that fails and at the end "N passed, N failed". */
#include <stdio.h>

#include "aitrack/arena.h"
#include "aitrack/data_files.h"
#include "aitrack/engine.h"
#include "aitrack/error.h"
#include "aitrack/pattern.h"

int main(int argc, char **argv)
{
    struct data_files files = { argc > 1 ? argv[1] : NULL };
    struct error      err = { .kind = ERROR_NONE };
    struct arena     *arena = arena_open();
    struct engine    *engine = engine_open(&files, arena, &err);
    size_t            passed = 0, failed = 0;

    if (engine) {
        engine_test_rules(engine, matcher_new(arena), arena, stdout, &passed, &failed);
    } else {
        printf("%s\n", err.text); /* a rule file that cannot be read fails the run */
        failed = 1;
    }
    printf("%zu passed, %zu failed\n", passed, failed);
    arena_close(arena);
    return failed ? 1 : 0;
}
