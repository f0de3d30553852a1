#include "config.h"

#include "ui/session.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "people/organisation.h"
#include "ui/session-private.h"

#define IDLE_MINUTES_DEFAULT 5

struct _XqSession
{
  GObject parent_instance;

  XqVault *vault;
  XqDatabase *database;
  XqDesk *desk;
  GCancellable *closing;
  XqDraftQueue *drafts;

  XqProfile profile;
  char *organisation;
  int idle_minutes;
  gboolean masked;

  XqChanged pending;
  guint tell_id;
};

enum
{
  PROP_0,
  PROP_MASKED,
  PROP_IDLE_MINUTES,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_SAVE_DRAFTS,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqSession, xq_session, G_TYPE_OBJECT)

static const struct
{
  const char *school;
  const char *enterprise;
} words[XQ_WORDS] = {
  [XQ_WORD_PERSON] = { N_("Student"), N_("Employee") },
  [XQ_WORD_PERSONS] = { N_("Students"), N_("Employees") },
  [XQ_WORD_CODE] = { N_("Student number"), N_("Staff number") },
  [XQ_WORD_UNIT] = { N_("Class"), N_("Department") },
};

static void
read_settings (XqSession *self)
{
  g_autoptr (GPtrArray) organisations = xq_organisation_list (self->database, NULL);
  const XqOrganisation *first = organisations != NULL && organisations->len > 0 ? organisations->pdata[0] : NULL;
  g_autofree char *minutes = xq_setting_get (self->database, "idle_minutes", NULL);
  int idle = minutes != NULL ? (int) g_ascii_strtoll (minutes, NULL, 10) : IDLE_MINUTES_DEFAULT;

  self->profile = first != NULL ? (XqProfile) first->profile : XQ_PROFILE_SCHOOL;
  g_set_str (&self->organisation, first != NULL ? first->name : "");
  if (self->idle_minutes != CLAMP (idle, 0, 24 * 60))
    {
      self->idle_minutes = CLAMP (idle, 0, 24 * 60);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IDLE_MINUTES]);
    }
}

static void
on_told_cb (gpointer user_data)
{
  XqSession *self = user_data;
  XqChanged changed = self->pending;

  self->tell_id = 0;
  self->pending = 0;
  if (changed & XQ_CHANGED_SETTINGS)
    {
      g_clear_pointer (&self->desk, xq_desk_free);
      read_settings (self);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, (guint) changed);
}

