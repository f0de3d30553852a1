/* Columns that the user names. */
#include "config.h"

#include "assess/answers-columns.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* The number that a questionnaire puts before a question: "3、", "Q3.", "第3题", "(3)"; 0 for none. */
static int
question_number (const char *title)
{
  static const char *const forms[]
      = { "%d、", "%d.", "%d．", "%d)", "%d）", "Q%d", "q%d", "第%d题", "第%d題", "(%d)", "（%d）" };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      const char *digits = strpbrk (title, "0123456789");
      const char *mark = strchr (forms[i], '%');
      gsize before = (gsize) (mark - forms[i]);
      char *rest;
      guint64 number;

      if (digits == NULL || (gsize) (digits - title) != before || strncmp (title, forms[i], before) != 0)
        continue;
      number = g_ascii_strtoull (digits, &rest, 10);
      if (g_str_has_prefix (rest, mark + 2) && number < 10000)
        return (int) number;
    }
  return 0;
}

static int
column_of_part (const XqHeader *header, const char *part)
{
  for (guint i = 0; i < header->titles->len; i++)
    {
      g_autofree char *letters = xq_sheet_column_name (i);

      if (g_ascii_strcasecmp (letters, part) == 0 || strcmp (header->titles->pdata[i], part) == 0)
        return (int) i;
    }
  if (g_ascii_isdigit (*part))
    for (guint i = 0; i < header->titles->len; i++)
      if (question_number (header->titles->pdata[i]) == atoi (part))
        return (int) i;
  return -1;
}

/* "I:Q", "3-11", one column, or "" for an item that was not asked. */
static gboolean
add_part (const XqHeader *header, const char *part, GArray *columns)
{
  const int none = -1;
  const char *between = strchr (part, ':') != NULL ? strchr (part, ':') : strchr (part, '-');
  g_autofree char *from = between != NULL ? g_strndup (part, (gsize) (between - part)) : g_strdup (part);
  int first = column_of_part (header, g_strstrip (from));
  int last = between != NULL ? column_of_part (header, between + 1) : first;

  if (*part == '\0')
    {
      g_array_append_val (columns, none);
      return TRUE;
    }
  if (first < 0 || last < first)
    return FALSE;
  for (int column = first; column <= last; column++)
    g_array_append_val (columns, column);
  return TRUE;
}

gboolean
xq_answers_map_choice (XqAnswers *answers, const XqHeader *header, const XqInstrument *instrument,
                       const char *choice, XqCandidates *candidates, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (choice, ",", -1);
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (int));
  XqAnswersColumns *columns;

  for (char **part = parts; *part != NULL; part++)
    if (!add_part (header, g_strstrip (*part), chosen))
      {
        g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED,
                     _ ("“%s” has no columns “%s”. Name columns like I:Q, or the numbers of questions like 3-11."),
                     answers->file_name, *part);
        return FALSE;
      }
  if (chosen->len != instrument->n_items && chosen->len != instrument->n_all_items)
    {
      g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED, _ ("“%s” are %u columns, but %s has %u items."), choice,
                   chosen->len, instrument->label, instrument->n_items);
      return FALSE;
    }
  columns = xq_answers_add_columns (answers, instrument, FALSE);
  for (guint k = 0; k < chosen->len; k++)
    {
      columns->item_columns[k] = g_array_index (chosen, int, k);
      for (guint place = 0; place < candidates->columns->len; place++)
        if (g_array_index (candidates->columns, int, place) == columns->item_columns[k])
          g_array_index (candidates->taken, gboolean, place) = TRUE;
    }
  return TRUE;
}
