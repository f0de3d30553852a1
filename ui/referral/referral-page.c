#include "config.h"

#include "ui/referral/referral-page.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "people/person-list.h"
#include "report/desk.h"
#include "report/letter-page.h"
#include "report/papers.h"
#include "ui/referral/advance.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/hand-out-dialog.h"
#include "ui/widgets/paper-out.h"
#include "ui/widgets/person-head.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"

struct _XqReferralPage
{
  XqPage parent_instance;

  XqReferral *referral;
  GtkWidget *head;
  GtkWidget *next;
  GtkWidget *facts;
  GtkWidget *steps;
  GtkWidget *left_out;
  GtkWidget *cautions;
  GtkWidget *paper;
};

G_DEFINE_FINAL_TYPE (XqReferralPage, xq_referral_page, XQ_TYPE_PAGE)

static char *
time_text (gint64 at)
{
  g_autofree char *iso = xq_clock_date (at);
  g_autofree char *day = xq_date_display (iso);
  g_autoptr (GDateTime) local = xq_clock_local (at);
  g_autofree char *time = g_date_time_format (local, "%H:%M");

  return g_strdup_printf ("%s %s", day, time);
}

static void
on_step_clicked_cb (GtkButton *button, XqReferralPage *self)
{
  XqReferralState state = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "state"));

  if (self->referral != NULL)
    xq_advance_present (GTK_WIDGET (self), xq_page_session (XQ_PAGE (self)), self->referral, state);
}

static void
show_next (XqReferralPage *self, XqDesk *desk)
{
  g_autoptr (GArray) states = xq_referral_next_states (xq_desk_channel (desk), self->referral, NULL);

  while (gtk_widget_get_first_child (self->next) != NULL)
    adw_wrap_box_remove (ADW_WRAP_BOX (self->next), gtk_widget_get_first_child (self->next));
  for (guint i = 0; states != NULL && i < states->len; i++)
    {
      int state = g_array_index (states, int, i);
      GtkWidget *button = gtk_button_new_with_label (xq_advance_verb (state));

      gtk_widget_add_css_class (button, "pill");
      if (i == 0)
        gtk_widget_add_css_class (button, "suggested-action");
      g_object_set_data (G_OBJECT (button), "state", GINT_TO_POINTER (state));
      g_signal_connect (button, "clicked", G_CALLBACK (on_step_clicked_cb), self);
      adw_wrap_box_append (ADW_WRAP_BOX (self->next), button);
    }
}

static GtkWidget *
fact_new (const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *safe = g_markup_escape_text (text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  return row;
}

static void
show_facts (XqReferralPage *self)
{
  const XqReferral *referral = self->referral;
  XqSession *session = xq_page_session (XQ_PAGE (self));
  g_autofree char *reason = xq_session_words (session, referral->reason);
  g_autofree char *result = xq_session_words (session, referral->result);
  g_autoptr (XqInstitution) institution
      = xq_institution_load (xq_page_database (XQ_PAGE (self)), referral->institution_id, NULL);

  gtk_list_box_remove_all (GTK_LIST_BOX (self->facts));
  if (institution != NULL)
    {
      g_autofree char *where = g_strjoin (" · ", institution->name, institution->department, NULL);

      gtk_list_box_append (GTK_LIST_BOX (self->facts), fact_new (_ ("Institution"), where));
      if (institution->hotline != NULL && *institution->hotline != '\0')
        gtk_list_box_append (GTK_LIST_BOX (self->facts), fact_new (_ ("Green channel number"), institution->hotline));
    }
  gtk_list_box_append (GTK_LIST_BOX (self->facts), fact_new (_ ("Lane"), _ (xq_referral_lanes[referral->lane].label)));
  gtk_list_box_append (GTK_LIST_BOX (self->facts), fact_new (_ ("Reason for the referral"), reason));
  gtk_list_box_append (GTK_LIST_BOX (self->facts), fact_new (_ ("Slip code"), referral->slip_code));
  if (*result != '\0')
    gtk_list_box_append (GTK_LIST_BOX (self->facts), fact_new (_ ("Result"), result));
}

static void
show_steps (XqReferralPage *self)
{
  g_autoptr (GPtrArray) steps = xq_referral_steps (xq_page_database (XQ_PAGE (self)), self->referral->id, NULL);

  gtk_list_box_remove_all (GTK_LIST_BOX (self->steps));
  for (guint i = steps != NULL ? steps->len : 0; i > 0; i--)
    {
      const XqReferralStep *step = g_ptr_array_index (steps, i - 1);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *when = time_text (step->at);
      g_autofree char *note = xq_session_words (xq_page_session (XQ_PAGE (self)), step->note);
      g_autofree char *text = *note != '\0' ? g_strdup_printf ("%s\n%s", when, note) : g_strdup (when);
      g_autofree char *safe = g_markup_escape_text (text, -1);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (xq_referral_states[step->state].label));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe);
      gtk_list_box_append (GTK_LIST_BOX (self->steps), row);
    }
}

