#include "config.h"

#include "care/follow-up.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "care/care-private.h"
#include "vault/audit.h"
#include "vault/store.h"

const XqChoice xq_follow_up_causes[] = {
  { "level", N_ ("By level") },
  { "referral", N_ ("Referral") },
  { "return", N_ ("After a return") },
  { "manual", N_ ("By hand") },
  { NULL, NULL },
};

const XqChoice xq_follow_up_states[] = {
  { "due", N_ ("Due") },
  { "done", N_ ("Done") },
  { "skipped", N_ ("Skipped") },
  { NULL, NULL },
};

#define FIELD(member, words, type, flags, privacy, values)                                          \
  { #member, words, type, G_STRUCT_OFFSET (XqFollowUp, member), flags, privacy, values }

static const XqField fields[] = {
  FIELD (person_id, N_ ("Person"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (warning_id, N_ ("Warning"), XQ_FIELD_REFERENCE, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (referral_id, N_ ("Referral"), XQ_FIELD_REFERENCE, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (cause, N_ ("Cause"), XQ_FIELD_CHOICE, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, xq_follow_up_causes),
  FIELD (sequence, N_ ("Sequence"), XQ_FIELD_INTEGER, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (due_on, N_ ("Due on"), XQ_FIELD_DATE, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, NULL),
  FIELD (first_due_on, N_ ("First due on"), XQ_FIELD_DATE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (state, N_ ("State"), XQ_FIELD_CHOICE, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, xq_follow_up_states),
  FIELD (done_at, N_ ("Done at"), XQ_FIELD_TIME, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (note, N_ ("Note"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (postponed_reason, N_ ("Why it was postponed"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_SENSITIVE, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_FOLLOW_UP = { "follow_up", N_ ("Follow-up"), sizeof (XqFollowUp), fields };

char *
xq_follow_up_day (const XqWorkingDays *days, const char *from, int cadence)
{
  g_autofree char *day = xq_date_add_days (from, cadence);
  g_autofree char *after = xq_date_add_days (from, 2 * cadence);
  g_autofree char *moved = xq_working_days_on_or_after (days, day);

  return xq_date_compare (moved, after) < 0 ? g_steal_pointer (&moved) : g_steal_pointer (&day);
}

XqFollowUp *
xq_follow_up_load (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_load (database, &XQ_FOLLOW_UP, id, error);
}

gboolean
xq_follow_up_is_late (const XqFollowUp *follow_up, const char *today)
{
  return follow_up->state == XQ_FOLLOW_UP_DUE && xq_date_compare (follow_up->due_on, today) < 0;
}

gboolean
xq_follow_up_add (XqCare *care, XqFollowUp *follow_up, GError **error)
{
  follow_up->state = XQ_FOLLOW_UP_DUE;
  if (follow_up->sequence == 0)
    follow_up->sequence = 1;
  g_set_str (&follow_up->first_due_on, follow_up->due_on);
  return xq_store_insert (xq_care_database (care), &XQ_FOLLOW_UP, follow_up, error);
}

/* The one of a warning's level that is due now; 0 for none. */
static gboolean
find_due (XqCare *care, gint64 warning_id, gint64 *ret_id, gint64 *ret_last, GError **error)
{
  XqDatabase *database = xq_care_database (care);

  *ret_id = *ret_last = 0;
  return xq_database_get_integer (database, error, ret_id, NULL,
                                  "SELECT id FROM follow_up WHERE warning_id = :warning AND cause = 'level'"
                                  " AND state = 'due' ORDER BY id DESC LIMIT 1",
                                  XQ_INTEGER (":warning", warning_id), XQ_END)
         && xq_database_get_integer (database, error, ret_last, NULL,
                                     "SELECT ifnull (max (sequence), 0) FROM follow_up"
                                     " WHERE warning_id = :warning AND cause = 'level'",
                                     XQ_INTEGER (":warning", warning_id), XQ_END);
}

/* Moves the one that is due to another cadence; a postponement that somebody gave a reason for is over by it. */
static gboolean
plan_again (XqCare *care, gint64 id, const char *day, GError **error)
{
  g_autoptr (XqFollowUp) follow_up = xq_follow_up_load (xq_care_database (care), id, error);

  if (follow_up == NULL)
    return FALSE;
  g_set_str (&follow_up->due_on, day);
  g_set_str (&follow_up->first_due_on, day);
  g_clear_pointer (&follow_up->postponed_reason, g_free);
  return xq_store_update (xq_care_database (care), &XQ_FOLLOW_UP, follow_up, error);
}

gboolean
xq_follow_up_plan (XqCare *care, gint64 person_id, gint64 warning_id, int level, const char *from, GError **error)
{
  g_autofree char *day
      = xq_follow_up_day (xq_care_days (care), from, xq_rules_cadence (xq_care_rules (care), level));
  g_autoptr (XqFollowUp) follow_up = NULL;
  gint64 due, last;

  if (!find_due (care, warning_id, &due, &last, error))
    return FALSE;
  if (due != 0)
    return plan_again (care, due, day, error);
  follow_up = xq_follow_up_new ();
  follow_up->person_id = person_id;
  follow_up->warning_id = warning_id;
  follow_up->cause = XQ_CAUSE_LEVEL;
  follow_up->sequence = last + 1;
  follow_up->due_on = g_strdup (day);
  return xq_follow_up_add (care, follow_up, error);
}

static XqFollowUp *
load_due (XqCare *care, gint64 id, GError **error)
{
  g_autoptr (XqFollowUp) follow_up = xq_follow_up_load (xq_care_database (care), id, error);

  if (follow_up == NULL || follow_up->state == XQ_FOLLOW_UP_DUE)
    return g_steal_pointer (&follow_up);
  g_set_error (error, XQ_CARE_ERROR, XQ_ERROR_REFUSED, _ ("This follow-up is over: %s."),
               _ (xq_follow_up_states[follow_up->state].label));
  return NULL;
}

/* While the warning is open, care goes on. */
static gboolean
plan_next (XqCare *care, const XqFollowUp *follow_up, GError **error)
{
  g_autofree char *today = xq_clock_today ();
  g_autoptr (XqWarning) warning = NULL;

  if (follow_up->cause != XQ_CAUSE_LEVEL || follow_up->warning_id == 0)
    return TRUE;
  warning = xq_warning_load (xq_care_database (care), follow_up->warning_id, error);
  if (warning == NULL)
    return FALSE;
  return !(XQ_WARNING_OPEN_STATES & 1u << warning->state)
         || xq_follow_up_plan (care, follow_up->person_id, warning->id, warning->level, today, error);
}

static gboolean
finish (XqCare *care, gint64 id, XqFollowUpState state, const char *words, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqFollowUp) follow_up = transaction != NULL ? load_due (care, id, error) : NULL;

  if (follow_up == NULL)
    return FALSE;
  follow_up->state = state;
  follow_up->done_at = xq_clock_now ();
  g_set_str (&follow_up->note, words);
  return xq_store_update (database, &XQ_FOLLOW_UP, follow_up, error) && plan_next (care, follow_up, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
xq_follow_up_done (XqCare *care, gint64 id, const char *note, GError **error)
{
  return xq_care_needs_words (note, _ ("Write down what was found."), error)
         && finish (care, id, XQ_FOLLOW_UP_DONE, note, error);
}

gboolean
xq_follow_up_skip (XqCare *care, gint64 id, const char *reason, GError **error)
{
  return xq_care_needs_words (reason, _ ("Say why the follow-up is skipped."), error)
         && finish (care, id, XQ_FOLLOW_UP_SKIPPED, reason, error);
}

gboolean
xq_follow_up_postpone (XqCare *care, gint64 id, const char *due_on, const char *reason, GError **error)
{
  g_autofree char *today = xq_clock_today ();
  g_autoptr (XqFollowUp) follow_up = NULL;

  if (!xq_care_needs_words (reason, _ ("Say why the follow-up is postponed."), error))
    return FALSE;
  if (!xq_date_is_valid (due_on) || xq_date_compare (due_on, today) < 0)
    {
      g_set_error (error, XQ_CARE_ERROR, XQ_ERROR_REFUSED,
                   _ ("“%s” is not a day from today on. Write it as 2026-11-23."), due_on != NULL ? due_on : "");
      return FALSE;
    }
  follow_up = load_due (care, id, error);
  if (follow_up == NULL)
    return FALSE;
  g_set_str (&follow_up->due_on, due_on);
  g_set_str (&follow_up->postponed_reason, reason);
  return xq_store_update (xq_care_database (care), &XQ_FOLLOW_UP, follow_up, error);
}

/* The follow-up that came of @follow_up, if nobody has touched it; 0 for none. */
static gboolean
find_next (XqCare *care, const XqFollowUp *follow_up, gint64 *ret_id, gboolean *ret_touched, GError **error)
{
  gint64 later = 0;

  *ret_id = 0;
  if (follow_up->cause != XQ_CAUSE_LEVEL)
    {
      *ret_touched = FALSE;
      return TRUE;
    }
  if (!xq_database_get_integer (xq_care_database (care), error, ret_id, NULL,
                                "SELECT id FROM follow_up WHERE warning_id = :warning AND cause = 'level'"
                                " AND sequence = :next AND state = 'due' AND postponed_reason IS NULL",
                                XQ_INTEGER (":warning", follow_up->warning_id),
                                XQ_INTEGER (":next", follow_up->sequence + 1), XQ_END)
      || !xq_database_get_integer (xq_care_database (care), error, &later, NULL,
                                   "SELECT count (*) FROM follow_up WHERE warning_id = :warning AND cause = 'level'"
                                   " AND sequence > :this",
                                   XQ_INTEGER (":warning", follow_up->warning_id),
                                   XQ_INTEGER (":this", follow_up->sequence), XQ_END))
    return FALSE;
  *ret_touched = later > (*ret_id != 0 ? 1 : 0);
  return TRUE;
}

static gboolean
refuse_undo (GError **error, const char *message)
{
  g_set_error_literal (error, XQ_CARE_ERROR, XQ_ERROR_REFUSED, message);
  return FALSE;
}

/* A warning that is over has no follow-ups left to do. */
static gboolean
check_warning_open (XqCare *care, const XqFollowUp *follow_up, GError **error)
{
  g_autoptr (XqWarning) warning = NULL;

  if (follow_up->warning_id == 0)
    return TRUE;
  warning = xq_warning_load (xq_care_database (care), follow_up->warning_id, error);
  if (warning == NULL)
    return FALSE;
  return XQ_WARNING_OPEN_STATES & 1u << warning->state
         || refuse_undo (error, _ ("The warning is over, so this follow-up stays as it is."));
}

gboolean
xq_follow_up_undo (XqCare *care, gint64 id, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqFollowUp) follow_up = transaction != NULL ? xq_follow_up_load (database, id, error) : NULL;
  gboolean touched;
  gint64 next;

  if (follow_up == NULL)
    return FALSE;
  if (follow_up->state == XQ_FOLLOW_UP_DUE)
    return refuse_undo (error, _ ("This follow-up is still due: there is nothing to take back."));
  if (!check_warning_open (care, follow_up, error) || !find_next (care, follow_up, &next, &touched, error))
    return FALSE;
  if (touched)
    return refuse_undo (error, _ ("The next follow-up has already been worked on."));
  follow_up->state = XQ_FOLLOW_UP_DUE;
  follow_up->done_at = 0;
  g_clear_pointer (&follow_up->note, g_free);
  return (next == 0 || xq_store_delete (database, &XQ_FOLLOW_UP, next, error))
         && xq_store_update (database, &XQ_FOLLOW_UP, follow_up, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
xq_follow_up_skip_all (XqCare *care, gint64 warning_id, guint cause_mask, const char *reason, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (GPtrArray) due = NULL;

  if (transaction == NULL)
    return FALSE;
  due = xq_store_list (database, error, &XQ_FOLLOW_UP, "WHERE warning_id = :warning AND state = 'due'",
                       XQ_INTEGER (":warning", warning_id), XQ_END);
  if (due == NULL)
    return FALSE;
  for (guint i = 0; i < due->len; i++)
    {
      XqFollowUp *follow_up = g_ptr_array_index (due, i);

      if (!(cause_mask & 1u << follow_up->cause))
        continue;
      follow_up->state = XQ_FOLLOW_UP_SKIPPED;
      follow_up->done_at = xq_clock_now ();
      g_set_str (&follow_up->note, reason);
      if (!xq_store_update (database, &XQ_FOLLOW_UP, follow_up, error))
        return FALSE;
    }
  return xq_transaction_commit (g_steal_pointer (&transaction), error);
}
