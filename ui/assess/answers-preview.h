/* What a table of answers would do, and the choices before it does. */
#pragma once

#include "ui/assess/answers-work.h"

G_BEGIN_DECLS

#define XQ_TYPE_ANSWERS_PREVIEW (xq_answers_preview_get_type ())
G_DECLARE_FINAL_TYPE (XqAnswersPreview, xq_answers_preview, XQ, ANSWERS_PREVIEW, GtkWidget)

/* Signal "rechosen": the user chose another questionnaire, screening or coding: the table is to be read again. */

GtkWidget *xq_answers_preview_new (XqSession *session);
/* @trial is read during the call only. */
void xq_answers_preview_set_trial (XqAnswersPreview *self, const XqAnswersTrial *trial);
/* What is chosen, into @order, which owns a path already. */
void xq_answers_preview_get_choices (XqAnswersPreview *self, XqAnswersOrder *order);

G_END_DECLS