/* Why the letter is as short as it is. */
static char *
left_out_text (const XqLetter *letter)
{
  g_autofree char *sections = g_strjoinv (_ (", "), letter->left_out);

  if (letter->sections->len == 0)
    return g_strdup (_ ("Nothing is released yet: until there is consent, the letter says nothing about the person."));
  return *sections != '\0' ? g_strdup_printf (_ ("Left out, because it was not released: %s"), sections) : g_strdup ("");
}

static void
show_letter (XqReferralPage *self, XqDesk *desk)
{
  g_autofree char *left_out = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqLetter) letter = xq_desk_letter (desk, self->referral->id, &error);
  g_autofree char *cautions = NULL;
  gboolean masked = xq_session_masked (xq_page_session (XQ_PAGE (self)));

  if (letter == NULL)
    {
      xq_page_set_error (XQ_PAGE (self), error);
      return;
    }
  cautions = masked ? g_strdup (_ ("Names are masked: the letter is not shown.")) : g_strjoinv ("\n", letter->cautions);
  left_out = masked ? g_strdup ("") : left_out_text (letter);
  gtk_label_set_text (GTK_LABEL (self->left_out), left_out);
  gtk_widget_set_visible (self->left_out, *left_out != '\0');
  gtk_label_set_text (GTK_LABEL (self->cautions), cautions);
  gtk_widget_set_visible (self->cautions, *cautions != '\0');
  xq_paper_view_set_document (XQ_PAPER_VIEW (self->paper), masked ? NULL : xq_letter_to_pages (letter));
}

static void
show_head (XqReferralPage *self, const XqPersonRow *person)
{
  XqReferralClock clock;

  xq_referral_clock (self->referral, xq_clock_now (), &clock);
  xq_person_head_set (self->head, person, _ (xq_referral_states[self->referral->state].label), clock.began, clock.due);
}

static void
xq_referral_page_load (XqPage *page)
{
  XqReferralPage *self = XQ_REFERRAL_PAGE (page);
  XqDatabase *database = xq_page_database (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDesk) desk = xq_desk_new (database, &error);
  g_autoptr (XqPersonRow) person = NULL;

  g_clear_pointer (&self->referral, xq_referral_free);
  if (desk != NULL)
    self->referral = xq_referral_load (database, xq_page_record_id (page), &error);
  if (self->referral != NULL)
    person = xq_person_row_load (database, self->referral->person_id, &error);
  xq_page_set_error (page, error);
  if (person == NULL)
    return;
  show_head (self, person);
  show_next (self, desk);
  show_facts (self);
  show_steps (self);
  show_letter (self, desk);
}

/* -- the letter leaves: after a question, for it says who somebody is */

/* What waits while a file is chosen for it; the page has it, so that it does not outlive a lock. */
typedef struct
{
  XqDisclosure *entry;
  XqSecret *passphrase;
} Leaving;

static void
leaving_free (gpointer data)
{
  Leaving *leaving = data;

  xq_disclosure_free (leaving->entry);
  xq_secret_free (leaving->passphrase);
  g_free (leaving);
}

