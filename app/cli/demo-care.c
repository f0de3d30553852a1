/* The counsellor's working day: interviews, follow-ups, warnings that teachers bring, crises. Sessions are in
 * demo-sessions.c. She sees so many people a day and no more; a few things stay late, as they do. */
#include "config.h"

#include "base/date.h"
#include "care/follow-up.h"
#include "care/records.h"
#include "care/triage.h"
#include "care/warning.h"
#include "cli/demo-private.h"
#include "cli/demo-sessions.h"

#define INTERVIEWS_A_DAY 8
#define FOLLOW_UPS_A_DAY 40
#define AFTER_CLASSES (16 * 60 + 5)

struct _XqDemoCare
{
  XqDemo *demo;
  XqDemoSessions *sessions;
  XqDemoReferrals *referrals;
  GRand *random;
  int counsellors;
  int working_days_left; /* until today: the last ones leave things undone */
};

XqDemoCare *
xq_demo_care_new (XqDemo *demo, GError **error)
{
  g_autoptr (XqDemoReferrals) referrals = xq_demo_referrals_new (demo, error);
  XqDemoCare *care;

  if (referrals == NULL)
    return NULL;
  care = g_new0 (XqDemoCare, 1);
  care->demo = demo;
  care->random = xq_demo_random_new (demo->options.seed, XQ_DEMO_CARE);
  care->sessions = xq_demo_sessions_new (demo);
  care->referrals = g_steal_pointer (&referrals);
  care->counsellors = CLAMP (demo->options.students / 1000, 1, 4);
  return care;
}

void
xq_demo_care_free (XqDemoCare *care)
{
  g_clear_pointer (&care->sessions, xq_demo_sessions_free);
  g_clear_pointer (&care->referrals, xq_demo_referrals_free);
  g_clear_pointer (&care->random, g_rand_free);
  g_free (care);
}

/* -- triage */

static gboolean
confirmed (XqDemoCare *care, const XqWarning *warning, int level, GError **error)
{
  XqDemo *demo = care->demo;
  double share = level == 1 ? 0.95 : level == 2 ? 0.6 : 0.15;

  if (xq_demo_random_chance (care->random, share)
      && !xq_demo_sessions_take_on (care->sessions, warning->person_id, care->random, error))
    return FALSE;
  return xq_demo_referrals_consider (care->referrals, warning->person_id, warning->id, level, error)
         && xq_demo_tell (demo, 0, NULL, error);
}

static gboolean
change (XqDemoCare *care, const XqWarning *warning, GError **error)
{
  XqDemo *demo = care->demo;
  int level = warning->level == 3 ? 2 : (int) warning->level + 1;
  const char *reason = xq_demo_words_pick (demo->words, care->random, level < warning->level ? "triage_raise" : "triage_lower");

  return xq_triage_change (xq_desk_care (demo->desk), warning->id, level, reason, NULL, error)
         && confirmed (care, warning, level, error);
}

/* One that was confirmed once is not dismissed: heavier evidence has come in since. */
static gboolean
interview (XqDemoCare *care, const XqWarning *warning, GError **error)
{
  static const double confirm[] = { 0, 0.76, 0.52, 0.46 };
  static const double shift[] = { 0, 0.18, 0.22, 0.04 };
  XqDemo *demo = care->demo;
  XqCare *room = xq_desk_care (demo->desk);
  g_autoptr (GPtrArray) before = xq_triage_list (demo->database, warning->id, error);
  double drawn = g_rand_double (care->random);

  if (before == NULL)
    return FALSE;
  xq_demo_later (demo, 6);
  if (drawn < confirm[warning->level])
    return xq_triage_confirm (room, warning->id, xq_demo_words_pick (demo->words, care->random, "triage_confirm"), error)
           && confirmed (care, warning, (int) warning->level, error);
  if (drawn < confirm[warning->level] + shift[warning->level] || before->len > 0)
    return change (care, warning, error);
  return xq_triage_dismiss (room, warning->id, xq_demo_words_pick (demo->words, care->random, "triage_dismiss"), NULL, error);
}

static gboolean
triage (XqDemoCare *care, GError **error)
{
  const XqWarningFilter filter = { .states = 1u << XQ_WARNING_NEW, .limit = INTERVIEWS_A_DAY * care->counsellors };
  g_autoptr (GPtrArray) rows = xq_warning_list (care->demo->database, &filter, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const XqWarning *warning = ((XqWarningRow *) g_ptr_array_index (rows, i))->warning;
      double share = warning->level == 1 ? 1 : warning->level == 2 ? 0.6 : 0.34;

      if (care->working_days_left <= 2 && (warning->level != 1 || care->working_days_left == 0))
        share *= 0.3;
      if (xq_demo_random_chance (care->random, share) && !interview (care, warning, error))
        return FALSE;
    }
  return TRUE;
}

/* -- follow-ups */

/* A warning that has been quiet for long is closed, unless it is still worked on. */
static gboolean
perhaps_close (XqDemoCare *care, const XqFollowUp *follow_up, GError **error)
{
  XqDemo *demo = care->demo;
  g_autoptr (XqWarning) warning
      = follow_up->warning_id != 0 ? xq_warning_load (demo->database, follow_up->warning_id, error) : NULL;
  int enough;

  if (follow_up->warning_id == 0)
    return TRUE;
  if (warning == NULL)
    return FALSE;
  enough = warning->level == 3 ? 3 : 5;
  if (warning->state != XQ_WARNING_CONFIRMED || warning->level == 1 || follow_up->sequence < enough
      || !xq_demo_random_chance (care->random, 0.55))
    return TRUE;
  return xq_warning_close (xq_desk_care (demo->desk), warning->id, xq_demo_words_pick (demo->words, care->random, "outcomes"), error);
}

