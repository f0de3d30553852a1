#include "config.h"

#include "ui/referral/referrals-page.h"

#include <glib/gi18n-lib.h>

#include "people/unit.h"
#include "referral/referral.h"
#include "ui/referral/new-referral.h"
#include "ui/widgets/clock-label.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/level-chip.h"
#include "ui/widgets/person-line.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

/* A referral that was closed longer ago is found in its person's file. */
#define MOST_CARDS 500

/* The stages, from left to right; each state stands in one. */
static const struct
{
  const char *title;
  guint states;
} stages[] = {
  { N_ ("Waiting for consent"),
    1u << XQ_REFERRAL_DRAFT | 1u << XQ_REFERRAL_CONSENT_ASKED | 1u << XQ_REFERRAL_REFUSED },
  { N_ ("To be sent"), 1u << XQ_REFERRAL_CONSENTED | 1u << XQ_REFERRAL_DECLINED },
  { N_ ("Sent"), 1u << XQ_REFERRAL_SENT },
  { N_ ("Accepted"), 1u << XQ_REFERRAL_ACCEPTED | 1u << XQ_REFERRAL_MISSED },
  { N_ ("Attended"), 1u << XQ_REFERRAL_ATTENDED },
  { N_ ("Result in"), 1u << XQ_REFERRAL_RESULT_IN },
};

struct _XqReferralsPage
{
  XqPage parent_instance;

  GtkWidget *stack;
  GtkWidget *columns[G_N_ELEMENTS (stages)];
  GtkWidget *counts[G_N_ELEMENTS (stages)];
  GtkWidget *slip;
};

G_DEFINE_FINAL_TYPE (XqReferralsPage, xq_referrals_page, XQ_TYPE_PAGE)

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Within a column the state is plain, but for those that share it. */
static gboolean
says_state (XqReferralState state)
{
  return state != XQ_REFERRAL_SENT && state != XQ_REFERRAL_ATTENDED && state != XQ_REFERRAL_RESULT_IN;
}

static GtkWidget *
card_foot_new (const XqReferral *referral, int level)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *pills = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *clock = xq_clock_label_new ();
  GtkWidget *lane = gtk_label_new (_ (xq_referral_lanes[referral->lane].label));
  XqReferralClock running;

  xq_referral_clock (referral, 0, &running);
  xq_clock_label_set (XQ_CLOCK_LABEL (clock), running.began, running.due);
  gtk_widget_set_halign (clock, GTK_ALIGN_START);
  gtk_widget_add_css_class (lane, "pill-label");
  gtk_widget_add_css_class (lane, xq_referral_lanes[referral->lane].id);
  gtk_box_append (GTK_BOX (pills), xq_level_chip_new (level));
  gtk_box_append (GTK_BOX (pills), lane);
  gtk_box_append (GTK_BOX (box), clock);
  gtk_box_append (GTK_BOX (box), pills);
  return box;
}

static void
on_card_clicked_cb (GtkButton *card, XqReferralsPage *self)
{
  gint64 id = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (card), "referral"));

  xq_window_open (xq_page_window (XQ_PAGE (self)), "referral", id);
}

static GtkWidget *
card_new (XqReferralsPage *self, XqUnitTree *tree, const XqReferralRow *row)
{
  const XqReferral *referral = row->referral;
  XqSession *session = xq_page_session (XQ_PAGE (self));
  GtkWidget *card = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = xq_person_line_new (session);
  g_autofree char *name = xq_session_name (session, row->name);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", name, row->institution,
                                             _ (xq_referral_states[referral->state].label));

  xq_person_line_set (XQ_PERSON_LINE (line), row->name, xq_unit_tree_display (tree, row->unit_id), 0, NULL);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), label_new (row->institution, "caption"));
  if (says_state (referral->state))
    gtk_box_append (GTK_BOX (box), label_new (_ (xq_referral_states[referral->state].label), "dim-label"));
  gtk_box_append (GTK_BOX (box), card_foot_new (referral, (int) row->level));
  gtk_button_set_child (GTK_BUTTON (card), box);
  gtk_widget_add_css_class (card, "board-card");
  g_object_set_data (G_OBJECT (card), "referral", GSIZE_TO_POINTER (referral->id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect (card, "clicked", G_CALLBACK (on_card_clicked_cb), self);
  return card;
}

static void
clear_column (GtkWidget *column)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (column)) != NULL)
    gtk_box_remove (GTK_BOX (column), child);
}

