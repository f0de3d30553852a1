/* Small files of a vault, written whole or not at all. Private to this room. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Written beside, brought to the disk, renamed; only the owner may read it. */
gboolean xq_file_write (const char *path, const char *text, GError **error);
/* The same in two steps, for what must happen in between: the first takes the room that is needed, the second
 * only renames. */
gboolean xq_file_prepare (const char *path, const char *text, GError **error);
gboolean xq_file_finish (const char *path, GError **error);
void xq_file_forget (const char *path);
/* @from takes the place of @to, and is there after a power cut. Nobody in this process has it open by SQLite. */
gboolean xq_file_rename (const char *from, const char *to, GError **error);
/* The file or folder that was renamed to @path is there, with what is in it, after a power cut. FAT keeps the length and the
 * beginning beside the name: the kernel writes a new name without them, and brings them when the file itself is synced once
 * more. Nobody in this process has it open by SQLite, whose locks would go with it. */
gboolean xq_file_sync_renamed (const char *path);
/* What was made, renamed or removed in the folder of @path is so after a power cut. */
gboolean xq_file_sync_folder_of (const char *path);
/* A regular file of at most @most bytes, whole; never waits at a pipe. @ret_length: nullable. */
gboolean xq_file_read (const char *path, gsize most, char **ret_text, gsize *ret_length);
/* NULL when it is not JSON with an object in it. */
JsonNode *xq_json_parse (const char *text, gsize length);
/* The same of a file; NULL as well when there is none, or it is longer than @most bytes. */
JsonNode *xq_file_read_json (const char *path, gsize most);
/* A translated sentence of what the operating system said about @path. */
void xq_file_set_error (const char *path, int number, GError **error);

G_END_DECLS
