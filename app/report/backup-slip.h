/* The slip 备份有效 that a backup drill ends with: one A4 page for the binder. */
#pragma once

#include "report/page.h"
#include "vault/backup.h"

G_BEGIN_DECLS

/* What was tried out, when, how, and when next; it names no person. (transfer full) */
XqPageDocument *xq_backup_slip_to_pages (const XqBackupDrill *drill);

G_END_DECLS
