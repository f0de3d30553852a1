/* The custodian's slot, and keyslots.json damaged or gone. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "place.h"

static void
test_custodian_opens (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = NULL;
  g_autoptr (XqDatabase) database = NULL;
  g_autofree char *detail = NULL;
  g_auto (GStrv) slots = NULL;

  add_custodian (place);
  vault = open_with (place, CUSTODIAN, NULL);
  g_assert_nonnull (vault);
  g_assert_cmpint (xq_vault_opened_by (vault), ==, XQ_OPENED_BY_CUSTODIAN);
  g_assert_true (xq_vault_has_custodian (vault));
  slots = xq_vault_slots (vault);
  g_assert_cmpstrv (slots, ((const char *const[]){ "password", "custodian", NULL }));
  database = xq_vault_connect (vault, NULL);
  detail = xq_database_get_text (database, NULL, "SELECT detail FROM audit WHERE action = 'vault_open'", XQ_END);
  g_assert_cmpstr (detail, ==, "{\"by\":\"custodian\"}");
  g_assert_cmpint (rows_of (vault, "custodian_add"), ==, 1);
  g_clear_pointer (&database, xq_database_free);
  g_clear_pointer (&vault, xq_vault_unref);
  vault = open_with (place, PASSWORD, NULL);
  g_assert_cmpint (xq_vault_opened_by (vault), ==, XQ_OPENED_BY_PASSWORD);
  g_assert_cmpint (rows_of (vault, "vault_open"), ==, 1);
}

/* With the envelope opened, the counsellor gets a new password; the custodian's stays. */
static void
test_custodian_sets_password (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = NULL;
  g_autoptr (XqSecret) custodian = secret (CUSTODIAN);
  g_autoptr (XqSecret) new = secret (NEW_PASSWORD);
  g_autoptr (GError) error = NULL;

  add_custodian (place);
  vault = open_with (place, CUSTODIAN, NULL);
  g_assert_false (xq_vault_change_password (vault, custodian, custodian, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (xq_vault_change_password (vault, custodian, new, &error));
  g_assert_no_error (error);
  g_clear_pointer (&vault, xq_vault_unref);
  assert_opens (place, NEW_PASSWORD);
  assert_opens (place, CUSTODIAN);
  assert_does_not_open (place, PASSWORD, XQ_ERROR_PASSWORD);
}

static void
test_custodian_refused (Place *place, gconstpointer unused)
{
  static const char *const weak[] = { "", "12345678", "nine words", "kx7!q2mz9wPd", "aaaaaaaaaaaaaaaaaaaaaaaa" };
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (XqSecret) wrong = secret ("wrong");
  g_autoptr (XqSecret) custodian = secret (CUSTODIAN);
  g_autoptr (XqSecret) long_one = secret ("rusty kettle seven moons");
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (weak); i++)
    {
      g_autoptr (XqSecret) bad = secret (weak[i]);

      g_assert_false (xq_vault_set_custodian (vault, password, bad, &error));
      g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
      g_assert_cmpuint (strlen (error->message), >, 0);
      g_clear_error (&error);
    }
  g_assert_false (xq_vault_set_custodian (vault, wrong, custodian, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  g_clear_error (&error);
  g_assert_false (xq_vault_remove_custodian (vault, password, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (xq_vault_has_custodian (vault));
  /* The counsellor's own as the custodian's as well. */
  g_assert_true (xq_vault_change_password (vault, password, long_one, &error));
  g_assert_false (xq_vault_set_custodian (vault, long_one, long_one, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
}

static void
test_custodian_replaced_and_removed (Place *place, gconstpointer unused)
{
  g_autoptr (XqVault) vault = NULL;
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (XqSecret) custodian = secret (CUSTODIAN);
  g_autoptr (XqSecret) proposed = xq_custodian_password_propose ();
  g_autoptr (XqSecret) other = xq_custodian_password_propose ();
  const char *text = (const char *) xq_secret_bytes (proposed);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strlen (text), ==, 29);
  g_assert_cmpstr (text, !=, (const char *) xq_secret_bytes (other));
  g_assert_cmpint (xq_password_strength (proposed, NULL), ==, XQ_CUSTODIAN_ACCEPTED);
  add_custodian (place);
  vault = open_with (place, PASSWORD, NULL);
  g_assert_true (xq_vault_set_custodian (vault, password, proposed, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rows_of (vault, "custodian_replace"), ==, 1);
  g_assert_false (xq_vault_check_password (vault, custodian, NULL));
  g_assert_true (xq_vault_check_password (vault, proposed, NULL));
  g_assert_true (xq_vault_remove_custodian (vault, password, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rows_of (vault, "custodian_remove"), ==, 1);
  g_assert_false (xq_vault_has_custodian (vault));
  g_clear_pointer (&vault, xq_vault_unref);
  assert_does_not_open (place, text, XQ_ERROR_PASSWORD);
  assert_opens (place, PASSWORD);
}

/* -- keyslots.json damaged or gone */

typedef enum
{
  GONE,
  CUT,
  GARBAGE,
  EMPTY,
  HARMS,
} Harm;

static void
harm (Place *place, const char *name, Harm how)
{
  g_autofree char *path = file_in (place, name);
  g_autofree char *text = NULL;
  gsize length;

  if (how == GONE)
    {
      g_assert_cmpint (g_remove (path), ==, 0);
      return;
    }
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  if (how == CUT)
    length /= 2;
  else if (how == EMPTY)
    length = 0;
  else
    for (gsize i = 0; i < length; i++)
      text[i] = (char) (i * 37 + 11);
  g_assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
}

static void
assert_advice (Place *place, gboolean nothing, gboolean opens)
{
  gboolean password_opens = !opens;
  g_autofree char *advice = xq_vault_keyslots_advice (place->folder, &password_opens);

  g_test_message ("%s", advice != NULL ? advice : "nothing");
  g_assert_true ((advice == NULL) == nothing);
  g_assert_true (password_opens == opens);
}

static void
test_first_file_harmed (Place *place, gconstpointer unused)
{
  assert_advice (place, TRUE, TRUE);
  for (Harm how = GONE; how < HARMS; how++)
    {
      g_autoptr (XqVault) vault = NULL;

      harm (place, "keyslots.json", how);
      assert_advice (place, FALSE, TRUE);
      assert_does_not_open (place, "wrong", XQ_ERROR_PASSWORD);
      g_setenv ("XINQIAO_NOW", how % 2 == 0 ? "2026-11-25T09:00:00+08:00" : "2026-11-26T09:00:00+08:00", TRUE);
      vault = open_with (place, PASSWORD, NULL);
      g_assert_nonnull (vault);
      g_assert_cmpint (rows_of (vault, "keyslots_mend"), ==, (int) how + 1);
      assert_advice (place, TRUE, TRUE);
    }
}

static void
test_both_files_harmed (Place *place, gconstpointer unused)
{
  add_custodian (place);
  for (Harm first = GONE; first < HARMS; first++)
    {
      Harm second = (first + 1) % HARMS;
      g_autoptr (XqSecret) new = secret (NEW_PASSWORD);
      g_autoptr (XqVault) vault = NULL;
      g_autoptr (GError) error = NULL;

      harm (place, "keyslots.json", first);
      harm (place, "keyslots.json.bak", second);
      assert_advice (place, FALSE, FALSE);
      assert_does_not_open (place, PASSWORD, XQ_ERROR_DAMAGED);
      vault = xq_vault_recover (place->folder, place->code, new, &error);
      g_assert_no_error (error);
      g_assert_false (xq_vault_has_custodian (vault));
      assert_advice (place, TRUE, TRUE);
      g_clear_pointer (&vault, xq_vault_unref);
      assert_opens (place, NEW_PASSWORD);
    }
}

/* Where only the second file is harmed nobody need be told; it is written anew. */
static void
test_second_file_harmed (Place *place, gconstpointer unused)
{
  for (Harm how = GONE; how < HARMS; how++)
    {
      harm (place, "keyslots.json.bak", how);
      assert_advice (place, TRUE, TRUE);
      assert_opens (place, PASSWORD);
      harm (place, "keyslots.json", GONE);
      assert_opens (place, PASSWORD);
    }
}

#define ADD(name, test) g_test_add ("/keys/" name, Place, NULL, place_set_up, test, place_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  ADD ("custodian-opens", test_custodian_opens);
  ADD ("custodian-sets-password", test_custodian_sets_password);
  ADD ("custodian-refused", test_custodian_refused);
  ADD ("custodian-replaced-and-removed", test_custodian_replaced_and_removed);
  ADD ("first-file-harmed", test_first_file_harmed);
  ADD ("both-files-harmed", test_both_files_harmed);
  ADD ("second-file-harmed", test_second_file_harmed);
  return g_test_run ();
}
