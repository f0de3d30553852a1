/* A believable school in a vault: people, some terms of screening, and what a counsellor did about it. All of it
 * is invented, and the same for the same seed on the same day. It is written through the rooms' own functions,
 * with time set back to when it would have happened. */
#pragma once

#include "base/progress.h"
#include "vault/vault.h"

G_BEGIN_DECLS

/**
 * XqDemoOptions:
 * @students: how many people, 1 to 1,000,000
 * @seed: what chance begins with
 * @terms: how many terms back, the present one counted
 * @profile: what kind of organisation
 */
typedef struct
{
  int students;
  guint32 seed;
  int terms;
  XqProfile profile;
} XqDemoOptions;

/* What the organisation of a profile is called. (transfer full) */
char *xq_demo_name (XqProfile profile, GError **error);
/* When the vault of such a demo was made: before its first term. */
gint64 xq_demo_beginning (const XqDemoOptions *options);
/* Fills a vault that holds nothing yet. */
gboolean xq_demo_fill (XqDatabase *database, const XqDemoOptions *options, const XqProgress *progress, GError **error);

G_END_DECLS
