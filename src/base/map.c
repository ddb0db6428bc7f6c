/* map.c - open addressing with linear probing over XXH3; at most two thirds full. */
#include "aitrack/map.h"

#include "aitrack/arena.h"
#include "aitrack/hash.h"

struct slot {
    struct str key;
    uint32_t   hash;
    uint32_t   value;
    bool       is_used;
};

struct map {
    struct arena *arena;
    struct slot  *slots;
    size_t        size; /* a power of two */
    size_t        count;
};

struct map *map_new(struct arena *arena, size_t expected)
{
    struct map *map = ARENA_NEW(arena, struct map);

    map->arena = arena;
    map->size = 16;
    while (map->size / 3 * 2 < expected)
        map->size *= 2;
    map->slots = ARENA_ARRAY(arena, struct slot, map->size);
    return map;
}

static uint32_t key_hash(struct str key)
{
    return (uint32_t)(hash_bytes(key) >> 32);
}

/* The slot that holds KEY, or the free one where it would go. */
static struct slot *slot_of(const struct map *map, struct str key, uint32_t hash)
{
    size_t mask = map->size - 1;
    size_t at = hash & mask;

    while (map->slots[at].is_used &&
           !(map->slots[at].hash == hash && str_equal(map->slots[at].key, key)))
        at = (at + 1) & mask;
    return &map->slots[at];
}

static void map_widen(struct map *map)
{
    struct map wider = *map;

    wider.size *= 2;
    wider.slots = ARENA_ARRAY(map->arena, struct slot, wider.size);
    for (size_t i = 0; i < map->size; i++)
        if (map->slots[i].is_used)
            *slot_of(&wider, map->slots[i].key, map->slots[i].hash) = map->slots[i];
    *map = wider;
}

void map_put(struct map *map, struct str key, uint32_t value)
{
    uint32_t     hash = key_hash(key);
    struct slot *slot = slot_of(map, key, hash);

    if (!slot->is_used) {
        if (map->count >= map->size / 3 * 2) {
            map_widen(map);
            slot = slot_of(map, key, hash);
        }
        map->count++;
    }
    *slot = (struct slot){ slot->is_used ? slot->key : key, hash, value, true };
}

bool map_find(const struct map *map, struct str key, uint32_t *value)
{
    const struct slot *slot = slot_of(map, key, key_hash(key));

    if (slot->is_used && value)
        *value = slot->value;
    return slot->is_used;
}

size_t map_count(const struct map *map)
{
    return map->count;
}
