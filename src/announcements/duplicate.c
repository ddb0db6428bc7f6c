/* duplicate.c - which rows report the same announcement.
 *
 * Two rows tell the same announcement when their sums, currencies and principal parties are
 * the same. The key of a row depends on the row alone, so that the result is the same for any
 * order of rows and any split of a ledger.
 */
#include "aitrack/engine.h"

#include "aitrack/arena.h"
#include "aitrack/hash.h"
#include "aitrack/map.h"
#include "aitrack/unicode.h"

/* The party by which an announcement is known: who gets the money, else who pays, else who
 * says so. */
static struct str principal(const struct row *row)
{
    if (row->recipient.count > 0)
        return row->recipient.items[0];
    if (row->investor.count > 0)
        return row->investor.items[0];
    return row->announcer.count > 0 ? row->announcer.items[0] : STR("");
}

static struct str announcement_of(const struct row *row, struct arena *arena)
{
    char       amount[DECIMAL_TEXT], amount_max[DECIMAL_TEXT] = "";
    struct str party = unicode_name_key(arena, principal(row));
    struct str parts[5];

    if (!row->has_amount || party.len == 0)
        return row->id;
    decimal_format(row->amount, amount);
    if (row->has_amount_max)
        decimal_format(row->amount_max, amount_max);
    parts[0] = str_from(amount);
    parts[1] = str_from(amount_max);
    parts[2] = row->currency;
    parts[3] = party;
    parts[4] = str_equal(row->kind, STR("valuation")) ? row->kind : STR("");
    return hash_id(arena, parts, 5);
}

/* Rows of one announcement are shares of one whole: the least id where their texts differ, so
 * that the order of rows does not matter. */
static void share_wholes(struct row *rows, size_t count, struct arena *arena)
{
    struct map *first = map_new(arena, count); /* announcement -> a row with the whole of all */
    uint32_t    known;

    for (size_t i = 0; i < count; i++) {
        if (rows[i].part_of.len == 0 || str_equal(rows[i].part_of, rows[i].announcement))
            continue;
        if (!map_find(first, rows[i].announcement, &known) ||
            str_compare(rows[i].part_of, rows[known].part_of) < 0)
            map_put(first, rows[i].announcement, (uint32_t)i);
    }
    for (size_t i = 0; i < count; i++)
        if (map_find(first, rows[i].announcement, &known))
            rows[i].part_of = rows[known].part_of;
}

void engine_link(struct row *rows, size_t count, struct arena *arena)
{
    struct map *old = map_new(arena, count); /* former announcement -> row */

    for (size_t i = 0; i < count; i++)
        map_put(old, rows[i].announcement, (uint32_t)i);
    struct str *linked = ARENA_ARRAY(arena, struct str, count);
    for (size_t i = 0; i < count; i++)
        linked[i] = announcement_of(&rows[i], arena);
    for (size_t i = 0; i < count; i++) {
        uint32_t whole;

        if (rows[i].part_of.len > 0 && map_find(old, rows[i].part_of, &whole))
            rows[i].part_of = linked[whole];
    }
    for (size_t i = 0; i < count; i++)
        rows[i].announcement = linked[i];
    share_wholes(rows, count, arena);
}
