#include "config.h"

#include "ui/settings/backup-slip-dialog.h"

#include <glib/gi18n-lib.h>

#include "report/backup-slip.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/paper-view.h"
#include "ui/window.h"

struct _XqBackupSlipDialog
{
  AdwDialog parent_instance;

  GtkWidget *paper;
};

G_DEFINE_FINAL_TYPE (XqBackupSlipDialog, xq_backup_slip_dialog, ADW_TYPE_DIALOG)

static const XqFileKind pdf_kinds[] = { { N_("PDF"), "*.pdf" }, { 0 } };

static void
on_saved_cb (GtkWidget *parent, GFile *file, gpointer user_data)
{
  XqBackupSlipDialog *self = XQ_BACKUP_SLIP_DIALOG (parent);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  if (path != NULL
      && !xq_page_document_write_pdf (xq_paper_view_get_document (XQ_PAPER_VIEW (self->paper)), path, &error))
    xq_error_dialog (parent, _("The slip was not saved"), error);
}

static void
on_save_cb (XqBackupSlipDialog *self)
{
  g_autofree char *name = g_strconcat (_("Backup valid"), ".pdf", NULL);

  xq_file_save_dialog (GTK_WIDGET (self), _("Save the Slip"), name, pdf_kinds, on_saved_cb, NULL);
}

static void
on_print_cb (XqBackupSlipDialog *self)
{
  xq_paper_view_print (XQ_PAPER_VIEW (self->paper), _("Backup valid"), NULL, GTK_WIDGET (self), NULL);
}

static GtkWidget *
button_new (XqBackupSlipDialog *self, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
xq_backup_slip_dialog_class_init (XqBackupSlipDialogClass *class)
{
}

static void
xq_backup_slip_dialog_init (XqBackupSlipDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->paper = xq_paper_view_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->paper);
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), button_new (self, _("_Print…"), G_CALLBACK (on_print_cb)));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), button_new (self, _("_Save as PDF…"), G_CALLBACK (on_save_cb)));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scrolled);
  adw_dialog_set_title (ADW_DIALOG (self), _("Backup valid"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 700);
  adw_dialog_set_content_height (ADW_DIALOG (self), 640);
  adw_dialog_set_child (ADW_DIALOG (self), view);
}

void
xq_backup_slip_dialog_present (GtkWidget *parent, const XqBackupDrill *drill)
{
  XqBackupSlipDialog *self = g_object_new (XQ_TYPE_BACKUP_SLIP_DIALOG, NULL);

  xq_paper_view_set_document (XQ_PAPER_VIEW (self->paper), xq_backup_slip_to_pages (drill));
  adw_dialog_present (ADW_DIALOG (self), parent);
}
