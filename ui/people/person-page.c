#include "config.h"

#include "ui/people/person-page.h"

#include <glib/gi18n-lib.h>

#include "assess/results.h"
#include "base/clock.h"
#include "base/date.h"
#include "care/follow-up.h"
#include "people/contact.h"
#include "people/consent.h"
#include "people/person-list.h"
#include "people/tag.h"
#include "report/desk.h"
#include "ui/assess/entry-dialog.h"
#include "ui/calendar/appointment-dialog.h"
#include "ui/care/note-dialog.h"
#include "ui/care/report-warning.h"
#include "ui/people/contacts-view.h"
#include "ui/people/person-form.h"
#include "ui/people/timeline-view.h"
#include "ui/people/trend-card.h"
#include "ui/referral/new-referral.h"
#include "ui/today/follow-up-dialogs.h"
#include "ui/widgets/level-chip.h"
#include "ui/widgets/person-line.h"
#include "ui/widgets/simple.h"
#include "ui/window.h"
#include "vault/audit.h"

struct _XqPersonPage
{
  XqPage parent_instance;

  gboolean noted; /* opening the file is in the audit */
  GtkWidget *avatar;
  GtkWidget *name;
  GtkWidget *chip;
  GtkWidget *facts;
  GtkWidget *tags;
  GtkWidget *trend;
  GtkWidget *remember;
  GtkWidget *timeline;
  GtkWidget *trends;
  GtkWidget *trends_stack;
  GtkWidget *contacts;
};

G_DEFINE_FINAL_TYPE (XqPersonPage, xq_person_page, XQ_TYPE_PAGE)

/* Opening somebody's file is a row of the audit. */
static gboolean
note_opening (XqPersonPage *self, GError **error)
{
  XqDatabase *database = xq_page_database (XQ_PAGE (self));
  g_autoptr (XqTransaction) transaction = NULL;

  if (self->noted)
    return TRUE;
  transaction = xq_transaction_begin (database, error);
  self->noted = transaction != NULL
                && xq_audit_append (database, "open", "person", xq_page_record_id (XQ_PAGE (self)), NULL, error)
                && xq_transaction_commit (g_steal_pointer (&transaction), error);
  return self->noted;
}

static void
add_fact (GString *facts, const char *text)
{
  if (text != NULL && *text != '\0')
    g_string_append_printf (facts, "%s%s", facts->len > 0 ? " · " : "", text);
}

static void
show_facts (XqPersonPage *self, const XqPersonRow *person)
{
  XqSession *session = xq_page_session (XQ_PAGE (self));
  g_autoptr (GString) facts = g_string_new (NULL);
  g_autofree char *today = xq_clock_today ();
  g_autofree char *code = xq_session_private (session, person->code);
  int age = xq_date_age (person->birth_date, today);
  g_autofree char *years = age >= 0 ? g_strdup_printf (ngettext ("%d year old", "%d years old", age), age) : NULL;
  g_autofree char *number = *code != '\0' ? g_strdup_printf ("%s %s", xq_session_word (session, XQ_WORD_CODE), code) : NULL;

  add_fact (facts, person->sex != XQ_SEX_UNKNOWN ? _ (xq_sexes[person->sex].label) : NULL);
  add_fact (facts, years);
  add_fact (facts, person->unit);
  add_fact (facts, number);
  if (person->state != XQ_PERSON_ACTIVE)
    add_fact (facts, _ (xq_person_states[person->state].label));
  gtk_label_set_text (GTK_LABEL (self->facts), facts->str);
}

static void
show_tags (XqPersonPage *self, const XqPersonRow *person)
{
  while (gtk_widget_get_first_child (self->tags) != NULL)
    adw_wrap_box_remove (ADW_WRAP_BOX (self->tags), gtk_widget_get_first_child (self->tags));
  for (char **tag = person->tags; tag != NULL && *tag != NULL; tag++)
    adw_wrap_box_append (ADW_WRAP_BOX (self->tags), xq_tag_pill_new (*tag));
  gtk_widget_set_visible (self->tags, person->tags != NULL && *person->tags != NULL);
}

static void
show_head (XqPersonPage *self, const XqPersonRow *person)
{
  XqSession *session = xq_page_session (XQ_PAGE (self));
  g_autofree char *name = xq_session_name (session, person->name);

  gtk_label_set_text (GTK_LABEL (self->name), name);
  adw_avatar_set_text (ADW_AVATAR (self->avatar), xq_session_masked (session) ? "" : person->name);
  xq_level_chip_set_level (XQ_LEVEL_CHIP (self->chip), person->level);
  show_facts (self, person);
  show_tags (self, person);
}

