/* What the vault room adds to bare SQLCipher: a saved note, an unlocking, records in bulk. */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "../vault/fixture.h"
#include "bench.h"
#include "report/today.h"
#include "years-sample.h"
#include "base/clock.h"
#include "vault/keyslots.h"
#include "vault/audit.h"
#include "vault/store.h"

#define NOTES   300
#define BULK    20000
#define UNLOCKS 7
#define PEOPLE  100000
#define YEARS   10
#define LISTED  200
#define TEXT    "来访者谈到考试前的睡眠，商定每晚十点半放下手机，下周同一时间再见。"

typedef struct
{
  gint64 id;
  gint64 person_id;
  gint64 at;
  gint64 minutes;
  int kind;
  char *text;
} Note;

static const XqChoice kinds[] = { { "counselling", "Counselling" }, { NULL, NULL } };
static const XqField fields[] = {
  { "person_id", "Person", XQ_FIELD_REFERENCE, offsetof (Note, person_id), XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, NULL },
  { "at", "Time", XQ_FIELD_TIME, offsetof (Note, at), XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, NULL },
  { "minutes", "Minutes", XQ_FIELD_INTEGER, offsetof (Note, minutes), XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL },
  { "kind", "Kind", XQ_FIELD_CHOICE, offsetof (Note, kind), XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, kinds },
  { "text", "Text", XQ_FIELD_TEXT, offsetof (Note, text), XQ_FIELD_REQUIRED, XQ_PRIVACY_SENSITIVE, NULL },
  XQ_FIELDS_END,
};

XQ_DECLARE_RECORD (Note, note, note_entity)
const XqEntity note_entity = { "session_note", "Note", sizeof (Note), fields };

static const char insert_sql[] = "INSERT INTO session_note (person_id, at, minutes, kind, text) VALUES (?, ?, ?, ?, ?)";

static Note *
new_note (void)
{
  Note *note = xq_note_new ();

  note->person_id = 1;
  note->at = 1795395720;
  note->minutes = 50;
  note->text = g_strdup (TEXT);
  return note;
}

static void
add_person (XqDatabase *database)
{
  XqTransaction *transaction = xq_transaction_begin (database, NULL);
  GError *error = NULL;

  bench_must (xq_database_execute (database, &error,
                             "INSERT INTO person (organisation_id, kind, name, sex, state, created_at, updated_at)"
                             " VALUES (1, 'student', '单小雨', 'unknown', 'active', 1, 1)",
                             XQ_END),
        error);
  bench_must (xq_transaction_commit (transaction, &error), error);
}

/* The library alone on the same file's twin: key, the same pragmas, a prepared statement. */
static sqlite3 *
open_bare (const char *path, XqSecret *key)
{
  g_autoptr (XqSecret) literal = xq_secret_new (2 * XQ_KEY_BYTES + 3);
  char hex[2 * XQ_KEY_BYTES + 1];
  sqlite3 *bare;

  sodium_bin2hex (hex, sizeof hex, xq_secret_bytes (key), XQ_KEY_BYTES);
  g_snprintf ((char *) xq_secret_bytes (literal), 2 * XQ_KEY_BYTES + 4, "x'%s'", hex);
  bench_must (sqlite3_open (path, &bare) == SQLITE_OK
            && sqlite3_key_v2 (bare, "main", xq_secret_bytes (literal), xq_secret_length (literal)) == SQLITE_OK
            && sqlite3_exec (bare, "SELECT count(*) FROM sqlite_schema; PRAGMA journal_mode = WAL;"
                                   "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
                                   "PRAGMA cache_size = -131072; PRAGMA temp_store = MEMORY",
                             NULL, NULL, NULL) == SQLITE_OK,
        NULL);
  return bare;
}

static void
insert_bare (sqlite3_stmt *statement)
{
  sqlite3_bind_int64 (statement, 1, 1);
  sqlite3_bind_int64 (statement, 2, 1795395720);
  sqlite3_bind_int64 (statement, 3, 50);
  sqlite3_bind_text (statement, 4, "counselling", -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 5, TEXT, -1, SQLITE_STATIC);
  bench_must (sqlite3_step (statement) == SQLITE_DONE, NULL);
  sqlite3_reset (statement);
}

