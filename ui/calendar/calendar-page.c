#include "config.h"

#include "ui/calendar/calendar-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "calendar/appointment.h"
#include "calendar/icalendar.h"
#include "report/desk.h"
#include "ui/calendar/appointment-dialog.h"
#include "ui/calendar/entry-block.h"
#include "ui/calendar/week-view.h"
#include "ui/today/follow-up-dialogs.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

#define DAYS        7
#define AGENDA_DAYS 28
#define STRIP_ROWS  4

struct _XqCalendarPage
{
  XqPage parent_instance;

  char *date; /* in the week that is shown */
  gboolean strip_open; /* all follow-ups of a day are shown */
  GtkWidget *heading;
  GtkWidget *stack;
  GtkWidget *week;
  GtkWidget *axis;
  GtkWidget *day_heads[DAYS];
  GtkWidget *all_day[DAYS];
  GtkWidget *agenda;
  GtkWidget *agenda_stack;
};

G_DEFINE_FINAL_TYPE (XqCalendarPage, xq_calendar_page, XQ_TYPE_PAGE)

/* The day's follow-ups; many of them would push the hours out of a small window. */
static void
show_strip (XqCalendarPage *self, GtkBox *strip, const XqCalendarDay *day)
{
  guint n = 0, shown = 0;

  for (guint i = 0; i < day->entries->len; i++)
    n += ((const XqCalendarEntry *) day->entries->pdata[i])->all_day;
  for (guint i = 0; i < day->entries->len; i++)
    {
      const XqCalendarEntry *entry = g_ptr_array_index (day->entries, i);

      if (entry->all_day && (self->strip_open || n <= STRIP_ROWS || shown++ < STRIP_ROWS - 1))
        gtk_box_append (strip, xq_calendar_block_new (entry, xq_page_session (XQ_PAGE (self))));
    }
  if (n > STRIP_ROWS)
    {
      g_autofree char *more = self->strip_open ? g_strdup (_ ("Fewer"))
                                               : g_strdup_printf (_ ("%u more"), n - STRIP_ROWS + 1);
      GtkWidget *button = gtk_button_new_with_label (more);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "calendar.strip");
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "strip-more");
      gtk_box_append (strip, button);
    }
}

static void
show_day_head (XqCalendarPage *self, int index, const XqCalendarDay *day)
{
  g_autofree char *text = g_strdup_printf ("%s %d", xq_date_weekday_name (index + 1), atoi (day->date + 8));
  GtkWidget *child;

  gtk_label_set_text (GTK_LABEL (self->day_heads[index]), text);
  gtk_widget_set_tooltip_text (self->day_heads[index], day->name);
  if (day->today)
    gtk_widget_add_css_class (self->day_heads[index], "today");
  else
    gtk_widget_remove_css_class (self->day_heads[index], "today");
  while ((child = gtk_widget_get_first_child (self->all_day[index])) != NULL)
    gtk_box_remove (GTK_BOX (self->all_day[index]), child);
  if (day->name != NULL)
    gtk_box_append (GTK_BOX (self->all_day[index]), xq_calendar_label_new (day->name, "dim-label"));
  show_strip (self, GTK_BOX (self->all_day[index]), day);
}

static gboolean
shows_agenda (XqCalendarPage *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->stack)), "agenda") == 0;
}

/* Four weeks, from today on or from the Monday of another week. */
static char *
agenda_from (XqCalendarPage *self)
{
  g_autofree char *today = xq_clock_today ();
  g_autofree char *monday = xq_date_monday (self->date);
  g_autofree char *sunday = xq_date_add_days (monday, DAYS - 1);
  gboolean present = strcmp (monday, today) <= 0 && strcmp (today, sunday) <= 0;

  return present ? g_steal_pointer (&today) : g_steal_pointer (&monday);
}

static void
show_heading (XqCalendarPage *self, const XqCalendarWeek *week)
{
  gboolean agenda = shows_agenda (self);
  g_autofree char *first = agenda ? agenda_from (self) : xq_date_monday (self->date);
  g_autofree char *last = xq_date_add_days (first, (agenda ? AGENDA_DAYS : DAYS) - 1);
  g_autofree char *from = xq_date_display_day (first);
  g_autofree char *to = xq_date_display_short (last);
  g_autofree char *span = g_strdup_printf (_ ("%s – %s"), from, to);
  g_autofree char *below = week->title != NULL && !agenda ? g_strdup_printf ("%s · %s", week->title, span) : g_strdup (span);

  xq_heading_set (self->heading, _ ("Calendar"), below);
}

