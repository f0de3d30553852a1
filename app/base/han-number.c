#include "config.h"

#include "base/han-number.h"

#include <string.h>

#define MOST_DIGITS 8

typedef struct
{
  const char *forms;
  int value;
} Numeral;

static const Numeral digits[] = {
  { "零〇○", 0 },  { "一壹", 1 },     { "二贰貳两兩", 2 }, { "三叁參", 3 }, { "四肆", 4 },
  { "五伍", 5 },   { "六陆陸", 6 },   { "七柒", 7 },       { "八捌", 8 },   { "九玖", 9 },
};
static const Numeral units[] = {
  { "十拾", 10 }, { "百佰", 100 }, { "千仟", 1000 }, { "万萬", 10000 }, { "廿", 20 }, { "卅", 30 },
};

static int
look_up (const Numeral *table, gsize n, const char *p)
{
  char form[8] = { 0 };

  if ((guchar) *p < 0x80)
    return -1;
  memcpy (form, p, MIN ((gsize) (g_utf8_next_char (p) - p), sizeof form - 1));
  for (gsize i = 0; i < n; i++)
    if (strstr (table[i].forms, form) != NULL)
      return table[i].value;
  return -1;
}

static int
digit_at (const char *p)
{
  return look_up (digits, G_N_ELEMENTS (digits), p);
}

static int
unit_at (const char *p)
{
  return look_up (units, G_N_ELEMENTS (units), p);
}

static gsize
scan_plain (const char *text, int *ret_value)
{
  gsize n = 0;
  int value = 0;

  for (; g_ascii_isdigit (text[n]); n++)
    {
      if (n == MOST_DIGITS)
        return 0;
      value = value * 10 + (text[n] - '0');
    }
  if (n > 0)
    *ret_value = value;
  return n;
}

/* 二〇一二: at least two digits in a row, with a letter O typed for the zero now and then. */
static gsize
scan_by_place (const char *text, int *ret_value)
{
  const char *p = text;
  int value = 0, n = 0;

  for (;;)
    {
      int digit = digit_at (p);

      if (digit < 0 && n > 0 && (*p == 'O' || *p == 'o'))
        digit = 0;
      if (digit < 0)
        break;
      if (++n > MOST_DIGITS)
        return 0;
      value = value * 10 + digit;
      p = g_utf8_next_char (p);
    }
  if (n < 2)
    return 0;
  *ret_value = value;
  return p - text;
}

/* 一百零三, 十二, 廿三, 三千: digit and unit by turns, units falling. */
static gsize
scan_by_unit (const char *text, int *ret_value)
{
  const char *p = text;
  int total = 0, digit = -1, last = 100000;

  for (;;)
    {
      int next = digit_at (p);
      int unit = next < 0 ? unit_at (p) : -1;

      if (next == 0 && total > 0 && digit < 0)
        {
          p = g_utf8_next_char (p);
          continue;
        }
      if (next >= 0 && digit >= 0)
        return 0;
      if (next >= 0)
        digit = next;
      else if ((unit == 20 || unit == 30) && digit < 0 && last > 10)
        {
          total += unit;
          last = 10;
        }
      else if (unit > 0 && unit != 20 && unit != 30 && unit < last)
        {
          total += (digit < 0 ? 1 : digit) * unit;
          digit = -1;
          last = unit;
        }
      else
        break;
      p = g_utf8_next_char (p);
    }
  if (p == text)
    return 0;
  *ret_value = total + MAX (digit, 0);
  return p - text;
}

gsize
xq_han_number_scan (const char *text, int *ret_value)
{
  gsize read;

  g_return_val_if_fail (text != NULL, 0);

  if (g_ascii_isdigit (*text))
    return scan_plain (text, ret_value);
  read = scan_by_place (text, ret_value);
  return read > 0 ? read : scan_by_unit (text, ret_value);
}

gboolean
xq_han_number_parse (const char *text, int *ret_value)
{
  int value;
  gsize read = xq_han_number_scan (text, &value);

  if (read == 0 || text[read] != '\0')
    return FALSE;
  *ret_value = value;
  return TRUE;
}

char *
xq_han_number_format (int value)
{
  static const char *const words[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

  g_return_val_if_fail (value >= 0 && value <= 99, NULL);

  if (value < 10)
    return g_strdup (words[value]);
  return g_strconcat (value >= 20 ? words[value / 10] : "", "十", value % 10 > 0 ? words[value % 10] : "",
                      NULL);
}
