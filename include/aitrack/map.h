/* map.h - a hash table from texts to 32-bit numbers (indexes into the caller's arrays). */
#ifndef AITRACK_MAP_H
#define AITRACK_MAP_H

#include <stdbool.h>
#include <stdint.h>
#include "aitrack/str.h"

struct arena;

struct map; /* keys are not copied: they must outlive the map */

struct map *map_new(struct arena *arena, size_t expected);

/* Sets KEY to VALUE, replacing an older value. */
void map_put(struct map *map, struct str key, uint32_t value);

/* False, and *VALUE untouched, where KEY is unknown. VALUE may be NULL. */
bool   map_find(const struct map *map, struct str key, uint32_t *value);
size_t map_count(const struct map *map);

#endif
