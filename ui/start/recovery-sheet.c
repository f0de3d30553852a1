#include "config.h"

#include "ui/start/recovery-sheet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "report/recovery-page.h"
#include "report/share-page.h"
#include "ui/start/recovery-paper.h"
#include "ui/start/start.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/paper-print.h"
#include "ui/window.h"

struct _XqRecoverySheet
{
  AdwNavigationPage parent_instance;

  GtkStack *steps;
  GtkLabel *heading;
  GtkLabel *what;
  GtkFlowBox *groups;
  GtkLabel *kept;
  GtkEditable *first;
  GtkEditable *second;
  GtkLabel *message;
  GtkWidget *confirm;

  XqVault *vault; /* the new one; NULL where there was one before */
  XqPageDocument *pages;
  char *title;
  const char *saved; /* what is said then */
  char **code;
  guint asked[2];
};

enum
{
  SIGNAL_CONFIRMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqRecoverySheet, xq_recovery_sheet, ADW_TYPE_NAVIGATION_PAGE)

static const XqFileKind pdf_files[] = { { N_("PDF documents"), "*.pdf" }, { NULL, NULL } };

static void
on_printed_cb (GtkWidget *parent, gboolean printed, gpointer user_data)
{
  XqRecoverySheet *self = XQ_RECOVERY_SHEET (parent);

  if (!printed || gtk_widget_get_root (parent) == NULL)
    return;
  gtk_label_set_label (self->kept, _("Printed."));
  gtk_widget_set_visible (GTK_WIDGET (self->kept), TRUE);
}

static XqPageDocument *
pages_of (gpointer sheet)
{
  return XQ_RECOVERY_SHEET (sheet)->pages;
}

static void
on_print_cb (XqRecoverySheet *self)
{
  xq_paper_print (GTK_WIDGET (self), self->title, pages_of, g_object_ref (self), g_object_unref, on_printed_cb, NULL);
}

static void
on_save_chosen_cb (GtkWidget *parent, GFile *file, gpointer user_data)
{
  XqRecoverySheet *self = XQ_RECOVERY_SHEET (parent);
  g_autoptr (GError) error = NULL;

  if (file == NULL)
    return;
  if (!xq_recovery_paper_save (file, self->pages, &error))
    {
      xq_error_dialog (parent, _("The sheet was not saved"), error);
      return;
    }
  gtk_label_set_label (self->kept, self->saved);
  gtk_widget_set_visible (GTK_WIDGET (self->kept), TRUE);
}

static void
on_save_cb (XqRecoverySheet *self)
{
  g_autofree char *name = g_strdup_printf ("%s.pdf", self->title);

  xq_file_save_dialog (GTK_WIDGET (self), _("Save the Recovery Sheet"), name, pdf_files, on_save_chosen_cb, NULL);
}

/* Two different groups, anew each time. */
static void
ask_for_groups (XqRecoverySheet *self)
{
  guint n = g_strv_length (self->code);
  GtkEditable *rows[2] = { self->first, self->second };

  self->asked[0] = (guint) g_random_int_range (0, (int) n);
  self->asked[1] = (self->asked[0] + (guint) g_random_int_range (1, (int) n)) % n;
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *title = g_strdup_printf (_("Group %u"), self->asked[i] + 1);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rows[i]), title);
      gtk_editable_set_text (rows[i], "");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
}

static void
on_have_it_cb (XqRecoverySheet *self)
{
  ask_for_groups (self);
  gtk_stack_set_visible_child_name (self->steps, "confirm");
  gtk_widget_grab_focus (GTK_WIDGET (self->first));
}

static void
on_again_cb (XqRecoverySheet *self)
{
  gtk_stack_set_visible_child_name (self->steps, "code");
}

static void
on_group_changed_cb (XqRecoverySheet *self)
{
  gtk_widget_set_sensitive (self->confirm, *gtk_editable_get_text (self->first) != '\0'
                                             && *gtk_editable_get_text (self->second) != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
}

static gboolean
is_group (XqRecoverySheet *self, GtkEditable *row, guint index)
{
  g_autofree char *typed = g_utf8_normalize (gtk_editable_get_text (row), -1, G_NORMALIZE_ALL);

  return typed != NULL && g_ascii_strcasecmp (g_strstrip (typed), self->code[index]) == 0;
}

static void
on_confirm_cb (XqRecoverySheet *self)
{
  gboolean first = is_group (self, self->first, self->asked[0]);
  gboolean second = is_group (self, self->second, self->asked[1]);

  if (first && second)
    {
      if (self->vault != NULL)
        gtk_stack_set_visible_child_name (self->steps, "ready");
      g_signal_emit (self, signals[SIGNAL_CONFIRMED], 0);
      return;
    }
  gtk_label_set_label (self->message, !first && !second ? _("Both groups differ from the code. Read them again.")
                                      : !first          ? _("The first group differs from the code. Read it again.")
                                               : _("The second group differs from the code. Read it again."));
  gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (first ? self->second : self->first));
}

static void
on_empty_cb (XqRecoverySheet *self)
{
  xq_start_unlocked (GTK_WIDGET (self), self->vault);
}

