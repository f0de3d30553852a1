#include "config.h"

#include "ui/assess/unit-choice.h"

static void
add_below (XqUnitTree *tree, gint64 organisation_id, gint64 parent_id, GArray *ids, GtkStringList *labels)
{
  g_autoptr (GPtrArray) children = xq_unit_tree_children (tree, organisation_id, parent_id);

  for (guint i = 0; i < children->len; i++)
    {
      const XqUnit *unit = g_ptr_array_index (children, i);

      g_array_append_val (ids, unit->id);
      gtk_string_list_append (labels, xq_unit_tree_display (tree, unit->id));
      add_below (tree, organisation_id, unit->id, ids, labels);
    }
}

void
xq_unit_choice_fill (XqUnitTree *tree, GPtrArray *organisations, gint64 organisation_id, GArray *ids,
                     GtkStringList *labels)
{
  for (guint i = 0; i < organisations->len; i++)
    {
      gint64 id = XQ_RECORD_ID (g_ptr_array_index (organisations, i));

      if (organisation_id == 0 || organisation_id == id)
        add_below (tree, id, 0, ids, labels);
    }
}

GtkWidget *
xq_choice_drop_down_new (const char *name)
{
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);
  g_autoptr (GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  gtk_drop_down_set_expression (GTK_DROP_DOWN (choice), text);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (choice), TRUE);
  gtk_drop_down_set_search_match_mode (GTK_DROP_DOWN (choice), GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return choice;
}
