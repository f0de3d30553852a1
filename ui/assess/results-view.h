/* All results, filtered, lazily read; of one questionnaire also how they fall into its bands. */
#pragma once

#include "report/desk.h"
#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_RESULTS_VIEW (xq_results_view_get_type ())
G_DECLARE_FINAL_TYPE (XqResultsView, xq_results_view, XQ, RESULTS_VIEW, GtkWidget)

GtkWidget *xq_results_view_new (XqSession *session);
/* Fills the filters anew, keeping what was chosen, and lists in a thread. */
gboolean xq_results_view_load (XqResultsView *self, XqDesk *desk, GError **error);
/* The focus to the first filter. */
void xq_results_view_search (XqResultsView *self);

G_END_DECLS
