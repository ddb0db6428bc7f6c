/* json.c - JSON values over cJSON.
 *
 * A parsed tree is mirrored by nodes that know their children by index: cJSON keeps children
 * in a list, where reading an array of 100,000 rows by index would take 5 * 10^9 steps. */
#include "aitrack/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/strbuf.h"

struct json {
    cJSON        *node;
    struct arena *arena;    /* of a value that is being built */
    struct json  *children; /* of a parsed value */
    size_t        count;
    bool          is_owned; /* by a parent: the arena does not release it */
};

static void release_tree(void *node)
{
    cJSON_Delete(node);
}

static void release_built(void *value)
{
    struct json *json = value;

    if (!json->is_owned)
        cJSON_Delete(json->node);
}

/* As deep as cJSON parses: CJSON_NESTING_LIMIT, 1000. */
static void mirror(struct arena *arena, cJSON *node, struct json *out)
{
    size_t i = 0;

    *out = (struct json){ .node = node, .is_owned = true };
    for (const cJSON *child = node->child; child; child = child->next)
        out->count++;
    if (out->count)
        out->children = ARENA_ARRAY(arena, struct json, out->count);
    for (cJSON *child = node->child; child; child = child->next)
        mirror(arena, child, &out->children[i++]);
}

static bool is_hex(struct str digits)
{
    for (size_t i = 0; i < digits.len; i++)
        if (!strchr("0123456789abcdefABCDEF", digits.ptr[i]))
            return false;
    return digits.len == 4;
}

/* Looks at the \uXXXX of TEXT, which cJSON reads carelessly: wrong digits count as zero, and
 * a zero ends the string. An escaped NUL becomes U+FFFD, which takes the same room, so that
 * what stands behind it is not lost. False, with the place in *BAD, where digits are wrong. */
static bool mend_escapes(char *text, size_t len, size_t *bad)
{
    struct str s = { text, len };
    size_t     at = 0;

    while ((at = str_find_char(s, '\\', at)) != STR_NONE) {
        struct str digits = str_slice(s, at + 2, at + 6);

        if (str_starts_with(str_slice(s, at, len), STR("\\u"))) {
            if (!is_hex(digits)) {
                *bad = at;
                return false;
            }
            if (str_equal(digits, STR("0000")))
                memcpy(text + at + 2, "fffd", 4);
        }
        at += 2; /* behind the escaped character, which may be a backslash */
    }
    return true;
}

bool json_parse(struct arena *arena, struct str text, const struct json **out, struct error *err)
{
    /* cJSON 1.7.15 reads beyond a text that does not end with a NUL (CVE-2023-53154), so it
     * gets a copy that does. */
    char        *copy = arena_alloc(arena, text.len + 1);
    const char  *end = NULL;
    size_t       bad = str_find_char(text, '\0', 0);
    cJSON       *node;
    struct json *json;

    if (bad != STR_NONE)
        return error_set(err, ERROR_INPUT, "not JSON: a NUL at byte %zu", bad);
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    if (!mend_escapes(copy, text.len, &bad))
        return error_set(err, ERROR_INPUT, "not JSON from byte %zu on", bad);

    node = cJSON_ParseWithLengthOpts(copy, text.len + 1, &end, false);
    if (!node)
        return error_set(err, ERROR_INPUT, "not JSON from byte %zu on",
                         end ? (size_t)(end - copy) : 0);
    arena_on_close(arena, release_tree, node);
    end += strspn(end, " \t\r\n");
    if ((size_t)(end - copy) < text.len)
        return error_set(err, ERROR_INPUT, "something follows the JSON value at byte %zu",
                         (size_t)(end - copy));
    json = ARENA_NEW(arena, struct json);
    mirror(arena, node, json);
    *out = json;
    return true;
}

enum json_type json_type(const struct json *value)
{
    if (cJSON_IsBool(value->node))
        return JSON_BOOL;
    if (cJSON_IsNumber(value->node))
        return JSON_NUMBER;
    if (cJSON_IsString(value->node))
        return JSON_STRING;
    if (cJSON_IsArray(value->node))
        return JSON_ARRAY;
    if (cJSON_IsObject(value->node))
        return JSON_OBJECT;
    return JSON_NULL;
}

const struct json *json_member(const struct json *object, const char *name)
{
    if (!cJSON_IsObject(object->node))
        return NULL;
    for (size_t i = 0; i < object->count; i++)
        if (strcmp(object->children[i].node->string, name) == 0)
            return &object->children[i];
    return NULL;
}

size_t json_count(const struct json *array_or_object)
{
    return array_or_object->count;
}

const struct json *json_at(const struct json *array_or_object, size_t index)
{
    return index < array_or_object->count ? &array_or_object->children[index] : NULL;
}

struct str json_name(const struct json *member)
{
    return str_from(member->node->string);
}

