/* The rows of a table of answers: read once, kept small, and understood when all have been seen. */
#include "config.h"

#include "assess/answers-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

/* Columns of what a row says beside its answers; -1 for none. */
typedef struct
{
  int code;
  int name;
  int grade;
  int unit;
  int national_id;
  int taken_at;
} Fields;

static XqOptionWords *
words_of (XqAnswers *answers, const XqOptionList *options)
{
  XqOptionWords *words = g_hash_table_lookup (answers->words, options);

  if (words == NULL)
    {
      words = xq_option_words_new (options);
      g_hash_table_insert (answers->words, (gpointer) options, words);
    }
  return words;
}

static void
make_plan (XqAnswers *answers)
{
  for (guint i = 0; i < answers->columns->len; i++)
    {
      const XqAnswersColumns *columns = answers->columns->pdata[i];

      for (guint k = 0; k < columns->instrument->n_all_items; k++)
        if (columns->item_columns[k] >= 0)
          {
            XqAnswersCell cell = { columns->item_columns[k], i, k,
                                   words_of (answers, columns->instrument->items[k].options) };

            g_array_append_val (answers->plan, cell);
          }
    }
}

/* NULL for an empty cell. */
static char *
dup_cell (const XqSheetRow *row, int column)
{
  const XqCell *cell = xq_sheet_row_cell (row, column);

  return cell->type == XQ_CELL_EMPTY ? NULL : xq_text_plain (cell->text);
}

/* "2026/10/19 13:44:01", "2026-10-19T13:44", a date alone (its first moment); 0 for none. */
static gint64
read_time (const XqCell *cell)
{
  int year, month, day, hour = 0, minute = 0, second = 0;
  g_autofree char *date = NULL;

  if (cell->type == XQ_CELL_EMPTY)
    return 0;
  if (sscanf (cell->text, "%4d%*1[/.-]%2d%*1[/.-]%2d%*1[ T]%2d:%2d:%2d", &year, &month, &day, &hour,
              &minute, &second) >= 5
      && year > 1900)
    {
      g_autoptr (GDateTime) at = g_date_time_new_local (year, month, day, hour, minute, second);

      return at != NULL ? g_date_time_to_unix (at) : 0;
    }
  date = xq_date_parse (cell->text, NULL, NULL);
  return date != NULL ? xq_date_start (date) : 0;
}

static void
refuse_cell (XqAnswersRow *row, const XqAnswers *answers, const XqAnswersCell *cell, const char *text)
{
  const XqAnswersColumns *columns = answers->columns->pdata[cell->instrument];
  g_autofree char *letters = xq_sheet_column_name ((guint) cell->column);

  row->unread = TRUE;
  if (row->why == NULL)
    row->why = g_strdup_printf (_ ("Column %s: “%s” is no answer to item %u of %s."), letters, text, cell->item + 1,
                                columns->instrument->label);
}

/* FALSE when the row holds no answer at all. */
static gboolean
read_cells (XqAnswers *answers, const XqSheetRow *read, XqAnswersRow *row)
{
  gboolean answered = FALSE;

  row->first_cell = answers->cells->len;
  g_array_set_size (answers->cells, answers->cells->len + answers->plan->len);
  for (guint i = 0; i < answers->plan->len; i++)
    {
      const XqAnswersCell *plan = &g_array_index (answers->plan, XqAnswersCell, i);
      const XqCell *cell = xq_sheet_row_cell (read, plan->column);
      XqReading reading = xq_option_words_read (plan->words, cell);
      gint16 *kept = &g_array_index (answers->cells, gint16, row->first_cell + i);

      *kept = XQ_CELL_BLANK;
      if (reading.kind == XQ_READING_BLANK)
        continue;
      answered = TRUE;
      if (reading.kind == XQ_READING_PLACE)
        *kept = (gint16) (XQ_CELL_PLACE + reading.number);
      else if (reading.kind == XQ_READING_NUMBER && ABS (reading.number) <= XQ_CELL_NUMBERS)
        *kept = (gint16) reading.number;
      else
        refuse_cell (row, answers, plan, cell->text);
    }
  return answered;
}

static char *
join_unit (const XqSheetRow *read, const Fields *fields)
{
  g_autofree char *grade = dup_cell (read, fields->grade);
  g_autofree char *unit = dup_cell (read, fields->unit);

  if (grade != NULL && unit != NULL && strstr (unit, grade) == NULL)
    return g_strconcat (grade, unit, NULL);
  return g_strdup (unit != NULL ? unit : grade);
}

static void
add_row (XqAnswers *answers, const XqSheetRow *read, const Fields *fields)
{
  XqAnswersRow row = { .number = read->number };
  gboolean answered = read_cells (answers, read, &row);

  row.code = dup_cell (read, fields->code);
  row.name = dup_cell (read, fields->name);
  row.national_id = dup_cell (read, fields->national_id);
  /* A note or a sum below the table is no sheet. */
  if (!answered && row.code == NULL && row.national_id == NULL)
    {
      g_free (row.name);
      g_array_set_size (answers->cells, (guint) row.first_cell);
      return;
    }
  if (!answered)
    g_set_str (&row.why, _ ("There is no answer in this row."));
  row.unit = fields->unit >= 0 || fields->grade >= 0 ? join_unit (read, fields) : NULL;
  row.taken_at = read_time (xq_sheet_row_cell (read, fields->taken_at));
  g_array_append_val (answers->rows, row);
  answers->read++;
}