static void
on_save_chosen_cb (GtkWidget *widget, GFile *file, gpointer user_data)
{
  XqPage *page = XQ_PAGE (widget);
  Leaving *leaving = g_object_steal_data (G_OBJECT (widget), "leaving");
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDesk) desk = NULL;

  if (file != NULL && leaving != NULL && xq_page_database (page) != NULL)
    {
      desk = xq_desk_new (xq_page_database (page), &error);
      if (desk == NULL
          || !xq_papers_save_letter (desk, xq_page_record_id (page), leaving->entry, g_file_peek_path (file),
                                     leaving->passphrase, &error))
        xq_error_dialog (widget, _ ("The letter was not saved"), error);
      else
        xq_window_toast (xq_page_window (page), _ ("Letter saved"), NULL, NULL, NULL);
      xq_session_changed (xq_page_session (page), XQ_CHANGED_AUDIT);
    }
  if (leaving != NULL)
    leaving_free (leaving);
}

static void
on_save_ready_cb (GtkWidget *widget, XqDisclosure *entry, XqSecret *passphrase, gpointer user_data)
{
  static const XqFileKind kinds[] = { { N_ ("PDF documents"), "*.pdf" }, { NULL, NULL } };
  static const XqFileKind zips[] = { { N_ ("Encrypted zip files"), "*.zip" }, { NULL, NULL } };
  XqReferralPage *self = XQ_REFERRAL_PAGE (widget);
  Leaving *leaving = g_new0 (Leaving, 1);
  g_autofree char *name = NULL;

  leaving->entry = entry;
  leaving->passphrase = passphrase;
  g_object_set_data_full (G_OBJECT (widget), "leaving", leaving, leaving_free);
  /* No name in the file's name: it lies in folders that others see. */
  name = g_strdup_printf ("%s-%s.%s", _ ("Referral letter"), self->referral->slip_code, passphrase != NULL ? "zip" : "pdf");
  xq_file_save_dialog (widget, _ ("Save the letter"), name, passphrase != NULL ? zips : kinds, on_save_chosen_cb, NULL);
}

static void
on_print_ready_cb (GtkWidget *widget, XqDisclosure *entry, XqSecret *passphrase, gpointer user_data)
{
  XqReferralPage *self = XQ_REFERRAL_PAGE (widget);

  xq_paper_out_print (XQ_PAPER_VIEW (self->paper), widget, xq_page_session (XQ_PAGE (self)), entry,
                      &self->referral->person_id, 1);
}

static void
ask_before (XqReferralPage *self, XqDisclosureKind kind, XqHandOutReady ready)
{
  XqSession *session = xq_page_session (XQ_PAGE (self));
  g_autoptr (GError) error = NULL;
  gboolean may = self->referral != NULL && xq_window_names_shown (xq_page_window (XQ_PAGE (self)));
  XqDesk *desk = may ? xq_session_desk (session, &error) : NULL;
  XqDisclosure *entry = desk != NULL ? xq_papers_letter_entry (desk, self->referral->id, kind, &error) : NULL;

  if (entry != NULL)
    xq_hand_out_dialog_present (GTK_WIDGET (self), session, entry, ready, NULL);
  else if (error != NULL)
    xq_error_dialog (GTK_WIDGET (self), _ ("The letter cannot be put together"), error);
}

static void
print_letter (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask_before (XQ_REFERRAL_PAGE (widget), XQ_DISCLOSURE_PRINT, on_print_ready_cb);
}

static void
save_letter (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask_before (XQ_REFERRAL_PAGE (widget), XQ_DISCLOSURE_EXPORT, on_save_ready_cb);
}

static void
open_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqReferralPage *self = XQ_REFERRAL_PAGE (widget);

  if (self->referral != NULL)
    xq_window_open (xq_page_window (XQ_PAGE (self)), "person", self->referral->person_id);
}

static void
xq_referral_page_dispose (GObject *object)
{
  XqReferralPage *self = XQ_REFERRAL_PAGE (object);

  g_clear_pointer (&self->referral, xq_referral_free);
  G_OBJECT_CLASS (xq_referral_page_parent_class)->dispose (object);
}

