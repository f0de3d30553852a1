#include "config.h"

#include "ui/page.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/simple.h"
#include "ui/window.h"

typedef struct
{
  XqSession *session;
  gint64 record_id;
  char *title;
  GtkWidget *child;
  GtkWidget *failure;
  GHashTable *running; /* XqWork → GCancellable */
  gboolean stale;
  gboolean disposed;
} XqPagePrivate;

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_RECORD_ID,
  PROP_TITLE,
  PROP_CHILD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (XqPage, xq_page, GTK_TYPE_WIDGET)

#define PRIVATE(self) ((XqPagePrivate *) xq_page_get_instance_private (self))

/* A template that is disposed of unparents its children itself: ours may be an orphan by then. */
static void
drop_child (XqPage *self)
{
  g_autoptr (GtkWidget) child = g_steal_pointer (&PRIVATE (self)->child);

  if (child != NULL && gtk_widget_get_parent (child) == GTK_WIDGET (self))
    gtk_widget_unparent (child);
}

static void
load (XqPage *self)
{
  XqPagePrivate *priv = PRIVATE (self);

  priv->stale = FALSE;
  if (!xq_session_is_open (priv->session))
    return;
  xq_page_set_error (self, NULL);
  if (XQ_PAGE_GET_CLASS (self)->load != NULL)
    XQ_PAGE_GET_CLASS (self)->load (self);
}

static void
on_changed_cb (XqPage *self, guint changed)
{
  if (changed & (XQ_PAGE_GET_CLASS (self)->changes | XQ_CHANGED_MASK))
    xq_page_reload (self);
}

static void
xq_page_map (GtkWidget *widget)
{
  XqPage *self = XQ_PAGE (widget);

  if (PRIVATE (self)->stale)
    load (self);
  GTK_WIDGET_CLASS (xq_page_parent_class)->map (widget);
}

/* The first thing of the page that takes the keyboard. */
static gboolean
xq_page_grab_focus (GtkWidget *widget)
{
  XqPagePrivate *priv = PRIVATE (XQ_PAGE (widget));

  /* Asked twice it must not go on to the second thing. */
  if (xq_has_focus_within (widget))
    return TRUE;
  return priv->child != NULL && gtk_widget_child_focus (priv->child, GTK_DIR_TAB_FORWARD);
}

static void
xq_page_constructed (GObject *object)
{
  XqPagePrivate *priv = PRIVATE (XQ_PAGE (object));

  G_OBJECT_CLASS (xq_page_parent_class)->constructed (object);
  if (priv->session != NULL)
    g_signal_connect_object (priv->session, "changed", G_CALLBACK (on_changed_cb), object, G_CONNECT_SWAPPED);
}

static void
xq_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  XqPagePrivate *priv = PRIVATE (XQ_PAGE (object));

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, priv->session);
      break;
    case PROP_RECORD_ID:
      g_value_set_int64 (value, priv->record_id);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_CHILD:
      g_value_set_object (value, priv->child);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
