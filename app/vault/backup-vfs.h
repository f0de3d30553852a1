/* SQLite's way into a backup: the database image lies in the middle of the file. Private to this room. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The name under which SQLite reads a backup's database where it lies, without a copy: read-only, no lock, no log, for
 * nobody writes a backup any more. */
const char *xq_backup_vfs (void);

G_END_DECLS