static GtkWidget *
remember (XqPersonPage *self, const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  gtk_widget_add_css_class (row, "property");
  gtk_list_box_append (GTK_LIST_BOX (self->remember), row);
  return row;
}

static void
remember_contact (XqPersonPage *self, XqDatabase *database)
{
  XqSession *session = xq_page_session (XQ_PAGE (self));
  g_autoptr (GPtrArray) contacts = xq_contact_list (database, xq_page_record_id (XQ_PAGE (self)), NULL);
  const XqContact *first = contacts != NULL && contacts->len > 0 ? g_ptr_array_index (contacts, 0) : NULL;
  g_autofree char *name = NULL, *phone = NULL, *text = NULL, *relation = NULL;

  if (first == NULL)
    {
      remember (self, _ ("Guardian"), _ ("nobody on file yet"));
      return;
    }
  name = xq_session_name (session, first->name);
  phone = xq_session_private (session, first->phone);
  relation = xq_field_display (xq_entity_field (&XQ_CONTACT, "relation"), first);
  text = g_strdup_printf ("%s  %s", name, phone);
  remember (self, relation, text);
}

static void
on_follow_up_done_cb (GtkButton *button, XqPersonPage *self)
{
  xq_follow_up_done_dialog (GTK_WIDGET (self), xq_page_session (XQ_PAGE (self)),
                            GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (button), "record")));
}

static void
remember_follow_up (XqPersonPage *self, XqDatabase *database)
{
  const XqFollowUpFilter filter = { .only_open = TRUE, .person_id = xq_page_record_id (XQ_PAGE (self)), .limit = 1 };
  g_autoptr (GPtrArray) rows = xq_follow_up_list (database, &filter, NULL);
  const XqFollowUp *next = rows != NULL && rows->len > 0
                               ? ((XqFollowUpRow *) g_ptr_array_index (rows, 0))->follow_up
                               : NULL;
  g_autofree char *text = NULL;
  GtkWidget *done;

  if (next == NULL)
    return;
  text = xq_date_display (next->due_on);
  done = gtk_button_new_with_label (_ ("Done…"));
  gtk_widget_set_valign (done, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (done), "record", GSIZE_TO_POINTER (next->id));
  g_signal_connect (done, "clicked", G_CALLBACK (on_follow_up_done_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (remember (self, _ ("Next follow-up"), text)), done);
}

static void
remember_referral (XqPersonPage *self, XqDatabase *database)
{
  const XqReferralFilter filter = { .person_id = xq_page_record_id (XQ_PAGE (self)), .limit = 1 };
  g_autoptr (GPtrArray) rows = xq_referral_list (database, &filter, NULL);
  const XqReferralRow *row = rows != NULL && rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  g_autofree char *text = NULL;

  if (row == NULL)
    return;
  text = g_strdup_printf ("%s · %s", row->institution, _ (xq_referral_states[row->referral->state].label));
  remember (self, _ ("Referral"), text);
}

static void
remember_consents (XqPersonPage *self, XqDatabase *database)
{
  g_autoptr (GPtrArray) consents = xq_consent_list (database, xq_page_record_id (XQ_PAGE (self)), NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *today = xq_clock_today ();

  for (guint i = 0; consents != NULL && i < consents->len; i++)
    {
      const XqConsent *consent = g_ptr_array_index (consents, i);

      if (xq_consent_holds (consent, today))
        add_fact (text, _ (xq_consent_kinds[consent->kind].label));
    }
  remember (self, _ ("Consent"), text->len > 0 ? text->str : _ ("none on file"));
}

static void
show_remember (XqPersonPage *self, XqDatabase *database)
{
  gtk_list_box_remove_all (GTK_LIST_BOX (self->remember));
  remember_contact (self, database);
  remember_follow_up (self, database);
  remember_referral (self, database);
  remember_consents (self, database);
}

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* The newest instrument's trend in the overview, all of them in their own tab. */
static gboolean
show_trends (XqPersonPage *self, XqDesk *desk, GError **error)
{
  gint64 person_id = xq_page_record_id (XQ_PAGE (self));
  g_auto (GStrv) ids = xq_results_instruments (xq_desk_database (desk), person_id, error);
  gboolean any = FALSE;

  if (ids == NULL)
    return FALSE;
  empty_box (self->trend);
  empty_box (self->trends);
  for (char **id = ids; *id != NULL; id++)
    {
      GtkWidget *card = xq_trend_card_new (desk, person_id, *id, NULL);

      if (card == NULL)
        continue;
      gtk_box_append (GTK_BOX (self->trends), card);
      if (!any)
        gtk_box_append (GTK_BOX (self->trend), xq_trend_card_new (desk, person_id, *id, NULL));
      any = TRUE;
    }
  gtk_widget_set_visible (self->trend, any);
  gtk_stack_set_visible_child_name (GTK_STACK (self->trends_stack), any ? "trends" : "empty");
  return TRUE;
}

static gboolean
show (XqPersonPage *self, XqDesk *desk, GError **error)
{
  XqDatabase *database = xq_desk_database (desk);
  gint64 person_id = xq_page_record_id (XQ_PAGE (self));
  g_autoptr (XqPersonRow) person = xq_person_row_load (database, person_id, error);

  if (person == NULL || !note_opening (self, error))
    return FALSE;
  show_head (self, person);
  show_remember (self, database);
  return show_trends (self, desk, error)
         && xq_timeline_view_load (XQ_TIMELINE_VIEW (self->timeline), desk, person_id,
                                   xq_session_masked (xq_page_session (XQ_PAGE (self))), error)
         && xq_contacts_view_load (XQ_CONTACTS_VIEW (self->contacts), error);
}

static void
xq_person_page_load (XqPage *page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDesk) desk = xq_desk_new (xq_page_database (page), &error);

  if (desk != NULL)
    show (XQ_PERSON_PAGE (page), desk, &error);
  xq_page_set_error (page, error);
}

static void
on_timeline_opened_cb (XqPersonPage *self, int kind, gint64 id)
{
  xq_window_open (xq_page_window (XQ_PAGE (self)), kind == XQ_TIMELINE_REFERRAL ? "referral" : "warning", id);
}

static void
on_edit_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_person_form_present (widget, xq_page_session (XQ_PAGE (widget)), xq_page_record_id (XQ_PAGE (widget)));
}

