/* The slip “backup valid” as it will be printed, with print and PDF. */
#pragma once

#include "ui/session.h"
#include "vault/backup.h"

G_BEGIN_DECLS

#define XQ_TYPE_BACKUP_SLIP_DIALOG (xq_backup_slip_dialog_get_type ())
G_DECLARE_FINAL_TYPE (XqBackupSlipDialog, xq_backup_slip_dialog, XQ, BACKUP_SLIP_DIALOG, AdwDialog)

void xq_backup_slip_dialog_present (GtkWidget *parent, const XqBackupDrill *drill);

G_END_DECLS
