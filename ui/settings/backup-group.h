/* Backups: where they go, how old the newest is, one now, the drill, what lies there, restoring. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_BACKUP_GROUP (xq_backup_group_get_type ())
G_DECLARE_FINAL_TYPE (XqBackupGroup, xq_backup_group, XQ, BACKUP_GROUP, AdwPreferencesGroup)

GtkWidget *xq_backup_group_new (XqSession *session);
void xq_backup_group_load (XqBackupGroup *self);

G_END_DECLS
