/* A form made of an entity's field table: a row a field, errors beside the field, in words.
 *
 * INTERNAL fields are left out. Text gives an entry, MULTILINE a text area, a date an entry that understands "9.1",
 * "20260901", "tomorrow", with a calendar beside it; a choice and a level a combo; a boolean a switch; a reference a combo
 * once xq_form_set_options() has named what there is (it is left out until then). */
#pragma once

#include "base/field.h"
#include "ui/types.h"
#include "ui/widgets/autosave.h"

G_BEGIN_DECLS

#define XQ_TYPE_FORM (xq_form_get_type ())
G_DECLARE_FINAL_TYPE (XqForm, xq_form, XQ, FORM, AdwPreferencesGroup)

/* Signal "changed": the user changed something. */

/* @record is copied; @only (nullable): %NULL-ended names of the fields to show, in that order. */
XqForm *xq_form_new (const XqEntity *entity, gconstpointer record, const char *const *only);
/* What a reference may be: @ids[i] is called @labels[i]; @none (nullable): the word for none. */
void xq_form_set_options (XqForm *self, const char *field, const gint64 *ids, const char *const *labels, guint n,
                          const char *none);
/* Another word for a field than the table's: @label is translated already. */
void xq_form_set_label (XqForm *self, const char *field, const char *label);
/* Reads the rows into a new record (with the id of the first one). %NULL when something is wrong: it is said beside the
 * field, which gets the focus. (transfer full): free with xq_record_free() */
gpointer xq_form_read (XqForm *self);
/* Says at @field (or at the top when it is %NULL or unknown) what a room refused. */
void xq_form_set_error (XqForm *self, const char *field, const char *message);
/* Where the keyboard begins; %NULL for a form without a row. */
GtkWidget *xq_form_first (XqForm *self);
/* Which form it is, where there are several of one entity: its drafts are told apart by that. @kind is static. */
void xq_form_set_kind (XqForm *self, const char *kind);
/* Keeps what is typed for @owner as a draft; the caller shows the banner and says when it is over. */
XqAutosave *xq_form_autosave (XqForm *self, XqSession *session, GtkWidget *owner);
const XqEntity *xq_form_entity (XqForm *self);
/* The row of a field, to add to it or listen; %NULL when it is not shown. */
GtkWidget *xq_form_row (XqForm *self, const char *field);

/**
 * XqFormSave:
 * @parent: the widget the dialog was presented on
 * @record: (transfer none): what the form says
 * @user_data: the caller's
 * @error: why it was not saved: stays in the dialog
 */
typedef gboolean (*XqFormSave) (GtkWidget *parent, gpointer record, gpointer user_data, GError **error);

/* A dialog around @form with "Cancel" and @action (nullable: "_Save"); it closes when @save has said TRUE, and asks before it
 * throws away what was typed. What is typed is kept as a draft until one of the two. */
AdwDialog *xq_form_dialog_present (GtkWidget *parent, const char *title, XqForm *form, const char *action,
                                   XqFormSave save, gpointer user_data, GDestroyNotify free_data);

G_END_DECLS
