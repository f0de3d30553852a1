#include "config.h"

#include "ui/care/warnings-page.h"

#include <glib/gi18n-lib.h>

#include "people/unit.h"
#include "report/desk.h"
#include "ui/care/report-warning.h"
#include "ui/widgets/clock-label.h"
#include "ui/widgets/person-line.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

/* More than anybody can look at on one screen; the filter by level finds the rest. */
#define MOST_CARDS 200

/* The columns, from left to right. */
static const struct
{
  const char *title;
  const char *empty;
  guint states;
} columns[] = {
  { N_ ("To be triaged"), N_ ("Nobody waits for a triage interview."), 1u << XQ_WARNING_NEW },
  { N_ ("Confirmed"), N_ ("Confirmed warnings without a case stand here."), 1u << XQ_WARNING_CONFIRMED },
  { N_ ("In care or referred"), N_ ("Those who are looked after stand here."),
    1u << XQ_WARNING_IN_CARE | 1u << XQ_WARNING_REFERRED },
};

struct _XqWarningsPage
{
  XqPage parent_instance;

  GtkWidget *stack;
  GtkWidget *level;
  GtkWidget *cards[G_N_ELEMENTS (columns)];
  GtkWidget *counts[G_N_ELEMENTS (columns)];
};

G_DEFINE_FINAL_TYPE (XqWarningsPage, xq_warnings_page, XQ_TYPE_PAGE)

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
on_card_clicked_cb (GtkButton *card, XqWarningsPage *self)
{
  gint64 id = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (card), "warning"));

  xq_window_open (xq_page_window (XQ_PAGE (self)), "warning", id);
}

/* The heaviest reason, and how many more there are. */
static char *
reason_text (XqDesk *desk, gint64 warning_id)
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
  text = xq_warning_reason_text (xq_desk_care (desk), heaviest);
  if (reasons->len == 1)
    return g_steal_pointer (&text);
  return g_strdup_printf (ngettext ("%s, and %d more reason", "%s, and %d more reasons", reasons->len - 1), text,
                          (int) reasons->len - 1);
}

static GtkWidget *
foot_new (const XqWarning *warning)
{
  GtkWidget *clock;

  if (warning->state != XQ_WARNING_NEW)
    return label_new (_ (xq_warning_states[warning->state].label), "dim-label");
  clock = xq_clock_label_new ();
  xq_clock_label_set (XQ_CLOCK_LABEL (clock), warning->raised_at, warning->due_at);
  gtk_widget_set_halign (clock, GTK_ALIGN_START);
  return clock;
}

static GtkWidget *
card_new (XqWarningsPage *self, XqDesk *desk, XqUnitTree *tree, const XqWarningRow *row)
{
  XqSession *session = xq_page_session (XQ_PAGE (self));
  GtkWidget *card = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = xq_person_line_new (session);
  g_autofree char *reason = reason_text (desk, row->warning->id);
  g_autofree char *name = xq_session_name (session, row->name);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", name, reason);

  xq_person_line_set (XQ_PERSON_LINE (line), row->name, xq_unit_tree_display (tree, row->unit_id),
                      (int) row->warning->level, NULL);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), label_new (reason, "caption"));
  gtk_box_append (GTK_BOX (box), foot_new (row->warning));
  gtk_button_set_child (GTK_BUTTON (card), box);
  gtk_widget_add_css_class (card, "board-card");
  g_object_set_data (G_OBJECT (card), "warning", GSIZE_TO_POINTER (row->warning->id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect (card, "clicked", G_CALLBACK (on_card_clicked_cb), self);
  return card;
}

static guint
fill_column (XqWarningsPage *self, gsize column, XqDesk *desk, XqUnitTree *tree, GError **error)
{
  XqWarningFilter filter = { .states = columns[column].states,
                             .level = (int) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->level)) };
  g_autoptr (GPtrArray) rows = xq_warning_list (xq_desk_database (desk), &filter, error);
  g_autofree char *count = g_strdup_printf ("%u", rows != NULL ? rows->len : 0);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->cards[column])) != NULL)
    gtk_box_remove (GTK_BOX (self->cards[column]), child);
  gtk_label_set_text (GTK_LABEL (self->counts[column]), count);
  for (guint i = 0; rows != NULL && i < rows->len && i < MOST_CARDS; i++)
    gtk_box_append (GTK_BOX (self->cards[column]), card_new (self, desk, tree, g_ptr_array_index (rows, i)));
  if (rows != NULL && rows->len > MOST_CARDS)
    {
      g_autofree char *more
          = g_strdup_printf (_ ("and %u more: choose a level above"), rows->len - MOST_CARDS);

      gtk_box_append (GTK_BOX (self->cards[column]), label_new (more, "dim-label"));
    }
  if (rows != NULL && rows->len == 0)
    gtk_box_append (GTK_BOX (self->cards[column]), label_new (_ (columns[column].empty), "dim-label"));
  return rows != NULL ? rows->len : 0;
}

