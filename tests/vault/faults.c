#include "config.h"

#include "faults.h"

#include <string.h>

static struct
{
  char *folder;
  FaultsKind kind;
  guint64 at;
  guint64 count;
  gboolean met;
  char *where;
  Disk *disk;
  void (*after) (gpointer user_data);
  gpointer user_data;
} plan;

void
faults_start (const char *folder)
{
  g_free (plan.folder);
  plan.folder = g_strconcat (folder, "/", NULL);
  faults_register_vfs ();
}

void
faults_arm (FaultsKind kind, guint64 at)
{
  plan.kind = at > 0 ? kind : FAULTS_NONE;
  plan.at = at;
  plan.count = 0;
  plan.met = FALSE;
}

void
faults_mend (void)
{
  plan.kind = FAULTS_NONE;
}

guint64
faults_count (void)
{
  return plan.count;
}

gboolean
faults_met (void)
{
  return plan.met;
}

const char *
faults_where (void)
{
  return plan.met ? plan.where : "nowhere";
}

void
faults_record (Disk *disk, void (*after) (gpointer user_data), gpointer user_data)
{
  plan.disk = disk;
  plan.after = after;
  plan.user_data = user_data;
}

const char *
faults_name (const char *path)
{
  if (plan.folder == NULL || path == NULL || !g_str_has_prefix (path, plan.folder))
    return NULL;
  path += strlen (plan.folder);
  return strchr (path, '/') == NULL ? path : NULL;
}

gboolean
faults_step (FaultsCall call, const char *name, gboolean grows)
{
  static const char *const words[] = { "open", "write", "truncate", "sync", "remove", "map", "rename" };
  gboolean fails;

  plan.count++;
  fails = (plan.kind == FAULTS_ONCE && plan.count == plan.at)
          || (plan.kind == FAULTS_FULL && plan.count >= plan.at && grows);
  if (fails && !plan.met)
    {
      g_free (plan.where);
      plan.where = g_strdup_printf ("%s %s", words[call], name);
    }
  plan.met = plan.met || fails;
  return fails;
}

gboolean
faults_is_full (void)
{
  return plan.kind == FAULTS_FULL;
}

Disk *
faults_disk (void)
{
  return plan.disk;
}

void
faults_stepped (void)
{
  if (plan.after != NULL)
    plan.after (plan.user_data);
}
