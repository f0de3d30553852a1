#include "config.h"

#include "ui/people/contacts-view.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "people/consent.h"
#include "people/contact.h"
#include "people/tag.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/form.h"
#include "ui/window.h"
#include "ui/widgets/simple.h"

struct _XqContactsView
{
  GtkWidget parent_instance;

  XqSession *session;
  gint64 person_id;
  GtkWidget *box;
  GtkWidget *contacts;
  GtkWidget *consents;
  GtkWidget *tags;
};

G_DEFINE_FINAL_TYPE (XqContactsView, xq_contacts_view, GTK_TYPE_WIDGET)

static const char *const contact_fields[] = { "name", "relation", "phone", "may_tell", "remark", NULL };
static const char *const consent_fields[] = { "kind", "given_by", "given_on", "until", "remark", NULL };

static void
changed (XqContactsView *self)
{
  xq_session_changed (self->session, XQ_CHANGED_PEOPLE);
}

static GtkWidget *
row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static GtkWidget *
icon_button (GtkWidget *row, const char *icon, const char *label, GCallback clicked, XqContactsView *self, gint64 id)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "record", GSIZE_TO_POINTER (id));
  g_signal_connect (button, "clicked", clicked, self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

static gint64
record_of (GtkButton *button)
{
  return GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (button), "record"));
}

static gboolean
save_contact (GtkWidget *parent, gpointer record, gpointer user_data, GError **error)
{
  XqContactsView *self = XQ_CONTACTS_VIEW (parent);
  XqDatabase *database = xq_session_database (self->session);
  XqContact *contact = record;

  contact->person_id = self->person_id;
  if (!(contact->id == 0 ? xq_contact_create (database, contact, error) : xq_contact_save (database, contact, error)))
    return FALSE;
  changed (self);
  return TRUE;
}

static void
edit_contact (XqContactsView *self, gint64 id)
{
  g_autoptr (GPtrArray) contacts = xq_contact_list (xq_session_database (self->session), self->person_id, NULL);
  g_autoptr (XqContact) contact = xq_contact_new ();

  if (id != 0 && !xq_window_names_shown (xq_window_for (GTK_WIDGET (self))))
    return;
  for (guint i = 0; contacts != NULL && i < contacts->len; i++)
    if (XQ_RECORD_ID (g_ptr_array_index (contacts, i)) == id)
      {
        g_clear_pointer (&contact, xq_contact_free);
        contact = xq_contact_copy (g_ptr_array_index (contacts, i));
        break;
      }
  contact->person_id = self->person_id;
  xq_form_dialog_present (GTK_WIDGET (self), id != 0 ? _ ("Contact") : _ ("New contact"),
                          xq_form_new (&XQ_CONTACT, contact, contact_fields), NULL, save_contact, NULL, NULL);
}

static void
on_edit_contact_cb (GtkButton *button, XqContactsView *self)
{
  edit_contact (self, record_of (button));
}

static void
on_add_contact_cb (XqContactsView *self)
{
  edit_contact (self, 0);
}

static void
show_contacts (XqContactsView *self, GPtrArray *contacts)
{
  gtk_list_box_remove_all (GTK_LIST_BOX (self->contacts));
  for (guint i = 0; i < contacts->len; i++)
    {
      const XqContact *contact = g_ptr_array_index (contacts, i);
      g_autofree char *relation = xq_field_display (xq_entity_field (&XQ_CONTACT, "relation"), contact);
      g_autofree char *may_tell = xq_field_display (xq_entity_field (&XQ_CONTACT, "may_tell"), contact);
      g_autofree char *name = xq_session_name (self->session, contact->name);
      g_autofree char *phone = xq_session_private (self->session, contact->phone);
      g_autofree char *title = g_strdup_printf ("%s  %s", name, relation);
      g_autofree char *below = *phone != '\0' ? g_strdup_printf ("%s · %s", phone, may_tell) : g_strdup (may_tell);
      GtkWidget *row = row_new (title, below);

      icon_button (row, "document-edit-symbolic", _ ("Change"), G_CALLBACK (on_edit_contact_cb), self, contact->id);
      gtk_list_box_append (GTK_LIST_BOX (self->contacts), row);
    }
  if (contacts->len == 0)
    gtk_list_box_append (GTK_LIST_BOX (self->contacts),
                         row_new (_ ("Nobody yet"), _ ("Whom to call, and what they may be told.")));
}

static gboolean
save_consent (GtkWidget *parent, gpointer record, gpointer user_data, GError **error)
{
  XqContactsView *self = XQ_CONTACTS_VIEW (parent);
  XqConsent *consent = record;

  consent->person_id = self->person_id;
  if (!xq_consent_create (xq_session_database (self->session), consent, error))
    return FALSE;
  changed (self);
  return TRUE;
}

static void
on_add_consent_cb (XqContactsView *self)
{
  g_autoptr (XqConsent) consent = xq_consent_new ();

  consent->person_id = self->person_id;
  consent->given_on = xq_clock_today ();
  xq_form_dialog_present (GTK_WIDGET (self), _ ("New consent"), xq_form_new (&XQ_CONSENT, consent, consent_fields), NULL,
                          save_consent, NULL, NULL);
}

static void
on_withdraw_confirmed (GtkWidget *parent, gpointer user_data)
{
  XqContactsView *self = XQ_CONTACTS_VIEW (parent);
  g_autoptr (GError) error = NULL;

  if (!xq_consent_withdraw (xq_session_database (self->session), GPOINTER_TO_SIZE (user_data), NULL, &error))
    xq_error_dialog (parent, _ ("The consent was not withdrawn"), error);
  else
    changed (self);
}

