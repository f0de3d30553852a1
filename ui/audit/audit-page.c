#include "config.h"

#include "ui/audit/audit-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "report/papers.h"
#include "ui/audit/disclosure-dialog.h"
#include "ui/audit/ledger-view.h"
#include "ui/audit/trail-view.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/hand-out-dialog.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

struct _XqAuditPage
{
  XqPage parent_instance;

  GtkWidget *stack;
  GtkWidget *trail;
  GtkWidget *ledger;
};

G_DEFINE_FINAL_TYPE (XqAuditPage, xq_audit_page, XQ_TYPE_PAGE)

static void
xq_audit_page_load (XqPage *page)
{
  XqAuditPage *self = XQ_AUDIT_PAGE (page);

  xq_page_set_error (page, NULL);
  xq_ledger_view_load (XQ_LEDGER_VIEW (self->ledger));
  xq_trail_view_load (XQ_TRAIL_VIEW (self->trail));
}

static void
on_verify_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqAuditPage *self = XQ_AUDIT_PAGE (widget);

  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->stack), "trail");
  xq_trail_view_verify (XQ_TRAIL_VIEW (self->trail));
}

static void
on_enter_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_disclosure_dialog_enter (widget, xq_page_session (XQ_PAGE (widget)), 0);
}

static void
xq_audit_page_create (XqPage *page)
{
  on_enter_action (GTK_WIDGET (page), "audit.enter", NULL);
}

/* -- an old paper's code */

static void
on_code_cb (AdwAlertDialog *dialog, const char *response, XqAuditPage *self)
{
  GtkWidget *entry = adw_alert_dialog_get_extra_child (dialog);

  if (!g_str_equal (response, "find"))
    return;
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->stack), "trail");
  xq_trail_view_find_code (XQ_TRAIL_VIEW (self->trail), gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
on_find_code_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (
      _("Find an Old Code"), _("Every report and backup carries the code of the trail at its time. If it stands in today's "
                               "trail and the trail is unbroken, nothing before it was changed since."));
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "7F3A-19C2");
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Audit code"), -1);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "find", _("_Find"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "find", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "find");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_code_cb), widget, 0);
  adw_dialog_set_focus (dialog, entry);
  adw_dialog_present (dialog, widget);
}

/* -- the ledgers leave too */

/* What waits while a file is chosen for it; the page has it, so that it does not outlive a lock. */
typedef struct
{
  XqReport *report;
  XqDisclosure *entry;
  XqSecret *passphrase;
} Leaving;

static void
leaving_free (gpointer data)
{
  Leaving *leaving = data;

  xq_report_free (leaving->report);
  xq_disclosure_free (leaving->entry);
  xq_secret_free (leaving->passphrase);
  g_free (leaving);
}

/* The ending says which form; a zip holds the workbook. */
static XqPaperForm
form_of (const char *path)
{
  return g_str_has_suffix (path, ".pdf") ? XQ_PAPER_PDF : g_str_has_suffix (path, ".csv") ? XQ_PAPER_CSV : XQ_PAPER_XLSX;
}

static void
on_file_cb (GtkWidget *widget, GFile *file, gpointer user_data)
{
  Leaving *leaving = g_object_steal_data (G_OBJECT (widget), "leaving");
  XqSession *session = xq_page_session (XQ_PAGE (widget));
  g_autoptr (GError) error = NULL;

  if (file == NULL || xq_session_database (session) == NULL)
    {
      leaving_free (leaving);
      return;
    }
  if (!xq_papers_save_report (xq_session_database (session), leaving->report, form_of (g_file_peek_path (file)),
                              leaving->entry, g_file_peek_path (file), leaving->passphrase, NULL, &error))
    xq_error_dialog (widget, _("The ledger was not saved"), error);
  else
    xq_window_toast (xq_page_window (XQ_PAGE (widget)), _("Ledger saved"), NULL, NULL, NULL);
  xq_session_changed (session, XQ_CHANGED_AUDIT);
  leaving_free (leaving);
}

