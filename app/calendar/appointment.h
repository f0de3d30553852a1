/* Appointments: with whom, when, where, and what became of them. Nothing is deleted: what did not happen is
 * kept as cancelled or as a no-show. */
#pragma once

#include "base/field.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_APPOINTMENT_INTERVIEW,
  XQ_APPOINTMENT_COUNSELLING,
  XQ_APPOINTMENT_FAMILY_MEETING,
  XQ_APPOINTMENT_ASSESSMENT,
  XQ_APPOINTMENT_CASE_REVIEW,
  XQ_APPOINTMENT_TRAINING,
  XQ_APPOINTMENT_OTHER,
} XqAppointmentKind;

typedef enum
{
  XQ_APPOINTMENT_PLANNED,
  XQ_APPOINTMENT_DONE,
  XQ_APPOINTMENT_NO_SHOW,
  XQ_APPOINTMENT_CANCELLED,
} XqAppointmentState;

extern const XqChoice xq_appointment_kinds[];
extern const XqChoice xq_appointment_states[];

/**
 * XqAppointment:
 * @person_id: 0 for one with nobody in particular (a training)
 * @kind: see #XqAppointmentKind
 * @title: (nullable): free words
 * @starts_at: unix seconds
 * @ends_at: unix seconds, after @starts_at
 * @place: (nullable): the room
 * @state: see #XqAppointmentState
 * @remark: (nullable): why it was cancelled, what to bring
 */
typedef struct
{
  gint64 id;
  gint64 person_id;
  int kind;
  char *title;
  gint64 starts_at;
  gint64 ends_at;
  char *place;
  int state;
  char *remark;
} XqAppointment;

XQ_DECLARE_RECORD (XqAppointment, appointment, XQ_APPOINTMENT)

/**
 * xq_appointment_clashes:
 * @database: an open connection
 * @appointment: what is planned; its own id is left out
 * @error: XQ_VAULT_ERROR
 *
 * Other planned appointments at the same time: one counsellor cannot be at two. Touching ends do not clash.
 *
 * Returns: (transfer full) (element-type XqAppointment): in the order of time; empty when there are none
 */
GPtrArray *xq_appointment_clashes (XqDatabase *database, const XqAppointment *appointment, GError **error);

/* Stores a new appointment, sets its id. A clash is a warning, not a refusal: what it clashes with comes back
 * in @ret_clashes (nullable; empty when with nothing). */
gboolean xq_appointment_create (XqDatabase *database, XqAppointment *appointment, GPtrArray **ret_clashes,
                                GError **error);
/* Moves a planned one to @starts_at, its length kept. */
gboolean xq_appointment_move (XqDatabase *database, gint64 id, gint64 starts_at, GPtrArray **ret_clashes,
                              GError **error);
/* Changes kind, title, time, place and remark of a planned one. */
gboolean xq_appointment_update (XqDatabase *database, const XqAppointment *appointment, GPtrArray **ret_clashes,
                                GError **error);
/* What became of it; @remark (nullable) is kept. From done, no-show and cancelled only back to planned. */
gboolean xq_appointment_set_state (XqDatabase *database, gint64 id, XqAppointmentState state,
                                   const char *remark, GError **error);

XqAppointment *xq_appointment_load (XqDatabase *database, gint64 id, GError **error);
/* Those that touch @from…@to (unix seconds, @to left out), whatever their state, in the order of time. */
GPtrArray *xq_appointment_list (XqDatabase *database, gint64 from, gint64 to, GError **error);
/* A person's, newest first. */
GPtrArray *xq_appointment_list_person (XqDatabase *database, gint64 person_id, GError **error);

G_END_DECLS
