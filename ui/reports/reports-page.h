/* What goes out of the office: choose a report and a term, see it on paper, then print or save it. */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define XQ_TYPE_REPORTS_PAGE (xq_reports_page_get_type ())
G_DECLARE_FINAL_TYPE (XqReportsPage, xq_reports_page, XQ, REPORTS_PAGE, XqPage)

G_END_DECLS
