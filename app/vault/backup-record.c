#include "config.h"

#include "vault/backup-private.h"

#include <glib/gi18n-lib.h>

#include "vault/audit.h"
#include "vault/store.h"

const XqChoice xq_backup_kinds[] = {
  { "manual", N_("Backup by hand") },
  { "automatic", N_("Daily backup") },
  { "drill", N_("Drill") },
  { "restore", N_("Restored from") },
  { 0 },
};

const XqChoice xq_backup_outcomes[] = {
  { "done", N_("Done") },
  { "failed", N_("Failed") },
  { 0 },
};

static const char *const actions[] = {
  [XQ_BACKUP_BY_HAND] = "backup",
  [XQ_BACKUP_AUTOMATIC] = "backup",
  [XQ_BACKUP_DRILL] = "backup_drill",
  [XQ_BACKUP_RESTORE] = "backup_restore",
};

#define FIELD(name, label, type, values) \
  { #name, label, type, G_STRUCT_OFFSET (XqBackupRecord, name), XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, values }

static const XqField fields[] = {
  FIELD (kind, N_("Kind"), XQ_FIELD_CHOICE, xq_backup_kinds),
  FIELD (at, N_("Time"), XQ_FIELD_TIME, NULL),
  FIELD (folder, N_("Folder"), XQ_FIELD_TEXT, NULL),
  FIELD (file, N_("File"), XQ_FIELD_TEXT, NULL),
  FIELD (made_at, N_("Made at"), XQ_FIELD_TIME, NULL),
  FIELD (bytes, N_("Size"), XQ_FIELD_INTEGER, NULL),
  FIELD (total, N_("Records"), XQ_FIELD_INTEGER, NULL),
  FIELD (audit_head, N_("Head of the audit"), XQ_FIELD_TEXT, NULL),
  FIELD (verified_at, N_("Verified at"), XQ_FIELD_TIME, NULL),
  FIELD (outcome, N_("Outcome"), XQ_FIELD_CHOICE, xq_backup_outcomes),
  FIELD (why, N_("Why"), XQ_FIELD_TEXT, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_BACKUP_RECORD = { "backup", N_("Backup"), sizeof (XqBackupRecord), fields };

GPtrArray *
xq_backup_records (XqDatabase *database, int limit, GError **error)
{
  return xq_store_list (database, error, &XQ_BACKUP_RECORD, "ORDER BY id DESC LIMIT :limit",
                        XQ_INTEGER (":limit", limit), XQ_END);
}

gboolean
xq_backup_record_add (XqDatabase *database, XqBackupRecord *record, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (JsonObject) detail = NULL;

  if (transaction == NULL || !xq_store_insert_unaudited (database, &XQ_BACKUP_RECORD, record, error))
    return FALSE;
  detail = xq_record_difference (&XQ_BACKUP_RECORD, NULL, record);
  return xq_audit_append (database, actions[record->kind], XQ_BACKUP_RECORD.name, record->id, detail, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}
