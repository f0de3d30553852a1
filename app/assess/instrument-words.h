/* The assess room: what an instrument is, in words: for the window and the command line alike. */
#pragma once

#include "assess/instrument.h"

G_BEGIN_DECLS

/* "18 to 65 years", "from 18 years on"; NULL where the authors set no age. (transfer full) */
char *xq_instrument_age_words (const XqInstrument *instrument);

/* "Total, 0 to 27". (transfer full) */
char *xq_scale_title (const XqScale *scale);

/* "0–4 Minimal", with "(positive screen)" where it is one. (transfer full) */
char *xq_band_words (const XqBand *band);

/* "Item 9: thoughts of death". (transfer full) */
char *xq_critical_item_title (const XqCriticalItem *critical);

/* Whose rule it is: the authors' or this program's. */
const char *xq_critical_item_ground (const XqCriticalItem *critical);

/* Whether the wording may be copied. */
const char *xq_licence_words (const XqLicence *licence);

G_END_DECLS
