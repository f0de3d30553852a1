/* What options say, read and refused in words. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "cli/cli.h"

gboolean
xq_cli_choice (const XqChoice *values, const char *text, const char *option, int fallback, int *ret_index, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);

  *ret_index = text == NULL ? fallback : xq_choice_index (values, text);
  if (*ret_index >= 0)
    return TRUE;
  for (const XqChoice *value = values; value->id != NULL; value++)
    g_string_append_printf (all, "%s%s", all->len > 0 ? ", " : "", value->id);
  g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("%s “%s” is not one of: %s"), option, text, all->str);
  return FALSE;
}

gboolean
xq_cli_number (const char *text, const char *what, gint64 *ret_number, GError **error)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &number, NULL))
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("%s “%s” is not a whole number from 1 up."), what, text);
      return FALSE;
    }
  *ret_number = (gint64) number;
  return TRUE;
}

gboolean
xq_cli_date (char **text, const char *option, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  char *date;

  if (*text == NULL)
    return TRUE;
  date = xq_date_parse_entry (*text, &local_error);
  if (date == NULL)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, "%s: %s", option, local_error->message);
      return FALSE;
    }
  g_free (*text);
  *text = date;
  return TRUE;
}

/* @text is "14:30" or "14:30:05". */
static gboolean
read_clock (const char *text, int *ret_seconds)
{
  int hour = 0, minute = 0, second = 0, end = 0;

  if (sscanf (text, "%2d:%2d%n:%2d%n", &hour, &minute, &end, &second, &end) < 2 || text[end] != '\0' || hour > 23
      || minute > 59 || second > 59 || hour < 0 || minute < 0 || second < 0)
    return FALSE;
  *ret_seconds = (hour * 60 + minute) * 60 + second;
  return TRUE;
}

gboolean
xq_cli_time (const char *text, const char *option, gint64 *ret_time, GError **error)
{
  g_auto (GStrv) parts = text != NULL ? g_strsplit_set (text, "T ", 2) : NULL;
  int seconds;

  if (text == NULL || strcmp (text, "now") == 0)
    {
      *ret_time = text != NULL ? xq_clock_now () : 0;
      return TRUE;
    }
  if (!xq_cli_date (&parts[0], option, error))
    return FALSE;
  if (parts[1] == NULL || !read_clock (parts[1], &seconds))
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("%s “%s” is no time; write it as 2026-11-23T14:30."), option, text);
      return FALSE;
    }
  *ret_time = xq_date_start (parts[0]) + seconds;
  return TRUE;
}
