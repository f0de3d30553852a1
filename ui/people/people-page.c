#include "config.h"

#include "ui/people/people-page.h"

#include <glib/gi18n-lib.h>

#include "people/person-list.h"
#include "people/tag.h"
#include "people/unit.h"
#include "ui/people/people-columns.h"
#include "ui/people/person-form.h"
#include "ui/people/roster-dialog.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/lazy-model.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

/* So many are there at once; all of them follow from a thread. */
#define FIRST_ROWS 256

struct _XqPeoplePage
{
  XqPage parent_instance;

  GPtrArray *units;      /* of XqUnit *, beside the drop-down's rows after the first */
  gboolean filling;      /* the filters are being filled, not used */
  gboolean has_filters;
  char **tags;
  GtkWidget *heading;
  GtkWidget *search;
  GtkWidget *unit;
  GtkWidget *level;
  GtkWidget *tag;
  GtkWidget *state;
  GtkWidget *stack;
  GtkWidget *view;
};

G_DEFINE_FINAL_TYPE (XqPeoplePage, xq_people_page, XQ_TYPE_PAGE)

/* A filter with texts of its own, for a worker. */
typedef struct
{
  XqPersonFilter filter;
  char *tag;
  char *text;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->tag);
  g_free (query->text);
  g_free (query);
}

static gpointer
list_ids (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  const Query *query = data;

  return xq_person_list_ids (database, &query->filter, XQ_PERSON_ORDER_UNIT, 0,
                             progress != NULL ? progress->cancellable : NULL, error);
}

static GPtrArray *
fetch_rows (XqDatabase *database, const gint64 *ids, guint n_ids, GError **error)
{
  return xq_person_list_rows (database, ids, n_ids, error);
}

static Query *
query_new (XqPeoplePage *self)
{
  static const int states[] = { XQ_STATE_PRESENT, XQ_PERSON_SUSPENDED, XQ_PERSON_TRANSFERRED, XQ_PERSON_GRADUATED,
                                XQ_PERSON_LEFT, XQ_ANY };
  static const int levels[] = { 0, XQ_LEVEL_ANY, 1, 2, 3 };
  const XqPersonFilter everybody = XQ_PERSON_FILTER_INIT;
  Query *query = g_new0 (Query, 1);
  guint unit = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->unit));
  guint tag = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->tag));

  query->filter = everybody;
  query->filter.state = states[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->state))];
  query->filter.level = levels[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->level))];
  if (unit > 0 && unit <= self->units->len)
    query->filter.unit_id = XQ_RECORD_ID (g_ptr_array_index (self->units, unit - 1));
  if (tag > 0 && tag != GTK_INVALID_LIST_POSITION)
    query->tag = g_strdup (self->tags[tag - 1]);
  query->text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  query->filter.tag = query->tag;
  query->filter.text = *query->text != '\0' ? query->text : NULL;
  return query;
}

static gboolean
is_filtered (XqPeoplePage *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0'
         || gtk_drop_down_get_selected (GTK_DROP_DOWN (self->unit)) > 0
         || gtk_drop_down_get_selected (GTK_DROP_DOWN (self->level)) > 0
         || gtk_drop_down_get_selected (GTK_DROP_DOWN (self->tag)) > 0
         || gtk_drop_down_get_selected (GTK_DROP_DOWN (self->state)) > 0;
}

static void
show_ids (XqPeoplePage *self, GArray *ids)
{
  XqSession *session = xq_page_session (XQ_PAGE (self));
  guint count = ids->len;
  g_autofree char *below = g_strdup_printf (ngettext ("%u person", "%u people", count), count);
  GListModel *model = G_LIST_MODEL (xq_lazy_model_new (session, ids, fetch_rows));
  g_autoptr (GtkSelectionModel) selection
      = g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect", TRUE, "model", model, NULL);

  g_object_unref (model);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), selection);
  xq_heading_set (self->heading, xq_session_word (session, XQ_WORD_PERSONS), below);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), count > 0              ? "list"
                                                             : is_filtered (self) ? "nobody"
                                                                                    : "empty");
}

static void
on_listed (XqPage *page, gpointer result, const GError *error)
{
  xq_page_set_error (page, error);
  if (result != NULL)
    show_ids (XQ_PEOPLE_PAGE (page), result);
}

/* The first rows now, all of them from a thread. */
static void
list (XqPeoplePage *self)
{
  g_autoptr (GError) error = NULL;
  Query *query;
  GArray *first;

  if (self->filling)
    return;
  query = query_new (self);
  first = xq_person_list_ids (xq_page_database (XQ_PAGE (self)), &query->filter, XQ_PERSON_ORDER_UNIT, FIRST_ROWS, NULL,
                              &error);
  xq_page_set_error (XQ_PAGE (self), error);
  if (first == NULL)
    {
      query_free (query);
      return;
    }
  if (first->len < FIRST_ROWS)
    {
      query_free (query);
      show_ids (self, first);
      return;
    }
  show_ids (self, first);
  xq_page_run (XQ_PAGE (self), list_ids, query, query_free, (GDestroyNotify) g_array_unref, on_listed);
}

