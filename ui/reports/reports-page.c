#include "config.h"

#include "ui/reports/reports-page.h"

#include <glib/gi18n-lib.h>

#include "calendar/term.h"
#include "people/organisation.h"
#include "report/definition.h"
#include "report/indicator.h"
#include "report/papers.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/paper-out.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

struct _XqReportsPage
{
  XqPage parent_instance;

  GPtrArray *definitions;
  GPtrArray *terms;
  GPtrArray *organisations;
  XqReport *report;
  gboolean filling; /* the choices are being filled, not chosen from */
  GtkWidget *list;
  GtkWidget *term;
  GtkWidget *organisation;
  GtkWidget *stack;
  GtkWidget *paper;
  GtkWidget *covered;
};

G_DEFINE_FINAL_TYPE (XqReportsPage, xq_reports_page, XQ_TYPE_PAGE)

/* What a worker needs to run a report. */
typedef struct
{
  char *definition;
  XqReportScope scope;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->definition);
  g_free (order);
}

static gpointer
run_report (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  const Order *order = data;

  return xq_report_run (database, order->definition, &order->scope, progress, error);
}

static guint
count_covered (const XqReport *report)
{
  guint covered = 0;

  for (guint b = 0; b < report->blocks->len; b++)
    {
      const XqReportBlock *block = g_ptr_array_index (report->blocks, b);

      for (guint r = 0; r < block->rows->len; r++)
        {
          const XqReportRow *row = g_ptr_array_index (block->rows, r);

          for (guint c = 0; c < row->n_cells; c++)
            covered += row->cells[c].cover != XQ_COVER_NONE;
        }
    }
  return covered;
}

static void
show_report (XqReportsPage *self)
{
  guint covered = count_covered (self->report);

  xq_paper_view_set_document (XQ_PAPER_VIEW (self->paper), xq_report_to_pages (self->report));
  gtk_widget_set_visible (self->covered, covered > 0);
  if (covered > 0)
    {
      g_autofree char *text
          = g_strdup_printf (ngettext ("%d number is hidden: it, or what could be worked out from it, is about fewer"
                                       " than %d people.",
                                       "%d numbers are hidden: they, or what could be worked out from them, are about"
                                       " fewer than %d people.",
                                       covered),
                             (int) covered, self->report->threshold);

      gtk_label_set_text (GTK_LABEL (self->covered), text);
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "paper");
}

static void
on_run_done (XqPage *page, gpointer result, const GError *error)
{
  XqReportsPage *self = XQ_REPORTS_PAGE (page);

  if (error != NULL)
    {
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "empty");
      xq_error_dialog (GTK_WIDGET (self), _ ("The report could not be made"), error);
      return;
    }
  g_clear_pointer (&self->report, xq_report_free);
  self->report = result;
  show_report (self);
}

static gpointer
chosen (GtkWidget *dropdown, GPtrArray *records)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (dropdown));

  return records != NULL && index < records->len ? g_ptr_array_index (records, index) : NULL;
}

static const XqReportDefinition *
chosen_definition (XqReportsPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  return row != NULL ? g_ptr_array_index (self->definitions, gtk_list_box_row_get_index (row)) : NULL;
}

static void
run (XqReportsPage *self)
{
  const XqReportDefinition *definition = chosen_definition (self);
  XqTerm *term = chosen (self->term, self->terms);
  XqOrganisation *organisation = chosen (self->organisation, self->organisations);
  Order *order;

  if (self->filling || definition == NULL || term == NULL)
    return;
  order = g_new0 (Order, 1);
  order->definition = g_strdup (definition->id);
  order->scope.term_id = term->id;
  order->scope.organisation_id = organisation != NULL ? organisation->id : 0;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "busy");
  xq_page_run (XQ_PAGE (self), run_report, order, order_free, (GDestroyNotify) xq_report_free, on_run_done);
}

static void
fill_definitions (XqReportsPage *self)
{
  gtk_list_box_remove_all (GTK_LIST_BOX (self->list));
  for (guint i = 0; i < self->definitions->len; i++)
    {
      const XqReportDefinition *definition = g_ptr_array_index (self->definitions, i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), definition->title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), definition->purpose);
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
    }
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
}

