#include "config.h"

#include "disk.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECTOR 512

/* A write, or (without bytes) a new size. */
typedef struct
{
  gint64 offset;
  GBytes *bytes;
} Waiting;

typedef struct
{
  gatomicrefcount references;
  GByteArray *down;
  GArray *waiting; /* of Waiting, in order */
} File;

typedef enum
{
  NAME_MADE,
  NAME_RENAMED,
  NAME_REMOVED,
} NameChange;

typedef struct
{
  NameChange change;
  char *name;
  char *to;
  File *file;
} NameWaiting;

struct _Disk
{
  GHashTable *names;      /* as the program sees them: name → File */
  GHashTable *names_down; /* as they stand for sure */
  GPtrArray *waiting;     /* of NameWaiting, in order */
};

typedef enum
{
  CUT_NOTHING,
  CUT_ALL,
  CUT_SECTORS,
  CUT_TORN_END,
  CUTS,
} Cut;

static void
waiting_clear (gpointer data)
{
  Waiting *waiting = data;

  g_clear_pointer (&waiting->bytes, g_bytes_unref);
}

static File *
file_new (void)
{
  File *file = g_new0 (File, 1);

  g_atomic_ref_count_init (&file->references);
  file->down = g_byte_array_new ();
  file->waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  g_array_set_clear_func (file->waiting, waiting_clear);
  return file;
}

static File *
file_ref (File *file)
{
  g_atomic_ref_count_inc (&file->references);
  return file;
}

static void
file_unref (gpointer data)
{
  File *file = data;

  if (!g_atomic_ref_count_dec (&file->references))
    return;
  g_byte_array_unref (file->down);
  g_array_unref (file->waiting);
  g_free (file);
}

static void
name_waiting_free (gpointer data)
{
  NameWaiting *waiting = data;

  g_free (waiting->name);
  g_free (waiting->to);
  g_clear_pointer (&waiting->file, file_unref);
  g_free (waiting);
}

static GHashTable *
names_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, file_unref);
}

Disk *
disk_new (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  Disk *disk = g_new0 (Disk, 1);
  const char *name;

  disk->names = names_new ();
  disk->names_down = names_new ();
  disk->waiting = g_ptr_array_new_with_free_func (name_waiting_free);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      File *file = file_new ();
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      g_byte_array_append (file->down, (guint8 *) bytes, length);
      g_hash_table_replace (disk->names, g_strdup (name), file);
      g_hash_table_replace (disk->names_down, g_strdup (name), file_ref (file));
    }
  return disk;
}

void
disk_free (Disk *disk)
{
  if (disk == NULL)
    return;
  g_hash_table_unref (disk->names);
  g_hash_table_unref (disk->names_down);
  g_ptr_array_unref (disk->waiting);
  g_free (disk);
}

static void
change_name (GHashTable *names, const NameWaiting *waiting)
{
  if (waiting->change == NAME_MADE)
    g_hash_table_replace (names, g_strdup (waiting->name), file_ref (waiting->file));
  else if (waiting->change == NAME_REMOVED)
    g_hash_table_remove (names, waiting->name);
  else
    {
      File *file = g_hash_table_lookup (names, waiting->name);

      g_hash_table_replace (names, g_strdup (waiting->to), file_ref (file));
      g_hash_table_remove (names, waiting->name);
    }
}

static void
wait_name (Disk *disk, NameChange change, const char *name, const char *to, File *file)
{
  NameWaiting *waiting = g_new0 (NameWaiting, 1);

  waiting->change = change;
  waiting->name = g_strdup (name);
  waiting->to = g_strdup (to);
  waiting->file = file;
  change_name (disk->names, waiting);
  g_ptr_array_add (disk->waiting, waiting);
}

void
disk_make (Disk *disk, const char *name)
{
  if (!g_hash_table_contains (disk->names, name))
    wait_name (disk, NAME_MADE, name, NULL, file_new ());
}

void
disk_rename (Disk *disk, const char *from, const char *to)
{
  g_assert_true (g_hash_table_contains (disk->names, from));
  wait_name (disk, NAME_RENAMED, from, to, NULL);
}

void
disk_remove (Disk *disk, const char *name)
{
  if (g_hash_table_contains (disk->names, name))
    wait_name (disk, NAME_REMOVED, name, NULL, NULL);
}

static File *
file_of (Disk *disk, const char *name)
{
  File *file = g_hash_table_lookup (disk->names, name);

  if (file == NULL)
    g_error ("the disk has never heard of %s", name);
  return file;
}

