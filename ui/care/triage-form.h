/* The triage interview's outcome: confirmed as it stands, at another level, or dismissed; with its reason. */
#pragma once

#include "care/warning.h"
#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_TRIAGE_FORM (xq_triage_form_get_type ())
G_DECLARE_FINAL_TYPE (XqTriageForm, xq_triage_form, XQ, TRIAGE_FORM, GtkWidget)

GtkWidget *xq_triage_form_new (XqSession *session);
/* Whose outcome is asked; the form is emptied when it is another warning than before. */
void xq_triage_form_set_warning (XqTriageForm *self, const XqWarning *warning);

G_END_DECLS
