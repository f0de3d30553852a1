/* Assessments 测评: screenings with their coverage, results, questionnaires. */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define XQ_TYPE_ASSESSMENTS_PAGE (xq_assessments_page_get_type ())
G_DECLARE_FINAL_TYPE (XqAssessmentsPage, xq_assessments_page, XQ, ASSESSMENTS_PAGE, XqPage)

/* Actions: "assessments.import" (answers from a table), "assessments.enter" (answers from paper),
 * "assessments.new" (a screening). */

G_END_DECLS