static void
add_units (XqPeoplePage *self, GtkStringList *names, XqUnitTree *tree, gint64 organisation_id, gint64 parent_id)
{
  g_autoptr (GPtrArray) children = xq_unit_tree_children (tree, organisation_id, parent_id);

  for (guint i = 0; i < children->len; i++)
    {
      const XqUnit *unit = g_ptr_array_index (children, i);

      gtk_string_list_append (names, xq_unit_tree_display (tree, unit->id));
      g_ptr_array_add (self->units, xq_unit_copy (unit));
      add_units (self, names, tree, organisation_id, unit->id);
    }
}

static void
fill_units (XqPeoplePage *self)
{
  XqDatabase *database = xq_page_database (XQ_PAGE (self));
  XqSession *session = xq_page_session (XQ_PAGE (self));
  g_autoptr (XqUnitTree) tree = xq_unit_tree_load (database, NULL);
  g_autoptr (GPtrArray) organisations = xq_organisation_list (database, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *all = g_strdup_printf (_ ("All: %s"), xq_session_word (session, XQ_WORD_UNIT));

  g_clear_pointer (&self->units, g_ptr_array_unref);
  self->units = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_unit_free);
  gtk_string_list_append (names, all);
  for (guint i = 0; tree != NULL && organisations != NULL && i < organisations->len; i++)
    add_units (self, names, tree, XQ_RECORD_ID (g_ptr_array_index (organisations, i)), 0);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->unit), G_LIST_MODEL (names));
}

static void
fill_tags (XqPeoplePage *self)
{
  g_autoptr (GArray) counts = NULL;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_clear_pointer (&self->tags, g_strfreev);
  self->tags = xq_tag_in_use (xq_page_database (XQ_PAGE (self)), &counts, NULL);
  gtk_string_list_append (names, _ ("All tags"));
  for (guint i = 0; self->tags != NULL && self->tags[i] != NULL; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s (%" G_GINT64_FORMAT ")", xq_tag_label (self->tags[i]),
                                               g_array_index (counts, gint64, i));

      gtk_string_list_append (names, text);
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->tag), G_LIST_MODEL (names));
}

static void
xq_people_page_load (XqPage *page)
{
  XqPeoplePage *self = XQ_PEOPLE_PAGE (page);
  guint unit = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->unit));
  guint tag = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->tag));

  self->filling = TRUE;
  fill_units (self);
  fill_tags (self);
  if (self->has_filters)
    {
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->unit), unit);
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->tag), tag);
    }
  self->has_filters = TRUE;
  self->filling = FALSE;
  list (self);
}

static void
on_activated_cb (XqPeoplePage *self, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (self->view)));
  g_autoptr (XqLazyRow) row = g_list_model_get_item (model, position);

  if (row != NULL)
    xq_window_open (xq_page_window (XQ_PAGE (self)), "person", xq_lazy_row_id (row));
}

/* Enter in the search opens the first who was found. */
static void
on_search_activated_cb (XqPeoplePage *self)
{
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (self->view)));

  if (model != NULL && g_list_model_get_n_items (model) > 0)
    on_activated_cb (self, 0);
}

/* What was searched for is a name. */
static void
on_masked_cb (XqPeoplePage *self)
{
  if (xq_session_masked (xq_page_session (XQ_PAGE (self))))
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
on_new_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_person_form_present (widget, xq_page_session (XQ_PAGE (widget)), 0);
}

static void
on_import_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_roster_dialog_present (widget);
}

static void
xq_people_page_create (XqPage *page)
{
  on_new_action (GTK_WIDGET (page), "people.new", NULL);
}

static void
xq_people_page_search (XqPage *page)
{
  gtk_widget_grab_focus (XQ_PEOPLE_PAGE (page)->search);
}

static void
xq_people_page_dispose (GObject *object)
{
  XqPeoplePage *self = XQ_PEOPLE_PAGE (object);

  g_clear_pointer (&self->units, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_strfreev);
  G_OBJECT_CLASS (xq_people_page_parent_class)->dispose (object);
}

