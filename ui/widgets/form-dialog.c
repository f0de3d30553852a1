#include "config.h"

#include "ui/widgets/form.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/dialogs.h"
#include "ui/window.h"

typedef struct
{
  GWeakRef parent;
  AdwDialog *dialog; /* owns this */
  XqForm *form;
  XqFormSave save;
  gpointer user_data;
  GDestroyNotify free_data;
  XqAutosave *autosave; /* the dialog's; NULL where there is no vault to keep it in */
} FormDialog;

static void
form_dialog_free (gpointer data)
{
  FormDialog *self = data;

  if (self->free_data != NULL)
    self->free_data (self->user_data);
  g_weak_ref_clear (&self->parent);
  g_free (self);
}

/* What was typed is saved: no draft is left. */
static void
close_saved (FormDialog *self)
{
  if (self->autosave != NULL)
    xq_autosave_finish (self->autosave);
  adw_dialog_force_close (self->dialog);
}

static void
on_save_cb (gpointer user_data)
{
  FormDialog *self = user_data;
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&self->parent);
  g_autoptr (GError) error = NULL;
  gpointer record;
  gboolean saved;

  if (parent == NULL)
    return;
  record = xq_form_read (self->form);
  if (record == NULL)
    return;
  saved = self->save (parent, record, self->user_data, &error);
  xq_record_free (xq_form_entity (self->form), record);
  if (saved)
    close_saved (self);
  else
    xq_form_set_error (self->form, NULL, error->message);
}

static void
begin_autosave (FormDialog *self, GtkWidget *parent, AdwToolbarView *view)
{
  XqWindow *window = xq_window_for (parent);
  XqSession *session = window != NULL ? xq_window_session (window) : NULL;

  if (session == NULL)
    return;
  self->autosave = xq_form_autosave (self->form, session, GTK_WIDGET (self->dialog));
  adw_toolbar_view_add_top_bar (view, xq_autosave_banner (self->autosave));
  xq_autosave_begin (self->autosave);
}

AdwDialog *
xq_form_dialog_present (GtkWidget *parent, const char *title, XqForm *form, const char *action, XqFormSave save,
                        gpointer user_data, GDestroyNotify free_data)
{
  FormDialog *self = g_new0 (FormDialog, 1);
  GtkWidget *page = adw_preferences_page_new ();

  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);
  g_return_val_if_fail (XQ_IS_FORM (form), NULL);
  g_return_val_if_fail (save != NULL, NULL);

  g_weak_ref_init (&self->parent, parent);
  self->form = form;
  self->save = save;
  self->user_data = user_data;
  self->free_data = free_data;
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (form));
  self->dialog = xq_editor_dialog_new (title, page, action != NULL ? action : _("_Save"), on_save_cb, self, form_dialog_free);
  begin_autosave (self, parent, ADW_TOOLBAR_VIEW (adw_dialog_get_child (self->dialog)));
  /* The keyboard begins at the first field, not at "Cancel". */
  adw_dialog_set_focus (self->dialog, xq_form_first (form));
  adw_dialog_present (self->dialog, parent);
  return self->dialog;
}
