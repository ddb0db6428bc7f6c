/* nearest.h - the name that a mistyped one was meant to be. */
#ifndef AITRACK_NEAREST_H
#define AITRACK_NEAREST_H

#include <stddef.h>
#include "aitrack/str.h"

struct nearest {
    struct str  given;
    size_t      distance;
    const char *name; /* the best offer so far, or NULL where none is near */
};

/* To find the nearest name: init, then offer each known name; of equals the first wins. */
void nearest_init(struct nearest *nearest, struct str given);
void nearest_offer(struct nearest *nearest, const char *name);

#endif
