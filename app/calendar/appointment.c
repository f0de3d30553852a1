#include "config.h"

#include "calendar/appointment.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "calendar/term.h"
#include "vault/store.h"

const XqChoice xq_appointment_kinds[] = {
  { "interview", N_ ("Interview") },
  { "counselling", N_ ("Counselling") },
  { "family_meeting", N_ ("Family meeting") },
  { "assessment", N_ ("Assessment session") },
  { "case_review", N_ ("Case review") },
  { "training", N_ ("Training") },
  { "other", N_ ("Other appointment") },
  { NULL, NULL },
};

const XqChoice xq_appointment_states[] = {
  { "planned", N_ ("Planned") },
  { "done", N_ ("Took place") },
  { "no_show", N_ ("Did not come") },
  { "cancelled", N_ ("Cancelled") },
  { NULL, NULL },
};

#define FIELD(member, words, type, flags, privacy, values)                                          \
  { #member, words, type, G_STRUCT_OFFSET (XqAppointment, member), flags, privacy, values }

static const XqField fields[] = {
  FIELD (person_id, N_ ("Person"), XQ_FIELD_REFERENCE, XQ_FIELD_NONE, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (kind, N_ ("Kind"), XQ_FIELD_CHOICE, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, xq_appointment_kinds),
  FIELD (title, N_ ("Title"), XQ_FIELD_TEXT, XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (starts_at, N_ ("Begins"), XQ_FIELD_TIME, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, NULL),
  FIELD (ends_at, N_ ("Ends"), XQ_FIELD_TIME, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, NULL),
  FIELD (place, N_ ("Place"), XQ_FIELD_TEXT, XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (state, N_ ("State"), XQ_FIELD_CHOICE, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, xq_appointment_states),
  FIELD (remark, N_ ("Remark"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_SENSITIVE, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_APPOINTMENT = { "appointment", N_ ("Appointment"), sizeof (XqAppointment), fields };

GPtrArray *
xq_appointment_clashes (XqDatabase *database, const XqAppointment *appointment, GError **error)
{
  return xq_store_list (database, error, &XQ_APPOINTMENT,
                        "WHERE state = 'planned' AND id <> :id AND starts_at < :ends AND ends_at > :starts"
                        " AND starts_at > :starts - 604800 ORDER BY starts_at, id",
                        XQ_INTEGER (":id", appointment->id), XQ_INTEGER (":starts", appointment->starts_at),
                        XQ_INTEGER (":ends", appointment->ends_at), XQ_END);
}

static gboolean
check_time (const XqAppointment *appointment, GError **error)
{
  const char *what = NULL;

  if (appointment->ends_at <= appointment->starts_at)
    what = _ ("The appointment must end after it begins.");
  else if (appointment->ends_at - appointment->starts_at > 7 * 86400)
    what = _ ("An appointment cannot be longer than a week.");
  if (what == NULL)
    return TRUE;
  g_set_error_literal (error, XQ_CALENDAR_ERROR, XQ_ERROR_REFUSED, what);
  return FALSE;
}

/* Writes, and says in the same transaction what it clashes with. */
static gboolean
put (XqDatabase *database, XqAppointment *appointment, GPtrArray **ret_clashes, GError **error)
{
  g_autoptr (XqTransaction) transaction = NULL;
  g_autoptr (GPtrArray) clashes = NULL;

  if (!xq_record_validate (&XQ_APPOINTMENT, appointment, error) || !check_time (appointment, error))
    return FALSE;
  transaction = xq_transaction_begin (database, error);
  if (transaction == NULL)
    return FALSE;
  clashes = xq_appointment_clashes (database, appointment, error);
  if (clashes == NULL
      || !(appointment->id == 0 ? xq_store_insert (database, &XQ_APPOINTMENT, appointment, error)
                                : xq_store_update (database, &XQ_APPOINTMENT, appointment, error))
      || !xq_transaction_commit (g_steal_pointer (&transaction), error))
    return FALSE;
  if (ret_clashes != NULL)
    *ret_clashes = g_steal_pointer (&clashes);
  return TRUE;
}

gboolean
xq_appointment_create (XqDatabase *database, XqAppointment *appointment, GPtrArray **ret_clashes, GError **error)
{
  g_return_val_if_fail (appointment->id == 0, FALSE);

  appointment->state = XQ_APPOINTMENT_PLANNED;
  return put (database, appointment, ret_clashes, error);
}

XqAppointment *
xq_appointment_load (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_load (database, &XQ_APPOINTMENT, id, error);
}

/* Only what is still planned can be changed: what took place, took place. */
static XqAppointment *
load_planned (XqDatabase *database, gint64 id, GError **error)
{
  g_autoptr (XqAppointment) appointment = xq_appointment_load (database, id, error);

  if (appointment == NULL || appointment->state == XQ_APPOINTMENT_PLANNED)
    return g_steal_pointer (&appointment);
  g_set_error (error, XQ_CALENDAR_ERROR, XQ_ERROR_REFUSED,
               _ ("This appointment cannot be changed: it is “%s”. Set it back to planned first."),
               _ (xq_appointment_states[appointment->state].label));
  return NULL;
}

gboolean
xq_appointment_move (XqDatabase *database, gint64 id, gint64 starts_at, GPtrArray **ret_clashes, GError **error)
{
  g_autoptr (XqAppointment) appointment = load_planned (database, id, error);

  if (appointment == NULL)
    return FALSE;
  appointment->ends_at += starts_at - appointment->starts_at;
  appointment->starts_at = starts_at;
  return put (database, appointment, ret_clashes, error);
}

gboolean
xq_appointment_update (XqDatabase *database, const XqAppointment *appointment, GPtrArray **ret_clashes,
                       GError **error)
{
  g_autoptr (XqAppointment) stored = load_planned (database, appointment->id, error);
  g_autoptr (XqAppointment) changed = NULL;

  if (stored == NULL)
    return FALSE;
  changed = xq_appointment_copy (appointment);
  changed->state = stored->state;
  return put (database, changed, ret_clashes, error);
}

gboolean
xq_appointment_set_state (XqDatabase *database, gint64 id, XqAppointmentState state, const char *remark,
                          GError **error)
{
  g_autoptr (XqAppointment) appointment = xq_appointment_load (database, id, error);

  if (appointment == NULL)
    return FALSE;
  if (appointment->state != XQ_APPOINTMENT_PLANNED && state != XQ_APPOINTMENT_PLANNED
      && appointment->state != (int) state)
    {
      g_set_error (error, XQ_CALENDAR_ERROR, XQ_ERROR_REFUSED,
                   _ ("This appointment is “%s”. Set it back to planned first."),
                   _ (xq_appointment_states[appointment->state].label));
      return FALSE;
    }
  appointment->state = state;
  if (remark != NULL)
    g_set_str (&appointment->remark, remark);
  return xq_store_update (database, &XQ_APPOINTMENT, appointment, error);
}

GPtrArray *
xq_appointment_list (XqDatabase *database, gint64 from, gint64 to, GError **error)
{
  /* None is longer than a week, so the index on the beginning finds them all. */
  return xq_store_list (database, error, &XQ_APPOINTMENT,
                        "WHERE starts_at < :to AND starts_at > :from - 604800 AND ends_at > :from"
                        " ORDER BY starts_at, id",
                        XQ_INTEGER (":from", from), XQ_INTEGER (":to", to), XQ_END);
}

GPtrArray *
xq_appointment_list_person (XqDatabase *database, gint64 person_id, GError **error)
{
  return xq_store_list (database, error, &XQ_APPOINTMENT,
                        "WHERE person_id = :person ORDER BY starts_at DESC, id DESC",
                        XQ_INTEGER (":person", person_id), XQ_END);
}
