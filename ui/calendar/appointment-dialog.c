#include "config.h"

#include "ui/calendar/appointment-dialog.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "calendar/appointment.h"
#include "ui/widgets/autosave.h"
#include "ui/widgets/date-row.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/person-picker.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

#define HOUR          3600
#define USUAL_MINUTES 50

/* The dialog and the appointment that it is about; lives as long as the dialog. */
typedef struct
{
  XqSession *session;
  GtkWidget *parent;
  AdwDialog *dialog;
  XqAppointment *appointment;
  GtkWidget *picker;
  GtkWidget *kind;
  GtkWidget *title;
  GtkWidget *date;
  GtkWidget *time;
  GtkWidget *length;
  GtkWidget *place;
  GtkWidget *remark;
  GtkWidget *problem;
  XqAutosave *autosave;
} Editor;

static void
editor_free (gpointer data)
{
  Editor *self = data;

  g_clear_object (&self->session);
  g_clear_pointer (&self->appointment, xq_appointment_free);
  g_free (self);
}

/* "14:30", "1430", "9", "9：30" → minutes of the day, -1 for none. */
static int
read_time (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  int hour = -1, minute = 0, used = 0;

  g_strstrip (plain);
  if (sscanf (plain, "%d%*1[:.]%d%n", &hour, &minute, &used) < 2 || plain[used] != '\0')
    {
      minute = 0;
      if (sscanf (plain, "%d%n", &hour, &used) != 1 || plain[used] != '\0')
        return -1;
      if (hour >= 100)
        {
          minute = hour % 100;
          hour /= 100;
        }
    }
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 ? hour * 60 + minute : -1;
}

static gboolean
read_start (Editor *self, gint64 *ret_start)
{
  g_autoptr (GError) error = NULL;
  const char *date;
  int minutes;

  if (!xq_date_row_check (XQ_DATE_ROW (self->date), &error))
    {
      xq_problem_label_set (self->problem, error->message);
      return FALSE;
    }
  date = xq_date_row_get_date (XQ_DATE_ROW (self->date));
  minutes = read_time (gtk_editable_get_text (GTK_EDITABLE (self->time)));
  if (date == NULL || minutes < 0)
    {
      xq_problem_label_set (self->problem, _ ("Write the day, and the time as 14:30."));
      gtk_widget_grab_focus (minutes < 0 ? self->time : self->date);
      return FALSE;
    }
  *ret_start = xq_date_start (date) + (gint64) minutes * 60;
  return TRUE;
}

static void
set_text (char **member, GtkWidget *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));

  g_free (*member);
  *member = *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
read_rows (Editor *self)
{
  XqAppointment *appointment = self->appointment;
  gint64 start;

  if (!read_start (self, &start))
    return FALSE;
  appointment->person_id = xq_person_picker_get (XQ_PERSON_PICKER (self->picker));
  appointment->kind = (int) adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind));
  appointment->starts_at = start;
  appointment->ends_at = start + (gint64) adw_spin_row_get_value (ADW_SPIN_ROW (self->length)) * 60;
  set_text (&appointment->title, self->title);
  set_text (&appointment->place, self->place);
  set_text (&appointment->remark, self->remark);
  return TRUE;
}

static void
store (Editor *self)
{
  XqDatabase *database = xq_session_database (self->session);
  g_autoptr (GError) error = NULL;
  gboolean stored = self->appointment->id == 0
                        ? xq_appointment_create (database, self->appointment, NULL, &error)
                        : xq_appointment_update (database, self->appointment, NULL, &error);

  if (!stored)
    {
      xq_problem_label_set (self->problem, error->message);
      return;
    }
  xq_autosave_finish (self->autosave);
  xq_session_changed (self->session, XQ_CHANGED_CALENDAR);
  adw_dialog_force_close (self->dialog);
}

static void
on_clash_answered_cb (GtkWidget *parent, gpointer user_data)
{
  store (user_data);
}

