#include "config.h"

#include "ui/audit/disclosure-dialog.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "people/disclosure.h"
#include "people/person-list.h"
#include "ui/widgets/autosave.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/form.h"
#include "ui/widgets/person-picker.h"
#include "ui/window.h"
#include "vault/store.h"

#define PEOPLE_SHOWN 20

/* -- by hand; lives as long as its dialog */

typedef struct
{
  XqSession *session;
  GtkWidget *parent;
  AdwDialog *dialog;
  GtkWidget *picker;
  GtkWidget *kind;
  XqForm *form;
  XqAutosave *autosave;
} Entering;

static void
entering_free (gpointer data)
{
  Entering *self = data;

  g_clear_object (&self->session);
  g_free (self);
}

static void
on_save_cb (gpointer user_data)
{
  Entering *self = user_data;
  const gint64 person_id = xq_person_picker_get (XQ_PERSON_PICKER (self->picker));
  XqDisclosure *disclosure = xq_form_read (self->form);
  g_autoptr (XqDisclosure) owned = disclosure;
  g_autoptr (GError) error = NULL;
  XqWindow *window = xq_window_for (self->parent);

  if (disclosure == NULL)
    return;
  disclosure->kind
      = adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind)) == 0 ? XQ_DISCLOSURE_SPOKEN : XQ_DISCLOSURE_PAPER;
  disclosure->identifying = person_id != 0;
  if (!xq_disclosure_enter (xq_session_database (self->session), disclosure, &person_id, person_id != 0, &error))
    {
      xq_form_set_error (self->form, NULL, error->message);
      return;
    }
  xq_autosave_finish (self->autosave);
  xq_session_changed (self->session, XQ_CHANGED_AUDIT);
  adw_dialog_force_close (self->dialog);
  if (window != NULL)
    {
      g_autofree char *text = g_strdup_printf (_("Entered as %s."), disclosure->copy);

      xq_window_toast (window, text, NULL, NULL, NULL);
    }
}

static GtkWidget *
questions_new (Entering *self, gint64 person_id)
{
  static const char *const asked[] = { "what", "recipient", "ground", "purpose", "fields", "remark", NULL };
  const char *kinds[] = { _(xq_disclosure_kinds[XQ_DISCLOSURE_SPOKEN].label),
                          _(xq_disclosure_kinds[XQ_DISCLOSURE_PAPER].label), NULL };
  g_autoptr (GtkStringList) labels = gtk_string_list_new (kinds);
  g_autoptr (XqDisclosure) blank = xq_disclosure_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  self->picker = xq_person_picker_new (self->session, person_id);
  self->kind = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->kind), _("How"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->kind), G_LIST_MODEL (labels));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->kind);
  blank->at = xq_clock_now ();
  self->form = xq_form_new (&XQ_DISCLOSURE, blank, asked);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->picker));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->form));
  return page;
}

static void
begin_autosave (Entering *self)
{
  self->autosave = xq_form_autosave (self->form, self->session, GTK_WIDGET (self->dialog));
  xq_autosave_add (self->autosave, "person", self->picker);
  xq_autosave_add (self->autosave, "kind", self->kind);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (adw_dialog_get_child (self->dialog)),
                                xq_autosave_banner (self->autosave));
  xq_autosave_begin (self->autosave);
}

void
xq_disclosure_dialog_enter (GtkWidget *parent, XqSession *session, gint64 person_id)
{
  Entering *self = g_new0 (Entering, 1);

  self->session = g_object_ref (session);
  self->parent = parent;
  self->dialog = xq_editor_dialog_new (_("Enter a Disclosure"), questions_new (self, person_id), _("_Save"), on_save_cb, self,
                                       entering_free);
  begin_autosave (self);
  adw_dialog_set_content_height (self->dialog, 640);
  adw_dialog_present (self->dialog, parent);
}

/* -- one that was made; lives as long as its dialog */

typedef struct
{
  XqSession *session;
  AdwDialog *dialog;
  gint64 id;
  GtkWidget *remark;
} Showing;

static void
showing_free (gpointer data)
{
  Showing *self = data;

  g_clear_object (&self->session);
  g_free (self);
}

