#include "config.h"

#include "base/progress.h"

gboolean
xq_progress_step (const XqProgress *progress, double fraction, const char *what, GError **error)
{
  if (progress == NULL)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (progress->cancellable, error))
    return FALSE;
  if (progress->report != NULL)
    progress->report (fraction, what, progress->user_data);
  return TRUE;
}