static gboolean
postpone (XqDemoCare *care, const XqFollowUp *follow_up, GError **error)
{
  XqDemo *demo = care->demo;
  g_autofree char *day = xq_working_days_add (xq_desk_days (demo->desk), demo->day, xq_demo_random_between (care->random, 1, 3));

  return xq_follow_up_postpone (xq_desk_care (demo->desk), follow_up->id, day,
                                xq_demo_words_pick (demo->words, care->random, "postponed"), error);
}

static gboolean
follow_up (XqDemoCare *care, const XqFollowUp *due, GError **error)
{
  XqDemo *demo = care->demo;
  gboolean late = xq_date_compare (due->due_on, demo->day) < 0;
  double share = late ? 0.62 : care->working_days_left <= 3 ? 0.72 : 0.9;
  double drawn = g_rand_double (care->random);

  if (drawn > share)
    return !late && drawn > 0.97 ? postpone (care, due, error) : TRUE;
  xq_demo_later (demo, 2);
  if (due->cause == XQ_CAUSE_LEVEL && drawn < 0.02)
    return xq_follow_up_skip (xq_desk_care (demo->desk), due->id, xq_demo_words_pick (demo->words, care->random, "skipped"), error);
  return xq_follow_up_done (xq_desk_care (demo->desk), due->id, xq_demo_words_pick (demo->words, care->random, "follow_up"), error)
         && perhaps_close (care, due, error);
}

static gboolean
follow_ups (XqDemoCare *care, GError **error)
{
  const XqFollowUpFilter filter = { .only_open = TRUE, .to = care->demo->day, .limit = FOLLOW_UPS_A_DAY * care->counsellors };
  g_autoptr (GPtrArray) rows = xq_follow_up_list (care->demo->database, &filter, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const XqFollowUp *due = ((XqFollowUpRow *) g_ptr_array_index (rows, i))->follow_up;

      if (due->cause != XQ_CAUSE_REFERRAL && !follow_up (care, due, error))
        return FALSE;
    }
  return TRUE;
}

/* -- what comes unasked */

static gint64
anybody (XqDemoCare *care)
{
  XqDemo *demo = care->demo;
  guint index = (guint) xq_demo_random_between (care->random, 0, (int) demo->persons->len - 1);

  return g_array_index (demo->persons, XqDemoPerson, index).id;
}

static gboolean
reports (XqDemoCare *care, GError **error)
{
  XqDemo *demo = care->demo;
  gint64 person = anybody (care);
  XqWarningSource source = xq_demo_random_chance (care->random, 0.7) ? XQ_SOURCE_TEACHER : XQ_SOURCE_PEER;

  if (person == 0 || !xq_demo_random_chance (care->random, 0.05 * care->counsellors))
    return TRUE;
  xq_demo_later (demo, 3);
  return xq_warning_report (xq_desk_care (demo->desk), person, source, xq_demo_random_chance (care->random, 0.4) ? 2 : 3,
                            xq_demo_words_pick (demo->words, care->random, "teacher_reports"), NULL, error);
}

/* Somebody comes by herself. */
static gboolean
visitors (XqDemoCare *care, GError **error)
{
  gint64 person = anybody (care);

  if (person == 0 || !xq_demo_random_chance (care->random, 0.22 * care->counsellors))
    return TRUE;
  return xq_demo_sessions_take_on (care->sessions, person, care->random, error);
}

static gboolean
crises (XqDemoCare *care, GError **error)
{
  XqDemo *demo = care->demo;
  const XqWarningFilter filter = { .states = XQ_WARNING_OPEN_STATES & ~(1u << XQ_WARNING_NEW), .level = 1, .limit = 20 };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (XqCrisisEvent) event = xq_crisis_event_new ();
  JsonArray *texts = xq_demo_words_list (demo->words, "crisis_text");
  guint which = (guint) xq_demo_random_between (care->random, 0, (int) json_array_get_length (texts) - 1);

  if (!xq_demo_random_chance (care->random, 0.022))
    return TRUE;
  rows = xq_warning_list (demo->database, &filter, error);
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return TRUE;
  xq_demo_later (demo, 4);
  event->organisation_id = demo->organisation->id;
  event->person_id = ((XqWarningRow *) g_ptr_array_index (rows, g_rand_int_range (care->random, 0, (int) rows->len)))->warning->person_id;
  event->at = demo->now;
  event->kind = g_strdup (json_array_get_string_element (xq_demo_words_list (demo->words, "crisis_kinds"), which));
  event->text = g_strdup (json_array_get_string_element (texts, which));
  return xq_crisis_event_save (demo->database, event, error)
         && xq_demo_sessions_crisis (care->sessions, event->person_id, event->text, error);
}

/* -- the day */

gboolean
xq_demo_care_day (XqDemoCare *care, gboolean in_term, GError **error)
{
  XqDemo *demo = care->demo;

  care->working_days_left = xq_working_days_between (xq_desk_days (demo->desk), demo->day, demo->today) - 1;
  if (in_term && (!xq_demo_sessions_day (care->sessions, error) || !reports (care, error) || !visitors (care, error)
                  || !crises (care, error)))
    return FALSE;
  xq_demo_at (demo, AFTER_CLASSES);
  return triage (care, error) && follow_ups (care, error) && xq_demo_referrals_day (care->referrals, error);
}

gboolean
xq_demo_care_ahead (XqDemoCare *care, GError **error)
{
  return xq_demo_sessions_ahead (care->sessions, error);
}
