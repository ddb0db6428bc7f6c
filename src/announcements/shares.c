/* shares.c - sums that add up to a larger one told shortly before them.
 *
 * "Un tour de 12,5 M€. Dans le détail : 9,5 M€ en capital et 3 M€ de dette." No word need say
 * that the two are shares; the addition does. Only the figures of one sentence or of one list
 * count, so that a sum hit by chance stays rare.
 */
#include "analysis_internal.h"

#include <string.h>

/* How many figures and sentences before the first share the whole may stand, and how many shares
 * may make it up: beyond that sums meet by chance. */
enum { WHOLE_REACH = 4, WHOLE_SENTENCES = 6, SHARES_MAX = 6 };

/* Rounded sums ("près de", "plus de") add up within this many percent. */
#define ROUNDING 3

static bool is_sum(const struct analysis *a, const struct draft *draft)
{
    enum bound bound;

    if (draft->figure == REF_NONE)
        return false;
    bound = a->figures.items[draft->figure].money.bound;
    return bound != BOUND_RANGE && bound != BOUND_VAGUE;
}

static const struct money *money_of(const struct analysis *a, const struct draft *draft)
{
    return &a->figures.items[draft->figure].money;
}

/* Is SUM the amount WHOLE, by ROUNDING percent where ROUNDED? */
static bool equals(struct decimal sum, struct decimal whole, bool rounded)
{
    struct decimal scaled, low, high;

    if (!rounded)
        return decimal_compare(sum, whole) == 0;
    return decimal_scale(sum, 2, &scaled) &&
           decimal_multiply(whole, (struct decimal){ 100 - ROUNDING, 0 }, &low) &&
           decimal_multiply(whole, (struct decimal){ 100 + ROUNDING, 0 }, &high) &&
           decimal_compare(scaled, low) >= 0 && decimal_compare(scaled, high) <= 0;
}

/* Do the two stand in one sentence, or in successive items of a list? */
static bool together(const struct analysis *a, const struct draft *one, const struct draft *next)
{
    uint32_t block = a->text.sentences[one->sentence].block;
    uint32_t other = a->text.sentences[next->sentence].block;

    return one->sentence == next->sentence ||
           (block + 1 == other && a->text.blocks[block].kind == BLOCK_BULLET &&
            a->text.blocks[other].kind == BLOCK_BULLET);
}

/* How many drafts from FIRST on make up the amount of WHOLE; 0: they do not. */
static size_t shares_count(const struct analysis *a, const struct draft_list *drafts,
                           const struct draft *whole, size_t first)
{
    const struct money *total = money_of(a, whole);
    bool                rounded = total->bound != BOUND_EXACT;
    struct decimal      sum = { 0 };

    for (size_t n = 0; n < SHARES_MAX && first + n < drafts->count; n++) {
        const struct draft *share = &drafts->items[first + n];
        const struct money *money;

        if (!is_sum(a, share) || (n > 0 && !together(a, share - 1, share)))
            return 0;
        money = money_of(a, share);
        if (strcmp(money->currency, total->currency) != 0 ||
            decimal_compare(money->amount, total->amount) >= 0 ||
            !decimal_add(sum, money->amount, &sum))
            return 0;
        rounded = rounded || money->bound != BOUND_EXACT;
        if (n > 0 && equals(sum, total->amount, rounded))
            return n + 1;
    }
    return 0;
}

static void bind_shares(const struct analysis *a, struct draft_list *drafts, size_t first)
{
    for (size_t back = 1; back <= WHOLE_REACH && back <= first; back++) {
        const struct draft *whole = &drafts->items[first - back];
        size_t              count;

        if (!is_sum(a, whole) || drafts->items[first].sentence - whole->sentence > WHOLE_SENTENCES)
            continue;
        count = shares_count(a, drafts, whole, first);
        for (size_t i = first; i < first + count; i++) {
            struct draft *share = &drafts->items[i];

            if (share->whole != REF_NONE && !share->whole_is_near)
                continue;
            share->whole = whole->figure;
            share->whole_rule = STR("default.adds-up");
            share->whole_is_near = false;
        }
        if (count > 0)
            return;
    }
}

void shares_bind(const struct analysis *a, struct draft_list *drafts)
{
    for (size_t i = 1; i < drafts->count; i++) {
        struct draft       *draft = &drafts->items[i];
        const struct draft *whole;

        bind_shares(a, drafts, i);
        whole = draft->whole_is_near ? draft_of(drafts, draft->whole) : NULL;
        if (whole && whole->whole != REF_NONE)
            draft->whole = whole->whole;
    }
}
