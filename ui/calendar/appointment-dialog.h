/* The dialog in which an appointment is made or changed. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* @appointment_id: which to change, 0 for a new one; for a new one @person_id (0: nobody yet) and @starts_at (unix
 * seconds, 0: the next full hour) are proposed. */
void xq_appointment_dialog_present (GtkWidget *parent, XqSession *session, gint64 appointment_id, gint64 person_id,
                                    gint64 starts_at);

G_END_DECLS
