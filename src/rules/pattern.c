/* pattern.c - PCRE2 with the limits and the four outcomes this program needs. */
#include "aitrack/pattern.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "aitrack/arena.h"

/* The match limit counts steps of backtracking for one start offset: honest patterns need some
 * hundreds, and a runaway one is stopped after 2 ms. PCRE2's own heap limit is 20 GB. */
enum {
    MATCH_LIMIT = 1000000,
    DEPTH_LIMIT = 100000, /* the interpreter only; the JIT has its stack instead */
    HEAP_LIMIT_KIB = 20 * 1024,
    JIT_STACK_FIRST = 32 * 1024,
    JIT_STACK_LARGEST = 1024 * 1024,
    SHOWN_SOURCE = 24 /* bytes of a bad pattern that its error shows */
};

struct pattern {
    pcre2_code     *code;
    atomic_bool    *is_ready; /* the JIT had its chance; apart, so that a pattern stays const */
    struct str_list names;    /* one for each group */
};

struct matcher {
    pcre2_match_data    *data;
    pcre2_match_context *context;
    pcre2_jit_stack     *stack; /* NULL where PCRE2 has no JIT */
};

/* For 300 patterns the compiler takes 1.6 ms and the JIT 6 ms, and a short run meets a part of
 * them only: so it works at a pattern's first match, under this lock. It always works
 * before the first match, never after some number of them: the interpreter counts the match
 * limit otherwise, and the result would depend on which thread came when. */
static pthread_mutex_t jit_lock = PTHREAD_MUTEX_INITIALIZER;

static void release_pattern(void *object)
{
    struct pattern *pattern = object;

    pcre2_code_free(pattern->code);
}

static uint32_t compile_options(unsigned options)
{
    uint32_t result = 0;

    if (options & PATTERN_BYTES) /* a "(*UTF)" in SOURCE would let the match run off the end */
        result |= PCRE2_NEVER_UTF;
    else /* \C could stop inside a character */
        result |= PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
    if (options & PATTERN_IGNORE_CASE)
        result |= PCRE2_CASELESS;
    if (options & PATTERN_EXTENDED)
        result |= PCRE2_EXTENDED;
    if (options & PATTERN_MULTILINE)
        result |= PCRE2_MULTILINE;
    if (options & PATTERN_ANCHORED)
        result |= PCRE2_ANCHORED;
    return result;
}

static bool is_inside_character(struct str s, size_t at)
{
    return at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80;
}

/* Definitions are inserted into patterns, so an offset alone would tell their author little. */
static bool compile_error(struct str source, unsigned options, int code, size_t offset,
                          struct error *err)
{
    char   words[160];
    size_t start = offset > SHOWN_SOURCE ? offset - SHOWN_SOURCE : 0;

    if (code == PCRE2_ERROR_HEAP_FAILED)
        return error_set(err, ERROR_INTERNAL, "out of memory");
    if (pcre2_get_error_message(code, (PCRE2_UCHAR *)words, sizeof words) < 0)
        words[sizeof words - 1] = '\0';
    /* Negative codes mean bad UTF-8, which a message must not repeat. */
    if (offset == 0 || code < 0 || (options & PATTERN_BYTES))
        return error_set(err, ERROR_DATA, "%s at offset %zu", words, offset);
    while (is_inside_character(source, start))
        start++;
    return error_set(err, ERROR_DATA, "%s at offset %zu, after '%s%.*s'", words, offset,
                     start ? "..." : "", STR_ARGS(str_slice(source, start, offset)));
}

static pcre2_code *compile(struct str source, unsigned options, struct error *err)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_code            *code;
    int                    why = 0;
    size_t                 offset = 0;

    if (!context) {
        error_set(err, ERROR_INTERNAL, "out of memory");
        return NULL;
    }
    /* Distributions build PCRE2 with other defaults; "." and "$" must mean the same there. */
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_set_bsr(context, PCRE2_BSR_UNICODE);
    code = pcre2_compile((PCRE2_SPTR)source.ptr, source.len, compile_options(options), &why,
                         &offset, context);
    pcre2_compile_context_free(context);
    if (!code)
        compile_error(source, options, why, offset, err);
    return code;
}

static void read_group_names(struct pattern *pattern, size_t groups, struct arena *arena)
{
    const unsigned char *entry;
    uint32_t             count, size;

    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &entry);
    pattern->names = (struct str_list){ ARENA_ARRAY(arena, struct str, groups), groups };
    for (size_t g = 0; g < groups; g++)
        pattern->names.items[g] = STR("");
    for (; count > 0; count--, entry += size) /* two bytes of number, then the name and a NUL */
        pattern->names.items[entry[0] << 8 | entry[1]] =
            str_copy(arena, str_from((const char *)entry + 2));
}

struct pattern *pattern_compile(struct arena *arena, struct str source, unsigned options,
                                struct error *err)
{
    struct pattern *pattern;
    pcre2_code     *code;
    uint32_t        captures;

