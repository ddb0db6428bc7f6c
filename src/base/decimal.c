/* decimal.c - exact decimal numbers. Products and comparisons pass through 128 bits, so that
 * only a result that does not fit is refused, never a step on the way to it. */
#include "aitrack/decimal.h"

#include <string.h>

enum { MOST_DIGITS = 18, MOST_DECIMALS = 9 };

__extension__ typedef unsigned __int128 wide;

static wide power_of_ten(int power)
{
    wide value = 1;

    while (power-- > 0)
        value *= 10;
    return value;
}

/* DIGITS / 10^DECIMALS as a normalised decimal, where it is one. */
static bool settle(wide digits, int decimals, struct decimal *out)
{
    while (decimals > 0 && digits % 10 == 0) {
        digits /= 10;
        decimals--;
    }
    if (digits == 0)
        decimals = 0;
    if (decimals > MOST_DECIMALS || digits > (wide)INT64_MAX)
        return false;
    *out = (struct decimal){ (int64_t)digits, (uint8_t)decimals };
    return true;
}

bool decimal_parse(struct str text, struct decimal *out)
{
    size_t  point = str_find_char(text, '.', 0);
    size_t  decimals = point == STR_NONE ? 0 : text.len - point - 1;
    int     count = 0; /* of digits behind the leading zeros */
    int64_t digits = 0;

    if (text.len == 0 || point == 0 || point == text.len - 1 || decimals > MOST_DECIMALS)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (i == point)
            continue;
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        if ((count || text.ptr[i] != '0') && ++count > MOST_DIGITS)
            return false;
        digits = digits * 10 + (text.ptr[i] - '0');
    }
    return settle((wide)digits, (int)decimals, out);
}

bool decimal_scale(struct decimal number, int power, struct decimal *out)
{
    wide digits = (wide)number.digits;
    int  decimals = number.decimals;

    if (digits == 0)
        return settle(0, 0, out);
    if (power > 2 * MOST_DIGITS || power < -2 * MOST_DIGITS)
        return false;
    /* Zeros at the end are dropped first: 3000 * 10^-12 has nine decimals, not twelve. */
    decimals -= power;
    if (decimals < 0) {
        if (-decimals > MOST_DIGITS)
            return false;
        digits *= power_of_ten(-decimals);
        decimals = 0;
    }
    return settle(digits, decimals, out);
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *out)
{
    int decimals = a.decimals > b.decimals ? a.decimals : b.decimals;

    return settle((wide)a.digits * power_of_ten(decimals - a.decimals) +
                      (wide)b.digits * power_of_ten(decimals - b.decimals),
                  decimals, out);
}

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *out)
{
    return settle((wide)a.digits * (wide)b.digits, a.decimals + b.decimals, out);
}

int decimal_compare(struct decimal a, struct decimal b)
{
    wide left = (wide)a.digits * power_of_ten(b.decimals);
    wide right = (wide)b.digits * power_of_ten(a.decimals);

    return (left > right) - (left < right);
}

bool decimal_is_zero(struct decimal a)
{
    return a.digits == 0;
}

void decimal_format(struct decimal number, char out[DECIMAL_TEXT])
{
    char    reversed[DECIMAL_TEXT];
    size_t  count = 0;
    size_t  length = 0;
    int64_t rest = number.digits;

    for (int place = 0; rest > 0 || place <= number.decimals; place++) {
        if (place > 0 && place == number.decimals)
            reversed[count++] = '.';
        reversed[count++] = (char)('0' + rest % 10);
        rest /= 10;
    }
    while (count > 0)
        out[length++] = reversed[--count];
    out[length] = '\0';
}
