/* The recovery code in three paper shares: which two open, and what is said when they do not. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "place.h"
#include "vault/recovery-code.h"
#include "vault/shares.h"

#define ALPHABET "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

static const char *const holders[] = { "李老师", " 王校长 ", "密封信封", NULL };

static XqShareSet *
make (Place *place)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;
  XqShareSet *set = xq_shares_make (vault, password, holders, &error);

  g_assert_no_error (error);
  return set;
}

static gboolean
is_share (const char *text, guint *ret_line, GError **error)
{
  g_autoptr (XqShare) share = xq_share_read (text, ret_line, error);

  return share != NULL;
}

static const char *
text_of (XqShareSet *set, int number)
{
  return (const char *) xq_secret_bytes (set->texts[number - 1]);
}

static XqSharesStatus *
status_of (Place *place, const char *password)
{
  g_autoptr (XqVault) vault = open_with (place, password, NULL);
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  g_autoptr (GError) error = NULL;
  XqSharesStatus *status = xq_shares_status (database, &error);

  g_assert_no_error (error);
  return status;
}

static void
renew (Place *place)
{
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (XqSecret) code = xq_recovery_code_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_vault_renew (vault, code, password, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_refused (Place *place, const char *first, const char *second, const char *word)
{
  g_autoptr (XqSecret) new_password = secret (NEW_PASSWORD);
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_shares_recover (place->folder, first, second, new_password, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  if (strstr (error->message, word) == NULL)
    g_error ("“%s” does not say “%s”", error->message, word);
}

static void
test_every_pair_opens (Place *place, gconstpointer unused)
{
  static const int pairs[][2] = { { 1, 2 }, { 1, 3 }, { 2, 3 }, { 2, 1 }, { 3, 1 }, { 3, 2 } };
  g_autoptr (XqShareSet) set = make (place);

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (XqSecret) password = secret (i % 2 ? NEW_PASSWORD : PASSWORD);
      g_autoptr (GError) error = NULL;
      g_autoptr (XqSecret) code = xq_shares_join (text_of (set, pairs[i][0]), text_of (set, pairs[i][1]), &error);
      g_autoptr (XqVault) vault = NULL;
      g_autoptr (XqDatabase) database = NULL;
      g_autofree char *detail = NULL;
      g_autofree char *expected = g_strdup_printf ("{\"set\":1,\"first\":%d,\"second\":%d}", pairs[i][0], pairs[i][1]);

      g_assert_no_error (error);
      g_assert_cmpstr ((const char *) xq_secret_bytes (code), ==, place->code);
      vault = xq_shares_recover (place->folder, text_of (set, pairs[i][0]), text_of (set, pairs[i][1]), password, &error);
      g_assert_no_error (error);
      g_assert_cmpint (rows_of (vault, "password_recovered_shares"), ==, (gint64) i + 1);
      database = xq_vault_connect (vault, NULL);
      detail = xq_database_get_text (database, NULL, "SELECT detail FROM audit ORDER BY id DESC LIMIT 1", XQ_END);
      g_assert_cmpstr (detail, ==, expected);
    }
  assert_opens (place, NEW_PASSWORD);
  assert_does_not_open (place, PASSWORD, XQ_ERROR_PASSWORD);
}

/* Typed on a Chinese keyboard, small, without hyphens, over several lines. */
static void
test_read_forgivingly (Place *place, gconstpointer unused)
{
  g_autoptr (XqShareSet) set = make (place);
  g_autoptr (GString) typed = g_string_new (NULL);

  for (const char *at = text_of (set, 2); *at != '\0'; at++)
    if (*at == '-')
      g_string_append (typed, " \n");
    else if (g_ascii_isalpha (*at) && (at - text_of (set, 2)) % 2)
      g_string_append_unichar (typed, 0xff21 + (gunichar) (*at - 'A'));
    else
      g_string_append_c (typed, g_ascii_tolower (*at));
  g_assert_true (is_share (typed->str, NULL, NULL));
}

