#include "config.h"

#include "ui/assess/missing-dialog.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "people/person-list.h"
#include "report/model.h"
#include "report/page.h"
#include "ui/clipboard.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/lazy-model.h"
#include "ui/widgets/hand-out-dialog.h"
#include "ui/widgets/paper-out.h"
#include "ui/widgets/person-line.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

/* The dialog; lives as long as it. */
typedef struct
{
  XqSession *session;
  XqCampaign *campaign;
  AdwDialog *dialog;
  GArray *ids; /* of those who are pending */
  GtkWidget *list;
  GtkWidget *stack;
  GtkWidget *paper;
} Missing;

static void
missing_free (gpointer data)
{
  Missing *self = data;

  g_clear_object (&self->session);
  g_clear_pointer (&self->campaign, xq_campaign_free);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

static GPtrArray *
fetch_rows (XqDatabase *database, const gint64 *ids, guint n_ids, GError **error)
{
  return xq_person_list_rows (database, ids, n_ids, error);
}

static void
show (Missing *self)
{
  g_autoptr (GError) error = NULL;
  GListModel *model;
  g_autoptr (GtkSelectionModel) selection = NULL;
  g_autofree char *title = NULL;

  g_clear_pointer (&self->ids, g_array_unref);
  self->ids = xq_campaign_people (xq_session_database (self->session), self->campaign->id, XQ_PARTICIPANT_PENDING, 0,
                                  &error);
  if (self->ids == NULL)
    {
      xq_error_dialog (GTK_WIDGET (self->dialog), _ ("The list cannot be read"), error);
      self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
    }
  model = G_LIST_MODEL (xq_lazy_model_new (self->session, g_array_copy (self->ids), fetch_rows));
  selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (model));
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), selection);
  title = g_strdup_printf (ngettext ("%u person missing", "%u persons missing", self->ids->len), self->ids->len);
  adw_dialog_set_title (self->dialog, title);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), self->ids->len > 0 ? "list" : "empty");
}

/* -- marks */

/* The ids that are selected (element-type gint64). */
static GArray *
selected_ids (Missing *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (gtk_list_view_get_model (GTK_LIST_VIEW (self->list)));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter each;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&each, selected, &position); more;
       more = gtk_bitset_iter_next (&each, &position))
    g_array_append_val (ids, g_array_index (self->ids, gint64, position));
  return ids;
}

static gboolean
mark (Missing *self, const GArray *ids, XqParticipantState state, GError **error)
{
  XqDatabase *database = xq_session_database (self->session);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);

  for (guint i = 0; transaction != NULL && i < ids->len; i++)
    if (!xq_campaign_set_participant (database, self->campaign->id, g_array_index (ids, gint64, i), state, NULL, error))
      return FALSE;
  return transaction != NULL && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

static void
on_mark_cb (GtkButton *button, Missing *self)
{
  XqParticipantState state = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "state"));
  g_autoptr (GArray) ids = selected_ids (self);
  g_autoptr (GError) error = NULL;

  if (ids->len == 0)
    return;
  if (!mark (self, ids, state, &error))
    {
      xq_error_dialog (GTK_WIDGET (self->dialog), _ ("Nobody was marked"), error);
      return;
    }
  xq_session_changed (self->session, XQ_CHANGED_ASSESS);
  show (self);
}

/* -- copies and paper */

/* The list says who people are, but not how they are: it is the office's own, for the classroom door. */
static XqDisclosure *
entry_new (Missing *self, XqDisclosureKind kind)
{
  XqDisclosure *entry = xq_disclosure_new ();

  entry->kind = kind;
  entry->subject = XQ_DISCLOSED_MISSING;
  entry->what = g_strdup_printf (_ ("Not screened yet: %s"), self->campaign->title);
  entry->recipient = g_strdup (xq_session_organisation (self->session));
  entry->ground = XQ_GROUND_OWN;
  entry->fields = g_strdup (_ ("Names and classes"));
  entry->identifying = TRUE;
  return entry;
}

static GPtrArray *
read_rows (Missing *self, GError **error)
{
  return xq_person_list_rows (xq_session_database (self->session), (const gint64 *) (gpointer) self->ids->data,
                              self->ids->len, error);
}

static void
on_copy_ready_cb (GtkWidget *widget, XqDisclosure *entry, XqSecret *passphrase, gpointer user_data)
{
  Missing *self = user_data;
  g_autoptr (XqDisclosure) owned = entry;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = read_rows (self, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const XqPersonRow *row = g_ptr_array_index (rows, i);

      if (row != NULL)
        g_string_append_printf (text, "%s\t%s\n", row->unit, row->name);
    }
  if (rows == NULL
      || !xq_disclosure_enter (xq_session_database (self->session), entry, (const gint64 *) (gpointer) self->ids->data,
                               self->ids->len, &error))
    {
      xq_error_dialog (widget, _ ("The list was not copied"), error);
      return;
    }
  xq_clipboard_copy (widget, text->str);
  xq_session_changed (self->session, XQ_CHANGED_AUDIT);
}

/* What lies on the clipboard, every program can read: it is asked for like a paper. */
static void
on_copy_cb (Missing *self)
{
  if (xq_window_names_shown (xq_window_for (GTK_WIDGET (self->dialog))))
    xq_hand_out_dialog_present (GTK_WIDGET (self->dialog), self->session, entry_new (self, XQ_DISCLOSURE_COPY),
                                on_copy_ready_cb, self);
}

