/* json.h - JSON values. The only user of cJSON.
 *
 * cJSON keeps numbers as doubles, so exact numbers are written as raw text
 * (json_add_number) and read through json_decimal, which refuses what a double rounds.
 */
#ifndef AITRACK_JSON_H
#define AITRACK_JSON_H

#include <stdbool.h>
#include "aitrack/decimal.h"
#include "aitrack/error.h"
#include "aitrack/str.h"

struct arena;
struct json; /* a value; trees are released with the arena they were parsed or made in */

enum json_type { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

/* All of TEXT as one JSON value. Errors say at which byte. An escaped NUL in a string is read
 * as U+FFFD; deeper than 1000 levels is refused. */
bool json_parse(struct arena *arena, struct str text, const struct json **out, struct error *err);

enum json_type     json_type(const struct json *value);
const struct json *json_member(const struct json *object, const char *name); /* NULL: none */
size_t             json_count(const struct json *array_or_object);
const struct json *json_at(const struct json *array_or_object, size_t index);
struct str         json_name(const struct json *member);  /* name within its object */
struct str         json_string(const struct json *value); /* "" unless a string */
bool               json_decimal(const struct json *number, struct decimal *out);

/* Building: objects and arrays own what is added to them, once. What is being built can be
 * printed; the functions above read parsed values only. */
struct json *json_new_object(struct arena *arena);
struct json *json_new_array(struct arena *arena);
void         json_add_string(struct json *object, const char *name, struct str value);
void         json_add_strings(struct json *object, const char *name, struct str_list values);
void         json_add_number(struct json *object, const char *name, const char *plain_number);
void         json_add_null(struct json *object, const char *name);
void         json_add_bool(struct json *object, const char *name, bool value);
void         json_add_value(struct json *object, const char *name, struct json *child);
void         json_append(struct json *array, struct json *child);

/* On one line; text in ARENA. */
struct str json_print(struct arena *arena, const struct json *value);

#endif
