#include "config.h"

#include "ui/start/start.h"

#include <glib/gi18n-lib.h>

#include "ui/start/first-run.h"
#include "ui/start/recover.h"
#include "ui/start/restore.h"
#include "ui/start/unlock.h"

struct _XqStart
{
  AdwBin parent_instance;

  AdwNavigationView *view;
  char *folder;
};

enum
{
  SIGNAL_UNLOCKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqStart, xq_start, ADW_TYPE_BIN)

static void
xq_start_finalize (GObject *object)
{
  g_free (XQ_START (object)->folder);
  G_OBJECT_CLASS (xq_start_parent_class)->finalize (object);
}

static void
xq_start_class_init (XqStartClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xq_start_finalize;
  signals[SIGNAL_UNLOCKED] = g_signal_new ("unlocked", XQ_TYPE_START, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
xq_start_init (XqStart *self)
{
  self->view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->view));
}

XqStart *
xq_start_new (const char *folder)
{
  XqStart *self = g_object_new (XQ_TYPE_START, NULL);

  self->folder = g_strdup (folder);
  if (xq_vault_exists (folder))
    adw_navigation_view_push (self->view, ADW_NAVIGATION_PAGE (xq_unlock_new (folder)));
  else
    adw_navigation_view_push (self->view, ADW_NAVIGATION_PAGE (xq_first_run_new (folder)));
  return self;
}

static XqStart *
start_of (GtkWidget *widget)
{
  return XQ_START (gtk_widget_get_ancestor (widget, XQ_TYPE_START));
}

void
xq_start_unlocked (GtkWidget *widget, XqVault *vault)
{
  XqStart *self = start_of (widget);

  /* The window replaces its content, and with it this widget. */
  g_object_ref (self);
  g_signal_emit (self, signals[SIGNAL_UNLOCKED], 0, vault);
  g_object_unref (self);
}

void
xq_start_show_first_run (GtkWidget *widget, const char *folder)
{
  adw_navigation_view_push (start_of (widget)->view, ADW_NAVIGATION_PAGE (xq_first_run_new (folder)));
}

void
xq_start_show_page (XqStart *self, AdwNavigationPage *page)
{
  adw_navigation_view_push (self->view, page);
}

void
xq_start_show_recovery (GtkWidget *widget)
{
  XqStart *self = start_of (widget);

  adw_navigation_view_push (self->view, ADW_NAVIGATION_PAGE (xq_recover_new (self->folder)));
}

void
xq_start_show_restore (GtkWidget *widget)
{
  XqStart *self = start_of (widget);

  adw_navigation_view_push (self->view, ADW_NAVIGATION_PAGE (xq_restore_new (self->folder)));
}
