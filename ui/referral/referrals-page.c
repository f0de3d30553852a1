#include "config.h"

#include "ui/referral/referrals-page.h"

#include <glib/gi18n-lib.h>

#include "people/unit.h"
#include "referral/referral.h"
#include "ui/referral/new-referral.h"
#include "ui/widgets/board.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

/* A referral that was closed longer ago is found in its person's file. */
#define MOST_CARDS 500

/* The stages, from left to right; each state stands in one. */
static const XqBoardColumn stages[] = {
  { N_ ("Waiting for consent"), NULL }, { N_ ("To be sent"), NULL }, { N_ ("Sent"), NULL },
  { N_ ("Accepted"), NULL },            { N_ ("Attended"), NULL },   { N_ ("Result in"), NULL },
};
static const guint states[] = {
  1u << XQ_REFERRAL_DRAFT | 1u << XQ_REFERRAL_CONSENT_ASKED | 1u << XQ_REFERRAL_REFUSED,
  1u << XQ_REFERRAL_CONSENTED | 1u << XQ_REFERRAL_DECLINED,
  1u << XQ_REFERRAL_SENT,
  1u << XQ_REFERRAL_ACCEPTED | 1u << XQ_REFERRAL_MISSED,
  1u << XQ_REFERRAL_ATTENDED,
  1u << XQ_REFERRAL_RESULT_IN,
};

struct _XqReferralsPage
{
  XqPage parent_instance;

  GtkWidget *stack;
  GtkWidget *board;
  GtkWidget *slip;
};

G_DEFINE_FINAL_TYPE (XqReferralsPage, xq_referrals_page, XQ_TYPE_PAGE)

/* Within a column the state is plain, but for those that share it. */
static gboolean
says_state (XqReferralState state)
{
  return state != XQ_REFERRAL_SENT && state != XQ_REFERRAL_ATTENDED && state != XQ_REFERRAL_RESULT_IN;
}

static void
add_card (XqReferralsPage *self, guint stage, XqUnitTree *tree, const XqReferralRow *row)
{
  const XqReferral *referral = row->referral;
  XqReferralClock clock;

  xq_referral_clock (referral, 0, &clock);
  xq_board_add (XQ_BOARD (self->board), stage,
                &(XqBoardCard){
                  .id = referral->id,
                  .name = row->name,
                  .unit = xq_unit_tree_display (tree, row->unit_id),
                  .level = (int) row->level,
                  .text = row->institution,
                  .state = says_state (referral->state) ? _ (xq_referral_states[referral->state].label) : NULL,
                  .pill = _ (xq_referral_lanes[referral->lane].label),
                  .pill_style = xq_referral_lanes[referral->lane].id,
                  .clock_from = clock.began,
                  .clock_due = clock.due,
                });
}

static void
show_cards (XqReferralsPage *self, XqUnitTree *tree, GPtrArray *rows)
{
  xq_board_begin (XQ_BOARD (self->board));
  for (guint i = 0; i < rows->len; i++)
    {
      const XqReferralRow *row = g_ptr_array_index (rows, i);

      for (guint stage = 0; stage < G_N_ELEMENTS (stages); stage++)
        if (states[stage] & 1u << row->referral->state)
          add_card (self, stage, tree, row);
    }
  xq_board_end (XQ_BOARD (self->board));
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

  for (gsize stage = 0; stage < G_N_ELEMENTS (states); stage++)
    filter.states |= states[stage];
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
on_opened_cb (XqReferralsPage *self, gint64 id)
{
  xq_window_open (xq_page_window (XQ_PAGE (self)), "referral", id);
}

static void
xq_referrals_page_constructed (GObject *object)
{
  XqReferralsPage *self = XQ_REFERRALS_PAGE (object);
  GtkWidget *heading = xq_heading_new (_ ("Green channel"), _ ("Every referral by where it stands, the next deadline on top"));

  G_OBJECT_CLASS (xq_referrals_page_parent_class)->constructed (object);
  self->slip = gtk_search_entry_new ();
  g_object_set (self->slip, "placeholder-text", _ ("Code of a reply slip"), NULL);
  gtk_widget_set_valign (self->slip, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->slip), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Code of a reply slip"), -1);
  g_signal_connect_swapped (self->slip, "activate", G_CALLBACK (on_slip_activated_cb), self);
  gtk_box_append (GTK_BOX (heading), self->slip);
  xq_heading_add_button (heading, _ ("New referral"), "referrals.new", TRUE);
  self->board = xq_board_new (xq_page_session (XQ_PAGE (self)), stages, G_N_ELEMENTS (stages));
  g_signal_connect_swapped (self->board, "opened", G_CALLBACK (on_opened_cb), self);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), self->board, "board");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       xq_empty_state_new ("send-to-symbolic", _ ("Nobody is on the way to hospital"),
                                           _ ("A referral goes from here to an institution and back, with its consent,"
                                              " its letter and its deadlines."),
                                           _ ("New referral"), "referrals.new"),
                       "empty");
  xq_page_set_child (XQ_PAGE (self), xq_page_full_new (heading, self->stack));
}

static void
xq_referrals_page_class_init (XqReferralsPageClass *class)
{
  XqPageClass *page_class = XQ_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = xq_referrals_page_constructed;
  page_class->changes = XQ_CHANGED_REFERRAL | XQ_CHANGED_PEOPLE | XQ_CHANGED_CARE;
  page_class->load = xq_referrals_page_load;
  page_class->create = xq_referrals_page_create;
  page_class->search = xq_referrals_page_search;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "referrals.new", NULL, new_referral);
}

static void
xq_referrals_page_init (XqReferralsPage *self)
{
}
