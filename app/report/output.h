/* Files that appear complete or not at all. Only inside report/. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes beside @path and renames; owner-readable only. XQ_REPORT_ERROR with XQ_ERROR_IO that names the file. */
gboolean xq_output_save (const char *path, const char *bytes, gsize length, GError **error);

/* A new empty folder, 0700, on a file system that lives in memory; NULL when this machine has none.
 * (transfer full) Remove with xq_output_remove_folder(). */
char *xq_output_private_folder (void);
/* Removes @folder and the files in it. */
void xq_output_remove_folder (const char *folder);

G_END_DECLS
