#include "config.h"

#include "ui/assess/coverage-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/date.h"
#include "ui/assess/coverage-chart.h"
#include "ui/assess/coverage-table.h"
#include "ui/assess/missing-dialog.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

struct _XqCoverageView
{
  GtkWidget parent_instance;

  XqSession *session;
  XqCampaign *campaign;
  GtkWidget *content;
  GtkWidget *heading;
  GtkWidget *tiles[XQ_PARTICIPANT_STATES];
  GtkWidget *coverage;
  GtkWidget *chart;
  GtkWidget *table;
  GtkWidget *problem;
};

G_DEFINE_FINAL_TYPE (XqCoverageView, xq_coverage_view, GTK_TYPE_WIDGET)

char *
xq_coverage_dates (const XqCampaign *campaign)
{
  g_autofree char *from = xq_date_display_day (campaign->from_date);
  g_autofree char *due = campaign->due_date != NULL ? xq_date_display_day (campaign->due_date) : NULL;

  return due != NULL ? g_strdup_printf (_ ("%s to %s"), from, due) : g_strdup_printf (_ ("from %s"), from);
}

/* "PHQ-9, GAD-7". (transfer full) */
static char *
instrument_labels (XqCoverageView *self)
{
  XqDesk *desk = xq_session_desk (self->session, NULL);
  g_auto (GStrv) ids = g_strsplit (self->campaign->instruments, ",", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **id = ids; *id != NULL; id++)
    {
      const XqInstrument *instrument
          = desk != NULL ? xq_instrument_set_peek (xq_desk_instruments (desk), g_strstrip (*id)) : NULL;

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", instrument != NULL ? instrument->label : *id);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_heading (XqCoverageView *self)
{
  g_autofree char *dates = xq_coverage_dates (self->campaign);
  g_autofree char *labels = instrument_labels (self);
  g_autofree char *below = g_strdup_printf ("%s · %s", labels, dates);
  gboolean open = self->campaign->state == XQ_CAMPAIGN_OPEN;

  xq_heading_set (self->heading, self->campaign->title, below);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "campaign.close", open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "campaign.reopen", !open);
}

static void
show_tiles (XqCoverageView *self, const XqCoverage *total)
{
  double share = total->invited > 0 ? (double) total->counts[XQ_PARTICIPANT_DONE] / (double) total->invited : 0;
  g_autofree char *percent = g_strdup_printf ("%d%%", (int) floor (share * 100));
  g_autofree char *invited
      = g_strdup_printf (ngettext ("of %d invited", "of %d invited", (gulong) total->invited), (int) total->invited);

  xq_tile_set (self->coverage, percent, _ ("Coverage"), invited, "accent");
  for (int state = 0; state < XQ_PARTICIPANT_STATES; state++)
    {
      g_autofree char *count = g_strdup_printf ("%d", (int) total->counts[state]);
      gboolean waits = state == XQ_PARTICIPANT_PENDING && total->counts[state] > 0
                       && self->campaign->state == XQ_CAMPAIGN_OPEN;

      xq_tile_set (self->tiles[state], count, _ (xq_participant_states[state].label), NULL, waits ? "warning" : "plain");
      gtk_widget_set_visible (self->tiles[state], state <= XQ_PARTICIPANT_REFUSED || total->counts[state] > 0);
    }
}

static gboolean
show (XqCoverageView *self, GError **error)
{
  XqDatabase *database = xq_session_database (self->session);
  XqCoverage total = { 0 };
  g_autoptr (XqUnitTree) tree = xq_unit_tree_load (database, error);
  g_autoptr (GArray) units
      = tree != NULL ? xq_campaign_coverage (database, self->campaign->id, &total, error) : NULL;

  if (units == NULL)
    return FALSE;
  show_tiles (self, &total);
  gtk_widget_set_visible (self->chart, xq_coverage_chart_fill (self->chart, tree, units));
  xq_coverage_table_fill (self->table, tree, units);
  return TRUE;
}

void
xq_coverage_view_show (XqCoverageView *self, const XqCampaign *campaign)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (XQ_IS_COVERAGE_VIEW (self));

  g_clear_pointer (&self->campaign, xq_campaign_free);
  self->campaign = xq_campaign_copy (campaign);
  show_heading (self);
  show (self, &error);
  gtk_label_set_text (GTK_LABEL (self->problem), error != NULL ? error->message : "");
  gtk_widget_set_visible (self->problem, error != NULL);
}

