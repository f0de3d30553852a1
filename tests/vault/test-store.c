/* Records in and out by their field table, and the settings. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "fixture.h"
#include "vault/audit.h"
#include "vault/store.h"

typedef struct
{
  gint64 id;
  gint64 organisation_id;
  int kind;
  char *code;
  char *name;
  char *pinyin;
  int sex;
  char *birth_date;
  int state;
  gint64 level;
  gint64 created_at;
  gint64 updated_at;
} Pupil;

static const XqChoice kinds[] = { { "student", "Student" }, { "teacher", "Teacher" }, { NULL, NULL } };
static const XqChoice sexes[] = { { "unknown", "?" }, { "male", "M" }, { "female", "F" }, { NULL, NULL } };
static const XqChoice states[] = { { "active", "Active" }, { "left", "Left" }, { "nonsense", "No" }, { NULL, NULL } };

#define FIELD(name, type, flags, privacy, values) { #name, #name, type, offsetof (Pupil, name), flags, privacy, values }
static const XqField fields[] = {
  FIELD (organisation_id, XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, NULL),
  FIELD (kind, XQ_FIELD_CHOICE, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, kinds),
  FIELD (code, XQ_FIELD_TEXT, XQ_FIELD_NONE, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (name, XQ_FIELD_TEXT, XQ_FIELD_REQUIRED, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (pinyin, XQ_FIELD_TEXT, XQ_FIELD_INTERNAL, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (sex, XQ_FIELD_CHOICE, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, sexes),
  FIELD (birth_date, XQ_FIELD_DATE, XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (state, XQ_FIELD_CHOICE, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, states),
  FIELD (level, XQ_FIELD_LEVEL, XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (created_at, XQ_FIELD_TIME, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (updated_at, XQ_FIELD_TIME, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  XQ_FIELDS_END,
};

XQ_DECLARE_RECORD (Pupil, pupil, pupil_entity)
const XqEntity pupil_entity = { "person", "Pupil", sizeof (Pupil), fields };

static Pupil *
new_pupil (const char *name)
{
  Pupil *pupil = xq_pupil_new ();

  pupil->organisation_id = 1;
  pupil->name = g_strdup (name);
  pupil->birth_date = g_strdup ("2012-03-05");
  pupil->sex = 2;
  pupil->created_at = pupil->updated_at = 1795395720;
  return pupil;
}

static Pupil *
stored_pupil (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  Pupil *pupil = new_pupil (name);

  g_assert_true (xq_store_insert (fixture->database, &pupil_entity, pupil, &error));
  g_assert_no_error (error);
  return pupil;
}

static XqAuditEntry *
last_entry (Fixture *fixture)
{
  g_autoptr (GPtrArray) entries = xq_audit_list (fixture->database, 0, 1, NULL);

  return entries->len > 0 ? g_ptr_array_steal_index (entries, 0) : NULL;
}

static gint64
audit_rows (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 rows;

  g_assert_true (xq_audit_verify (fixture->database, &rows, &error));
  g_assert_no_error (error);
  return rows;
}

static void
test_insert_and_load (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (Pupil) pupil = stored_pupil (fixture, "单小雨");
  g_autoptr (Pupil) loaded = xq_store_load (fixture->database, &pupil_entity, pupil->id, NULL);
  g_autoptr (JsonObject) difference = NULL;
  XqAuditEntry *entry = last_entry (fixture);

  g_assert_cmpint (pupil->id, >, 0);
  g_assert_nonnull (loaded);
  g_assert_cmpint (loaded->id, ==, pupil->id);
  difference = xq_record_difference (&pupil_entity, pupil, loaded);
  g_assert_cmpuint (json_object_get_size (difference), ==, 0);
  g_assert_null (loaded->code);
  g_assert_cmpint (loaded->level, ==, 0);
  g_assert_cmpstr (loaded->pinyin, ==, ""); /* NOT NULL in the table */
  g_assert_cmpstr (entry->action, ==, "insert");
  g_assert_cmpstr (entry->entity, ==, "person");
  g_assert_cmpint (entry->entity_id, ==, pupil->id);
  g_assert_null (entry->detail);
  xq_audit_entry_free (entry);
}

