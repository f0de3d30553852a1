#include "config.h"

#include "ui/idle.h"

#define PATIENCE_MS 1500
#define LOGIN "org.freedesktop.login1"

typedef struct
{
  GDBusConnection *session;
  GDBusConnection *system;
  guint next; /* of sources */
} Question;

/* One who may know. */
typedef struct
{
  gboolean on_system_bus;
  const char *name;
  const char *path;
  const char *interface;
  const char *method;
  const char *argument; /* "Get" of this interface's properties, when it is not NULL */
  const char *reply;
  gint64 (*read) (GVariant *reply);
} Source;

static void ask_next (GTask *task);

static gint64
read_milliseconds (GVariant *reply)
{
  guint64 milliseconds;

  g_variant_get (reply, "(t)", &milliseconds);
  return (gint64) (milliseconds / 1000);
}

static gint64
read_hint (GVariant *reply)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (reply, 0);
  gboolean idle = FALSE;
  guint64 since = 0;

  if (!g_variant_lookup (properties, "IdleHint", "b", &idle) || !idle
      || !g_variant_lookup (properties, "IdleSinceHintMonotonic", "t", &since))
    return -1;
  return MAX ((g_get_monotonic_time () - (gint64) since) / G_USEC_PER_SEC, 0);
}

static const Source sources[] = {
  { FALSE, "org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core", "org.gnome.Mutter.IdleMonitor",
    "GetIdletime", NULL, "(t)", read_milliseconds },
  { TRUE, LOGIN, "/org/freedesktop/login1/session/auto", "org.freedesktop.DBus.Properties", "GetAll", LOGIN ".Session",
    "(a{sv})", read_hint },
};

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_object (&question->session);
  g_clear_object (&question->system);
  g_free (question);
}

static void
on_answered_cb (GObject *bus, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);
  gint64 seconds = reply != NULL ? sources[question->next - 1].read (reply) : -1;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (seconds >= 0)
    g_task_return_int (task, (gssize) seconds);
  else
    ask_next (g_steal_pointer (&task));
}

/* Takes @task. */
static void
ask_next (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  while (question->next < G_N_ELEMENTS (sources))
    {
      const Source *source = &sources[question->next++];
      GDBusConnection *bus = source->on_system_bus ? question->system : question->session;

      if (bus == NULL)
        continue;
      g_dbus_connection_call (bus, source->name, source->path, source->interface, source->method,
                              source->argument != NULL ? g_variant_new ("(s)", source->argument) : NULL,
                              G_VARIANT_TYPE (source->reply), G_DBUS_CALL_FLAGS_NO_AUTO_START, PATIENCE_MS,
                              g_task_get_cancellable (task), on_answered_cb, task);
      return;
    }
  g_task_return_int (task, -1);
  g_object_unref (task);
}

void
xq_idle_ask_async (GDBusConnection *session, GDBusConnection *system, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  g_task_set_source_tag (task, xq_idle_ask_async);
  g_task_set_static_name (task, "xq_idle_ask_async");
  g_set_object (&question->session, session);
  g_set_object (&question->system, system);
  g_task_set_task_data (task, question, question_free);
  ask_next (task);
}

gint64
xq_idle_ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