static void
on_close_confirmed (GtkWidget *widget, gpointer user_data)
{
  XqCoverageView *self = XQ_COVERAGE_VIEW (widget);
  g_autoptr (GError) error = NULL;

  if (!xq_campaign_close (xq_session_database (self->session), self->campaign->id, &error))
    xq_error_dialog (widget, _ ("The screening was not closed"), error);
  else
    xq_session_changed (self->session, XQ_CHANGED_ASSESS);
}

static void
on_close_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqCoverageView *self = XQ_COVERAGE_VIEW (widget);
  g_autofree char *heading = g_strdup_printf (_ ("Close “%s”?"), self->campaign->title);

  xq_confirm_dialog (widget, heading,
                     _ ("Who is still pending stays so and counts as not screened. It can be opened again."),
                     _ ("_Close the screening"), FALSE, on_close_confirmed, NULL, NULL);
}

static void
on_reopen_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqCoverageView *self = XQ_COVERAGE_VIEW (widget);
  g_autoptr (GError) error = NULL;

  if (!xq_campaign_reopen (xq_session_database (self->session), self->campaign->id, &error))
    xq_error_dialog (widget, _ ("The screening was not opened again"), error);
  else
    xq_session_changed (self->session, XQ_CHANGED_ASSESS);
}

static void
on_missing_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqCoverageView *self = XQ_COVERAGE_VIEW (widget);

  xq_missing_dialog_present (widget, self->session, self->campaign);
}

static void
xq_coverage_view_dispose (GObject *object)
{
  XqCoverageView *self = XQ_COVERAGE_VIEW (object);

  g_clear_pointer (&self->campaign, xq_campaign_free);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_coverage_view_parent_class)->dispose (object);
}

static void
xq_coverage_view_class_init (XqCoverageViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_coverage_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "campaign.close", NULL, on_close_action);
  gtk_widget_class_install_action (widget_class, "campaign.reopen", NULL, on_reopen_action);
  gtk_widget_class_install_action (widget_class, "campaign.missing", NULL, on_missing_action);
}

static GtkWidget *
tiles_new (XqCoverageView *self)
{
  GtkWidget *tiles = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (tiles), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (tiles), 9);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (tiles), ADW_JUSTIFY_FILL);
  self->coverage = xq_tile_new (NULL);
  adw_wrap_box_append (ADW_WRAP_BOX (tiles), self->coverage);
  for (int state = 0; state < XQ_PARTICIPANT_STATES; state++)
    {
      self->tiles[state] = xq_tile_new (state == XQ_PARTICIPANT_PENDING ? "campaign.missing" : NULL);
      gtk_widget_set_size_request (self->tiles[state], 96, -1);
      adw_wrap_box_append (ADW_WRAP_BOX (tiles), self->tiles[state]);
    }
  return tiles;
}

static void
xq_coverage_view_init (XqCoverageView *self)
{
  GtkWidget *buttons = adw_wrap_box_new ();
  static const struct
  {
    const char *label;
    const char *action;
  } actions[] = {
    { N_ ("Who is missing…"), "campaign.missing" },
    { N_ ("Close the screening"), "campaign.close" },
    { N_ ("Open it again"), "campaign.reopen" },
  };

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (buttons), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (buttons), 9);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (actions[i].label));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), actions[i].action);
      g_object_bind_property (button, "sensitive", button, "visible", G_BINDING_SYNC_CREATE);
      adw_wrap_box_append (ADW_WRAP_BOX (buttons), button);
    }
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->heading = xq_heading_new (NULL, NULL);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  self->chart = xq_coverage_chart_new ();
  self->table = xq_coverage_table_new ();
  gtk_box_append (GTK_BOX (self->content), self->heading);
  gtk_box_append (GTK_BOX (self->content), tiles_new (self));
  gtk_box_append (GTK_BOX (self->content), buttons);
  gtk_box_append (GTK_BOX (self->content), self->problem);
  gtk_box_append (GTK_BOX (self->content), self->chart);
  gtk_box_append (GTK_BOX (self->content), self->table);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

GtkWidget *
xq_coverage_view_new (XqSession *session)
{
  XqCoverageView *self = g_object_new (XQ_TYPE_COVERAGE_VIEW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