static GtkWidget *
head_new (XqReferralPage *self)
{
  GtkWidget *file = gtk_button_new_with_label (_ ("Open the file"));

  self->head = xq_person_head_new (xq_page_session (XQ_PAGE (self)));
  gtk_widget_set_valign (file, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (file), "referral.person");
  gtk_box_append (GTK_BOX (self->head), file);
  return self->head;
}

static GtkWidget *
course_new (XqReferralPage *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  self->facts = xq_boxed_list_new (_ ("About this referral"));
  self->steps = xq_boxed_list_new (_ ("Steps so far"));
  gtk_box_append (GTK_BOX (content), xq_titled_new (_ ("About this referral"), self->facts));
  gtk_box_append (GTK_BOX (content), xq_titled_new (_ ("Steps so far"), self->steps));
  return content;
}

static GtkWidget *
remark_new (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
letter_new (XqReferralPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *tools = adw_wrap_box_new ();
  GtkWidget *print = gtk_button_new_with_label (_ ("Print…"));
  GtkWidget *save = gtk_button_new_with_label (_ ("Save as PDF…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (print), "referral.print");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "referral.save");
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (tools), 9);
  adw_wrap_box_set_align (ADW_WRAP_BOX (tools), 0.5);
  adw_wrap_box_append (ADW_WRAP_BOX (tools), print);
  adw_wrap_box_append (ADW_WRAP_BOX (tools), save);
  self->left_out = remark_new ("dimmed");
  self->cautions = remark_new ("warning");
  self->paper = xq_paper_view_new ();
  gtk_box_append (GTK_BOX (box), tools);
  gtk_box_append (GTK_BOX (box), self->left_out);
  gtk_box_append (GTK_BOX (box), self->cautions);
  gtk_box_append (GTK_BOX (box), self->paper);
  return box;
}

/* All of it scrolls: the head would take half of a small window from the letter. */
static void
xq_referral_page_constructed (GObject *object)
{
  XqReferralPage *self = XQ_REFERRAL_PAGE (object);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *stack = adw_view_stack_new ();
  GtkWidget *switcher = adw_inline_view_switcher_new ();

  G_OBJECT_CLASS (xq_referral_page_parent_class)->constructed (object);
  self->next = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->next), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->next), 9);
  adw_view_stack_set_vhomogeneous (ADW_VIEW_STACK (stack), FALSE);
  adw_view_stack_add_titled (ADW_VIEW_STACK (stack), course_new (self), "course", _ ("Course"));
  adw_view_stack_add_titled (ADW_VIEW_STACK (stack), letter_new (self), "letter", _ ("Letter"));
  adw_inline_view_switcher_set_stack (ADW_INLINE_VIEW_SWITCHER (switcher), ADW_VIEW_STACK (stack));
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (content), head_new (self));
  gtk_box_append (GTK_BOX (content), self->next);
  gtk_box_append (GTK_BOX (content), switcher);
  gtk_box_append (GTK_BOX (content), stack);
  xq_page_set_title (XQ_PAGE (self), _ ("Referral"));
  xq_page_set_child (XQ_PAGE (self), xq_page_clamp_new (content, 0));
}

static void
xq_referral_page_class_init (XqReferralPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  XqPageClass *page_class = XQ_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = xq_referral_page_constructed;
  G_OBJECT_CLASS (class)->dispose = xq_referral_page_dispose;
  page_class->changes = XQ_CHANGED_REFERRAL | XQ_CHANGED_PEOPLE | XQ_CHANGED_CARE | XQ_CHANGED_ASSESS;
  page_class->load = xq_referral_page_load;
  gtk_widget_class_install_action (widget_class, "referral.print", NULL, print_letter);
  gtk_widget_class_install_action (widget_class, "referral.save", NULL, save_letter);
  gtk_widget_class_install_action (widget_class, "referral.person", NULL, open_person);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "referral.print", NULL);
}

static void
xq_referral_page_init (XqReferralPage *self)
{
}
