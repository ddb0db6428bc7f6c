/* token.c - cuts a sentence into words, numbers and signs. */
#include "aitrack/token.h"

#include "aitrack/arena.h"
#include "aitrack/unicode.h"

static bool is_word_part(uint32_t point)
{
    return unicode_is_letter(point) || unicode_is_digit(point) || unicode_is_mark(point);
}

/* Does a word go on through the sign at AT? "start-up", "R&D", "C.E.A.", "1,5", "Data4". */
static bool joins(struct str text, size_t at, size_t end, bool number)
{
    size_t   size, after;
    uint32_t next;
    char     sign = text.ptr[at];

    after = at + 1;
    if (after >= end)
        return false;
    next = unicode_at(text, after, &size);
    if (number)
        return (sign == ',' || sign == '.') && unicode_is_digit(next);
    if (sign == '-' || sign == '&' || sign == '_')
        return is_word_part(next);
    if (sign == '.') /* initials ("J.-C.") and names such as "Booking.com" */
        return unicode_is_letter(next) || next == '-';
    return false;
}

static size_t word_end(struct str text, size_t at, size_t end, bool number)
{
    while (at < end) {
        size_t   size;
        uint32_t point = unicode_at(text, at, &size);

        if (is_word_part(point))
            at += size;
        else if (joins(text, at, end, number))
            at += 1;
        else if (!number && point == '\'') {
            uint32_t next = at + 1 < end ? unicode_at(text, at + 1, &size) : ' ';

            return is_word_part(next) || next == ' ' ? at + 1 : at; /* elision */
        } else
            break;
    }
    return at;
}

static void describe(struct str text, struct arena *arena, struct token *token)
{
    struct str raw = str_slice(text, token->span.start, token->span.end);
    size_t     letters = 0, upper = 0, size;

    for (size_t i = 0; i < raw.len; i += size) {
        uint32_t point = unicode_at(raw, i, &size);

        if (!unicode_is_letter(point))
            continue;
        letters++;
        if (unicode_is_upper(point))
            upper++;
        if (letters == 1)
            token->capital = upper == 1;
    }
    token->shout = letters >= 2 && upper == letters;
    token->lower = unicode_lower(arena, raw);
    if (token->kind != TOKEN_SIGN)
        token->key = unicode_name_key(arena, raw);
}

void token_split(struct str text, struct span span, struct arena *arena, struct token_list *out)
{
    size_t capacity = 0;

    *out = (struct token_list){ 0 };
    for (size_t at = span.start; at < span.end;) {
        size_t        size;
        uint32_t      point = unicode_at(text, at, &size);
        struct token *token;
        size_t        end;

        if (point == ' ' || point == '\n') {
            at += size;
            continue;
        }
        token = ARRAY_PUSH(arena, out->items, out->count, capacity);
        *token = (struct token){ .kind = TOKEN_SIGN };
        end = at + size;
        if (unicode_is_digit(point)) {
            token->kind = TOKEN_NUMBER;
            end = word_end(text, at, span.end, true);
        } else if (is_word_part(point)) {
            token->kind = TOKEN_WORD;
            end = word_end(text, at, span.end, false);
        }
        token->span = (struct span){ (uint32_t)at, (uint32_t)end };
        describe(text, arena, token);
        at = end;
    }
}