static XqPageDocument *
paper_new (Missing *self, const GPtrArray *rows)
{
  g_autoptr (XqReport) report = xq_report_new ("missing", self->campaign->title);
  XqReportBlock *block = xq_report_add_block (report, "missing", _ ("Not screened yet"), XQ_BLOCK_LEDGER);

  report->organisation = g_strdup (xq_session_organisation (self->session));
  report->from = g_strdup (self->campaign->from_date);
  report->to = xq_clock_today ();
  report->generated_at = xq_clock_now ();
  block->row_title = g_strdup (xq_session_word (self->session, XQ_WORD_PERSON));
  xq_report_block_add_column (block, "unit", xq_session_word (self->session, XQ_WORD_UNIT), XQ_FORMAT_TEXT);
  xq_report_block_add_column (block, "remark", _ ("Remark"), XQ_FORMAT_TEXT)->manual = TRUE;
  for (guint i = 0; i < rows->len; i++)
    {
      const XqPersonRow *person = g_ptr_array_index (rows, i);
      g_autofree char *name = person != NULL ? xq_session_name (self->session, person->name) : NULL;
      g_autofree char *id = person != NULL ? g_strdup_printf ("%d", (int) person->id) : NULL;

      if (person != NULL)
        xq_report_cell_set_text (&xq_report_block_add_row (block, id, name)->cells[0], person->unit);
    }
  return xq_report_to_pages (report);
}

static void
on_print_ready_cb (GtkWidget *widget, XqDisclosure *entry, XqSecret *passphrase, gpointer user_data)
{
  Missing *self = user_data;

  xq_paper_out_print (XQ_PAPER_VIEW (self->paper), widget, self->session, entry,
                      (const gint64 *) (gpointer) self->ids->data, self->ids->len);
}

static void
on_print_cb (Missing *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = read_rows (self, &error);

  if (!xq_window_names_shown (xq_window_for (GTK_WIDGET (self->dialog))))
    return;
  if (rows == NULL)
    {
      xq_error_dialog (GTK_WIDGET (self->dialog), _ ("The list cannot be read"), error);
      return;
    }
  xq_paper_view_set_document (XQ_PAPER_VIEW (self->paper), paper_new (self, rows));
  xq_hand_out_dialog_present (GTK_WIDGET (self->dialog), self->session, entry_new (self, XQ_DISCLOSURE_PRINT),
                              on_print_ready_cb, self);
}

/* -- the dialog */

static void
on_setup_cb (GtkListItemFactory *factory, GtkListItem *item, Missing *self)
{
  GtkWidget *line = xq_person_line_new (self->session);

  gtk_widget_set_margin_top (line, 4);
  gtk_widget_set_margin_bottom (line, 4);
  gtk_widget_set_margin_start (line, 12);
  gtk_widget_set_margin_end (line, 12);
  gtk_list_item_set_child (item, line);
}

static void
on_bind_cb (GtkListItemFactory *factory, GtkListItem *item, Missing *self)
{
  xq_person_line_set_row (XQ_PERSON_LINE (gtk_list_item_get_child (item)),
                          xq_lazy_row_record (gtk_list_item_get_item (item)));
}

static GtkWidget *
stack_new (Missing *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), self);
  self->list = gtk_list_view_new (NULL, factory);
  gtk_list_view_set_tab_behavior (GTK_LIST_VIEW (self->list), GTK_LIST_TAB_ITEM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Who is missing"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_vexpand (scroller, TRUE);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "list");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       xq_empty_state_new ("checkbox-checked-symbolic", _ ("Nobody is missing"),
                                           _ ("Everybody on the roster has answered, or it is known why not."), NULL,
                                           NULL),
                       "empty");
  return self->stack;
}

/* The states that a person on the list may be given. */
static GtkWidget *
marks_new (Missing *self)
{
  static const XqParticipantState states[] = { XQ_PARTICIPANT_ABSENT, XQ_PARTICIPANT_REFUSED, XQ_PARTICIPANT_EXCLUDED };
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (_ ("Mark those selected as"));

  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (bar), label);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (xq_participant_states[states[i]].label));

      g_object_set_data (G_OBJECT (button), "state", GINT_TO_POINTER (states[i]));
      g_signal_connect (button, "clicked", G_CALLBACK (on_mark_cb), self);
      gtk_box_append (GTK_BOX (bar), button);
    }
  gtk_widget_add_css_class (bar, "toolbar");
  gtk_widget_set_margin_start (bar, 12);
  gtk_widget_set_margin_end (bar, 6);
  gtk_widget_set_sensitive (bar, self->campaign->state == XQ_CAMPAIGN_OPEN);
  return bar;
}

static void
build (Missing *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *copy = gtk_button_new_with_mnemonic (_ ("_Copy"));
  GtkWidget *print = gtk_button_new_with_mnemonic (_ ("_Print…"));

  /* Draws the pages for the printer; never shown. */
  self->paper = g_object_ref_sink (xq_paper_view_new ());
  g_object_set_data_full (G_OBJECT (self->dialog), "paper", self->paper, g_object_unref);
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (on_copy_cb), self);
  g_signal_connect_swapped (print, "clicked", G_CALLBACK (on_print_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), copy);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), print);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), stack_new (self));
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), marks_new (self));
  adw_dialog_set_content_width (self->dialog, 560);
  adw_dialog_set_content_height (self->dialog, 640);
  adw_dialog_set_child (self->dialog, view);
}

void
xq_missing_dialog_present (GtkWidget *parent, XqSession *session, const XqCampaign *campaign)
{
  Missing *self = g_new0 (Missing, 1);

  self->session = g_object_ref (session);
  self->campaign = xq_campaign_copy (campaign);
  self->dialog = adw_dialog_new ();
  build (self);
  g_object_set_data_full (G_OBJECT (self->dialog), "missing", self, missing_free);
  adw_dialog_present (self->dialog, parent);
  show (self);
}
