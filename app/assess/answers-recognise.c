/* Columns told by the wording of their questions. */
#include "config.h"

#include "assess/answers-columns.h"

#include <string.h>

#include "assess/instrument-private.h"

/* Of ten questions so many must be known by their wording; a school shortens one or the other. */
#define KNOWN_OF_TEN 8

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

static guint
count_known (const XqInstrument *instrument, const XqCandidates *candidates, guint from)
{
  guint known = 0;

  for (guint k = 0; k < instrument->n_items; k++)
    known += asks (instrument, k, candidates->words->pdata[from + k]) ? 1 : 0;
  return known;
}

/* Questions one after the other in the order of the items. */
gboolean
xq_answers_recognise_in_order (XqAnswers *answers, const XqInstrument *instrument, XqCandidates *candidates)
{
  guint best = 0, best_known = 0;
  XqAnswersColumns *columns;

  for (guint from = 0; from < candidates->columns->len; from++)
    {
      guint known = 0;

      if (xq_candidates_free_at (candidates, from, instrument->n_items))
        known = count_known (instrument, candidates, from);
      if (known > best_known)
        {
          best = from;
          best_known = known;
        }
    }
  if (best_known * 10 < instrument->n_items * KNOWN_OF_TEN || best_known < 2)
    return FALSE;
  columns = xq_answers_add_columns (answers, instrument, TRUE);
  for (guint k = 0; k < instrument->n_items; k++)
    xq_candidates_take (candidates, best + k, columns, k);
  return TRUE;
}

/* Each question somewhere: a form may put them in another order (the PHQ-A in that of the PHQ-9). */
gboolean
xq_answers_recognise_shuffled (XqAnswers *answers, const XqInstrument *instrument, XqCandidates *candidates)
{
  g_autofree guint *places = g_new0 (guint, instrument->n_items);
  g_autofree gboolean *used = g_new0 (gboolean, candidates->columns->len + 1);
  XqAnswersColumns *columns;

  for (guint k = 0; k < instrument->n_items; k++)
    {
      guint place = 0;

      while (place < candidates->columns->len
             && (used[place] || !xq_candidates_free_at (candidates, place, 1)
                 || !asks (instrument, k, candidates->words->pdata[place])))
        place++;
      if (place == candidates->columns->len)
        return FALSE;
      used[place] = TRUE;
      places[k] = place;
    }
  columns = xq_answers_add_columns (answers, instrument, TRUE);
  for (guint k = 0; k < instrument->n_items; k++)
    xq_candidates_take (candidates, places[k], columns, k);
  return TRUE;
}

static int
compare_length (gconstpointer a, gconstpointer b)
{
  const XqInstrument *const *first = a, *const *second = b;

  return (int) (*second)->n_items - (int) (*first)->n_items;
}

/* Instruments that nobody named but whose questions stand there, the longest first. */
void
xq_answers_recognise_others (XqAnswers *answers, XqCandidates *candidates)
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
        xq_answers_recognise_in_order (answers, instrument, candidates);
    }
}
