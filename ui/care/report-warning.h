/* What somebody has seen: a teacher, a classmate, a guardian, the person, a hospital. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* @person_id: about whom, 0 to be picked in the dialog. */
void xq_report_warning_present (GtkWidget *parent, XqSession *session, gint64 person_id);

G_END_DECLS
