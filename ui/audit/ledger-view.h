/* The disclosure ledger: what left, newest first, with its state. */
#pragma once

#include "report/model.h"
#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_LEDGER_VIEW (xq_ledger_view_get_type ())
G_DECLARE_FINAL_TYPE (XqLedgerView, xq_ledger_view, XQ, LEDGER_VIEW, GtkWidget)

GtkWidget *xq_ledger_view_new (XqSession *session);
void xq_ledger_view_load (XqLedgerView *self);
/* What the filter lets through, as a ledger that says who each entry is about. (transfer full) */
XqReport *xq_ledger_view_report (XqLedgerView *self, GError **error);

G_END_DECLS
