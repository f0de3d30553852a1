/* Which columns hold whose items: by the user's word, by the wording of the questions, or by their order. */
#include "config.h"

#include "assess/answers-columns.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
candidates_clear (XqCandidates *candidates)
{
  g_clear_pointer (&candidates->columns, g_array_unref);
  g_clear_pointer (&candidates->words, g_ptr_array_unref);
  g_clear_pointer (&candidates->taken, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqCandidates, candidates_clear)

/* What a site or a school computes beside the answers: "PHQ-9总分", "等级". */
static gboolean
is_computed (const char *word)
{
  static const char *const endings[] = { "总分", "總分", "得分", "分数", "分數", "等级", "等級", "结果", "結果",
                                         "totalscore", "total", "score", NULL };

  for (gsize i = 0; endings[i] != NULL; i++)
    if (g_str_has_suffix (word, endings[i]))
      return TRUE;
  return FALSE;
}

static void
find_candidates (const XqHeader *header, XqCandidates *candidates)
{
  gboolean no = FALSE;

  candidates->columns = g_array_new (FALSE, FALSE, sizeof (int));
  candidates->words = g_ptr_array_new_with_free_func (g_free);
  candidates->taken = g_array_new (FALSE, FALSE, sizeof (gboolean));
  for (int i = 0; i < (int) header->titles->len; i++)
    {
      int field = g_array_index (header->fields, int, i);
      g_autofree char *word = xq_header_normalise (header->titles->pdata[i]);

      if (*(const char *) header->titles->pdata[i] == '\0' || is_computed (word)
          || (field >= 0 && !g_str_has_prefix (header->table[field].field, "item")))
        continue;
      g_array_append_val (candidates->columns, i);
      g_array_append_val (candidates->taken, no);
      g_ptr_array_add (candidates->words, g_steal_pointer (&word));
    }
}

static void
columns_free (XqAnswersColumns *columns)
{
  g_free (columns->item_columns);
  g_free (columns);
}

XqAnswersColumns *
xq_answers_add_columns (XqAnswers *answers, const XqInstrument *instrument, gboolean by_text)
{
  XqAnswersColumns *columns = g_new0 (XqAnswersColumns, 1);

  columns->instrument = instrument;
  columns->by_text = by_text;
  columns->item_columns = g_new (int, instrument->n_all_items);
  for (guint i = 0; i < instrument->n_all_items; i++)
    columns->item_columns[i] = -1;
  g_ptr_array_add (answers->columns, columns);
  return columns;
}

gboolean
xq_candidates_free_at (const XqCandidates *candidates, guint from, guint count)
{
  if (from + count > candidates->columns->len)
    return FALSE;
  for (guint i = from; i < from + count; i++)
    if (g_array_index (candidates->taken, gboolean, i))
      return FALSE;
  return TRUE;
}

void
xq_candidates_take (XqCandidates *candidates, guint place, XqAnswersColumns *columns, guint item)
{
  g_array_index (candidates->taken, gboolean, place) = TRUE;
  columns->item_columns[item] = g_array_index (candidates->columns, int, place);
}

/* -- by their order -- */

/* Whether the cells of a column that we have seen are answers to an item. */
static gboolean
holds_answers (const XqOptionList *options, XqOptionWords *words, int column, GPtrArray *samples)
{
  guint answers = 0;

  for (guint i = 0; i < samples->len; i++)
    {
      char **texts = samples->pdata[i];
      XqCell cell = { XQ_CELL_TEXT, column < (int) g_strv_length (texts) ? texts[column] : "", 0 };
      XqReading reading = xq_option_words_read (words, &cell);

      if (reading.kind == XQ_READING_UNKNOWN
          || (reading.kind == XQ_READING_NUMBER
              && (reading.number < MIN (options->lowest, 1)
                  || reading.number > MAX (options->highest, (int) options->n_options))))
        return FALSE;
      answers += reading.kind != XQ_READING_BLANK;
    }
  return answers > 0;
}

/* Free candidates; with @instrument only those whose cells are answers to it (element-type guint). */
static GArray *
list_free (const XqCandidates *candidates, const XqInstrument *instrument, GPtrArray *samples)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (XqOptionWords) words
      = instrument != NULL ? xq_option_words_new (instrument->items[0].options) : NULL;

  for (guint place = 0; place < candidates->columns->len; place++)
    if (xq_candidates_free_at (candidates, place, 1)
        && (instrument == NULL
            || holds_answers (instrument->items[0].options, words,
                              g_array_index (candidates->columns, int, place), samples)))
      g_array_append_val (places, place);
  return places;
}

static gboolean
refuse_count (const XqAnswers *answers, GPtrArray *wanted, guint found, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint items = 0;

  for (guint i = 0; i < wanted->len; i++)
    {
      const XqInstrument *instrument = wanted->pdata[i];

      g_string_append_printf (names, "%s%s", i > 0 ? _ (", ") : "", instrument->label);
      items += instrument->n_items;
    }
  g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED,
               _ ("%s needs %u columns of answers; “%s”, sheet “%s”, has %u that may be. Say which columns they are."),
               names->str, items, answers->file_name, answers->sheet_name, found);
  return FALSE;
}

