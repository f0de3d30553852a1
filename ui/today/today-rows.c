#include "config.h"

#include "ui/today/today-rows.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "ui/pages.h"
#include "ui/widgets/clock-label.h"
#include "ui/widgets/level-chip.h"
#include "ui/widgets/person-line.h"

/* One thing to do and where it leads. */
typedef struct
{
  const XqTodayItem *item;
  const char *what; /* msgid: what kind of thing it is */
  const char *view;
  gboolean is_follow_up;
} ToDo;

static char *
title_of (XqSession *session, const XqTodayItem *item)
{
  return item->written ? xq_session_words (session, item->title) : g_strdup (item->title);
}

/* All that the row shows, in one breath. */
static char *
spoken_words (XqSession *session, const XqTodayItem *item, const char *detail, gboolean has_clock)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_strv_builder_take (words, item->person_id != 0 ? xq_session_name (session, item->name) : title_of (session, item));
  if (item->person_id != 0 && *item->unit != '\0')
    g_strv_builder_add (words, item->unit);
  if (item->level > 0)
    g_strv_builder_add (words, xq_level_words (item->level));
  g_strv_builder_add (words, detail);
  if (has_clock && item->at > 0)
    g_strv_builder_take (words, xq_clock_words (item->at, xq_clock_now ()));
  all = g_strv_builder_end (words);
  return g_strjoinv (_(", "), all);
}

static GtkWidget *
row_new (XqSession *session, const XqTodayItem *item, const char *detail, const char *icon, GtkWidget **ret_box)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *line = xq_person_line_new (session);
  g_autofree char *title = title_of (session, item);
  g_autofree char *spoken = spoken_words (session, item, detail, icon == NULL);

  if (item->person_id != 0)
    xq_person_line_set (XQ_PERSON_LINE (line), item->name, item->unit, item->level, NULL);
  else
    xq_person_line_set_thing (XQ_PERSON_LINE (line), title, NULL, icon);
  xq_person_line_set_detail (XQ_PERSON_LINE (line), detail);
  gtk_widget_set_hexpand (line, TRUE);
  gtk_box_append (GTK_BOX (box), line);
  gtk_widget_add_css_class (box, "list-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  *ret_box = box;
  return row;
}

static void
lead_to (GtkWidget *row, const char *view, gint64 id)
{
  if (id == 0 || xq_page_entry (view) == NULL)
    return;
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(sx)", view, id);
}

static GtkWidget *
small_button (const char *icon, const char *words, const char *action, gint64 id)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
  return button;
}

static char *
to_do_detail (XqSession *session, const ToDo *to_do)
{
  const XqTodayItem *item = to_do->item;
  g_autofree char *title = title_of (session, item);

  if (item->detail != NULL && *item->detail != '\0')
    return g_strdup_printf ("%s · %s · %s", _(to_do->what), title, item->detail);
  return g_strdup_printf ("%s · %s", _(to_do->what), title);
}

static GtkWidget *
to_do_row (XqSession *session, const ToDo *to_do)
{
  g_autofree char *detail = to_do->is_follow_up ? g_strjoin (" · ", to_do->item->title, to_do->item->detail, NULL)
                                                : to_do_detail (session, to_do);
  GtkWidget *box;
  GtkWidget *row = row_new (session, to_do->item, detail, NULL, &box);
  GtkWidget *clock = xq_clock_label_new ();

  if (to_do->is_follow_up)
    {
      gtk_box_append (GTK_BOX (box), small_button ("object-select-symbolic", _("Done…"), "today.follow-up-done",
                                                   to_do->item->id));
      gtk_box_append (GTK_BOX (box), small_button ("appointment-new-symbolic", _("Postpone…"),
                                                   "today.follow-up-postpone", to_do->item->id));
    }
  xq_clock_label_set (XQ_CLOCK_LABEL (clock), 0, to_do->item->at);
  gtk_widget_set_size_request (clock, 96, -1);
  gtk_widget_set_margin_end (clock, 6);
  gtk_box_append (GTK_BOX (box), clock);
  lead_to (row, to_do->view, to_do->is_follow_up ? to_do->item->person_id : to_do->item->id);
  return row;
}

