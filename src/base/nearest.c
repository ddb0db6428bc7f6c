/* nearest.c - edit distance between what was typed and the names that exist. */
#include "aitrack/nearest.h"

#include <string.h>

enum { LONGEST_NAME = 63 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, replacements and swaps of neighbours that lead from A to B (optimal
 * string alignment); both at most LONGEST_NAME bytes. */
static size_t edit_distance(struct str a, struct str b)
{
    size_t  rows[3][LONGEST_NAME + 1] = { { 0 } };
    size_t *before = rows[0], *last = rows[1], *now = rows[2];

    for (size_t j = 0; j <= b.len; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *spare = before;

        now[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            bool is_same = a.ptr[i - 1] == b.ptr[j - 1];

            now[j] = smaller(smaller(last[j], now[j - 1]) + 1, last[j - 1] + !is_same);
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
                now[j] = smaller(now[j], before[j - 2] + 1);
        }
        before = last;
        last = now;
        now = spare;
    }
    return last[b.len];
}

void nearest_init(struct nearest *nearest, struct str given)
{
    /* Half of the letters may be wrong; from the third on, a short name is another name. */
    *nearest = (struct nearest){ .given = given, .distance = smaller(given.len / 2, 4) + 1 };
}

void nearest_offer(struct nearest *nearest, const char *name)
{
    struct str candidate = str_from(name);
    size_t     distance;

    if (nearest->given.len == 0 || nearest->given.len > LONGEST_NAME ||
        candidate.len > LONGEST_NAME)
        return;
    if (str_starts_with(candidate, nearest->given))
        distance = 0; /* "rec" is on its way to "recipient" */
    else
        distance = edit_distance(nearest->given, candidate);
    if (distance < nearest->distance) {
        nearest->distance = distance;
        nearest->name = name;
    }
}
