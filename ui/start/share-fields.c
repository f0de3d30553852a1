#include "config.h"

#include "ui/start/share-fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vault/share-code.h"

/* Four groups of four and what stands between them. */
#define LINE_WIDTH 19

struct _XqShareFields
{
  GtkBox parent_instance;

  char *title;
  GtkWidget *lines[XQ_SHARE_LINES];
  GtkWidget *messages[XQ_SHARE_LINES];
  GtkWidget *message; /* of the whole */
  gboolean right[XQ_SHARE_LINES];
};

enum
{
  PROP_0,
  PROP_TITLE,
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

G_DEFINE_FINAL_TYPE (XqShareFields, xq_share_fields, GTK_TYPE_BOX)

static guint
index_of (XqShareFields *self, GtkWidget *line)
{
  guint index = 0;

  while (self->lines[index] != line)
    index++;
  return index;
}

static void
set_message (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

/* Whoever types without looking up finds the next line under the cursor; whoever corrects stays where she is. */
static void
go_on_from (XqShareFields *self, guint index)
{
  GtkEditable *line = GTK_EDITABLE (self->lines[index]);
  gboolean at_end = gtk_editable_get_position (line) + 1 >= (int) g_utf8_strlen (gtk_editable_get_text (line), -1);

  if (index + 1 < XQ_SHARE_LINES && at_end && *gtk_editable_get_text (GTK_EDITABLE (self->lines[index + 1])) == '\0'
      && gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL)
    gtk_widget_grab_focus (self->lines[index + 1]);
}

static void
on_changed_cb (XqShareFields *self, GtkWidget *line)
{
  guint index = index_of (self, line);
  gboolean was_right = self->right[index];
  g_autoptr (GError) error = NULL;

  self->right[index] = xq_share_check_line (gtk_editable_get_text (GTK_EDITABLE (line)), index + 1, &error);
  set_message (self->messages[index], error != NULL ? error->message : NULL);
  set_message (self->message, NULL);
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (line), GTK_ENTRY_ICON_SECONDARY,
                                     self->right[index] ? "object-select-symbolic" : NULL);
  gtk_entry_set_icon_tooltip_text (GTK_ENTRY (line), GTK_ENTRY_ICON_SECONDARY,
                                   self->right[index] ? _("This line is right.") : NULL);
  if (error != NULL)
    gtk_widget_add_css_class (line, "error");
  else
    gtk_widget_remove_css_class (line, "error");
  if (self->right[index] && !was_right)
    go_on_from (self, index);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
}

static void
on_activate_cb (XqShareFields *self, GtkWidget *line)
{
  guint index = index_of (self, line);

  if (index + 1 < XQ_SHARE_LINES)
    gtk_widget_grab_focus (self->lines[index + 1]);
  else
    g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

/* The first line that is not right yet. */
static gboolean
xq_share_fields_grab_focus (GtkWidget *widget)
{
  XqShareFields *self = XQ_SHARE_FIELDS (widget);
  guint index = 0;

  while (index + 1 < XQ_SHARE_LINES && self->right[index])
    index++;
  return gtk_widget_grab_focus (self->lines[index]);
}

static GtkWidget *
label_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
message_new (void)
{
  GtkWidget *message = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE, "xalign", 0.0,
                                     "max-width-chars", LINE_WIDTH + 6, "visible", FALSE, NULL);

  gtk_widget_add_css_class (message, "error");
  gtk_widget_add_css_class (message, "caption");
  return message;
}

static void
add_line (XqShareFields *self, guint index)
{
  GtkWidget *line = gtk_entry_new ();
  g_autofree char *number = g_strdup_printf (_("Line %u"), index + 1);
  g_autofree char *name = g_strdup_printf (_("%s, line %u"), self->title, index + 1);

  gtk_entry_set_placeholder_text (GTK_ENTRY (line), number);
  gtk_entry_set_input_hints (GTK_ENTRY (line), GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_PRIVATE);
  gtk_editable_set_width_chars (GTK_EDITABLE (line), LINE_WIDTH + 3);
  gtk_editable_set_enable_undo (GTK_EDITABLE (line), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (line, "monospace");
  g_signal_connect_object (line, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (line, "activate", G_CALLBACK (on_activate_cb), self, G_CONNECT_SWAPPED);
  self->lines[index] = line;
  self->messages[index] = message_new ();
  gtk_box_append (GTK_BOX (self), line);
  gtk_box_append (GTK_BOX (self), self->messages[index]);
}

static void
xq_share_fields_constructed (GObject *object)
{
  XqShareFields *self = XQ_SHARE_FIELDS (object);

  G_OBJECT_CLASS (xq_share_fields_parent_class)->constructed (object);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_box_append (GTK_BOX (self), label_new (self->title, "heading"));
  for (guint i = 0; i < XQ_SHARE_LINES; i++)
    add_line (self, i);
  self->message = message_new ();
  gtk_box_append (GTK_BOX (self), self->message);
}

static void
xq_share_fields_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  XqShareFields *self = XQ_SHARE_FIELDS (object);

  if (id == PROP_TITLE)
    g_value_set_string (value, self->title);
  else if (id == PROP_READY)
    g_value_set_boolean (value, xq_share_fields_is_ready (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
xq_share_fields_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TITLE)
    XQ_SHARE_FIELDS (object)->title = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
xq_share_fields_finalize (GObject *object)
{
  g_free (XQ_SHARE_FIELDS (object)->title);
  G_OBJECT_CLASS (xq_share_fields_parent_class)->finalize (object);
}

static void
xq_share_fields_class_init (XqShareFieldsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->constructed = xq_share_fields_constructed;
  object_class->get_property = xq_share_fields_get_property;
  object_class->set_property = xq_share_fields_set_property;
  object_class->finalize = xq_share_fields_finalize;
  GTK_WIDGET_CLASS (class)->grab_focus = xq_share_fields_grab_focus;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_READY]
    = g_param_spec_boolean ("ready", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", XQ_TYPE_SHARE_FIELDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
}

static void
xq_share_fields_init (XqShareFields *self)
{
}

XqSecret *
xq_share_fields_dup (XqShareFields *self)
{
  XqSecret *share;
  gsize length = 0;

  g_return_val_if_fail (XQ_IS_SHARE_FIELDS (self), NULL);

  for (guint i = 0; i < XQ_SHARE_LINES; i++)
    length += strlen (gtk_editable_get_text (GTK_EDITABLE (self->lines[i]))) + 1;
  share = xq_secret_new (length);
  for (guint i = 0; i < XQ_SHARE_LINES; i++)
    {
      g_strlcat ((char *) xq_secret_bytes (share), gtk_editable_get_text (GTK_EDITABLE (self->lines[i])), length + 1);
      g_strlcat ((char *) xq_secret_bytes (share), "-", length + 1);
    }
  return share;
}

gboolean
xq_share_fields_is_ready (XqShareFields *self)
{
  g_return_val_if_fail (XQ_IS_SHARE_FIELDS (self), FALSE);

  for (guint i = 0; i < XQ_SHARE_LINES; i++)
    if (!self->right[i])
      return FALSE;
  return TRUE;
}

void
xq_share_fields_say (XqShareFields *self, const char *text)
{
  g_return_if_fail (XQ_IS_SHARE_FIELDS (self));

  set_message (self->message, text);
}

void
xq_share_fields_clear (XqShareFields *self)
{
  g_return_if_fail (XQ_IS_SHARE_FIELDS (self));

  for (guint i = 0; i < XQ_SHARE_LINES; i++)
    gtk_editable_set_text (GTK_EDITABLE (self->lines[i]), "");
}
