#include "config.h"

#include "ui/application.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

#include "ui/clipboard.h"
#include "ui/preferences.h"
#include "ui/shortcuts.h"
#include "ui/window.h"
#include "vault/vault.h"

struct _XqApplication
{
  AdwApplication parent_instance;

  char *folder;
  char *page;
};

G_DEFINE_FINAL_TYPE (XqApplication, xq_application, ADW_TYPE_APPLICATION)

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  XqApplication *self = user_data;
  AdwDialog *dialog = adw_about_dialog_new ();

  g_object_set (dialog, "application-name", _("Xinqiao"), "application-icon", XQ_APPLICATION_ID, "version",
                XQ_VERSION, "developer-name", _("The Xinqiao authors"), "license-type", GTK_LICENSE_GPL_3_0,
                "comments",
                _("Keeps the mental-health files of the people in a counsellor’s care, encrypted, on this "
                  "computer alone. It screens, records, reminds and refers; it never diagnoses."),
                NULL);
  adw_dialog_present (dialog, GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (self))));
}

/* The program's own: a dialog of the toolkit's may be the active one. */
static GtkWindow *
own_window (GtkApplication *application)
{
  for (GList *link = gtk_application_get_windows (application); link != NULL; link = link->next)
    if (XQ_IS_WINDOW (link->data))
      return link->data;
  return NULL;
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = own_window (GTK_APPLICATION (user_data));

  if (window == NULL)
    {
      g_application_quit (G_APPLICATION (user_data));
      return;
    }
  /* With a dialog open, closing would close that alone. What is typed in it is kept. */
  xq_window_lock (XQ_WINDOW (window));
  gtk_window_close (window);
}

/* The session ends, or somebody asks it of us: as by hand, nothing that was typed is lost. */
static gboolean
on_terminate_cb (gpointer user_data)
{
  on_quit (NULL, NULL, user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_page (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  if (window != NULL)
    xq_window_go (XQ_WINDOW (window), g_variant_get_string (parameter, NULL));
}

static const GActionEntry entries[] = {
  { .name = "about", .activate = on_about },
  { .name = "quit", .activate = on_quit },
  { .name = "page", .activate = on_page, .parameter_type = "s" },
};

static void
xq_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (xq_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  xq_clipboard_watch (gdk_display_get_default ());
  xq_shortcuts_install (GTK_APPLICATION (application));
  xq_preferences_apply ();
  g_unix_signal_add (SIGTERM, on_terminate_cb, application);
}

static void
xq_application_activate (GApplication *application)
{
  XqApplication *self = XQ_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (xq_window_new (self, self->folder, self->page));
  gtk_window_present (window);
}

static void
xq_application_finalize (GObject *object)
{
  XqApplication *self = XQ_APPLICATION (object);

  g_free (self->folder);
  g_free (self->page);
  G_OBJECT_CLASS (xq_application_parent_class)->finalize (object);
}

static void
xq_application_class_init (XqApplicationClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xq_application_finalize;
  G_APPLICATION_CLASS (class)->startup = xq_application_startup;
  G_APPLICATION_CLASS (class)->activate = xq_application_activate;
}

static void
xq_application_init (XqApplication *self)
{
}

/* The default vault has the plain name, by which the desktop knows the window; any other has a part of its own. */
static char *
instance_name (const char *folder)
{
  g_autofree char *own = xq_vault_default_folder ();
  g_autofree char *path = g_canonicalize_filename (folder, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);

  if (g_strcmp0 (own, path) == 0)
    return g_strdup (XQ_APPLICATION_ID);
  return g_strdup_printf (XQ_APPLICATION_ID ".v%.16s", hash);
}

XqApplication *
xq_application_new (const char *folder, const char *page)
{
  g_autofree char *name = instance_name (folder);
  XqApplication *self = g_object_new (XQ_TYPE_APPLICATION, "application-id", name, "resource-base-path",
                                      "/io/github/xinqiao/Xinqiao", NULL);

  /* xq_i18n_init() has chosen; GTK would bring the desktop's decimal comma back. */
  gtk_disable_setlocale ();
  self->folder = g_canonicalize_filename (folder, NULL);
  self->page = g_strdup (page);
  return self;
}

gboolean
xq_application_switch_vault (XqApplication *self, const char *folder, GError **error)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", error);
  g_autoptr (GSubprocess) started = NULL;

  g_return_val_if_fail (XQ_IS_APPLICATION (self), FALSE);

  if (program == NULL)
    return FALSE;
  started = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, error, program, "--vault", folder, NULL);
  if (started == NULL)
    return FALSE;
  xq_preferences_set_vault (folder);
  on_quit (NULL, NULL, self);
  return TRUE;
}
