/* A vault on disk that nobody has open, with its password and its recovery code. */
#pragma once

#include "fixture.h"

#define PASSWORD     "kx7!q2mz"
#define NEW_PASSWORD "vier Frösche singen"

typedef struct
{
  char *folder;
  char *code;
} Place;

static inline XqSecret *
secret (const char *text)
{
  return xq_secret_new_text (text);
}

static inline XqVault *
create (const char *folder, char **ret_code)
{
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (XqSecret) code = NULL;
  g_autoptr (GError) error = NULL;
  XqVault *vault = xq_vault_create (folder, XQ_PROFILE_SCHOOL, "江城市第三中学", password, FALSE, &code, NULL, &error);

  g_assert_no_error (error);
  if (ret_code != NULL)
    *ret_code = g_strdup ((const char *) xq_secret_bytes (code));
  return vault;
}

/* A vault on disk that nobody has open. */
static inline void
place_set_up (Place *place, gconstpointer unused)
{
  XqVault *vault;

  g_setenv ("XINQIAO_NOW", "2026-11-23T09:00:00+08:00", TRUE);
  place->folder = fixture_folder ();
  vault = create (place->folder, &place->code);
  xq_vault_unref (vault);
}

static inline void
place_tear_down (Place *place, gconstpointer unused)
{
  fixture_remove (place->folder);
  g_free (place->folder);
  g_free (place->code);
}

static inline char *
file_in (Place *place, const char *name)
{
  return g_build_filename (place->folder, name, NULL);
}

static inline XqVault *
open_with (Place *place, const char *password, GError **error)
{
  g_autoptr (XqSecret) word = secret (password);

  return xq_vault_open (place->folder, word, NULL, error);
}

static inline void
assert_opens (Place *place, const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) vault = open_with (place, password, &error);

  g_assert_no_error (error);
  g_assert_nonnull (vault);
}

static inline void
assert_does_not_open (Place *place, const char *password, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_with (place, password, &error));
  g_assert_error (error, XQ_VAULT_ERROR, code);
}

/* How many audit rows of @action there are. */
static inline gint64
rows_of (XqVault *vault, const char *action)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  gint64 rows = -1;

  g_assert_true (xq_database_get_integer (database, NULL, &rows, NULL,
                                          "SELECT count(*) FROM audit WHERE action = :action",
                                          XQ_TEXT (":action", action), XQ_END));
  return rows;
}

/* A progress whose user changes her mind at its first word. */
static inline void
cancel_at_once (double fraction, const char *what, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}
