#include "config.h"

#include "ui/assess/results-view.h"

#include <glib/gi18n-lib.h>

#include "assess/campaign.h"
#include "assess/results.h"
#include "people/organisation.h"
#include "ui/assess/result-columns.h"
#include "ui/assess/unit-choice.h"
#include "ui/page.h"
#include "ui/widgets/chart.h"
#include "ui/widgets/lazy-model.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

#define BAND_HEIGHT 26 /* of a bar of the distribution */

struct _XqResultsView
{
  GtkWidget parent_instance;

  XqSession *session;
  GCancellable *listing;
  gboolean filling;
  GArray *campaigns;      /* of gint64, beside the rows of the drop-down after the first */
  GPtrArray *instruments; /* of char *, the same */
  GArray *units;          /* of gint64, the same */
  GtkWidget *content;
  GtkWidget *campaign;
  GtkWidget *instrument;
  GtkWidget *unit;
  GtkWidget *order;
  GtkWidget *positive;
  GtkWidget *count;
  GtkWidget *distribution;
  GtkWidget *stack;
  GtkWidget *view;
};

G_DEFINE_FINAL_TYPE (XqResultsView, xq_results_view, GTK_TYPE_WIDGET)

/* What a worker looks for. */
typedef struct
{
  XqInstrumentSet *set;
  XqResultsFilter filter;
  XqResultsOrder order;
  char *instrument;
} Query;

/* What it found; @bands of the one questionnaire that was asked for. */
typedef struct
{
  GArray *ids;
  const XqInstrument *instrument;
  XqInstrumentSet *set;
  XqDistribution distribution;
} Found;

static void
query_free (gpointer data)
{
  Query *query = data;

  xq_instrument_set_unref (query->set);
  g_free (query->instrument);
  g_free (query);
}

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->ids, g_array_unref);
  g_clear_pointer (&found->set, xq_instrument_set_unref);
  xq_distribution_clear (&found->distribution);
  g_free (found);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

static gpointer
find (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  const Query *query = data;
  g_autoptr (Found) found = g_new0 (Found, 1);

  found->set = xq_instrument_set_ref (query->set);
  found->ids = xq_results_ids (database, query->set, &query->filter, query->order, 0, progress != NULL ? progress->cancellable : NULL,
                               error);
  if (found->ids == NULL)
    return NULL;
  found->instrument = query->instrument != NULL ? xq_instrument_set_peek (query->set, query->instrument) : NULL;
  if (found->instrument != NULL
      && !xq_results_distribution (database, found->instrument, NULL, &query->filter, &found->distribution, error))
    return NULL;
  return g_steal_pointer (&found);
}

static GPtrArray *
fetch_rows (XqDatabase *database, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (XqInstrumentSet) set = xq_instrument_set_new (database, error);

  return set != NULL ? xq_results_rows (database, set, ids, n_ids, error) : NULL;
}

/* -- the distribution */

typedef struct
{
  XqChartValue *values;
  guint n_values;
} Bars;

static void
bars_free (gpointer data)
{
  Bars *bars = data;

  for (guint i = 0; i < bars->n_values; i++)
    g_free ((char *) bars->values[i].label);
  g_free (bars->values);
  g_free (bars);
}

static void
draw_bars (cairo_t *cr, double width, double height, const XqChartTheme *theme, gpointer data)
{
  const Bars *bars = data;

  xq_chart_rows (cr, width, height, theme, bars->values, bars->n_values, FALSE);
}

static GtkWidget *
bars_new (const Found *found)
{
  const GArray *bands = found->distribution.bands;
  Bars *bars = g_new0 (Bars, 1);
  g_autoptr (GString) table = g_string_new (NULL);
  GtkWidget *chart = xq_chart_new (BAND_HEIGHT * (int) bands->len);

  bars->n_values = bands->len;
  bars->values = g_new0 (XqChartValue, bands->len);
  for (guint i = 0; i < bands->len; i++)
    {
      const XqBandCount *count = &g_array_index (bands, XqBandCount, i);

      bars->values[i].label = g_strdup (xq_words_get (&count->band->label));
      bars->values[i].value = (double) count->count;
      g_string_append_printf (table, "%s%s: %d", i > 0 ? "\n" : "", bars->values[i].label, (int) count->count);
    }
  xq_chart_set (XQ_CHART (chart), draw_bars, bars, bars_free, _ ("Persons by band"), table->str);
  return chart;
}

static void
show_distribution (XqResultsView *self, const Found *found)
{
  const XqDistribution *distribution = &found->distribution;
  gboolean shown = found->instrument != NULL && distribution->bands != NULL && distribution->bands->len > 0
                   && distribution->assessed > 0;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (self->distribution, shown);
  if (!shown)
    return;
  title = g_strdup_printf (_ ("%s: %d persons, each with the last sheet · %d incomplete · %d not to be relied on"),
                           found->instrument->label, (int) distribution->assessed, (int) distribution->incomplete,
                           (int) distribution->invalid);
  adw_bin_set_child (ADW_BIN (self->distribution), xq_card_new (title, bars_new (found)));
}

