/* block.c - from lines to blocks: title, headings, and what stands below them. */
#include "aitrack/arena.h"
#include "aitrack/unicode.h"
#include "layout_internal.h"

enum {
    LONGEST_HEADING = 160, /* bytes */
    LONGEST_TITLE = 250,
    TITLE_BLOCKS = 16, /* the title is among the first blocks */
    TITLE_WORDS = 4,   /* a shorter line is the title only where no longer one follows */
};

/* What a block is before its neighbours are looked at. */
struct draft {
    uint8_t kind; /* enum line_kind */
    bool    after_gap;
};

static uint32_t last_character(struct str text)
{
    size_t size;

    while (text.len > 0) {
        uint32_t last = unicode_before(text, text.len, &size);

        if (last != ' ' && last != '"' && last != ')' && last != 0xBB && last != 0x201D)
            return last;
        text.len -= size;
    }
    return 0;
}

/* A full stop that more text follows: "Reste la question. Qui paiera ?" */
static bool has_inner_stop(struct str text)
{
    size_t at = 0, size;

    while ((at = str_find(text, STR(". "), at)) != STR_NONE) {
        at += 2;
        if (at < text.len && unicode_is_upper(unicode_at(text, at, &size)))
            return true;
    }
    return false;
}

static size_t count_words(struct str text)
{
    size_t words = 0;

    for (size_t i = 0; i < text.len; i++)
        words += text.ptr[i] != ' ' && (i == 0 || text.ptr[i - 1] == ' ');
    return words;
}

static struct str block_text(const struct layout *l, size_t block)
{
    return text_slice(l->text, l->text->blocks[block].span);
}

/* May the block be the heading of what follows? */
static bool is_short(const struct layout *l, const struct draft *drafts, size_t block)
{
    struct str text = block_text(l, block);
    uint32_t   last = last_character(text);

    if (drafts[block].kind == KIND_NUMBER) /* the point after the number is no full stop */
        text = str_slice(text, str_find_char(text, ' ', 0), text.len);
    return (drafts[block].kind == KIND_PLAIN || drafts[block].kind == KIND_NUMBER) &&
           text.len <= LONGEST_HEADING && last != '.' && last != ';' && last != ',' &&
           last != 0x2026 && !has_inner_stop(text);
}

static bool may_be_title(const struct layout *l, const struct draft *drafts, size_t block)
{
    struct str text = block_text(l, block);
    uint32_t   last = last_character(text), first;
    size_t     size;

    first = unicode_at(text, 0, &size);
    return drafts[block].kind == KIND_PLAIN && text.len <= LONGEST_TITLE && last != '.' &&
           last != ';' && last != ',' && last != ':' &&
           !(unicode_is_letter(first) && !unicode_is_upper(first));
}

static bool is_apart(uint8_t kind)
{
    return kind == KIND_FURNITURE || kind == KIND_DATELINE;
}

/* The block of the title, or the number of blocks. Above it may stand labels, the section's
 * path, the date, a letterhead. */
static size_t find_title(const struct layout *l, const struct draft *drafts, struct str given_title)
{
    size_t count = l->text->block_count, title = count, last = count;
    size_t looked_at = count < TITLE_BLOCKS ? count : TITLE_BLOCKS;

    for (size_t i = 0; i < looked_at; i++) {
        struct str text = block_text(l, i);

        /* The title of a page often has the name of the site behind it. */
        if (given_title.len > 0 && count_words(text) >= TITLE_WORDS &&
            str_starts_with(given_title, text))
            return i;
    }
    while (last > 0 && is_apart(drafts[last - 1].kind))
        last--;
    for (size_t i = 0; i < looked_at && i + 1 < last; i++) {
        if (is_apart(drafts[i].kind) || drafts[i].kind == KIND_LABEL)
            continue;
        if (!may_be_title(l, drafts, i)) {
            if (is_short(l, drafts, i)) /* a stray word, a section in lower case */
                continue;
            break;
        }
        if (count_words(block_text(l, i)) >= TITLE_WORDS)
            return i;
        if (title == count && count_words(block_text(l, i)) > 1)
            title = i;
    }
    return title;
}

static enum block_kind kind_of_block(const struct layout *l, const struct draft *drafts,
                                     size_t block)
{
    size_t count = l->text->block_count, next = block + 1;
    bool   leads;

    switch (drafts[block].kind) {
    case KIND_FURNITURE:
        return BLOCK_FURNITURE;
    case KIND_DATELINE:
        return BLOCK_DATELINE;
    case KIND_LABEL:
        return BLOCK_HEADING;
    case KIND_TABLE:
        return BLOCK_TABLE;
    case KIND_BULLET:
        return BLOCK_BULLET;
    default:
        break;
    }
    while (next < count && is_apart(drafts[next].kind))
        next++;
    leads = next < count && (drafts[next].kind == KIND_BULLET || drafts[next].kind == KIND_TABLE);
    if (drafts[block].kind == KIND_NUMBER)
        return leads && is_short(l, drafts, block) ? BLOCK_HEADING : BLOCK_BULLET;
    if (next == count || !is_short(l, drafts, block))
        return BLOCK_PARAGRAPH;
    if (leads)
        return BLOCK_HEADING;
    /* The last of several short lines, with an empty line below it, is of their kind. */
    if (block > 0 && !drafts[block].after_gap && drafts[block + 1].after_gap &&
        is_short(l, drafts, block - 1))
        return BLOCK_PARAGRAPH;
    if (drafts[next].kind == KIND_NUMBER || !is_short(l, drafts, next) ||
        last_character(block_text(l, next)) == ':')
        return BLOCK_HEADING;
    /* The first of several short lines: "Calendrier" above dates, "Lire aussi" above titles. */
    if (drafts[block].after_gap && next == block + 1 && !drafts[next].after_gap)
        return BLOCK_HEADING;
    return BLOCK_PARAGRAPH;
}

void block_build(struct layout *l, struct str given_title, uint32_t **content)
{
    struct text  *text = l->text;
    struct draft *drafts = ARENA_ARRAY(l->arena, struct draft, l->count);
    uint32_t      heading = UINT32_MAX;
    size_t        title;

    text->blocks = ARENA_ARRAY(l->arena, struct block, l->count);
    *content = ARENA_ARRAY(l->arena, uint32_t, l->count);
    for (size_t i = 0; i < l->count; i++) {
        const struct line *line = &l->lines[i];
        bool               row =
            i > 0 && line->kind == KIND_TABLE && !line->after_gap && line[-1].kind == KIND_TABLE;
        size_t block = text->block_count;

        if (line->joined || row) {
            text->blocks[block - 1].span.end = line->end;
            continue;
        }
        text->blocks[block].span = (struct span){ line->start, line->end };
        drafts[block] = (struct draft){ line->kind, line->after_gap };
        (*content)[block] = line->content;
        text->block_count++;
    }
    title = find_title(l, drafts, given_title);
    for (size_t i = 0; i < text->block_count; i++) {
        struct block *block = &text->blocks[i];

        block->kind = i == title ? BLOCK_TITLE : kind_of_block(l, drafts, i);
        block->heading = heading;
        if (block->kind == BLOCK_TITLE || block->kind == BLOCK_HEADING)
            heading = (uint32_t)i;
    }
    text->title = title < text->block_count ? block_text(l, title) : given_title;
}
