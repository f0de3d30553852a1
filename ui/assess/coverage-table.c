#include "config.h"

#include "ui/assess/coverage-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "assess/campaign.h"
#include "ui/widgets/simple.h"

/* So high at most; the rest is scrolled. */
#define MOST_HEIGHT 460

#define XQ_TYPE_COVERAGE_ROW (xq_coverage_row_get_type ())
G_DECLARE_FINAL_TYPE (XqCoverageRow, xq_coverage_row, XQ, COVERAGE_ROW, GObject)

struct _XqCoverageRow
{
  GObject parent_instance;

  char *title;
  XqCoverage coverage;
};

G_DEFINE_FINAL_TYPE (XqCoverageRow, xq_coverage_row, G_TYPE_OBJECT)

static void
xq_coverage_row_finalize (GObject *object)
{
  g_free (XQ_COVERAGE_ROW (object)->title);
  G_OBJECT_CLASS (xq_coverage_row_parent_class)->finalize (object);
}

static void
xq_coverage_row_class_init (XqCoverageRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xq_coverage_row_finalize;
}

static void
xq_coverage_row_init (XqCoverageRow *self)
{
}

/* -- cells */

static char *
title_text (const XqCoverageRow *row)
{
  return g_strdup (row->title);
}

static char *
invited_text (const XqCoverageRow *row)
{
  return g_strdup_printf ("%d", (int) row->coverage.invited);
}

static char *
done_text (const XqCoverageRow *row)
{
  return g_strdup_printf ("%d", (int) row->coverage.counts[XQ_PARTICIPANT_DONE]);
}

static char *
pending_text (const XqCoverageRow *row)
{
  return g_strdup_printf ("%d", (int) row->coverage.counts[XQ_PARTICIPANT_PENDING]);
}

static char *
absent_text (const XqCoverageRow *row)
{
  return g_strdup_printf ("%d", (int) row->coverage.counts[XQ_PARTICIPANT_ABSENT]);
}

static char *
refused_text (const XqCoverageRow *row)
{
  return g_strdup_printf ("%d", (int) row->coverage.counts[XQ_PARTICIPANT_REFUSED]);
}

static char *
share_text (const XqCoverageRow *row)
{
  const XqCoverage *coverage = &row->coverage;

  if (coverage->invited == 0)
    return g_strdup ("—");
  return g_strdup_printf ("%d%%", (int) floor (100.0 * (double) coverage->counts[XQ_PARTICIPANT_DONE]
                                               / (double) coverage->invited));
}

static const struct
{
  const char *title;
  char *(*text) (const XqCoverageRow *row);
} columns[] = {
  { N_ ("Class or department"), title_text },
  { N_ ("Invited"), invited_text },
  { N_ ("Screened"), done_text },
  { N_ ("Not yet"), pending_text },
  { N_ ("Absent"), absent_text },
  { N_ ("Refused"), refused_text },
  { N_ ("Coverage"), share_text },
};

static void
on_setup_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), GPOINTER_TO_SIZE (data) == 0 ? 0 : 1);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), GPOINTER_TO_SIZE (data) == 0 ? 8 : 5);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), GPOINTER_TO_SIZE (data) == 0 ? 16 : 7);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (cell), 1);
  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (cell, "numbers");
  gtk_list_item_set_child (item, cell);
}

static void
on_bind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  g_autofree char *text = columns[GPOINTER_TO_SIZE (data)].text (gtk_list_item_get_item (item));

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
}

GtkWidget *
xq_coverage_table_new (void)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_column_view_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_ (columns[i].title), factory);

      g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), GSIZE_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), GSIZE_TO_POINTER (i));
      gtk_column_view_column_set_expand (column, i == 0);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
      if (i > 0)
        xq_column_title_to_end (GTK_COLUMN_VIEW (view), (guint) i);
    }
  gtk_column_view_set_tab_behavior (GTK_COLUMN_VIEW (view), GTK_LIST_TAB_ITEM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Coverage by class"), -1);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MOST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  return scroller;
}

void
xq_coverage_table_fill (GtkWidget *table, XqUnitTree *tree, const GArray *units)
{
  GtkWidget *view = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (table));
  g_autoptr (GListStore) store = g_list_store_new (XQ_TYPE_COVERAGE_ROW);
  g_autoptr (GtkSelectionModel) selection = NULL;

  for (guint i = 0; i < units->len; i++)
    {
      g_autoptr (XqCoverageRow) row = g_object_new (XQ_TYPE_COVERAGE_ROW, NULL);

      row->coverage = g_array_index (units, XqCoverage, i);
      row->title = g_strdup (row->coverage.unit_id != 0 ? xq_unit_tree_display (tree, row->coverage.unit_id)
                                                        : _ ("Without a class or department"));
      g_list_store_append (store, row);
    }
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&store))));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (view), selection);
}
