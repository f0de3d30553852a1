/* What the window does with backups in a thread, and the words for how old one is. */
#pragma once

#include "ui/session.h"
#include "vault/backup.h"

G_BEGIN_DECLS

/* How things stand, and what lies in the chosen folder. */
typedef struct
{
  XqBackupStatus *status;
  GPtrArray *entries; /* of XqBackupEntry, own ones, newest first */
} XqBackupView;

void xq_backup_view_free (XqBackupView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqBackupView, xq_backup_view_free)

/* What the works below are handed. */
typedef struct
{
  XqVault *vault;
  char *path;
  XqBackupKind kind;
} XqBackupTask;

/* @path (nullable): a folder for xq_backup_make_work(), a file for xq_backup_drill_work(). */
XqBackupTask *xq_backup_task_new (XqSession *session, const char *path, XqBackupKind kind);
void xq_backup_task_free (XqBackupTask *task);

/* XqWork: an XqBackupView. */
gpointer xq_backup_view_work (XqDatabase *database, gpointer task, const XqProgress *progress, GError **error);
/* XqWork: an XqBackupRecord. */
gpointer xq_backup_make_work (XqDatabase *database, gpointer task, const XqProgress *progress, GError **error);
/* XqWork: an XqBackupDrill. */
gpointer xq_backup_drill_work (XqDatabase *database, gpointer task, const XqProgress *progress, GError **error);

/* "today", "yesterday", "5 days ago"; "never" for 0. (transfer full) */
char *xq_backup_age (gint64 made_at);

G_END_DECLS