static void
on_ready_cb (GtkWidget *widget, XqDisclosure *entry, XqSecret *passphrase, gpointer user_data)
{
  static const XqFileKind kinds[] = {
    { N_("Excel workbooks"), "*.xlsx" }, { N_("PDF documents"), "*.pdf" }, { N_("Tables"), "*.csv" }, { NULL, NULL },
  };
  static const XqFileKind zips[] = { { N_("Encrypted zip files"), "*.zip" }, { NULL, NULL } };
  XqAuditPage *self = XQ_AUDIT_PAGE (widget);
  gboolean trail = g_strcmp0 (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->stack)), "trail") == 0;
  g_autoptr (GError) error = NULL;
  XqReport *report = trail ? xq_trail_view_report (XQ_TRAIL_VIEW (self->trail), &error)
                           : xq_ledger_view_report (XQ_LEDGER_VIEW (self->ledger), &error);
  g_autofree char *name = NULL;
  Leaving *leaving;

  if (report == NULL)
    {
      xq_disclosure_free (entry);
      xq_secret_free (passphrase);
      xq_error_dialog (widget, _("The ledger cannot be read"), error);
      return;
    }
  leaving = g_new0 (Leaving, 1);
  leaving->report = report;
  leaving->entry = entry;
  leaving->passphrase = passphrase;
  g_object_set_data_full (G_OBJECT (widget), "leaving", leaving, leaving_free);
  name = g_strdup_printf ("%s %s.%s", report->title, report->to, passphrase != NULL ? "zip" : "xlsx");
  xq_file_save_dialog (widget, _("Save the ledger"), name, passphrase != NULL ? zips : kinds, on_file_cb, NULL);
}

static void
on_save_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqAuditPage *self = XQ_AUDIT_PAGE (widget);
  gboolean trail = g_strcmp0 (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->stack)), "trail") == 0;
  XqDisclosure *entry;

  if (!xq_window_names_shown (xq_page_window (XQ_PAGE (self))))
    return;
  entry = xq_disclosure_new ();
  entry->kind = XQ_DISCLOSURE_EXPORT;
  entry->subject = trail ? XQ_DISCLOSED_AUDIT : XQ_DISCLOSED_LEDGER;
  entry->what = g_strdup (trail ? _("Audit trail") : _("Disclosure ledger"));
  entry->identifying = TRUE;
  xq_hand_out_dialog_present (widget, xq_page_session (XQ_PAGE (self)), entry, on_ready_cb, NULL);
}

/* -- the page */

static void
xq_audit_page_constructed (GObject *object)
{
  XqAuditPage *self = XQ_AUDIT_PAGE (object);
  XqSession *session = xq_page_session (XQ_PAGE (self));
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heading = xq_heading_new (_("Audit"), _("What was done here, and what left the office"));
  GtkWidget *switcher = adw_inline_view_switcher_new ();

  G_OBJECT_CLASS (xq_audit_page_parent_class)->constructed (object);
  xq_heading_add_button (heading, _("Save…"), "audit.save", FALSE);
  xq_heading_add_button (heading, _("Find a code…"), "audit.find-code", FALSE);
  xq_heading_add_button (heading, _("Verify the trail"), "audit.verify", FALSE);
  xq_heading_add_button (heading, _("Enter a disclosure…"), "audit.enter", TRUE);
  self->ledger = xq_ledger_view_new (session);
  self->trail = xq_trail_view_new (session);
  self->stack = adw_view_stack_new ();
  adw_view_stack_add_titled (ADW_VIEW_STACK (self->stack), self->ledger, "ledger", _("Disclosure ledger"));
  adw_view_stack_add_titled (ADW_VIEW_STACK (self->stack), self->trail, "trail", _("Audit trail"));
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
xq_audit_page_class_init (XqAuditPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  XqPageClass *page_class = XQ_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = xq_audit_page_constructed;
  page_class->changes = XQ_CHANGED_ALL;
  page_class->load = xq_audit_page_load;
  page_class->create = xq_audit_page_create;
  gtk_widget_class_install_action (widget_class, "audit.verify", NULL, on_verify_action);
  gtk_widget_class_install_action (widget_class, "audit.find-code", NULL, on_find_code_action);
  gtk_widget_class_install_action (widget_class, "audit.enter", NULL, on_enter_action);
  gtk_widget_class_install_action (widget_class, "audit.save", NULL, on_save_action);
}

static void
xq_audit_page_init (XqAuditPage *self)
{
}
