#include "config.h"

#include "ui/widgets/text-columns.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/lazy-model.h"

static void
on_setup_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const XqTextColumn *column = user_data;
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), column->align);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (cell), 1);
  gtk_widget_add_css_class (cell, "numbers");
  gtk_list_item_set_child (item, cell);
}

static void
on_bind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const XqTextColumn *column = user_data;
  XqSession *session = g_object_get_data (G_OBJECT (factory), "session");
  GtkWidget *cell = gtk_list_item_get_child (item);
  gconstpointer record = xq_lazy_row_record (gtk_list_item_get_item (item));
  g_autofree char *text = record != NULL ? column->text (session, record) : NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  /* What is cut can be read all the same. */
  gtk_widget_set_tooltip_text (cell, column->width == 0 && text != NULL && *text != '\0' ? text : NULL);
}

void
xq_text_columns_add (GtkColumnView *view, XqSession *session, const XqTextColumn *columns)
{
  for (const XqTextColumn *each = columns; each->title != NULL; each++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_(each->title), factory);

      g_object_set_data_full (G_OBJECT (factory), "session", g_object_ref (session), g_object_unref);
      g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), (gpointer) each);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), (gpointer) each);
      gtk_column_view_column_set_resizable (column, TRUE);
      if (each->width > 0)
        gtk_column_view_column_set_fixed_width (column, each->width);
      else
        gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_append_column (view, column);
    }
}
