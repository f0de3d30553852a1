#include "config.h"

#include "ui/settings/settings-page.h"

#include <glib/gi18n-lib.h>

#include "ui/preferences.h"
#include "ui/settings/keys-group.h"
#include "ui/settings/backup-group.h"
#include "ui/settings/password-dialog.h"
#include "ui/settings/records-group.h"
#include "ui/settings/vault-group.h"
#include "ui/widgets/dialogs.h"
#include "ui/window.h"

struct _XqSettingsPage
{
  XqPage parent_instance;

  AdwPreferencesPage *content;
  GtkWidget *idle;
  GtkWidget *terms;
  GtkWidget *institutions;
  GtkWidget *organisations;
  GtkWidget *keys;
  GtkWidget *backup;
  GtkWidget *vault;
  gboolean showing; /* rows are being set from what is stored */
};

G_DEFINE_FINAL_TYPE (XqSettingsPage, xq_settings_page, XQ_TYPE_PAGE)

static const struct
{
  int minutes;
  const char *words;
} idle_choices[] = {
  { 1, N_("1 minute") },   { 2, N_("2 minutes") },   { 5, N_("5 minutes") }, { 10, N_("10 minutes") },
  { 15, N_("15 minutes") }, { 30, N_("30 minutes") }, { 0, N_("Never") },
};

static const XqChoice languages[] = {
  { NULL, N_("As the system") },
  { "zh_CN", "简体中文" },
  { "zh_TW", "繁體中文" },
  { "en", "English" },
};

static const XqChoice colours[] = {
  { "default", N_("As the system") },
  { "light", N_("Light") },
  { "dark", N_("Dark") },
};

/* -- callbacks */

static void
on_idle_cb (XqSettingsPage *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->idle));
  g_autoptr (GError) error = NULL;

  if (self->showing || selected >= G_N_ELEMENTS (idle_choices))
    return;
  if (!xq_session_set_idle_minutes (xq_page_session (XQ_PAGE (self)), idle_choices[selected].minutes, &error))
    xq_error_dialog (GTK_WIDGET (self), _("This was not kept"), error);
}

static void
on_password_cb (XqSettingsPage *self)
{
  xq_password_dialog_present (GTK_WIDGET (self), xq_page_session (XQ_PAGE (self)));
}

static void
on_language_cb (XqSettingsPage *self, GParamSpec *pspec, AdwComboRow *row)
{
  if (self->showing)
    return;
  xq_preferences_set_language (languages[adw_combo_row_get_selected (row)].id);
  xq_window_toast (xq_page_window (XQ_PAGE (self)), _("The language changes when Xinqiao is started next."), NULL, NULL,
                   NULL);
}

static void
on_colours_cb (XqSettingsPage *self, GParamSpec *pspec, AdwComboRow *row)
{
  if (self->showing)
    return;
  xq_preferences_set_colours (colours[adw_combo_row_get_selected (row)].id);
  xq_preferences_apply ();
}

/* -- making it */

static GtkWidget *
combo_new (const char *title, const char *const *words, guint n, guint selected)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, words[i]);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  return row;
}

static GtkWidget *
choice_row (const char *title, const XqChoice *choices, guint n, const char *present)
{
  g_autofree const char **words = g_new0 (const char *, n);
  guint selected = 0;

  for (guint i = 0; i < n; i++)
    {
      words[i] = _(choices[i].label);
      if (g_strcmp0 (choices[i].id, present) == 0)
        selected = i;
    }
  return combo_new (title, words, n, selected);
}

static GtkWidget *
button_row (const char *title)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}

static void
add_security (XqSettingsPage *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *password = button_row (_("Change the Password…"));
  GtkWidget *lock = button_row (_("Lock Now"));
  const char *words[G_N_ELEMENTS (idle_choices)];

  for (gsize i = 0; i < G_N_ELEMENTS (idle_choices); i++)
    words[i] = _(idle_choices[i].words);
  self->idle = combo_new (_("Lock when nobody does anything for"), words, G_N_ELEMENTS (idle_choices), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->idle),
                               _("It also locks when the computer sleeps or its screen is locked."));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Security"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (lock), "win.lock");
  g_signal_connect_object (self->idle, "notify::selected", G_CALLBACK (on_idle_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (password, "activated", G_CALLBACK (on_password_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->idle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), password);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), lock);
  adw_preferences_page_add (self->content, ADW_PREFERENCES_GROUP (group));
}

static void
add_look (XqSettingsPage *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *language = xq_preferences_language ();
  g_autofree char *colour = xq_preferences_colours ();
  GtkWidget *language_row = choice_row (_("Language"), languages, G_N_ELEMENTS (languages), language);
  GtkWidget *colour_row = choice_row (_("Colours"), colours, G_N_ELEMENTS (colours), colour);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Language and Look"));
  g_signal_connect_object (language_row, "notify::selected", G_CALLBACK (on_language_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (colour_row, "notify::selected", G_CALLBACK (on_colours_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), language_row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), colour_row);
  adw_preferences_page_add (self->content, ADW_PREFERENCES_GROUP (group));
}

static GtkWidget *
add_group (XqSettingsPage *self, GtkWidget *group)
{
  adw_preferences_page_add (self->content, ADW_PREFERENCES_GROUP (group));
  return group;
}

static void
xq_settings_page_constructed (GObject *object)
{
  XqSettingsPage *self = XQ_SETTINGS_PAGE (object);
  XqSession *session = xq_page_session (XQ_PAGE (self));

  G_OBJECT_CLASS (xq_settings_page_parent_class)->constructed (object);
  self->content = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  /* First what keeps the vault safe, then whom it is for, then how the window looks. */
  add_security (self);
  self->keys = add_group (self, xq_keys_group_new (session));
  self->backup = add_group (self, xq_backup_group_new (session));
  self->vault = add_group (self, xq_vault_group_new (session));
  self->organisations = add_group (self, xq_records_group_new (session, &xq_organisation_kind));
  self->terms = add_group (self, xq_records_group_new (session, &xq_term_kind));
  self->institutions = add_group (self, xq_records_group_new (session, &xq_institution_kind));
  add_look (self);
  xq_page_set_child (XQ_PAGE (self), GTK_WIDGET (self->content));
}

static void
show_idle (XqSettingsPage *self)
{
  int minutes = xq_session_idle_minutes (xq_page_session (XQ_PAGE (self)));

  self->showing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (idle_choices); i++)
    if (idle_choices[i].minutes == minutes)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->idle), i);
  self->showing = FALSE;
}

static void
xq_settings_page_load (XqPage *page)
{
  XqSettingsPage *self = XQ_SETTINGS_PAGE (page);

  show_idle (self);
  xq_keys_group_load (XQ_KEYS_GROUP (self->keys));
  xq_records_group_load (XQ_RECORDS_GROUP (self->organisations));
  xq_records_group_load (XQ_RECORDS_GROUP (self->terms));
  xq_records_group_load (XQ_RECORDS_GROUP (self->institutions));
  xq_backup_group_load (XQ_BACKUP_GROUP (self->backup));
  xq_vault_group_load (XQ_VAULT_GROUP (self->vault));
}

static void
xq_settings_page_class_init (XqSettingsPageClass *class)
{
  XqPageClass *page_class = XQ_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = xq_settings_page_constructed;
  page_class->changes = XQ_CHANGED_SETTINGS | XQ_CHANGED_PEOPLE | XQ_CHANGED_CALENDAR | XQ_CHANGED_REFERRAL;
  page_class->load = xq_settings_page_load;
}

static void
xq_settings_page_init (XqSettingsPage *self)
{
}
