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
  XqProfile profile;    /* for a new vault */
  char *name;           /* for a new vault */
  XqVault *vault;       /* out */
  XqSecret *ret_code;   /* out: of a new vault */
} XqStartWork;

XqStartWork *xq_start_work_new (const char *folder);
void xq_start_work_free (XqStartWork *work);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqStartWork, xq_start_work_free)

/* Returns FALSE with @error; fills the out members of @work. */
typedef gboolean (*XqStartFunc) (XqStartWork *work, const XqProgress *progress, GError **error);

gboolean xq_start_open (XqStartWork *work, const XqProgress *progress, GError **error);
gboolean xq_start_recover (XqStartWork *work, const XqProgress *progress, GError **error);
gboolean xq_start_create (XqStartWork *work, const XqProgress *progress, GError **error);

/* @work is taken; xq_start_work_finish() gives it back. @said (nullable) is told on the main thread, with @widget, what is being
 * done whenever that changes. */
void xq_start_work_run (GtkWidget *widget, XqStartFunc function, XqStartWork *work,
                        void (*said) (GtkWidget *widget, const char *what), GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full): the work with its out members; %NULL with @error. */
XqStartWork *xq_start_work_finish (GAsyncResult *result, GError **error);

/* The text of an entry as a secret; the entry is emptied. */
XqSecret *xq_start_take_secret (GtkEditable *entry);

G_END_DECLS
