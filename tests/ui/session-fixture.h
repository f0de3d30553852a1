/* A session on a new vault in a folder of its own. */
#pragma once

#include <glib/gstdio.h>

#include "people/organisation.h"
#include "people/person.h"
#include "ui/session.h"

typedef struct
{
  char *folder;
  XqSession *session;
} Fixture;

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSecret) password = xq_secret_new_text ("three words apart");
  g_autoptr (XqSecret) code = NULL;
  g_autoptr (XqVault) vault = NULL;
  g_autofree char *place = g_dir_make_tmp ("xinqiao-ui-XXXXXX", &error);

  g_assert_no_error (error);
  fixture->folder = g_build_filename (place, "vault", NULL);
  vault = xq_vault_create (fixture->folder, XQ_PROFILE_SCHOOL, "江城市第三中学", password, FALSE, &code, NULL, &error);
  g_assert_no_error (error);
  fixture->session = xq_session_new (vault, &error);
  g_assert_no_error (error);
}

static inline void
remove_folder (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *place = g_path_get_dirname (fixture->folder);

  xq_session_close (fixture->session);
  /* A worker's thread may hold its task for a moment longer than the result is awaited. */
  while (g_atomic_int_get (&G_OBJECT (fixture->session)->ref_count) > 1)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_finalize_object (fixture->session);
  remove_folder (fixture->folder);
  g_rmdir (place);
  g_free (fixture->folder);
}

/* Runs the main loop until @done says so. */
static inline void
wait_for (const gboolean *done)
{
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
}

static inline gint64
add_person (XqSession *session, const char *name)
{
  g_autoptr (XqPerson) person = xq_person_new ();
  g_autoptr (GError) error = NULL;

  person->organisation_id = 1;
  person->name = g_strdup (name);
  xq_person_create (xq_session_database (session), person, NULL, &error);
  g_assert_no_error (error);
  return person->id;
}

/* Opens the vault of a session that was closed, once its last worker has let go. */
static inline void
open_again (Fixture *fixture)
{
  g_autoptr (XqSecret) password = xq_secret_new_text ("three words apart");
  g_autoptr (GError) error = NULL;
  g_autoptr (XqVault) vault = NULL;

  while (g_atomic_int_get (&G_OBJECT (fixture->session)->ref_count) > 1)
    g_main_context_iteration (NULL, FALSE);
  g_assert_finalize_object (fixture->session);
  vault = xq_vault_open (fixture->folder, password, NULL, &error);
  g_assert_no_error (error);
  fixture->session = xq_session_new (vault, &error);
  g_assert_no_error (error);
}

/* How a worker ended. */
typedef struct
{
  gboolean done;
  gpointer result;
  GError *error;
} Outcome;

static inline void
on_finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->result = xq_session_run_finish (XQ_SESSION (source), result, &outcome->error);
  outcome->done = TRUE;
}
