/* arena.h - memory that is released all at once.
 *
 * Whoever allocates takes an arena; nobody outside src/base/ calls malloc or free.
 * Two lifetimes are usual: `run` (rules, ledger) and `document` (text, mentions),
 * which is rewound after each document. An arena belongs to one thread.
 */
#ifndef AITRACK_ARENA_H
#define AITRACK_ARENA_H

#include <stddef.h>

struct arena;

/* Where an arena stood; see arena_rewind. */
struct arena_mark {
    void  *block;
    size_t used;
};

/* A new empty arena. Out of memory ends the program with status 70. */
struct arena *arena_open(void);

/* Runs the cleanups (newest first) and releases everything. NULL is allowed. */
void arena_close(struct arena *arena);

/* SIZE bytes, zeroed, aligned for any object; never NULL. SIZE 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);

/* COUNT objects of SIZE bytes each; an overflow of the product ends the program. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A block of NEW_SIZE bytes that begins with the OLD_SIZE bytes at OLD (which may be NULL):
 * in place where OLD is the newest allocation, else a copy. The room behind them is zeroed. */
void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size);

/* Calls CLEANUP(OBJECT) when the arena is closed or rewound past this point:
 * for objects of libraries (compiled patterns, JSON trees). */
void arena_on_close(struct arena *arena, void (*cleanup)(void *object), void *object);

struct arena_mark arena_mark(const struct arena *arena);

/* Releases all that was allocated since MARK; runs the cleanups registered since. */
void arena_rewind(struct arena *arena, struct arena_mark mark);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))

/* Makes room for one more element in a growing array ITEMS of COUNT elements with room for
 * CAPACITY (all three are lvalues) and yields a pointer to the new last element. */
#define ARRAY_PUSH(arena, items, count, capacity)                                                  \
    ((count) == (capacity)                                                                         \
         ? ((items) = arena_grow((arena), (items), (capacity) * sizeof *(items),                   \
                                 ((capacity) ? 2 * (capacity) : 8) * sizeof *(items)),             \
            (capacity) = (capacity) ? 2 * (capacity) : 8, &(items)[(count)++])                     \
         : &(items)[(count)++])

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#endif
