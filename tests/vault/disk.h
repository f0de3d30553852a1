/* What a folder's files hold after the power went: a model of a disk that keeps for sure only what was synced.
 *
 * It is told of everything that happens to the files of one folder. Writes wait in a cache; a sync brings a file's down.
 * Names (a file made, renamed, removed) wait likewise, in their order, for a sync of the folder. A cut keeps what was
 * brought down, and of what still waits as much as chance would: nothing, all, or some sectors of some writes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _Disk Disk;

/* What stands in @folder now is all brought down. */
Disk *disk_new (const char *folder);
void disk_free (Disk *disk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Disk, disk_free)

/* @name is a file of the folder, without its path. Making one that is there does nothing. */
void disk_make (Disk *disk, const char *name);
void disk_write (Disk *disk, const char *name, gint64 offset, const void *bytes, gsize length);
void disk_truncate (Disk *disk, const char *name, gint64 size);
void disk_rename (Disk *disk, const char *from, const char *to);
void disk_remove (Disk *disk, const char *name);
void disk_sync (Disk *disk, const char *name);
void disk_sync_folder (Disk *disk);

/* Writes what is left after a cut now into @folder, which is made; the same @seed leaves the same. */
void disk_cut (Disk *disk, guint32 seed, const char *folder);

G_END_DECLS