static void
xq_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  XqSession *self = XQ_SESSION (object);

  switch (id)
    {
    case PROP_MASKED:
      g_value_set_boolean (value, self->masked);
      break;
    case PROP_IDLE_MINUTES:
      g_value_set_int (value, self->idle_minutes);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
xq_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_MASKED:
      xq_session_set_masked (XQ_SESSION (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
xq_session_dispose (GObject *object)
{
  xq_session_close (XQ_SESSION (object));
  G_OBJECT_CLASS (xq_session_parent_class)->dispose (object);
}

static void
xq_session_finalize (GObject *object)
{
  XqSession *self = XQ_SESSION (object);

  g_clear_object (&self->closing);
  xq_draft_queue_unref (self->drafts);
  g_free (self->organisation);
  G_OBJECT_CLASS (xq_session_parent_class)->finalize (object);
}

static void
xq_session_class_init (XqSessionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = xq_session_get_property;
  object_class->set_property = xq_session_set_property;
  object_class->dispose = xq_session_dispose;
  object_class->finalize = xq_session_finalize;

  properties[PROP_MASKED]
    = g_param_spec_boolean ("masked", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_IDLE_MINUTES]
    = g_param_spec_int ("idle-minutes", NULL, NULL, 0, 24 * 60, IDLE_MINUTES_DEFAULT,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", XQ_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_SAVE_DRAFTS] = g_signal_new ("save-drafts", XQ_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", XQ_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
xq_session_init (XqSession *self)
{
  self->closing = g_cancellable_new ();
  self->drafts = xq_draft_queue_new ();
  self->idle_minutes = IDLE_MINUTES_DEFAULT;
}

XqSession *
xq_session_new (XqVault *vault, GError **error)
{
  g_autoptr (XqSession) self = NULL;
  XqDatabase *database;

  g_return_val_if_fail (vault != NULL, NULL);

  database = xq_vault_connect (vault, error);
  if (database == NULL)
    return NULL;
  self = g_object_new (XQ_TYPE_SESSION, NULL);
  self->vault = xq_vault_ref (vault);
  self->database = database;
  read_settings (self);
  return g_steal_pointer (&self);
}

void
xq_session_close (XqSession *self)
{
  g_return_if_fail (XQ_IS_SESSION (self));

  if (self->vault == NULL)
    return;
  g_cancellable_cancel (self->closing);
  g_clear_handle_id (&self->tell_id, g_source_remove);
  g_clear_pointer (&self->desk, xq_desk_free);
  g_clear_pointer (&self->database, xq_database_free);
  g_clear_pointer (&self->vault, xq_vault_unref);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

void
xq_session_save_drafts (XqSession *self)
{
  g_return_if_fail (XQ_IS_SESSION (self));

  if (self->database != NULL)
    g_signal_emit (self, signals[SIGNAL_SAVE_DRAFTS], 0);
}

gboolean
xq_session_is_open (XqSession *self)
{
  return self != NULL && self->vault != NULL;
}

XqVault *
xq_session_vault (XqSession *self)
{
  g_return_val_if_fail (XQ_IS_SESSION (self), NULL);
  return self->vault;
}

XqDatabase *
xq_session_database (XqSession *self)
{
  g_return_val_if_fail (XQ_IS_SESSION (self), NULL);
  return self->database;
}

XqDesk *
xq_session_desk (XqSession *self, GError **error)
{
  g_return_val_if_fail (XQ_IS_SESSION (self), NULL);
  g_return_val_if_fail (self->database != NULL, NULL);

  if (self->desk == NULL)
    self->desk = xq_desk_new (self->database, error);
  return self->desk;
}

GCancellable *
xq_session_closing (XqSession *self)
{
  return self->closing;
}

XqDraftQueue *
xq_session_draft_queue (XqSession *self)
{
  return self->drafts;
}

void
xq_session_changed (XqSession *self, XqChanged changed)
{
  g_return_if_fail (XQ_IS_SESSION (self));

  if (self->vault == NULL)
    return;
  self->pending |= changed;
  if (self->tell_id == 0)
    self->tell_id = g_idle_add_once (on_told_cb, self);
}

XqProfile
xq_session_profile (XqSession *self)
{
  g_return_val_if_fail (XQ_IS_SESSION (self), XQ_PROFILE_SCHOOL);
  return self->profile;
}

const char *
xq_session_organisation (XqSession *self)
{
  g_return_val_if_fail (XQ_IS_SESSION (self), "");
  return self->organisation;
}

const char *
xq_session_word (XqSession *self, XqWord word)
{
  g_return_val_if_fail (XQ_IS_SESSION (self), "");
  g_return_val_if_fail (word < XQ_WORDS, "");

  return self->profile == XQ_PROFILE_ENTERPRISE ? _(words[word].enterprise) : _(words[word].school);
}

gboolean
xq_session_masked (XqSession *self)
{
  g_return_val_if_fail (XQ_IS_SESSION (self), TRUE);
  return self->masked;
}

void
xq_session_set_masked (XqSession *self, gboolean masked)
{
  g_return_if_fail (XQ_IS_SESSION (self));

  if (self->masked == !!masked)
    return;
  self->masked = !!masked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MASKED]);
  xq_session_changed (self, XQ_CHANGED_MASK);
}

char *
xq_session_name (XqSession *self, const char *name)
{
  g_return_val_if_fail (XQ_IS_SESSION (self), NULL);

  if (name == NULL || *name == '\0')
    return g_strdup ("");
  return self->masked ? xq_mask_name (name) : g_strdup (name);
}

char *
xq_session_private (XqSession *self, const char *text)
{
  g_return_val_if_fail (XQ_IS_SESSION (self), NULL);

  if (text == NULL || *text == '\0')
    return g_strdup ("");
  return self->masked ? xq_mask_text (text) : g_strdup (text);
}

char *
xq_session_words (XqSession *self, const char *text)
{
  g_return_val_if_fail (XQ_IS_SESSION (self), NULL);

  if (text == NULL || *text == '\0')
    return g_strdup ("");
  return g_strdup (self->masked ? _("Hidden while names are masked") : text);
}

int
xq_session_idle_minutes (XqSession *self)
{
  g_return_val_if_fail (XQ_IS_SESSION (self), IDLE_MINUTES_DEFAULT);
  return self->idle_minutes;
}

gboolean
xq_session_set_idle_minutes (XqSession *self, int minutes, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%d", minutes);

  g_return_val_if_fail (XQ_IS_SESSION (self), FALSE);
  g_return_val_if_fail (self->database != NULL, FALSE);

  if (minutes == self->idle_minutes)
    return TRUE;
  if (!xq_setting_set (self->database, "idle_minutes", text, error))
    return FALSE;
  read_settings (self);
  return TRUE;
}
