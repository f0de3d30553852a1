#include "config.h"

#include "ui/audit/trail-view.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "report/audit-trail.h"
#include "ui/assess/unit-choice.h"
#include "ui/audit/record-filter.h"
#include "ui/page.h"
#include "ui/widgets/lazy-model.h"
#include "ui/widgets/progress-dialog.h"
#include "ui/widgets/simple.h"
#include "ui/widgets/text-columns.h"
#include "ui/window.h"

struct _XqTrailView
{
  GtkWidget parent_instance;

  XqSession *session;
  GCancellable *listing;
  gboolean filling;
  GPtrArray *actions; /* of char *, beside the rows of the drop-down after the first */
  gint64 bad_row;     /* the first that does not hold; 0 when none is known */
  GtkWidget *content;
  GtkWidget *banner;
  GtkWidget *filter;
  GtkWidget *action;
  GtkWidget *count;
  GtkWidget *stack;
  GtkWidget *view;
};

G_DEFINE_FINAL_TYPE (XqTrailView, xq_trail_view, GTK_TYPE_WIDGET)

/* -- columns */

static char *
number_text (XqSession *session, gconstpointer record)
{
  const XqAuditTrailRow *row = record;

  return g_strdup_printf ("%" G_GINT64_FORMAT, row->entry->id);
}

static char *
time_text (XqSession *session, gconstpointer record)
{
  const XqAuditTrailRow *row = record;
  g_autoptr (GDateTime) at = xq_clock_local (row->entry->at);

  return g_date_time_format (at, "%Y-%m-%d %H:%M");
}

static char *
action_text (XqSession *session, gconstpointer record)
{
  const XqAuditTrailRow *row = record;

  return g_strdup (xq_audit_action_words (row->entry->action));
}

static char *
entity_text (XqSession *session, gconstpointer record)
{
  const XqAuditTrailRow *row = record;

  return g_strdup (xq_audit_entity_words (row->entry->entity));
}

static char *
name_text (XqSession *session, gconstpointer record)
{
  const XqAuditTrailRow *row = record;

  return row->name != NULL ? xq_session_name (session, row->name) : g_strdup ("");
}

static const XqTextColumn columns[] = {
  { N_("No."), number_text, 72, 1 },     { N_("Time"), time_text, 150, 0 }, { N_("Action"), action_text, 0, 0 },
  { N_("Record"), entity_text, 130, 0 }, { N_("About"), name_text, 110, 0 }, { 0 },
};

/* -- the list */

/* What a worker looks for; its texts are its own. */
typedef struct
{
  XqAuditFilter filter;
  char *action;
  char *from;
  char *to;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->action);
  g_free (query->from);
  g_free (query->to);
  g_free (query);
}

static Query *
query_new (XqTrailView *self)
{
  Query *query = g_new0 (Query, 1);
  guint action = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->action));

  if (action > 0 && action <= self->actions->len)
    query->action = g_strdup (g_ptr_array_index (self->actions, action - 1));
  query->from = g_strdup (xq_record_filter_from (XQ_RECORD_FILTER (self->filter)));
  query->to = g_strdup (xq_record_filter_to (XQ_RECORD_FILTER (self->filter)));
  query->filter = (XqAuditFilter) XQ_AUDIT_FILTER_INIT;
  query->filter.person_id = xq_record_filter_person (XQ_RECORD_FILTER (self->filter));
  query->filter.action = query->action;
  query->filter.from = query->from;
  query->filter.to = query->to;
  return query;
}

static gpointer
find (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  return xq_audit_trail_ids (database, &((Query *) data)->filter, error);
}