/* What was named but is not known by its wording takes the columns that are left, if they are just as many. */
static gboolean
map_by_order (XqAnswers *answers, GPtrArray *wanted, XqCandidates *candidates, GPtrArray *samples, GError **error)
{
  guint items = 0, all_items = 0, next = 0;
  g_autoptr (GArray) places = list_free (candidates, NULL, samples);

  for (guint i = 0; i < wanted->len; i++)
    {
      items += ((const XqInstrument *) wanted->pdata[i])->n_items;
      all_items += ((const XqInstrument *) wanted->pdata[i])->n_all_items;
    }
  if (places->len != items && places->len != all_items && wanted->len == 1)
    {
      g_array_unref (places);
      places = list_free (candidates, wanted->pdata[0], samples);
    }
  if (places->len != items && places->len != all_items)
    return refuse_count (answers, wanted, places->len, error);
  for (guint i = 0; i < wanted->len; i++)
    {
      const XqInstrument *instrument = wanted->pdata[i];
      XqAnswersColumns *columns = xq_answers_add_columns (answers, instrument, FALSE);
      guint count = places->len == items ? instrument->n_items : instrument->n_all_items;

      for (guint k = 0; k < count; k++)
        xq_candidates_take (candidates, g_array_index (places, guint, next++), columns, k);
    }
  return TRUE;
}

/* -- all together -- */

/* The instruments that were named, each once (element-type XqInstrument). */
static GPtrArray *
named_instruments (XqAnswers *answers, const XqAnswersOptions *options, GError **error)
{
  g_autoptr (GPtrArray) named = g_ptr_array_new ();

  for (const char *const *entry = options->instruments; entry != NULL && *entry != NULL; entry++)
    {
      g_auto (GStrv) ids = g_strsplit (*entry, ",", -1);

      for (char **id = ids; *id != NULL; id++)
        {
          const XqInstrument *instrument = xq_instrument_set_get (answers->set, g_strstrip (*id), error);

          if (instrument == NULL)
            return NULL;
          if (!g_ptr_array_find (named, instrument, NULL))
            g_ptr_array_add (named, (gpointer) instrument);
        }
    }
  return g_steal_pointer (&named);
}

/* Columns that the user gave to instruments; these count as named. */
static gboolean
map_choices (XqAnswers *answers, const XqHeader *header, const XqAnswersOptions *options, GPtrArray *named,
             XqCandidates *candidates, GError **error)
{
  GHashTableIter iter;
  gpointer field, choice;

  if (options->overrides == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, options->overrides);
  while (g_hash_table_iter_next (&iter, &field, &choice))
    {
      const XqInstrument *instrument;
      gboolean is_field = FALSE;

      for (const XqHeaderField *known = xq_answers_fields; known->field != NULL; known++)
        is_field = is_field || strcmp (known->field, field) == 0;
      if (is_field)
        continue;
      instrument = xq_instrument_set_get (answers->set, field, error);
      if (instrument == NULL || !xq_answers_map_choice (answers, header, instrument, choice, candidates, error))
        return FALSE;
      g_ptr_array_remove (named, (gpointer) instrument);
    }
  return TRUE;
}

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  const XqAnswersColumns *const *first = a, *const *second = b;

  return (*first)->item_columns[0] - (*second)->item_columns[0];
}

gboolean
xq_answers_find_columns (XqAnswers *answers, const XqHeader *header, const XqAnswersOptions *options,
                         GPtrArray *samples, GError **error)
{
  g_autoptr (GPtrArray) named = named_instruments (answers, options, error);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();
  g_auto (XqCandidates) candidates = { NULL };

  if (named == NULL)
    return FALSE;
  answers->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) columns_free);
  find_candidates (header, &candidates);
  if (!map_choices (answers, header, options, named, &candidates, error))
    return FALSE;
  for (guint i = 0; i < named->len; i++)
    if (!xq_answers_recognise_in_order (answers, named->pdata[i], &candidates)
        && !xq_answers_recognise_shuffled (answers, named->pdata[i], &candidates))
      g_ptr_array_add (unknown, named->pdata[i]);
  if (!options->only_named)
    xq_answers_recognise_others (answers, &candidates);
  if (unknown->len > 0 && !map_by_order (answers, unknown, &candidates, samples, error))
    return FALSE;
  g_ptr_array_sort (answers->columns, compare_columns);
  if (answers->columns->len > 0)
    return TRUE;
  g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED,
               _ ("The questions of “%s”, sheet “%s”, are not known. Say which questionnaire they are of."),
               answers->file_name, answers->sheet_name);
  return FALSE;
}
