/* Which column of a table of answers is which: what was understood, and its correction. */
#pragma once

#include "ui/assess/answers-work.h"

G_BEGIN_DECLS

#define XQ_TYPE_COLUMNS_GROUP (xq_columns_group_get_type ())
G_DECLARE_FINAL_TYPE (XqColumnsGroup, xq_columns_group, XQ, COLUMNS_GROUP, AdwPreferencesGroup)

/* Signal "mapped": the user chose columns; they are in the map. */

/* What is chosen is written into @map as #XqAnswersOptions has it in its overrides. */
GtkWidget *xq_columns_group_new (XqSession *session, GHashTable *map);

/* What was understood is shown by a begin, an add for each questionnaire and an end. Rows that stay the same rows keep the
 * keyboard and their place on the screen. */

/* Of the table with this @header, of which nothing is kept. */
void xq_columns_group_begin (XqColumnsGroup *self, const XqHeader *header);
/* The columns of an instrument. @columns: (nullable): letters, one an item, "" for none; NULL when nothing is known of
 * them. @note: (nullable): how they were told. */
void xq_columns_group_add (XqColumnsGroup *self, const XqInstrument *instrument, const char *const *columns,
                           const char *note);
void xq_columns_group_end (XqColumnsGroup *self);

G_END_DECLS