static void
show_cards (XqReferralsPage *self, XqUnitTree *tree, GPtrArray *rows)
{
  int counts[G_N_ELEMENTS (stages)] = { 0 };

  for (gsize stage = 0; stage < G_N_ELEMENTS (stages); stage++)
    clear_column (self->columns[stage]);
  for (guint i = 0; i < rows->len; i++)
    {
      const XqReferralRow *row = g_ptr_array_index (rows, i);

      for (gsize stage = 0; stage < G_N_ELEMENTS (stages); stage++)
        if (stages[stage].states & 1u << row->referral->state)
          {
            gtk_box_append (GTK_BOX (self->columns[stage]), card_new (self, tree, row));
            counts[stage]++;
          }
    }
  for (gsize stage = 0; stage < G_N_ELEMENTS (stages); stage++)
    {
      g_autofree char *text = g_strdup_printf ("%d", counts[stage]);

      gtk_label_set_text (GTK_LABEL (self->counts[stage]), text);
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), rows->len > 0 ? "board" : "empty");
}

static void
xq_referrals_page_load (XqPage *page)
{
  XqReferralsPage *self = XQ_REFERRALS_PAGE (page);
  XqDatabase *database = xq_page_database (page);
  XqReferralFilter filter = { .limit = MOST_CARDS };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqUnitTree) tree = xq_unit_tree_load (database, &error);
  g_autoptr (GPtrArray) rows = NULL;

  for (gsize stage = 0; stage < G_N_ELEMENTS (stages); stage++)
    filter.states |= stages[stage].states;
  if (tree != NULL)
    rows = xq_referral_list (database, &filter, &error);
  xq_page_set_error (page, error);
  if (rows != NULL)
    show_cards (self, tree, rows);
}

static void
new_referral (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_new_referral_present (widget, xq_page_session (XQ_PAGE (widget)), 0, 0);
}

static void
xq_referrals_page_create (XqPage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "referrals.new", NULL);
}

/* The code that stands on the slip that came back. */
static void
on_slip_activated_cb (XqReferralsPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) referral = xq_referral_find_slip (
      xq_page_database (XQ_PAGE (self)), gtk_editable_get_text (GTK_EDITABLE (self->slip)), &error);

  if (referral == NULL)
    {
      xq_error_dialog (GTK_WIDGET (self), _ ("No referral for this slip"), error);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->slip), "");
  xq_window_open (xq_page_window (XQ_PAGE (self)), "referral", referral->id);
}

static void
xq_referrals_page_search (XqPage *page)
{
  gtk_widget_grab_focus (XQ_REFERRALS_PAGE (page)->slip);
}

static void
xq_referrals_page_class_init (XqReferralsPageClass *class)
{
  XqPageClass *page_class = XQ_PAGE_CLASS (class);

  page_class->changes = XQ_CHANGED_REFERRAL | XQ_CHANGED_PEOPLE | XQ_CHANGED_CARE;
  page_class->load = xq_referrals_page_load;
  page_class->create = xq_referrals_page_create;
  page_class->search = xq_referrals_page_search;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "referrals.new", NULL, new_referral);
}

static GtkWidget *
column_new (XqReferralsPage *self, gsize stage)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = label_new (_ (stages[stage].title), "heading");

  self->counts[stage] = label_new ("", "dim-label");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), self->counts[stage]);
  self->columns[stage] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_box_append (GTK_BOX (column), head);
  gtk_box_append (GTK_BOX (column), self->columns[stage]);
  gtk_widget_add_css_class (column, "board-column");
  gtk_widget_set_size_request (column, 236, -1);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (column), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (stages[stage].title), -1);
  return column;
}

static GtkWidget *
board_new (XqReferralsPage *self)
{
  GtkWidget *board = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_box_set_homogeneous (GTK_BOX (board), TRUE);
  for (gsize stage = 0; stage < G_N_ELEMENTS (stages); stage++)
    gtk_box_append (GTK_BOX (board), column_new (self, stage));
  gtk_widget_set_valign (board, GTK_ALIGN_START);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), board);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
xq_referrals_page_init (XqReferralsPage *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *heading = xq_heading_new (_ ("Green channel"), _ ("Every referral by where it stands, the next deadline on top"));

  self->slip = gtk_search_entry_new ();
  g_object_set (self->slip, "placeholder-text", _ ("Code of a reply slip"), NULL);
  gtk_widget_set_valign (self->slip, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->slip), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Code of a reply slip"), -1);
  g_signal_connect_swapped (self->slip, "activate", G_CALLBACK (on_slip_activated_cb), self);
  gtk_box_append (GTK_BOX (heading), self->slip);
  xq_heading_add_button (heading, _ ("New referral"), "referrals.new", TRUE);

  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), board_new (self), "board");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       xq_empty_state_new ("send-to-symbolic", _ ("Nobody is on the way to hospital"),
                                           _ ("A referral goes from here to an institution and back, with its consent,"
                                              " its letter and its deadlines."),
                                           _ ("New referral"), "referrals.new"),
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
