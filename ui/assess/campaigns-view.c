#include "config.h"

#include "ui/assess/campaigns-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "assess/campaign.h"
#include "base/date.h"
#include "ui/assess/coverage-view.h"
#include "ui/page.h"
#include "ui/widgets/simple.h"

/* Below this width the list stands above what it chooses, and is so high that the choice is seen beneath. */
#define NARROW        "max-width: 760px"
#define NARROW_HEIGHT 190

struct _XqCampaignsView
{
  GtkWidget parent_instance;

  XqSession *session;
  GCancellable *reading;
  gboolean filling;
  gint64 chosen;
  GtkWidget *stack;
  GtkWidget *list;
  GtkWidget *coverage;
};

G_DEFINE_FINAL_TYPE (XqCampaignsView, xq_campaigns_view, GTK_TYPE_WIDGET)

/* One screening and the sum of its roster. */
typedef struct
{
  XqCampaign *campaign;
  XqCoverage total;
} Summary;

static void
summary_free (gpointer data)
{
  Summary *summary = data;

  g_clear_pointer (&summary->campaign, xq_campaign_free);
  g_free (summary);
}

static gpointer
read_summaries (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) campaigns = xq_campaign_list (database, 0, error);
  g_autoptr (GPtrArray) summaries = g_ptr_array_new_with_free_func (summary_free);

  if (campaigns == NULL)
    return NULL;
  for (guint i = 0; i < campaigns->len; i++)
    {
      Summary *summary = g_new0 (Summary, 1);
      g_autoptr (GArray) units = NULL;

      summary->campaign = xq_campaign_copy (g_ptr_array_index (campaigns, i));
      g_ptr_array_add (summaries, summary);
      units = xq_campaign_coverage (database, summary->campaign->id, &summary->total, error);
      if (units == NULL || !xq_progress_step (progress, (double) i / campaigns->len, NULL, error))
        return NULL;
    }
  return g_steal_pointer (&summaries);
}

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
head_new (const XqCampaign *campaign)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *state = gtk_label_new (_ (xq_campaign_states[campaign->state].label));

  gtk_widget_add_css_class (state, "pill-label");
  gtk_widget_set_valign (state, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (head), label_new (campaign->title, "heading"));
  gtk_box_append (GTK_BOX (head), state);
  return head;
}

static GtkWidget *
row_new (const Summary *summary)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *bar = gtk_progress_bar_new ();
  gint64 done = summary->total.counts[XQ_PARTICIPANT_DONE], invited = summary->total.invited;
  double share = invited > 0 ? (double) done / (double) invited : 0;
  g_autofree char *dates = xq_coverage_dates (summary->campaign);
  g_autofree char *count = g_strdup_printf (_ ("%d%% · %d of %d"), (int) floor (share * 100), (int) done, (int) invited);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", summary->campaign->title,
                                             _ (xq_campaign_states[summary->campaign->state].label), count);
  GtkWidget *below = label_new (count, "numbers");

  gtk_widget_add_css_class (below, "caption");
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), share);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Coverage"), -1);
  gtk_box_append (GTK_BOX (box), head_new (summary->campaign));
  gtk_box_append (GTK_BOX (box), label_new (dates, "dimmed"));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), below);
  gtk_widget_add_css_class (box, "campaign-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "campaign", xq_campaign_copy (summary->campaign),
                          (GDestroyNotify) xq_campaign_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

static void
on_row_selected_cb (XqCampaignsView *self, GtkListBoxRow *row)
{
  const XqCampaign *campaign = row != NULL ? g_object_get_data (G_OBJECT (row), "campaign") : NULL;

  if (self->filling || campaign == NULL)
    return;
  self->chosen = campaign->id;
  xq_coverage_view_show (XQ_COVERAGE_VIEW (self->coverage), campaign);
}

static void
show (XqCampaignsView *self, GPtrArray *summaries)
{
  GtkWidget *chosen = NULL;

  self->filling = TRUE;
  gtk_list_box_remove_all (GTK_LIST_BOX (self->list));
  for (guint i = 0; i < summaries->len; i++)
    {
      const Summary *summary = g_ptr_array_index (summaries, i);
      GtkWidget *row = row_new (summary);

      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
      if (chosen == NULL || summary->campaign->id == self->chosen)
        chosen = row;
    }
  self->filling = FALSE;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), chosen != NULL ? "list" : "empty");
  if (chosen != NULL)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (chosen));
}