static void
assert_insert_refused (Fixture *fixture, Pupil *pupil, GQuark domain)
{
  g_autoptr (GError) error = NULL;
  gint64 before = audit_rows (fixture);

  g_assert_false (xq_store_insert (fixture->database, &pupil_entity, pupil, &error));
  g_assert_error (error, domain, XQ_ERROR_REFUSED);
  g_assert_cmpint (pupil->id, ==, 0);
  g_assert_cmpint (audit_rows (fixture), ==, before);
}

static void
test_insert_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (Pupil) nameless = new_pupil (NULL);
  g_autoptr (Pupil) lost = new_pupil ("单小雨");
  g_autoptr (Pupil) wrong_date = new_pupil ("单小雨");
  g_autoptr (Pupil) wrong_state = new_pupil ("单小雨");
  g_autoptr (Pupil) first = new_pupil ("单小雨");
  g_autoptr (Pupil) twin = new_pupil ("曾大雨");

  assert_insert_refused (fixture, nameless, XQ_BASE_ERROR);
  lost->organisation_id = 99;
  assert_insert_refused (fixture, lost, XQ_VAULT_ERROR);
  g_set_str (&wrong_date->birth_date, "5.3.2012");
  assert_insert_refused (fixture, wrong_date, XQ_VAULT_ERROR);
  wrong_state->state = 2;
  assert_insert_refused (fixture, wrong_state, XQ_VAULT_ERROR);
  g_set_str (&first->code, "G1");
  g_set_str (&twin->code, "G1");
  g_assert_true (xq_store_insert (fixture->database, &pupil_entity, first, NULL));
  assert_insert_refused (fixture, twin, XQ_VAULT_ERROR);
}

static void
test_update (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (Pupil) pupil = stored_pupil (fixture, "单小雨");
  g_autoptr (Pupil) loaded = NULL;
  g_autoptr (GError) error = NULL;
  XqAuditEntry *entry;

  pupil->level = 1;
  pupil->sex = 1;
  g_set_str (&pupil->birth_date, NULL);
  g_assert_true (xq_store_update (fixture->database, &pupil_entity, pupil, &error));
  g_assert_no_error (error);
  loaded = xq_store_load (fixture->database, &pupil_entity, pupil->id, NULL);
  g_assert_cmpint (loaded->level, ==, 1);
  g_assert_cmpint (loaded->sex, ==, 1);
  g_assert_null (loaded->birth_date);
  g_assert_cmpstr (loaded->name, ==, "单小雨");
  entry = last_entry (fixture);
  g_assert_cmpstr (entry->action, ==, "update");
  g_assert_cmpstr (entry->detail, ==,
                   "{\"sex\":[\"female\",\"male\"],\"birth_date\":[\"2012-03-05\",null],\"level\":[null,1]}");
  xq_audit_entry_free (entry);
}

static void
test_update_of_nothing (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (Pupil) pupil = stored_pupil (fixture, "单小雨");
  gint64 before = audit_rows (fixture);

  /* None and "" are the same nothing. */
  g_set_str (&pupil->pinyin, NULL);
  g_assert_true (xq_store_update (fixture->database, &pupil_entity, pupil, NULL));
  g_set_str (&pupil->code, "");
  g_assert_true (xq_store_update (fixture->database, &pupil_entity, pupil, NULL));
  g_assert_cmpint (audit_rows (fixture), ==, before);
}

static void
test_text_emptied (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (Pupil) pupil = stored_pupil (fixture, "单小雨");
  g_autoptr (Pupil) loaded = NULL;
  g_autoptr (GError) error = NULL;

  g_set_str (&pupil->pinyin, "shan xiao yu");
  g_assert_true (xq_store_update (fixture->database, &pupil_entity, pupil, &error));
  g_set_str (&pupil->pinyin, NULL);
  g_assert_true (xq_store_update (fixture->database, &pupil_entity, pupil, &error));
  g_assert_no_error (error);
  loaded = xq_store_load (fixture->database, &pupil_entity, pupil->id, NULL);
  g_assert_cmpstr (loaded->pinyin, ==, "");
}

