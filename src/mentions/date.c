/* date.c - the calendar: days, months and years of the proleptic Gregorian calendar. */
#include "aitrack/date.h"

#include <stdio.h>

#include "date_internal.h"

#define DAYS_OF_ERA 146097 /* 400 years */
#define EPOCH_SHIFT 719468 /* days from 0000-03-01 to 1970-01-01 */

bool date_is_known(struct date d)
{
    return d.year != 0;
}

int date_month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
        return 29;
    return days[month - 1];
}

bool date_exists(int year, int month, int day)
{
    if (year < 1 || year > 9999 || month < 0 || month > 12 || day < 0)
        return false;
    return day == 0 || (month != 0 && day <= date_month_days(year, month));
}

struct date date_make(int year, int month, int day)
{
    return (struct date){ (int16_t)year, (uint8_t)month, (uint8_t)day };
}

void date_format(struct date d, char out[DATE_TEXT])
{
    if (!date_is_known(d))
        out[0] = '\0';
    else if (d.month == 0)
        snprintf(out, DATE_TEXT, "%04u", (unsigned)d.year % 10000);
    else if (d.day == 0)
        snprintf(out, DATE_TEXT, "%04u-%02u", (unsigned)d.year % 10000, (unsigned)d.month % 100);
    else
        snprintf(out, DATE_TEXT, "%04u-%02u-%02u", (unsigned)d.year % 10000,
                 (unsigned)d.month % 100, (unsigned)d.day % 100);
}

/* Takes COUNT digits off *TEXT. */
static bool take_digits(struct str *text, size_t count, int *out)
{
    int64_t value;

    if (text->len < count || text->ptr[0] == '-' ||
        !str_to_int64(str_slice(*text, 0, count), &value))
        return false;
    *out = (int)value;
    *text = str_slice(*text, count, text->len);
    return true;
}

static bool take_dash(struct str *text)
{
    if (text->len == 0 || text->ptr[0] != '-')
        return false;
    *text = str_slice(*text, 1, text->len);
    return true;
}

bool date_parse_iso(struct str text, struct date *out)
{
    int  year, month = 0, day = 0;
    bool is_day = false;

    if (!take_digits(&text, 4, &year))
        return false;
    if (take_dash(&text)) {
        if (!take_digits(&text, 2, &month) || month == 0)
            return false;
        if (take_dash(&text)) {
            if (!take_digits(&text, 2, &day) || day == 0)
                return false;
            is_day = true;
        }
    }
    if (text.len && !(is_day && (text.ptr[0] == 'T' || text.ptr[0] == ' ')))
        return false;
    if (!date_exists(year, month, day))
        return false;
    *out = date_make(year, month, day);
    return true;
}

/* Counts from 1 March, so that the leap day is the last of its year; eras of 400 years make
 * the divisions exact (the method of Howard Hinnant's "chrono-compatible date algorithms"). */
int32_t date_to_days(struct date d)
{
    int32_t month = d.month ? d.month : 1;
    int32_t day = d.day ? d.day : 1;
    int32_t year = d.year - (month <= 2);
    int32_t era = (year >= 0 ? year : year - 399) / 400;
    int32_t yoe = year - era * 400;
    int32_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

    return era * DAYS_OF_ERA + doe - EPOCH_SHIFT;
}

struct date date_from_days(int32_t days)
{
    int32_t shifted = days + EPOCH_SHIFT;
    int32_t era = (shifted >= 0 ? shifted : shifted - (DAYS_OF_ERA - 1)) / DAYS_OF_ERA;
    int32_t doe = shifted - era * DAYS_OF_ERA;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t mp = (5 * doy + 2) / 153;
    int32_t month = mp + (mp < 10 ? 3 : -9);

    return date_make(yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1);
}

int date_weekday(struct date d)
{
    int32_t shifted = (date_to_days(d) + 3) % 7; /* 1970-01-01 was a Thursday */

    return (int)(shifted < 0 ? shifted + 7 : shifted) + 1;
}

int date_compare(struct date a, struct date b)
{
    if (!date_is_known(a) || !date_is_known(b))
        return date_is_known(b) - date_is_known(a);
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

bool date_covers(struct date wide, struct date d)
{
    if (!date_is_known(wide) || wide.year != d.year)
        return false;
    if (wide.month == 0)
        return true;
    return wide.month == d.month && (wide.day == 0 || wide.day == d.day);
}

struct date date_add_months(struct date d, int months)
{
    int month = d.year * 12 + (d.month ? d.month - 1 : 0) + months;
    int day = d.day;

    if (month < 12 || month >= 9999 * 12)
        return (struct date){ 0 };
    if (day > date_month_days(month / 12, month % 12 + 1))
        day = date_month_days(month / 12, month % 12 + 1);
    return date_make(month / 12, month % 12 + 1, day);
}

int32_t date_last_day(struct date d)
{
    if (d.month == 0)
        return date_to_days(date_make(d.year, 12, 31));
    if (d.day == 0)
        return date_to_days(date_make(d.year, d.month, date_month_days(d.year, d.month)));
    return date_to_days(d);
}
