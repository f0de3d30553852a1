/* What a questionnaire's definition says: scales, bands, critical items, licence, sources. */
#pragma once

#include "assess/instrument.h"
#include "ui/types.h"

G_BEGIN_DECLS

void xq_instrument_dialog_present (GtkWidget *parent, const XqInstrument *instrument);

G_END_DECLS
