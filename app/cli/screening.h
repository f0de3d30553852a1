/* Where answers become warnings: the assess room scores, the care room warns, and neither knows the other. Whoever
 * brings answers in (the window, the command line) calls both here, in one transaction. */
#pragma once

#include "assess/answers-import.h"
#include "assess/assessment.h"
#include "care/care.h"

G_BEGIN_DECLS

/* The words of instruments and tags for xq_care_set_words(); @set must outlive the care. */
XqReasonWords xq_screening_words (XqInstrumentSet *set);

/**
 * xq_screening_apply:
 * @care: the care
 * @answers: what was read from a table
 * @progress: (nullable): progress and cancel; a cancel leaves nothing behind
 * @ret_warnings: (nullable) (array fixed-size=4): persons by the heaviest level that fired; [0] all
 * @error: XQ_ASSESS_ERROR, XQ_CARE_ERROR, XQ_VAULT_ERROR
 *
 * xq_answers_apply(), and the warnings that the rules make of what came in.
 *
 * Returns: (transfer full): what was written
 */
XqAnswersResult *xq_screening_apply (XqCare *care, XqAnswers *answers, const XqProgress *progress,
                                     gint64 ret_warnings[4], GError **error);

/* One sheet, typed in or answered here: xq_assessment_add(), and the warning that the rules make of it.
 * @ret_warning_id (optional) is 0 when nothing fired. */
gboolean xq_screening_add (XqCare *care, XqAssessment *assessment, const XqInstrument *instrument,
                           const int *answers, gsize n_answers, gint64 *ret_warning_id, GError **error);

/* Takes an import of answers back with what it gave warnings as reasons. */
gboolean xq_screening_undo (XqCare *care, gint64 batch_id, GError **error);

G_END_DECLS
