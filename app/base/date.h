/* Days. Everywhere in the program a day is the text `2026-11-23`; text of that form sorts as days do.
 * "Today" is base/clock.h's. Errors are XQ_BASE_ERROR, XQ_ERROR_REFUSED, in words that name what was read. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * XqDatePrecision:
 * @XQ_DATE_DAY: the day was said
 * @XQ_DATE_MONTH: only the month was said; the date is its first day
 */
typedef enum
{
  XQ_DATE_DAY,
  XQ_DATE_MONTH,
} XqDatePrecision;

/**
 * xq_date_parse:
 * @text: as somebody wrote it
 * @ret_precision: (out) (optional): whether the day is known
 * @error: why it is not a date
 *
 * Reads a date of 1900–2999 in the usual spellings: 2012-3-5, 2012/03/05, 2012.3.5, 20120305, 2012年3月5日,
 * 二〇一二年三月五日, 民國101年3月5日, 12.3.5, 5-Mar-2012, 25/3/2012, 2012-03-05 00:00:00, an ISO time with offset (its
 * local day), the serial number of a spreadsheet as text (40973), and with only a month 2012-03, 2012年3月,
 * 201203. Full-width characters count as plain ones. A year of two digits is the latest such year that is
 * not in the future.
 *
 * Refused because one cannot know: day and month that may be either way round (5/3/2012, 12/3/5), a month
 * that a spreadsheet may have cut (2012.1 from 2012.10), a lunar date, a year alone.
 *
 * Returns: (transfer full): ISO date, or %NULL
 */
char *xq_date_parse (const char *text, XqDatePrecision *ret_precision, GError **error);

/**
 * xq_date_parse_birth:
 *
 * Like xq_date_parse(), and refuses what cannot be a living person's birth date: in the future.
 *
 * Returns: (transfer full): ISO date, or %NULL
 */
char *xq_date_parse_birth (const char *text, XqDatePrecision *ret_precision, GError **error);

/**
 * xq_date_parse_entry:
 * @text: what was typed into a form
 * @error: why it is not a day
 *
 * Like xq_date_parse(), but a whole day only, and also: 今天 today, 明天 tomorrow, 昨天, 后天, 大后天, 前天,
 * 3天后, 2周后, 周五 (the next one from today on), 本周五 下周一 上周三, +7, and a day without its year
 * (9.1, 9-1, 9/1, 9月1日), which is the one nearest to today. Slashes between three numbers keep the rules above.
 *
 * Returns: (transfer full): ISO date, or %NULL
 */
char *xq_date_parse_entry (const char *text, GError **error);

/* Whether @iso is a day that exists, written as `2026-11-23`. %NULL is not. */
gboolean xq_date_is_valid (const char *iso);
/* %NULL for a day that does not exist. (transfer full) */
char *xq_date_new (int year, int month, int day);

/* The calls below take valid dates only. */

/* (transfer full) */
char *xq_date_add_days (const char *iso, int days);
/* The same day of another month, or that month's last day. (transfer full) */
char *xq_date_add_months (const char *iso, int months);
/* < 0, 0, > 0; %NULL comes before every day. */
int xq_date_compare (const char *a, const char *b);
/* Negative when @to is before @from. */
int xq_date_days_between (const char *from, const char *to);
/* Days since 0001-01-01, for arithmetic. */
int xq_date_number (const char *iso);
char *xq_date_from_number (int number);
/* 1 Monday … 7 Sunday. */
int xq_date_weekday (const char *iso);
/* The Monday of its week. (transfer full) */
char *xq_date_monday (const char *iso);
/* Completed years on the day @on; -1 when @birth is %NULL or later. */
int xq_date_age (const char *birth, const char *on);
/* Unix seconds of its first moment, local time. */
gint64 xq_date_start (const char *iso);

/* "Mon", "周一"; 1 Monday … 7 Sunday. (transfer none) */
const char *xq_date_weekday_name (int weekday);
/* "2026年11月23日 周一"; "" for %NULL. (transfer full) */
char *xq_date_display (const char *iso);
/* "2026年11月23日"; "" for %NULL. (transfer full) */
char *xq_date_display_day (const char *iso);
/* "11月23日", with its year when that is not this year's; "" for %NULL. (transfer full) */
char *xq_date_display_short (const char *iso);

G_END_DECLS
