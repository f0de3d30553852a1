/* Shared by the files of care/ alone. */
#pragma once

#include "care/follow-up.h"
#include "care/triage.h"
#include "care/warning.h"

G_BEGIN_DECLS

/* The person's present level, in the list of people; @audited FALSE inside a batch with a row of its own. */
gboolean xq_care_set_level (XqCare *care, gint64 person_id, int level, gboolean audited, GError **error);

/* What came in for a warning. */
typedef struct
{
  gint64 person_id;
  XqWarningSource source;
  int level;
  const XqFinding *findings;
  guint n_findings;
  const char *text; /* what a person reported; NULL with findings */
  gint64 at;
} XqIncoming;

/* Raises or joins, without an audit row; the caller has a transaction open. @ret_raised (nullable): it is a new
 * warning. */
gboolean xq_warning_take_in (XqCare *care, const XqIncoming *incoming, gboolean audited_level,
                             gint64 *ret_warning_id, gboolean *ret_raised, GError **error);
/* Moves the state where the table warning_transition allows it; the message names what it allows. Only in memory. */
gboolean xq_warning_step (XqCare *care, XqWarning *warning, XqWarningState state, GError **error);

gboolean xq_care_needs_words (const char *text, const char *message, GError **error);
/* {"id","code","name"} */
JsonObject *xq_care_person_json (gint64 id, const char *code, const char *name);
/* Null members for what is not there. */
void xq_care_set_text_member (JsonObject *object, const char *member, const char *text);
void xq_care_set_time_member (JsonObject *object, const char *member, gint64 at);

/* How many columns xq_store_read() takes. */
int xq_care_columns_of (const XqEntity *entity);

G_END_DECLS
