/* How far long work has come, and the way to stop it. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * XqProgressFunc:
 * @fraction: 0.0–1.0, or negative while the length is not known
 * @what: (nullable): what is being done, in translated words; valid during the call only
 * @user_data: the caller's
 *
 * Called in the thread that does the work, at most some tens of times a second.
 */
typedef void (*XqProgressFunc) (double fraction, const char *what, gpointer user_data);

/**
 * XqProgress:
 * @report: (nullable): whom to tell
 * @user_data: for @report
 * @cancellable: (nullable): asked between rows; work stops with G_IO_ERROR_CANCELLED, nothing half done
 *
 * Borrowed by the callee for the length of the call. %NULL in its place is allowed everywhere.
 */
typedef struct
{
  XqProgressFunc report;
  gpointer user_data;
  GCancellable *cancellable;
} XqProgress;

/**
 * xq_progress_step:
 * @progress: (nullable): the progress handed down
 * @fraction: as in #XqProgressFunc
 * @what: (nullable): as in #XqProgressFunc
 * @error: G_IO_ERROR_CANCELLED when the user has cancelled
 *
 * Reports, and asks whether to go on.
 *
 * Returns: %FALSE when the work is to stop
 */
gboolean xq_progress_step (const XqProgress *progress, double fraction, const char *what,
                           GError **error);

G_END_DECLS
