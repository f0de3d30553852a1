#include "config.h"

#include "ui/widgets/simple.h"

#include <glib/gi18n-lib.h>

#include "people/tag.h"

#define CLAMP_WIDTH 960

static GtkWidget *
label_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  return label;
}

/* -- heading */

GtkWidget *
xq_heading_new (const char *title, const char *subtitle)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *first = label_new (NULL, "title-2");
  GtkWidget *second = label_new (NULL, "dimmed");

  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), first);
  gtk_box_append (GTK_BOX (lines), second);
  gtk_box_append (GTK_BOX (heading), lines);
  gtk_widget_add_css_class (heading, "heading-row");
  g_object_set_data (G_OBJECT (heading), "xq-title", first);
  g_object_set_data (G_OBJECT (heading), "xq-subtitle", second);
  xq_heading_set (heading, title, subtitle);
  return heading;
}

void
xq_heading_set (GtkWidget *heading, const char *title, const char *subtitle)
{
  GtkWidget *second = g_object_get_data (G_OBJECT (heading), "xq-subtitle");

  gtk_label_set_label (g_object_get_data (G_OBJECT (heading), "xq-title"), title != NULL ? title : "");
  gtk_label_set_label (GTK_LABEL (second), subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (second, subtitle != NULL && *subtitle != '\0');
}

GtkWidget *
xq_heading_add_button (GtkWidget *heading, const char *label, const char *action, gboolean suggested)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (action != NULL)
    gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (GTK_BOX (heading), button);
  return button;
}

/* -- nothing there yet */

GtkWidget *
xq_empty_state_new (const char *icon, const char *title, const char *description, const char *button,
                    const char *action)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_widget_add_css_class (page, "compact"); /* its first step is to be seen in the smallest window too */
  if (button != NULL)
    {
      GtkWidget *first_step = gtk_button_new_with_mnemonic (button);

      gtk_widget_set_halign (first_step, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (first_step, "pill");
      gtk_widget_add_css_class (first_step, "suggested-action");
      if (action != NULL)
        gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (first_step), action);
      adw_status_page_set_child (ADW_STATUS_PAGE (page), first_step);
    }
  return page;
}

/* -- tiles */

GtkWidget *
xq_tile_new (const char *action)
{
  GtkWidget *tile = action != NULL ? gtk_button_new () : adw_bin_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *value = label_new (NULL, "value");
  GtkWidget *title = label_new (NULL, "tile-title");
  GtkWidget *note = label_new (NULL, "dimmed");

  gtk_widget_add_css_class (note, "caption");
  /* Five stand in a row at 900 pixels: words rather wrap than push. */
  gtk_label_set_max_width_chars (GTK_LABEL (title), 10);
  gtk_label_set_max_width_chars (GTK_LABEL (note), 10);
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), note);
  if (action != NULL)
    {
      gtk_button_set_child (GTK_BUTTON (tile), box);
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (tile), action);
    }
  else
    adw_bin_set_child (ADW_BIN (tile), box);
  gtk_widget_add_css_class (tile, "card");
  gtk_widget_add_css_class (tile, "tile");
  g_object_set_data (G_OBJECT (tile), "xq-value", value);
  g_object_set_data (G_OBJECT (tile), "xq-title", title);
  g_object_set_data (G_OBJECT (tile), "xq-note", note);
  return tile;
}

void
xq_tile_set (GtkWidget *tile, const char *value, const char *title, const char *note, const char *tone)
{
  static const char *const tones[] = { "plain", "accent", "warning", "error" };
  GtkWidget *number = g_object_get_data (G_OBJECT (tile), "xq-value");
  g_autofree char *words = g_strjoin (" ", title, value, note, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
    gtk_widget_remove_css_class (number, tones[i]);
  gtk_widget_add_css_class (number, tone);
  gtk_label_set_label (GTK_LABEL (number), value);
  gtk_label_set_label (g_object_get_data (G_OBJECT (tile), "xq-title"), title);
  gtk_label_set_label (g_object_get_data (G_OBJECT (tile), "xq-note"), note != NULL ? note : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* -- cards and pages */

GtkWidget *
xq_card_new (const char *title, GtkWidget *child)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "padded-card");
  if (title != NULL)
    gtk_box_append (GTK_BOX (card), label_new (title, "heading"));
  gtk_box_append (GTK_BOX (card), child);
  return card;
}

GtkWidget *
xq_page_full_new (GtkWidget *heading, GtkWidget *body)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_set_vexpand (body, TRUE);
  gtk_box_append (GTK_BOX (content), heading);
  gtk_box_append (GTK_BOX (content), body);
  gtk_widget_set_margin_top (content, 18);
  gtk_widget_set_margin_bottom (content, 12);
  gtk_widget_set_margin_start (content, 24);
  gtk_widget_set_margin_end (content, 24);
  return content;
}

GtkWidget *
xq_boxed_list_new (const char *label)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return list;
}

GtkWidget *
xq_titled_new (const char *title, GtkWidget *child)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  gtk_box_append (GTK_BOX (box), label_new (title, "heading"));
  gtk_box_append (GTK_BOX (box), child);
  return box;
}

GtkWidget *
xq_problem_label_new (void)
{
  GtkWidget *label = label_new (NULL, "error");

  gtk_widget_set_visible (label, FALSE);
  return label;
}

void
xq_problem_label_set (GtkWidget *label, const char *message)
{
  gtk_label_set_label (GTK_LABEL (label), message != NULL ? message : "");
  gtk_widget_set_visible (label, message != NULL);
  if (message != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (label), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

GtkWidget *
xq_page_clamp_new (GtkWidget *content, int width)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), width > 0 ? width : CLAMP_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), width > 0 ? width - 160 : CLAMP_WIDTH - 160);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 24);
  gtk_widget_set_margin_start (clamp, 18);
  gtk_widget_set_margin_end (clamp, 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

gboolean
xq_has_focus_within (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

GtkWidget *
xq_tag_pill_new (const char *tag)
{
  GtkWidget *pill = gtk_label_new (xq_tag_label (tag));

  gtk_widget_add_css_class (pill, "tag-pill");
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  return pill;
}

void
xq_column_title_to_end (GtkColumnView *view, guint position)
{
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (view)));

  /* The toolkit has no property for it: the title is a button in the view's first child, the header. */
  while (title != NULL && position-- > 0)
    title = gtk_widget_get_next_sibling (title);
  if (title != NULL && gtk_widget_get_first_child (title) != NULL)
    gtk_widget_set_halign (gtk_widget_get_first_child (title), GTK_ALIGN_END);
}

GtkWidget *
xq_filters_new (void)
{
  GtkWidget *filters = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (filters), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (filters), 9);
  return filters;
}

GtkWidget *
xq_table_card_new (GtkWidget *view, const char *label)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_column_view_set_tab_behavior (GTK_COLUMN_VIEW (view), GTK_LIST_TAB_ITEM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  return scroller;
}
