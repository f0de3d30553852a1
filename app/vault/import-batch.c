#include "config.h"

#include "vault/import-batch.h"

#include <glib/gi18n-lib.h>

#include "vault/store.h"

const XqChoice xq_import_kinds[] = {
  { "roster", N_("Roster") },
  { "answers", N_("Answers") },
  { 0 },
};

static const XqField fields[] = {
  { "kind", N_("Kind"), XQ_FIELD_CHOICE, G_STRUCT_OFFSET (XqImportBatch, kind), XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, xq_import_kinds },
  { "file_name", N_("File"), XQ_FIELD_TEXT, G_STRUCT_OFFSET (XqImportBatch, file_name), XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL },
  { "at", N_("Time"), XQ_FIELD_TIME, G_STRUCT_OFFSET (XqImportBatch, at), XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL },
  { "counts", N_("What it did"), XQ_FIELD_TEXT, G_STRUCT_OFFSET (XqImportBatch, counts), XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL },
  { "undone_at", N_("Undone"), XQ_FIELD_TIME, G_STRUCT_OFFSET (XqImportBatch, undone_at), XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL },
  XQ_FIELDS_END,
};

const XqEntity XQ_IMPORT_BATCH = { "import_batch", N_("Import"), sizeof (XqImportBatch), fields };

GPtrArray *
xq_import_list (XqDatabase *database, GError **error)
{
  return xq_store_list (database, error, &XQ_IMPORT_BATCH, "ORDER BY id DESC", XQ_END);
}

XqImportBatch *
xq_import_last (XqDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) found
      = xq_store_list (database, error, &XQ_IMPORT_BATCH, "WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1", XQ_END);

  return found != NULL && found->len > 0 ? g_ptr_array_steal_index (found, 0) : NULL;
}