struct str json_string(const struct json *value)
{
    return str_from(cJSON_GetStringValue(value->node));
}

/* Fifteen significant digits survive a double and the way back; a value that needs more may
 * have been another number in the file. */
bool json_decimal(const struct json *number, struct decimal *out)
{
    double         value = cJSON_IsNumber(number->node) ? number->node->valuedouble : -1;
    char           text[64];
    struct str     digits;
    size_t         exponent_at;
    int64_t        exponent = 0;
    struct decimal mantissa;

    if (!isfinite(value) || value < 0)
        return false;
    snprintf(text, sizeof text, "%.15g", value + 0.0); /* -0 is 0 */
    if (strtod(text, NULL) < value || strtod(text, NULL) > value)
        return false;

    digits = str_from(text);
    exponent_at = str_find_char(digits, 'e', 0); /* "1e+15", "2.5e-07" */
    if (exponent_at != STR_NONE) {
        struct str power = str_slice(digits, exponent_at + 1, digits.len);

        if (str_starts_with(power, STR("+")))
            power = str_slice(power, 1, power.len);
        if (!str_to_int64(power, &exponent))
            return false;
        digits = str_slice(digits, 0, exponent_at);
    }
    /* The mantissa may have 14 decimals, more than a decimal holds: its point is taken out. */
    {
        size_t point = str_find_char(digits, '.', 0);
        size_t kept = 0;

        if (point != STR_NONE)
            exponent -= (int64_t)(digits.len - point - 1);
        for (size_t i = 0; i < digits.len; i++)
            if (i != point)
                text[kept++] = text[i];
        digits.len = kept;
    }
    return decimal_parse(digits, &mantissa) && decimal_scale(mantissa, (int)exponent, out);
}

static struct json *built(struct arena *arena, cJSON *node)
{
    struct json *json = ARENA_NEW(arena, struct json);

    ENSURE(node, "no memory for JSON");
    json->node = node;
    json->arena = arena;
    arena_on_close(arena, release_built, json);
    return json;
}

struct json *json_new_object(struct arena *arena)
{
    return built(arena, cJSON_CreateObject());
}

struct json *json_new_array(struct arena *arena)
{
    return built(arena, cJSON_CreateArray());
}

static void add_node(struct json *object, const char *name, cJSON *node)
{
    ENSURE(node && cJSON_AddItemToObject(object->node, name, node), "no memory for JSON");
}

/* A JSON string of VALUE; a NUL in it becomes U+FFFD, as on the way in. */
static cJSON *string_node(struct arena *arena, struct str value)
{
    struct arena_mark mark = arena_mark(arena);
    struct strbuf     buf = strbuf_in(arena);
    struct str        piece;
    cJSON            *node;

    if (str_find_char(value, '\0', 0) == STR_NONE) {
        strbuf_add(&buf, value);
    } else {
        while (str_cut(&value, '\0', &piece)) {
            strbuf_add(&buf, piece);
            if (value.ptr)
                strbuf_add(&buf, STR("\xEF\xBF\xBD"));
        }
    }
    strbuf_add_char(&buf, '\0');
    node = cJSON_CreateString(buf.ptr);
    arena_rewind(arena, mark);
    return node;
}

void json_add_string(struct json *object, const char *name, struct str value)
{
    add_node(object, name, string_node(object->arena, value));
}

void json_add_strings(struct json *object, const char *name, struct str_list values)
{
    cJSON *array = cJSON_CreateArray();

    add_node(object, name, array);
    for (size_t i = 0; i < values.count; i++) {
        cJSON *item = string_node(object->arena, values.items[i]);

        ENSURE(item && cJSON_AddItemToArray(array, item), "no memory for JSON");
    }
}

void json_add_number(struct json *object, const char *name, const char *plain_number)
{
    add_node(object, name, cJSON_CreateRaw(plain_number));
}

void json_add_null(struct json *object, const char *name)
{
    add_node(object, name, cJSON_CreateNull());
}

void json_add_bool(struct json *object, const char *name, bool value)
{
    add_node(object, name, cJSON_CreateBool(value));
}

void json_add_value(struct json *object, const char *name, struct json *child)
{
    ENSURE(!child->is_owned, "a JSON value added twice");
    add_node(object, name, child->node);
    child->is_owned = true;
}

void json_append(struct json *array, struct json *child)
{
    ENSURE(!child->is_owned, "a JSON value added twice");
    ENSURE(cJSON_AddItemToArray(array->node, child->node), "no memory for JSON");
    child->is_owned = true;
}

struct str json_print(struct arena *arena, const struct json *value)
{
    char      *text = cJSON_PrintUnformatted(value->node);
    struct str copy;

    ENSURE(text, "no memory for JSON");
    copy = str_copy(arena, str_from(text));
    cJSON_free(text);
    return copy;
}
