/* Whose each row is: by number, then by name and class; and which of several of one person count. */
#include "config.h"

#include "assess/answers-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "assess/scoring.h"
#include "base/clock.h"
#include "people/class-name.h"
#include "people/organisation.h"

typedef struct
{
  XqDatabase *database;
  XqPersonIndex *index;
  XqUnitTree *tree;         /* loaded when a name alone does not tell */
  GPtrArray *organisations; /* of XqOrganisation, with @tree */
  GHashTable *last;         /* person → the last row so far of XqAnswersRow */
} Matching;

static void
matching_clear (Matching *matching)
{
  g_clear_pointer (&matching->index, xq_person_index_free);
  g_clear_pointer (&matching->tree, xq_unit_tree_free);
  g_clear_pointer (&matching->organisations, g_ptr_array_unref);
  g_clear_pointer (&matching->last, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Matching, matching_clear)

static gboolean
load_units (Matching *matching, GError **error)
{
  if (matching->tree != NULL)
    return TRUE;
  matching->organisations = xq_organisation_list (matching->database, error);
  if (matching->organisations != NULL)
    matching->tree = xq_unit_tree_load (matching->database, error);
  return matching->tree != NULL;
}

/* The unit that a text names in the organisation; 0 for none. */
static gint64
find_unit (const Matching *matching, XqOrganisation *organisation, const char *text)
{
  g_auto (XqClassName) name = { NULL };
  g_auto (GStrv) path = NULL;
  gint64 unit_id;

  xq_class_name_parse (NULL, text, xq_school_stage_guess (organisation->name), NULL, &name);
  unit_id = xq_unit_tree_find_class (matching->tree, organisation->id, &name);
  if (unit_id != 0)
    return unit_id;
  path = xq_unit_path_split (text);
  return xq_unit_tree_find_path (matching->tree, organisation->id, (const char *const *) path);
}

/* Several of one name: the one of the class that the row says. */
static gboolean
match_by_unit (Matching *matching, const XqAnswersRow *row, const char *name, const XqPerson **ret_person,
               GError **error)
{
  if (row->unit == NULL)
    return TRUE;
  if (!load_units (matching, error))
    return FALSE;
  for (guint i = 0; i < matching->organisations->len && *ret_person == NULL; i++)
    {
      gint64 unit_id = find_unit (matching, matching->organisations->pdata[i], row->unit);

      if (unit_id != 0)
        *ret_person = xq_person_index_match (matching->index, NULL, NULL, name, NULL, unit_id, NULL);
    }
  return TRUE;
}

static void
say_why (XqAnswersRow *row, XqMatch match)
{
  if (row->name == NULL && row->code == NULL && row->national_id == NULL)
    row->why = g_strdup (_ ("The row has neither a number nor a name."));
  else if (match == XQ_MATCH_AMBIGUOUS && row->unit != NULL)
    row->why = g_strdup_printf (_ ("Several people are called “%s”, and “%s” does not tell which. Give the number."),
                                row->name, row->unit);
  else if (match == XQ_MATCH_AMBIGUOUS)
    row->why = g_strdup_printf (_ ("Several people are called “%s”. Give the number or the class."), row->name);
  else if (row->code != NULL && row->name != NULL)
    row->why = g_strdup_printf (_ ("Nobody has the number “%s” or the name “%s”."), row->code, row->name);
  else if (row->name != NULL)
    row->why = g_strdup_printf (_ ("Nobody is called “%s”."), row->name);
  else
    row->why = g_strdup_printf (_ ("Nobody has the number “%s”."), row->code != NULL ? row->code : row->national_id);
}

/* A number that is somebody else's: a slip of the finger must not give one child's answers to another. */
static gboolean
contradicts (XqAnswersRow *row, const XqPerson *person, const char *name, XqMatch match)
{
  if ((match != XQ_MATCH_CODE && match != XQ_MATCH_NATIONAL_ID) || name == NULL || *name == '\0'
      || strcmp (person->name, name) == 0)
    return FALSE;
  row->why = g_strdup_printf (_ ("The number “%s” belongs to “%s”, but the row says “%s”."),
                              row->code != NULL ? row->code : row->national_id, person->name, row->name);
  return TRUE;
}

static gboolean
match_row (Matching *matching, XqAnswersRow *row, GError **error)
{
  g_autofree char *name = row->name != NULL ? xq_person_name_plain (row->name) : NULL;
  const XqPerson *person;
  XqMatch match;

  person = xq_person_index_match (matching->index, row->code, row->national_id, name, NULL, 0, &match);
  if (person == NULL && match == XQ_MATCH_AMBIGUOUS && !match_by_unit (matching, row, name, &person, error))
    return FALSE;
  if (person == NULL)
    say_why (row, match);
  else if (!contradicts (row, person, name, match))
    {
      row->person_id = person->id;
      row->organisation_id = person->organisation_id;
    }
  return TRUE;
}

static XqUnmatched *
report (const XqAnswersRow *row, const char *why)
{
  XqUnmatched *unmatched = g_new0 (XqUnmatched, 1);

  unmatched->row = row->number;
  unmatched->code = g_strdup (row->code);
  unmatched->name = g_strdup (row->name);
  unmatched->why = g_strdup (why);
  return unmatched;
}

/* Whether a critical item of the row was hit: what must not be lost, whatever else is wrong with the row. */
static gboolean
hits_critical (const XqAnswers *answers, const XqAnswersRow *row)
{
  for (guint i = 0; i < answers->columns->len; i++)
    {
      const XqInstrument *instrument = ((const XqAnswersColumns *) answers->columns->pdata[i])->instrument;
      g_autofree int *values = g_new (int, instrument->n_all_items);
      g_autoptr (XqScoreResult) result = NULL;

      if (!xq_answers_get (answers, row, i, values))
        continue;
      result = xq_score (instrument, values, instrument->n_all_items);
      if (result->n_critical > 0)
        return TRUE;
    }
  return FALSE;
}

/* Whose a row is in which a cell could not be read. It waits for its correction, unless a critical item was hit: then it is
 * taken as an incomplete sheet, because the warning cannot wait. */
static gboolean
match_unread (Matching *matching, const XqAnswers *answers, XqAnswersRow *row, GError **error)
{
  g_autofree char *unread = g_steal_pointer (&row->why);

  if (!match_row (matching, row, error))
    return FALSE;
  if (row->why == NULL && hits_critical (answers, row))
    {
      row->why = g_strdup_printf (_ ("%s A critical item was answered, so the sheet is taken as incomplete and warns. "
                                     "Correct the answer and import again."),
                                  unread);
      return TRUE;
    }
  g_free (row->why);
  row->why = g_steal_pointer (&unread);
  row->person_id = row->organisation_id = 0;
  return TRUE;
}

/* Sheets of two days are two sheets. Without times nothing tells them apart. */
static gboolean
is_same_day (const XqAnswersRow *one, const XqAnswersRow *other)
{
  g_autofree char *day = one->taken_at != 0 ? xq_clock_date (one->taken_at) : NULL;
  g_autofree char *other_day = other->taken_at != 0 ? xq_clock_date (other->taken_at) : NULL;

  return day == NULL || other_day == NULL || strcmp (day, other_day) == 0;
}

/* Of two rows of one person and day the later one counts, by time and else by place. An earlier one that hit a critical item
 * is kept beside it: a child who takes such an answer back is still to be talked with. */
static void
settle (XqAnswers *answers, XqAnswersRow *before, XqAnswersRow *row)
{
  gboolean is_later = before->taken_at <= row->taken_at;
  XqAnswersRow *earlier = is_later ? before : row;
  int later = (int) (is_later ? row->number : before->number);
  g_autofree char *why = NULL;

  if (hits_critical (answers, earlier))
    why = g_strdup_printf (_ ("Row %d of the same person is later; this one is kept beside it, because a critical item was "
                              "answered in it."),
                           later);
  else
    {
      earlier->replaced = TRUE;
      why = g_strdup_printf (_ ("Row %d of the same person is later and counts."), later);
    }
  g_ptr_array_add (answers->replaced, report (earlier, why));
}

static void
settle_duplicates (XqAnswers *answers, GHashTable *last, XqAnswersRow *row)
{
  row->before = g_hash_table_lookup (last, &row->person_id);
  g_hash_table_insert (last, &row->person_id, row);
  for (XqAnswersRow *before = row->before; before != NULL && !row->replaced; before = before->before)
    if (!before->replaced && is_same_day (before, row))
      settle (answers, before, row);
}

gboolean
xq_answers_match (XqAnswers *answers, XqDatabase *database, GError **error)
{
  g_auto (Matching) matching = { .database = database };

  matching.index = xq_person_index_load (database, answers->organisation_id, error);
  if (matching.index == NULL)
    return FALSE;
  matching.last = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < answers->rows->len; i++)
    {
      XqAnswersRow *row = &g_array_index (answers->rows, XqAnswersRow, i);

      if (row->unread ? !match_unread (&matching, answers, row, error)
                      : row->why == NULL && !match_row (&matching, row, error))
        return FALSE;
      if (row->why != NULL)
        g_ptr_array_add (answers->unmatched, report (row, row->why));
      else
        {
          answers->matched++;
          settle_duplicates (answers, matching.last, row);
        }
    }
  return TRUE;
}