/* -- the list */

static gboolean
is_filtered (XqResultsView *self)
{
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (self->campaign)) > 0
         || gtk_drop_down_get_selected (GTK_DROP_DOWN (self->instrument)) > 0
         || gtk_drop_down_get_selected (GTK_DROP_DOWN (self->unit)) > 0
         || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->positive));
}

static void
show (XqResultsView *self, Found *found)
{
  guint count = found->ids->len;
  g_autofree char *text = g_strdup_printf (ngettext ("%u sheet", "%u sheets", count), count);
  GListModel *model;
  g_autoptr (GtkSelectionModel) selection = NULL;

  show_distribution (self, found);
  model = G_LIST_MODEL (xq_lazy_model_new (self->session, g_steal_pointer (&found->ids), fetch_rows));
  selection = g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect", TRUE, "model", model, NULL);
  g_object_unref (model);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), selection);
  gtk_label_set_text (GTK_LABEL (self->count), text);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), count > 0             ? "list"
                                                             : is_filtered (self) ? "nothing"
                                                                                    : "empty");
}

static void
on_found_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (XqResultsView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = xq_session_run_finish (XQ_SESSION (session), result, &error);
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), XQ_TYPE_PAGE);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || page == NULL)
    return;
  if (error != NULL)
    xq_page_set_error (XQ_PAGE (page), error);
  else
    show (self, found);
}

static gint64
chosen_id (GtkWidget *choice, const GArray *ids)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice));

  return selected > 0 && selected <= ids->len ? g_array_index (ids, gint64, selected - 1) : 0;
}

static Query *
query_new (XqResultsView *self, XqDesk *desk)
{
  static const XqResultsOrder orders[] = { XQ_RESULTS_NEWEST, XQ_RESULTS_SCORE, XQ_RESULTS_NAME };
  Query *query = g_new0 (Query, 1);
  guint instrument = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->instrument));

  query->set = xq_instrument_set_ref (xq_desk_instruments (desk));
  query->order = orders[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->order))];
  if (instrument > 0 && instrument <= self->instruments->len)
    query->instrument = g_strdup (g_ptr_array_index (self->instruments, instrument - 1));
  query->filter.instrument = query->instrument;
  query->filter.campaign_id = chosen_id (self->campaign, self->campaigns);
  query->filter.unit_id = chosen_id (self->unit, self->units);
  query->filter.positive_only = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->positive));
  return query;
}

static void
list (XqResultsView *self)
{
  XqDesk *desk = self->filling ? NULL : xq_session_desk (self->session, NULL);

  if (desk == NULL)
    return;
  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->listing = g_cancellable_new ();
  xq_session_run_async (self->session, find, query_new (self, desk), query_free, found_free, NULL, NULL, self->listing,
                        on_found_cb, g_object_ref (self));
}

/* -- filters */

/* A model anew keeps what was chosen, by its id. */
static void
set_choices (GtkWidget *choice, GtkStringList *labels, guint selected)
{
  gtk_drop_down_set_model (GTK_DROP_DOWN (choice), G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), selected);
}

static guint
position_of (const GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return i + 1;
  return 0;
}

static gboolean
fill_campaigns (XqResultsView *self, XqDatabase *database, GError **error)
{
  gint64 chosen = chosen_id (self->campaign, self->campaigns);
  g_autoptr (GPtrArray) campaigns = xq_campaign_list (database, 0, error);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  if (campaigns == NULL)
    return FALSE;
  g_array_set_size (self->campaigns, 0);
  gtk_string_list_append (labels, _ ("All screenings"));
  for (guint i = 0; i < campaigns->len; i++)
    {
      const XqCampaign *campaign = g_ptr_array_index (campaigns, i);

      g_array_append_val (self->campaigns, campaign->id);
      gtk_string_list_append (labels, campaign->title);
    }
  set_choices (self->campaign, labels, position_of (self->campaigns, chosen));
  return TRUE;
}

static void
fill_instruments (XqResultsView *self, XqDesk *desk)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->instrument));
  g_autoptr (GPtrArray) instruments = xq_instrument_set_list (xq_desk_instruments (desk));
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->instruments, 0);
  gtk_string_list_append (labels, _ ("All questionnaires"));
  for (guint i = 0; i < instruments->len; i++)
    {
      const XqInstrument *instrument = g_ptr_array_index (instruments, i);

      g_ptr_array_add (self->instruments, g_strdup (instrument->id));
      gtk_string_list_append (labels, instrument->label);
    }
  set_choices (self->instrument, labels, chosen <= self->instruments->len ? chosen : 0);
}