static void
on_read_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (XqCampaignsView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) summaries = xq_session_run_finish (XQ_SESSION (session), result, &error);
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), XQ_TYPE_PAGE);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || page == NULL)
    return;
  if (error != NULL)
    xq_page_set_error (XQ_PAGE (page), error);
  else
    show (self, summaries);
}

void
xq_campaigns_view_load (XqCampaignsView *self)
{
  g_return_if_fail (XQ_IS_CAMPAIGNS_VIEW (self));

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  xq_session_run_async (self->session, read_summaries, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL, NULL,
                        self->reading, on_read_cb, g_object_ref (self));
}

static void
xq_campaigns_view_dispose (GObject *object)
{
  XqCampaignsView *self = XQ_CAMPAIGNS_VIEW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_campaigns_view_parent_class)->dispose (object);
}

static void
xq_campaigns_view_class_init (XqCampaignsViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_campaigns_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
xq_campaigns_view_init (XqCampaignsView *self)
{
}

/* The list beside the coverage, or above it where there is no room. */
static GtkWidget *
columns_new (XqCampaignsView *self)
{
  GtkWidget *bin = adw_breakpoint_bin_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_parse (NARROW));
  GtkWidget *list = gtk_scrolled_window_new ();
  g_auto (GValue) vertical = G_VALUE_INIT, low = G_VALUE_INIT;

  g_value_init (&vertical, GTK_TYPE_ORIENTATION);
  g_value_set_enum (&vertical, GTK_ORIENTATION_VERTICAL);
  adw_breakpoint_add_setter (narrow, G_OBJECT (columns), "orientation", &vertical);
  g_value_init (&low, G_TYPE_INT);
  g_value_set_int (&low, NARROW_HEIGHT);
  adw_breakpoint_add_setter (narrow, G_OBJECT (list), "max-content-height", &low);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (list), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (list), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (list), self->list);
  gtk_widget_set_hexpand (list, FALSE);
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  /* Room for the shadow of the boxed list. */
  g_object_set (self->list, "margin-start", 3, "margin-end", 3, "margin-top", 3, "margin-bottom", 3, NULL);
  gtk_widget_set_size_request (bin, 320, 200);
  gtk_widget_set_size_request (self->list, 300, -1);
  /* What is wide in a row must not widen the list. */
  gtk_widget_set_hexpand (self->list, FALSE);
  gtk_widget_set_hexpand (self->coverage, TRUE);
  gtk_box_append (GTK_BOX (columns), list);
  gtk_box_append (GTK_BOX (columns), self->coverage);
  gtk_widget_set_margin_top (columns, 2);
  gtk_widget_set_margin_bottom (columns, 12);
  gtk_widget_set_margin_start (columns, 2);
  gtk_widget_set_margin_end (columns, 2);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), columns);
  /* The list inside has its own scrolling, and would else be made as low as it can be. */
  g_object_set (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller)), "vscroll-policy", GTK_SCROLL_NATURAL, NULL);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), narrow);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), scroller);
  return bin;
}

GtkWidget *
xq_campaigns_view_new (XqSession *session)
{
  XqCampaignsView *self = g_object_new (XQ_TYPE_CAMPAIGNS_VIEW, NULL);

  self->session = g_object_ref (session);
  self->list = gtk_list_box_new ();
  /* Arrows choose a screening; Tab goes on to what it shows. */
  gtk_list_box_set_tab_behavior (GTK_LIST_BOX (self->list), GTK_LIST_TAB_ITEM);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Screenings"), -1);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (on_row_selected_cb), self);
  self->coverage = xq_coverage_view_new (session);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), adw_bin_new (), "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), columns_new (self), "list");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       xq_empty_state_new ("checkbox-checked-symbolic", _ ("No screening yet"),
                                           _ ("A screening keeps who was to be asked, and who has answered. Importing"
                                              " answers makes one by itself."),
                                           _ ("New screening…"), "assessments.new"),
                       "empty");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
