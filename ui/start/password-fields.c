#include "config.h"

#include "ui/start/password-fields.h"

#include <glib/gi18n-lib.h>

#include "ui/start/work.h"
#include "vault/vault.h"

struct _XqPasswordFields
{
  GtkBox parent_instance;

  GtkWidget *first;
  GtkWidget *second;
  GtkWidget *meter;
  GtkWidget *advice;
  GtkWidget *difference;
  gboolean ready;
};

enum
{
  PROP_0,
  PROP_READY,
  N_PROPS
};

enum
{
  SIGNAL_ACTIVATE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqPasswordFields, xq_password_fields, GTK_TYPE_BOX)

static const char *
text_of (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
show_strength (XqPasswordFields *self, int strength, const char *advice)
{
  static const char *const styles[] = { "strength-0", "strength-1", "strength-2", "strength-3", "strength-4" };

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (self->meter, styles[i]);
  gtk_widget_add_css_class (self->meter, styles[strength]);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->meter), strength + 1);
  gtk_label_set_label (GTK_LABEL (self->advice), advice);
}

static void
on_changed_cb (XqPasswordFields *self)
{
  g_autoptr (XqSecret) secret = xq_secret_new_text (text_of (self->first));
  const char *advice = NULL;
  gboolean empty = *text_of (self->first) == '\0';
  int strength = xq_password_strength (secret, &advice);
  gboolean same = g_str_equal (text_of (self->first), text_of (self->second));
  gboolean ready = strength >= XQ_PASSWORD_ACCEPTED && same;

  if (empty)
    {
      gtk_level_bar_set_value (GTK_LEVEL_BAR (self->meter), 0);
      gtk_label_set_label (GTK_LABEL (self->advice),
                           _("Three or four words that do not belong together are strong and easy to remember."));
    }
  else
    show_strength (self, strength, advice);
  gtk_widget_set_visible (self->difference, !same && *text_of (self->second) != '\0');
  if (self->ready == ready)
    return;
  self->ready = ready;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
}

static void
on_activate_cb (XqPasswordFields *self, GtkWidget *entry)
{
  if (entry == self->first)
    gtk_widget_grab_focus (self->second);
  else if (self->ready)
    g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static gboolean
xq_password_fields_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (XQ_PASSWORD_FIELDS (widget)->first);
}

static void
xq_password_fields_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_READY)
    g_value_set_boolean (value, XQ_PASSWORD_FIELDS (object)->ready);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
xq_password_fields_class_init (XqPasswordFieldsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = xq_password_fields_get_property;
  GTK_WIDGET_CLASS (class)->grab_focus = xq_password_fields_grab_focus;
  properties[PROP_READY]
    = g_param_spec_boolean ("ready", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", XQ_TYPE_PASSWORD_FIELDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 0);
}

static void
set_title (GtkWidget *entry, const char *title)
{
  g_object_set (entry, "placeholder-text", title, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static GtkWidget *
entry_new (XqPasswordFields *self, const char *title)
{
  GtkWidget *entry = gtk_password_entry_new ();

  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
  set_title (entry, title);
  gtk_widget_add_css_class (entry, "start-entry");
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_activate_cb), self, G_CONNECT_SWAPPED);
  return entry;
}

static GtkWidget *
note_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
xq_password_fields_init (XqPasswordFields *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->meter = gtk_level_bar_new_for_interval (0, 5);
  gtk_level_bar_set_mode (GTK_LEVEL_BAR (self->meter), GTK_LEVEL_BAR_MODE_DISCRETE);
  gtk_widget_add_css_class (self->meter, "strength");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->meter), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Strength of the password"), -1);
  self->advice = note_new (NULL, "dimmed");
  gtk_widget_add_css_class (self->advice, "caption");
  gtk_label_set_lines (GTK_LABEL (self->advice), 3);
  gtk_widget_set_size_request (self->advice, -1, 48);
  gtk_label_set_yalign (GTK_LABEL (self->advice), 0);
  self->difference = note_new (_("The two are not the same."), "error");
  gtk_widget_set_visible (self->difference, FALSE);
  self->first = entry_new (self, _("Password"));
  self->second = entry_new (self, _("The password once more"));
  gtk_box_append (GTK_BOX (self), self->first);
  gtk_box_append (GTK_BOX (self), self->meter);
  gtk_box_append (GTK_BOX (self), self->advice);
  gtk_box_append (GTK_BOX (self), self->second);
  gtk_box_append (GTK_BOX (self), self->difference);
  on_changed_cb (self);
}

GtkWidget *
xq_password_fields_new (void)
{
  return g_object_new (XQ_TYPE_PASSWORD_FIELDS, NULL);
}

void
xq_password_fields_set_replaces (XqPasswordFields *self)
{
  g_return_if_fail (XQ_IS_PASSWORD_FIELDS (self));
  set_title (self->first, _("New password"));
  set_title (self->second, _("The new password once more"));
}

gboolean
xq_password_fields_is_ready (XqPasswordFields *self)
{
  g_return_val_if_fail (XQ_IS_PASSWORD_FIELDS (self), FALSE);
  return self->ready;
}

XqSecret *
xq_password_fields_take (XqPasswordFields *self)
{
  XqSecret *secret;

  g_return_val_if_fail (XQ_IS_PASSWORD_FIELDS (self), NULL);

  secret = xq_start_take_secret (GTK_EDITABLE (self->first));
  gtk_editable_set_text (GTK_EDITABLE (self->second), "");
  return secret;
}
