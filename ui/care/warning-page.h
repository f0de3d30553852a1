/* One warning: the evidence on the left, the triage form beside it. */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define XQ_TYPE_WARNING_PAGE (xq_warning_page_get_type ())
G_DECLARE_FINAL_TYPE (XqWarningPage, xq_warning_page, XQ, WARNING_PAGE, XqPage)

G_END_DECLS
