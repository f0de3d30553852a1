#include "config.h"

#include "ui/today/today-page.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "calendar/term.h"
#include "report/today.h"
#include "ui/pages.h"
#include "ui/today/backup-banner.h"
#include "ui/today/follow-up-dialogs.h"
#include "ui/today/today-rows.h"
#include "ui/widgets/chart.h"
#include "ui/widgets/simple.h"

/* More than are shown: the heaviest of them come first. */
#define LISTED       200
#define SHOWN_FIRST  10
#define CHART_HEIGHT 150

enum
{
  TILE_WARNINGS,
  TILE_APPOINTMENTS,
  TILE_FOLLOW_UPS,
  TILE_REFERRALS,
  TILE_CAMPAIGN,
  N_TILES
};

struct _XqTodayPage
{
  XqPage parent_instance;

  GtkWidget *banner;
  GtkWidget *heading;
  GtkWidget *tiles[N_TILES];
  GtkWidget *to_do;
  GtkWidget *more;
  GtkWidget *schedule;
  GtkWidget *chart;
  gboolean show_all;
};

G_DEFINE_FINAL_TYPE (XqTodayPage, xq_today_page, XQ_TYPE_PAGE)

/* -- tiles */

static int
count_late (GPtrArray *items)
{
  int late = 0;

  for (guint i = 0; i < items->len; i++)
    late += ((const XqTodayItem *) items->pdata[i])->late;
  return late;
}

static void
set_count_tile (GtkWidget *tile, gint64 count, const char *title, int late, const char *otherwise)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  g_autofree char *note = late > 0 ? g_strdup_printf (ngettext ("%d is late", "%d are late", late), late)
                                   : g_strdup (otherwise);

  xq_tile_set (tile, value, title, note, late > 0 ? "error" : "plain");
}

static int
due_by_tonight (const XqToday *today)
{
  g_autofree char *tomorrow = xq_date_add_days (today->date, 1);
  gint64 end = xq_date_start (tomorrow);
  int due = 0;

  for (guint i = 0; i < today->warnings->len; i++)
    due += ((const XqTodayItem *) today->warnings->pdata[i])->at < end;
  return due;
}

static void
set_warning_tile (GtkWidget *tile, const XqToday *today)
{
  int due = due_by_tonight (today);
  g_autofree char *note = due > 0 ? g_strdup_printf (ngettext ("%d is due today", "%d are due today", due), due)
                                  : g_strdup (_("None is due today"));

  set_count_tile (tile, today->n_warnings, _("Warnings to triage"), count_late (today->warnings), note);
}

static char *
next_appointment (const XqToday *today)
{
  gint64 now = xq_clock_now ();

  for (guint i = 0; i < today->appointments->len; i++)
    {
      const XqTodayItem *item = today->appointments->pdata[i];
      g_autoptr (GDateTime) at = xq_clock_local (item->at);
      g_autofree char *time = g_date_time_format (at, "%H:%M");

      if (item->at >= now && g_strcmp0 (item->state, "planned") == 0)
        return g_strdup_printf (_("The next at %s"), time);
    }
  return g_strdup (today->appointments->len > 0 ? _("No more today") : _("Nothing is planned"));
}

static void
set_campaign_tile (GtkWidget *tile, const XqToday *today)
{
  const XqTodayCampaign *campaign = today->campaigns->len > 0 ? today->campaigns->pdata[0] : NULL;
  g_autofree char *value = NULL;
  g_autofree char *note = NULL;

  if (campaign == NULL || campaign->listed == 0)
    {
      xq_tile_set (tile, "—", _("Screening"), _("None is under way"), "plain");
      return;
    }
  value = g_strdup_printf ("%d%%", (int) (campaign->done * 100 / campaign->listed));
  note = g_strdup_printf (_("%d of %d assessed"), (int) campaign->done, (int) campaign->listed);
  xq_tile_set (tile, value, campaign->title, note, "plain");
}

static void
show_tiles (XqTodayPage *self, const XqToday *today)
{
  g_autofree char *next = next_appointment (today);

  set_warning_tile (self->tiles[TILE_WARNINGS], today);
  set_count_tile (self->tiles[TILE_APPOINTMENTS], today->appointments->len, _("Appointments today"), 0, next);
  set_count_tile (self->tiles[TILE_FOLLOW_UPS], today->n_follow_ups, _("Follow-ups to do"),
                  count_late (today->follow_ups), _("None is late"));
  set_count_tile (self->tiles[TILE_REFERRALS], today->n_referrals, _("Referrals under way"),
                  count_late (today->referrals), _("All within their time"));
  set_campaign_tile (self->tiles[TILE_CAMPAIGN], today);
}

