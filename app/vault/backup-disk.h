/* The stick or disk that backups go to: what fits, what it says when it is full, gone or write-protected. Private to this
 * room. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * xq_backup_disk_fits:
 * @kind: of the file system, the f_type of statfs(2)
 * @bytes: how long the file will be
 *
 * Returns: %FALSE for FAT and a file of 4 GiB or more, which FAT cannot hold. (exFAT can.)
 */
gboolean xq_backup_disk_fits (guint64 kind, guint64 bytes);
/* Whether @path, absolute, which need not be there, lies outside of all vaults: what lies in the folder of one or below it
 * is lost together with it. XQ_ERROR_REFUSED names the folder. */
gboolean xq_backup_place_is_apart (const char *path, GError **error);
/* Asks the folder of @path before anything is written: there, writable, room for a file of @bytes. XQ_ERROR_IO says what to
 * do. */
gboolean xq_backup_disk_check (const char *path, guint64 bytes, GError **error);
/* What the operating system said while @path was written or read, in words. */
void xq_backup_disk_error (const char *path, int number, GError **error);

/* All of @length at @offset. */
gboolean xq_backup_disk_write (int descriptor, const guint8 *bytes, gsize length, guint64 offset);
/* As much as there is, at most @length; -1 with errno. */
gssize xq_backup_disk_read (int descriptor, guint8 *ret_bytes, gsize length, guint64 offset);
/* Memory, places and lengths that xq_backup_disk_open_direct() wants are multiples of this. */
#define XQ_BACKUP_ALIGNMENT 4096u
/* Opens @path so that it is read from the medium itself, past what the computer remembers of it; @offset is a place to try
 * it at. -1 where the file system has no such way: then xq_backup_disk_settle() goes before reading. */
int xq_backup_disk_open_direct (const char *path, guint64 offset);
/* The file's bytes are on the medium, and what the computer remembers of them is given up, so that what is read next is
 * what the medium holds. */
gboolean xq_backup_disk_settle (int descriptor);

G_END_DECLS
