#include "config.h"

#include "ui/widgets/date-row.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"

struct _XqDateRow
{
  AdwEntryRow parent_instance;

  GtkMenuButton *button;
  GtkCalendar *calendar;
  GtkWidget *popover;
  char *date;
  gboolean showing; /* the text is being set from the date */
};

enum
{
  PROP_0,
  PROP_DATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (XqDateRow, xq_date_row, ADW_TYPE_ENTRY_ROW)

static const char *
typed (XqDateRow *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self));
}

/* What the row itself shows reads back as the same day. */
static char *
parse (XqDateRow *self, GError **error)
{
  g_autofree char *shown = xq_date_display (self->date);
  g_autofree char *text = g_strstrip (g_strdup (typed (self)));

  if (*text == '\0')
    return NULL;
  if (self->date != NULL && g_str_equal (text, shown))
    return g_strdup (self->date);
  return xq_date_parse_entry (text, error);
}

static void
take (XqDateRow *self, const char *date)
{
  if (g_set_str (&self->date, date))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATE]);
}

static void
show (XqDateRow *self)
{
  g_autofree char *shown = xq_date_display (self->date);

  self->showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), shown);
  self->showing = FALSE;
}

static void
on_changed_cb (XqDateRow *self)
{
  g_autofree char *date = NULL;

  if (self->showing)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  date = parse (self, NULL);
  take (self, date);
}

/* Left or Enter: what was typed is put into words; what is no day is marked. */
static void
settle (XqDateRow *self)
{
  if (self->date != NULL)
    show (self);
  else if (!xq_date_row_check (self, NULL))
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
}

static void
on_picked_cb (XqDateRow *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autofree char *date = g_date_time_format (day, "%Y-%m-%d");

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  xq_date_row_set_date (self, date);
}

static void
on_popover_shown_cb (XqDateRow *self)
{
  g_autofree char *today = xq_clock_today ();
  const char *date = self->date != NULL ? self->date : today;
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_local (xq_date_start (date) + 12 * 60 * 60);

  g_signal_handlers_block_by_func (self->calendar, on_picked_cb, self);
  gtk_calendar_select_day (self->calendar, day);
  g_signal_handlers_unblock_by_func (self->calendar, on_picked_cb, self);
}

static void
xq_date_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DATE)
    g_value_set_string (value, XQ_DATE_ROW (object)->date);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
xq_date_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DATE)
    xq_date_row_set_date (XQ_DATE_ROW (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
xq_date_row_finalize (GObject *object)
{
  g_free (XQ_DATE_ROW (object)->date);
  G_OBJECT_CLASS (xq_date_row_parent_class)->finalize (object);
}

static void
xq_date_row_class_init (XqDateRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = xq_date_row_get_property;
  object_class->set_property = xq_date_row_set_property;
  object_class->finalize = xq_date_row_finalize;
  properties[PROP_DATE] = g_param_spec_string ("date", NULL, NULL, NULL,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                 | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
xq_date_row_init (XqDateRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), GTK_WIDGET (self->calendar));
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (self->button, self->popover);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _("Pick a day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pick a day"), -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), GTK_WIDGET (self->button));

  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (on_picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "show", G_CALLBACK (on_popover_shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "changed", G_CALLBACK (on_changed_cb), NULL);
  g_signal_connect (self, "entry-activated", G_CALLBACK (settle), NULL);
  g_signal_connect_object (focus, "leave", G_CALLBACK (settle), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

GtkWidget *
xq_date_row_new (const char *title)
{
  return g_object_new (XQ_TYPE_DATE_ROW, "title", title, NULL);
}

const char *
xq_date_row_get_date (XqDateRow *self)
{
  g_return_val_if_fail (XQ_IS_DATE_ROW (self), NULL);
  return self->date;
}

void
xq_date_row_set_date (XqDateRow *self, const char *date)
{
  g_return_if_fail (XQ_IS_DATE_ROW (self));
  g_return_if_fail (date == NULL || xq_date_is_valid (date));

  gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  take (self, date);
  show (self);
}

gboolean
xq_date_row_check (XqDateRow *self, GError **error)
{
  g_autofree char *date = NULL;
  GError *why = NULL;

  g_return_val_if_fail (XQ_IS_DATE_ROW (self), FALSE);

  date = parse (self, &why);
  if (why == NULL)
    return TRUE;
  g_propagate_error (error, why);
  return FALSE;
}
