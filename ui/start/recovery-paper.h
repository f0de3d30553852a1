/* The recovery sheet on paper and as text. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

/* The sheet as plain text: whose it is, the code, what to do with it. (transfer full): wipe it before freeing */
char *xq_recovery_paper_text (const char *name, const char *const *groups);
/* Into @file, readable by the owner only. */
gboolean xq_recovery_paper_save (GFile *file, const char *name, const char *const *groups, GError **error);
/* Shows the print dialog. Returns TRUE when it was printed. */
gboolean xq_recovery_paper_print (GtkWindow *parent, const char *name, const char *const *groups, GError **error);

G_END_DECLS