xq_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  XqPagePrivate *priv = PRIVATE (XQ_PAGE (object));

  switch (id)
    {
    case PROP_SESSION:
      priv->session = g_value_dup_object (value);
      break;
    case PROP_RECORD_ID:
      priv->record_id = g_value_get_int64 (value);
      break;
    case PROP_TITLE:
      xq_page_set_title (XQ_PAGE (object), g_value_get_string (value));
      break;
    case PROP_CHILD:
      xq_page_set_child (XQ_PAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
xq_page_dispose (GObject *object)
{
  XqPagePrivate *priv = PRIVATE (XQ_PAGE (object));
  GHashTableIter iter;
  gpointer cancellable;

  priv->disposed = TRUE;
  g_hash_table_iter_init (&iter, priv->running);
  while (g_hash_table_iter_next (&iter, NULL, &cancellable))
    g_cancellable_cancel (cancellable);
  g_hash_table_remove_all (priv->running);
  drop_child (XQ_PAGE (object));
  g_clear_pointer (&priv->failure, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_page_parent_class)->dispose (object);
}

static void
xq_page_finalize (GObject *object)
{
  XqPagePrivate *priv = PRIVATE (XQ_PAGE (object));

  g_clear_object (&priv->session);
  g_clear_pointer (&priv->running, g_hash_table_unref);
  g_free (priv->title);
  G_OBJECT_CLASS (xq_page_parent_class)->finalize (object);
}

static void
xq_page_class_init (XqPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->constructed = xq_page_constructed;
  object_class->get_property = xq_page_get_property;
  object_class->set_property = xq_page_set_property;
  object_class->dispose = xq_page_dispose;
  object_class->finalize = xq_page_finalize;
  widget_class->map = xq_page_map;
  widget_class->grab_focus = xq_page_grab_focus;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, XQ_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                    | G_PARAM_STATIC_STRINGS);
  properties[PROP_RECORD_ID] = g_param_spec_int64 ("record-id", NULL, NULL, 0, G_MAXINT64, 0,
                                                   G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                     | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                  | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                  | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "page");
}

static void
xq_page_init (XqPage *self)
{
  XqPagePrivate *priv = PRIVATE (self);

  priv->stale = TRUE;
  priv->running = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

XqSession *
xq_page_session (XqPage *self)
{
  g_return_val_if_fail (XQ_IS_PAGE (self), NULL);
  return PRIVATE (self)->session;
}

XqDatabase *
xq_page_database (XqPage *self)
{
  return xq_session_database (xq_page_session (self));
}

gint64
xq_page_record_id (XqPage *self)
{
  g_return_val_if_fail (XQ_IS_PAGE (self), 0);
  return PRIVATE (self)->record_id;
}

const char *
xq_page_title (XqPage *self)
{
  g_return_val_if_fail (XQ_IS_PAGE (self), NULL);
  return PRIVATE (self)->title;
}

void
xq_page_set_title (XqPage *self, const char *title)
{
  g_return_if_fail (XQ_IS_PAGE (self));

  if (g_set_str (&PRIVATE (self)->title, title))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

void
xq_page_set_child (XqPage *self, GtkWidget *child)
{
  XqPagePrivate *priv = PRIVATE (self);

  g_return_if_fail (XQ_IS_PAGE (self));
  g_return_if_fail (child == NULL || gtk_widget_get_parent (child) == NULL);

  if (priv->child == child)
    return;
  drop_child (self);
  if (child != NULL)
    {
      priv->child = g_object_ref_sink (child);
      gtk_widget_set_parent (child, GTK_WIDGET (self));
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

XqWindow *
xq_page_window (XqPage *self)
{
  g_return_val_if_fail (XQ_IS_PAGE (self), NULL);
  return xq_window_for (GTK_WIDGET (self));
}

void
xq_page_reload (XqPage *self)
{
  g_return_if_fail (XQ_IS_PAGE (self));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
  else
    PRIVATE (self)->stale = TRUE;
}

void
xq_page_set_error (XqPage *self, const GError *error)
{
  XqPagePrivate *priv = PRIVATE (self);
  GtkWidget *again;

  g_return_if_fail (XQ_IS_PAGE (self));

  if (error == NULL && priv->failure == NULL)
    return;
  g_clear_pointer (&priv->failure, gtk_widget_unparent);
  if (priv->child != NULL)
    gtk_widget_set_child_visible (priv->child, error == NULL);
  if (error == NULL)
    return;

  again = gtk_button_new_with_mnemonic (_("_Try Again"));
  gtk_widget_set_halign (again, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (again, "pill");
  g_signal_connect_object (again, "clicked", G_CALLBACK (xq_page_reload), self, G_CONNECT_SWAPPED);
  priv->failure = g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "dialog-warning-symbolic", "title",
                                _("This Page Cannot Be Shown"), "description", error->message, "child", again,
                                NULL);
  gtk_widget_set_parent (priv->failure, GTK_WIDGET (self));
}

/* What a run needs when it comes back. */
typedef struct
{
  XqPage *page;
  XqWork work;
  GCancellable *cancellable;
  GDestroyNotify free_result;
  XqPageDone done;
} Run;

static void
on_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  XqPagePrivate *priv = PRIVATE (run->page);
  g_autoptr (GError) error = NULL;
  gpointer value = xq_session_run_finish (XQ_SESSION (source), result, &error);
  gboolean wanted = !priv->disposed && !g_cancellable_is_cancelled (run->cancellable)
                    && xq_session_is_open (XQ_SESSION (source));

  if (g_hash_table_lookup (priv->running, run->work) == run->cancellable)
    g_hash_table_remove (priv->running, run->work);
  if (wanted)
    run->done (run->page, value, error);
  else if (value != NULL && run->free_result != NULL)
    run->free_result (value);
  g_object_unref (run->page);
  g_object_unref (run->cancellable);
  g_free (run);
}

void
xq_page_run (XqPage *self, XqWork work, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result,
             XqPageDone done)
{
  XqPagePrivate *priv = PRIVATE (self);
  GCancellable *before;
  Run *run;

  g_return_if_fail (XQ_IS_PAGE (self));
  g_return_if_fail (done != NULL);

  before = g_hash_table_lookup (priv->running, work);
  if (before != NULL)
    g_cancellable_cancel (before);

  run = g_new0 (Run, 1);
  run->page = g_object_ref (self);
  run->work = work;
  run->cancellable = g_cancellable_new ();
  run->free_result = free_result;
  run->done = done;
  g_hash_table_insert (priv->running, work, g_object_ref (run->cancellable));
  xq_session_run_async (priv->session, work, data, free_data, free_result, NULL, NULL, run->cancellable,
                        on_run_cb, run);
}

void
xq_page_search (XqPage *self)
{
  if (XQ_PAGE_GET_CLASS (self)->search != NULL)
    XQ_PAGE_GET_CLASS (self)->search (self);
}

gboolean
xq_page_can_create (XqPage *self)
{
  return XQ_PAGE_GET_CLASS (self)->create != NULL;
}

void
xq_page_create (XqPage *self)
{
  if (XQ_PAGE_GET_CLASS (self)->create != NULL)
    XQ_PAGE_GET_CLASS (self)->create (self);
}