    if (!source.ptr)
        source = STR("");
    /* PCRE2 takes the byte 0x85 for NEL, a blank, though in bytes it is none, and would drop
     * it without a word. */
    if ((options & PATTERN_BYTES) && (options & PATTERN_EXTENDED) &&
        str_find_char(source, '\x85', 0) != STR_NONE) {
        error_set(err, ERROR_DATA, "the byte 0x85 counts as white space: write \\x85");
        return NULL;
    }
    code = compile(source, options, err);
    if (!code)
        return NULL;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &captures);
    if (captures >= PATTERN_GROUPS) {
        pcre2_code_free(code);
        error_set(err, ERROR_DATA, "%u capture groups; at most %d are possible", (unsigned)captures,
                  PATTERN_GROUPS - 1);
        return NULL;
    }
    pattern = ARENA_NEW(arena, struct pattern);
    pattern->code = code;
    pattern->is_ready = ARENA_NEW(arena, atomic_bool);
    atomic_init(pattern->is_ready, false);
    arena_on_close(arena, release_pattern, pattern);
    read_group_names(pattern, captures + 1, arena);
    return pattern;
}

int pattern_group(const struct pattern *pattern, const char *name)
{
    struct str wanted = str_from(name);

    for (size_t g = 1; g < pattern->names.count && wanted.len; g++)
        if (str_equal(pattern->names.items[g], wanted))
            return (int)g;
    return -1;
}

struct str_list pattern_group_names(const struct pattern *pattern)
{
    return pattern->names;
}

static void release_matcher(void *object)
{
    struct matcher *matcher = object;

    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_jit_stack_free(matcher->stack);
}

struct matcher *matcher_new(struct arena *arena)
{
    struct matcher *matcher = ARENA_NEW(arena, struct matcher);

    matcher->data = pcre2_match_data_create(PATTERN_GROUPS, NULL);
    matcher->context = pcre2_match_context_create(NULL);
    ENSURE(matcher->data && matcher->context, "no memory for a matcher");
    arena_on_close(arena, release_matcher, matcher);
    pcre2_set_match_limit(matcher->context, MATCH_LIMIT);
    pcre2_set_depth_limit(matcher->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(matcher->context, HEAP_LIMIT_KIB);
    matcher->stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_LARGEST, NULL);
    if (matcher->stack)
        pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
    return matcher;
}

static void prepare(const struct pattern *pattern)
{
    if (atomic_load_explicit(pattern->is_ready, memory_order_acquire))
        return;
    pthread_mutex_lock(&jit_lock);
    if (!atomic_load_explicit(pattern->is_ready, memory_order_relaxed)) {
        /* What the JIT cannot compile, the interpreter matches. */
        (void)pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
        atomic_store_explicit(pattern->is_ready, true, memory_order_release);
    }
    pthread_mutex_unlock(&jit_lock);
}

static enum pattern_result failure(int code)
{
    switch (code) {
    case PCRE2_ERROR_NOMATCH:
        return PATTERN_ABSENT;
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_JIT_STACKLIMIT:
        return PATTERN_LIMIT;
    default:
        return PATTERN_BROKEN;
    }
}

static bool is_utf(const struct pattern *pattern)
{
    uint32_t options;

    pcre2_pattern_info(pattern->code, PCRE2_INFO_ALLOPTIONS, &options);
    return options & PCRE2_UTF;
}

enum pattern_result pattern_find(struct matcher *matcher, const struct pattern *pattern,
                                 struct str subject, size_t from, struct match *out)
{
    const size_t *ends;
    size_t        set;
    int           code;

    if (from > subject.len)
        return PATTERN_ABSENT;
    if (!subject.ptr)
        subject = STR("");
    if (is_inside_character(subject, from) && is_utf(pattern))
        return PATTERN_BROKEN; /* PCRE2 is not told to check, and would read astray */
    prepare(pattern);
    code = pcre2_match(pattern->code, (PCRE2_SPTR)subject.ptr, subject.len, from,
                       PCRE2_NO_UTF_CHECK, matcher->data, matcher->context);
    if (code <= 0)
        return failure(code);

    ends = pcre2_get_ovector_pointer(matcher->data);
    set = (size_t)code;
    out->count = pattern->names.count;
    for (size_t g = 0; g < out->count; g++) {
        bool took_part = g < set && ends[2 * g] != PCRE2_UNSET;

        out->start[g] = took_part ? ends[2 * g] : STR_NONE;
        out->end[g] = took_part ? ends[2 * g + 1] : STR_NONE;
    }
    return PATTERN_FOUND;
}

struct str match_text(const struct match *match, struct str subject, int group)
{
    if (group < 0 || (size_t)group >= match->count || match->start[group] == STR_NONE)
        return STR("");
    return str_slice(subject, match->start[group], match->end[group]);
}