static void
settle (Showing *self, XqDisclosureState state)
{
  g_autoptr (GError) error = NULL;

  if (!xq_disclosure_settle (xq_session_database (self->session), self->id, state,
                             gtk_editable_get_text (GTK_EDITABLE (self->remark)), &error))
    {
      xq_error_dialog (GTK_WIDGET (self->dialog), _("The copy was not ticked off"), error);
      return;
    }
  xq_session_changed (self->session, XQ_CHANGED_AUDIT);
  adw_dialog_force_close (self->dialog);
}

static void
on_recalled_cb (Showing *self)
{
  settle (self, XQ_DISCLOSURE_RECALLED);
}

static void
on_destroyed_cb (Showing *self)
{
  settle (self, XQ_DISCLOSURE_DESTROYED);
}

static void
add_fact (GtkWidget *group, const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

/* What is said of it, as the field table has it; names, and words in which one may stand, pass the mask. */
static GtkWidget *
facts_new (Showing *self, const XqDisclosure *disclosure)
{
  GtkWidget *group = adw_preferences_group_new ();

  for (const XqField *field = XQ_DISCLOSURE.fields; field->name != NULL; field++)
    {
      g_autofree char *text = xq_field_display (field, disclosure);

      if (*text != '\0' && !g_str_equal (field->name, "identifying") && !g_str_equal (field->name, "subject"))
        {
          g_autofree char *shown = field->privacy == XQ_PRIVACY_PLAIN ? g_strdup (text) : xq_session_words (self->session, text);

          add_fact (group, _(field->label), shown);
        }
    }
  return group;
}

static GtkWidget *
people_new (Showing *self, const GArray *ids)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GPtrArray) rows
      = xq_person_list_rows (xq_session_database (self->session), (const gint64 *) (gpointer) ids->data,
                             MIN (ids->len, PEOPLE_SHOWN), NULL);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("About"));
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const XqPersonRow *row = g_ptr_array_index (rows, i);
      g_autofree char *name = row != NULL ? xq_session_name (self->session, row->name) : NULL;

      if (row != NULL)
        add_fact (group, name, row->unit);
    }
  if (ids->len > PEOPLE_SHOWN)
    {
      g_autofree char *more = g_strdup_printf (_("and %u more"), ids->len - PEOPLE_SHOWN);

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), more);
    }
  return group;
}

static GtkWidget *
ticks_new (Showing *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *recalled = gtk_button_new_with_mnemonic (_("It _Came Back"));
  GtkWidget *destroyed = gtk_button_new_with_mnemonic (_("It Was _Destroyed"));

  self->remark = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->remark), _("Who brought it back, how it was destroyed"));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Tick Off"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->remark);
  gtk_widget_set_margin_top (buttons, 12);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (buttons), destroyed);
  gtk_box_append (GTK_BOX (buttons), recalled);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), buttons);
  g_signal_connect_swapped (recalled, "clicked", G_CALLBACK (on_recalled_cb), self);
  g_signal_connect_swapped (destroyed, "clicked", G_CALLBACK (on_destroyed_cb), self);
  return group;
}

static AdwDialog *
showing_dialog_new (GtkWidget *page)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _("Disclosure"));
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_child (dialog, view);
  return dialog;
}

void
xq_disclosure_dialog_show (GtkWidget *parent, XqSession *session, gint64 id)
{
  XqDatabase *database = xq_session_database (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDisclosure) disclosure = xq_store_load (database, &XQ_DISCLOSURE, id, &error);
  g_autoptr (GArray) ids = disclosure != NULL ? xq_disclosure_persons (database, id, &error) : NULL;
  GtkWidget *page;
  Showing *self;

  if (ids == NULL)
    {
      xq_error_dialog (parent, _("The entry cannot be read"), error);
      return;
    }
  page = adw_preferences_page_new ();
  self = g_new0 (Showing, 1);
  self->session = g_object_ref (session);
  self->id = id;
  self->dialog = showing_dialog_new (page);
  g_object_set_data_full (G_OBJECT (self->dialog), "showing", self, showing_free);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (facts_new (self, disclosure)));
  if (ids->len > 0)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (people_new (self, ids)));
  if (disclosure->state == XQ_DISCLOSURE_OUT)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (ticks_new (self)));
  adw_dialog_set_content_height (self->dialog, 640);
  adw_dialog_present (self->dialog, parent);
}
