#include "config.h"

#include "ui/shortcuts.h"

#include <glib/gi18n-lib.h>

static const XqShortcut shortcuts[] = {
  { N_("General"), N_("Search people and actions"), "<Control>k", "win.search" },
  { NULL, N_("Search in this page"), "<Control>f", "win.find" },
  { NULL, N_("New"), "<Control>n", "win.create" },
  { NULL, N_("Go back"), "<Alt>Left", "win.back" },
  { NULL, N_("Show shortcuts"), "<Control>question", "win.shortcuts" },
  { NULL, N_("Menu"), "F10", "win.menu" },
  { NULL, N_("Quit"), "<Control>q", "app.quit" },
  { N_("Privacy"), N_("Blank the window, and show it again"), "F9", "win.blank" },
  { NULL, N_("Mask names; the password shows them again"), "<Control><Shift>h", "win.mask" },
  { NULL, N_("Lock"), "<Control>l", "win.lock" },
  { N_("Pages"), N_("First to ninth page of the sidebar"), "<Control>1…9", NULL },
  { NULL, N_("Settings"), "<Control>comma", "win.go::settings" },
};

void
xq_shortcuts_install (GtkApplication *application)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].action != NULL)
      {
        g_auto (GStrv) accels = g_strsplit (shortcuts[i].accels, " ", -1);

        gtk_application_set_accels_for_action (application, shortcuts[i].action,
                                               (const char *const *) accels);
      }
  for (int i = 1; i <= 9; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.go-number(%d)", i);
      g_autofree char *accel = g_strdup_printf ("<Control>%d", i);

      gtk_application_set_accels_for_action (application, action, (const char *[]) { accel, NULL });
    }
}

/* "Ctrl+K" of "<Control>k"; what is no accelerator is shown with its modifiers put into words. */
static char *
accel_label (const char *accel)
{
  guint key;
  GdkModifierType modifiers;
  g_autoptr (GString) text = NULL;

  if (gtk_accelerator_parse (accel, &key, &modifiers) && key != 0)
    return gtk_accelerator_get_label (key, modifiers);
  text = g_string_new (accel);
  g_string_replace (text, "<Control>", "Ctrl+", 0);
  g_string_replace (text, "<Shift>", "Shift+", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
shortcut_row (const XqShortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  g_auto (GStrv) accels = g_strsplit (shortcut->accels, " ", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(shortcut->title));
  for (char **accel = accels; *accel != NULL; accel++)
    {
      g_autofree char *label = accel_label (*accel);
      GtkWidget *keys = gtk_label_new (label);

      gtk_widget_add_css_class (keys, "keys");
      gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), keys);
    }
  return row;
}

void
xq_shortcuts_present (GtkWidget *parent)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].section != NULL)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(shortcuts[i].section));
          adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), shortcut_row (&shortcuts[i]));
    }
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _("Keyboard Shortcuts"));
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_content_height (dialog, 620);
  adw_dialog_present (dialog, parent);
}