static double
save_ours (XqDatabase *database)
{
  g_autoptr (Note) note = new_note ();
  gint64 start = bench_now ();
  GError *error = NULL;

  bench_must (xq_store_insert (database, &note_entity, note, &error), error);
  return bench_seconds (start);
}

static double
save_bare (sqlite3 *bare, sqlite3_stmt *statement)
{
  gint64 start = bench_now ();

  bench_must (sqlite3_exec (bare, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK, NULL);
  insert_bare (statement);
  bench_must (sqlite3_exec (bare, "COMMIT", NULL, NULL, NULL) == SQLITE_OK, NULL);
  return bench_seconds (start);
}

static void
bench_note (XqDatabase *ours, sqlite3 *bare, sqlite3_stmt *statement)
{
  double our_times[NOTES], bare_times[NOTES];

  for (int i = 0; i < NOTES; i++)
    {
      our_times[i] = save_ours (ours);
      bare_times[i] = save_bare (bare, statement);
    }
  bench_line ("a saved note (commit, FULL)", bench_least (our_times, NOTES), "bare commit of one row",
              bench_least (bare_times, NOTES), 1.2);
}

static double
bulk_ours (XqDatabase *database)
{
  gint64 start = bench_now ();
  XqTransaction *transaction = xq_transaction_begin (database, NULL);
  g_autoptr (Note) note = new_note ();
  GError *error = NULL;

  for (int i = 0; i < BULK; i++)
    {
      note->id = 0;
      bench_must (xq_store_insert_unaudited (database, &note_entity, note, &error), error);
    }
  bench_must (xq_audit_append (database, "import", "session_note", 0, NULL, &error), error);
  bench_must (xq_transaction_commit (transaction, &error), error);
  return bench_seconds (start);
}

static double
bulk_bare (sqlite3 *bare, sqlite3_stmt *statement)
{
  gint64 start = bench_now ();

  bench_must (sqlite3_exec (bare, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK, NULL);
  for (int i = 0; i < BULK; i++)
    insert_bare (statement);
  bench_must (sqlite3_exec (bare, "COMMIT", NULL, NULL, NULL) == SQLITE_OK, NULL);
  return bench_seconds (start);
}

static void
bench_bulk (XqDatabase *ours, sqlite3 *bare, sqlite3_stmt *statement)
{
  double our_times[BENCH_TURNS], bare_times[BENCH_TURNS];

  for (int i = 0; i < BENCH_TURNS; i++)
    {
      our_times[i] = bulk_ours (ours);
      bare_times[i] = bulk_bare (bare, statement);
    }
  bench_line ("20,000 records by their field table", bench_least (our_times, BENCH_TURNS), "bare prepared inserts",
              bench_least (bare_times, BENCH_TURNS), 1.2);
}

static double
unlock_ours (const char *folder, XqSecret *password)
{
  gint64 start = bench_now ();
  GError *error = NULL;
  g_autoptr (XqVault) vault = xq_vault_open (folder, password, NULL, &error);
  g_autoptr (XqDatabase) database = NULL;

  bench_must (vault != NULL, error);
  database = xq_vault_connect (vault, &error);
  bench_must (database != NULL, error);
  return bench_seconds (start);
}

static double
unlock_bare (const char *folder, XqSecret *password)
{
  gint64 start = bench_now ();
  g_autofree char *path = g_build_filename (folder, "vault.db", NULL);
  GError *error = NULL;
  g_autoptr (XqKeyslots) slots = xq_keyslots_load (folder, &error);
  g_autoptr (XqSecret) key = NULL;

  bench_must (slots != NULL, error);
  key = xq_keyslots_unwrap (slots, password, &error);
  bench_must (key != NULL, error);
  sqlite3_close (open_bare (path, key));
  return bench_seconds (start);
}

static void
bench_unlock (const char *folder)
{
  g_autofree char *vault_folder = g_build_filename (folder, "vault", NULL);
  g_autoptr (XqSecret) password = xq_secret_new_text ("kx7!q2mz");
  double our_times[UNLOCKS], bare_times[UNLOCKS];
  GError *error = NULL;
  XqVault *vault
      = xq_vault_create (vault_folder, XQ_PROFILE_SCHOOL, "x", password, FALSE, NULL, NULL, &error);

  bench_must (vault != NULL, error);
  xq_vault_unref (vault);
  for (int i = 0; i < UNLOCKS; i++)
    {
      our_times[i] = unlock_ours (vault_folder, password);
      bare_times[i] = unlock_bare (vault_folder, password);
    }
  bench_line ("unlock, to a usable connection", bench_least (our_times, UNLOCKS), "key derivation and bare open",
              bench_least (bare_times, UNLOCKS), 1.2);
}

/* What the window reads for its first page: the numbers beside the places' names, then the page of today. */
static double
first_page_ours (const char *folder, XqSecret *password)
{
  gint64 start = bench_now ();
  GError *error = NULL;
  g_autoptr (XqVault) vault = xq_vault_open (folder, password, NULL, &error);
  g_autoptr (XqDatabase) database = vault != NULL ? xq_vault_connect (vault, &error) : NULL;
  g_autoptr (XqDesk) desk = database != NULL ? xq_desk_new (database, &error) : NULL;
  g_autoptr (XqToday) places = desk != NULL ? xq_today_load (desk, 0, &error) : NULL;
  g_autoptr (XqToday) page = places != NULL ? xq_today_load (desk, LISTED, &error) : NULL;

  bench_must (page != NULL, error);
  return bench_seconds (start);
}

/* So many people in all, over ten years. */
static void
fill_vault (XqVault *vault, guint people)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);

  bench_add_years (database, YEARS, (int) people / 12 * 3);
}

