/* What an import did to each record, kept so that it can be taken back as a whole. */
#pragma once

#include "base/field.h"
#include "vault/database.h"

G_BEGIN_DECLS

/* Begins a batch; a transaction must be open. @counts is kept as JSON. */
gboolean xq_import_begin (XqDatabase *database, const char *kind, const char *file_name, JsonObject *counts,
                          gint64 *ret_batch_id, GError **error);
/* The batch is over: its time is that of its last write, so that later ones can be told from its own. */
gboolean xq_import_end (XqDatabase *database, gint64 batch_id, GError **error);
/* Notes that the batch has made a record. */
gboolean xq_import_note_new (XqDatabase *database, gint64 batch_id, const XqEntity *entity, gint64 id, GError **error);
/* Keeps a record as it is stored now, before the batch changes or removes it. */
gboolean xq_import_keep (XqDatabase *database, gint64 batch_id, const XqEntity *entity, gint64 id, GError **error);
/* Puts back what xq_import_keep() kept in the change @change_id, column by column. */
gboolean xq_import_put_back (XqDatabase *database, const XqEntity *entity, gint64 change_id, GError **error);
gboolean xq_import_mark_undone (XqDatabase *database, gint64 batch_id, GError **error);

G_END_DECLS
