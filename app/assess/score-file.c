#include "config.h"

#include "assess/score-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "assess/option-words.h"
#include "assess/scoring.h"
#include "sheet/header.h"

/* A longer gap in a table is no row of respondents. */
#define BLANK_ROWS_MAXIMUM 100

/* What stands before the items in a table of answers, in words that say so. */
static const XqHeaderField leading_fields[] = {
  { "code", N_ ("Number"), "学号|学籍号|学籍編號|學號|工号|工號|编号|編號|序号|序號|id|code|no|number|respondent|被试|被试编号" },
  { "name", N_ ("Name"), "姓名|名字|name" },
  { "unit", N_ ("Class"), "班级|班級|年级|部门|class|unit|department|grade" },
  { "date", N_ ("Date"), "日期|时间|時間|提交时间|提交答卷时间|date|time|taken_on|taken_at" },
  { "sex", N_ ("Sex"), "性别|性別|sex|gender" },
  { "age", N_ ("Age"), "年龄|年齡|age" },
  { NULL, NULL, NULL },
};

/* One table under way. */
typedef struct
{
  const XqInstrument *instrument;
  const char *file;
  GHashTable *words; /* XqOptionList → XqOptionWords */
  guint first;       /* the column of item 1 */
  XqScoreResult *result;
  int *answers;
} Table;

static XqOptionWords *
words_of (Table *table, const XqItem *item)
{
  XqOptionWords *words = g_hash_table_lookup (table->words, item->options);

  if (words == NULL)
    {
      words = xq_option_words_new (item->options);
      g_hash_table_insert (table->words, (gpointer) item->options, words);
    }
  return words;
}

/* An answer by value or by words. */
static gboolean
read_answer (Table *table, const XqItem *item, const XqCell *cell, int *ret_answer)
{
  XqReading reading = xq_option_words_read (words_of (table, item), cell);

  if (reading.kind == XQ_READING_BLANK)
    *ret_answer = XQ_ANSWER_BLANK;
  else if (reading.kind == XQ_READING_PLACE)
    *ret_answer = item->options->options[reading.number].value;
  else if (reading.kind == XQ_READING_NUMBER && xq_item_option (item, reading.number) != NULL)
    *ret_answer = reading.number;
  else
    return FALSE;
  return TRUE;
}

static guint
count_leading (const XqSheetRow *row)
{
  guint count = 0;

  for (; count < row->n_cells; count++)
    {
      g_autofree char *title = xq_header_normalise (row->cells[count].text);
      gboolean known = FALSE;

      for (const XqHeaderField *field = leading_fields; field->field != NULL && !known; field++)
        {
          g_auto (GStrv) words = g_strsplit (field->words, "|", -1);

          known = g_strv_contains ((const char *const *) words, title);
        }
      if (!known)
        break;
    }
  return count;
}

/* A first row is a header when some cell of it is no answer: words, or the numbers of the items. */
static gboolean
is_header (Table *table, const XqSheetRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    {
      const XqItem *item = &table->instrument->items[MIN (i, table->instrument->n_all_items - 1)];
      int answer;

      if (row->cells[i].type != XQ_CELL_NUMBER && !g_ascii_isdigit (row->cells[i].text[0])
          && row->cells[i].type != XQ_CELL_EMPTY && !read_answer (table, item, &row->cells[i], &answer))
        return TRUE;
    }
  for (guint i = 0; i < row->n_cells; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      if (!g_str_equal (row->cells[i].text, number))
        return FALSE;
    }
  return row->n_cells > table->instrument->items[0].options->n_options;
}

static gboolean
refuse_width (const Table *table, const XqSheetRow *row, GError **error)
{
  g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED,
               _ ("“%s”, row %d, has %u columns of answers, but %s has %u items. Keep one column for each item, in order."),
               table->file, (int) row->number, row->n_cells - table->first, table->instrument->label,
               table->instrument->n_items);
  return FALSE;
}

