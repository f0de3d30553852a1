#include "config.h"

#include "ui/care/report-warning.h"

#include <glib/gi18n-lib.h>

#include "report/desk.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/autosave.h"
#include "ui/widgets/person-picker.h"
#include "ui/widgets/simple.h"
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
on_save_cb (gpointer user_data)
{
  Report *self = user_data;
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
      xq_problem_label_set (self->problem, error->message);
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
  /* Below the title, where there is room for the whole sentence. */
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  return row;
}

/* What a level means stands below it, where there is room for it. */
static void
on_level_cb (AdwComboRow *row)
{
  static const char *const meanings[] = { N_ ("Danger now: contact today"), N_ ("Serious: a talk within three working days"),
                                          N_ ("Worth a talk: within ten working days") };
  guint level = adw_combo_row_get_selected (row);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), level < G_N_ELEMENTS (meanings) ? _ (meanings[level]) : "");
}

static GtkWidget *
words_new (Report *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->text = xq_text_area_new (_ ("What was seen or said"), 120);
  self->problem = xq_problem_label_new ();
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
  static const XqChoice levels[]
      = { { "1", N_ ("Level 1") }, { "2", N_ ("Level 2") }, { "3", N_ ("Level 3") }, { NULL, NULL } };
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  self->picker = xq_person_picker_new (self->session, person_id);
  self->source = combo_new (_ ("Who reports it"), xq_warning_sources + XQ_SOURCE_TEACHER, 0);
  self->level = combo_new (_ ("How urgent"), levels, 1);
  g_signal_connect (self->level, "notify::selected", G_CALLBACK (on_level_cb), NULL);
  on_level_cb (ADW_COMBO_ROW (self->level));
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

  self->session = g_object_ref (session);
  self->parent = parent;
  self->dialog = xq_editor_dialog_new (_ ("Report a concern"), questions_new (self, person_id), _ ("_Save"), on_save_cb, self,
                                       report_free);
  begin_autosave (self, ADW_TOOLBAR_VIEW (adw_dialog_get_child (self->dialog)), person_id);
  adw_dialog_set_content_height (self->dialog, 600);
  adw_dialog_set_focus (self->dialog, person_id != 0 ? self->text : xq_person_picker_entry (XQ_PERSON_PICKER (self->picker)));
  adw_dialog_present (self->dialog, parent);
}
