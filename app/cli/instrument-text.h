/* An instrument as a page of text, for a reader at a terminal. */
#pragma once

#include "assess/instrument.h"

G_BEGIN_DECLS

/* What the window's dialog shows of it, section by section. (transfer full) */
char *xq_instrument_text (const XqInstrument *instrument);

G_END_DECLS