static gboolean
fill_units (XqResultsView *self, XqDatabase *database, GError **error)
{
  gint64 chosen = chosen_id (self->unit, self->units);
  g_autoptr (XqUnitTree) tree = xq_unit_tree_load (database, error);
  g_autoptr (GPtrArray) organisations = tree != NULL ? xq_organisation_list (database, error) : NULL;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autofree char *all = g_strdup_printf (_ ("All: %s"), xq_session_word (self->session, XQ_WORD_UNIT));

  if (organisations == NULL)
    return FALSE;
  g_array_set_size (self->units, 0);
  gtk_string_list_append (labels, all);
  xq_unit_choice_fill (tree, organisations, 0, self->units, labels);
  set_choices (self->unit, labels, position_of (self->units, chosen));
  xq_result_columns_set_units (GTK_COLUMN_VIEW (self->view), g_steal_pointer (&tree));
  return TRUE;
}

gboolean
xq_results_view_load (XqResultsView *self, XqDesk *desk, GError **error)
{
  XqDatabase *database = xq_desk_database (desk);
  gboolean filled;

  g_return_val_if_fail (XQ_IS_RESULTS_VIEW (self), FALSE);

  self->filling = TRUE;
  fill_instruments (self, desk);
  filled = fill_campaigns (self, database, error) && fill_units (self, database, error);
  self->filling = FALSE;
  if (filled)
    list (self);
  return filled;
}

void
xq_results_view_search (XqResultsView *self)
{
  g_return_if_fail (XQ_IS_RESULTS_VIEW (self));
  gtk_widget_grab_focus (self->campaign);
}

static void
on_activated_cb (XqResultsView *self, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (self->view)));
  g_autoptr (XqLazyRow) row = g_list_model_get_item (model, position);
  const XqResultRow *result = row != NULL ? xq_lazy_row_record (row) : NULL;

  if (result != NULL)
    xq_window_open (xq_window_for (GTK_WIDGET (self)), "person", result->person_id);
}

/* -- the widget */

static void
xq_results_view_dispose (GObject *object)
{
  XqResultsView *self = XQ_RESULTS_VIEW (object);

  self->filling = TRUE;
  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->campaigns, g_array_unref);
  g_clear_pointer (&self->instruments, g_ptr_array_unref);
  g_clear_pointer (&self->units, g_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_results_view_parent_class)->dispose (object);
}

static void
xq_results_view_class_init (XqResultsViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_results_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
add_filter (XqResultsView *self, GtkWidget *filters, GtkWidget *filter)
{
  g_signal_connect_swapped (filter, "notify::selected", G_CALLBACK (list), self);
  adw_wrap_box_append (ADW_WRAP_BOX (filters), filter);
}

static GtkWidget *
filters_new (XqResultsView *self)
{
  const char *orders[] = { _ ("Newest first"), _ ("Highest score first"), _ ("By name"), NULL };
  GtkWidget *filters = xq_filters_new ();

  self->campaign = xq_choice_drop_down_new (_ ("Screening"));
  self->instrument = xq_choice_drop_down_new (_ ("Questionnaire"));
  self->unit = xq_choice_drop_down_new (_ ("Class or department"));
  self->order = gtk_drop_down_new_from_strings (orders);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->order), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Order"), -1);
  self->positive = gtk_toggle_button_new_with_label (_ ("Positive screens only"));
  g_signal_connect_swapped (self->positive, "toggled", G_CALLBACK (list), self);
  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "dimmed");
  add_filter (self, filters, self->campaign);
  add_filter (self, filters, self->instrument);
  add_filter (self, filters, self->unit);
  add_filter (self, filters, self->order);
  adw_wrap_box_append (ADW_WRAP_BOX (filters), self->positive);
  adw_wrap_box_append (ADW_WRAP_BOX (filters), self->count);
  return filters;
}

static GtkWidget *
stack_new (XqResultsView *self)
{
  self->view = gtk_column_view_new (NULL);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activated_cb), self);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), adw_bin_new (), "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), xq_table_card_new (self->view, _ ("Results")), "list");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       xq_empty_state_new ("checkbox-checked-symbolic", _ ("No results yet"),
                                           _ ("Import the table that the questionnaire site gives, or type in a sheet from"
                                              " paper."),
                                           _ ("Import answers…"), "assessments.import"),
                       "empty");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       xq_empty_state_new ("system-search-symbolic", _ ("No such results"),
                                           _ ("Ask for fewer things at once."), NULL, NULL),
                       "nothing");
  gtk_widget_set_vexpand (self->stack, TRUE);
  return self->stack;
}

static void
xq_results_view_init (XqResultsView *self)
{
  self->campaigns = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->instruments = g_ptr_array_new_with_free_func (g_free);
  self->units = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->filling = TRUE;
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->distribution = adw_bin_new ();
  gtk_widget_set_visible (self->distribution, FALSE);
  gtk_box_append (GTK_BOX (self->content), filters_new (self));
  gtk_box_append (GTK_BOX (self->content), self->distribution);
  gtk_box_append (GTK_BOX (self->content), stack_new (self));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  self->filling = FALSE;
}

GtkWidget *
xq_results_view_new (XqSession *session)
{
  XqResultsView *self = g_object_new (XQ_TYPE_RESULTS_VIEW, NULL);

  self->session = g_object_ref (session);
  xq_result_columns_add (GTK_COLUMN_VIEW (self->view), session);
  return GTK_WIDGET (self);
}
