/* The head of a page that is about somebody's warning or referral: the person, the clock that runs, how it stands, and room for
 * buttons at its end (gtk_box_append). */
#pragma once

#include "people/person-list.h"
#include "ui/session.h"

G_BEGIN_DECLS

GtkWidget *xq_person_head_new (XqSession *session);
/* @person may be %NULL: somebody who is gone. @state is translated; @from and @due as for xq_clock_label_set(). */
void xq_person_head_set (GtkWidget *head, const XqPersonRow *person, const char *state, gint64 from, gint64 due);

G_END_DECLS
