/* Dates as people and spreadsheets write them: the text is cut into numbers, signs and words, and the order
 * of these tells what is meant. */
#include "config.h"

#include "base/date-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/han-number.h"
#include "base/text.h"

#define MOST_TOKENS 7
#define YEARS_AHEAD 20
/* Serial numbers of a spreadsheet count from this day; 60, the 29 February 1900 that never was, is long before. */
#define SERIAL_ORIGIN "1899-12-30"
#define LEAST_SERIAL  10000
#define MOST_SERIAL   73050

typedef struct
{
  char kind; /* N number, Y 年, M 月, D 日, s sign, m name of a month */
  int value;
  int digits;
  char sign;
} Token;

typedef struct
{
  const char *text; /* as it was written, for messages */
  char shape[MOST_TOKENS + 1];
  Token tokens[MOST_TOKENS];
  int n;
  int last_year;
  gboolean republic; /* 民國: years from 1912 */
} Reading;

/* Returns NULL, for its caller to return. */
G_GNUC_PRINTF (2, 3)
static char *
refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (XQ_BASE_ERROR, XQ_ERROR_REFUSED, format, args));
  va_end (args);
  return NULL;
}

char *
xq_date_refuse (GError **error, const char *text)
{
  return refuse (error, _ ("“%s” is not a date. Write it as 2012-03-05."), text);
}

int
xq_date_this_year (void)
{
  g_autofree char *today = xq_clock_today ();

  return (int) g_ascii_strtoll (today, NULL, 10);
}

/* ---- cutting */

static gboolean
starts (const char *p, const char *const *words, gsize *ret_length)
{
  for (; *words != NULL; words++)
    if (g_str_has_prefix (p, *words))
      {
        *ret_length = strlen (*words);
        return TRUE;
      }
  return FALSE;
}

static int
month_name (const char *p, gsize *ret_length)
{
  static const char *const names[] = { "jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec" };
  gsize n = 0;

  for (int i = 0; i < 12; i++)
    if (g_ascii_strncasecmp (p, names[i], 3) == 0)
      {
        while (g_ascii_isalpha (p[n]))
          n++;
        *ret_length = n;
        return i + 1;
      }
  return 0;
}

static gboolean
next_token (const char *p, Token *token, gsize *ret_length)
{
  static const char *const years[] = { "年", NULL };
  static const char *const months[] = { "月", NULL };
  static const char *const days[] = { "日", "号", "號", NULL };
  static const char *const dots[] = { ".", "。", "、", ",", NULL };
  static const char *const dashes[] = { "-", "—", "–", "−", "~", NULL };
  static const char *const slashes[] = { "/", "\\", NULL };

  *ret_length = xq_han_number_scan (p, &token->value);
  if (*ret_length > 0)
    {
      token->kind = 'N';
      token->digits = g_ascii_isdigit (*p) ? (int) *ret_length : (int) g_utf8_strlen (p, *ret_length);
    }
  else if (starts (p, years, ret_length))
    token->kind = 'Y';
  else if (starts (p, months, ret_length))
    token->kind = 'M';
  else if (starts (p, days, ret_length))
    token->kind = 'D';
  else if (starts (p, slashes, ret_length))
    token->kind = 's', token->sign = '/';
  else if (starts (p, dashes, ret_length))
    token->kind = 's', token->sign = '-';
  else if (starts (p, dots, ret_length))
    token->kind = 's', token->sign = '.';
  else if ((token->value = month_name (p, ret_length)) > 0)
    token->kind = 'm';
  return token->kind != 0;
}

