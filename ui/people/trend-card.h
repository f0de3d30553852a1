/* A person's scores of one instrument over time, with the bands behind. */
#pragma once

#include "report/desk.h"
#include "ui/types.h"

G_BEGIN_DECLS

/* %NULL with @error unset when there is no score to draw. */
GtkWidget *xq_trend_card_new (XqDesk *desk, gint64 person_id, const char *instrument, GError **error);

G_END_DECLS
