#include "config.h"

#include "ui/assess/assessments-page.h"

#include <glib/gi18n-lib.h>

#include "ui/assess/answers-dialog.h"
#include "ui/assess/campaign-dialog.h"
#include "ui/assess/campaigns-view.h"
#include "ui/assess/entry-dialog.h"
#include "ui/assess/instruments-view.h"
#include "ui/assess/results-view.h"
#include "ui/widgets/simple.h"

struct _XqAssessmentsPage
{
  XqPage parent_instance;

  GtkWidget *stack;
  GtkWidget *campaigns;
  GtkWidget *results;
  GtkWidget *instruments;
};

G_DEFINE_FINAL_TYPE (XqAssessmentsPage, xq_assessments_page, XQ_TYPE_PAGE)

static void
xq_assessments_page_load (XqPage *page)
{
  XqAssessmentsPage *self = XQ_ASSESSMENTS_PAGE (page);
  g_autoptr (GError) error = NULL;
  XqDesk *desk = xq_session_desk (xq_page_session (page), &error);

  if (desk != NULL && xq_results_view_load (XQ_RESULTS_VIEW (self->results), desk, &error))
    {
      xq_campaigns_view_load (XQ_CAMPAIGNS_VIEW (self->campaigns));
      xq_instruments_view_load (XQ_INSTRUMENTS_VIEW (self->instruments), desk);
    }
  xq_page_set_error (page, error);
}

static void
on_import_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_answers_dialog_present (widget);
}

static void
on_enter_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_entry_dialog_present (widget, xq_page_session (XQ_PAGE (widget)), 0);
}

static void
on_new_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_campaign_dialog_present (widget, xq_page_session (XQ_PAGE (widget)));
}

static void
xq_assessments_page_create (XqPage *page)
{
  on_new_action (GTK_WIDGET (page), "assessments.new", NULL);
}

static void
xq_assessments_page_search (XqPage *page)
{
  XqAssessmentsPage *self = XQ_ASSESSMENTS_PAGE (page);

  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->stack), "results");
  xq_results_view_search (XQ_RESULTS_VIEW (self->results));
}

static void
add_view (XqAssessmentsPage *self, GtkWidget *view, const char *name, const char *title)
{
  adw_view_stack_add_titled (ADW_VIEW_STACK (self->stack), view, name, title);
}

static void
xq_assessments_page_constructed (GObject *object)
{
  XqAssessmentsPage *self = XQ_ASSESSMENTS_PAGE (object);
  XqSession *session = xq_page_session (XQ_PAGE (self));
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heading = xq_heading_new (_ ("Assessments"), _ ("A screening result is not a diagnosis"));
  GtkWidget *switcher = adw_inline_view_switcher_new ();

  G_OBJECT_CLASS (xq_assessments_page_parent_class)->constructed (object);
  xq_heading_add_button (heading, _ ("New screening…"), "assessments.new", FALSE);
  xq_heading_add_button (heading, _ ("Enter a sheet…"), "assessments.enter", FALSE);
  xq_heading_add_button (heading, _ ("Import answers…"), "assessments.import", TRUE);
  self->campaigns = xq_campaigns_view_new (session);
  self->results = xq_results_view_new (session);
  self->instruments = xq_instruments_view_new ();
  self->stack = adw_view_stack_new ();
  add_view (self, self->campaigns, "campaigns", _ ("Screenings"));
  add_view (self, self->results, "results", _ ("Results"));
  add_view (self, self->instruments, "instruments", _ ("Questionnaires"));
  adw_inline_view_switcher_set_stack (ADW_INLINE_VIEW_SWITCHER (switcher), ADW_VIEW_STACK (self->stack));
  gtk_widget_set_halign (switcher, GTK_ALIGN_START);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (content), heading);
  gtk_box_append (GTK_BOX (content), switcher);
  gtk_box_append (GTK_BOX (content), self->stack);
  gtk_widget_set_margin_top (content, 18);
  gtk_widget_set_margin_bottom (content, 12);
  gtk_widget_set_margin_start (content, 24);
  gtk_widget_set_margin_end (content, 24);
  xq_page_set_child (XQ_PAGE (self), content);
}

static void
xq_assessments_page_class_init (XqAssessmentsPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  XqPageClass *page_class = XQ_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = xq_assessments_page_constructed;
  page_class->changes = XQ_CHANGED_ASSESS | XQ_CHANGED_PEOPLE | XQ_CHANGED_SETTINGS;
  page_class->load = xq_assessments_page_load;
  page_class->search = xq_assessments_page_search;
  page_class->create = xq_assessments_page_create;
  gtk_widget_class_install_action (widget_class, "assessments.import", NULL, on_import_action);
  gtk_widget_class_install_action (widget_class, "assessments.enter", NULL, on_enter_action);
  gtk_widget_class_install_action (widget_class, "assessments.new", NULL, on_new_action);
}

static void
xq_assessments_page_init (XqAssessmentsPage *self)
{
}
