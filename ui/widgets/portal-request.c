#include "config.h"

#include "ui/widgets/portal-request.h"

#define DESKTOP "org.freedesktop.portal.Desktop"

/* Shared with the bus's thread, through which every message goes. */
typedef struct
{
  char *interface;
  char *method;
  GMutex mutex;
  char *token;
} Heard;

struct _XqPortalRequest
{
  GDBusConnection *bus;
  guint filter_id;
  Heard *heard;
};

static void
heard_clear (gpointer data)
{
  Heard *heard = data;

  g_free (heard->interface);
  g_free (heard->method);
  g_free (heard->token);
  g_mutex_clear (&heard->mutex);
}

static void
heard_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, heard_clear);
}

/* The options stand last in every such call. (transfer full) */
static char *
token_of (GDBusMessage *message)
{
  GVariant *body = g_dbus_message_get_body (message);
  gsize n = body != NULL ? g_variant_n_children (body) : 0;
  g_autoptr (GVariant) options = n > 0 ? g_variant_get_child_value (body, n - 1) : NULL;
  char *token = NULL;

  if (options != NULL && g_variant_is_of_type (options, G_VARIANT_TYPE_VARDICT))
    g_variant_lookup (options, "handle_token", "s", &token);
  return token;
}

/* In the bus's thread. */
static GDBusMessage *
on_message_cb (GDBusConnection *bus, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  Heard *heard = user_data;

  if (incoming || g_strcmp0 (g_dbus_message_get_interface (message), heard->interface) != 0
      || g_strcmp0 (g_dbus_message_get_member (message), heard->method) != 0)
    return message;
  g_mutex_lock (&heard->mutex);
  g_free (heard->token);
  heard->token = token_of (message);
  g_mutex_unlock (&heard->mutex);
  return message;
}

XqPortalRequest *
xq_portal_request_hear (const char *interface, const char *method)
{
  GDBusConnection *bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  XqPortalRequest *self;

  if (bus == NULL)
    return NULL;
  self = g_new0 (XqPortalRequest, 1);
  self->bus = bus;
  self->heard = g_atomic_rc_box_new0 (Heard);
  self->heard->interface = g_strdup (interface);
  self->heard->method = g_strdup (method);
  g_mutex_init (&self->heard->mutex);
  self->filter_id
      = g_dbus_connection_add_filter (bus, on_message_cb, g_atomic_rc_box_acquire (self->heard), heard_release);
  return self;
}

void
xq_portal_request_close (XqPortalRequest *self)
{
  g_autofree char *token = NULL;
  g_autofree char *sender = NULL;
  g_autofree char *path = NULL;

  g_mutex_lock (&self->heard->mutex);
  token = g_steal_pointer (&self->heard->token);
  g_mutex_unlock (&self->heard->mutex);
  if (token == NULL)
    return;
  /* ":1.42" is a part of the path as "1_42". */
  sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (self->bus) + 1), ".", '_');
  path = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", sender, token);
  g_dbus_connection_call (self->bus, DESKTOP, path, "org.freedesktop.portal.Request", "Close", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

void
xq_portal_request_free (XqPortalRequest *self)
{
  if (self == NULL)
    return;
  g_dbus_connection_remove_filter (self->bus, self->filter_id);
  heard_release (self->heard);
  g_object_unref (self->bus);
  g_free (self);
}
