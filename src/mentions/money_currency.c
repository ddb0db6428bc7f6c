/* money_currency.c - which currency a bare name means ("francs"), and figures that name none. */
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/map.h"
#include "aitrack/unicode.h"
#include "money_internal.h"

enum {
    SENTENCE_WEIGHT = 4, /* a place in the same sentence counts for so many more, */
    BLOCK_WEIGHT = 1,    /* one in the same block */
    NEAR = 4000,         /* bytes of the block that are looked at on either side */
    FAR = 400,           /* candidates looked at in either direction */
    CONVERSION_GAP = 48, /* bytes between a figure and the bracket that converts it */
    ENOUGH_PLACES = 3,   /* a text without any currency is of the country with so many */
};

/* A place named in the text. */
struct place_hit {
    uint32_t              at;
    const struct meaning *meaning;
};

/* ------------------------------------------------------------------- places */

static const struct meaning *find_place(const struct money_words *words, struct str text)
{
    char       buffer[MONEY_LONGEST_NAME];
    struct str stem = money_lower(text, buffer);
    uint32_t   index;

    if (map_find(words->places, text, &index))
        return &words->meanings[index];
    for (size_t len = stem.len; len > 1; len--) {
        char key[MONEY_LONGEST_NAME + 1];

        memcpy(key, stem.ptr, len);
        key[len] = '*';
        if (map_find(words->places, (struct str){ key, len + 1 }, &index))
            return &words->meanings[index];
    }
    return NULL;
}

static void add_hit(struct money_scan *scan, uint32_t at, const struct meaning *meaning)
{
    for (size_t i = 0; i < meaning->count; i++)
        scan->place_counts[meaning->items[i]]++;
    *ARRAY_PUSH(scan->arena, scan->hits, scan->hit_count, scan->hit_capacity) =
        (struct place_hit){ at, meaning };
}

/* An alternation of a thousand names is slow; most words are ruled out by their first bytes. */
static bool begins_place(const struct money_words *words, struct str word)
{
    char buffer[MONEY_LONGEST_NAME];

    return map_find(words->place_heads, money_lower(str_slice(word, 0, MONEY_PLACE_HEAD), buffer),
                    NULL);
}

/* Looked up once for each text, and only where a bare name asks for it. */
static void find_places(struct money_scan *scan)
{
    const struct money_words *words = &scan->rules->words;
    struct str                folded = scan->text->folded;
    size_t                    at = 0;

    if (scan->place_counts)
        return;
    scan->place_counts = ARENA_ARRAY(scan->arena, uint32_t, words->currency_count);
    while (at < folded.len) {
        size_t       end = money_word_end(folded, at), size = 1;
        struct match match;

        if (end == at) {
            if (folded.ptr[at] & 0x80)
                unicode_at(folded, at, &size);
            at += size;
            continue;
        }
        if (begins_place(words, str_slice(folded, at, end)) &&
            pattern_find(scan->matcher, words->place, folded, at, &match) == PATTERN_FOUND) {
            const struct meaning *meaning = find_place(words, match_text(&match, folded, 0));

            if (meaning)
                add_hit(scan, (uint32_t)at, meaning);
            end = match.end[0] > end ? match.end[0] : end;
        }
        at = end;
    }
}

static bool means(const struct meaning *meaning, int currency)
{
    for (size_t i = 0; i < meaning->count; i++)
        if (meaning->items[i] == currency)
            return true;
    return false;
}

