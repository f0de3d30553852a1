#include "config.h"

#include "cli/demo-sessions.h"

#include "base/date.h"
#include "calendar/appointment.h"
#include "care/case-file.h"
#include "care/session-note.h"
#include "care/warning.h"
#include "people/consent.h"
#include "people/contact.h"

#define MINUTES 50

/* When a session may begin, minutes after midnight. */
static const int slots[] = { 8 * 60 + 20, 9 * 60 + 15, 10 * 60 + 20, 11 * 60 + 15, 13 * 60 + 10, 14 * 60 + 5, 15 * 60 + 10 };

typedef struct
{
  gint64 case_id;
  gint64 person_id;
  gint64 appointment_id;
  char *next;    /* ISO: the day of the appointment */
  gint64 at;     /* and when it begins */
  int done;
  int wanted;
} Case;

struct _XqDemoSessions
{
  XqDemo *demo;
  GPtrArray *cases;  /* of Case, open ones */
  GHashTable *taken; /* day → how many of its slots */
  GRand *random;
};

static void
case_free (Case *one)
{
  g_free (one->next);
  g_free (one);
}

XqDemoSessions *
xq_demo_sessions_new (XqDemo *demo)
{
  XqDemoSessions *sessions = g_new0 (XqDemoSessions, 1);

  sessions->demo = demo;
  sessions->cases = g_ptr_array_new_with_free_func ((GDestroyNotify) case_free);
  sessions->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sessions->random = xq_demo_random_new (demo->options.seed, XQ_DEMO_CARE + 16);
  return sessions;
}

void
xq_demo_sessions_free (XqDemoSessions *sessions)
{
  g_clear_pointer (&sessions->cases, g_ptr_array_unref);
  g_clear_pointer (&sessions->taken, g_hash_table_unref);
  g_clear_pointer (&sessions->random, g_rand_free);
  g_free (sessions);
}

/* -- appointments */

/* The first free slot @days working days on or later; *@ret_at is when it begins. */
static char *
take_slot (XqDemoSessions *sessions, int days, gint64 *ret_at)
{
  XqWorkingDays *working = xq_desk_days (sessions->demo->desk);
  g_autofree char *day = xq_working_days_add (working, sessions->demo->day, days);

  for (;;)
    {
      guint taken = GPOINTER_TO_UINT (g_hash_table_lookup (sessions->taken, day));
      char *next;

      if (taken < G_N_ELEMENTS (slots) && (xq_demo_in_term (sessions->demo, day) || xq_date_compare (day, sessions->demo->today) >= 0))
        {
          g_hash_table_replace (sessions->taken, g_strdup (day), GUINT_TO_POINTER (taken + 1));
          *ret_at = xq_date_start (day) + slots[taken] * 60;
          return g_steal_pointer (&day);
        }
      next = xq_working_days_add (working, day, 1);
      g_free (day);
      day = next;
    }
}

static gboolean
make_appointment (XqDemoSessions *sessions, gint64 person_id, XqAppointmentKind kind, const char *title, gint64 at, int minutes,
                  const char *place, gint64 *ret_id, GError **error)
{
  g_autoptr (XqAppointment) appointment = xq_appointment_new ();

  appointment->person_id = person_id;
  appointment->kind = kind;
  appointment->title = g_strdup (title);
  appointment->starts_at = at;
  appointment->ends_at = at + (gint64) minutes * 60;
  appointment->place = g_strdup (place);
  if (!xq_appointment_create (sessions->demo->database, appointment, NULL, error))
    return FALSE;
  if (ret_id != NULL)
    *ret_id = appointment->id;
  return TRUE;
}

static const char *
room (XqDemoSessions *sessions)
{
  return json_array_get_string_element (xq_demo_words_list (sessions->demo->words, "places"), 0);
}

static gboolean
make_next (XqDemoSessions *sessions, Case *one, int days, GError **error)
{
  g_free (one->next);
  one->next = take_slot (sessions, days, &one->at);
  return make_appointment (sessions, one->person_id, XQ_APPOINTMENT_COUNSELLING, NULL, one->at, MINUTES, room (sessions),
                           &one->appointment_id, error);
}

/* -- cases */

