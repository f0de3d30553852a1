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

/* One word for every row of every table, and behind a colon which password opens: "3f2a9c…:old". (transfer full) */
char *session_digest (Session *session);
/* Whether @found is what @operation should have left. A change of the password is told in the vault before it is made, and
 * rows of the audit trail are never taken back: of it only the password counts. */
gboolean digest_fits (const Operation *operation, const char *found, const char *expected);
/* The same of the vault in @folder, opened afresh; @check: and xq_vault_check() must find it sound. NULL with @ret_why
 * set when it does not open or is not sound. */
char *folder_digest (const char *folder, const char *code, gboolean check, char **ret_why);

gboolean folder_opens (const char *folder, const char *password);

/* A vault in a folder of its own, with everything that a script needs. @now stands still. */
void session_set_up (Session *session);
void session_tear_down (Session *session);

/* Which of @all points are tried: about @most of them, another choice each time (g_test's seed says which). With
 * XINQIAO_FAULTS=all in the environment every one; with XINQIAO_FAULTS=few a fifth, where a program runs slowly. */
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