/* -- the fortnight */

static void
draw_fortnight (cairo_t *cr, double width, double height, const XqChartTheme *theme, gpointer data)
{
  GArray *days = data;
  g_autofree XqChartValue *values = g_new0 (XqChartValue, days->len);

  for (guint i = 0; i < days->len; i++)
    {
      const XqTodayDay *day = &g_array_index (days, XqTodayDay, i);

      values[i].label = day->date[8] == '0' ? day->date + 9 : day->date + 8;
      values[i].value = (double) day->contacts;
    }
  xq_chart_bars (cr, width, height, theme, values, days->len, -1);
}

static void
show_fortnight (XqTodayPage *self, const XqToday *today)
{
  g_autoptr (GString) table = g_string_new (NULL);

  for (guint i = 0; i < today->days->len; i++)
    {
      const XqTodayDay *day = &g_array_index (today->days, XqTodayDay, i);
      g_autofree char *date = xq_date_display_short (day->date);

      g_string_append_printf (table, _("%s%s: %d contacts, %d persons"), i > 0 ? "\n" : "", date, (int) day->contacts,
                              (int) day->persons);
    }
  xq_chart_set (XQ_CHART (self->chart), draw_fortnight, g_array_ref (today->days), (GDestroyNotify) g_array_unref,
                _("Contacts of the last two weeks"), table->str);
}

/* -- loading */

static void
show_heading (XqTodayPage *self, const XqToday *today)
{
  XqDatabase *database = xq_page_database (XQ_PAGE (self));
  g_autofree char *date = xq_date_display (today->date);
  g_autoptr (XqTerm) term = xq_term_for_date (database, today->date, NULL);
  g_autofree char *week = term != NULL ? xq_term_week_display (term, today->date) : NULL;
  g_autofree char *line = week != NULL ? g_strdup_printf ("%s · %s", term->name, week) : NULL;

  xq_heading_set (self->heading, date, line);
}

static void
show_to_do (XqTodayPage *self, const XqToday *today)
{
  guint all = xq_today_fill_to_do (GTK_LIST_BOX (self->to_do), xq_page_session (XQ_PAGE (self)), today,
                                   self->show_all ? G_MAXUINT : SHOWN_FIRST);
  int more = (int) all - SHOWN_FIRST;
  g_autofree char *text = g_strdup_printf (ngettext ("Show %d more", "Show %d more", (gulong) MAX (more, 0)), more);

  gtk_button_set_label (GTK_BUTTON (self->more), text);
  gtk_widget_set_visible (self->more, more > 0 && !self->show_all);
}

static void
on_more_cb (XqTodayPage *self)
{
  self->show_all = TRUE;
  xq_page_reload (XQ_PAGE (self));
}

static gpointer
load_work (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  g_autoptr (XqDesk) desk = xq_desk_new (database, error);

  return desk != NULL ? xq_today_load (desk, LISTED, error) : NULL;
}

static void
on_loaded_cb (XqPage *page, gpointer result, const GError *error)
{
  XqTodayPage *self = XQ_TODAY_PAGE (page);
  g_autoptr (XqToday) today = result;
  XqSession *session = xq_page_session (page);

  if (today == NULL)
    {
      xq_page_set_error (page, error);
      return;
    }
  show_heading (self, today);
  show_tiles (self, today);
  show_to_do (self, today);
  xq_today_fill_schedule (GTK_LIST_BOX (self->schedule), session, today);
  show_fortnight (self, today);
}

static void
xq_today_page_load (XqPage *page)
{
  xq_backup_banner_load (XQ_TODAY_PAGE (page)->banner, page);
  xq_page_run (page, load_work, NULL, NULL, (GDestroyNotify) xq_today_free, on_loaded_cb);
}

static void
on_follow_up_done (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_follow_up_done_dialog (widget, xq_page_session (XQ_PAGE (widget)), g_variant_get_int64 (parameter));
}

static void
on_follow_up_postpone (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_follow_up_postpone_dialog (widget, xq_page_session (XQ_PAGE (widget)), g_variant_get_int64 (parameter));
}

static void
xq_today_page_class_init (XqTodayPageClass *class)
{
  XqPageClass *page_class = XQ_PAGE_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  page_class->changes = XQ_CHANGED_ALL;
  page_class->load = xq_today_page_load;
  gtk_widget_class_install_action (widget_class, "today.follow-up-done", "x", on_follow_up_done);
  gtk_widget_class_install_action (widget_class, "today.follow-up-postpone", "x", on_follow_up_postpone);
}

/* -- making it */

