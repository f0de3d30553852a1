/* The dialog in which a referral begins. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* @person_id: who, 0 to be picked in the dialog; @warning_id: the warning it answers, 0 for the person's open one.
 * Afterwards the new referral is opened. */
void xq_new_referral_present (GtkWidget *parent, XqSession *session, gint64 person_id, gint64 warning_id);

G_END_DECLS