static void
fill_terms (XqReportsPage *self)
{
  g_autoptr (XqTerm) current = xq_term_current (xq_page_database (XQ_PAGE (self)), NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint present = 0;

  for (guint i = 0; i < self->terms->len; i++)
    {
      const XqTerm *term = g_ptr_array_index (self->terms, i);

      gtk_string_list_append (names, term->name);
      if (current != NULL && current->id == term->id)
        present = i;
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->term), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->term), present);
}

static void
fill_organisations (XqReportsPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->organisations->len; i++)
    gtk_string_list_append (names, ((XqOrganisation *) g_ptr_array_index (self->organisations, i))->name);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->organisation), G_LIST_MODEL (names));
  gtk_widget_set_visible (self->organisation, self->organisations->len > 1);
}

static gboolean
fill (XqReportsPage *self, GError **error)
{
  XqDatabase *database = xq_page_database (XQ_PAGE (self));

  if (self->definitions != NULL)
    return TRUE;
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_clear_pointer (&self->organisations, g_ptr_array_unref);
  if ((self->terms = xq_term_list (database, error)) == NULL
      || (self->organisations = xq_organisation_list (database, error)) == NULL
      || (self->definitions = xq_report_definition_list (error)) == NULL)
    return FALSE;
  self->filling = TRUE;
  fill_definitions (self);
  fill_terms (self);
  fill_organisations (self);
  self->filling = FALSE;
  return TRUE;
}

static void
xq_reports_page_load (XqPage *page)
{
  XqReportsPage *self = XQ_REPORTS_PAGE (page);
  g_autoptr (GError) error = NULL;

  fill (self, &error);
  xq_page_set_error (page, error);
  if (error == NULL)
    run (self);
}

/* One way for a report to leave. */
static const struct
{
  const char *action;
  XqPaperForm form;
  XqFileKind kinds[2];
} ways[] = {
  { "reports.workbook", XQ_PAPER_XLSX, { { N_ ("Excel workbooks"), "*.xlsx" } } },
  { "reports.pdf", XQ_PAPER_PDF, { { N_ ("PDF documents"), "*.pdf" } } },
  { "reports.csv", XQ_PAPER_CSV, { { N_ ("Tables"), "*.csv" } } },
};

/* A report's numbers name nobody: it leaves without a question, but never unwritten. */
static void
on_save_chosen_cb (GtkWidget *widget, GFile *file, gpointer user_data)
{
  XqReportsPage *self = XQ_REPORTS_PAGE (widget);
  gsize way = GPOINTER_TO_SIZE (user_data);
  g_autoptr (XqDisclosure) entry = NULL;
  g_autoptr (GError) error = NULL;

  if (file == NULL || self->report == NULL)
    return;
  entry = xq_papers_report_entry (self->report, XQ_DISCLOSURE_EXPORT);
  if (!xq_papers_save_report (xq_page_database (XQ_PAGE (self)), self->report, ways[way].form, entry,
                              g_file_peek_path (file), NULL, NULL, &error))
    xq_error_dialog (widget, _ ("The report was not saved"), error);
  else
    xq_window_toast (xq_page_window (XQ_PAGE (self)), _ ("Report saved"), NULL, NULL, NULL);
}

static void
on_save_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqReportsPage *self = XQ_REPORTS_PAGE (widget);

  if (self->report == NULL)
    return;
  for (gsize way = 0; way < G_N_ELEMENTS (ways); way++)
    if (g_str_equal (ways[way].action, action))
      {
        g_autofree char *name = g_strdup_printf ("%s %s.%s", self->report->title,
                                                 self->report->term != NULL ? self->report->term : self->report->from,
                                                 xq_paper_ending (ways[way].form));

        xq_file_save_dialog (widget, _ ("Save the report"), name, ways[way].kinds, on_save_chosen_cb,
                             GSIZE_TO_POINTER (way));
      }
}

