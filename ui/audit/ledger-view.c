#include "config.h"

#include "ui/audit/ledger-view.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "report/audit-trail.h"
#include "ui/assess/unit-choice.h"
#include "ui/audit/disclosure-dialog.h"
#include "ui/audit/record-filter.h"
#include "ui/page.h"
#include "ui/widgets/lazy-model.h"
#include "ui/widgets/simple.h"
#include "ui/widgets/text-columns.h"

struct _XqLedgerView
{
  GtkWidget parent_instance;

  XqSession *session;
  GtkWidget *content;
  GtkWidget *filter;
  GtkWidget *state;
  GtkWidget *count;
  GtkWidget *stack;
  GtkWidget *view;
};

G_DEFINE_FINAL_TYPE (XqLedgerView, xq_ledger_view, GTK_TYPE_WIDGET)

/* -- columns */

static char *
copy_text (XqSession *session, gconstpointer record)
{
  return g_strdup (((const XqDisclosure *) record)->copy);
}

static char *
time_text (XqSession *session, gconstpointer record)
{
  g_autoptr (GDateTime) at = xq_clock_local (((const XqDisclosure *) record)->at);

  return g_date_time_format (at, "%Y-%m-%d %H:%M");
}

static char *
kind_text (XqSession *session, gconstpointer record)
{
  return g_strdup (_(xq_disclosure_kinds[((const XqDisclosure *) record)->kind].label));
}

static char *
what_text (XqSession *session, gconstpointer record)
{
  const XqDisclosure *disclosure = record;

  return disclosure->subject == XQ_DISCLOSED_OTHER ? xq_session_words (session, disclosure->what) : g_strdup (disclosure->what);
}

static char *
recipient_text (XqSession *session, gconstpointer record)
{
  const XqDisclosure *disclosure = record;

  return xq_session_words (session, disclosure->recipient);
}

/* A mark and a word. */
static char *
state_text (XqSession *session, gconstpointer record)
{
  static const char *const marks[] = { "○", "●", "●", "×" };
  const XqDisclosure *disclosure = record;

  return g_strdup_printf ("%s %s", marks[disclosure->state], _(xq_disclosure_states[disclosure->state].label));
}

static const XqTextColumn columns[] = {
  { N_("Copy number"), copy_text, 92, 0 }, { N_("Time"), time_text, 132, 0 },
  { N_("How"), kind_text, 84, 0 },         { N_("What"), what_text, 0, 0 },
  { N_("To whom"), recipient_text, 0, 0 }, { N_("State"), state_text, 92, 0 },
  { 0 },
};

/* -- the list */

static XqDisclosureFilter
filter_of (XqLedgerView *self)
{
  XqDisclosureFilter filter = XQ_DISCLOSURE_FILTER_INIT;
  XqRecordFilter *record = XQ_RECORD_FILTER (self->filter);

  filter.person_id = xq_record_filter_person (record);
  filter.from = xq_record_filter_from (record);
  filter.to = xq_record_filter_to (record);
  filter.state = (int) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->state)) - 1;
  return filter;
}

static gboolean
is_filtered (XqLedgerView *self)
{
  return xq_record_filter_is_set (XQ_RECORD_FILTER (self->filter))
         || gtk_drop_down_get_selected (GTK_DROP_DOWN (self->state)) > 0;
}

static void
show (XqLedgerView *self, GArray *ids)
{
  guint count = ids->len;
  g_autofree char *text = g_strdup_printf (ngettext ("%u entry", "%u entries", count), count);
  g_autoptr (XqLazyModel) model = xq_lazy_model_new (self->session, ids, xq_disclosure_rows);
  g_autoptr (GtkSelectionModel) selection = g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect",
                                                          TRUE, "model", model, NULL);

  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), selection);
  gtk_label_set_text (GTK_LABEL (self->count), text);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), count > 0             ? "list"
                                                             : is_filtered (self) ? "nothing"
                                                                                    : "empty");
}

void
xq_ledger_view_load (XqLedgerView *self)
{
  XqDatabase *database = xq_session_database (self->session);
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), XQ_TYPE_PAGE);
  XqDisclosureFilter filter = filter_of (self);
  g_autoptr (GError) error = NULL;
  GArray *ids = database != NULL ? xq_disclosure_ids (database, &filter, &error) : NULL;

  if (ids != NULL)
    show (self, ids);
  else if (error != NULL && page != NULL)
    xq_page_set_error (XQ_PAGE (page), error);
}

XqReport *
xq_ledger_view_report (XqLedgerView *self, GError **error)
{
  XqDisclosureFilter filter = filter_of (self);

  return xq_disclosure_report (xq_session_database (self->session), &filter, TRUE, error);
}

static void
on_activated_cb (XqLedgerView *self, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (self->view)));
  g_autoptr (XqLazyRow) row = g_list_model_get_item (model, position);

  if (row != NULL)
    xq_disclosure_dialog_show (GTK_WIDGET (self), self->session, xq_lazy_row_id (row));
}

/* -- the widget */

static void
xq_ledger_view_dispose (GObject *object)
{
  XqLedgerView *self = XQ_LEDGER_VIEW (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_ledger_view_parent_class)->dispose (object);
}

static void
xq_ledger_view_class_init (XqLedgerViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_ledger_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
xq_ledger_view_init (XqLedgerView *self)
{
}

static GtkWidget *
filters_new (XqLedgerView *self)
{
  GtkWidget *filters = xq_filters_new ();
  g_autoptr (GtkStringList) states = gtk_string_list_new (NULL);

  gtk_string_list_append (states, _("All states"));
  for (const XqChoice *state = xq_disclosure_states; state->id != NULL; state++)
    gtk_string_list_append (states, _(state->label));
  self->filter = xq_record_filter_new (self->session);
  self->state = xq_choice_drop_down_new (_("State"));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->state), G_LIST_MODEL (states));
  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "dimmed");
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (xq_ledger_view_load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->state, "notify::selected", G_CALLBACK (xq_ledger_view_load), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (ADW_WRAP_BOX (filters), self->filter);
  adw_wrap_box_append (ADW_WRAP_BOX (filters), self->state);
  adw_wrap_box_append (ADW_WRAP_BOX (filters), self->count);
  return filters;
}

static GtkWidget *
stack_new (XqLedgerView *self)
{
  self->view = gtk_column_view_new (NULL);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  xq_text_columns_add (GTK_COLUMN_VIEW (self->view), self->session, columns);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), xq_table_card_new (self->view, _("Disclosure ledger")), "list");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       xq_empty_state_new ("send-to-symbolic", _("Nothing has left the office"),
                                           _("Every file and print is entered here by itself. What was told by word of "
                                             "mouth, or given on paper, is entered by hand."),
                                           _("Enter a disclosure…"), "audit.enter"),
                       "empty");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       xq_empty_state_new ("system-search-symbolic", _("No such entries"),
                                           _("Ask for fewer things at once."), NULL, NULL),
                       "nothing");
  gtk_widget_set_vexpand (self->stack, TRUE);
  return self->stack;
}

GtkWidget *
xq_ledger_view_new (XqSession *session)
{
  XqLedgerView *self = g_object_new (XQ_TYPE_LEDGER_VIEW, NULL);

  self->session = g_object_ref (session);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->content), filters_new (self));
  gtk_box_append (GTK_BOX (self->content), stack_new (self));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