/* A blank counts as a sign between two numbers, and for nothing elsewhere. */
static gboolean
cut (const char *p, Reading *reading)
{
  gsize length;

  for (; *p != '\0'; p += length)
    {
      Token *token = &reading->tokens[reading->n];

      length = 1;
      if (*p == ' ' && reading->n > 0 && reading->tokens[reading->n - 1].kind == 'N'
          && (g_ascii_isdigit (p[1])) && reading->n < MOST_TOKENS)
        *token = (Token) { .kind = 's', .sign = ' ' };
      else if (*p == ' ')
        continue;
      else if (reading->n == MOST_TOKENS || !next_token (p, token, &length))
        return FALSE;
      reading->shape[reading->n++] = token->kind;
    }
  return TRUE;
}

/* The day without its time: "2012-03-05 00:00:00", "2012/3/5 上午 12:00". */
static void
drop_time (char *text)
{
  char *p = strchr (text, ':');
  static const char *const halves[] = { "上午", "下午", "AM", "PM", "am", "pm" };

  if (p == NULL)
    return;
  while (p > text && g_ascii_isdigit (p[-1]))
    p--;
  if (p > text && (p[-1] == ' ' || p[-1] == 'T'))
    p--;
  *p = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (halves); i++)
    if (g_str_has_suffix (text, halves[i]))
      text[strlen (text) - strlen (halves[i])] = '\0';
  g_strchomp (text);
}

/* Words that may stand after a date: 出生, 生, a weekday with or without brackets. */
static void
drop_tail (char *text)
{
  static const char *const births[] = { "出生", "生" };
  static const char *const weeks[] = { "星期", "周", "週", "礼拜", "禮拜" };

  for (gsize i = 0; i < G_N_ELEMENTS (births); i++)
    if (g_str_has_suffix (text, births[i]))
      text[strlen (text) - strlen (births[i])] = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (weeks); i++)
    {
      char *week = strstr (text, weeks[i]);

      if (week != NULL && week > text && g_utf8_strlen (week + strlen (weeks[i]), -1) <= 2)
        *week = '\0';
    }
  g_strchomp (text);
  if (g_str_has_suffix (text, "("))
    text[strlen (text) - 1] = '\0';
  while (g_str_has_suffix (text, ".") || g_str_has_suffix (text, " "))
    text[strlen (text) - 1] = '\0';
}

/* 2012-03-04T16:00:00.000Z is the 5th in Shanghai: a program wrote its midnight in world time. */
static GDateTime *
local_time_of (const char *text)
{
  const char *t = strchr (text, 'T');
  g_autoptr (GDateTime) at = NULL;

  if (t == NULL || strpbrk (t, "Z+-") == NULL)
    return NULL;
  at = g_date_time_new_from_iso8601 (text, NULL);
  return at != NULL ? g_date_time_to_local (at) : NULL;
}

/* ---- understanding */

static int
full_year (const Reading *reading, const Token *token)
{
  int century = reading->last_year - reading->last_year % 100;

  if (reading->republic)
    return token->value + 1911;
  if (token->digits > 2 || token->value > 99)
    return token->value;
  return token->value + (century + token->value <= reading->last_year ? century : century - 100);
}

/* The day, or the reason why there is none such. */
static char *
make (const Reading *reading, int year, int month, int day, GError **error)
{
  char *iso;

  if (year < 1000 || year > 2999)
    return xq_date_refuse (error, reading->text);
  iso = xq_date_new (year, month, day);
  if (iso == NULL)
    return refuse (error, _ ("There is no day “%s”: month or day is wrong."), reading->text);
  if (year < 1900)
    {
      g_free (iso);
      return refuse (error, _ ("“%s” is before 1900."), reading->text);
    }
  return iso;
}

