#include "config.h"

#include "care/triage.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/error.h"
#include "care/care-private.h"
#include "vault/audit.h"
#include "vault/store.h"

const XqChoice xq_triage_outcomes[] = {
  { "confirmed", N_ ("Confirmed") },
  { "changed", N_ ("Level changed") },
  { "dismissed", N_ ("Dismissed") },
  { NULL, NULL },
};

#define FIELD(member, words, type, flags, values)                                                   \
  { #member, words, type, G_STRUCT_OFFSET (XqTriage, member), flags, XQ_PRIVACY_SENSITIVE, values }

static const XqField fields[] = {
  FIELD (warning_id, N_ ("Warning"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL, NULL),
  FIELD (at, N_ ("When"), XQ_FIELD_TIME, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL, NULL),
  FIELD (outcome, N_ ("Outcome"), XQ_FIELD_CHOICE, XQ_FIELD_REQUIRED, xq_triage_outcomes),
  FIELD (level, N_ ("Level"), XQ_FIELD_LEVEL, XQ_FIELD_NONE, NULL),
  FIELD (reason, N_ ("Reason"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, NULL),
  FIELD (note, N_ ("Interview note"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_TRIAGE = { "triage", N_ ("Triage"), sizeof (XqTriage), fields };

GPtrArray *
xq_triage_list (XqDatabase *database, gint64 warning_id, GError **error)
{
  return xq_store_list (database, error, &XQ_TRIAGE, "WHERE warning_id = :warning ORDER BY at, id",
                        XQ_INTEGER (":warning", warning_id), XQ_END);
}

/* The words of a triage, borrowed for the call. */
typedef struct
{
  XqTriageOutcome outcome;
  int level;
  const char *reason;
  const char *note;
} Said;

static char *
words_or_none (const char *text)
{
  return text != NULL && *text != '\0' ? (char *) text : NULL;
}

static gboolean
write_triage (XqCare *care, const XqWarning *warning, const Said *said, GError **error)
{
  XqTriage triage = {
    .warning_id = warning->id,
    .at = warning->triaged_at,
    .outcome = said->outcome,
    .level = said->level,
    .reason = words_or_none (said->reason),
    .note = words_or_none (said->note),
  };

  return xq_store_insert (xq_care_database (care), &XQ_TRIAGE, &triage, error);
}

/* Where a confirmed warning stands: referred while a referral is on its way, in care while a case is open. */
static gboolean
confirmed_state (XqCare *care, const XqWarning *warning, XqWarningState *ret_state, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  gint64 referred = 0, in_care = 0;

  if (!xq_database_get_integer (database, error, &referred, NULL,
                                "SELECT count (*) FROM follow_up WHERE warning_id = :warning"
                                " AND cause = 'referral' AND state = 'due'",
                                XQ_INTEGER (":warning", warning->id), XQ_END)
      || !xq_database_get_integer (database, error, &in_care, NULL,
                                   "SELECT count (*) FROM case_file WHERE person_id = :person AND closed_on IS NULL",
                                   XQ_INTEGER (":person", warning->person_id), XQ_END))
    return FALSE;
  *ret_state = referred > 0 ? XQ_WARNING_REFERRED : in_care > 0 ? XQ_WARNING_IN_CARE : XQ_WARNING_CONFIRMED;
  return TRUE;
}

/* The warning stands at the level that was said: state, follow-ups, the person's level. */
static gboolean
stand_at (XqCare *care, XqWarning *warning, const Said *said, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autofree char *today = xq_clock_today ();
  XqWarningState state = warning->state;

  if (state == XQ_WARNING_NEW
      && (!confirmed_state (care, warning, &state, error) || !xq_warning_step (care, warning, state, error)))
    return FALSE;
  warning->level = said->level;
  warning->triaged_at = xq_clock_now ();
  return xq_store_update (database, &XQ_WARNING, warning, error) && write_triage (care, warning, said, error)
         && xq_follow_up_plan (care, warning->person_id, warning->id, said->level, today, error)
         && xq_care_set_level (care, warning->person_id, said->level, TRUE, error);
}

gboolean
xq_triage_confirm (XqCare *care, gint64 warning_id, const char *note, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqWarning) warning = transaction != NULL ? xq_warning_load (database, warning_id, error) : NULL;
  Said said = { .outcome = XQ_TRIAGE_CONFIRMED, .note = note };

  if (warning == NULL)
    return FALSE;
  if (warning->state != XQ_WARNING_NEW)
    {
      /* Says what may follow, or that nothing does. */
      if (xq_warning_step (care, warning, XQ_WARNING_CONFIRMED, error))
        g_assert_not_reached ();
      return FALSE;
    }
  said.level = warning->level;
  return stand_at (care, warning, &said, error) && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

static gboolean
check_change (const XqWarning *warning, int level, GError **error)
{
  const char *message = NULL;

  if (level < 1 || level > 3)
    message = _ ("A level is 1, 2 or 3.");
  else if (!(XQ_WARNING_OPEN_STATES & 1u << warning->state))
    message = _ ("This warning is over. A new one is raised by new evidence or a report.");
  else if (warning->level == level)
    message = _ ("The warning is at this level already. Confirm it instead.");
  if (message == NULL)
    return TRUE;
  g_set_error_literal (error, XQ_CARE_ERROR, XQ_ERROR_REFUSED, message);
  return FALSE;
}

gboolean
xq_triage_change (XqCare *care, gint64 warning_id, int level, const char *reason, const char *note, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  Said said = { .outcome = XQ_TRIAGE_CHANGED, .level = level, .reason = reason, .note = note };
  g_autoptr (XqTransaction) transaction = NULL;
  g_autoptr (XqWarning) warning = NULL;

  if (!xq_care_needs_words (reason, _ ("Say why the level is changed."), error))
    return FALSE;
  transaction = xq_transaction_begin (database, error);
  warning = transaction != NULL ? xq_warning_load (database, warning_id, error) : NULL;
  return warning != NULL && check_change (warning, level, error) && stand_at (care, warning, &said, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

/* Whether somebody has confirmed @warning before. */
static gboolean
was_confirmed (XqCare *care, gint64 warning_id, gint64 *ret_times, GError **error)
{
  *ret_times = 0;
  return xq_database_get_integer (xq_care_database (care), error, ret_times, NULL,
                                  "SELECT count (*) FROM triage WHERE warning_id = :warning"
                                  " AND outcome <> 'dismissed'",
                                  XQ_INTEGER (":warning", warning_id), XQ_END);
}

gboolean
xq_triage_dismiss (XqCare *care, gint64 warning_id, const char *reason, const char *note, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  Said said = { .outcome = XQ_TRIAGE_DISMISSED, .reason = reason, .note = note };
  g_autoptr (XqTransaction) transaction = NULL;
  g_autoptr (XqWarning) warning = NULL;
  gint64 confirmed;

  if (!xq_care_needs_words (reason, _ ("Say why the warning is dismissed."), error))
    return FALSE;
  transaction = xq_transaction_begin (database, error);
  warning = transaction != NULL ? xq_warning_load (database, warning_id, error) : NULL;
  if (warning == NULL || !was_confirmed (care, warning_id, &confirmed, error)
      || !xq_warning_step (care, warning, XQ_WARNING_DISMISSED, error))
    return FALSE;
  if (confirmed > 0)
    {
      g_set_error_literal (error, XQ_CARE_ERROR, XQ_ERROR_REFUSED,
                           _ ("This warning was confirmed before heavier evidence came in. Confirm it, change its"
                              " level, or close the care with a reason."));
      return FALSE;
    }
  warning->triaged_at = warning->closed_at = xq_clock_now ();
  return xq_store_update (database, &XQ_WARNING, warning, error) && write_triage (care, warning, &said, error)
         && xq_care_set_level (care, warning->person_id, 0, TRUE, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

static gboolean
refuse_undo (GError **error, const char *message)
{
  g_set_error_literal (error, XQ_CARE_ERROR, XQ_ERROR_REFUSED, message);
  return FALSE;
}

/* How many follow-ups of the warning somebody has touched: done, skipped or put off. */
static gboolean
count_touched (XqCare *care, gint64 warning_id, gint64 *ret_touched, GError **error)
{
  *ret_touched = 0;
  return xq_database_get_integer (xq_care_database (care), error, ret_touched, NULL,
                                  "SELECT count (*) FROM follow_up WHERE warning_id = :warning"
                                  " AND (state <> 'due' OR postponed_reason IS NOT NULL OR cause <> 'level')",
                                  XQ_INTEGER (":warning", warning_id), XQ_END);
}

static gboolean
check_undo (XqCare *care, const XqWarning *warning, GPtrArray *triages, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (XqWarning) newer = NULL;
  gint64 touched;

  if (triages->len == 0)
    return refuse_undo (error, _ ("Nobody has triaged this warning yet."));
  if (triages->len > 1)
    return refuse_undo (error, _ ("Only the first triage of a warning can be taken back. Change its level instead."));
  if (warning->state != XQ_WARNING_CONFIRMED && warning->state != XQ_WARNING_DISMISSED)
    return refuse_undo (error, _ ("Care has begun, so the triage can no longer be taken back. Change its level"
                                  " instead."));
  if (!count_touched (care, warning->id, &touched, error))
    return FALSE;
  if (touched > 0)
    return refuse_undo (error, _ ("A follow-up has already been worked on, so the triage can no longer be taken"
                                  " back."));
  newer = warning->state == XQ_WARNING_DISMISSED
              ? xq_warning_open_of (xq_care_database (care), warning->person_id, &reason)
              : NULL;
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  return newer == NULL || refuse_undo (error, _ ("There is a newer warning for this person. Work on that one."));
}

static gboolean
take_back (XqCare *care, XqWarning *warning, const XqTriage *triage, GError **error)
{
  XqDatabase *database = xq_care_database (care);

  if (!xq_database_execute (database, error,
                            "DELETE FROM follow_up WHERE warning_id = :warning AND cause = 'level'",
                            XQ_INTEGER (":warning", warning->id), XQ_END)
      || !xq_store_delete (database, &XQ_TRIAGE, triage->id, error)
      || !xq_warning_step (care, warning, XQ_WARNING_NEW, error))
    return FALSE;
  warning->level = warning->raised_level;
  warning->triaged_at = warning->closed_at = 0;
  return xq_store_update (database, &XQ_WARNING, warning, error)
         && xq_audit_append (database, "triage_undo", "warning", warning->id, NULL, error)
         && xq_care_set_level (care, warning->person_id, warning->level, TRUE, error);
}

gboolean
xq_triage_undo (XqCare *care, gint64 warning_id, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqWarning) warning = transaction != NULL ? xq_warning_load (database, warning_id, error) : NULL;
  g_autoptr (GPtrArray) triages = warning != NULL ? xq_triage_list (database, warning_id, error) : NULL;

  return triages != NULL && check_undo (care, warning, triages, error)
         && take_back (care, warning, g_ptr_array_index (triages, 0), error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}
