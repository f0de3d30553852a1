/* What was done and what left: the audit trail and the disclosure ledger. */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define XQ_TYPE_AUDIT_PAGE (xq_audit_page_get_type ())
G_DECLARE_FINAL_TYPE (XqAuditPage, xq_audit_page, XQ, AUDIT_PAGE, XqPage)

G_END_DECLS
