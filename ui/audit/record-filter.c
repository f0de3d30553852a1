#include "config.h"

#include "ui/audit/record-filter.h"

#include <glib/gi18n-lib.h>

#include "base/date.h"
#include "people/person-list.h"
#include "ui/widgets/date-row.h"
#include "ui/widgets/person-picker.h"

struct _XqRecordFilter
{
  GtkBox parent_instance;

  XqSession *session;
  GtkWidget *person;
  GtkWidget *days;
  GtkWidget *picker;
  GtkWidget *from;
  GtkWidget *to;
};

G_DEFINE_FINAL_TYPE (XqRecordFilter, xq_record_filter, GTK_TYPE_BOX)

static guint changed_signal;

/* The button says who is asked for. */
static void
on_person_cb (XqRecordFilter *self)
{
  const gint64 person_id = xq_record_filter_person (self);
  XqDatabase *database = xq_session_database (self->session);
  g_autoptr (XqPersonRow) row
      = person_id != 0 && database != NULL ? xq_person_row_load (database, person_id, NULL) : NULL;
  g_autofree char *name = row != NULL ? xq_session_name (self->session, row->name) : NULL;

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->person), name != NULL ? name : _("Everybody"));
  g_signal_emit (self, changed_signal, 0);
}

static void
on_days_cb (XqRecordFilter *self)
{
  g_autofree char *from = xq_date_display_short (xq_record_filter_from (self));
  g_autofree char *to = xq_date_display_short (xq_record_filter_to (self));
  g_autofree char *text = NULL;

  if (*from != '\0' && *to != '\0')
    text = g_strdup_printf (_("%s to %s"), from, to);
  else if (*from != '\0')
    text = g_strdup_printf (_("From %s"), from);
  else if (*to != '\0')
    text = g_strdup_printf (_("Until %s"), to);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->days), text != NULL ? text : _("All days"));
  g_signal_emit (self, changed_signal, 0);
}

static GtkWidget *
menu_new (XqRecordFilter *self, const char *label, const char *name, GtkWidget *content)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();

  gtk_widget_set_size_request (content, 320, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), content);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (button), TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (self), button);
  return button;
}

static GtkWidget *
days_new (XqRecordFilter *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->from = xq_date_row_new (_("First day"));
  self->to = xq_date_row_new (_("Last day"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->from);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->to);
  g_signal_connect_object (self->from, "notify::date", G_CALLBACK (on_days_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->to, "notify::date", G_CALLBACK (on_days_cb), self, G_CONNECT_SWAPPED);
  return group;
}

static void
xq_record_filter_dispose (GObject *object)
{
  g_clear_object (&XQ_RECORD_FILTER (object)->session);
  G_OBJECT_CLASS (xq_record_filter_parent_class)->dispose (object);
}

static void
xq_record_filter_class_init (XqRecordFilterClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_record_filter_dispose;
  changed_signal
      = g_signal_new ("changed", XQ_TYPE_RECORD_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xq_record_filter_init (XqRecordFilter *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 9);
}

GtkWidget *
xq_record_filter_new (XqSession *session)
{
  XqRecordFilter *self = g_object_new (XQ_TYPE_RECORD_FILTER, NULL);

  self->session = g_object_ref (session);
  self->picker = xq_person_picker_new (session, 0);
  g_signal_connect_object (self->picker, "changed", G_CALLBACK (on_person_cb), self, G_CONNECT_SWAPPED);
  self->person = menu_new (self, _("Everybody"), _("Whose"), self->picker);
  self->days = menu_new (self, _("All days"), _("When"), days_new (self));
  return GTK_WIDGET (self);
}

gint64
xq_record_filter_person (XqRecordFilter *self)
{
  return xq_person_picker_get (XQ_PERSON_PICKER (self->picker));
}

const char *
xq_record_filter_from (XqRecordFilter *self)
{
  return xq_date_row_get_date (XQ_DATE_ROW (self->from));
}

const char *
xq_record_filter_to (XqRecordFilter *self)
{
  return xq_date_row_get_date (XQ_DATE_ROW (self->to));
}

gboolean
xq_record_filter_is_set (XqRecordFilter *self)
{
  return xq_record_filter_person (self) != 0 || xq_record_filter_from (self) != NULL
         || xq_record_filter_to (self) != NULL;
}