/* The first bad row of a broken chain is the one that is seen. */
static void
reveal_bad_row (XqTrailView *self, XqLazyModel *model)
{
  guint position = self->bad_row != 0 ? xq_lazy_model_find (model, self->bad_row) : GTK_INVALID_LIST_POSITION;

  if (position != GTK_INVALID_LIST_POSITION)
    gtk_column_view_scroll_to (GTK_COLUMN_VIEW (self->view), position, NULL,
                               GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
}

static void
show (XqTrailView *self, GArray *ids)
{
  guint count = ids->len;
  g_autofree char *text = g_strdup_printf (ngettext ("%u entry", "%u entries", count), count);
  g_autoptr (XqLazyModel) model = xq_lazy_model_new (self->session, ids, xq_audit_trail_rows);
  g_autoptr (GtkSelectionModel) selection = g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect",
                                                          TRUE, "model", model, NULL);

  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), selection);
  gtk_label_set_text (GTK_LABEL (self->count), text);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), count > 0 ? "list" : "nothing");
  reveal_bad_row (self, model);
}

static void
on_found_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (XqTrailView) self = user_data;
  g_autoptr (GError) error = NULL;
  GArray *ids = xq_session_run_finish (XQ_SESSION (session), result, &error);
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), XQ_TYPE_PAGE);

  if (ids != NULL && page != NULL)
    show (self, ids);
  else if (ids != NULL)
    g_array_unref (ids);
  else if (page != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    xq_page_set_error (XQ_PAGE (page), error);
}

static void
list (XqTrailView *self)
{
  if (self->filling || xq_session_database (self->session) == NULL)
    return;
  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->listing = g_cancellable_new ();
  xq_session_run_async (self->session, find, query_new (self), query_free, (GDestroyNotify) g_array_unref, NULL, NULL,
                        self->listing, on_found_cb, g_object_ref (self));
}

void
xq_trail_view_load (XqTrailView *self)
{
  g_autoptr (GPtrArray) actions = xq_audit_trail_actions (xq_session_database (self->session), NULL);
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->action));
  g_autofree char *kept
      = chosen > 0 && chosen <= self->actions->len ? g_strdup (g_ptr_array_index (self->actions, chosen - 1)) : NULL;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  self->filling = TRUE;
  chosen = 0;
  gtk_string_list_append (labels, _("All actions"));
  for (guint i = 0; actions != NULL && i < actions->len; i++)
    {
      gtk_string_list_append (labels, xq_audit_action_words (g_ptr_array_index (actions, i)));
      if (g_strcmp0 (kept, g_ptr_array_index (actions, i)) == 0)
        chosen = i + 1;
    }
  g_ptr_array_unref (self->actions);
  self->actions = actions != NULL ? g_steal_pointer (&actions) : g_ptr_array_new ();
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->action), G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->action), chosen);
  self->filling = FALSE;
  list (self);
}

XqReport *
xq_trail_view_report (XqTrailView *self, GError **error)
{
  Query *query = query_new (self);
  XqReport *report = xq_audit_trail_report (xq_session_database (self->session), &query->filter, error);

  query_free (query);
  return report;
}

/* -- the chain */

/* How far the chain holds. */
typedef struct
{
  gint64 rows;
  char *trouble; /* NULL: to its end */
} Walk;

static void
walk_free (gpointer data)
{
  g_free (((Walk *) data)->trouble);
  g_free (data);
}

static gpointer
walk (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  g_autoptr (GError) trouble = NULL;
  Walk *walked = g_new0 (Walk, 1);

  if (!xq_audit_verify (database, &walked->rows, &trouble))
    walked->trouble = g_strdup (trouble->message);
  return walked;
}