static char *
clash_text (GPtrArray *clashes)
{
  g_autoptr (GString) text = g_string_new (_ ("At the same time there is already:"));

  for (guint i = 0; i < clashes->len; i++)
    {
      const XqAppointment *clash = g_ptr_array_index (clashes, i);
      g_autoptr (GDateTime) from = xq_clock_local (clash->starts_at);
      g_autoptr (GDateTime) to = xq_clock_local (clash->ends_at);
      g_autofree char *begins = g_date_time_format (from, "%H:%M");
      g_autofree char *ends = g_date_time_format (to, "%H:%M");

      g_string_append_printf (text, "\n%s–%s %s", begins, ends, _ (xq_appointment_kinds[clash->kind].label));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
on_save_cb (gpointer user_data)
{
  Editor *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clashes = NULL;
  g_autofree char *text = NULL;

  xq_problem_label_set (self->problem, NULL);
  if (!read_rows (self))
    return;
  clashes = xq_appointment_clashes (xq_session_database (self->session), self->appointment, &error);
  if (clashes == NULL)
    {
      xq_problem_label_set (self->problem, error->message);
      return;
    }
  if (clashes->len == 0)
    {
      store (self);
      return;
    }
  text = clash_text (clashes);
  xq_confirm_dialog (GTK_WIDGET (self->dialog), _ ("Two appointments at once?"), text, _ ("_Save anyway"), FALSE,
                     on_clash_answered_cb, self, NULL);
}

static GtkWidget *
entry_new (const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  return row;
}

static GtkWidget *
kind_row_new (int kind)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (const XqChoice *choice = xq_appointment_kinds; choice->id != NULL; choice++)
    gtk_string_list_append (labels, _ (choice->label));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Kind"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), kind);
  return row;
}

static GtkWidget *
length_row_new (int minutes)
{
  GtkWidget *row = adw_spin_row_new_with_range (5, 480, 5);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Minutes"));
  adw_spin_row_set_value (ADW_SPIN_ROW (row), minutes > 0 ? minutes : USUAL_MINUTES);
  return row;
}

static void
add_when (Editor *self, GtkWidget *group)
{
  const XqAppointment *appointment = self->appointment;
  g_autofree char *date = xq_clock_date (appointment->starts_at);
  g_autoptr (GDateTime) start = xq_clock_local (appointment->starts_at);
  g_autofree char *time = g_date_time_format (start, "%H:%M");

  self->date = xq_date_row_new (_ ("Day"));
  xq_date_row_set_date (XQ_DATE_ROW (self->date), date);
  self->time = entry_new (_ ("Time"), time);
  self->length = length_row_new ((int) ((appointment->ends_at - appointment->starts_at) / 60));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->date);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->time);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->length);
}

static GtkWidget *
rows_new (Editor *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *what = adw_preferences_group_new ();
  GtkWidget *when = adw_preferences_group_new ();
  GtkWidget *below = adw_preferences_group_new ();

  self->picker = xq_person_picker_new (self->session, self->appointment->person_id);
  self->kind = kind_row_new (self->appointment->kind);
  self->title = entry_new (_ ("Title"), self->appointment->title);
  self->place = entry_new (_ ("Place"), self->appointment->place);
  self->remark = entry_new (_ ("Remark"), self->appointment->remark);
  self->problem = xq_problem_label_new ();

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (what), self->kind);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (what), self->title);
  add_when (self, when);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (when), self->place);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (when), self->remark);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (below), self->problem);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->picker));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (what));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (when));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (below));
  return page;
}

/* A new one is known by its person: of nobody in particular there is one draft. */
static void
begin_autosave (Editor *self, AdwToolbarView *view)
{
  gint64 id = self->appointment->id;

  self->autosave = xq_autosave_new (self->session, "appointment", id != 0 ? "appointment" : "person",
                                    id != 0 ? id : self->appointment->person_id, GTK_WIDGET (self->dialog));
  xq_autosave_add (self->autosave, "person", self->picker);
  xq_autosave_add (self->autosave, "kind", self->kind);
  xq_autosave_add (self->autosave, "title", self->title);
  xq_autosave_add (self->autosave, "date", self->date);
  xq_autosave_add (self->autosave, "time", self->time);
  xq_autosave_add (self->autosave, "length", self->length);
  xq_autosave_add (self->autosave, "place", self->place);
  xq_autosave_add (self->autosave, "remark", self->remark);
  adw_toolbar_view_add_top_bar (view, xq_autosave_banner (self->autosave));
  xq_autosave_begin (self->autosave);
}

static XqAppointment *
proposed (gint64 person_id, gint64 starts_at)
{
  XqAppointment *appointment = xq_appointment_new ();

  appointment->person_id = person_id;
  appointment->kind = XQ_APPOINTMENT_COUNSELLING;
  appointment->starts_at = starts_at != 0 ? starts_at : (xq_clock_now () / HOUR + 1) * HOUR;
  appointment->ends_at = appointment->starts_at + USUAL_MINUTES * 60;
  return appointment;
}

void
xq_appointment_dialog_present (GtkWidget *parent, XqSession *session, gint64 appointment_id, gint64 person_id,
                               gint64 starts_at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqAppointment) appointment
      = appointment_id != 0 ? xq_appointment_load (xq_session_database (session), appointment_id, &error)
                            : proposed (person_id, starts_at);
  Editor *self;

  if (appointment == NULL)
    {
      xq_error_dialog (parent, _ ("The appointment cannot be opened"), error);
      return;
    }
  self = g_new0 (Editor, 1);
  self->session = g_object_ref (session);
  self->parent = parent;
  self->appointment = g_steal_pointer (&appointment);
  self->dialog = xq_editor_dialog_new (appointment_id != 0 ? _ ("Appointment") : _ ("New appointment"), rows_new (self),
                                       _ ("_Save"), on_save_cb, self, editor_free);
  begin_autosave (self, ADW_TOOLBAR_VIEW (adw_dialog_get_child (self->dialog)));
  adw_dialog_set_content_height (self->dialog, 640);
  adw_dialog_present (self->dialog, parent);
}