static void
bench_first_page (const char *folder)
{
  guint people = bench_size (PEOPLE, 1200);
  g_autofree char *what = g_strdup_printf ("unlock to first page, %u people, %d years", people, YEARS);
  g_autofree char *vault_folder = g_build_filename (folder, "full", NULL);
  g_autoptr (XqSecret) password = xq_secret_new_text ("kx7!q2mz");
  double our_times[UNLOCKS], bare_times[UNLOCKS];
  GError *error = NULL;
  XqVault *vault = xq_vault_create (vault_folder, XQ_PROFILE_SCHOOL, "x", password, FALSE, NULL, NULL, &error);

  bench_must (vault != NULL, error);
  fill_vault (vault, people);
  xq_vault_unref (vault);
  for (int i = 0; i < UNLOCKS; i++)
    {
      our_times[i] = first_page_ours (vault_folder, password);
      bare_times[i] = unlock_bare (vault_folder, password);
    }
  bench_line (what, bench_least (our_times, UNLOCKS), "key derivation and bare open", bench_least (bare_times, UNLOCKS), 1.2);
}

int
main (void)
{
  Fixture ours = { 0 }, twin = { 0 };
  sqlite3_stmt *statement;
  sqlite3 *bare;

  fixture_set_up (&ours, NULL);
  fixture_set_up (&twin, NULL);
  add_person (ours.database);
  add_person (twin.database);
  g_clear_pointer (&twin.database, xq_database_free);
  bare = open_bare (twin.path, twin.key);
  bench_must (sqlite3_prepare_v2 (bare, insert_sql, -1, &statement, NULL) == SQLITE_OK, NULL);

  bench_note (ours.database, bare, statement);
  bench_bulk (ours.database, bare, statement);
  bench_unlock (ours.folder);
  bench_first_page (ours.folder);

  sqlite3_finalize (statement);
  sqlite3_close (bare);
  fixture_tear_down (&ours, NULL);
  fixture_tear_down (&twin, NULL);
  return 0;
}