/* Every character of a share, made every other one, and changed with its neighbour: the line is named. */
static void
test_typing_errors (Place *place, gconstpointer unused)
{
  g_autoptr (XqShareSet) set = make (place);

  for (int number = 1; number <= XQ_SHARES; number++)
    {
      g_autofree char *text = g_strdup (text_of (set, number));
      guint letters = 0;

      g_assert_cmpuint (strlen (text), ==, 79);
      for (char *at = text; *at != '\0'; at++)
        {
          char right = *at;
          guint line = 0;

          if (right == '-')
            continue;
          for (const char *other = ALPHABET; *other != '\0'; other++)
            {
              g_autoptr (GError) error = NULL;

              *at = *other;
              if (*other == right)
                continue;
              g_assert_false (is_share (text, &line, &error));
              g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
              g_assert_cmpuint (line, ==, letters / 16 + 1);
            }
          *at = right;
          letters++;
          if (at[1] != '\0' && at[1] != '-' && at[1] != right)
            {
              at[0] = at[1];
              at[1] = right;
              g_assert_false (is_share (text, &line, NULL));
              at[1] = at[0];
              at[0] = right;
            }
        }
      g_assert_cmpuint (letters, ==, 64);
      g_assert_true (is_share (text, NULL, NULL));
    }
}

