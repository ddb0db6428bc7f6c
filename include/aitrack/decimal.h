/* decimal.h - exact decimal numbers: amounts of money never pass through a double. */
#ifndef AITRACK_DECIMAL_H
#define AITRACK_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>
#include "aitrack/str.h"

/* digits / 10^decimals, normalised: no trailing zero behind the point, so equal numbers have
 * equal fields. 1.45 is {145, 2}; 109 milliards is {109000000000, 0}. */
struct decimal {
    int64_t digits;   /* never negative */
    uint8_t decimals; /* 0 to 9 */
};

#define DECIMAL_TEXT 24 /* room for any decimal in plain notation, with its NUL */

/* All of TEXT as plain digits with at most one point ("109000000000", "3.50"); false leaves
 * *OUT alone: no digit, another character, more than 18 digits or 9 decimals. */
bool decimal_parse(struct str text, struct decimal *out);

/* number * 10^power (power may be negative); false on overflow. */
bool decimal_scale(struct decimal number, int power, struct decimal *out);
bool decimal_add(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *out);

int  decimal_compare(struct decimal a, struct decimal b); /* <0, 0, >0 */
bool decimal_is_zero(struct decimal a);

/* Plain notation with a point, no exponent, no trailing zeros: "1.45", "109000000000". */
void decimal_format(struct decimal number, char out[DECIMAL_TEXT]);

#endif
