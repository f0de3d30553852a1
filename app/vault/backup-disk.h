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
/* Asks the folder of @path before anything is written: there, writable, room for a file of @bytes. XQ_ERROR_IO says what to
 * do. */
gboolean xq_backup_disk_check (const char *path, guint64 bytes, GError **error);
/* What the operating system said while @path was written or read, in words. */
void xq_backup_disk_error (const char *path, int number, GError **error);

/* All of @length at @offset. */
gboolean xq_backup_disk_write (int descriptor, const guint8 *bytes, gsize length, guint64 offset);
/* As much as there is, at most @length; -1 with errno. */
gssize xq_backup_disk_read (int descriptor, guint8 *ret_bytes, gsize length, guint64 offset);
/* The file's bytes are on the medium, and what the computer remembers of them is given up, so that what is read next is
 * what the medium holds. */
gboolean xq_backup_disk_settle (int descriptor);

G_END_DECLS