static void
on_import_cb (XqRecoverySheet *self)
{
  GtkWidget *window = GTK_WIDGET (xq_window_for (GTK_WIDGET (self)));

  xq_start_unlocked (GTK_WIDGET (self), self->vault);
  gtk_widget_activate_action (window, "win.import-roster", NULL);
}

static void
xq_recovery_sheet_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), XQ_TYPE_RECOVERY_SHEET);
  g_clear_pointer (&XQ_RECOVERY_SHEET (object)->vault, xq_vault_unref);
  G_OBJECT_CLASS (xq_recovery_sheet_parent_class)->dispose (object);
}

static void
xq_recovery_sheet_finalize (GObject *object)
{
  XqRecoverySheet *self = XQ_RECOVERY_SHEET (object);

  for (char **group = self->code; group != NULL && *group != NULL; group++)
    explicit_bzero (*group, strlen (*group));
  g_strfreev (self->code);
  g_clear_pointer (&self->pages, xq_page_document_free);
  g_free (self->title);
  G_OBJECT_CLASS (xq_recovery_sheet_parent_class)->finalize (object);
}

static void
xq_recovery_sheet_class_init (XqRecoverySheetClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_recovery_sheet_dispose;
  G_OBJECT_CLASS (class)->finalize = xq_recovery_sheet_finalize;

  signals[SIGNAL_CONFIRMED] = g_signal_new ("confirmed", XQ_TYPE_RECOVERY_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/xinqiao/Xinqiao/ui/start/recovery-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, XqRecoverySheet, steps);
  gtk_widget_class_bind_template_child (widget_class, XqRecoverySheet, heading);
  gtk_widget_class_bind_template_child (widget_class, XqRecoverySheet, what);
  gtk_widget_class_bind_template_child (widget_class, XqRecoverySheet, groups);
  gtk_widget_class_bind_template_child (widget_class, XqRecoverySheet, kept);
  gtk_widget_class_bind_template_child (widget_class, XqRecoverySheet, first);
  gtk_widget_class_bind_template_child (widget_class, XqRecoverySheet, second);
  gtk_widget_class_bind_template_child (widget_class, XqRecoverySheet, message);
  gtk_widget_class_bind_template_child (widget_class, XqRecoverySheet, confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_print_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_have_it_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_group_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_import_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_empty_cb);
}

static void
xq_recovery_sheet_init (XqRecoverySheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
group_new (guint number, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *digits = g_strdup_printf ("%u", number);
  GtkWidget *position = gtk_label_new (digits);
  GtkWidget *group = gtk_label_new (text);

  gtk_widget_add_css_class (position, "dimmed");
  gtk_widget_add_css_class (position, "caption");
  gtk_widget_add_css_class (group, "monospace");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), position);
  gtk_box_append (GTK_BOX (box), group);
  return box;
}

/* @title, @pages: taken. */
static XqRecoverySheet *
sheet_new (XqSecret *code, char *title, XqPageDocument *pages)
{
  XqRecoverySheet *self = g_object_new (XQ_TYPE_RECOVERY_SHEET, NULL);

  self->title = title;
  self->pages = pages;
  self->saved = _("Saved. Move it off this computer: whoever has it can open the vault.");
  self->code = g_strsplit ((const char *) xq_secret_bytes (code), "-", -1);
  for (guint i = 0; self->code[i] != NULL; i++)
    gtk_flow_box_append (self->groups, group_new (i + 1, self->code[i]));
  return self;
}

static XqRecoverySheet *
code_sheet_new (const char *name, XqSecret *code, gboolean renewed)
{
  return sheet_new (code, g_strdup (_("Recovery sheet")),
                    xq_recovery_to_pages (name, (const char *) xq_secret_bytes (code), renewed));
}

XqRecoverySheet *
xq_recovery_sheet_new (XqVault *vault, const char *name, XqSecret *code)
{
  XqRecoverySheet *self = code_sheet_new (name, code, FALSE);

  self->vault = xq_vault_ref (vault);
  return self;
}

XqRecoverySheet *
xq_recovery_sheet_new_renewed (const char *name, XqSecret *code)
{
  return code_sheet_new (name, code, TRUE);
}

/* A row of four is a line of the paper. */
XqRecoverySheet *
xq_recovery_sheet_new_share (const char *name, const XqShareSet *set, guint index)
{
  XqRecoverySheet *self = sheet_new (set->texts[index], xq_share_title (index), xq_share_to_pages (name, set, index));
  g_autofree char *heading = g_strdup_printf ("%s · %s", self->title, set->holders[index]);

  self->saved = _("Saved. Print it, give it away and delete the file: with another share it opens the vault.");
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->what, _("Alone it opens nothing; any two of the three open everything in the vault. It is shown this once. Print "
                                     "it, or write it down line by line, and give it to its holder; do not photograph it."));
  gtk_flow_box_set_min_children_per_line (self->groups, 4);
  gtk_flow_box_set_max_children_per_line (self->groups, 4);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), self->title);
  return self;
}
