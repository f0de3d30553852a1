#include "config.h"

#include "ui/care/note-dialog.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "care/session-note.h"
#include "ui/widgets/autosave.h"
#include "ui/widgets/text-area.h"
#include "ui/window.h"

/* The dialog; lives as long as it. */
typedef struct
{
  XqSession *session;
  GtkWidget *parent;
  AdwDialog *dialog;
  gint64 person_id;
  GtkWidget *kind;
  GtkWidget *minutes;
  GtkWidget *text;
  GtkWidget *problem;
  XqAutosave *autosave;
} Editor;

static void
editor_free (gpointer data)
{
  Editor *self = data;

  g_clear_object (&self->session);
  g_free (self);
}

static gboolean
store (Editor *self, gboolean sign, GError **error)
{
  XqDatabase *database = xq_session_database (self->session);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqSessionNote) note = xq_session_note_new ();

  note->person_id = self->person_id;
  note->kind = (int) adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind));
  note->minutes = (gint64) adw_spin_row_get_value (ADW_SPIN_ROW (self->minutes));
  note->at = xq_clock_now () - note->minutes * 60;
  note->text = xq_text_area_get_text (XQ_TEXT_AREA (self->text));
  return transaction != NULL && xq_session_note_save (database, note, error)
         && (!sign || xq_session_note_sign (database, note->id, error))
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

static void
finish (Editor *self, gboolean sign)
{
  XqWindow *window = xq_window_for (self->parent);
  g_autoptr (GError) error = NULL;

  if (!store (self, sign, &error))
    {
      gtk_label_set_text (GTK_LABEL (self->problem), error->message);
      gtk_widget_set_visible (self->problem, TRUE);
      gtk_widget_grab_focus (self->text);
      return;
    }
  xq_session_changed (self->session, XQ_CHANGED_CARE);
  if (window != NULL)
    xq_window_toast (window, sign ? _ ("Note signed") : _ ("Draft kept"), NULL, NULL, NULL);
  xq_autosave_finish (self->autosave);
  adw_dialog_force_close (self->dialog);
}

static void
on_sign_cb (Editor *self)
{
  finish (self, TRUE);
}

static void
on_draft_cb (Editor *self)
{
  finish (self, FALSE);
}

static GtkWidget *
head_group_new (Editor *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  for (const XqChoice *kind = xq_session_kinds; kind->id != NULL; kind++)
    gtk_string_list_append (kinds, _ (kind->label));
  self->kind = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->kind), _ ("Kind"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->kind), G_LIST_MODEL (kinds));
  self->minutes = adw_spin_row_new_with_range (5, 300, 5);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->minutes), _ ("Minutes"));
  adw_spin_row_set_value (ADW_SPIN_ROW (self->minutes), 50);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->kind);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->minutes);
  return group;
}

static GtkWidget *
text_group_new (Editor *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->text = xq_text_area_new (_ ("Note"), 260);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Note"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("What was said, what was seen, what was agreed. A signed note is never changed; it can be amended."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->text);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->problem);
  return group;
}

static void
begin_autosave (Editor *self, AdwToolbarView *view)
{
  self->autosave = xq_autosave_new (self->session, "note", "person", self->person_id, GTK_WIDGET (self->dialog));
  xq_autosave_add (self->autosave, "kind", self->kind);
  xq_autosave_add (self->autosave, "minutes", self->minutes);
  xq_autosave_add (self->autosave, "text", self->text);
  adw_toolbar_view_add_top_bar (view, xq_autosave_banner (self->autosave));
  xq_autosave_begin (self->autosave);
}

void
xq_note_dialog_present (GtkWidget *parent, XqSession *session, gint64 person_id)
{
  Editor *self = g_new0 (Editor, 1);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *sign = gtk_button_new_with_mnemonic (_ ("_Sign"));
  GtkWidget *draft = gtk_button_new_with_mnemonic (_ ("_Keep as draft"));

  self->session = g_object_ref (session);
  self->parent = parent;
  self->person_id = person_id;
  self->dialog = adw_dialog_new ();
  gtk_widget_add_css_class (sign, "suggested-action");
  g_signal_connect_swapped (sign, "clicked", G_CALLBACK (on_sign_cb), self);
  g_signal_connect_swapped (draft, "clicked", G_CALLBACK (on_draft_cb), self);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), sign);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), draft);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (head_group_new (self)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (text_group_new (self)));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  begin_autosave (self, ADW_TOOLBAR_VIEW (view));
  adw_dialog_set_title (self->dialog, _ ("Session note"));
  adw_dialog_set_content_width (self->dialog, 640);
  adw_dialog_set_content_height (self->dialog, 600);
  adw_dialog_set_child (self->dialog, view);
  g_object_set_data_full (G_OBJECT (self->dialog), "editor", self, editor_free);
  adw_dialog_set_focus (self->dialog, self->text);
  adw_dialog_present (self->dialog, parent);
}
