#include "config.h"

#include "ui/places.h"

#include <glib/gi18n-lib.h>

/* What a row of the sidebar is for. */
typedef struct
{
  const XqPageEntry *entry;
  GtkLabel *badge;
} Place;

static Place *
place_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "xq-place");
}

static GtkWidget *
row_new (const XqPageEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (xq_page_entry_title (entry));
  GtkWidget *badge = gtk_label_new (NULL);
  Place *place = g_new0 (Place, 1);

  place->entry = entry;
  place->badge = GTK_LABEL (badge);
  g_object_set_data_full (G_OBJECT (row), "xq-place", place, g_free);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_set_visible (badge, FALSE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (entry->icon));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, xq_page_entry_title (entry), -1);
  return row;
}

/* -- numbers, counted in a thread */

static gpointer
count_work (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  g_autoptr (XqDesk) desk = xq_desk_new (database, error);

  return desk != NULL ? xq_today_load (desk, 0, error) : NULL;
}

static void
show_numbers (GtkListBox *list, const XqToday *today)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    {
      Place *place = place_of (row);
      gint64 number = place->entry->badge != NULL ? place->entry->badge (today) : 0;
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
      g_autofree char *spoken = g_strdup_printf (_("%s, %s waiting"), xq_page_entry_title (place->entry), text);

      gtk_label_set_label (place->badge, text);
      gtk_widget_set_visible (GTK_WIDGET (place->badge), number > 0);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      number > 0 ? spoken : "", -1);
    }
}

/* A number that cannot be had is not shown; the page itself says why. */
static void
on_counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkListBox) list = user_data;
  g_autoptr (XqToday) today = xq_session_run_finish (XQ_SESSION (source), result, NULL);

  if (today != NULL)
    show_numbers (list, today);
}

static void
on_changed_cb (GtkListBox *list, guint changed, XqSession *session)
{
  if (changed & ~(guint) XQ_CHANGED_MASK)
    xq_session_run_async (session, count_work, NULL, NULL, (GDestroyNotify) xq_today_free, NULL, NULL, NULL,
                          on_counted_cb, g_object_ref (list));
}

void
xq_places_fill (GtkListBox *list, XqSession *session)
{
  for (const XqPageEntry *entry = xq_pages; entry->id != NULL; entry++)
    if (entry->icon != NULL)
      gtk_list_box_append (list, row_new (entry));
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed_cb), list, G_CONNECT_SWAPPED);
  on_changed_cb (list, XQ_CHANGED_ALL, session);
}

const XqPageEntry *
xq_places_entry (GtkListBoxRow *row)
{
  return row != NULL ? place_of (row)->entry : NULL;
}

GtkListBoxRow *
xq_places_find (GtkListBox *list, const XqPageEntry *entry)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (place_of (row)->entry == entry)
      return row;
  return NULL;
}