gboolean
xq_answers_read_rows (XqAnswers *answers, XqSheetFile *file, guint sheet, const XqHeader *header,
                      const XqProgress *progress, GError **error)
{
  Fields fields = {
    .code = xq_header_column (header, "code"),
    .name = xq_header_column (header, "name"),
    .grade = xq_header_column (header, "grade"),
    .unit = xq_header_column (header, "unit"),
    .national_id = xq_header_column (header, "national_id"),
    .taken_at = xq_header_column (header, "taken_at"),
  };
  g_autoptr (XqSheetReader) reader = xq_sheet_read (file, sheet, progress, error);
  g_autoptr (GError) failure = NULL;
  const XqSheetRow *read;

  if (reader == NULL)
    return FALSE;
  make_plan (answers);
  while ((read = xq_sheet_reader_next (reader, &failure)) != NULL)
    if (read->number > header->row)
      add_row (answers, read, &fields);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return failure == NULL;
}

/* How many plain numbers of an instrument cannot be places, and how many cannot be values. */
static void
count_impossible (const XqAnswers *answers, guint instrument, gsize *ret_places, gsize *ret_values)
{
  *ret_places = *ret_values = 0;
  for (guint i = 0; i < answers->plan->len; i++)
    {
      const XqAnswersCell *plan = &g_array_index (answers->plan, XqAnswersCell, i);
      const XqAnswersColumns *columns = answers->columns->pdata[plan->instrument];
      const XqItem *item = &columns->instrument->items[plan->item];

      if (plan->instrument != instrument)
        continue;
      for (guint r = 0; r < answers->rows->len; r++)
        {
          const XqAnswersRow *row = &g_array_index (answers->rows, XqAnswersRow, r);
          gint16 kept = g_array_index (answers->cells, gint16, row->first_cell + i);

          if (kept == XQ_CELL_BLANK || kept >= XQ_CELL_PLACE)
            continue;
          *ret_places += kept < 1 || kept > (gint16) item->options->n_options;
          *ret_values += xq_item_option (item, kept) == NULL;
        }
    }
}

static XqAnswerCoding
find_coding (const XqAnswers *answers, guint instrument, XqAnswerCoding coding)
{
  gsize no_places, no_values;

  if (coding != XQ_CODING_FIND_OUT)
    return coding;
  count_impossible (answers, instrument, &no_places, &no_values);
  if (no_places != no_values)
    return no_places < no_values ? XQ_CODING_NUMBER : XQ_CODING_VALUE;
  return answers->from_site ? XQ_CODING_NUMBER : XQ_CODING_VALUE;
}

/* A cell's value in place of what was read; what fits nothing is said and left blank. */
static void
decode_cell (const XqAnswers *answers, const XqAnswersCell *plan, XqAnswersRow *row, gint16 *kept)
{
  const XqAnswersColumns *columns = answers->columns->pdata[plan->instrument];
  const XqOptionList *options = columns->instrument->items[plan->item].options;
  int place = *kept >= XQ_CELL_PLACE ? *kept - XQ_CELL_PLACE : *kept - 1;

  if (*kept == XQ_CELL_BLANK)
    return;
  if (*kept < XQ_CELL_PLACE && columns->coding == XQ_CODING_VALUE
      && xq_item_option (&columns->instrument->items[plan->item], *kept) != NULL)
    return;
  if ((*kept >= XQ_CELL_PLACE || columns->coding == XQ_CODING_NUMBER) && place >= 0 && place < (int) options->n_options)
    {
      *kept = (gint16) options->options[place].value;
      return;
    }
  g_autofree char *text = g_strdup_printf ("%d", *kept);

  refuse_cell (row, answers, plan, text);
  *kept = XQ_CELL_BLANK;
}

void
xq_answers_decode (XqAnswers *answers, XqAnswerCoding coding)
{
  for (guint i = 0; i < answers->columns->len; i++)
    ((XqAnswersColumns *) answers->columns->pdata[i])->coding = find_coding (answers, i, coding);
  for (guint r = 0; r < answers->rows->len; r++)
    {
      XqAnswersRow *row = &g_array_index (answers->rows, XqAnswersRow, r);

      for (guint i = 0; i < answers->plan->len; i++)
        decode_cell (answers, &g_array_index (answers->plan, XqAnswersCell, i), row,
                     &g_array_index (answers->cells, gint16, row->first_cell + i));
    }
}

gboolean
xq_answers_get (const XqAnswers *answers, const XqAnswersRow *row, guint instrument, int *ret_values)
{
  const XqAnswersColumns *columns = answers->columns->pdata[instrument];
  gboolean answered = FALSE;

  for (guint k = 0; k < columns->instrument->n_all_items; k++)
    ret_values[k] = XQ_ANSWER_BLANK;
  for (guint i = 0; i < answers->plan->len; i++)
    {
      const XqAnswersCell *plan = &g_array_index (answers->plan, XqAnswersCell, i);
      gint16 kept = g_array_index (answers->cells, gint16, row->first_cell + i);

      if (plan->instrument != instrument || kept == XQ_CELL_BLANK)
        continue;
      ret_values[plan->item] = kept;
      answered = TRUE;
    }
  return answered;
}