static gboolean
score_row (Table *table, const XqSheetRow *row, JsonArray *results, GError **error)
{
  const XqInstrument *instrument = table->instrument;

  if (row->n_cells > table->first + instrument->n_all_items)
    return refuse_width (table, row, error);
  for (guint i = 0; i < instrument->n_all_items; i++)
    {
      const XqCell *cell = xq_sheet_row_cell (row, (int) (table->first + i));

      if (!read_answer (table, &instrument->items[i], cell, &table->answers[i]))
        {
          g_autofree char *column = xq_sheet_column_name (table->first + i);
          g_autofree char *allowed = xq_item_allowed (&instrument->items[i]);

          g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED,
                       _ ("“%s”, row %d, column %s: “%s” is no answer to item %u of %s; there are %s. Correct the cell, or leave it empty."),
                       table->file, (int) row->number, column, cell->text, i + 1, instrument->label, allowed);
          return FALSE;
        }
    }
  xq_score_again (table->result, table->answers, instrument->n_all_items);
  json_array_add_object_element (results, xq_score_result_to_json (table->result));
  return TRUE;
}

/* Who has answered nothing at all is a respondent still: ",,,,". The reader passes such rows by. */
static void
score_blank_rows (Table *table, gint64 count, JsonArray *results)
{
  if (count > BLANK_ROWS_MAXIMUM)
    return;
  xq_score_again (table->result, NULL, 0);
  for (gint64 i = 0; i < count; i++)
    json_array_add_object_element (results, xq_score_result_to_json (table->result));
}

static gboolean
score_rows (Table *table, XqSheetReader *reader, JsonArray *results, GError **error)
{
  g_autoptr (GError) failure = NULL;
  const XqSheetRow *row;
  gint64 before = 0;

  while ((row = xq_sheet_reader_next (reader, &failure)) != NULL)
    {
      score_blank_rows (table, before > 0 ? row->number - before - 1 : 0, results);
      if (before == 0 && is_header (table, row))
        table->first = count_leading (row);
      else if (!score_row (table, row, results, error))
        return FALSE;
      before = row->number;
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return failure == NULL;
}

/* Standard input as a file that can be read twice and lies on no disk. -1 on failure. */
static int
keep_input (GError **error)
{
  int kept = memfd_create ("answers", MFD_CLOEXEC);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GOutputStream) output = NULL;

  if (kept < 0)
    {
      g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_IO, _ ("Standard input cannot be read: %s."), g_strerror (errno));
      return -1;
    }
  output = g_unix_output_stream_new (kept, FALSE);
  if (g_output_stream_splice (output, input, G_OUTPUT_STREAM_SPLICE_NONE, NULL, error) >= 0)
    return kept;
  close (kept);
  return -1;
}

static JsonNode *
score_path (const XqInstrument *instrument, const char *path, const char *name, const XqProgress *progress,
            GError **error)
{
  g_autoptr (XqSheetFile) file = xq_sheet_open (path, NULL, progress, error);
  g_autoptr (XqSheetReader) reader = file != NULL ? xq_sheet_read (file, 0, progress, error) : NULL;
  g_autoptr (GHashTable) words = NULL;
  g_autoptr (XqScoreResult) result = NULL;
  g_autoptr (JsonArray) results = NULL;
  g_autofree int *answers = NULL;
  Table table;
  JsonNode *node;

  if (reader == NULL)
    return NULL;
  words = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) xq_option_words_free);
  result = xq_score_result_new (instrument);
  results = json_array_new ();
  answers = g_new0 (int, instrument->n_all_items);
  table = (Table){ instrument, name != NULL ? name : xq_sheet_file_name (file), words, 0, result, answers };
  if (!score_rows (&table, reader, results, error))
    return NULL;
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, g_steal_pointer (&results));
  return node;
}

JsonNode *
xq_score_file (const XqInstrument *instrument, const char *path, const XqProgress *progress, GError **error)
{
  g_autofree char *kept_path = NULL;
  JsonNode *node;
  int kept;

  if (!g_str_equal (path, "-"))
    return score_path (instrument, path, NULL, progress, error);
  kept = keep_input (error);
  if (kept < 0)
    return NULL;
  kept_path = g_strdup_printf ("/proc/self/fd/%d", kept);
  node = score_path (instrument, kept_path, "-", progress, error);
  close (kept);
  return node;
}
