/* Answers from a table: choose a file, look at what it would do, import it, take it back. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

void xq_answers_dialog_present (GtkWidget *parent);

G_END_DECLS