static const char *
action_to (const char *page)
{
  static const char *const actions[][2] = {
    { "warnings", "win.go::warnings" },
    { "calendar", "win.go::calendar" },
    { "referrals", "win.go::referrals" },
    { "assessments", "win.go::assessments" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (page, actions[i][0]) == 0 && xq_page_entry (page) != NULL)
      return actions[i][1];
  return NULL;
}

static GtkWidget *
make_tiles (XqTodayPage *self)
{
  static const char *const pages[N_TILES] = { "warnings", "calendar", NULL, "referrals", "assessments" };
  GtkWidget *tiles = adw_wrap_box_new ();

  /* Not a flow box: Tab would not get past its second child. */
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (tiles), 12);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (tiles), 12);
  adw_wrap_box_set_wrap_policy (ADW_WRAP_BOX (tiles), ADW_WRAP_MINIMUM);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (tiles), ADW_JUSTIFY_FILL);
  adw_wrap_box_set_justify_last_line (ADW_WRAP_BOX (tiles), TRUE);
  adw_wrap_box_set_line_homogeneous (ADW_WRAP_BOX (tiles), TRUE);
  for (int i = 0; i < N_TILES; i++)
    {
      self->tiles[i] = xq_tile_new (action_to (pages[i]));
      gtk_widget_set_size_request (self->tiles[i], 118, -1);
      adw_wrap_box_append (ADW_WRAP_BOX (tiles), self->tiles[i]);
    }
  return tiles;
}

static GtkWidget *
make_list (const char *title, const char *nothing)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *empty = gtk_label_new (nothing);

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (empty, "dimmed");
  gtk_widget_add_css_class (empty, "list-empty");
  gtk_label_set_wrap (GTK_LABEL (empty), TRUE);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (list), empty);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return list;
}

static GtkWidget *
make_section (const char *title, GtkWidget *content)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (section), label);
  gtk_box_append (GTK_BOX (section), content);
  return section;
}

/* Wide enough, the day stands beside what is to be done. */
static GtkWidget *
make_columns (GtkWidget *left, GtkWidget *right, AdwBreakpointBin *bin)
{
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  AdwBreakpoint *wide = adw_breakpoint_new (adw_breakpoint_condition_parse ("min-width: 1160sp"));
  GValue horizontal = G_VALUE_INIT;

  g_value_init (&horizontal, GTK_TYPE_ORIENTATION);
  g_value_set_enum (&horizontal, GTK_ORIENTATION_HORIZONTAL);
  adw_breakpoint_add_setter (wide, G_OBJECT (columns), "orientation", &horizontal);
  adw_breakpoint_bin_add_breakpoint (bin, wide);
  g_value_unset (&horizontal);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_set_size_request (right, 380, -1);
  gtk_box_append (GTK_BOX (columns), left);
  gtk_box_append (GTK_BOX (columns), right);
  return columns;
}

static GtkWidget *
make_to_do (XqTodayPage *self)
{
  GtkWidget *section;

  self->to_do = make_list (_("To do now"), _("Nothing waits. Warnings, follow-ups and referrals appear here when they are due."));
  self->more = gtk_button_new ();
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (on_more_cb), self, G_CONNECT_SWAPPED);
  section = make_section (_("To do now"), self->to_do);
  gtk_box_append (GTK_BOX (section), self->more);
  return section;
}

static GtkWidget *
make_day (XqTodayPage *self)
{
  GtkWidget *day = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->schedule = make_list (_("Today’s schedule"), _("No appointments today."));
  self->chart = xq_chart_new (CHART_HEIGHT);
  gtk_box_append (GTK_BOX (day), make_section (_("Today’s schedule"), self->schedule));
  gtk_box_append (GTK_BOX (day), xq_card_new (_("Contacts of the last two weeks"), self->chart));
  return day;
}

static void
xq_today_page_init (XqTodayPage *self)
{
  GtkWidget *bin = adw_breakpoint_bin_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->heading = xq_heading_new ("", NULL);
  gtk_box_append (GTK_BOX (box), self->heading);
  gtk_box_append (GTK_BOX (box), make_tiles (self));
  gtk_box_append (GTK_BOX (box), make_columns (make_to_do (self), make_day (self), ADW_BREAKPOINT_BIN (bin)));
  gtk_widget_set_size_request (bin, 320, 240);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), xq_page_clamp_new (box, 1360));
  self->banner = xq_backup_banner_new ();
  gtk_widget_set_vexpand (bin, TRUE);
  gtk_box_append (GTK_BOX (all), self->banner);
  gtk_box_append (GTK_BOX (all), bin);
  xq_page_set_child (XQ_PAGE (self), all);
}