static void
on_print_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqReportsPage *self = XQ_REPORTS_PAGE (widget);

  if (self->report != NULL)
    xq_paper_out_print (XQ_PAPER_VIEW (self->paper), widget, xq_page_session (XQ_PAGE (self)),
                        xq_papers_report_entry (self->report, XQ_DISCLOSURE_PRINT), NULL, 0);
}

static void
xq_reports_page_search (XqPage *page)
{
  gtk_widget_grab_focus (XQ_REPORTS_PAGE (page)->list);
}

static void
xq_reports_page_dispose (GObject *object)
{
  XqReportsPage *self = XQ_REPORTS_PAGE (object);

  g_clear_pointer (&self->report, xq_report_free);
  g_clear_pointer (&self->definitions, g_ptr_array_unref);
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_clear_pointer (&self->organisations, g_ptr_array_unref);
  G_OBJECT_CLASS (xq_reports_page_parent_class)->dispose (object);
}

static void
xq_reports_page_class_init (XqReportsPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  XqPageClass *page_class = XQ_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_reports_page_dispose;
  page_class->changes = XQ_CHANGED_ALL;
  page_class->load = xq_reports_page_load;
  page_class->search = xq_reports_page_search;
  for (gsize way = 0; way < G_N_ELEMENTS (ways); way++)
    gtk_widget_class_install_action (widget_class, ways[way].action, NULL, on_save_action);
  gtk_widget_class_install_action (widget_class, "reports.print", NULL, on_print_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "reports.print", NULL);
}

static GtkWidget *
drop_down_new (XqReportsPage *self, const char *label)
{
  GtkWidget *drop_down = gtk_drop_down_new (NULL, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_halign (drop_down, GTK_ALIGN_START);
  g_signal_connect_swapped (drop_down, "notify::selected", G_CALLBACK (run), self);
  return drop_down;
}

/* Which report, of when and of whom; and what of it is hidden. */
static GtkWidget *
choices_new (XqReportsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reports"), -1);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (run), self);
  self->term = drop_down_new (self, _ ("Term"));
  self->organisation = drop_down_new (self, _ ("Organisation"));
  self->covered = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->covered), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->covered), 0);
  gtk_widget_add_css_class (self->covered, "dim-label");
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->term);
  gtk_box_append (GTK_BOX (box), self->organisation);
  gtk_box_append (GTK_BOX (box), self->covered);
  gtk_widget_set_size_request (box, 300, -1);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  return box;
}

static GtkWidget *
result_new (XqReportsPage *self)
{
  self->paper = xq_paper_view_new ();
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), adw_spinner_new (), "busy");
  gtk_stack_add_named (GTK_STACK (self->stack), self->paper, "paper");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       xq_empty_state_new ("x-office-document-symbolic", _ ("No report yet"),
                                           _ ("Choose a report and a term."), NULL, NULL),
                       "empty");
  return self->stack;
}

/* Side by side where there is room, else the paper below what was chosen; both scroll as one. */
static GtkWidget *
body_new (XqReportsPage *self)
{
  GtkWidget *both = adw_wrap_box_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (both), 24);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (both), ADW_JUSTIFY_FILL);
  adw_wrap_box_set_justify_last_line (ADW_WRAP_BOX (both), TRUE);
  adw_wrap_box_append (ADW_WRAP_BOX (both), choices_new (self));
  adw_wrap_box_append (ADW_WRAP_BOX (both), result_new (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), both);
  return scroller;
}

static void
xq_reports_page_init (XqReportsPage *self)
{
  GtkWidget *heading = xq_heading_new (_ ("Reports"), _ ("The preview is the paper, and the same numbers stand in the workbook"));

  xq_heading_add_button (heading, _ ("CSV…"), "reports.csv", FALSE);
  xq_heading_add_button (heading, _ ("PDF…"), "reports.pdf", FALSE);
  xq_heading_add_button (heading, _ ("Print…"), "reports.print", FALSE);
  xq_heading_add_button (heading, _ ("Excel workbook…"), "reports.workbook", TRUE);
  xq_page_set_child (XQ_PAGE (self), xq_page_full_new (heading, body_new (self)));
}
