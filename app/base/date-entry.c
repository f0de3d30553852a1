/* Days as one types them into a form: short, and seen from today. */
#include "config.h"

#include "base/date-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/han-number.h"
#include "base/text.h"

#define YEARS_AHEAD 20

typedef struct
{
  const char *word;
  int value;
} Word;

static const Word near_days[] = {
  { "今天", 0 }, { "今日", 0 }, { "今", 0 },      { "today", 0 }, { "明天", 1 },     { "明日", 1 },
  { "明", 1 },   { "tomorrow", 1 }, { "后天", 2 }, { "後天", 2 }, { "大后天", 3 },   { "大後天", 3 },
  { "昨天", -1 }, { "昨日", -1 }, { "yesterday", -1 }, { "前天", -2 }, { NULL, 0 },
};
static const Word weekdays[] = {
  { "一", 1 }, { "二", 2 }, { "三", 3 }, { "四", 4 }, { "五", 5 }, { "六", 6 }, { "日", 7 }, { "天", 7 },
  { "1", 1 },  { "2", 2 },  { "3", 3 },  { "4", 4 },  { "5", 5 },  { "6", 6 },  { "7", 7 },  { NULL, 0 },
};
static const Word english_weekdays[] = {
  { "mon", 1 }, { "tue", 2 }, { "wed", 3 }, { "thu", 4 }, { "fri", 5 }, { "sat", 6 }, { "sun", 7 }, { NULL, 0 },
};
static const Word units_after[] = {
  { "天后", 1 }, { "天後", 1 }, { "日后", 1 }, { "日後", 1 }, { "周后", 7 }, { "週後", 7 }, { "周後", 7 },
  { "星期后", 7 }, { "星期後", 7 }, { "个星期后", 7 }, { "個星期後", 7 }, { NULL, 0 },
};

static const Word *
find_word (const Word *words, const char *text)
{
  for (; words->word != NULL; words++)
    if (strcmp (words->word, text) == 0)
      return words;
  return NULL;
}

/* Skips @prefix. */
static gboolean
eat (const char **text, const char *prefix)
{
  if (!g_str_has_prefix (*text, prefix))
    return FALSE;
  *text += strlen (prefix);
  return TRUE;
}

/* 周五, 本周五, 下周一, 下下周一, 上周三, fri */
static char *
read_weekday (const char *text, const char *today)
{
  static const char *const weeks[] = { "周", "週", "星期", "礼拜", "禮拜", NULL };
  const Word *weekday = find_word (english_weekdays, text);
  gboolean said = FALSE;
  int week = 0, days;

  if (weekday == NULL)
    {
      const char *const *word = weeks;

      if (eat (&text, "本") || eat (&text, "这") || eat (&text, "這"))
        said = TRUE;
      while (eat (&text, "下"))
        week++;
      while (week <= 0 && eat (&text, "上"))
        week--;
      while (*word != NULL && !eat (&text, *word))
        word++;
      weekday = *word != NULL ? find_word (weekdays, text) : NULL;
    }
  if (weekday == NULL)
    return NULL;
  days = weekday->value - xq_date_weekday (today) + 7 * week;
  if (week == 0 && !said && days < 0)
    days += 7;
  return xq_date_add_days (today, days);
}

/* +7, 3天后, 两周后 */
static char *
read_distance (const char *text, const char *today)
{
  gboolean plus = eat (&text, "+");
  const Word *unit;
  int count;
  gsize read = xq_han_number_scan (text, &count);

  if (read == 0 || count > 3660)
    return NULL;
  text += read;
  if (plus)
    return *text == '\0' ? xq_date_add_days (today, count) : NULL;
  unit = find_word (units_after, text);
  return unit != NULL ? xq_date_add_days (today, count * unit->value) : NULL;
}

/* Of last year, this year and the next, the one that lies nearest. */
static char *
nearest (int month, int day, const char *today)
{
  int year = xq_date_this_year ();
  char *best = NULL;

  for (int i = -1; i <= 1; i++)
    {
      g_autofree char *iso = xq_date_new (year + i, month, day);

      if (iso == NULL)
        continue;
      if (best == NULL || ABS (xq_date_days_between (today, iso)) < ABS (xq_date_days_between (today, best)))
        {
          g_free (best);
          best = g_steal_pointer (&iso);
        }
    }
  return best;
}

/* 9.1, 9-1, 9/1, 9月1日, 九月一日, 0901 */
static char *
read_without_year (const char *text, const char *today)
{
  static const char *const signs[] = { ".", "-", "/", "月", "。", NULL };
  static const char *const suffixes[] = { "", "日", "号", "號", NULL };
  const char *const *sign = signs;
  const char *const *suffix = suffixes;
  int month, day;
  gsize read = xq_han_number_scan (text, &month);

  if (read == 4 && text[4] == '\0' && g_ascii_isdigit (*text) && month < 1900)
    return nearest (month / 100, month % 100, today);
  if (read == 0)
    return NULL;
  text += read;
  while (*sign != NULL && !eat (&text, *sign))
    sign++;
  if (*sign == NULL)
    return NULL;
  read = xq_han_number_scan (text, &day);
  text += read;
  while (*suffix != NULL && strcmp (text, *suffix) != 0)
    suffix++;
  return read > 0 && *suffix != NULL ? nearest (month, day, today) : NULL;
}

char *
xq_date_parse_entry (const char *text, GError **error)
{
  g_autofree char *plain = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *today = xq_clock_today ();
  g_autofree char *iso = NULL;
  const Word *word;
  XqDatePrecision precision;

  g_return_val_if_fail (text != NULL, NULL);

  plain = xq_text_plain (text);
  lower = g_ascii_strdown (plain, -1);
  word = find_word (near_days, lower);
  if (word != NULL)
    return xq_date_add_days (today, word->value);
  iso = read_weekday (lower, today);
  if (iso == NULL)
    iso = read_distance (lower, today);
  if (iso == NULL)
    iso = read_without_year (lower, today);
  if (iso != NULL)
    return g_steal_pointer (&iso);

  iso = xq_date_parse_until (text, xq_date_this_year () + YEARS_AHEAD, &precision, error);
  if (iso == NULL)
    return NULL;
  if (precision == XQ_DATE_MONTH)
    {
      g_set_error (error, XQ_BASE_ERROR, XQ_ERROR_REFUSED, _ ("“%s” is only a month. Write the day too."), text);
      return NULL;
    }
  return g_steal_pointer (&iso);
}
