/* Wrong passwords: counted beside the vault, made to wait for, and told to the audit trail at the next
 * opening. It slows down whoever sits at the desk; whoever takes the file away meets Argon2id. Private to
 * this room. */
#pragma once

#include "base/progress.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 count;
  gint64 first; /* unix seconds */
  gint64 last;
} XqAttempts;

/* None when there is no such file or it makes no sense. */
XqAttempts xq_attempts_load (const char *folder);
/* One more wrong one, now. What cannot be written is not counted. */
void xq_attempts_add (const char *folder);
/* Seconds to wait after @count wrong ones: none after two, then 1, 2, 4 … 60. */
int xq_attempts_delay (gint64 count);
/* Waits; FALSE with G_IO_ERROR_CANCELLED. */
gboolean xq_attempts_wait (const char *folder, const XqProgress *progress, GError **error);
/* After a right one: an audit row of the wrong ones before, if there were any, and a clean slate. */
gboolean xq_attempts_settle (const char *folder, XqDatabase *database, GError **error);

G_END_DECLS