/* What is late or due within a day comes by its level, heaviest first; then the rest by its deadline; what has no
 * clock comes last. */
static gint64
urgency (const XqTodayItem *item, gint64 now)
{
  if (item->at == 0)
    return G_MAXINT64;
  if (item->at > now + 24 * 60 * 60)
    return item->at;
  return item->level > 0 ? item->level : 4;
}

static int
compare_to_do (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const XqTodayItem *left = ((const ToDo *) a)->item;
  const XqTodayItem *right = ((const ToDo *) b)->item;
  gint64 now = *(gint64 *) user_data;
  gint64 first = urgency (left, now);
  gint64 second = urgency (right, now);

  if (first != second)
    return first < second ? -1 : 1;
  return left->at < right->at ? -1 : left->at > right->at;
}

static void
add_all (GArray *to_do, GPtrArray *items, const char *what, const char *view, gboolean is_follow_up)
{
  for (guint i = 0; i < items->len; i++)
    {
      ToDo one = { items->pdata[i], what, view, is_follow_up };

      g_array_append_val (to_do, one);
    }
}

/* Not gtk_list_box_remove_all(), which takes the words of an empty list away with the rows. */
static void
remove_rows (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

guint
xq_today_fill_to_do (GtkListBox *list, XqSession *session, const XqToday *today, guint most)
{
  g_autoptr (GArray) to_do = g_array_new (FALSE, FALSE, sizeof (ToDo));
  gint64 now = xq_clock_now ();

  remove_rows (list);
  add_all (to_do, today->warnings, N_("Triage"), "warning", FALSE);
  add_all (to_do, today->follow_ups, N_("Follow-up"), "person", TRUE);
  add_all (to_do, today->referrals, N_("Referral"), "referral", FALSE);
  g_array_sort_with_data (to_do, compare_to_do, &now);
  for (guint i = 0; i < MIN (to_do->len, most); i++)
    gtk_list_box_append (list, to_do_row (session, &g_array_index (to_do, ToDo, i)));
  return to_do->len;
}

/* -- the calendar's part */

static char *
clock_time (gint64 at)
{
  g_autoptr (GDateTime) local = xq_clock_local (at);

  return g_date_time_format (local, "%H:%M");
}

static GtkWidget *
appointment_row (XqSession *session, const XqTodayItem *item, gint64 now)
{
  static const struct
  {
    const char *state;
    const char *word;
  } states[] = { { "done", N_("Done") }, { "no_show", N_("Did not come") } };
  g_autofree char *from = clock_time (item->at);
  g_autofree char *to = clock_time (item->ends_at);
  g_autofree char *title = title_of (session, item);
  const char *place = xq_session_masked (session) || item->detail == NULL ? "" : item->detail;
  g_autoptr (GString) detail = g_string_new (NULL);
  const char *word = "";
  GtkWidget *box, *row, *state;

  g_string_printf (detail, "%s–%s", from, to);
  if (item->person_id != 0)
    g_string_append_printf (detail, "  %s", title);
  if (*place != '\0')
    g_string_append_printf (detail, " · %s", place);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (item->state, states[i].state) == 0)
      word = _(states[i].word);
  if (*word == '\0' && item->at <= now && now < item->ends_at)
    word = _("Now");
  row = row_new (session, item, detail->str, "x-office-calendar-symbolic", &box);
  state = gtk_label_new (word);
  gtk_widget_add_css_class (state, "dimmed");
  gtk_box_append (GTK_BOX (box), state);
  lead_to (row, "person", item->person_id);
  if (item->person_id == 0)
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.go");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", "calendar");
    }
  return row;
}

void
xq_today_fill_schedule (GtkListBox *list, XqSession *session, const XqToday *today)
{
  gint64 now = xq_clock_now ();

  remove_rows (list);
  for (guint i = 0; i < today->appointments->len; i++)
    gtk_list_box_append (list, appointment_row (session, today->appointments->pdata[i], now));
}
