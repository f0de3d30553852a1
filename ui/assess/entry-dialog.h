/* A sheet from paper: whose, which questionnaire, when; its items; what it is worth. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* @person_id: 0 asks for the person first. */
void xq_entry_dialog_present (GtkWidget *parent, XqSession *session, gint64 person_id);

G_END_DECLS