static void
show_week (XqCalendarPage *self, XqDesk *desk)
{
  g_autofree char *monday = xq_date_monday (self->date);
  g_autofree char *sunday = xq_date_add_days (monday, 6);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = xq_desk_calendar (desk, monday, sunday, &error);
  g_autoptr (XqCalendarWeek) week = NULL;

  if (entries != NULL)
    week = xq_calendar_week (xq_desk_database (desk), self->date, entries, &error);
  xq_page_set_error (XQ_PAGE (self), error);
  if (week == NULL)
    return;
  show_heading (self, week);
  for (int i = 0; i < DAYS; i++)
    show_day_head (self, i, g_ptr_array_index (week->days, i));
  xq_week_view_set_week (XQ_WEEK_VIEW (self->week), week);
  gtk_widget_set_size_request (self->axis, xq_week_view_axis_width (XQ_WEEK_VIEW (self->week)), -1);
}

static void
show_agenda (XqCalendarPage *self, XqDesk *desk)
{
  g_autofree char *from = agenda_from (self);
  g_autofree char *until = xq_date_add_days (from, AGENDA_DAYS - 1);
  g_autoptr (GPtrArray) entries = xq_desk_calendar (desk, from, until, NULL);
  g_autofree char *day = NULL;
  GtkWidget *group = NULL, *child;

  while ((child = gtk_widget_get_first_child (self->agenda)) != NULL)
    gtk_box_remove (GTK_BOX (self->agenda), child);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const XqCalendarEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *date = xq_clock_date (entry->starts_at);

      if (g_strcmp0 (date, day) != 0)
        {
          g_autofree char *title = xq_date_display (date);

          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
          gtk_box_append (GTK_BOX (self->agenda), group);
          g_set_str (&day, date);
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), xq_calendar_row_new (entry, xq_page_session (XQ_PAGE (self))));
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->agenda_stack), group != NULL ? "list" : "empty");
}

static void
xq_calendar_page_load (XqPage *page)
{
  XqCalendarPage *self = XQ_CALENDAR_PAGE (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDesk) desk = xq_desk_new (xq_page_database (page), &error);

  if (desk == NULL)
    {
      xq_page_set_error (page, error);
      return;
    }
  show_week (self, desk);
  show_agenda (self, desk);
}

static void
move_weeks (XqCalendarPage *self, int weeks)
{
  g_autofree char *today = xq_clock_today ();
  char *moved = weeks != 0 ? xq_date_add_days (self->date, 7 * weeks) : g_steal_pointer (&today);

  g_free (self->date);
  self->date = moved;
  xq_page_reload (XQ_PAGE (self));
}

static void
on_week_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqCalendarPage *self = XQ_CALENDAR_PAGE (widget);

  if (g_str_equal (action, "calendar.previous"))
    move_weeks (self, -1);
  else if (g_str_equal (action, "calendar.next"))
    move_weeks (self, 1);
  else
    move_weeks (self, 0);
}

static void
on_strip_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqCalendarPage *self = XQ_CALENDAR_PAGE (widget);

  self->strip_open = !self->strip_open;
  xq_page_reload (XQ_PAGE (self));
}

static void
on_new_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_appointment_dialog_present (widget, xq_page_session (XQ_PAGE (widget)), 0, 0, 0);
}

static void
on_edit_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_appointment_dialog_present (widget, xq_page_session (XQ_PAGE (widget)), g_variant_get_int64 (parameter), 0, 0);
}

static void
set_state (XqCalendarPage *self, gint64 id, XqAppointmentState state)
{
  g_autoptr (GError) error = NULL;

  if (!xq_appointment_set_state (xq_page_database (XQ_PAGE (self)), id, state, NULL, &error))
    {
      xq_error_dialog (GTK_WIDGET (self), _ ("The appointment was not changed"), error);
      return;
    }
  xq_session_changed (xq_page_session (XQ_PAGE (self)), XQ_CHANGED_CALENDAR);
}

/* Back to planned, whatever the toast was about. */
static void
on_undo_state (XqWindow *window, gpointer user_data)
{
  XqSession *session = xq_window_session (window);
  gint64 id = GPOINTER_TO_SIZE (user_data);

  if (session != NULL
      && xq_appointment_set_state (xq_session_database (session), id, XQ_APPOINTMENT_PLANNED, NULL, NULL))
    xq_session_changed (session, XQ_CHANGED_CALENDAR);
}

