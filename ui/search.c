#include "config.h"

#include "ui/search.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "people/person-list.h"
#include "people/search.h"
#include "ui/pages.h"
#include "ui/widgets/person-line.h"
#include "ui/window.h"

#define MOST_PEOPLE 8

struct _XqSearch
{
  GtkWidget parent_instance;

  GtkWidget *entry;
  GtkWidget *popover;
  GtkListBox *list;
  XqSession *session;
  gboolean compact;
};

enum
{
  PROP_0,
  PROP_COMPACT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (XqSearch, xq_search, GTK_TYPE_WIDGET)

/* -- what is found: each row carries the action that it stands for */

static void
add_row (XqSearch *self, GtkWidget *child, const char *label, const char *action, GVariant *target)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (row), target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_list_box_append (self->list, row);
}

static GtkWidget *
action_line (const char *icon, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), gtk_label_new (title));
  return box;
}

static void
add_nothing (XqSearch *self)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (_("Nothing found"));

  gtk_widget_add_css_class (label, "dimmed");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->list, row);
}

static gboolean
fits (const char *needle, const char *hay)
{
  g_autofree char *folded = g_utf8_casefold (hay, -1);

  return strstr (folded, needle) != NULL;
}

static void
add_pages (XqSearch *self, const char *needle)
{
  for (const XqPageEntry *entry = xq_pages; entry->id != NULL; entry++)
    if (entry->icon != NULL && (fits (needle, xq_page_entry_title (entry)) || fits (needle, entry->id)))
      add_row (self, action_line (entry->icon, xq_page_entry_title (entry)), xq_page_entry_title (entry), "win.go",
               g_variant_new_string (entry->id));
}

static void
add_actions (XqSearch *self, const char *needle)
{
  for (const XqSearchAction *action = xq_search_actions; action->title != NULL; action++)
    {
      g_autofree char *name = NULL;
      GVariant *target = NULL;

      if (!fits (needle, _(action->title)) && (action->words == NULL || !fits (needle, _(action->words))))
        continue;
      if (g_action_parse_detailed_name (action->action, &name, &target, NULL))
        add_row (self, action_line (action->icon, _(action->title)), _(action->title), name, target);
      g_clear_pointer (&target, g_variant_unref);
    }
}

static void
add_people (XqSearch *self, const char *text)
{
  XqDatabase *database = xq_session_database (self->session);
  g_autoptr (GArray) ids = xq_search_people (database, text, MOST_PEOPLE, NULL);
  g_autoptr (GPtrArray) rows = NULL;

  if (ids == NULL || ids->len == 0)
    return;
  rows = xq_person_list_rows (database, (const gint64 *) ids->data, ids->len, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const XqPersonRow *person = rows->pdata[i];
      GtkWidget *line;
      g_autofree char *name = NULL;

      if (person == NULL)
        continue;
      line = xq_person_line_new (self->session);
      name = xq_session_name (self->session, person->name);
      xq_person_line_set_row (XQ_PERSON_LINE (line), person);
      add_row (self, line, name, "win.open", g_variant_new ("(sx)", "person", person->id));
    }
}

static void
show_results (XqSearch *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *needle = g_utf8_casefold (trimmed, -1);
  GtkListBoxRow *first;

  gtk_list_box_remove_all (self->list);
  if (*needle == '\0' || !xq_session_is_open (self->session))
    {
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      return;
    }
  add_people (self, trimmed);
  add_pages (self, needle);
  add_actions (self, needle);
  first = gtk_list_box_get_row_at_index (self->list, 0);
  if (first != NULL)
    gtk_list_box_select_row (self->list, first);
  else
    add_nothing (self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* -- callbacks */

static void
leave (XqSearch *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
on_row_activated_cb (XqSearch *self, GtkListBoxRow *row)
{
  g_autofree char *action = g_strdup (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)));
  GVariant *target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (row));
  g_autoptr (GVariant) kept = target != NULL ? g_variant_ref (target) : NULL;
  GtkWidget *window = GTK_WIDGET (xq_window_for (GTK_WIDGET (self)));

  leave (self);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  gtk_widget_activate_action_variant (window, action, kept);
}

static void
on_activate_cb (XqSearch *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    on_row_activated_cb (self, row);
}

static void
on_stop_cb (XqSearch *self)
{
  leave (self);
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), GTK_DIR_TAB_FORWARD);
}

static void
move_selection (XqSearch *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : 0;
  GtkListBoxRow *next = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;

  if (next != NULL)
    gtk_list_box_select_row (self->list, next);
}

static gboolean
on_key_cb (XqSearch *self, guint key)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_Up)
    return GDK_EVENT_PROPAGATE;
  move_selection (self, key == GDK_KEY_Down ? 1 : -1);
  return GDK_EVENT_STOP;
}

static void
on_focus_left_cb (XqSearch *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
set_compact (XqSearch *self, gboolean compact)
{
  self->compact = compact;
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), compact ? 8 : 24);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), compact ? 16 : 40);
}

static void
xq_search_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_COMPACT)
    g_value_set_boolean (value, XQ_SEARCH (object)->compact);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
xq_search_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_COMPACT)
    set_compact (XQ_SEARCH (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
xq_search_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  XqSearch *self = XQ_SEARCH (widget);

  gtk_widget_allocate (self->entry, width, height, baseline, NULL);
  gtk_widget_set_size_request (GTK_WIDGET (self->list), MAX (width - 12, 360), -1);
  gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
xq_search_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                   int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (XQ_SEARCH (widget)->entry, orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

static void
xq_search_dispose (GObject *object)
{
  XqSearch *self = XQ_SEARCH (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->entry, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_search_parent_class)->dispose (object);
}

static void
xq_search_class_init (XqSearchClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = xq_search_get_property;
  object_class->set_property = xq_search_set_property;
  object_class->dispose = xq_search_dispose;
  widget_class->size_allocate = xq_search_size_allocate;
  widget_class->measure = xq_search_measure;
  properties[PROP_COMPACT]
    = g_param_spec_boolean ("compact", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "xqsearch");
}

static void
make_popover (XqSearch *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_activate_on_single_click (self->list, TRUE);
  gtk_widget_set_can_focus (GTK_WIDGET (self->list), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "search-results");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Results"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 480);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));

  self->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_add_css_class (self->popover, "search-popover");
  gtk_popover_set_child (GTK_POPOVER (self->popover), scroller);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
}

static void
xq_search_init (XqSearch *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = gtk_search_entry_new ();
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (self->entry), _("Name, pinyin, number …    Ctrl+K"));
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->entry), 60);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search people and actions"), -1);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  make_popover (self);
  set_compact (self, FALSE);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, focus);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (show_results), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (on_stop_cb), self, G_CONNECT_SWAPPED);
}

/* What was searched for is a name, and so is what was found. */
static void
on_masked_cb (XqSearch *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

void
xq_search_set_session (XqSearch *self, XqSession *session)
{
  g_return_if_fail (XQ_IS_SEARCH (self));

  g_set_object (&self->session, session);
  g_signal_connect_object (session, "notify::masked", G_CALLBACK (on_masked_cb), self, G_CONNECT_SWAPPED);
}

void
xq_search_begin (XqSearch *self)
{
  g_return_if_fail (XQ_IS_SEARCH (self));

  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}
