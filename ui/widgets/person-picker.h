/* A row in which somebody is found by name, pinyin, initials or number. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_PERSON_PICKER (xq_person_picker_get_type ())
G_DECLARE_FINAL_TYPE (XqPersonPicker, xq_person_picker, XQ, PERSON_PICKER, AdwPreferencesGroup)

/* Signal "changed": somebody else, or nobody, is picked. */

/* @person_id: who is picked from the start, 0 for nobody. */
GtkWidget *xq_person_picker_new (XqSession *session, gint64 person_id);
/* 0 for nobody. */
gint64 xq_person_picker_get (XqPersonPicker *self);
/* As if @person_id had been picked; 0 for nobody. */
void xq_person_picker_set (XqPersonPicker *self, gint64 person_id);
/* Where the typing goes: for a dialog's first focus. */
GtkWidget *xq_person_picker_entry (XqPersonPicker *self);
/* Nobody is picked any more; the focus goes to the entry. */
void xq_person_picker_clear (XqPersonPicker *self);
/* Says beside the row that somebody must be picked, and puts the focus there. */
void xq_person_picker_complain (XqPersonPicker *self);

G_END_DECLS