static void
say (XqTrailView *self, const char *text, gboolean bad)
{
  adw_banner_set_title (ADW_BANNER (self->banner), text);
  adw_banner_set_button_label (ADW_BANNER (self->banner), bad && self->bad_row != 0 ? _("_Show the Row") : NULL);
  adw_banner_set_revealed (ADW_BANNER (self->banner), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
on_walked_cb (GtkWidget *parent, gpointer result, const GError *error, gpointer user_data)
{
  XqTrailView *self = XQ_TRAIL_VIEW (parent);
  Walk *walked = result;
  g_autofree char *text = NULL;

  if (walked == NULL)
    return;
  self->bad_row = walked->trouble != NULL ? walked->rows + 1 : 0;
  if (walked->trouble == NULL)
    text = g_strdup_printf (_("Unbroken: %d entries were verified just now."), (int) walked->rows);
  say (self, text != NULL ? text : walked->trouble, walked->trouble != NULL);
  walk_free (walked);
}

void
xq_trail_view_verify (XqTrailView *self)
{
  xq_progress_run (GTK_WIDGET (self), self->session, _("Verifying the audit trail"), walk, NULL, NULL, walk_free,
                   on_walked_cb, NULL);
}

void
xq_trail_view_find_code (XqTrailView *self, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqAuditEntry) entry = xq_audit_find_code (xq_session_database (self->session), code, &error);
  g_autofree char *text = NULL;

  if (entry != NULL)
    {
      g_autoptr (GDateTime) at = xq_clock_local (entry->at);
      g_autofree char *time = g_date_time_format (at, "%Y-%m-%d %H:%M");

      text = g_strdup_printf (_("The code stands in today's trail: it is row %d, of %s."), (int) entry->id, time);
      self->bad_row = 0;
    }
  say (self, text != NULL ? text : error->message, FALSE);
}

/* Filters would hide the row. */
static void
on_show_row_cb (XqTrailView *self)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->action), 0);
  list (self);
}

static void
on_activated_cb (XqTrailView *self, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (self->view)));
  g_autoptr (XqLazyRow) row = g_list_model_get_item (model, position);
  const XqAuditTrailRow *record = row != NULL ? xq_lazy_row_record (row) : NULL;

  if (record != NULL && record->person_id != 0)
    xq_window_open (xq_window_for (GTK_WIDGET (self)), "person", record->person_id);
}

/* -- the widget */

static void
xq_trail_view_dispose (GObject *object)
{
  XqTrailView *self = XQ_TRAIL_VIEW (object);

  self->filling = TRUE;
  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_trail_view_parent_class)->dispose (object);
}

static void
xq_trail_view_class_init (XqTrailViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_trail_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
xq_trail_view_init (XqTrailView *self)
{
  self->actions = g_ptr_array_new_with_free_func (g_free);
}

static GtkWidget *
filters_new (XqTrailView *self)
{
  GtkWidget *filters = xq_filters_new ();

  self->filter = xq_record_filter_new (self->session);
  self->action = xq_choice_drop_down_new (_("Action"));
  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "dimmed");
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->action, "notify::selected", G_CALLBACK (list), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (ADW_WRAP_BOX (filters), self->filter);
  adw_wrap_box_append (ADW_WRAP_BOX (filters), self->action);
  adw_wrap_box_append (ADW_WRAP_BOX (filters), self->count);
  return filters;
}

static GtkWidget *
stack_new (XqTrailView *self)
{
  self->view = gtk_column_view_new (NULL);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  xq_text_columns_add (GTK_COLUMN_VIEW (self->view), self->session, columns);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), adw_bin_new (), "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), xq_table_card_new (self->view, _("Audit trail")), "list");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       xq_empty_state_new ("system-search-symbolic", _("No such entries"),
                                           _("Ask for fewer things at once."), NULL, NULL),
                       "nothing");
  gtk_widget_set_vexpand (self->stack, TRUE);
  return self->stack;
}

GtkWidget *
xq_trail_view_new (XqSession *session)
{
  XqTrailView *self = g_object_new (XQ_TYPE_TRAIL_VIEW, NULL);

  self->session = g_object_ref (session);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->banner = adw_banner_new ("");
  adw_banner_set_use_markup (ADW_BANNER (self->banner), FALSE);
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (on_show_row_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->content), self->banner);
  gtk_box_append (GTK_BOX (self->content), filters_new (self));
  gtk_box_append (GTK_BOX (self->content), stack_new (self));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
