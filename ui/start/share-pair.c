#include "config.h"

#include "ui/start/share-pair.h"

#include <glib/gi18n-lib.h>

#include "ui/start/share-fields.h"
#include "vault/shares.h"

struct _XqSharePair
{
  AdwBin parent_instance;

  XqShareFields *first;
  XqShareFields *second;
  gboolean ready;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqSharePair, xq_share_pair, ADW_TYPE_BIN)

static XqSecret *
join (XqSharePair *self, GError **error)
{
  g_autoptr (XqSecret) first = NULL;
  g_autoptr (XqSecret) second = NULL;

  if (!xq_share_fields_is_ready (self->first) || !xq_share_fields_is_ready (self->second))
    return NULL;
  xq_share_pair_dup (self, &first, &second);
  return xq_shares_join ((const char *) xq_secret_bytes (first), (const char *) xq_secret_bytes (second), error);
}

static void
on_share_changed_cb (XqSharePair *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSecret) code = join (self, &error);

  self->ready = code != NULL;
  xq_share_fields_say (self->second, error != NULL ? error->message : NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_first_done_cb (XqSharePair *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->second));
}

static void
on_second_done_cb (XqSharePair *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static gboolean
xq_share_pair_grab_focus (GtkWidget *widget)
{
  XqSharePair *self = XQ_SHARE_PAIR (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (xq_share_fields_is_ready (self->first) ? self->second : self->first));
}

static void
xq_share_pair_class_init (XqSharePairClass *class)
{
  GTK_WIDGET_CLASS (class)->grab_focus = xq_share_pair_grab_focus;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", XQ_TYPE_SHARE_PAIR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", XQ_TYPE_SHARE_PAIR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static XqShareFields *
add_fields (XqSharePair *self, GtkWidget *box, const char *title, GCallback done)
{
  GtkWidget *fields = g_object_new (XQ_TYPE_SHARE_FIELDS, "title", title, NULL);

  g_signal_connect_object (fields, "notify::ready", G_CALLBACK (on_share_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fields, "activate", done, self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (ADW_WRAP_BOX (box), fields);
  return XQ_SHARE_FIELDS (fields);
}

static void
xq_share_pair_init (XqSharePair *self)
{
  GtkWidget *box = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 18);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 18);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (box), ADW_JUSTIFY_FILL);
  self->first = add_fields (self, box, _("First share"), G_CALLBACK (on_first_done_cb));
  self->second = add_fields (self, box, _("Second share"), G_CALLBACK (on_second_done_cb));
  adw_bin_set_child (ADW_BIN (self), box);
}

gboolean
xq_share_pair_is_ready (XqSharePair *self)
{
  g_return_val_if_fail (XQ_IS_SHARE_PAIR (self), FALSE);

  return self->ready;
}

void
xq_share_pair_dup (XqSharePair *self, XqSecret **ret_first, XqSecret **ret_second)
{
  g_return_if_fail (XQ_IS_SHARE_PAIR (self));

  *ret_first = xq_share_fields_dup (self->first);
  *ret_second = xq_share_fields_dup (self->second);
}

XqSecret *
xq_share_pair_join (XqSharePair *self)
{
  g_return_val_if_fail (XQ_IS_SHARE_PAIR (self), NULL);

  return join (self, NULL);
}

void
xq_share_pair_clear (XqSharePair *self)
{
  g_return_if_fail (XQ_IS_SHARE_PAIR (self));

  xq_share_fields_clear (self->first);
  xq_share_fields_clear (self->second);
}
