/* The questionnaires at hand: what each asks, and what its licence allows. */
#pragma once

#include "report/desk.h"
#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_INSTRUMENTS_VIEW (xq_instruments_view_get_type ())
G_DECLARE_FINAL_TYPE (XqInstrumentsView, xq_instruments_view, XQ, INSTRUMENTS_VIEW, GtkWidget)

GtkWidget *xq_instruments_view_new (void);
void xq_instruments_view_load (XqInstrumentsView *self, XqDesk *desk);

G_END_DECLS
