/* What the tests of faults, power cuts and migrations share: a folder put back as it was, what a vault holds in one word,
 * and how many of all points are tried. */
#pragma once

#include "operations.h"

G_BEGIN_DECLS

/* The files of a folder (name → GBytes). */
typedef GHashTable Snapshot;

Snapshot *snapshot_take (const char *folder);
/* @folder holds these files and no others; it is made. */
void snapshot_put (Snapshot *snapshot, const char *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Snapshot, g_hash_table_unref)

/* One word for every row of every table and, where there are slots, for the password that opens them. (transfer full) */
char *session_digest (Session *session);
/* The same of the vault in @folder, opened afresh; @check: and xq_vault_check() must find it sound. NULL with @ret_why
 * set when it does not open or is not sound. */
char *folder_digest (const char *folder, const char *code, gboolean check, char **ret_why);

/* A vault in a folder of its own, with everything that a script needs. @now stands still. */
void session_set_up (Session *session);
void session_tear_down (Session *session);

/* Which of @all points are tried: every one with XINQIAO_FAULTS=all in the environment, else about @most of them, another
 * choice each time (g_test's seed says which). */
typedef struct
{
  guint64 stride;
  guint64 seen;
  guint64 tried;
} Points;

void points_begin (Points *points, guint64 all, guint64 most);
/* Whether the next point is tried. */
gboolean points_next (Points *points);
/* "# faults: 1234 of 5678 points tried" */
void points_tell (const Points *points, const char *what);

G_END_DECLS
