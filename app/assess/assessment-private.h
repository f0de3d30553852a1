/* Keeping many sheets in one transaction without an audit row each; not for other rooms. */
#pragma once

#include "assess/assessment.h"

G_BEGIN_DECLS

typedef struct _XqAssessmentWriter XqAssessmentWriter;

/* Statements are prepared once. The database outlives the writer. */
XqAssessmentWriter *xq_assessment_writer_new (XqDatabase *database, GError **error);
void xq_assessment_writer_free (XqAssessmentWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqAssessmentWriter, xq_assessment_writer_free)
/* Keeps a sheet whose person, instrument, campaign, batch and times are set; its id and what follows the answers
 * are set from @result. */
gboolean xq_assessment_writer_add (XqAssessmentWriter *writer, XqAssessment *assessment, const int *answers,
                                   gsize n_answers, const XqScoreResult *result, GError **error);

/* With scores and hits, without an audit row. */
gboolean xq_assessment_remove (XqDatabase *database, gint64 id, GError **error);
/* Puts the person on the campaign's roster, if need be, and is done. *@ret_added (optional): was not on it. */
gboolean xq_campaign_mark_done (XqDatabase *database, gint64 campaign_id, gint64 person_id, gboolean *ret_added,
                                GError **error);
/* Back to pending when no sheet of the campaign is left. */
gboolean xq_campaign_unmark_done (XqDatabase *database, gint64 campaign_id, gint64 person_id, GError **error);
/* Refused when the campaign is closed, naming it. */
gboolean xq_campaign_check_open (XqDatabase *database, gint64 campaign_id, GError **error);

G_END_DECLS
