#include "config.h"

#include "ui/care/warnings-page.h"

#include <glib/gi18n-lib.h>

#include "people/unit.h"
#include "report/desk.h"
#include "ui/care/reason-words.h"
#include "ui/care/report-warning.h"
#include "ui/widgets/board.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

/* More than anybody can look at on one screen; the filter by level finds the rest. */
#define MOST_CARDS 200

/* The columns, from left to right, and which warnings stand in each. */
static const XqBoardColumn columns[] = {
  { N_ ("To be triaged"), N_ ("Nobody waits for a triage interview.") },
  { N_ ("Confirmed"), N_ ("Confirmed warnings without a case stand here.") },
  { N_ ("In care or referred"), N_ ("Those who are looked after stand here.") },
};
static const guint states[] = {
  1u << XQ_WARNING_NEW,
  1u << XQ_WARNING_CONFIRMED,
  1u << XQ_WARNING_IN_CARE | 1u << XQ_WARNING_REFERRED,
};

struct _XqWarningsPage
{
  XqPage parent_instance;

  GtkWidget *stack;
  GtkWidget *level;
  GtkWidget *board;
};

G_DEFINE_FINAL_TYPE (XqWarningsPage, xq_warnings_page, XQ_TYPE_PAGE)

/* The heaviest reason, and how many more there are. */
static char *
reason_text (XqSession *session, XqDesk *desk, gint64 warning_id)
{
  g_autoptr (GPtrArray) reasons = xq_warning_reasons (xq_desk_database (desk), warning_id, NULL);
  const XqWarningReason *heaviest = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; reasons != NULL && i < reasons->len; i++)
    {
      const XqWarningReason *reason = g_ptr_array_index (reasons, i);

      if (heaviest == NULL || reason->level < heaviest->level)
        heaviest = reason;
    }
  if (heaviest == NULL)
    return g_strdup ("");
  text = xq_reason_words (session, xq_desk_care (desk), heaviest);
  if (reasons->len == 1)
    return g_steal_pointer (&text);
  return g_strdup_printf (ngettext ("%s, and %d more reason", "%s, and %d more reasons", reasons->len - 1), text,
                          (int) reasons->len - 1);
}

static void
add_card (XqWarningsPage *self, guint column, XqDesk *desk, XqUnitTree *tree, const XqWarningRow *row)
{
  const XqWarning *warning = row->warning;
  gboolean is_new = warning->state == XQ_WARNING_NEW;
  g_autofree char *reason = reason_text (xq_page_session (XQ_PAGE (self)), desk, warning->id);

  xq_board_add (XQ_BOARD (self->board), column,
                &(XqBoardCard){
                  .id = warning->id,
                  .name = row->name,
                  .unit = xq_unit_tree_display (tree, row->unit_id),
                  .level = (int) warning->level,
                  .text = reason,
                  .state = warning->state == XQ_WARNING_REFERRED ? _ (xq_warning_states[warning->state].label) : NULL,
                  .clock_from = warning->raised_at,
                  .clock_due = is_new ? warning->due_at : 0,
                });
}

static guint
fill_column (XqWarningsPage *self, guint column, XqDesk *desk, XqUnitTree *tree, GError **error)
{
  XqWarningFilter filter = { .states = states[column],
                             .level = (int) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->level)) };
  g_autoptr (GPtrArray) rows = xq_warning_list (xq_desk_database (desk), &filter, error);

  if (rows == NULL)
    return 0;
  for (guint i = 0; i < rows->len && i < MOST_CARDS; i++)
    add_card (self, column, desk, tree, g_ptr_array_index (rows, i));
  if (rows->len > MOST_CARDS)
    {
      g_autofree char *more = g_strdup_printf (_ ("and %u more: choose a level above"), rows->len - MOST_CARDS);

      xq_board_set_total (XQ_BOARD (self->board), column, rows->len, more);
    }
  return rows->len;
}

static void
xq_warnings_page_load (XqPage *page)
{
  XqWarningsPage *self = XQ_WARNINGS_PAGE (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDesk) desk = xq_desk_new (xq_page_database (page), &error);
  g_autoptr (XqUnitTree) tree = desk != NULL ? xq_unit_tree_load (xq_desk_database (desk), &error) : NULL;
  guint shown = 0;

  xq_board_begin (XQ_BOARD (self->board));
  for (guint column = 0; tree != NULL && error == NULL && column < G_N_ELEMENTS (columns); column++)
    shown += fill_column (self, column, desk, tree, &error);
  xq_board_end (XQ_BOARD (self->board));
  xq_page_set_error (page, error);
  gtk_stack_set_visible_child_name (
      GTK_STACK (self->stack),
      shown > 0 || gtk_drop_down_get_selected (GTK_DROP_DOWN (self->level)) > 0 ? "board" : "empty");
}

static void
on_new_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_report_warning_present (widget, xq_page_session (XQ_PAGE (widget)), 0);
}

static void
xq_warnings_page_create (XqPage *page)
{
  on_new_action (GTK_WIDGET (page), "warnings.new", NULL);
}

static void
xq_warnings_page_search (XqPage *page)
{
  gtk_widget_grab_focus (XQ_WARNINGS_PAGE (page)->level);
}

static void
on_opened_cb (XqWarningsPage *self, gint64 id)
{
  xq_window_open (xq_page_window (XQ_PAGE (self)), "warning", id);
}

static void
xq_warnings_page_constructed (GObject *object)
{
  XqWarningsPage *self = XQ_WARNINGS_PAGE (object);
  const char *levels[] = { _ ("Every level"), _ ("Level 1"), _ ("Level 2"), _ ("Level 3"), NULL };
  GtkWidget *heading = xq_heading_new (_ ("Warnings"), _ ("A screening result is not a diagnosis: an interview decides"));

  G_OBJECT_CLASS (xq_warnings_page_parent_class)->constructed (object);
  self->level = gtk_drop_down_new_from_strings (levels);
  gtk_widget_set_valign (self->level, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->level), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Level"), -1);
  g_signal_connect_swapped (self->level, "notify::selected", G_CALLBACK (xq_page_reload), self);
  gtk_box_append (GTK_BOX (heading), self->level);
  xq_heading_add_button (heading, _ ("Report a concern"), "warnings.new", TRUE);
  self->board = xq_board_new (xq_page_session (XQ_PAGE (self)), columns, G_N_ELEMENTS (columns));
  g_signal_connect_swapped (self->board, "opened", G_CALLBACK (on_opened_cb), self);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), self->board, "board");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       xq_empty_state_new ("dialog-warning-symbolic", _ ("No open warnings"),
                                           _ ("Import answers of a screening, or write down what a teacher, a classmate"
                                              " or a guardian has seen."),
                                           _ ("Report a concern"), "warnings.new"),
                       "empty");
  xq_page_set_child (XQ_PAGE (self), xq_page_full_new (heading, self->stack));
}

static void
xq_warnings_page_class_init (XqWarningsPageClass *class)
{
  XqPageClass *page_class = XQ_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = xq_warnings_page_constructed;
  page_class->changes = XQ_CHANGED_CARE | XQ_CHANGED_PEOPLE | XQ_CHANGED_ASSESS | XQ_CHANGED_REFERRAL;
  page_class->load = xq_warnings_page_load;
  page_class->create = xq_warnings_page_create;
  page_class->search = xq_warnings_page_search;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "warnings.new", NULL, on_new_action);
}

static void
xq_warnings_page_init (XqWarningsPage *self)
{
}
