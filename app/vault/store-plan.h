/* The SQL of one entity, made once from its fields and the table's own columns. Private to this room. */
#pragma once

#include "base/field.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef struct
{
  const char *insert;
  const char *load;
  const char *remove;
  GHashTable *updates; /* set of fields (xq_store_bit()) → SQL */
  guint64 never_null;  /* text columns that are NOT NULL: "" stands for none */
} XqStorePlan;

static inline guint64
xq_store_bit (const XqEntity *entity, const XqField *field)
{
  return G_GUINT64_CONSTANT (1) << (field - entity->fields);
}

/* Kept as long as the program runs; the schema is the same in every vault that is open. */
XqStorePlan *xq_store_plan (XqDatabase *database, const XqEntity *entity, GError **error);
/* Sets the fields in @changed, in their order, WHERE id = :id. */
const char *xq_store_plan_update (const XqEntity *entity, XqStorePlan *plan, guint64 changed);

G_END_DECLS