static void
test_update_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (Pupil) pupil = stored_pupil (fixture, "单小雨");
  g_autoptr (Pupil) loaded = NULL;
  gint64 before = audit_rows (fixture);
  g_autoptr (GError) error = NULL;

  pupil->state = 2;
  g_assert_false (xq_store_update (fixture->database, &pupil_entity, pupil, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_set_str (&pupil->name, "");
  g_assert_false (xq_store_update (fixture->database, &pupil_entity, pupil, &error));
  g_assert_error (error, XQ_BASE_ERROR, XQ_ERROR_REFUSED);
  loaded = xq_store_load (fixture->database, &pupil_entity, pupil->id, NULL);
  g_assert_cmpint (loaded->state, ==, 0);
  g_assert_cmpint (audit_rows (fixture), ==, before);
}

static void
test_delete (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (Pupil) pupil = stored_pupil (fixture, "单小雨");
  g_autoptr (GError) error = NULL;
  XqAuditEntry *entry;

  g_assert_true (xq_store_delete (fixture->database, &pupil_entity, pupil->id, &error));
  g_assert_no_error (error);
  entry = last_entry (fixture);
  g_assert_cmpstr (entry->action, ==, "delete");
  g_assert_null (entry->detail);
  xq_audit_entry_free (entry);
  g_assert_false (xq_store_delete (fixture->database, &pupil_entity, pupil->id, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "Pupil"));
  g_clear_error (&error);
  g_assert_null (xq_store_load (fixture->database, &pupil_entity, pupil->id, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (xq_store_update (fixture->database, &pupil_entity, pupil, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_NOT_FOUND);
}

static void
test_list (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (Pupil) one = stored_pupil (fixture, "单小雨");
  g_autoptr (Pupil) two = stored_pupil (fixture, "曾大雨");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = xq_store_list (fixture->database, &error, &pupil_entity, "ORDER BY id DESC", XQ_END);
  g_autoptr (GPtrArray) some = xq_store_list (fixture->database, &error, &pupil_entity, "WHERE name = :name",
                                              XQ_TEXT (":name", "单小雨"), XQ_END);
  g_autoptr (GPtrArray) none = xq_store_list (fixture->database, &error, &pupil_entity, "WHERE id = 99", XQ_END);
  g_autoptr (GPtrArray) wrong = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (((Pupil *) g_ptr_array_index (all, 0))->name, ==, two->name);
  g_assert_cmpuint (some->len, ==, 1);
  g_assert_cmpint (((Pupil *) g_ptr_array_index (some, 0))->id, ==, one->id);
  g_assert_cmpuint (none->len, ==, 0);
  wrong = xq_store_list (fixture->database, &error, &pupil_entity, "WHERE nothing", XQ_END);
  g_assert_null (wrong);
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_DAMAGED);
}

static void
test_columns (Fixture *fixture, gconstpointer unused)
{
  const char *columns = xq_store_columns (&pupil_entity, "p.");
  g_autofree char *sql = NULL;
  g_autoptr (XqStatement) statement = NULL;
  g_autoptr (Pupil) pupil = stored_pupil (fixture, "单小雨");
  g_autoptr (Pupil) read = NULL;

  g_assert_true (columns == xq_store_columns (&pupil_entity, "p."));
  g_assert_true (g_str_has_prefix (columns, "p.id, p.organisation_id, p.kind, "));
  sql = g_strdup_printf ("SELECT o.name, %s FROM person p JOIN organisation o ON o.id = p.organisation_id", columns);
  statement = xq_database_query (fixture->database, NULL, sql, XQ_END);
  g_assert_cmpint (xq_statement_step (statement, NULL), ==, XQ_STEP_ROW);
  read = xq_store_read (&pupil_entity, statement, 1);
  g_assert_cmpstr (read->name, ==, "单小雨");
}

static void
test_bulk (Fixture *fixture, gconstpointer unused)
{
  XqTransaction *transaction = xq_transaction_begin (fixture->database, NULL);
  g_autoptr (GError) error = NULL;
  gint64 before = audit_rows (fixture);
  gint64 last = 0;

  for (int i = 0; i < 500; i++)
    {
      g_autofree char *name = g_strdup_printf ("学生%d", i);
      g_autoptr (Pupil) pupil = new_pupil (name);

      g_assert_true (xq_store_insert_unaudited (fixture->database, &pupil_entity, pupil, &error));
      g_assert_cmpint (pupil->id, >, last);
      last = pupil->id;
      pupil->level = 1 + i % 3;
      g_assert_true (xq_store_update_unaudited (fixture->database, &pupil_entity, pupil, &error));
      g_assert_true (xq_store_update_unaudited (fixture->database, &pupil_entity, pupil, &error));
    }
  g_assert_no_error (error);
  g_assert_true (xq_audit_append (fixture->database, "roster_import", NULL, 0, NULL, &error));
  g_assert_true (xq_transaction_commit (transaction, &error));
  g_assert_cmpint (audit_rows (fixture), ==, before + 1);
  {
    g_autoptr (Pupil) loaded = xq_store_load (fixture->database, &pupil_entity, last, &error);

    g_assert_cmpint (loaded->level, ==, 2);
    loaded->id = 9999;
    g_assert_false (xq_store_update_unaudited (fixture->database, &pupil_entity, loaded, &error));
    g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_NOT_FOUND);
  }
}

/* An undo puts a record back under its own id. */
static void
test_insert_with_id (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (Pupil) pupil = new_pupil ("单小雨");
  g_autoptr (Pupil) again = new_pupil ("曾大雨");
  g_autoptr (GError) error = NULL;

  pupil->id = again->id = 77;
  g_assert_true (xq_store_insert (fixture->database, &pupil_entity, pupil, &error));
  g_assert_cmpint (pupil->id, ==, 77);
  g_assert_false (xq_store_insert (fixture->database, &pupil_entity, again, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
}

static void
test_wrong_choice_aborts (void)
{
  Fixture fixture = { 0 };
  Pupil *pupil;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_failed ();
      g_test_trap_assert_stderr ("*3 is no choice of sex*");
      return;
    }
  fixture_set_up (&fixture, NULL);
  fixture_remove (fixture.folder);
  pupil = new_pupil ("单小雨");
  pupil->sex = 3;
  xq_store_insert (fixture.database, &pupil_entity, pupil, NULL);
}

static void
test_settings (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *none = xq_setting_get (fixture->database, "idle_minutes", "5");
  g_autofree char *null = xq_setting_get (fixture->database, "idle_minutes", NULL);
  g_autofree char *set = NULL;
  g_autoptr (GError) error = NULL;
  XqAuditEntry *entry;
  gint64 rows;

  g_assert_cmpstr (none, ==, "5");
  g_assert_null (null);
  g_assert_true (xq_setting_set (fixture->database, "idle_minutes", "10", &error));
  g_assert_true (xq_setting_set (fixture->database, "idle_minutes", "15", &error));
  rows = audit_rows (fixture);
  g_assert_true (xq_setting_set (fixture->database, "idle_minutes", "15", &error));
  g_assert_no_error (error);
  g_assert_cmpint (audit_rows (fixture), ==, rows);
  set = xq_setting_get (fixture->database, "idle_minutes", "5");
  g_assert_cmpstr (set, ==, "15");
  entry = last_entry (fixture);
  g_assert_cmpstr (entry->detail, ==, "{\"idle_minutes\":[\"10\",\"15\"]}");
  xq_audit_entry_free (entry);
}

#define ADD(name, test) g_test_add ("/store/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  ADD ("insert-and-load", test_insert_and_load);
  ADD ("insert-refused", test_insert_refused);
  ADD ("update", test_update);
  ADD ("update-of-nothing", test_update_of_nothing);
  ADD ("text-emptied", test_text_emptied);
  ADD ("update-refused", test_update_refused);
  ADD ("delete", test_delete);
  ADD ("list", test_list);
  ADD ("columns", test_columns);
  ADD ("bulk", test_bulk);
  ADD ("insert-with-id", test_insert_with_id);
  g_test_add_func ("/store/wrong-choice-aborts", test_wrong_choice_aborts);
  ADD ("settings", test_settings);
  return g_test_run ();
}
