#include "config.h"

#include "ui/session-drafts.h"

#include "base/error.h"
#include "ui/session-private.h"

/* A transaction of another worker may last: each try waits as long as the connection does. Locked, the others have been told to stop. */
#define TRIES_WHEN_CLOSED 3

/* One change that was asked for. */
typedef struct
{
  XqDraft *draft;
  gboolean drop; /* of its form, whatever is kept of it */
  XqDraftKept kept;
  gpointer user_data;
  GDestroyNotify free_data;
  GError *error;
} Change;

struct _XqDraftQueue
{
  gatomicrefcount references;
  GMutex mutex;
  GQueue waiting; /* of Change */
  Change *writing;
  GQueue written; /* to be told on the main thread */
  gboolean running;
};

static void
change_free (gpointer data)
{
  Change *change = data;

  if (change->free_data != NULL)
    change->free_data (change->user_data);
  xq_draft_free (change->draft);
  g_clear_error (&change->error);
  g_free (change);
}

XqDraftQueue *
xq_draft_queue_new (void)
{
  XqDraftQueue *self = g_new0 (XqDraftQueue, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  g_queue_init (&self->waiting);
  g_queue_init (&self->written);
  return self;
}

static XqDraftQueue *
queue_ref (XqDraftQueue *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
xq_draft_queue_unref (XqDraftQueue *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_queue_clear_full (&self->waiting, change_free);
  g_queue_clear_full (&self->written, change_free);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
is_about (const Change *change, const char *kind, const char *entity, gint64 entity_id)
{
  return change->draft->entity_id == entity_id && g_str_equal (change->draft->kind, kind)
         && g_str_equal (change->draft->entity, entity);
}

/* -- in the thread */

/* Under the mutex. */
static gboolean
is_overtaken (XqDraftQueue *self, const Change *change)
{
  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    if (is_about (link->data, change->draft->kind, change->draft->entity, change->draft->entity_id))
      return TRUE;
  return FALSE;
}

/* The next that is to be written; NULL when all is, and the thread ends. */
static Change *
take (XqDraftQueue *self)
{
  g_mutex_lock (&self->mutex);
  if (self->writing != NULL)
    g_queue_push_tail (&self->written, g_steal_pointer (&self->writing));
  do
    {
      if (self->writing != NULL)
        {
          self->writing->kept = NULL;
          g_queue_push_tail (&self->written, self->writing);
        }
      self->writing = g_queue_pop_head (&self->waiting);
    }
  while (self->writing != NULL && is_overtaken (self, self->writing));
  self->running = self->writing != NULL;
  g_mutex_unlock (&self->mutex);
  return self->writing;
}

static gboolean
write_once (XqDatabase *database, const Change *change, GError **error)
{
  const XqDraft *draft = change->draft;

  return change->drop ? xq_draft_drop (database, draft->kind, draft->entity, draft->entity_id, error)
                      : xq_draft_keep (database, draft, error);
}

static void
write_change (XqDatabase *database, Change *change, GCancellable *closing)
{
  int tries = 0;

  while (!write_once (database, change, &change->error)
         && g_error_matches (change->error, XQ_VAULT_ERROR, XQ_ERROR_BUSY)
         && (!g_cancellable_is_cancelled (closing) || ++tries < TRIES_WHEN_CLOSED))
    g_clear_error (&change->error);
}

static gpointer
write_all (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  XqDraftQueue *self = data;
  Change *change;

  while ((change = take (self)) != NULL)
    write_change (database, change, progress->cancellable);
  return NULL;
}

/* -- on the main thread */

/* No connection could be made: nothing of what waits will be written. */
static void
give_up (XqDraftQueue *self, const GError *error)
{
  Change *change;

  g_mutex_lock (&self->mutex);
  while ((change = g_queue_pop_head (&self->waiting)) != NULL)
    {
      change->error = g_error_copy (error);
      g_queue_push_tail (&self->written, change);
    }
  self->running = FALSE;
  g_mutex_unlock (&self->mutex);
}

static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  XqSession *session = XQ_SESSION (source);
  XqDraftQueue *self = user_data;
  GApplication *application = g_application_get_default ();
  GQueue written = G_QUEUE_INIT;
  g_autoptr (GError) error = NULL;
  Change *change;

  xq_session_run_finish (session, result, &error);
  if (error != NULL)
    give_up (self, error);
  g_mutex_lock (&self->mutex);
  written = self->written;
  g_queue_init (&self->written);
  g_mutex_unlock (&self->mutex);
  while ((change = g_queue_pop_head (&written)) != NULL)
    {
      if (change->kept != NULL)
        change->kept (session, change->draft, change->error, change->user_data);
      change_free (change);
    }
  xq_session_changed (session, XQ_CHANGED_DRAFTS);
  xq_draft_queue_unref (self);
  if (application != NULL)
    g_application_release (application);
}

/* Takes @change. */
static void
ask_for (XqSession *session, Change *change)
{
  XqDraftQueue *self = xq_session_draft_queue (session);
  GApplication *application = g_application_get_default ();
  gboolean start;

  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->waiting, change);
  start = !self->running;
  self->running = TRUE;
  g_mutex_unlock (&self->mutex);
  if (!start)
    return;
  if (application != NULL)
    g_application_hold (application);
  xq_session_run_async (session, write_all, queue_ref (self), (GDestroyNotify) xq_draft_queue_unref, NULL, NULL, NULL, NULL,
                        on_written_cb, queue_ref (self));
}

void
xq_session_keep_draft (XqSession *self, const char *kind, const char *entity, gint64 entity_id, JsonObject *fields,
                       XqDraftKept kept, gpointer user_data, GDestroyNotify free_data)
{
  Change *change;

  g_return_if_fail (XQ_IS_SESSION (self));

  change = g_new0 (Change, 1);
  change->draft = xq_draft_typed (kind, entity, entity_id, fields);
  change->kept = kept;
  change->user_data = user_data;
  change->free_data = free_data;
  if (xq_session_is_open (self))
    ask_for (self, change);
  else
    change_free (change);
}

void
xq_session_drop_draft (XqSession *self, const char *kind, const char *entity, gint64 entity_id)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  Change *change;

  g_return_if_fail (XQ_IS_SESSION (self));

  if (!xq_session_is_open (self))
    return;
  change = g_new0 (Change, 1);
  change->draft = xq_draft_typed (kind, entity, entity_id, nothing);
  change->drop = TRUE;
  ask_for (self, change);
}

/* Under the mutex: the last that was asked for and is not written. */
static const Change *
find_unwritten (XqDraftQueue *self, const char *kind, const char *entity, gint64 entity_id)
{
  for (GList *link = self->waiting.tail; link != NULL; link = link->prev)
    if (is_about (link->data, kind, entity, entity_id))
      return link->data;
  return self->writing != NULL && is_about (self->writing, kind, entity, entity_id) ? self->writing : NULL;
}

XqDraft *
xq_session_find_draft (XqSession *self, const char *kind, const char *entity, gint64 entity_id)
{
  XqDraftQueue *queue = xq_session_draft_queue (self);
  g_autoptr (XqDraft) draft = NULL;
  const Change *unwritten;

  g_return_val_if_fail (XQ_IS_SESSION (self), NULL);

  g_mutex_lock (&queue->mutex);
  unwritten = find_unwritten (queue, kind, entity, entity_id);
  if (unwritten != NULL && !unwritten->drop)
    draft = xq_draft_copy (unwritten->draft);
  g_mutex_unlock (&queue->mutex);
  if (unwritten != NULL || !xq_session_is_open (self))
    return g_steal_pointer (&draft);
  return xq_draft_find (xq_session_database (self), kind, entity, entity_id, NULL);
}
