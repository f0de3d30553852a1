/* A short list of records of one kind, to look at, change, add to and delete from. */
#pragma once

#include "base/field.h"
#include "ui/session.h"
#include "vault/database.h"

G_BEGIN_DECLS

/**
 * XqRecordKind:
 * @entity: what they are
 * @title: msgid
 * @description: (nullable): msgid
 * @add: (nullable): msgid of the button that makes one; %NULL when none is made here
 * @edit: msgid of the dialog's title
 * @remove_warning: (nullable): msgid of what deleting one means
 * @changes: what the session is told after a write
 * @list: all of them
 * @propose: (nullable): what a new one most likely says
 * @row_title: (transfer full): what a row says
 * @row_subtitle: (transfer full) (nullable): and below
 * @save: a new one (id 0) or changes
 * @remove: (nullable): deletes one; %NULL when none is deleted here
 */
typedef struct
{
  const XqEntity *entity;
  const char *title;
  const char *description;
  const char *add;
  const char *edit;
  const char *remove_warning;
  XqChanged changes;
  GPtrArray *(*list) (XqDatabase *database, GError **error);
  void (*propose) (XqDatabase *database, gpointer record);
  char *(*row_title) (gconstpointer record);
  char *(*row_subtitle) (gconstpointer record);
  gboolean (*save) (XqDatabase *database, gpointer record, GError **error);
  gboolean (*remove) (XqDatabase *database, gint64 id, GError **error);
} XqRecordKind;

#define XQ_TYPE_RECORDS_GROUP (xq_records_group_get_type ())
G_DECLARE_FINAL_TYPE (XqRecordsGroup, xq_records_group, XQ, RECORDS_GROUP, AdwPreferencesGroup)

/* @kind: static. */
GtkWidget *xq_records_group_new (XqSession *session, const XqRecordKind *kind);
void xq_records_group_load (XqRecordsGroup *self);

/* The kinds that the settings show. */
extern const XqRecordKind xq_term_kind;
extern const XqRecordKind xq_institution_kind;
extern const XqRecordKind xq_organisation_kind;

G_END_DECLS
