#include "config.h"

#include "vault/attempts.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/clock.h"
#include "vault/audit.h"
#include "vault/file.h"

#define MOST_BYTES 4096
#define FREE_TRIES 2
#define LONGEST    60

static char *
path_in (const char *folder)
{
  return g_build_filename (folder, "attempts.json", NULL);
}

static gint64
positive_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return 0;
  return MAX (0, json_node_get_int (node));
}

XqAttempts
xq_attempts_load (const char *folder)
{
  g_autofree char *path = path_in (folder);
  g_autoptr (JsonNode) node = xq_file_read_json (path, MOST_BYTES);
  XqAttempts attempts = { 0 };
  JsonObject *object;

  if (node == NULL)
    return attempts;
  object = json_node_get_object (node);
  attempts.count = positive_member (object, "count");
  attempts.first = positive_member (object, "first");
  attempts.last = positive_member (object, "last");
  return attempts;
}

void
xq_attempts_add (const char *folder)
{
  XqAttempts attempts = xq_attempts_load (folder);
  g_autofree char *path = path_in (folder);
  g_autofree char *text = NULL;

  attempts.last = xq_clock_now ();
  if (attempts.count == 0)
    attempts.first = attempts.last;
  text = g_strdup_printf ("{ \"count\": %" G_GINT64_FORMAT ", \"first\": %" G_GINT64_FORMAT
                          ", \"last\": %" G_GINT64_FORMAT " }\n",
                          attempts.count + 1, attempts.first, attempts.last);
  xq_file_write (path, text, NULL);
}

int
xq_attempts_delay (gint64 count)
{
  if (count <= FREE_TRIES)
    return 0;
  return count - FREE_TRIES > 6 ? LONGEST : 1 << (count - FREE_TRIES - 1);
}

static gint64
seconds_left (const XqAttempts *attempts)
{
  int delay = xq_attempts_delay (attempts->count);

  /* A clock that was set back must not lock anybody out. */
  return CLAMP (attempts->last + delay - xq_clock_now (), 0, delay);
}

gboolean
xq_attempts_wait (const char *folder, const XqProgress *progress, GError **error)
{
  XqAttempts attempts = xq_attempts_load (folder);
  gint64 until = g_get_monotonic_time () + seconds_left (&attempts) * G_USEC_PER_SEC;

  for (;;)
    {
      gint64 left = until - g_get_monotonic_time ();

      if (left <= 0)
        return TRUE;
      if (!xq_progress_step (progress, -1, _ ("Waiting after wrong passwords …"), error))
        return FALSE;
      g_usleep (MIN (left, G_USEC_PER_SEC / 20));
    }
}

static gboolean
append_row (const XqAttempts *attempts, XqDatabase *database, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (JsonObject) detail = json_object_new ();
  g_autofree char *first = xq_clock_iso (attempts->first);
  g_autofree char *last = xq_clock_iso (attempts->last);

  if (transaction == NULL)
    return FALSE;
  json_object_set_int_member (detail, "count", attempts->count);
  json_object_set_string_member (detail, "first", first != NULL ? first : "");
  json_object_set_string_member (detail, "last", last != NULL ? last : "");
  return xq_audit_append (database, "wrong_password", NULL, 0, detail, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
xq_attempts_settle (const char *folder, XqDatabase *database, GError **error)
{
  XqAttempts attempts = xq_attempts_load (folder);
  g_autofree char *path = path_in (folder);

  if (attempts.count > 0 && !append_row (&attempts, database, error))
    return FALSE;
  g_unlink (path);
  return TRUE;
}
