/* Whose, and from when to when: the filter that both ledgers have. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_RECORD_FILTER (xq_record_filter_get_type ())
G_DECLARE_FINAL_TYPE (XqRecordFilter, xq_record_filter, XQ, RECORD_FILTER, GtkBox)

/* Signal "changed": something else is asked for. */

GtkWidget *xq_record_filter_new (XqSession *session);
/* 0 for everybody. */
gint64 xq_record_filter_person (XqRecordFilter *self);
/* ISO; %NULL for no end. Borrowed. */
const char *xq_record_filter_from (XqRecordFilter *self);
const char *xq_record_filter_to (XqRecordFilter *self);
/* Whether anything is left out. */
gboolean xq_record_filter_is_set (XqRecordFilter *self);

G_END_DECLS