/* Whoever stands first among the contacts agrees. */
static gboolean
agree (XqDemoSessions *sessions, gint64 person_id, XqConsentKind kind, GError **error)
{
  XqDemo *demo = sessions->demo;
  g_autoptr (GPtrArray) contacts = xq_contact_list (demo->database, person_id, error);
  g_autoptr (XqConsent) consent = xq_consent_new ();

  if (contacts == NULL)
    return FALSE;
  if (contacts->len == 0)
    return TRUE;
  consent->person_id = person_id;
  consent->kind = kind;
  consent->given_by = g_strdup (((XqContact *) g_ptr_array_index (contacts, 0))->name);
  consent->given_on = g_strdup (demo->day);
  return xq_consent_create (demo->database, consent, error);
}

static gboolean
has_case (XqDemoSessions *sessions, gint64 person_id)
{
  for (guint i = 0; i < sessions->cases->len; i++)
    if (((Case *) g_ptr_array_index (sessions->cases, i))->person_id == person_id)
      return TRUE;
  return FALSE;
}

gboolean
xq_demo_sessions_take_on (XqDemoSessions *sessions, gint64 person_id, XqDemoRandom *random, GError **error)
{
  XqDemo *demo = sessions->demo;
  gboolean works = demo->options.profile == XQ_PROFILE_ENTERPRISE;
  const char *problem = xq_demo_words_pick (demo->words, random, works ? "work_problems" : "problems");
  Case *one;

  if (has_case (sessions, person_id))
    return TRUE;
  xq_demo_later (demo, 1);
  one = g_new0 (Case, 1);
  one->person_id = person_id;
  one->wanted = xq_demo_random_between (random, 3, 9);
  g_ptr_array_add (sessions->cases, one);
  return xq_case_open (xq_desk_care (demo->desk), person_id, problem, xq_demo_words_pick (demo->words, random, "goals"),
                       &one->case_id, error)
         && agree (sessions, person_id, XQ_CONSENT_COUNSELLING, error)
         && make_next (sessions, one, xq_demo_random_between (random, 1, 3), error);
}

static gboolean
write_note (XqDemoSessions *sessions, gint64 person_id, gint64 case_id, XqSessionKind kind, gint64 at, int minutes,
            const char *text, gboolean sign, GError **error)
{
  g_autoptr (XqSessionNote) note = xq_session_note_new ();

  note->person_id = person_id;
  note->case_id = case_id;
  note->kind = kind;
  note->at = at;
  note->minutes = minutes;
  note->text = g_strdup (text);
  return xq_session_note_save (sessions->demo->database, note, error)
         && (!sign || xq_session_note_sign (sessions->demo->database, note->id, error));
}

gboolean
xq_demo_sessions_crisis (XqDemoSessions *sessions, gint64 person_id, const char *text, GError **error)
{
  return write_note (sessions, person_id, 0, XQ_SESSION_CRISIS, sessions->demo->now, 60, text, TRUE, error);
}

