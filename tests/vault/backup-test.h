/* A vault that is open, a folder for backups, and what tests of backups look at. */
#pragma once

#include <string.h>

#include "base/i18n.h"
#include "place.h"
#include "vault/backup.h"

#define NOW "2026-11-28T09:30:00+08:00"

typedef struct
{
  Place place;
  XqVault *vault;
  char *stick;
  char *file; /* no such file yet */
} Saved;

static inline void
saved_set_up (Saved *saved, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  place_set_up (&saved->place, NULL);
  g_setenv ("XINQIAO_NOW", NOW, TRUE);
  saved->vault = open_with (&saved->place, PASSWORD, &error);
  g_assert_no_error (error);
  saved->stick = fixture_folder ();
  saved->file = g_build_filename (saved->stick, "one.xqbackup", NULL);
}

static inline void
saved_tear_down (Saved *saved, gconstpointer unused)
{
  g_clear_pointer (&saved->vault, xq_vault_unref);
  fixture_remove (saved->stick);
  g_free (saved->stick);
  g_free (saved->file);
  place_tear_down (&saved->place, NULL);
}

/* How many names in @folder end in @suffix. */
static inline int
files_in (const char *folder, const char *suffix)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;
  int found = 0;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    found += g_str_has_suffix (name, suffix) ? 1 : 0;
  return found;
}

static inline XqBackupRecord *
make_backup (Saved *saved)
{
  g_autoptr (GError) error = NULL;
  XqBackupRecord *record = xq_backup_create (saved->vault, saved->file, XQ_BACKUP_BY_HAND, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (record);
  return record;
}

/* Opened with the password that tests have. */
static inline XqBackup *
unlocked (const char *path, GError **error)
{
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (XqBackup) backup = xq_backup_open (path, error);

  return backup != NULL && xq_backup_unlock (backup, password, error) ? g_steal_pointer (&backup) : NULL;
}

static inline void
assert_sound (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqBackup) backup = unlocked (path, &error);

  g_assert_no_error (error);
  xq_backup_verify (backup, NULL, &error);
  g_assert_no_error (error);
}

/* The living vault passes its own check: whatever happened to a backup, nothing happened to it. */
static inline void
assert_vault_unharmed (XqVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVaultCheck) check = xq_vault_check (vault, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (check->sound);
}

/* @file cannot be written, @saying so; nothing is left of it. */
static inline void
assert_refused (Saved *saved, const char *file, const char *saying)
{
  g_autofree char *folder = g_path_get_dirname (file);
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_backup_create (saved->vault, file, XQ_BACKUP_BY_HAND, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_IO);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, saying));
  g_assert_cmpint (files_in (folder, ".part"), ==, 0);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  assert_vault_unharmed (saved->vault);
}
