/* The dialog in which a file is begun or its cover is changed. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* @person_id: whose cover to change, 0 to begin a new file; a new one is opened afterwards. Somebody who may be the same
 * person is shown before a new file is made. */
void xq_person_form_present (GtkWidget *parent, XqSession *session, gint64 person_id);

G_END_DECLS
