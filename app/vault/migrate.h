/* The schema's numbered steps, forward only. Private to this room. */
#pragma once

#include "base/progress.h"
#include "vault/database.h"
#include "vault/secret.h"

G_BEGIN_DECLS

typedef struct
{
  int number;
  char *name; /* "0002-people.sql" */
  char *sql;
} XqMigration;

void xq_migration_free (XqMigration *migration);

/* The program's own, in order; their numbers have no gaps. */
GPtrArray *xq_migrations_load (GError **error);
/* Brings @database to the last of @migrations, all in one transaction. A vault that has something in it is copied first,
 * to "<its path>.before-NNNN", and the copy is checked. A newer vault is XQ_ERROR_REFUSED. */
gboolean xq_migrate (XqDatabase *database, XqSecret *key, GPtrArray *migrations, const XqProgress *progress,
                     GError **error);
gboolean xq_schema_version (XqDatabase *database, int *ret_version, GError **error);

G_END_DECLS