static void
on_note_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_note_dialog_present (widget, xq_page_session (XQ_PAGE (widget)), xq_page_record_id (XQ_PAGE (widget)));
}

static void
on_appointment_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_appointment_dialog_present (widget, xq_page_session (XQ_PAGE (widget)), 0, xq_page_record_id (XQ_PAGE (widget)), 0);
}

static void
on_referral_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_new_referral_present (widget, xq_page_session (XQ_PAGE (widget)), xq_page_record_id (XQ_PAGE (widget)), 0);
}

static void
on_assess_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_entry_dialog_present (widget, xq_page_session (XQ_PAGE (widget)), xq_page_record_id (XQ_PAGE (widget)));
}

static void
on_concern_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  xq_report_warning_present (widget, xq_page_session (XQ_PAGE (widget)), xq_page_record_id (XQ_PAGE (widget)));
}

static void
xq_person_page_create (XqPage *page)
{
  on_note_action (GTK_WIDGET (page), "person.note", NULL);
}

static GtkWidget *
label_new (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
buttons_new (void)
{
  static const struct
  {
    const char *label;
    const char *action;
  } buttons[] = {
    { N_ ("Write a note"), "person.note" },  { N_ ("Appointment"), "person.appointment" },
    { N_ ("Refer…"), "person.referral" },    { N_ ("Report a concern"), "person.concern" },
    { N_ ("Enter a sheet"), "person.assess" }, { N_ ("Change the cover"), "person.edit" },
  };
  GtkWidget *box = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 9);
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (buttons[i].label));

      if (i == 0)
        gtk_widget_add_css_class (button, "suggested-action");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
      adw_wrap_box_append (ADW_WRAP_BOX (box), button);
    }
  return box;
}

static GtkWidget *
head_new (XqPersonPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->avatar = xq_avatar_new (64);
  self->name = label_new ("title-1");
  self->chip = xq_level_chip_new (0);
  self->facts = label_new ("dim-label");
  self->tags = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->tags), 6);
  gtk_widget_set_valign (self->avatar, GTK_ALIGN_START);
  gtk_widget_set_valign (self->chip, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (first), self->name);
  gtk_box_append (GTK_BOX (first), self->chip);
  gtk_box_append (GTK_BOX (texts), first);
  gtk_box_append (GTK_BOX (texts), self->facts);
  gtk_box_append (GTK_BOX (texts), self->tags);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (head), self->avatar);
  gtk_box_append (GTK_BOX (head), texts);
  return head;
}