static void
xq_warnings_page_load (XqPage *page)
{
  XqWarningsPage *self = XQ_WARNINGS_PAGE (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDesk) desk = xq_desk_new (xq_page_database (page), &error);
  g_autoptr (XqUnitTree) tree = desk != NULL ? xq_unit_tree_load (xq_desk_database (desk), &error) : NULL;
  guint shown = 0;

  for (gsize column = 0; tree != NULL && error == NULL && column < G_N_ELEMENTS (columns); column++)
    shown += fill_column (self, column, desk, tree, &error);
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
xq_warnings_page_class_init (XqWarningsPageClass *class)
{
  XqPageClass *page_class = XQ_PAGE_CLASS (class);

  page_class->changes = XQ_CHANGED_CARE | XQ_CHANGED_PEOPLE | XQ_CHANGED_ASSESS | XQ_CHANGED_REFERRAL;
  page_class->load = xq_warnings_page_load;
  page_class->create = xq_warnings_page_create;
  page_class->search = xq_warnings_page_search;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "warnings.new", NULL, on_new_action);
}

static GtkWidget *
column_new (XqWarningsPage *self, gsize column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->counts[column] = label_new ("", "dim-label");
  self->cards[column] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_box_append (GTK_BOX (head), label_new (_ (columns[column].title), "heading"));
  gtk_box_append (GTK_BOX (head), self->counts[column]);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), self->cards[column]);
  gtk_widget_add_css_class (box, "board-column");
  gtk_widget_set_size_request (box, 256, -1);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (columns[column].title), -1);
  return box;
}

static GtkWidget *
board_new (XqWarningsPage *self)
{
  GtkWidget *board = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_box_set_homogeneous (GTK_BOX (board), TRUE);
  for (gsize column = 0; column < G_N_ELEMENTS (columns); column++)
    gtk_box_append (GTK_BOX (board), column_new (self, column));
  gtk_widget_set_valign (board, GTK_ALIGN_START);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), board);
  return scroller;
}

static void
xq_warnings_page_init (XqWarningsPage *self)
{
  const char *levels[] = { _ ("Every level"), _ ("Level 1"), _ ("Level 2"), _ ("Level 3"), NULL };
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *heading = xq_heading_new (_ ("Warnings"), _ ("A screening result is not a diagnosis: an interview decides"));

  self->level = gtk_drop_down_new_from_strings (levels);
  gtk_widget_set_valign (self->level, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->level), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Level"), -1);
  g_signal_connect_swapped (self->level, "notify::selected", G_CALLBACK (xq_page_reload), self);
  gtk_box_append (GTK_BOX (heading), self->level);
  xq_heading_add_button (heading, _ ("Report a concern"), "warnings.new", TRUE);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), board_new (self), "board");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       xq_empty_state_new ("dialog-warning-symbolic", _ ("No open warnings"),
                                           _ ("Import answers of a screening, or write down what a teacher, a classmate"
                                              " or a guardian has seen."),
                                           _ ("Report a concern"), "warnings.new"),
                       "empty");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (content), heading);
  gtk_box_append (GTK_BOX (content), self->stack);
  gtk_widget_set_margin_top (content, 18);
  gtk_widget_set_margin_bottom (content, 12);
  gtk_widget_set_margin_start (content, 24);
  gtk_widget_set_margin_end (content, 24);
  xq_page_set_child (XQ_PAGE (self), content);
}