/* The first hit at or behind offset AT. */
static size_t first_hit(const struct money_scan *scan, uint32_t at)
{
    size_t low = 0, high = scan->hit_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (scan->hits[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* How strongly the places near CANDIDATE speak for CURRENCY. */
static uint32_t score(const struct money_scan *scan, const struct candidate *candidate,
                      int currency)
{
    const struct stretch *stretch = &scan->stretches[candidate->stretch];
    struct span           block = scan->text->blocks[stretch->block].span;
    uint32_t              start = stretch->span.start, end = stretch->span.end;
    uint32_t              sum = scan->place_counts[currency];

    block.start = start > block.start + NEAR ? start - NEAR : block.start;
    block.end = block.end > end + NEAR ? end + NEAR : block.end;
    for (size_t i = first_hit(scan, block.start);
         i < scan->hit_count && scan->hits[i].at < block.end; i++) {
        uint32_t at = scan->hits[i].at;

        if (means(scan->hits[i].meaning, currency))
            sum += at >= start && at < end ? SENTENCE_WEIGHT : BLOCK_WEIGHT;
    }
    return sum;
}

static bool is_full_name(const struct candidate *candidate, const struct meaning *family)
{
    return candidate->meaning && candidate->meaning->count == 1 &&
           candidate->verdict != VERDICT_NONE && means(family, candidate->meaning->items[0]);
}

bool money_has_support(struct money_scan *scan, const struct meaning *meaning)
{
    for (size_t i = 0; i < scan->count && i < FAR; i++)
        if (is_full_name(&scan->items[i], meaning))
            return true;
    find_places(scan);
    for (size_t m = 0; m < meaning->count; m++)
        if (scan->place_counts[meaning->items[m]])
            return true;
    return false;
}

/* --------------------------------------------------------------- bare names */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Does TEXT name a year from 1900 to LAST? */
static bool names_year(struct str text, int last)
{
    for (size_t i = 0; i + 4 <= text.len; i++) {
        int year = 0;

        for (size_t d = 0; d < 4 && year >= 0; d++)
            year = is_digit(text.ptr[i + d]) ? year * 10 + (text.ptr[i + d] - '0') : -1;
        if (year >= 1900 && year <= last && (i == 0 || !is_digit(text.ptr[i - 1])) &&
            (i + 4 == text.len || !is_digit(text.ptr[i + 4])))
            return true;
    }
    return false;
}

static bool is_old_franc(const struct currency *currency)
{
    return strcmp(currency->code, "FRF") == 0;
}

/* Was CURRENCY in use when, or about when, CANDIDATE speaks? */
static bool is_in_use(const struct money_scan *scan, const struct candidate *candidate,
                      const struct currency *currency)
{
    if (currency->until == 0 || (scan->is_old_franc && is_old_franc(currency)))
        return true;
    if (scan->published.year && scan->published.year <= currency->until)
        return true;
    return names_year(money_stretch_text(scan, candidate->stretch), currency->until);
}

bool money_is_of_its_time(const struct money_scan *scan, const struct meaning *meaning)
{
    for (size_t i = 0; i < meaning->count; i++)
        if (scan->published.year &&
            scan->published.year <= scan->rules->words.currencies[meaning->items[i]].until)
            return true;
    return false;
}

/* Does another figure of the text spell ITEM out, by a name that means nothing else, or by one
 * that others share in a text that names its places? */
static bool is_spelled_out(struct money_scan *scan, int item)
{
    for (size_t i = 0; i < scan->count && i < FAR; i++) {
        const struct candidate *other = &scan->items[i];

        if (!other->meaning || other->is_letter || other->is_subunit ||
            !means(other->meaning, item))
            continue;
        if (other->meaning->count == 1)
            return true;
        find_places(scan);
        if (scan->place_counts[item] >= ENOUGH_PLACES - 1)
            return true;
    }
    return false;
}

bool money_is_in_use(struct money_scan *scan, const struct candidate *candidate)
{
    for (size_t i = 0; i < candidate->meaning->count; i++) {
        int                    item = candidate->meaning->items[i];
        const struct currency *currency = &scan->rules->words.currencies[item];

        if (currency->until || candidate->meaning->count == 1 ? is_in_use(scan, candidate, currency)
                                                              : is_spelled_out(scan, item))
            return true;
    }
    return false;
}

/* The full name of the family that stands nearest: before CANDIDATE, else after it. */
static int nearest_full_name(const struct money_scan *scan, size_t index)
{
    const struct meaning *family = scan->items[index].meaning;

    for (size_t i = index; i-- > 0 && index - i <= FAR;)
        if (is_full_name(&scan->items[i], family))
            return scan->items[i].meaning->items[0];
    for (size_t i = index + 1; i < scan->count && i - index <= FAR; i++)
        if (is_full_name(&scan->items[i], family))
            return scan->items[i].meaning->items[0];
    return NO_INDEX;
}

/* Does a figure of an earlier sentence than that of the one at INDEX spell ITEM out ("dollars
 * canadiens")? In one sentence the two are set against each other. */
static bool is_named_before(const struct money_scan *scan, size_t index, int item)
{
    const struct meaning *family = scan->items[index].meaning;

    for (size_t i = index; i-- > 0 && index - i <= FAR;)
        if (scan->items[i].stretch != scan->items[index].stretch &&
            is_full_name(&scan->items[i], family) && scan->items[i].meaning->items[0] == item)
            return true;
    return false;
}

/* Does the sentence of CANDIDATE name a place of ITEM? */
static bool is_placed_beside(const struct money_scan *scan, const struct candidate *candidate,
                             int item)
{
    struct span span = scan->stretches[candidate->stretch].span;

    for (size_t i = first_hit(scan, span.start); i < scan->hit_count && scan->hits[i].at < span.end;
         i++)
        if (means(scan->hits[i].meaning, item))
            return true;
    return false;
}

/* "dollars": another country's only where its places outnumber all others and what the first one
 * resists. A text without any place of the first one's or of the euro's needs one place less, if
 * the sentence names one of them, or if the text has spelled the other one out. */
static int decide_with_prior(const struct money_scan *scan, size_t index)
{
    const struct candidate *candidate = &scan->items[index];
    const struct currency  *currencies = scan->rules->words.currencies;
    int                     first = candidate->meaning->items[0], best = first;
    uint32_t                prior = (uint32_t)currencies[first].prior, most, against;
    bool                    is_strong = prior > 1, is_alone;

    /* Places of the euro speak against a third country's dollar as well. */
    against = is_strong ? scan->place_counts[first] + scan->place_counts[0]
                        : score(scan, candidate, first);
    is_alone = is_strong && against == 0 && !is_named_before(scan, index, first);
    most = prior + against;
    for (size_t i = 1; i < candidate->meaning->count; i++) {
        int      item = candidate->meaning->items[i];
        uint32_t value = is_strong ? scan->place_counts[item] : score(scan, candidate, item);

        if (is_alone && value && is_named_before(scan, index, item))
            value += prior;
        else if (is_alone && is_placed_beside(scan, candidate, item))
            value++;
        if (value > most) {
            best = item;
            most = value;
        }
    }
    return best;
}

/* Does the sentence of CANDIDATE name a place of its family? */
static bool has_place_beside(const struct money_scan *scan, const struct candidate *candidate)
{
    for (size_t m = 0; m < candidate->meaning->count; m++) {
        int item = candidate->meaning->items[m];

        if (is_in_use(scan, candidate, &scan->rules->words.currencies[item]) &&
            is_placed_beside(scan, candidate, item))
            return true;
    }
    return false;
}

/* ITEM where more places near CANDIDATE speak for it than for BEST, which may be NO_INDEX. */
static int better_placed(const struct money_scan *scan, const struct candidate *candidate, int item,
                         int best)
{
    uint32_t least = best == NO_INDEX ? 0 : score(scan, candidate, best);

    return score(scan, candidate, item) > least ? item : best;
}

/* "francs", "couronnes": the nearest full name, unless the sentence itself names a place; else
 * the places, else a currency of that time, else the first. */
static int decide_by_places(const struct money_scan *scan, size_t index)
{
    const struct candidate *candidate = &scan->items[index];
    const struct currency  *currencies = scan->rules->words.currencies;
    int                     best = NO_INDEX, oldest = NO_INDEX;
    uint32_t                most = 0;

    if (!has_place_beside(scan, candidate))
        best = nearest_full_name(scan, index);
    if (best != NO_INDEX)
        return best;
    for (size_t i = 0; i < candidate->meaning->count; i++) {
        int      item = candidate->meaning->items[i];
        uint32_t value;

        if (!is_in_use(scan, candidate, &currencies[item]))
            continue;
        value = 2 * score(scan, candidate, item) + (currencies[item].until != 0);
        if (best == NO_INDEX || value > most) {
            best = item;
            most = value;
        }
    }
    /* No place speaks for any of them: an old currency of the places that are named. */
    for (size_t i = 0; most == 0 && i < candidate->meaning->count; i++)
        oldest = better_placed(scan, candidate, candidate->meaning->items[i], oldest);
    if (oldest != NO_INDEX)
        return oldest;
    return best == NO_INDEX ? candidate->meaning->items[0] : best;
}

static int decide(struct money_scan *scan, size_t index)
{
    const struct candidate *candidate = &scan->items[index];
    const struct currency  *first;

    if (candidate->meaning->count == 1)
        return candidate->meaning->items[0];
    find_places(scan);
    first = &scan->rules->words.currencies[candidate->meaning->items[0]];
    if (first->prior == 0)
        return decide_by_places(scan, index);
    if (candidate->is_prefixed)
        return candidate->meaning->items[0];
    if (first->prior == 1) {
        int named = nearest_full_name(scan, index);

        if (named != NO_INDEX)
            return named;
    }
    return decide_with_prior(scan, index);
}

/* -------------------------------------------------------------- conversions */

static bool is_money(const struct candidate *candidate)
{
    return candidate->verdict == VERDICT_MONEY;
}

/* "(environ 7 milliards d'euros)" closely behind a figure in another currency. */
static bool is_conversion(const struct money_scan *scan, const struct candidate *figure,
                          const struct candidate *candidate)
{
    struct str   subject = money_stretch_text(scan, candidate->stretch);
    size_t       base = scan->stretches[candidate->stretch].span.start;
    size_t       from = figure->span.end - base, at = candidate->whole.start - base;
    size_t       end = candidate->whole.end - base;
    struct match match;
    struct str   between = str_slice(subject, from, at);

    if (figure->stretch != candidate->stretch || from > at || between.len > CONVERSION_GAP ||
        figure->currency == candidate->currency || candidate->is_elliptic)
        return false;
    while (end < subject.len && subject.ptr[end] == ' ')
        end++;
    return end < subject.len && subject.ptr[end] == ')' &&
           pattern_find(scan->matcher, scan->rules->words.converts, between, 0, &match) ==
               PATTERN_FOUND;
}

static void mark_conversions(struct money_scan *scan)
{
    const struct candidate *last = NULL;

    for (size_t i = 0; i < scan->count; i++) {
        struct candidate *candidate = &scan->items[i];

        if (!is_money(candidate))
            continue;
        candidate->is_converted = candidate->currency != NO_INDEX && last &&
                                  last->currency != NO_INDEX &&
                                  is_conversion(scan, last, candidate);
        if (!candidate->is_converted)
            last = candidate;
    }
}

/* --------------------------------------------------------- no name of its own */

/* "70 centimes": of the currency that the text counts in. */
static bool is_shared_subunit(const struct candidate *candidate)
{
    return candidate->is_subunit && candidate->meaning->count > 1;
}

/* May CANDIDATE lend its currency? */
static bool lends(const struct candidate *candidate)
{
    return is_money(candidate) && candidate->meaning && !candidate->is_converted &&
           !is_shared_subunit(candidate);
}

static bool same_amount(const struct candidate *a, const struct candidate *b)
{
    return decimal_compare(a->low, b->low) == 0 && a->is_range == b->is_range && a->power >= 6 &&
           decimal_compare(a->high, b->high) == 0;
}

/* One digit and zeros: such sums are the same by chance. */
static bool is_round(struct decimal amount)
{
    while (amount.digits >= 10 && amount.digits % 10 == 0)
        amount.digits /= 10;
    return amount.digits < 10;
}

/* How the candidates around one are searched for a currency, in this order. */
enum reach {
    SAME_SENTENCE,
    SAME_AMOUNT,
    SENTENCE_AFTER,
    SAME_BLOCK,
    SAME_ROUND_AMOUNT,
    BLOCK_BEFORE,
    BLOCK_AFTER
};

/* Is block A the one before B, with no heading between them? */
static bool follows(const struct money_scan *scan, uint32_t a, uint32_t b)
{
    return a + 1 == b && scan->text->blocks[a].kind == BLOCK_PARAGRAPH &&
           scan->text->blocks[b].kind == BLOCK_PARAGRAPH;
}

static bool reaches(const struct money_scan *scan, enum reach reach, size_t from, size_t to)
{
    const struct candidate *a = &scan->items[from], *b = &scan->items[to];
    bool same_block = scan->stretches[a->stretch].block == scan->stretches[b->stretch].block;

    switch (reach) {
    case SAME_SENTENCE:
    case SENTENCE_AFTER:
        return a->stretch == b->stretch;
    case SAME_AMOUNT:
        return same_amount(a, b) && !is_round(a->low);
    case SAME_ROUND_AMOUNT:
        return same_amount(a, b);
    case BLOCK_BEFORE:
        return follows(scan, scan->stretches[b->stretch].block, scan->stretches[a->stretch].block);
    default:
        return same_block;
    }
}

static int search(const struct money_scan *scan, size_t index, enum reach reach)
{
    bool before = reach != SENTENCE_AFTER && reach != BLOCK_AFTER;
    bool after = reach == SENTENCE_AFTER || reach == BLOCK_AFTER || reach == SAME_AMOUNT ||
                 reach == SAME_ROUND_AMOUNT;

    for (size_t i = index; before && i-- > 0 && index - i <= FAR;)
        if (lends(&scan->items[i]) && reaches(scan, reach, index, i))
            return scan->items[i].currency;
    for (size_t i = index + 1; after && i < scan->count && i - index <= FAR; i++)
        if (lends(&scan->items[i]) && reaches(scan, reach, index, i))
            return scan->items[i].currency;
    return NO_INDEX;
}

/* The currency that most figures of the text name; the first of several. */
static int dominant(struct money_scan *scan)
{
    size_t  count = scan->rules->words.currency_count, most = 0;
    size_t *figures = ARENA_ARRAY(scan->arena, size_t, count);
    int     best = NO_INDEX;

    for (size_t i = 0; i < scan->count; i++)
        if (lends(&scan->items[i]))
            figures[scan->items[i].currency]++;
    for (size_t i = 0; i < scan->count; i++) {
        int currency = scan->items[i].currency;

        if (lends(&scan->items[i]) && figures[currency] > most) {
            most = figures[currency];
            best = currency;
        }
    }
    return best;
}

/* The currency of the country that the text is about, where it names none. */
static int currency_of_places(struct money_scan *scan)
{
    const struct money_words *words = &scan->rules->words;
    uint32_t                  most;
    int                       best = 0;

    find_places(scan);
    most = scan->place_counts[0];
    if (most < ENOUGH_PLACES - 1)
        most = ENOUGH_PLACES - 1;
    for (size_t i = 1; i < words->currency_count; i++)
        if (!words->currencies[i].until && scan->place_counts[i] > most) {
            best = (int)i;
            most = scan->place_counts[i];
        }
    return best;
}

/* A headline speaks of what follows it. */
static int currency_below(const struct money_scan *scan, size_t index, enum block_kind kind)
{
    uint32_t block = scan->stretches[scan->items[index].stretch].block;

    if (scan->text->blocks[block].kind != kind)
        return NO_INDEX;
    for (size_t i = index + 1; i < scan->count && i - index <= FAR; i++)
        if (lends(&scan->items[i]))
            return scan->items[i].currency;
    return NO_INDEX;
}

/* What stands behind the sentence, unless before it stand euros and the text counts in them,
 * OTHERWISE: it is the money of the country that texts leave unnamed. */
static int search_around(const struct money_scan *scan, size_t index, int otherwise)
{
    int before = search(scan, index, BLOCK_BEFORE), after = search(scan, index, BLOCK_AFTER);

    return after == NO_INDEX || (before == 0 && before == otherwise) ? before : after;
}

static int borrow(struct money_scan *scan, size_t index, int otherwise)
{
    int currency = search(scan, index, SAME_SENTENCE);

    if (currency == NO_INDEX) /* sooner than the same amount, which may be another's */
        currency = currency_below(scan, index, BLOCK_HEADING);
    for (int reach = 0; reach < BLOCK_BEFORE && currency == NO_INDEX; reach++)
        currency = search(scan, index, (enum reach)reach);
    if (currency == NO_INDEX)
        currency = search_around(scan, index, otherwise);
    if (currency == NO_INDEX)
        currency = currency_below(scan, index, BLOCK_TITLE);
    return currency == NO_INDEX ? otherwise : currency;
}

/* Does FRANCS make EUROS at 6.55957, or about that much? */
static bool is_franc_rate(struct decimal francs, struct decimal euros)
{
    struct decimal low, high;

    return decimal_multiply(euros, (struct decimal){ 64, 1 }, &low) &&
           decimal_multiply(euros, (struct decimal){ 672, 2 }, &high) &&
           decimal_compare(francs, low) >= 0 && decimal_compare(francs, high) <= 0;
}

/* "15 millions de francs, soit 2,3 millions d'euros": only the French franc makes so few. */
static void find_old_francs(struct money_scan *scan)
{
    const struct currency *currencies = scan->rules->words.currencies;

    for (size_t i = 0; i + 1 < scan->count && !scan->is_old_franc; i++) {
        const struct candidate *a = &scan->items[i], *b = a + 1;

        if (!is_money(a) || !is_money(b) || a->stretch != b->stretch || !a->meaning ||
            !b->meaning || b->span.start > a->span.end + CONVERSION_GAP)
            continue;
        for (size_t m = 0; m < a->meaning->count && b->meaning->items[0] == 0; m++)
            scan->is_old_franc |=
                is_old_franc(&currencies[a->meaning->items[m]]) && is_franc_rate(a->low, b->low);
        for (size_t m = 0; m < b->meaning->count && a->meaning->items[0] == 0; m++)
            scan->is_old_franc |=
                is_old_franc(&currencies[b->meaning->items[m]]) && is_franc_rate(b->low, a->low);
    }
}

void money_find_currencies(struct money_scan *scan)
{
    int otherwise;

    find_old_francs(scan);
    for (size_t i = 0; i < scan->count; i++)
        if (is_money(&scan->items[i]) && scan->items[i].meaning &&
            !is_shared_subunit(&scan->items[i]))
            scan->items[i].currency = decide(scan, i);
    mark_conversions(scan);
    otherwise = dominant(scan);
    for (size_t i = 0; i < scan->count; i++) {
        struct candidate *candidate = &scan->items[i];

        if (!is_money(candidate) || candidate->currency != NO_INDEX || candidate->donor != NO_INDEX)
            continue;
        if (otherwise == NO_INDEX)
            otherwise = currency_of_places(scan);
        candidate->currency = borrow(scan, i, otherwise);
        if (candidate->meaning && !means(candidate->meaning, candidate->currency))
            candidate->currency = candidate->meaning->items[0];
    }
    mark_conversions(scan);
}
