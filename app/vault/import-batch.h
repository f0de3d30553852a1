/* What was imported: one batch a table, as the rooms that import write them. */
#pragma once

#include "base/field.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_IMPORT_ROSTER,
  XQ_IMPORT_ANSWERS,
} XqImportKind;

extern const XqChoice xq_import_kinds[];

/**
 * XqImportBatch:
 * @kind: see #XqImportKind
 * @file_name: without its folder
 * @at: unix seconds
 * @counts: what it did, as compact JSON
 * @undone_at: 0 while it stands
 */
typedef struct
{
  gint64 id;
  int kind;
  char *file_name;
  gint64 at;
  char *counts;
  gint64 undone_at;
} XqImportBatch;

XQ_DECLARE_RECORD (XqImportBatch, import_batch, XQ_IMPORT_BATCH)

/* Newest first. (element-type XqImportBatch) */
GPtrArray *xq_import_list (XqDatabase *database, GError **error);
/* The newest that stands; NULL with @error unset when there is none. */
XqImportBatch *xq_import_last (XqDatabase *database, GError **error);

G_END_DECLS
