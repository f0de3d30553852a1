#include "config.h"

#include "ui/drafts.h"

#include <glib/gi18n-lib.h>

#include "ui/drafts-private.h"
#include "ui/session-drafts.h"
#include "ui/widgets/autosave.h"

/* The banner's; lives as long as it. */
typedef struct
{
  XqSession *session;
  GtkWidget *banner;
  GPtrArray *drafts; /* of XqDraft: there when the vault was opened, and there still */
  AdwDialog *dialog; /* the list, while it is open */
} Drafts;

static void
drafts_free (gpointer data)
{
  Drafts *self = data;

  g_clear_weak_pointer (&self->dialog);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_object (&self->session);
  g_free (self);
}

/* What was typed on since is of this time, and its form says so itself. */
static gboolean
is_there_still (const XqDraft *draft, GPtrArray *now)
{
  for (guint i = 0; i < now->len; i++)
    {
      const XqDraft *other = g_ptr_array_index (now, i);

      if (other->id == draft->id && other->saved_at == draft->saved_at && g_str_equal (other->fields, draft->fields))
        return TRUE;
    }
  return FALSE;
}

static void
show_banner (Drafts *self)
{
  g_autofree char *text = NULL;

  if (self->drafts->len > 0)
    {
      const XqDraft *newest = g_ptr_array_index (self->drafts, 0);
      g_autofree char *at = xq_autosave_time (newest->saved_at);

      text = self->drafts->len == 1
                 ? g_strdup_printf (_("“%s” was not saved last time; what was typed is kept, as of %s."),
                                    xq_draft_label (newest), at)
                 : g_strdup_printf (ngettext ("%u form was not saved last time; what was typed is kept, as of %s.",
                                              "%u forms were not saved last time; what was typed is kept, as of %s.",
                                              self->drafts->len),
                                    self->drafts->len, at);
      adw_banner_set_title (ADW_BANNER (self->banner), text);
    }
  adw_banner_set_revealed (ADW_BANNER (self->banner), self->drafts->len > 0);
}

static void
refresh (Drafts *self)
{
  g_autoptr (GPtrArray) now = xq_draft_list (xq_session_database (self->session), NULL);

  for (guint i = self->drafts->len; now != NULL && i > 0; i--)
    if (!is_there_still (g_ptr_array_index (self->drafts, i - 1), now))
      g_ptr_array_remove_index (self->drafts, i - 1);
  show_banner (self);
  if (self->drafts->len == 0 && self->dialog != NULL)
    adw_dialog_force_close (self->dialog);
}

static void
on_changed_cb (GtkWidget *banner, guint changed)
{
  Drafts *self = g_object_get_data (G_OBJECT (banner), "xq-drafts");

  if ((changed & (XQ_CHANGED_DRAFTS | XQ_CHANGED_MASK)) && xq_session_is_open (self->session))
    refresh (self);
}

static XqDraft *
draft_of (GtkButton *button)
{
  return g_object_get_data (G_OBJECT (button), "xq-draft");
}

static void
on_restore_cb (GtkButton *button, Drafts *self)
{
  g_autoptr (XqDraft) draft = xq_draft_copy (draft_of (button));
  XqWindow *window = xq_window_for (self->banner);

  adw_dialog_force_close (self->dialog);
  xq_draft_open (draft, window);
}

static void
on_discard_cb (GtkButton *button, Drafts *self)
{
  const XqDraft *draft = draft_of (button);

  xq_session_drop_draft (self->session, draft->kind, draft->entity, draft->entity_id);
  gtk_widget_set_visible (gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW), FALSE);
}

static void
add_button (Drafts *self, GtkWidget *row, const XqDraft *draft, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "xq-draft", xq_draft_copy (draft), xq_record_destroy);
  g_signal_connect (button, "clicked", clicked, self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
row_new (Drafts *self, const XqDraft *draft)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *at = xq_autosave_time (draft->saved_at);
  g_autofree char *name = xq_draft_name (draft, self->session);
  g_autofree char *kept = g_strdup_printf (_("Kept at %s"), at);
  g_autofree char *below = name != NULL ? g_strdup_printf ("%s · %s", name, kept) : g_strdup (kept);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), xq_draft_label (draft));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  add_button (self, row, draft, _("Restore"), G_CALLBACK (on_restore_cb));
  add_button (self, row, draft, _("Discard"), G_CALLBACK (on_discard_cb));
  return row;
}

static void
on_show_cb (Drafts *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("Nothing of it is in the files yet. A form that is restored is as it was left."));
  for (guint i = 0; i < self->drafts->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row_new (self, g_ptr_array_index (self->drafts, i)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  g_set_weak_pointer (&self->dialog, adw_dialog_new ());
  adw_dialog_set_title (self->dialog, _("Not Saved"));
  adw_dialog_set_child (self->dialog, view);
  adw_dialog_set_content_width (self->dialog, 560);
  adw_dialog_present (self->dialog, self->banner);
}

GtkWidget *
xq_drafts_banner_new (XqSession *session)
{
  Drafts *self = g_new0 (Drafts, 1);

  self->session = g_object_ref (session);
  self->drafts = xq_draft_list (xq_session_database (session), NULL);
  if (self->drafts == NULL)
    self->drafts = g_ptr_array_new_with_free_func (xq_record_destroy);
  self->banner = adw_banner_new ("");
  adw_banner_set_use_markup (ADW_BANNER (self->banner), FALSE);
  adw_banner_set_button_label (ADW_BANNER (self->banner), _("_Show…"));
  g_object_set_data_full (G_OBJECT (self->banner), "xq-drafts", self, drafts_free);
  g_signal_connect_swapped (self->banner, "button-clicked", G_CALLBACK (on_show_cb), self);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed_cb), self->banner, G_CONNECT_SWAPPED);
  show_banner (self);
  return self->banner;
}