static void
assert_line (const char *text, guint expected, const char *word)
{
  g_autoptr (GError) error = NULL;
  guint line = 99;

  g_assert_false (is_share (text, &line, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  g_assert_cmpuint (line, ==, expected);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_not_whole (Place *place, gconstpointer unused)
{
  g_autoptr (XqShareSet) set = make (place);
  const char *text = text_of (set, 1);
  g_autofree char *cut = g_strndup (text, 3 * 20 - 1);
  g_autofree char *more = g_strconcat (text, "-A", NULL);
  g_autofree char *hash = g_strconcat ("#", text + 1, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *lines_changed = g_strdup_printf ("%.19s-%.19s-%s", text + 20, text, text + 40);

  assert_line ("", 1, "Line 1 is not complete");
  assert_line (cut, 4, "Line 4 is not complete");
  assert_line (more, 4, "more than a share has");
  assert_line (hash, 0, "only letters");
  assert_line ("\xff\xfe", 0, "only letters");
  assert_line (lines_changed, 1, "Line 1 differs");
  /* A recovery code is shorter, so it is refused whatever its lines happen to add up to: one in 32 is right by chance. */
  g_assert_false (is_share (place->code, NULL, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  /* Shares that no program has made yet: of number 0, of set 0. */
  for (int i = 0; i < 2; i++)
    {
      const XqShare unknown = { i, 1 - i, 0, xq_secret_new (XQ_RECOVERY_CODE_BYTES) };
      g_autoptr (XqSecret) written = xq_share_write (&unknown);

      assert_line ((const char *) xq_secret_bytes (written), 1, "up to date");
      xq_secret_free (unknown.body);
    }
}

/* A line alone, as it is typed. */
static void
test_line_while_typed (Place *place, gconstpointer unused)
{
  g_autoptr (XqShareSet) set = make (place);
  g_auto (GStrv) groups = g_strsplit (text_of (set, 3), "-", -1);

  for (guint line = 1; line <= XQ_SHARE_LINES; line++)
    {
      char **first = groups + 4 * (line - 1);
      g_autofree char *text = g_strjoin (" ", first[0], first[1], first[2], first[3], NULL);
      g_autofree char *more = g_strconcat (text, "A", NULL);
      g_autofree char *other = g_strdup (text);
      g_autoptr (GError) error = NULL;

      g_assert_true (xq_share_check_line (text, line, &error));
      g_assert_no_error (error);
      g_assert_false (xq_share_check_line (text, line % XQ_SHARE_LINES + 1, &error));
      g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
      g_clear_error (&error);
      other[strlen (other) - 1] = '\0';
      g_assert_false (xq_share_check_line (other, line, &error));
      g_assert_no_error (error);
      g_assert_false (xq_share_check_line (more, line, &error));
      g_assert_nonnull (strstr (error->message, "differs"));
      g_clear_error (&error);
      g_assert_false (xq_share_check_line ("A9", line, &error));
      g_assert_nonnull (strstr (error->message, "only letters"));
    }
}

static void
test_one_is_not_enough (Place *place, gconstpointer unused)
{
  g_autoptr (XqShareSet) set = make (place);

  assert_refused (place, text_of (set, 1), text_of (set, 1), "Both are share 1");
  assert_refused (place, text_of (set, 3), "", "Second share: Line 1 is not complete");
  assert_refused (place, "AAAA", text_of (set, 3), "First share: ");
  assert_opens (place, PASSWORD);
}

static void
test_sets_do_not_mix (Place *place, gconstpointer unused)
{
  g_autoptr (XqShareSet) first = make (place);
  g_autoptr (XqShareSet) second = make (place);
  g_autoptr (XqSharesStatus) status = status_of (place, PASSWORD);

  g_assert_cmpuint (first->set, ==, 1);
  g_assert_cmpuint (second->set, ==, 2);
  assert_refused (place, text_of (first, 1), text_of (second, 2), "not made together");
  g_assert_cmpuint (status->others, ==, 1);
  g_assert_true (is_share (text_of (first, 1), NULL, NULL));
}

/* Of the same number and mark by chance: the checksum that was split with the code tells. */
static void
test_checksum_tells (Place *place, gconstpointer unused)
{
  g_autoptr (XqShareSet) first = make (place);
  g_autoptr (XqShareSet) second = make (place);
  g_autoptr (XqShare) share = xq_share_read (text_of (second, 2), NULL, NULL);
  g_autoptr (XqSecret) text = NULL;

  share->set = first->set;
  text = xq_share_write (share);
  assert_refused (place, text_of (first, 1), (const char *) xq_secret_bytes (text), "do not fit each other");
}

static void
test_other_vault (Place *place, gconstpointer unused)
{
  Place other;
  g_autoptr (XqShareSet) own = make (place);
  g_autoptr (XqShareSet) others = NULL;
  g_autoptr (XqShare) share = NULL;

  place_set_up (&other, NULL);
  others = make (&other);
  share = xq_share_read (text_of (others, 2), NULL, NULL);
  if (strncmp (text_of (own, 1), text_of (others, 1), 4) != 0)
    assert_refused (place, text_of (own, 1), text_of (others, 2), "different vaults");
  if (strncmp (text_of (own, 1), text_of (others, 1), 4) != 0)
    assert_refused (place, text_of (others, 1), text_of (others, 2), "another vault's");
  place_tear_down (&other, NULL);
  assert_opens (place, PASSWORD);
}

static void
test_new_code_makes_them_void (Place *place, gconstpointer unused)
{
  g_autoptr (XqShareSet) old = make (place);
  g_autoptr (XqShareSet) new = NULL;
  g_autoptr (XqSharesStatus) status = NULL;
  g_autoptr (XqSecret) password = secret (NEW_PASSWORD);
  g_autoptr (XqVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  renew (place);
  status = status_of (place, PASSWORD);
  g_assert_cmpint (status->state, ==, XQ_SHARES_VOID);
  g_assert_cmpuint (status->code, ==, 1);
  g_assert_cmpuint (status->others, ==, 0);
  assert_refused (place, text_of (old, 1), text_of (old, 2), "made them void");
  new = make (place);
  g_assert_cmpuint (new->code, ==, 2);
  assert_refused (place, text_of (old, 1), text_of (new, 2), "not made together");
  vault = xq_shares_recover (place->folder, text_of (new, 1), text_of (new, 3), password, &error);
  g_assert_no_error (error);
  g_assert_nonnull (vault);
}

/* With the slots gone too, and so with another name of the vault. */
static void
test_keyslots_gone (Place *place, gconstpointer unused)
{
  g_autoptr (XqShareSet) set = make (place);
  g_autoptr (XqSecret) password = secret (NEW_PASSWORD);
  g_autofree char *slots = file_in (place, "keyslots.json");
  g_autofree char *copy = file_in (place, "keyslots.json.bak");
  g_autoptr (XqVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_remove (slots) + g_remove (copy), ==, 0);
  for (int i = 0; i < 2; i++)
    {
      vault = xq_shares_recover (place->folder, text_of (set, 2), text_of (set, 3), password, &error);
      g_assert_no_error (error);
      g_clear_pointer (&vault, xq_vault_unref);
    }
  assert_opens (place, NEW_PASSWORD);
}

static void
test_status (Place *place, gconstpointer unused)
{
  g_autoptr (XqSharesStatus) none = status_of (place, PASSWORD);
  g_autoptr (XqSharesStatus) made = NULL;
  g_autoptr (XqSharesStatus) out = NULL;
  g_autoptr (XqShareSet) set = NULL;
  g_autoptr (XqVault) vault = NULL;

  g_assert_cmpint (none->state, ==, XQ_SHARES_NONE);
  set = make (place);
  made = status_of (place, PASSWORD);
  g_assert_cmpint (made->state, ==, XQ_SHARES_UNFINISHED);
  g_assert_cmpint (made->at, ==, 1795395600);
  g_assert_cmpstrv (made->holders, ((const char *const[]){ "李老师", "王校长", "密封信封", NULL }));
  vault = open_with (place, PASSWORD, NULL);
  g_assert_true (xq_shares_hand_out (vault, set, NULL));
  g_clear_pointer (&vault, xq_vault_unref);
  out = status_of (place, PASSWORD);
  g_assert_cmpint (out->state, ==, XQ_SHARES_VALID);
  g_assert_cmpuint (out->set, ==, 1);
  g_assert_cmpuint (out->code, ==, 1);
}

/* The trail tells of them, and neither it nor any other file of the vault holds one. */
static void
test_kept_nowhere (Place *place, gconstpointer unused)
{
  g_autoptr (XqShareSet) set = make (place);
  g_autoptr (XqVault) vault = open_with (place, PASSWORD, NULL);
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, NULL);
  g_autofree char *detail = xq_database_get_text (
      database, NULL, "SELECT detail FROM audit WHERE action = 'recovery_shares_make'", XQ_END);

  g_assert_cmpstr (detail, ==, "{\"set\":1,\"code\":1,\"holders\":[\"李老师\",\"王校长\",\"密封信封\"]}");
  for (int number = 1; number <= XQ_SHARES; number++)
    for (const char *group = text_of (set, number) + 5; strlen (group) >= 9; group += 5)
      {
        g_autofree char *two_groups = g_strndup (group, 9);
        gint64 found = -1;

        g_assert_true (xq_database_get_integer (database, NULL, &found, NULL,
                                                "SELECT (SELECT count(*) FROM audit WHERE instr (detail, :text))"
                                                " + (SELECT count(*) FROM setting WHERE instr (value, :text))",
                                                XQ_TEXT (":text", two_groups), XQ_END));
        g_assert_cmpint (found, ==, 0);
      }
}

static void
test_making_refused (Place *place, gconstpointer unused)
{
  static const char *const nameless[] = { "李老师", " ", "密封信封", NULL };
  g_autoptr (XqVault) vault = NULL;
  g_autoptr (XqSecret) wrong = secret ("wrong");
  g_autoptr (XqSecret) custodian = secret (CUSTODIAN);
  g_autoptr (XqSecret) password = secret (PASSWORD);
  g_autoptr (GError) error = NULL;

  add_custodian (place);
  vault = open_with (place, PASSWORD, NULL);
  g_assert_null (xq_shares_make (vault, wrong, holders, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  g_clear_error (&error);
  g_assert_null (xq_shares_make (vault, custodian, holders, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD);
  g_clear_error (&error);
  g_assert_null (xq_shares_make (vault, password, nameless, &error));
  g_assert_error (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED);
  g_assert_cmpint (rows_of (vault, "recovery_shares_make"), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Place *place, gconstpointer unused);
  } tests[] = {
    { "/shares/every-pair-opens", test_every_pair_opens },
    { "/shares/read-forgivingly", test_read_forgivingly },
    { "/shares/typing-errors", test_typing_errors },
    { "/shares/not-whole", test_not_whole },
    { "/shares/line-while-typed", test_line_while_typed },
    { "/shares/one-is-not-enough", test_one_is_not_enough },
    { "/shares/sets-do-not-mix", test_sets_do_not_mix },
    { "/shares/checksum-tells", test_checksum_tells },
    { "/shares/other-vault", test_other_vault },
    { "/shares/new-code-makes-them-void", test_new_code_makes_them_void },
    { "/shares/keyslots-gone", test_keyslots_gone },
    { "/shares/status", test_status },
    { "/shares/kept-nowhere", test_kept_nowhere },
    { "/shares/making-refused", test_making_refused },
  };

  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, place_set_up, tests[i].test, place_tear_down);
  return g_test_run ();
}
