/* charset.h - bytes in any encoding -> UTF-8. The only user of iconv(3). */
#ifndef AITRACK_CHARSET_H
#define AITRACK_CHARSET_H

#include <stdbool.h>
#include "aitrack/error.h"
#include "aitrack/str.h"

struct arena;

struct decoded {
    struct str  text;     /* valid UTF-8 without byte order mark; the input itself if it can be */
    const char *encoding; /* the name of the encoding found or forced: "UTF-8" */
    size_t      replaced; /* byte sequences that became U+FFFD */
};

/* FORCED: an encoding's name (--encoding), or NULL to detect it: UTF-8 where valid (with or
 * without BOM), UTF-16 by its BOM, else Windows-1252. A NUL byte in what is no UTF-16 is an
 * error ("not a text"), so is an unknown FORCED name. */
bool charset_decode(struct arena *arena, struct str bytes, const char *forced, struct decoded *out,
                    struct error *err);

#endif