/* The only day that these orders allow; refused when there are two. "ymd": the first number is the year. */
static char *
only_reading (const Reading *reading, const char *const *orders, GError **error)
{
  const Token *numbers[] = { &reading->tokens[0], &reading->tokens[2], &reading->tokens[4] };
  g_autofree char *found = NULL;

  for (; *orders != NULL; orders++)
    {
      const Token *year = numbers[strchr (*orders, 'y') - *orders];
      int month = numbers[strchr (*orders, 'm') - *orders]->value;
      int day = numbers[strchr (*orders, 'd') - *orders]->value;
      g_autofree char *iso = xq_date_new (full_year (reading, year), month, day);

      if (iso != NULL && found != NULL && strcmp (iso, found) != 0)
        return refuse (error, _ ("“%s” can mean %s or %s. Write it as 2012-03-05."), reading->text, found, iso);
      if (iso != NULL && found == NULL)
        found = g_steal_pointer (&iso);
    }
  if (found == NULL)
    return refuse (error, _ ("There is no day “%s”: month or day is wrong."), reading->text);
  return g_steal_pointer (&found);
}

/* N s N s N */
static char *
read_three_numbers (const Reading *reading, GError **error)
{
  static const char *const year_last[] = { "mdy", "dmy", NULL };
  static const char *const any[] = { "ymd", "mdy", "dmy", NULL };
  const Token *first = &reading->tokens[0], *second = &reading->tokens[2], *third = &reading->tokens[4];
  char sign = reading->tokens[1].sign;

  if (first->digits == 4 || reading->republic)
    return make (reading, full_year (reading, first), second->value, third->value, error);
  if (third->digits == 4)
    return only_reading (reading, year_last, error);
  if (first->digits > 2 || second->digits > 2 || third->digits > 2)
    return xq_date_refuse (error, reading->text);
  if (sign != '/' && first->digits == 2)
    return make (reading, full_year (reading, first), second->value, third->value, error);
  return only_reading (reading, any, error);
}

/* N s N: a year and a month. 2012.10 in a cell for numbers has become 2012.1. */
static char *
read_two_numbers (const Reading *reading, XqDatePrecision *precision, GError **error)
{
  const Token *first = &reading->tokens[0], *second = &reading->tokens[2];
  char sign = reading->tokens[1].sign;

  *precision = XQ_DATE_MONTH;
  if (first->digits == 4 && sign == '.' && second->digits == 1 && second->value == 1)
    return refuse (error,
                   _ ("“%s” may be January, or October with its 0 lost in a spreadsheet. Write 2012-01 or 2012-10."),
                   reading->text);
  if (first->digits == 4 && second->digits <= 2)
    return make (reading, first->value, second->value, 1, error);
  if (second->digits == 4 && first->digits <= 2)
    return make (reading, second->value, first->value, 1, error);
  return xq_date_refuse (error, reading->text);
}

static char *
read_serial (const Reading *reading, GError **error)
{
  int serial = reading->tokens[0].value;

  if (serial < LEAST_SERIAL || serial > MOST_SERIAL)
    return xq_date_refuse (error, reading->text);
  return xq_date_add_days (SERIAL_ORIGIN, serial);
}

/* 20120305, 201203, 980305, 40973 */
static char *
read_number (const Reading *reading, XqDatePrecision *precision, GError **error)
{
  const Token *token = &reading->tokens[0];
  int value = token->value;
  Token year = { .value = value / 10000, .digits = 2 };

  if (token->digits == 8)
    return make (reading, value / 10000, value / 100 % 100, value % 100, error);
  if (token->digits == 6 && value / 100 >= 1900 && value / 100 <= reading->last_year && value % 100 >= 1
      && value % 100 <= 12)
    {
      *precision = XQ_DATE_MONTH;
      return make (reading, value / 100, value % 100, 1, error);
    }
  if (token->digits == 6)
    return make (reading, full_year (reading, &year), value / 100 % 100, value % 100, error);
  if (token->digits == 5)
    return read_serial (reading, error);
  if (token->digits == 4 && value >= 1900 && value <= 2100)
    return refuse (error, _ ("“%s” is only a year. Write month and day too."), reading->text);
  return xq_date_refuse (error, reading->text);
}

