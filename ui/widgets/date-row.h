/* A day, typed ("9.1", "20260901", "明天") or picked from a calendar; shown as 2026年11月23日 周一. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_DATE_ROW (xq_date_row_get_type ())
G_DECLARE_FINAL_TYPE (XqDateRow, xq_date_row, XQ, DATE_ROW, AdwEntryRow)

/* Property "date" (ISO text, %NULL for none or for what is no day). */
GtkWidget *xq_date_row_new (const char *title);
/* %NULL when it is empty or not a day: xq_date_row_check() tells which. */
const char *xq_date_row_get_date (XqDateRow *self);
void xq_date_row_set_date (XqDateRow *self, const char *date);
/* FALSE when something was typed that is no day. */
gboolean xq_date_row_check (XqDateRow *self, GError **error);

G_END_DECLS
