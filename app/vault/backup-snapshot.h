/* vault.db held still, as bytes, while everybody goes on writing. Private to this room. */
#pragma once

#include "base/progress.h"
#include "vault/database-private.h"

G_BEGIN_DECLS

/**
 * XqSnapshot:
 * @reader: a connection that sees the vault of that moment; what is counted by it is what the bytes hold. The bytes are
 *   read through another connection's handle, so that one thread may count while another reads them
 * @bytes: how long the file is
 */
typedef struct
{
  XqDatabase *reader;
  guint64 bytes;
  /*< private >*/
  XqDatabase *lender;
  sqlite3_file *file; /* the lender's */
} XqSnapshot;

/* Takes @reader and @writer, two connections to the same vault that may write, and closes them in the end. Waits
 * for whoever is writing: XQ_ERROR_BUSY when that takes longer than a quarter of a minute. */
gboolean xq_snapshot_begin (XqSnapshot *snapshot, XqDatabase *reader, XqDatabase *writer, const XqProgress *progress,
                            GError **error);
/* @length encrypted bytes from @offset, both within the file. */
gboolean xq_snapshot_read (XqSnapshot *snapshot, guint8 *ret_bytes, gsize length, guint64 offset, GError **error);
void xq_snapshot_end (XqSnapshot *snapshot);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqSnapshot, xq_snapshot_end)

G_END_DECLS