static GtkWidget *
filter_new (XqPeoplePage *self, const char *const *labels, const char *name)
{
  GtkWidget *filter = labels != NULL ? gtk_drop_down_new_from_strings (labels) : gtk_drop_down_new (NULL, NULL);

  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (filter), labels == NULL);
  if (labels == NULL)
    {
      g_autoptr (GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

      gtk_drop_down_set_expression (GTK_DROP_DOWN (filter), text);
      gtk_drop_down_set_search_match_mode (GTK_DROP_DOWN (filter), GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (filter), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (filter, "notify::selected", G_CALLBACK (list), self);
  return filter;
}

static GtkWidget *
filters_new (XqPeoplePage *self)
{
  const char *levels[] = { _ ("Every level"), _ ("With a level"), _ ("Level 1"), _ ("Level 2"), _ ("Level 3"), NULL };
  const char *states[] = { _ ("Present"), _ ("Suspended"), _ ("Transferred"), _ ("Graduated"), _ ("Left"),
                           _ ("Everybody"), NULL };
  GtkWidget *filters = xq_filters_new ();

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Name, pinyin, initials, number, phone"), "search-delay", 60, NULL);
  gtk_widget_set_size_request (self->search, 232, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Search people"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (list), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_search_activated_cb), self);
  self->unit = filter_new (self, NULL, _ ("Class or department"));
  self->level = filter_new (self, levels, _ ("Level"));
  self->tag = filter_new (self, NULL, _ ("Tag"));
  self->state = filter_new (self, states, _ ("State"));
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (filters), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (filters), 9);
  adw_wrap_box_append (ADW_WRAP_BOX (filters), self->search);
  adw_wrap_box_append (ADW_WRAP_BOX (filters), self->unit);
  adw_wrap_box_append (ADW_WRAP_BOX (filters), self->level);
  adw_wrap_box_append (ADW_WRAP_BOX (filters), self->tag);
  adw_wrap_box_append (ADW_WRAP_BOX (filters), self->state);
  return filters;
}

static GtkWidget *
stack_new (XqPeoplePage *self)
{
  self->view = gtk_column_view_new (NULL);
  gtk_column_view_set_single_click_activate (GTK_COLUMN_VIEW (self->view), FALSE);
  gtk_widget_add_css_class (self->view, "people-list");
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activated_cb), self);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), xq_table_card_new (self->view, _ ("People")), "list");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       xq_empty_state_new ("system-users-symbolic", _ ("No files yet"),
                                           _ ("Import the roster that the school or the company has as a table: xlsx or"
                                              " csv, as it is."),
                                           _ ("Import a roster…"), "people.import"),
                       "empty");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       xq_empty_state_new ("system-search-symbolic", _ ("Nobody found"),
                                           _ ("Search by part of a name, by pinyin, by initials or by number, or ask for"
                                              " fewer things at once."),
                                           NULL, NULL),
                       "nobody");
  gtk_widget_set_vexpand (self->stack, TRUE);
  return self->stack;
}

static void
xq_people_page_constructed (GObject *object)
{
  XqPeoplePage *self = XQ_PEOPLE_PAGE (object);
  XqSession *session = xq_page_session (XQ_PAGE (self));
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  G_OBJECT_CLASS (xq_people_page_parent_class)->constructed (object);
  self->units = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_unit_free);
  self->heading = xq_heading_new (xq_session_word (session, XQ_WORD_PERSONS), NULL);
  xq_heading_add_button (self->heading, _ ("Import a roster…"), "people.import", FALSE);
  xq_heading_add_button (self->heading, _ ("New file"), "people.new", TRUE);
  self->filling = TRUE;
  gtk_box_append (GTK_BOX (content), self->heading);
  gtk_box_append (GTK_BOX (content), filters_new (self));
  gtk_box_append (GTK_BOX (content), stack_new (self));
  self->filling = FALSE;
  xq_people_columns_add (GTK_COLUMN_VIEW (self->view), session);
  gtk_widget_set_margin_top (content, 18);
  gtk_widget_set_margin_bottom (content, 18);
  gtk_widget_set_margin_start (content, 24);
  gtk_widget_set_margin_end (content, 24);
  xq_page_set_child (XQ_PAGE (self), content);
  g_signal_connect_object (session, "notify::masked", G_CALLBACK (on_masked_cb), self, G_CONNECT_SWAPPED);
}

static void
xq_people_page_class_init (XqPeoplePageClass *class)
{
  XqPageClass *page_class = XQ_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = xq_people_page_constructed;
  G_OBJECT_CLASS (class)->dispose = xq_people_page_dispose;
  page_class->changes = XQ_CHANGED_PEOPLE | XQ_CHANGED_CARE;
  page_class->load = xq_people_page_load;
  page_class->create = xq_people_page_create;
  page_class->search = xq_people_page_search;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "people.new", NULL, on_new_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "people.import", NULL, on_import_action);
}

static void
xq_people_page_init (XqPeoplePage *self)
{
}