static char *
read_shape (const Reading *reading, XqDatePrecision *precision, GError **error)
{
  const Token *t = reading->tokens;
  const char *shape = reading->shape;

  if (strcmp (shape, "N") == 0)
    return read_number (reading, precision, error);
  if (strcmp (shape, "NsN") == 0 && t[0].digits == 5 && t[1].sign == '.')
    return read_serial (reading, error);
  if (strcmp (shape, "NsN") == 0)
    return read_two_numbers (reading, precision, error);
  if (strcmp (shape, "NsNsN") == 0)
    return read_three_numbers (reading, error);
  if (strcmp (shape, "NYNMND") == 0 || strcmp (shape, "NYNMN") == 0)
    return make (reading, full_year (reading, &t[0]), t[2].value, t[4].value, error);
  if (strcmp (shape, "NYNM") == 0 || strcmp (shape, "NYN") == 0)
    {
      *precision = XQ_DATE_MONTH;
      return make (reading, full_year (reading, &t[0]), t[2].value, 1, error);
    }
  if (strcmp (shape, "NY") == 0)
    return refuse (error, _ ("“%s” is only a year. Write month and day too."), reading->text);
  /* 5-Mar-2012, 5 March 2012, March 5, 2012 */
  if (strcmp (shape, "NsmsN") == 0)
    return make (reading, full_year (reading, &t[4]), t[2].value, t[0].value, error);
  if (strcmp (shape, "NmN") == 0)
    return make (reading, full_year (reading, &t[2]), t[1].value, t[0].value, error);
  if (strcmp (shape, "mNsN") == 0)
    return make (reading, full_year (reading, &t[3]), t[0].value, t[1].value, error);
  return xq_date_refuse (error, reading->text);
}

static gboolean
is_lunar (const char *text)
{
  static const char *const words[] = { "农历", "農曆", "阴历", "陰曆", "腊月", "臘月", "正月", "初" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Cuts @text down to the date and reads it. */
static char *
read_text (char *text, Reading *reading, XqDatePrecision *precision, GError **error)
{
  const char *p = text;

  if (is_lunar (text))
    return refuse (error, _ ("“%s” is a date of the lunar calendar. Write the solar date, as 2012-03-05."),
                   reading->text);
  drop_time (text);
  drop_tail (text);
  if (g_str_has_prefix (p, "公元"))
    p += strlen ("公元");
  reading->republic = g_str_has_prefix (p, "民国") || g_str_has_prefix (p, "民國");
  if (reading->republic)
    p += strlen ("民國");
  if (!cut (p, reading))
    return xq_date_refuse (error, reading->text);
  return read_shape (reading, precision, error);
}

char *
xq_date_parse_until (const char *text, int last_year, XqDatePrecision *ret_precision, GError **error)
{
  g_autofree char *plain = xq_text_plain (text);
  g_autoptr (GDateTime) local = local_time_of (plain);
  Reading reading = { .text = text, .last_year = last_year };
  XqDatePrecision precision = XQ_DATE_DAY;
  char *iso;

  if (local != NULL)
    iso = make (&reading, g_date_time_get_year (local), g_date_time_get_month (local),
                g_date_time_get_day_of_month (local), error);
  else
    iso = read_text (plain, &reading, &precision, error);
  if (iso != NULL && ret_precision != NULL)
    *ret_precision = precision;
  return iso;
}

char *
xq_date_parse (const char *text, XqDatePrecision *ret_precision, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return xq_date_parse_until (text, xq_date_this_year () + YEARS_AHEAD, ret_precision, error);
}

char *
xq_date_parse_birth (const char *text, XqDatePrecision *ret_precision, GError **error)
{
  g_autofree char *iso = NULL;
  g_autofree char *today = xq_clock_today ();

  g_return_val_if_fail (text != NULL, NULL);

  iso = xq_date_parse_until (text, xq_date_this_year (), ret_precision, error);
  if (iso == NULL)
    return NULL;
  if (xq_date_compare (iso, today) > 0)
    return refuse (error, _ ("“%s” lies in the future."), text);
  return g_steal_pointer (&iso);
}
