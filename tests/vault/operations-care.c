/* Operations of care: cases, notes, follow-ups, appointments, referrals. */
#include "config.h"

#include "base/clock.h"
#include "calendar/appointment.h"
#include "care/case-file.h"
#include "care/follow-up.h"
#include "care/records.h"
#include "care/session-note.h"
#include "operations.h"

#define PERSON "SELECT id FROM person WHERE state = 'active' AND code LIKE '2026%' ORDER BY id"
#define HOUR   3600

gboolean
operation_case_open (Session *session, int n, GError **error)
{
  gint64 id = session_number (session,
                              "SELECT person.id FROM person LEFT JOIN case_file ON person_id = person.id"
                              " WHERE case_file.id IS NULL AND state = 'active' ORDER BY level IS NULL, level, person.id",
                              0);

  return xq_case_open (xq_desk_care (session->desk), id, "情绪低落", "睡够八小时", NULL, error);
}

gboolean
operation_case_close (Session *session, int n, GError **error)
{
  gint64 id = session_number (session,
                              "SELECT id FROM case_file WHERE closed_on IS NULL AND NOT EXISTS (SELECT 1 FROM warning"
                              " WHERE warning.person_id = case_file.person_id AND state = 'new') ORDER BY id DESC",
                              0);

  return xq_case_close (xq_desk_care (session->desk), id, "好转", error);
}

gboolean
operation_note (Session *session, int n, GError **error)
{
  g_autoptr (XqSessionNote) note = xq_session_note_new ();

  note->person_id = session_number (session, PERSON, n);
  note->at = xq_clock_now ();
  note->minutes = 50;
  note->text = g_strnfill (2000 + 50 * (n / 100), 'x');
  return xq_session_note_save (session->database, note, error);
}

static gint64
last_draft (Session *session)
{
  return session_number (session, "SELECT id FROM session_note WHERE signed_at IS NULL ORDER BY id DESC", 0);
}

gboolean
operation_note_edit (Session *session, int n, GError **error)
{
  g_autoptr (XqSessionNote) note = xq_session_note_load (session->database, last_draft (session), error);

  if (note == NULL)
    return FALSE;
  g_free (note->text);
  note->text = g_strdup_printf ("第 %d 次：她说昨晚睡着了。", n);
  return xq_session_note_save (session->database, note, error);
}

gboolean
operation_note_sign (Session *session, int n, GError **error)
{
  return xq_session_note_sign (session->database, last_draft (session), error);
}

gboolean
operation_note_amend (Session *session, int n, GError **error)
{
  gint64 id = session_number (session, "SELECT id FROM session_note WHERE signed_at IS NOT NULL AND amends_id IS NULL"
                                       " ORDER BY id DESC", 0);

  return xq_session_note_amend (session->database, id, "补记：母亲来过电话。", NULL, error);
}

static gint64
first_due (Session *session)
{
  return session_number (session, "SELECT id FROM follow_up WHERE state = 'due' ORDER BY due_on, id", 0);
}

gboolean
operation_follow_up_done (Session *session, int n, GError **error)
{
  return xq_follow_up_done (xq_desk_care (session->desk), first_due (session), "见到了，精神好些", error);
}

gboolean
operation_follow_up_move (Session *session, int n, GError **error)
{
  if (n / 100 % 2 == 0)
    return xq_follow_up_skip (xq_desk_care (session->desk), first_due (session), "请假", error);
  return xq_follow_up_postpone (xq_desk_care (session->desk), first_due (session), "2026-12-18", "月考", error);
}

gboolean
operation_follow_up_undo (Session *session, int n, GError **error)
{
  gint64 id = session_number (session, "SELECT id FROM follow_up WHERE state = 'skipped' ORDER BY id DESC", 0);

  return xq_follow_up_undo (xq_desk_care (session->desk), id, error);
}

gboolean
operation_appointment (Session *session, int n, GError **error)
{
  g_autoptr (XqAppointment) appointment = xq_appointment_new ();

  appointment->person_id = session_number (session, PERSON, n);
  appointment->starts_at = xq_clock_now () + n * HOUR;
  appointment->ends_at = appointment->starts_at + HOUR;
  appointment->place = g_strdup ("心理辅导室");
  return xq_appointment_create (session->database, appointment, NULL, error);
}

gboolean
operation_appointment_state (Session *session, int n, GError **error)
{
  gint64 id = session_number (session, "SELECT id FROM appointment WHERE state = 'planned' ORDER BY id", 0);

  if (n / 100 % 2 == 0)
    return xq_appointment_move (session->database, id, xq_clock_now () + 1000 * HOUR, NULL, error);
  return xq_appointment_set_state (session->database, id, XQ_APPOINTMENT_NO_SHOW, "没有来", error);
}

gboolean
operation_institution (Session *session, int n, GError **error)
{
  g_autoptr (XqInstitution) institution = xq_institution_new ();

  institution->name = g_strdup_printf ("江城市第 %d 医院", n);
  institution->department = g_strdup ("儿少科");
  return xq_institution_save (session->database, institution, error);
}

gboolean
operation_referral (Session *session, int n, GError **error)
{
  g_autoptr (XqReferral) referral = xq_referral_new ();

  referral->person_id = session_number (session, PERSON, n / 100);
  referral->institution_id = session_number (session, "SELECT id FROM institution ORDER BY id", n);
  referral->lane = n / 100 % 2 == 0 ? XQ_LANE_URGENT : XQ_LANE_ROUTINE;
  referral->reason = g_strdup ("近两周情绪低落，夜间睡眠不足四小时");
  return xq_referral_create (xq_desk_channel (session->desk), referral, error);
}

/* The way of a referral that goes well. */
gboolean
operation_referral_step (Session *session, int n, GError **error)
{
  static const XqReferralState next[] = {
    [XQ_REFERRAL_DRAFT] = XQ_REFERRAL_CONSENT_ASKED, [XQ_REFERRAL_CONSENT_ASKED] = XQ_REFERRAL_CONSENTED,
    [XQ_REFERRAL_CONSENTED] = XQ_REFERRAL_SENT,      [XQ_REFERRAL_SENT] = XQ_REFERRAL_ACCEPTED,
    [XQ_REFERRAL_ACCEPTED] = XQ_REFERRAL_ATTENDED,   [XQ_REFERRAL_ATTENDED] = XQ_REFERRAL_RESULT_IN,
    [XQ_REFERRAL_RESULT_IN] = XQ_REFERRAL_CLOSED,
  };
  gint64 id = session_number (session, "SELECT id FROM referral WHERE state <> 'closed' ORDER BY id", 0);
  g_autoptr (XqReferral) referral = xq_referral_load (session->database, id, error);
  XqReferralAdvance advance = { .note = "记录", .result = "门诊随访" };

  if (referral == NULL)
    return FALSE;
  advance.state = next[referral->state];
  return xq_desk_advance_referral (session->desk, id, &advance, NULL, error);
}

gboolean
operation_event (Session *session, int n, GError **error)
{
  g_autoptr (XqCrisisEvent) event = xq_crisis_event_new ();

  event->organisation_id = 1;
  event->person_id = session_number (session, PERSON, n);
  event->at = xq_clock_now () - HOUR;
  event->kind = g_strdup ("bereavement");
  event->text = g_strdup ("祖母去世");
  return xq_crisis_event_save (session->database, event, error);
}