static GtkWidget *
overview_new (XqPersonPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *top = adw_wrap_box_new ();

  self->trend = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_size_request (self->trend, 340, -1);
  self->remember = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->remember), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->remember, "boxed-list");
  gtk_widget_set_valign (self->remember, GTK_ALIGN_START);
  gtk_widget_set_size_request (self->remember, 240, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remember), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("To remember"), -1);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (top), 18);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (top), 18);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (top), ADW_JUSTIFY_FILL);
  adw_wrap_box_set_justify_last_line (ADW_WRAP_BOX (top), TRUE);
  adw_wrap_box_append (ADW_WRAP_BOX (top), self->trend);
  adw_wrap_box_append (ADW_WRAP_BOX (top), self->remember);
  self->timeline = xq_timeline_view_new ();
  g_signal_connect_swapped (self->timeline, "opened", G_CALLBACK (on_timeline_opened_cb), self);
  g_signal_connect_swapped (self->timeline, "more", G_CALLBACK (xq_page_reload), self);
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), self->timeline);
  return box;
}

static GtkWidget *
trends_new (XqPersonPage *self)
{
  self->trends = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->trends_stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->trends_stack), self->trends, "trends");
  gtk_stack_add_named (GTK_STACK (self->trends_stack),
                       xq_empty_state_new ("checkbox-checked-symbolic", _ ("No scores yet"),
                                           _ ("Scores of screenings and of sheets that were typed in stand here."), NULL,
                                           NULL),
                       "empty");
  gtk_stack_set_vhomogeneous (GTK_STACK (self->trends_stack), FALSE);
  return self->trends_stack;
}

static void
xq_person_page_constructed (GObject *object)
{
  XqPersonPage *self = XQ_PERSON_PAGE (object);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *stack = adw_view_stack_new ();
  GtkWidget *switcher = adw_inline_view_switcher_new ();

  G_OBJECT_CLASS (xq_person_page_parent_class)->constructed (object);
  self->contacts = xq_contacts_view_new (xq_page_session (XQ_PAGE (self)), xq_page_record_id (XQ_PAGE (self)));
  adw_view_stack_add_titled (ADW_VIEW_STACK (stack), overview_new (self), "overview", _ ("Overview"));
  adw_view_stack_add_titled (ADW_VIEW_STACK (stack), trends_new (self), "assessments", _ ("Assessments"));
  adw_view_stack_add_titled (ADW_VIEW_STACK (stack), self->contacts, "contacts", _ ("Contacts and consents"));
  adw_view_stack_set_vhomogeneous (ADW_VIEW_STACK (stack), FALSE);
  adw_inline_view_switcher_set_stack (ADW_INLINE_VIEW_SWITCHER (switcher), ADW_VIEW_STACK (stack));
  gtk_widget_set_halign (switcher, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (content), head_new (self));
  gtk_box_append (GTK_BOX (content), buttons_new ());
  gtk_box_append (GTK_BOX (content), switcher);
  gtk_box_append (GTK_BOX (content), stack);
  xq_page_set_title (XQ_PAGE (self), _ ("Personal file"));
  xq_page_set_child (XQ_PAGE (self), xq_page_clamp_new (content, 0));
}

static void
xq_person_page_class_init (XqPersonPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  XqPageClass *page_class = XQ_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = xq_person_page_constructed;
  page_class->changes = XQ_CHANGED_ALL & ~XQ_CHANGED_SETTINGS;
  page_class->load = xq_person_page_load;
  page_class->create = xq_person_page_create;
  gtk_widget_class_install_action (widget_class, "person.edit", NULL, on_edit_action);
  gtk_widget_class_install_action (widget_class, "person.note", NULL, on_note_action);
  gtk_widget_class_install_action (widget_class, "person.appointment", NULL, on_appointment_action);
  gtk_widget_class_install_action (widget_class, "person.referral", NULL, on_referral_action);
  gtk_widget_class_install_action (widget_class, "person.assess", NULL, on_assess_action);
  gtk_widget_class_install_action (widget_class, "person.concern", NULL, on_concern_action);
}

static void
xq_person_page_init (XqPersonPage *self)
{
}
