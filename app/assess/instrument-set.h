/* The instruments at hand: those that the program ships and the vault's own. */
#pragma once

#include "assess/instrument.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef struct _XqInstrumentSet XqInstrumentSet;

/**
 * xq_instrument_set_new:
 * @database: (nullable): whose own definitions are seen as well; only used during this call
 * @error: XQ_ASSESS_ERROR when one of them is wrong, XQ_VAULT_ERROR
 *
 * A vault's own definition takes the place of the shipped one of the same id. Shipped ones are read when they are
 * first asked for; a set may be shared between threads.
 *
 * Returns: (transfer full): the set
 */
XqInstrumentSet *xq_instrument_set_new (XqDatabase *database, GError **error);
XqInstrumentSet *xq_instrument_set_ref (XqInstrumentSet *set);
void xq_instrument_set_unref (XqInstrumentSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqInstrumentSet, xq_instrument_set_unref)

/* XQ_ERROR_NOT_FOUND names the ids that there are. Ids differ neither by case nor by "-" and "_": "PHQ-9" is phq9.
 * (transfer none): lives as long as the set */
const XqInstrument *xq_instrument_set_get (XqInstrumentSet *set, const char *id, GError **error);
/* NULL when there is none: for words beside a stored id. */
const XqInstrument *xq_instrument_set_peek (XqInstrumentSet *set, const char *id);
/* All, by id (element-type XqInstrument) (transfer container). */
GPtrArray *xq_instrument_set_list (XqInstrumentSet *set);
/* Whether it is one of the vault's own. */
gboolean xq_instrument_set_is_own (XqInstrumentSet *set, const char *id);
/* [{"id","label","name","items","respondent","licence","may_ship","own"}] (transfer full) */
JsonNode *xq_instrument_set_to_json (XqInstrumentSet *set);

/* Checks a definition and keeps it in the vault (audited): a set made afterwards has it. */
gboolean xq_instrument_keep (XqDatabase *database, GBytes *bytes, const char *name, GError **error);
/* Takes a definition of the vault's own away again; results that were scored by it stay. */
gboolean xq_instrument_forget (XqDatabase *database, const char *id, GError **error);

G_END_DECLS
