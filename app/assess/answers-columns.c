/* Which columns of a table hold whose items: by the user's word, by the wording of the questions, or by their order. */
#include "config.h"

#include "assess/answers-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "assess/instrument-private.h"

/* Of ten questions so many must be known by their wording; a school shortens one or the other. */
#define KNOWN_OF_TEN 8

/* Columns of the table that may be items, in order. */
typedef struct
{
  GArray *columns;   /* of int */
  GPtrArray *words;  /* normalised titles, beside @columns */
  GArray *taken;     /* of gboolean, beside @columns */
} Candidates;

static void
candidates_clear (Candidates *candidates)
{
  g_clear_pointer (&candidates->columns, g_array_unref);
  g_clear_pointer (&candidates->words, g_ptr_array_unref);
  g_clear_pointer (&candidates->taken, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Candidates, candidates_clear)

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
find_candidates (const XqHeader *header, Candidates *candidates)
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

static XqAnswersColumns *
add_columns (XqAnswers *answers, const XqInstrument *instrument, gboolean by_text)
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

/* -- by the wording -- */

/* Whether a title asks what item @k asks. */
static gboolean
asks (const XqInstrument *instrument, guint k, const char *word)
{
  const XqWords *text = &instrument->items[k].text;
  const char *const texts[] = { text->zh_CN, text->zh_TW, text->en };
  g_auto (GStrv) alternatives
      = instrument->own->recognise != NULL ? g_strsplit (instrument->own->recognise[k], "|", -1) : NULL;

  for (char **one = alternatives; one != NULL && *one != NULL; one++)
    {
      g_autofree char *plain = xq_header_normalise (*one);

      if (*plain != '\0' && strstr (word, plain) != NULL)
        return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *plain = texts[i] != NULL ? xq_header_normalise (texts[i]) : NULL;

      if (plain != NULL && strstr (word, plain) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_free (const Candidates *candidates, guint from, guint count)
{
  if (from + count > candidates->columns->len)
    return FALSE;
  for (guint i = from; i < from + count; i++)
    if (g_array_index (candidates->taken, gboolean, i))
      return FALSE;
  return TRUE;
}

static guint
count_known (const XqInstrument *instrument, const Candidates *candidates, guint from)
{
  guint known = 0;

  for (guint k = 0; k < instrument->n_items; k++)
    known += asks (instrument, k, candidates->words->pdata[from + k]) ? 1 : 0;
  return known;
}

static void
take (Candidates *candidates, guint place, XqAnswersColumns *columns, guint item)
{
  g_array_index (candidates->taken, gboolean, place) = TRUE;
  columns->item_columns[item] = g_array_index (candidates->columns, int, place);
}

/* Questions one after the other in the order of the items. */
static gboolean
recognise_in_order (XqAnswers *answers, const XqInstrument *instrument, Candidates *candidates)
{
  guint best = 0, best_known = 0;
  XqAnswersColumns *columns;

  for (guint from = 0; from < candidates->columns->len; from++)
    {
      guint known = is_free (candidates, from, instrument->n_items) ? count_known (instrument, candidates, from) : 0;

      if (known > best_known)
        {
          best = from;
          best_known = known;
        }
    }
  if (best_known * 10 < instrument->n_items * KNOWN_OF_TEN || best_known < 2)
    return FALSE;
  columns = add_columns (answers, instrument, TRUE);
  for (guint k = 0; k < instrument->n_items; k++)
    take (candidates, best + k, columns, k);
  return TRUE;
}

/* Each question somewhere: a form may put them in another order (the PHQ-A in that of the PHQ-9). */
static gboolean
recognise_shuffled (XqAnswers *answers, const XqInstrument *instrument, Candidates *candidates)
{
  g_autofree guint *places = g_new0 (guint, instrument->n_items);
  g_autofree gboolean *used = g_new0 (gboolean, candidates->columns->len + 1);
  XqAnswersColumns *columns;

  for (guint k = 0; k < instrument->n_items; k++)
    {
      guint place = 0;

      while (place < candidates->columns->len
             && (used[place] || !is_free (candidates, place, 1)
                 || !asks (instrument, k, candidates->words->pdata[place])))
        place++;
      if (place == candidates->columns->len)
        return FALSE;
      used[place] = TRUE;
      places[k] = place;
    }
  columns = add_columns (answers, instrument, TRUE);
  for (guint k = 0; k < instrument->n_items; k++)
    take (candidates, places[k], columns, k);
  return TRUE;
}

static int
compare_length (gconstpointer a, gconstpointer b)
{
  const XqInstrument *const *first = a, *const *second = b;

  return (int) (*second)->n_items - (int) (*first)->n_items;
}

/* Instruments that nobody named but whose questions stand there, the longest first. */
static void
recognise_others (XqAnswers *answers, Candidates *candidates)
{
  g_autoptr (GPtrArray) instruments = xq_instrument_set_list (answers->set);

  g_ptr_array_sort (instruments, compare_length);
  for (guint i = 0; i < instruments->len; i++)
    {
      const XqInstrument *instrument = instruments->pdata[i];
      gboolean there = FALSE;

      for (guint k = 0; k < answers->columns->len; k++)
        there = there || ((XqAnswersColumns *) answers->columns->pdata[k])->instrument == instrument;
      if (!there && instrument->own->recognise != NULL)
        recognise_in_order (answers, instrument, candidates);
    }
}

/* -- by the user's word -- */

/* The number that a questionnaire puts before a question: "3、", "Q3.", "第3题", "(3)"; 0 for none. */
static int
question_number (const char *title)
{
  static const char *const forms[] = { "%d、", "%d.", "%d．", "%d)", "%d）", "Q%d", "q%d", "第%d题", "第%d題", "(%d)", "（%d）" };

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

/* "I:Q", "3-11" or one column. */
static gboolean
add_part (const XqHeader *header, const char *part, GArray *columns)
{
  const char *between = strchr (part, ':') != NULL ? strchr (part, ':') : strchr (part, '-');
  g_autofree char *from = between != NULL ? g_strndup (part, (gsize) (between - part)) : g_strdup (part);
  int first = column_of_part (header, g_strstrip (from));
  int last = between != NULL ? column_of_part (header, between + 1) : first;

  if (first < 0 || last < first)
    return FALSE;
  for (int column = first; column <= last; column++)
    g_array_append_val (columns, column);
  return TRUE;
}

static gboolean
map_by_choice (XqAnswers *answers, const XqHeader *header, const XqInstrument *instrument, const char *choice,
               Candidates *candidates, GError **error)
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
  columns = add_columns (answers, instrument, FALSE);
  for (guint k = 0; k < chosen->len; k++)
    {
      columns->item_columns[k] = g_array_index (chosen, int, k);
      for (guint place = 0; place < candidates->columns->len; place++)
        if (g_array_index (candidates->columns, int, place) == columns->item_columns[k])
          g_array_index (candidates->taken, gboolean, place) = TRUE;
    }
  return TRUE;
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
list_free (const Candidates *candidates, const XqInstrument *instrument, GPtrArray *samples)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (XqOptionWords) words
      = instrument != NULL ? xq_option_words_new (instrument->items[0].options) : NULL;

  for (guint place = 0; place < candidates->columns->len; place++)
    if (is_free (candidates, place, 1)
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
map_by_order (XqAnswers *answers, GPtrArray *wanted, Candidates *candidates, GPtrArray *samples, GError **error)
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
      XqAnswersColumns *columns = add_columns (answers, instrument, FALSE);
      guint count = places->len == items ? instrument->n_items : instrument->n_all_items;

      for (guint k = 0; k < count; k++)
        take (candidates, g_array_index (places, guint, next++), columns, k);
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
             Candidates *candidates, GError **error)
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
      if (instrument == NULL || !map_by_choice (answers, header, instrument, choice, candidates, error))
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
  g_auto (Candidates) candidates = { NULL };

  if (named == NULL)
    return FALSE;
  answers->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) columns_free);
  find_candidates (header, &candidates);
  if (!map_choices (answers, header, options, named, &candidates, error))
    return FALSE;
  for (guint i = 0; i < named->len; i++)
    if (!recognise_in_order (answers, named->pdata[i], &candidates)
        && !recognise_shuffled (answers, named->pdata[i], &candidates))
      g_ptr_array_add (unknown, named->pdata[i]);
  if (!options->only_named)
    recognise_others (answers, &candidates);
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
