/* Time left until a deadline, in words: “5 hours left”, “2 days late”. Amber in the last quarter, red when late; the
 * words say so too. It goes on by itself while it is seen. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_CLOCK_LABEL (xq_clock_label_get_type ())
G_DECLARE_FINAL_TYPE (XqClockLabel, xq_clock_label, XQ, CLOCK_LABEL, GtkWidget)

GtkWidget *xq_clock_label_new (void);
/* @from: when the clock began (0 when not known: a day before @due); @due: unix seconds, 0 shows nothing. */
void xq_clock_label_set (XqClockLabel *self, gint64 from, gint64 due);
/* "5 hours left", "2 days late", "due now", at the time @now. (transfer full) */
char *xq_clock_words (gint64 due, gint64 now);

G_END_DECLS
