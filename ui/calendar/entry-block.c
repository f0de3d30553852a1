#include "config.h"

#include "ui/calendar/entry-block.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/calendar/entry-menu.h"

GtkWidget *
xq_calendar_label_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Who comes above, when it begins and what it is below: a column is narrow, and the block's foot says when it ends. Follow-ups
 * stand in a row of their own that says what they are. */
static void
add_words (XqSession *session, const XqCalendarEntry *entry, GtkBox *box)
{
  const char *what = xq_calendar_entry_what (session, entry);
  const char *place = xq_calendar_entry_place (session, entry);
  g_autofree char *name = entry->name != NULL ? xq_session_name (session, entry->name) : NULL;
  g_autofree char *times = xq_calendar_entry_times (entry);
  g_autoptr (GString) below = g_string_new (NULL);

  gtk_box_append (box, xq_calendar_label_new (name != NULL ? name : what, "caption-heading"));
  if (entry->all_day)
    return;
  g_string_append_len (below, times, (gssize) strcspn (times, "–"));
  if (name != NULL)
    g_string_append_printf (below, " %s", what);
  if (*place != '\0')
    g_string_append_printf (below, " %s", place);
  gtk_box_append (box, xq_calendar_label_new (below->str, "caption"));
}

GtkWidget *
xq_calendar_block_new (const XqCalendarEntry *entry, XqSession *session)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GMenuModel) menu = xq_calendar_entry_menu (entry);
  g_autofree char *title = xq_calendar_entry_title (session, entry);
  g_autofree char *times = xq_calendar_entry_times (entry);
  const char *place = xq_calendar_entry_place (session, entry);
  g_autofree char *spoken = g_strjoin (_ (", "), times, title, *place != '\0' ? place : NULL, NULL);

  add_words (session, entry, GTK_BOX (box));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), box);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_add_css_class (button, "calendar-block");
  gtk_widget_add_css_class (button, entry->source);
  if (entry->state != NULL)
    gtk_widget_add_css_class (button, entry->state);
  gtk_widget_set_tooltip_text (button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return button;
}

GtkWidget *
xq_calendar_row_new (const XqCalendarEntry *entry, XqSession *session)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *menu_button = gtk_menu_button_new ();
  g_autoptr (GMenuModel) menu = xq_calendar_entry_menu (entry);
  g_autofree char *title = xq_calendar_entry_title (session, entry);
  g_autofree char *times = xq_calendar_entry_times (entry);
  const char *place = xq_calendar_entry_place (session, entry);
  g_autofree char *below = *place != '\0' ? g_strdup_printf ("%s · %s", times, place) : g_strdup (times);
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_below = g_markup_escape_text (below, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_below);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu_button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu_button), menu);
  gtk_widget_set_valign (menu_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (menu_button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What became of it"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), menu_button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), menu_button);
  return row;
}