static void
on_state_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqCalendarPage *self = XQ_CALENDAR_PAGE (widget);
  gint64 id = g_variant_get_int64 (parameter);
  XqAppointmentState state = g_str_equal (action, "calendar.done")      ? XQ_APPOINTMENT_DONE
                             : g_str_equal (action, "calendar.no-show") ? XQ_APPOINTMENT_NO_SHOW
                             : g_str_equal (action, "calendar.cancel")  ? XQ_APPOINTMENT_CANCELLED
                                                                        : XQ_APPOINTMENT_PLANNED;

  set_state (self, id, state);
  if (state != XQ_APPOINTMENT_PLANNED)
    xq_window_toast (xq_page_window (XQ_PAGE (self)), _ (xq_appointment_states[state].label), on_undo_state,
                     GSIZE_TO_POINTER (id), NULL);
}

static void
on_person_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_window_open (xq_page_window (XQ_PAGE (widget)), "person", g_variant_get_int64 (parameter));
}

static void
on_follow_up_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqSession *session = xq_page_session (XQ_PAGE (widget));
  gint64 id = g_variant_get_int64 (parameter);

  if (g_str_equal (action, "calendar.follow-up-done"))
    xq_follow_up_done_dialog (widget, session, id);
  else
    xq_follow_up_postpone_dialog (widget, session, id);
}

static void
on_export_chosen_cb (GtkWidget *widget, GFile *file, gpointer user_data)
{
  XqCalendarPage *self = XQ_CALENDAR_PAGE (widget);
  g_autofree char *today = xq_clock_today ();
  g_autofree char *from = xq_date_add_days (today, -30);
  g_autofree char *to = xq_date_add_days (today, 180);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDesk) desk = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  if (file == NULL)
    return;
  desk = xq_desk_new (xq_page_database (XQ_PAGE (self)), &error);
  if (desk != NULL)
    entries = xq_desk_calendar (desk, from, to, &error);
  if (entries == NULL
      || !xq_icalendar_export (xq_desk_database (desk), entries, XQ_ICALENDAR_NO_NAMES, g_file_peek_path (file), &error))
    xq_error_dialog (widget, _ ("The calendar was not exported"), error);
  else
    xq_window_toast (xq_page_window (XQ_PAGE (self)), _ ("Calendar exported without names"), NULL, NULL, NULL);
}

static void
on_export_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const XqFileKind kinds[] = { { N_ ("Calendars"), "*.ics" }, { NULL, NULL } };

  xq_file_save_dialog (widget, _ ("Export the calendar"), "xinqiao.ics", kinds, on_export_chosen_cb, NULL);
}

static void
on_picked_cb (XqCalendarPage *self, gint64 at)
{
  xq_appointment_dialog_present (GTK_WIDGET (self), xq_page_session (XQ_PAGE (self)), 0, 0, at);
}

static void
xq_calendar_page_create (XqPage *page)
{
  on_new_action (GTK_WIDGET (page), "calendar.new", NULL);
}

static void
xq_calendar_page_finalize (GObject *object)
{
  g_free (XQ_CALENDAR_PAGE (object)->date);
  G_OBJECT_CLASS (xq_calendar_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "calendar.new", NULL, on_new_action);
  gtk_widget_class_install_action (class, "calendar.export", NULL, on_export_action);
  gtk_widget_class_install_action (class, "calendar.previous", NULL, on_week_action);
  gtk_widget_class_install_action (class, "calendar.next", NULL, on_week_action);
  gtk_widget_class_install_action (class, "calendar.today", NULL, on_week_action);
  gtk_widget_class_install_action (class, "calendar.strip", NULL, on_strip_action);
  gtk_widget_class_install_action (class, "calendar.edit", "x", on_edit_action);
  gtk_widget_class_install_action (class, "calendar.person", "x", on_person_action);
  gtk_widget_class_install_action (class, "calendar.follow-up-done", "x", on_follow_up_action);
  gtk_widget_class_install_action (class, "calendar.follow-up-postpone", "x", on_follow_up_action);
  gtk_widget_class_install_action (class, "calendar.done", "x", on_state_action);
  gtk_widget_class_install_action (class, "calendar.no-show", "x", on_state_action);
  gtk_widget_class_install_action (class, "calendar.cancel", "x", on_state_action);
  gtk_widget_class_install_action (class, "calendar.planned", "x", on_state_action);
  gtk_widget_class_add_binding_action (class, GDK_KEY_Page_Up, GDK_ALT_MASK, "calendar.previous", NULL);
  gtk_widget_class_add_binding_action (class, GDK_KEY_Page_Down, GDK_ALT_MASK, "calendar.next", NULL);
  gtk_widget_class_add_binding_action (class, GDK_KEY_Home, GDK_ALT_MASK, "calendar.today", NULL);
}