/* The case has reached what it was opened for. */
static gboolean
finish (XqDemoSessions *sessions, Case *one, GError **error)
{
  XqDemo *demo = sessions->demo;
  g_autoptr (XqWarning) warning = NULL;
  g_autoptr (GError) local_error = NULL;

  warning = xq_warning_open_of (demo->database, one->person_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  /* A warning that waits for its interview, or a trip to hospital, keeps the case open. */
  if (warning != NULL && (warning->state == XQ_WARNING_NEW || warning->state == XQ_WARNING_REFERRED))
    {
      one->wanted += 2;
      return make_next (sessions, one, 5, error);
    }
  if (!xq_case_close (xq_desk_care (demo->desk), one->case_id, xq_demo_words_pick (demo->words, sessions->random, "outcomes"), error))
    return FALSE;
  g_ptr_array_remove (sessions->cases, one);
  return TRUE;
}

static gboolean
keep_appointment (XqDemoSessions *sessions, Case *one, GError **error)
{
  XqDemo *demo = sessions->demo;
  gboolean family = one->done == 2 && xq_demo_random_chance (sessions->random, 0.5);
  const char *text = xq_demo_words_pick (demo->words, sessions->random, family ? "family" : "sessions");
  g_autofree char *next = xq_working_days_add (xq_desk_days (demo->desk), demo->day, 1);
  /* The last note before today is still a draft. */
  gboolean sign = xq_date_compare (next, demo->today) < 0 || one->done % 2 == 0;

  if (!xq_appointment_set_state (demo->database, one->appointment_id, XQ_APPOINTMENT_DONE, NULL, error)
      || !write_note (sessions, one->person_id, one->case_id, family ? XQ_SESSION_FAMILY : XQ_SESSION_COUNSELLING, one->at, MINUTES,
                      text, sign, error))
    return FALSE;
  one->done++;
  if (one->done >= one->wanted && sign)
    return finish (sessions, one, error);
  return make_next (sessions, one, xq_demo_random_between (sessions->random, 4, 6), error);
}

static gboolean
meet (XqDemoSessions *sessions, Case *one, GError **error)
{
  XqDemo *demo = sessions->demo;
  double drawn = g_rand_double (sessions->random);

  xq_demo_at (demo, (int) ((one->at - xq_date_start (demo->day)) / 60) + MINUTES);
  if (drawn < 0.88)
    return keep_appointment (sessions, one, error);
  return xq_appointment_set_state (demo->database, one->appointment_id,
                                   drawn < 0.96 ? XQ_APPOINTMENT_NO_SHOW : XQ_APPOINTMENT_CANCELLED, NULL, error)
         && make_next (sessions, one, xq_demo_random_between (sessions->random, 1, 4), error);
}

static int
compare_cases (gconstpointer a, gconstpointer b)
{
  const Case *one = *(const Case *const *) a;
  const Case *other = *(const Case *const *) b;

  return one->at < other->at ? -1 : one->at > other->at;
}

gboolean
xq_demo_sessions_day (XqDemoSessions *sessions, GError **error)
{
  g_autoptr (GPtrArray) today = g_ptr_array_new ();

  for (guint i = 0; i < sessions->cases->len; i++)
    {
      Case *one = g_ptr_array_index (sessions->cases, i);

      /* One that fell into the holidays is made up for on the first day after them. */
      if (xq_date_compare (one->next, sessions->demo->day) <= 0)
        g_ptr_array_add (today, one);
    }
  g_ptr_array_sort (today, compare_cases);
  for (guint i = 0; i < today->len; i++)
    if (!meet (sessions, g_ptr_array_index (today, i), error))
      return FALSE;
  return TRUE;
}

/* -- ahead */

static gboolean
plan_interviews (XqDemoSessions *sessions, GError **error)
{
  XqDemo *demo = sessions->demo;
  const XqWarningFilter filter = { .states = 1u << XQ_WARNING_NEW, .limit = 4 };
  g_autoptr (GPtrArray) rows = xq_warning_list (demo->database, &filter, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const XqWarning *warning = ((XqWarningRow *) g_ptr_array_index (rows, i))->warning;
      gint64 at;
      g_autofree char *day = take_slot (sessions, (int) i / 2, &at);

      if (!make_appointment (sessions, warning->person_id, XQ_APPOINTMENT_INTERVIEW, NULL, at, 30, room (sessions), NULL, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
xq_demo_sessions_ahead (XqDemoSessions *sessions, GError **error)
{
  XqDemo *demo = sessions->demo;
  JsonArray *places = xq_demo_words_list (demo->words, "places");
  g_autofree char *first = xq_working_days_on_or_after (xq_desk_days (demo->desk), demo->today);
  g_autofree char *fourth = xq_working_days_add (xq_desk_days (demo->desk), first, 3);

  return plan_interviews (sessions, error)
         && make_appointment (sessions, 0, XQ_APPOINTMENT_CASE_REVIEW, xq_demo_words_get (demo->words, "meetings", "review"),
                              xq_date_start (first) + (16 * 60 + 30) * 60, 50, json_array_get_string_element (places, 2), NULL, error)
         && make_appointment (sessions, 0, XQ_APPOINTMENT_TRAINING, xq_demo_words_get (demo->words, "meetings", "training"),
                              xq_date_start (fourth) + (16 * 60 + 10) * 60, 90, json_array_get_string_element (places, 1), NULL, error);
}
