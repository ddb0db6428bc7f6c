/* arena.c - blocks that grow, chained newest first. */
#include "aitrack/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aitrack/error.h"

/* An object of a library and how it is released. The records live in the arena itself. */
struct cleanup {
    struct cleanup *older;
    void (*release)(void *object);
    void             *object;
    struct arena_mark place; /* the arena when the record had been made */
};

static void out_of_memory(void) __attribute__((noreturn));

/* The one place where running out of memory ends the program. */
static void out_of_memory(void)
{
    fputs("aitrack: out of memory\n", stderr);
    _Exit(70);
}

#ifndef ARENA_MALLOC

enum { FIRST_BLOCK = 1 << 16, LARGEST_USUAL_BLOCK = 1 << 22 };

/* Bytes from `dirty` on have not been used since calloc made the block and are still zero, so
 * that a large allocation touches no page before its owner does. */
struct block {
    struct block *older;
    size_t        size;
    size_t        used;
    size_t        dirty;
    max_align_t   bytes[];
};

struct arena {
    struct block   *newest;
    struct block   *spare; /* one emptied block, kept for the next document */
    struct cleanup *cleanups;
};

static unsigned char *block_bytes(struct block *block)
{
    return (unsigned char *)block->bytes;
}

static struct block *block_new(size_t size)
{
    struct block *block;

    if (size > SIZE_MAX - sizeof *block || !(block = calloc(1, sizeof *block + size)))
        out_of_memory();
    block->size = size;
    return block;
}

static void add_block(struct arena *arena, size_t needed)
{
    struct block *block = arena->spare;

    if (block && block->size >= needed) {
        arena->spare = NULL;
    } else {
        size_t size = arena->newest ? arena->newest->size * 2 : FIRST_BLOCK;

        if (size > LARGEST_USUAL_BLOCK)
            size = LARGEST_USUAL_BLOCK;
        block = block_new(size < needed ? needed : size);
    }
    block->older = arena->newest;
    arena->newest = block;
}

static void remove_block(struct arena *arena)
{
    struct block *block = arena->newest;

    arena->newest = block->older;
    if (block->size <= LARGEST_USUAL_BLOCK && (!arena->spare || arena->spare->size < block->size)) {
        free(arena->spare);
        arena->spare = block;
        block->used = 0;
    } else {
        free(block);
    }
}

static size_t round_up(size_t size)
{
    size_t unit = _Alignof(max_align_t);

    if (size > SIZE_MAX - unit)
        out_of_memory();
    return size ? (size + unit - 1) / unit * unit : unit;
}

/* Takes SIZE bytes at the end of BLOCK, which has the room, and zeroes them. */
static void *take(struct block *block, size_t size)
{
    unsigned char *start = block_bytes(block) + block->used;

    if (block->used < block->dirty) {
        size_t old = block->dirty - block->used;

        memset(start, 0, old < size ? old : size);
    }
    block->used += size;
    if (block->dirty < block->used)
        block->dirty = block->used;
    return start;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    size = round_up(size);
    if (!arena->newest || arena->newest->size - arena->newest->used < size)
        add_block(arena, size);
    return take(arena->newest, size);
}

void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
    struct block *block = arena->newest;
    void         *grown;

    if (old && new_size <= old_size)
        return old;
    if (old && block) {
        size_t before = round_up(old_size), after = round_up(new_size);

        /* The newest allocation ends where the block's use ends. */
        if (before <= block->used && old == block_bytes(block) + block->used - before &&
            after - before <= block->size - block->used) {
            memset((unsigned char *)old + old_size, 0, before - old_size);
            take(block, after - before);
            return old;
        }
    }
    grown = arena_alloc(arena, new_size);
    if (old && old_size)
        memcpy(grown, old, old_size);
    return grown;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){ arena->newest, arena->newest ? arena->newest->used : 0 };
}

static void release_memory(struct arena *arena, struct arena_mark mark)
{
    while (arena->newest != mark.block)
        remove_block(arena);
    if (arena->newest)
        arena->newest->used = mark.used;
}

static void release_rest(struct arena *arena)
{
    free(arena->spare);
}

/* Was PLACE reached after MARK was taken? Blocks are compared by their place in the chain. */
static bool is_since(const struct arena *arena, struct arena_mark place, struct arena_mark mark)
{
    if (place.block == mark.block)
        return place.used > mark.used;
    for (const struct block *block = arena->newest; block && block != mark.block;
         block = block->older)
        if (block == place.block)
            return true;
    return false;
}

#else /* ARENA_MALLOC: every allocation by itself, so that the sanitizers see its ends */

struct arena {
    void          **allocations;
    size_t          count;
    size_t          capacity;
    struct cleanup *cleanups;
};

void *arena_alloc(struct arena *arena, size_t size)
{
    void *memory = calloc(1, size ? size : 1);

    if (!memory)
        out_of_memory();
    if (arena->count == arena->capacity) {
        size_t capacity = arena->capacity ? arena->capacity * 2 : 64;
        void **allocations = realloc(arena->allocations, capacity * sizeof *allocations);

        if (!allocations)
            out_of_memory();
        arena->allocations = allocations;
        arena->capacity = capacity;
    }
    return arena->allocations[arena->count++] = memory;
}

void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
    void *grown;

    if (old && new_size <= old_size)
        return old;
    grown = arena_alloc(arena, new_size);
    if (old && old_size)
        memcpy(grown, old, old_size);
    return grown;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){ NULL, arena->count };
}

static void release_memory(struct arena *arena, struct arena_mark mark)
{
    while (arena->count > mark.used)
        free(arena->allocations[--arena->count]);
}

static void release_rest(struct arena *arena)
{
    free(arena->allocations);
}

static bool is_since(const struct arena *arena, struct arena_mark place, struct arena_mark mark)
{
    (void)arena;
    return place.used > mark.used;
}

#endif

struct arena *arena_open(void)
{
    struct arena *arena = calloc(1, sizeof *arena);

    if (!arena)
        out_of_memory();
    return arena;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        out_of_memory();
    return arena_alloc(arena, count * size);
}

void arena_on_close(struct arena *arena, void (*cleanup)(void *object), void *object)
{
    struct cleanup *record = ARENA_NEW(arena, struct cleanup);

    *record = (struct cleanup){ arena->cleanups, cleanup, object, arena_mark(arena) };
    arena->cleanups = record;
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    /* All the cleanups first: they may look at memory that is about to go. */
    while (arena->cleanups && is_since(arena, arena->cleanups->place, mark)) {
        struct cleanup *record = arena->cleanups;

        arena->cleanups = record->older;
        record->release(record->object);
    }
    release_memory(arena, mark);
}

void arena_close(struct arena *arena)
{
    if (!arena)
        return;
    arena_rewind(arena, (struct arena_mark){ NULL, 0 });
    release_rest(arena);
    free(arena);
}
