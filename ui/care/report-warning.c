#include "config.h"

#include "ui/care/report-warning.h"

#include <glib/gi18n-lib.h>

#include "report/desk.h"
#include "ui/widgets/autosave.h"
#include "ui/widgets/person-picker.h"
#include "ui/widgets/text-area.h"
#include "ui/window.h"

/* The dialog; lives as long as it. */
typedef struct
{
  XqSession *session;
  GtkWidget *parent;
  AdwDialog *dialog;
  GtkWidget *picker;
  GtkWidget *source;
  GtkWidget *level;
  GtkWidget *text;
  GtkWidget *problem;
  XqAutosave *autosave;
} Report;

static void
report_free (gpointer data)
{
  Report *self = data;

  g_clear_object (&self->session);
  g_free (self);
}

static void
on_save_cb (Report *self)
{
  gint64 person_id = xq_person_picker_get (XQ_PERSON_PICKER (self->picker)), warning_id = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDesk) desk = NULL;
  g_autofree char *text = NULL;
  XqWindow *window = xq_window_for (self->parent);

  if (person_id == 0)
    {
      xq_person_picker_complain (XQ_PERSON_PICKER (self->picker));
      return;
    }
  text = xq_text_area_get_text (XQ_TEXT_AREA (self->text));
  desk = xq_desk_new (xq_session_database (self->session), &error);
  /* The first source is the rules; nobody reports as a rule. */
  if (desk == NULL
      || !xq_warning_report (xq_desk_care (desk), person_id,
                             adw_combo_row_get_selected (ADW_COMBO_ROW (self->source)) + XQ_SOURCE_TEACHER,
                             (int) adw_combo_row_get_selected (ADW_COMBO_ROW (self->level)) + 1, text, &warning_id,
                             &error))
    {
      gtk_label_set_text (GTK_LABEL (self->problem), error->message);
      gtk_widget_set_visible (self->problem, TRUE);
      gtk_widget_grab_focus (self->text);
      return;
    }
  xq_session_changed (self->session, XQ_CHANGED_CARE);
  xq_autosave_finish (self->autosave);
  adw_dialog_force_close (self->dialog);
  if (window != NULL)
    xq_window_open (window, "warning", warning_id);
}

static GtkWidget *
combo_new (const char *title, const XqChoice *choices, guint selected)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (; choices->id != NULL; choices++)
    gtk_string_list_append (labels, _ (choices->label));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  return row;
}

static GtkWidget *
words_new (Report *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->text = xq_text_area_new (_ ("What was seen or said"), 120);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("What was seen or said"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("Behaviour and words, when and where; no diagnosis."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->text);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->problem);
  return group;
}

static GtkWidget *
questions_new (Report *self, gint64 person_id)
{
  static const XqChoice levels[] = {
    { "1", N_ ("Level 1: danger now, contact today") },
    { "2", N_ ("Level 2: serious, within three working days") },
    { "3", N_ ("Level 3: worth a talk, within ten working days") },
    { NULL, NULL },
  };
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  self->picker = xq_person_picker_new (self->session, person_id);
  self->source = combo_new (_ ("Who reports it"), xq_warning_sources + XQ_SOURCE_TEACHER, 0);
  self->level = combo_new (_ ("How urgent"), levels, 1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->source);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->level);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->picker));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (words_new (self)));
  return page;
}

static void
begin_autosave (Report *self, AdwToolbarView *view, gint64 person_id)
{
  self->autosave = xq_autosave_new (self->session, "concern", "person", person_id, GTK_WIDGET (self->dialog));
  xq_autosave_add (self->autosave, "person", self->picker);
  xq_autosave_add (self->autosave, "source", self->source);
  xq_autosave_add (self->autosave, "level", self->level);
  xq_autosave_add (self->autosave, "text", self->text);
  adw_toolbar_view_add_top_bar (view, xq_autosave_banner (self->autosave));
  xq_autosave_begin (self->autosave);
}

void
xq_report_warning_present (GtkWidget *parent, XqSession *session, gint64 person_id)
{
  Report *self = g_new0 (Report, 1);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *save = gtk_button_new_with_mnemonic (_ ("_Save"));

  self->session = g_object_ref (session);
  self->parent = parent;
  self->dialog = adw_dialog_new ();
  gtk_widget_add_css_class (save, "suggested-action");
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (on_save_cb), self);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), save);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), questions_new (self, person_id));
  begin_autosave (self, ADW_TOOLBAR_VIEW (view), person_id);
  adw_dialog_set_title (self->dialog, _ ("Report a concern"));
  adw_dialog_set_content_width (self->dialog, 520);
  adw_dialog_set_content_height (self->dialog, 600);
  adw_dialog_set_child (self->dialog, view);
  adw_dialog_set_default_widget (self->dialog, save);
  g_object_set_data_full (G_OBJECT (self->dialog), "report", self, report_free);
  adw_dialog_present (self->dialog, parent);
}
