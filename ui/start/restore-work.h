/* Opening and restoring a backup in a thread, while no vault is open. */
#pragma once

#include "ui/types.h"
#include "vault/backup.h"

G_BEGIN_DECLS

/* Goes through the steps; the worker has it while one runs. */
typedef struct
{
  char *file;
  char *folder;
  XqSecret *password; /* nullable: then @code */
  char *code;         /* wiped when freed */
  XqBackup *backup;   /* out, of the first step */
  XqVault *vault;     /* out, of the last step */
  char *old;          /* out: where the vault before is now */
  gint permille;      /* atomic: how far the running step is */
} XqRestoreWork;

XqRestoreWork *xq_restore_work_new (void);
void xq_restore_work_free (XqRestoreWork *work);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqRestoreWork, xq_restore_work_free)

typedef gboolean (*XqRestoreStep) (XqRestoreWork *work, const XqProgress *progress, GError **error);

/* Reads the header of @file. */
gboolean xq_restore_read (XqRestoreWork *work, const XqProgress *progress, GError **error);
/* Opens @backup with @password or @code, which are gone afterwards. */
gboolean xq_restore_unlock (XqRestoreWork *work, const XqProgress *progress, GError **error);
/* Restores into @folder; a vault there is kept beside it. */
gboolean xq_restore_write (XqRestoreWork *work, const XqProgress *progress, GError **error);

/* @work is borrowed until @callback has been called. */
void xq_restore_work_run (GtkWidget *widget, XqRestoreStep step, XqRestoreWork *work, GCancellable *cancellable,
                          GAsyncReadyCallback callback);
gboolean xq_restore_work_finish (GAsyncResult *result, GError **error);

G_END_DECLS
