/* speaker.c - gives the figures of a quotation the speaker to whom the text attributes it, which
 * may be sentences away: « First. Second », a dit X. */
#include "analysis_internal.h"

#include "aitrack/arena.h"
#include "aitrack/unicode.h"

#define QUOTE_OPEN 0x00AB
#define QUOTE_CLOSE 0x00BB
#define QUOTE_OPEN_ENGLISH 0x201C
#define QUOTE_CLOSE_ENGLISH 0x201D

/* The quotation that is open at AT within BLOCK, its marks included; a mark that is never
 * closed holds until the block's end. False where none is. */
static bool quotation_at(struct str text, struct span block, uint32_t at, struct span *out)
{
    bool   open = false;
    size_t size;

    *out = block;
    for (size_t i = block.start; i < block.end; i += size) {
        uint32_t point = unicode_at(text, i, &size);

        if (!open && i >= at)
            return false;
        if (point == QUOTE_OPEN || point == QUOTE_OPEN_ENGLISH) {
            if (!open)
                out->start = (uint32_t)i;
            open = true;
        } else if (point == QUOTE_CLOSE || point == QUOTE_CLOSE_ENGLISH) {
            open = false;
            out->end = (uint32_t)(i + size);
            if (i >= at)
                return true;
        }
    }
    out->end = block.end;
    return open;
}

/* Binds DRAFT's announcer by what a rule finds in SENTENCE: one of those for a speaker's turn, or
 * one of the others. */
static bool ask_sentence(struct analysis *a, uint32_t sentence, bool turn, struct draft *draft)
{
    const struct cascade *cascade = a->engine->cascade;

    for (size_t r = 0; r < cascade->speaker_count && sentence < a->text.sentence_count; r++) {
        struct draft asked = { .sentence = sentence, .figure = REF_NONE };

        if (cascade->speakers[r].turn != turn ||
            !first_rule_apply(a, &cascade->speakers[r], 1, &asked))
            continue;
        draft->announcer = asked.announcer;
        return asked.announcer.count > 0;
    }
    return false;
}

void speakers_bind(struct analysis *a, struct draft_list *drafts)
{
    for (size_t i = 0; i < drafts->count; i++) {
        struct draft       *draft = &drafts->items[i];
        const struct block *block = &a->text.blocks[a->text.sentences[draft->sentence].block];
        struct span         quotation;

        if (draft->figure == REF_NONE || draft->announcer.count > 0)
            continue;
        if (quotation_at(a->text.folded, block->span, draft->span.start, &quotation) &&
            (ask_sentence(a, text_sentence_at(&a->text, quotation.end - 1), false, draft) ||
             ask_sentence(a, text_sentence_at(&a->text, quotation.start), false, draft)))
            continue;
        ask_sentence(a, block->first_sentence, true, draft);
    }
}