void
disk_write (Disk *disk, const char *name, gint64 offset, const void *bytes, gsize length)
{
  Waiting waiting = { offset, g_bytes_new (bytes, length) };

  g_array_append_val (file_of (disk, name)->waiting, waiting);
}

void
disk_truncate (Disk *disk, const char *name, gint64 size)
{
  Waiting waiting = { size, NULL };

  g_array_append_val (file_of (disk, name)->waiting, waiting);
}

static void
set_size (GByteArray *bytes, gsize size)
{
  gsize old = bytes->len;

  g_byte_array_set_size (bytes, size);
  if (size > old)
    memset (bytes->data + old, 0, size - old);
}

static void
put (GByteArray *bytes, gint64 offset, const guint8 *from, gsize length)
{
  if (bytes->len < offset + length)
    set_size (bytes, offset + length);
  memcpy (bytes->data + offset, from, length);
}

static void
apply (GByteArray *bytes, const Waiting *waiting)
{
  gsize length;
  const guint8 *from;

  if (waiting->bytes == NULL)
    {
      set_size (bytes, waiting->offset);
      return;
    }
  from = g_bytes_get_data (waiting->bytes, &length);
  put (bytes, waiting->offset, from, length);
}

void
disk_sync (Disk *disk, const char *name)
{
  File *file = file_of (disk, name);

  for (guint i = 0; i < file->waiting->len; i++)
    apply (file->down, &g_array_index (file->waiting, Waiting, i));
  g_array_set_size (file->waiting, 0);
}

void
disk_sync_folder (Disk *disk)
{
  for (guint i = 0; i < disk->waiting->len; i++)
    change_name (disk->names_down, g_ptr_array_index (disk->waiting, i));
  g_ptr_array_set_size (disk->waiting, 0);
}

/* Each sector of a write by itself, as a disk may take them. */
static void
apply_some (GByteArray *bytes, const Waiting *waiting, GRand *chance)
{
  gsize length = 0;
  const guint8 *from = waiting->bytes != NULL ? g_bytes_get_data (waiting->bytes, &length) : NULL;

  if (from == NULL && g_rand_boolean (chance))
    set_size (bytes, waiting->offset);
  for (gsize at = 0; at < length;)
    {
      gsize piece = MIN (length - at, SECTOR - (waiting->offset + at) % SECTOR);

      if (g_rand_boolean (chance))
        put (bytes, waiting->offset + at, from + at, piece);
      at += piece;
    }
}

static GByteArray *
left_of (const File *file, GRand *chance)
{
  GByteArray *left = g_byte_array_new ();
  Cut cut = g_rand_int_range (chance, 0, CUTS);
  guint whole = cut == CUT_NOTHING ? 0 : file->waiting->len;

  g_byte_array_append (left, file->down->data, file->down->len);
  if (cut == CUT_SECTORS)
    whole = 0;
  else if (cut == CUT_TORN_END && whole > 0)
    whole = g_rand_int_range (chance, 0, (gint32) whole);
  for (guint i = 0; i < whole; i++)
    apply (left, &g_array_index (file->waiting, Waiting, i));
  for (guint i = whole; cut == CUT_SECTORS && i < file->waiting->len; i++)
    apply_some (left, &g_array_index (file->waiting, Waiting, i), chance);
  if (cut == CUT_TORN_END && whole < file->waiting->len)
    apply_some (left, &g_array_index (file->waiting, Waiting, whole), chance);
  return left;
}

static GHashTable *
names_left (Disk *disk, GRand *chance)
{
  GHashTable *names = names_new ();
  guint kept = g_rand_int_range (chance, 0, (gint32) disk->waiting->len + 1);
  GHashTableIter iter;
  gpointer name, file;

  g_hash_table_iter_init (&iter, disk->names_down);
  while (g_hash_table_iter_next (&iter, &name, &file))
    g_hash_table_replace (names, g_strdup (name), file_ref (file));
  for (guint i = 0; i < kept; i++)
    change_name (names, g_ptr_array_index (disk->waiting, i));
  return names;
}

void
disk_cut (Disk *disk, guint32 seed, const char *folder)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (seed);
  g_autoptr (GHashTable) names = names_left (disk, chance);
  g_autoptr (GList) sorted = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) g_strcmp0);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (GList *name = sorted; name != NULL; name = name->next)
    {
      g_autofree char *path = g_build_filename (folder, name->data, NULL);
      g_autoptr (GByteArray) left = left_of (g_hash_table_lookup (names, name->data), chance);
      g_autoptr (GError) error = NULL;

      g_file_set_contents_full (path, (char *) left->data, left->len, G_FILE_SET_CONTENTS_NONE, 0600, &error);
      g_assert_no_error (error);
    }
}
