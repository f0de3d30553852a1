/* What a sheet that was just entered came to: a row a scale, critical items first. */
#pragma once

#include "assess/scoring.h"
#include "ui/types.h"

G_BEGIN_DECLS

/* A plain row of a group; @subtitle is nullable. */
GtkWidget *xq_entry_result_row_new (const char *title, const char *subtitle);
/* Adds the rows of @result. */
void xq_entry_result_fill (AdwPreferencesGroup *group, const XqScoreResult *result);

G_END_DECLS