static void
xq_calendar_page_class_init (XqCalendarPageClass *class)
{
  XqPageClass *page_class = XQ_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = xq_calendar_page_finalize;
  page_class->changes = XQ_CHANGED_CALENDAR | XQ_CHANGED_CARE | XQ_CHANGED_PEOPLE | XQ_CHANGED_SETTINGS;
  page_class->load = xq_calendar_page_load;
  page_class->create = xq_calendar_page_create;
  install_actions (GTK_WIDGET_CLASS (class));
}

static GtkWidget *
make_block (const XqCalendarEntry *entry, gpointer user_data)
{
  return xq_calendar_block_new (entry, xq_page_session (XQ_PAGE (user_data)));
}

static GtkWidget *
week_new (XqCalendarPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *heads = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *days = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  /* Level with the first of them, as wide as the hours below. */
  self->axis = gtk_label_new (_ ("Follow-ups"));
  gtk_label_set_wrap (GTK_LABEL (self->axis), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->axis), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (self->axis), 1);
  gtk_label_set_xalign (GTK_LABEL (self->axis), 1);
  gtk_widget_set_valign (self->axis, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->axis, "axis-label");
  gtk_box_set_homogeneous (GTK_BOX (days), TRUE);
  gtk_widget_set_hexpand (days, TRUE);
  for (int i = 0; i < DAYS; i++)
    {
      GtkWidget *day = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

      self->day_heads[i] = gtk_label_new (NULL);
      self->all_day[i] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      gtk_widget_add_css_class (self->day_heads[i], "day-head");
      gtk_widget_set_margin_start (self->all_day[i], 2);
      gtk_widget_set_margin_end (self->all_day[i], 2);
      gtk_widget_set_margin_bottom (self->all_day[i], 3);
      gtk_box_append (GTK_BOX (day), self->day_heads[i]);
      gtk_box_append (GTK_BOX (day), self->all_day[i]);
      gtk_box_append (GTK_BOX (days), day);
    }
  gtk_box_append (GTK_BOX (heads), self->axis);
  gtk_box_append (GTK_BOX (heads), days);
  self->week = xq_week_view_new (make_block, self);
  g_signal_connect_swapped (self->week, "picked", G_CALLBACK (on_picked_cb), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->week);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), heads);
  gtk_box_append (GTK_BOX (box), scroller);
  return box;
}

static GtkWidget *
agenda_new (XqCalendarPage *self)
{
  self->agenda = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->agenda_stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->agenda_stack), xq_page_clamp_new (self->agenda, 720), "list");
  gtk_stack_add_named (GTK_STACK (self->agenda_stack),
                       xq_empty_state_new ("x-office-calendar-symbolic", _ ("Nothing in these four weeks"),
                                           _ ("Appointments and follow-ups that are due stand here."),
                                           _ ("New appointment"), "calendar.new"),
                       "empty");
  return self->agenda_stack;
}

static GtkWidget *
icon_button (const char *icon, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
xq_calendar_page_init (XqCalendarPage *self)
{
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *switcher = adw_inline_view_switcher_new ();

  self->date = xq_clock_today ();
  self->heading = xq_heading_new (_ ("Calendar"), NULL);
  gtk_box_append (GTK_BOX (self->heading), icon_button ("go-previous-symbolic", _ ("Week before"), "calendar.previous"));
  gtk_box_append (GTK_BOX (self->heading), icon_button ("go-next-symbolic", _ ("Week after"), "calendar.next"));
  xq_heading_add_button (self->heading, _ ("This week"), "calendar.today", FALSE);
  gtk_box_append (GTK_BOX (self->heading),
                  icon_button ("document-save-symbolic", _ ("Export without names (.ics)"), "calendar.export"));
  xq_heading_add_button (self->heading, _ ("New appointment"), "calendar.new", TRUE);

  self->stack = adw_view_stack_new ();
  adw_view_stack_add_titled (ADW_VIEW_STACK (self->stack), week_new (self), "week", _ ("Week"));
  adw_view_stack_add_titled (ADW_VIEW_STACK (self->stack), agenda_new (self), "agenda", _ ("Agenda"));
  adw_inline_view_switcher_set_stack (ADW_INLINE_VIEW_SWITCHER (switcher), ADW_VIEW_STACK (self->stack));
  gtk_widget_set_halign (switcher, GTK_ALIGN_START);
  g_signal_connect_swapped (self->stack, "notify::visible-child-name", G_CALLBACK (xq_page_reload), self);
  gtk_box_append (GTK_BOX (top), self->heading);
  gtk_box_append (GTK_BOX (top), switcher);
  xq_page_set_child (XQ_PAGE (self), xq_page_full_new (top, self->stack));
}
