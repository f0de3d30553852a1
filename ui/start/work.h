/* Work in a thread while no vault is open yet: deriving keys takes about a second. */
#pragma once

#include "base/progress.h"
#include "ui/types.h"
#include "vault/vault.h"

G_BEGIN_DECLS

/* Everything that opens or makes a vault; secrets live in guarded memory only. */
typedef struct
{
  char *folder;
  XqSecret *password;
  char *code;           /* recovery code; wiped when freed */
  XqSecret *shares[2];  /* two shares of it in its place */
  XqProfile profile;    /* for a new vault */
  char *name;           /* for a new vault */
  XqVault *vault;       /* out */
  XqSecret *ret_code;   /* out: of a new vault; in: the new one of an old vault */
  XqSecret *custodian;  /* nullable: for a new recovery code */
} XqStartWork;

XqStartWork *xq_start_work_new (const char *folder);
void xq_start_work_free (XqStartWork *work);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqStartWork, xq_start_work_free)

/* Returns FALSE with @error; fills the out members of @work. */
typedef gboolean (*XqStartFunc) (XqStartWork *work, const XqProgress *progress, GError **error);

gboolean xq_start_open (XqStartWork *work, const XqProgress *progress, GError **error);
gboolean xq_start_recover (XqStartWork *work, const XqProgress *progress, GError **error);
gboolean xq_start_create (XqStartWork *work, const XqProgress *progress, GError **error);
/* A new recovery code for the opened work->vault, with which nobody else may be busy for longer than some seconds. */
gboolean xq_start_renew (XqStartWork *work, const XqProgress *progress, GError **error);

/* What is being done and how far it is, negative while that is not known. On the main thread. */
typedef void (*XqStartSaid) (GtkWidget *widget, double fraction, const char *what);

/* @work is taken; xq_start_work_finish() gives it back. @said (nullable) hears of its progress, with
 * @widget. */
void xq_start_work_run (GtkWidget *widget, XqStartFunc function, XqStartWork *work,
                        XqStartSaid said, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
/* (transfer full): the work with its out members; %NULL with @error. */
XqStartWork *xq_start_work_finish (GAsyncResult *result, GError **error);

/* The text of an entry as a secret; the entry is emptied. */
XqSecret *xq_start_take_secret (GtkEditable *entry);

G_END_DECLS
