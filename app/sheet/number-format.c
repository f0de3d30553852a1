#include "config.h"

#include <math.h>
#include <string.h>

#include "sheet/sheet-private.h"

#define SECONDS_A_DAY G_GINT64_CONSTANT (86400)
#define MOST_PADDED   15

XqNumberKind
xq_number_kind_builtin (guint id)
{
  if ((id >= 14 && id <= 17) || id == 22)
    return XQ_NUMBER_DATE;
  if (id >= 18 && id <= 21)
    return XQ_NUMBER_TIME;
  /* Chinese and Japanese built-in formats; 32–35 and 55–56 are times. */
  if ((id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58)
    return XQ_NUMBER_DATE;
  if ((id >= 32 && id <= 35) || id == 55 || id == 56)
    return XQ_NUMBER_TIME;
  if (id == 46)
    return XQ_NUMBER_DURATION;
  if (id == 45 || id == 47)
    return XQ_NUMBER_TIME;
  return XQ_NUMBER_PLAIN;
}

/* The end of what is literal at @code: a quoted word, an escaped or padded character; @code itself when it is
 * a token. */
static const char *
skip_literal (const char *code)
{
  const char *end;

  switch (*code)
    {
    case '"':
      end = strchr (code + 1, '"');
      return end != NULL ? end + 1 : code + strlen (code);
    case '\\':
    case '_':
    case '*':
      return code[1] != '\0' ? g_utf8_next_char (code + 1) : code + 1;
    default:
      return code;
    }
}

XqNumberKind
xq_number_kind_custom (const char *code)
{
  gboolean date = FALSE, time = FALSE, elapsed = FALSE, months = FALSE;

  if (g_ascii_strncasecmp (code, "general", 7) == 0)
    return XQ_NUMBER_PLAIN;
  /* "000000": what looks like 000123 is meant as 000123. */
  if (strspn (code, "0") == strlen (code) && strlen (code) >= 2 && strlen (code) <= MOST_PADDED)
    return XQ_NUMBER_PADDED + (XqNumberKind) strlen (code);
  while (*code != '\0' && *code != ';')
    {
      const char *after = skip_literal (code);

      if (after != code)
        {
          code = after;
          continue;
        }
      if (*code == '[')
        {
          const char *end = strchr (code, ']');

          /* [h], [mm], [ss] count on; [$-804], [Red], [>100] do not matter. */
          if (end == NULL)
            break;
          elapsed |= strspn (code + 1, "hHmMsS") == (gsize) (end - code - 1);
          code = end + 1;
          continue;
        }
      switch (g_ascii_tolower (*code))
        {
        case 'y':
        case 'd':
        case 'g':
        case 'b':
          date = TRUE;
          break;
        case 'h':
        case 's':
          time = TRUE;
          break;
        case 'm':
          months = TRUE;
          break;
        case 'e': /* a year, unless it is the exponent of 0.00E+00 */
          date |= code[1] != '+' && code[1] != '-';
          break;
        default:
          break;
        }
      code = g_utf8_next_char (code);
    }
  if (elapsed)
    return XQ_NUMBER_DURATION;
  if (date || (months && !time))
    return XQ_NUMBER_DATE;
  return time ? XQ_NUMBER_TIME : XQ_NUMBER_PLAIN;
}

/* Year, month and day of a day number counted from 1970-01-01, by Howard Hinnant's "civil_from_days". */
static void
civil_from_days (gint64 days, int *year, int *month, int *day)
{
  gint64 era, day_of_era, year_of_era, day_of_year, shifted;

  days += 719468;
  era = days / 146097;
  day_of_era = days - era * 146097;
  year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  shifted = (5 * day_of_year + 2) / 153;
  *day = (int) (day_of_year - (153 * shifted + 2) / 5 + 1);
  *month = (int) (shifted < 10 ? shifted + 3 : shifted - 9);
  *year = (int) (year_of_era + era * 400 + (*month <= 2 ? 1 : 0));
}

gboolean
xq_number_format_date (double serial, XqNumberKind kind, gboolean from_1904, char buffer[32])
{
  gint64 seconds, days;
  int year, month, day, rest;

  if (!(serial >= 0 && serial < 2958466))
    return FALSE;
  seconds = (gint64) floor (serial * SECONDS_A_DAY + 0.5);
  days = seconds / SECONDS_A_DAY;
  rest = (int) (seconds % SECONDS_A_DAY);
  if (kind == XQ_NUMBER_DURATION)
    {
      g_snprintf (buffer, 32, "%02" G_GINT64_FORMAT ":%02d:%02d", seconds / 3600, rest / 60 % 60,
                  rest % 60);
      return TRUE;
    }
  if (days == 0 && (kind == XQ_NUMBER_TIME || rest != 0))
    {
      g_snprintf (buffer, 32, "%02d:%02d:%02d", rest / 3600, rest / 60 % 60, rest % 60);
      return TRUE;
    }
  if (from_1904)
    days += 1462;
  else if (days < 60)
    days++; /* spreadsheets count a 29 February 1900 that never was */
  if (days < 2 || days >= 2958466)
    return FALSE;
  civil_from_days (days - 25569, &year, &month, &day);
  if (rest == 0)
    g_snprintf (buffer, 32, "%04d-%02d-%02d", year, month, day);
  else
    g_snprintf (buffer, 32, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, rest / 3600, rest / 60 % 60,
                rest % 60);
  return TRUE;
}

/* Writes "1.5680373992e+10" out as text, so that no digit is added that a spreadsheet did not keep. */
static void
write_out_exponent (char buffer[48])
{
  char digits[24] = "";
  char *exponent = strchr (buffer, 'e');
  int shift = (int) g_ascii_strtoll (exponent + 1, NULL, 10), count = 0;
  const char *sign = buffer[0] == '-' ? "-" : "";

  for (const char *at = buffer; at < exponent; at++)
    if (g_ascii_isdigit (*at))
      digits[count++] = *at;
  if (shift > 30 || shift < -30)
    return;
  if (shift < 0)
    g_snprintf (buffer, 48, "%s0.%0*d%s", sign, -shift - 1, 0, digits);
  else
    g_snprintf (buffer, 48, "%s%s%0*d", sign, digits, MAX (shift + 1 - count, 0), 0);
}

void
xq_number_format (double value, char buffer[48])
{
  g_ascii_formatd (buffer, 48, "%.15g", value);
  if (strchr (buffer, 'e') != NULL)
    write_out_exponent (buffer);
}
