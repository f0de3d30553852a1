/* Answers from a table: choose a file, look at what it would do, import it, take it back. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* Asks for the file first. */
void xq_answers_dialog_present (GtkWidget *parent);
/* With the file that was chosen; reads it and shows what would come of it over @parent. */
void xq_answers_dialog_present_file (GtkWidget *parent, XqSession *session, GFile *file);

G_END_DECLS