static void
on_withdraw_cb (GtkButton *button, XqContactsView *self)
{
  xq_confirm_dialog (GTK_WIDGET (self), _ ("Withdraw this consent?"),
                     _ ("From today on it no longer holds. It stays in the file with the day of its withdrawal."),
                     _ ("_Withdraw"), TRUE, on_withdraw_confirmed, GSIZE_TO_POINTER (record_of (button)), NULL);
}

static void
show_consents (XqContactsView *self, GPtrArray *consents)
{
  g_autofree char *today = xq_clock_today ();

  gtk_list_box_remove_all (GTK_LIST_BOX (self->consents));
  for (guint i = 0; i < consents->len; i++)
    {
      const XqConsent *consent = g_ptr_array_index (consents, i);
      g_autofree char *given = xq_date_display_day (consent->given_on);
      g_autofree char *by = xq_session_name (self->session, consent->given_by);
      g_autofree char *below = consent->withdrawn_on != NULL
                                   ? g_strdup_printf (_ ("%s, %s; withdrawn on %s"), by, given, consent->withdrawn_on)
                                   : g_strdup_printf (_ ("%s, %s"), by, given);
      GtkWidget *row = row_new (_ (xq_consent_kinds[consent->kind].label), below);

      if (xq_consent_holds (consent, today))
        icon_button (row, "edit-undo-symbolic", _ ("Withdraw"), G_CALLBACK (on_withdraw_cb), self, consent->id);
      else
        gtk_widget_add_css_class (row, "dim-label");
      gtk_list_box_append (GTK_LIST_BOX (self->consents), row);
    }
  if (consents->len == 0)
    gtk_list_box_append (GTK_LIST_BOX (self->consents),
                         row_new (_ ("No consent on file"), _ ("To keep a file, to be tested, to be counselled, to tell the"
                                                             " guardian, to release to an institution.")));
}

static void
on_tag_toggled_cb (AdwSwitchRow *row, GParamSpec *spec, XqContactsView *self)
{
  const char *tag = g_object_get_data (G_OBJECT (row), "tag");
  XqDatabase *database = xq_session_database (self->session);
  g_autoptr (GError) error = NULL;
  gboolean done = adw_switch_row_get_active (row) ? xq_tag_add (database, self->person_id, tag, NULL, NULL, &error)
                                                  : xq_tag_remove (database, self->person_id, tag, &error);

  if (!done)
    xq_error_dialog (GTK_WIDGET (self), _ ("The tag was not changed"), error);
  else
    changed (self);
}

static gboolean
has_tag (GPtrArray *tags, const char *id)
{
  for (guint i = 0; i < tags->len; i++)
    if (g_str_equal (((XqPersonTag *) g_ptr_array_index (tags, i))->tag, id))
      return TRUE;
  return FALSE;
}

static void
add_tag_row (XqContactsView *self, const char *id, gboolean active)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), xq_tag_label (id));
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), active);
  g_object_set_data_full (G_OBJECT (row), "tag", g_strdup (id), g_free);
  g_signal_connect (row, "notify::active", G_CALLBACK (on_tag_toggled_cb), self);
  gtk_list_box_append (GTK_LIST_BOX (self->tags), row);
}

static void
show_tags (XqContactsView *self, GPtrArray *tags)
{
  gtk_list_box_remove_all (GTK_LIST_BOX (self->tags));
  for (const char *const *id = xq_tag_ids (); *id != NULL; id++)
    add_tag_row (self, *id, has_tag (tags, *id));
  for (guint i = 0; i < tags->len; i++)
    {
      const XqPersonTag *tag = g_ptr_array_index (tags, i);

      if (!xq_tag_is_builtin (tag->tag))
        add_tag_row (self, tag->tag, TRUE);
    }
}

gboolean
xq_contacts_view_load (XqContactsView *self, GError **error)
{
  XqDatabase *database = xq_session_database (self->session);
  g_autoptr (GPtrArray) contacts = xq_contact_list (database, self->person_id, error);
  g_autoptr (GPtrArray) consents = contacts != NULL ? xq_consent_list (database, self->person_id, error) : NULL;
  g_autoptr (GPtrArray) tags = consents != NULL ? xq_tag_list (database, self->person_id, error) : NULL;

  g_return_val_if_fail (XQ_IS_CONTACTS_VIEW (self), FALSE);

  if (tags == NULL)
    return FALSE;
  show_contacts (self, contacts);
  show_consents (self, consents);
  show_tags (self, tags);
  return TRUE;
}

static void
xq_contacts_view_dispose (GObject *object)
{
  XqContactsView *self = XQ_CONTACTS_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_contacts_view_parent_class)->dispose (object);
}

static void
xq_contacts_view_class_init (XqContactsViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_contacts_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
section_new (XqContactsView *self, const char *title, const char *add, GCallback clicked)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *list = gtk_list_box_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (head), label);
  if (add != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (add);

      g_signal_connect_swapped (button, "clicked", clicked, self);
      gtk_box_append (GTK_BOX (head), button);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (section), head);
  gtk_box_append (GTK_BOX (section), list);
  gtk_box_append (GTK_BOX (self->box), section);
  return list;
}

static void
xq_contacts_view_init (XqContactsView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  self->contacts = section_new (self, _ ("Contacts"), _ ("New contact"), G_CALLBACK (on_add_contact_cb));
  self->consents = section_new (self, _ ("Consents"), _ ("New consent"), G_CALLBACK (on_add_consent_cb));
  self->tags = section_new (self, _ ("Tags"), NULL, NULL);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
xq_contacts_view_new (XqSession *session, gint64 person_id)
{
  XqContactsView *self = g_object_new (XQ_TYPE_CONTACTS_VIEW, NULL);

  self->session = g_object_ref (session);
  self->person_id = person_id;
  return GTK_WIDGET (self);
}
