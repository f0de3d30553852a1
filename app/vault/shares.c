#include "config.h"

#include "vault/shares.h"

#include <glib/gi18n-lib.h>

#include "vault/audit.h"
#include "vault/recovery-code.h"
#include "vault/vault-private.h"

#define ENTITY "recovery_shares"

const XqChoice xq_shares_states[] = {
  [XQ_SHARES_NONE] = { "none", N_ ("None were made") },
  [XQ_SHARES_UNFINISHED] = { "unfinished", N_ ("Made, but not all put on paper") },
  [XQ_SHARES_VALID] = { "valid", N_ ("Any two open the vault") },
  [XQ_SHARES_VOID] = { "void", N_ ("Void since the new recovery code") },
  { NULL, NULL },
};

/* -- what was made */

void
xq_shares_status_free (XqSharesStatus *status)
{
  if (status == NULL)
    return;
  g_strfreev (status->holders);
  g_free (status);
}

static void
read_last_set (XqStatement *row, XqSharesStatus *status)
{
  status->at = xq_statement_integer (row, 1);
  status->set = (guint) xq_statement_integer (row, 2);
  status->code = (guint) xq_statement_integer (row, 3);
  status->holders = g_new0 (char *, XQ_SHARES + 1);
  for (int i = 0; i < XQ_SHARES; i++)
    status->holders[i] = g_strdup (xq_statement_text (row, 4 + i) != NULL ? xq_statement_text (row, 4 + i) : "");
}

static gboolean
find_last_set (XqDatabase *database, XqSharesStatus *status, gint64 *ret_row, GError **error)
{
  g_autoptr (XqStatement) row
      = xq_database_query (database, error,
                           "SELECT id, at, detail ->> '$.set', detail ->> '$.code', detail ->> '$.holders[0]',"
                           " detail ->> '$.holders[1]', detail ->> '$.holders[2]' FROM audit"
                           " WHERE entity = 'recovery_shares' AND action = 'recovery_shares_make' ORDER BY id DESC LIMIT 1",
                           XQ_END);
  XqStep step = row != NULL ? xq_statement_step (row, error) : XQ_STEP_FAILED;

  if (step == XQ_STEP_ROW)
    {
      *ret_row = xq_statement_integer (row, 0);
      read_last_set (row, status);
    }
  return step != XQ_STEP_FAILED;
}

/* Today's recovery code, counted from 1. */
static gboolean
count_codes (XqDatabase *database, guint *ret_code, GError **error)
{
  gint64 renewals = 0;

  if (!xq_database_get_integer (database, error, &renewals, NULL,
                                "SELECT count(*) FROM audit WHERE entity IS NULL AND action = 'recovery_code_new'", XQ_END))
    return FALSE;
  *ret_code = (guint) renewals + 1;
  return TRUE;
}

/* @row is the last set's: how it went with it, and what there was before of the same code. */
static gboolean
complete_status (XqDatabase *database, gint64 row, XqSharesStatus *status, GError **error)
{
  gint64 handed_out = 0, others = 0;
  guint code = 0;

  if (!count_codes (database, &code, error)
      || !xq_database_get_integer (database, error, &handed_out, NULL,
                                   "SELECT count(*) FROM audit WHERE entity = 'recovery_shares'"
                                   " AND action = 'recovery_shares_out' AND id > :row",
                                   XQ_INTEGER (":row", row), XQ_END)
      || !xq_database_get_integer (database, error, &others, NULL,
                                   "SELECT count(*) FROM audit WHERE entity = 'recovery_shares'"
                                   " AND action = 'recovery_shares_make' AND id < :row AND detail ->> '$.code' = :code",
                                   XQ_INTEGER (":row", row), XQ_INTEGER (":code", code), XQ_END))
    return FALSE;
  status->state = status->code != code ? XQ_SHARES_VOID : handed_out > 0 ? XQ_SHARES_VALID : XQ_SHARES_UNFINISHED;
  status->others = (guint) others;
  return TRUE;
}

XqSharesStatus *
xq_shares_status (XqDatabase *database, GError **error)
{
  g_autoptr (XqSharesStatus) status = g_new0 (XqSharesStatus, 1);
  gint64 row = 0;

  g_return_val_if_fail (database != NULL, NULL);

  if (!find_last_set (database, status, &row, error) || (row > 0 && !complete_status (database, row, status, error)))
    return NULL;
  return g_steal_pointer (&status);
}

gboolean
xq_shares_status_opens (const XqSharesStatus *status)
{
  return status->state == XQ_SHARES_VALID || status->state == XQ_SHARES_UNFINISHED;
}

/* -- making them */

void
xq_share_set_free (XqShareSet *set)
{
  if (set == NULL)
    return;
  g_strfreev (set->holders);
  for (int i = 0; i < XQ_SHARES; i++)
    xq_secret_free (set->texts[i]);
  g_free (set);
}

char **
xq_shares_holders (XqDatabase *database)
{
  g_autofree char *profile = xq_setting_get (database, "profile", xq_profiles[XQ_PROFILE_SCHOOL].id);
  gboolean enterprise = g_str_equal (profile, xq_profiles[XQ_PROFILE_ENTERPRISE].id);
  const char *holders[XQ_SHARES + 1] = {
    enterprise ? _ ("The counsellor") : _ ("The psychology teacher"),
    enterprise ? _ ("The head of personnel") : _ ("The principal"),
    _ ("The sealed envelope"),
  };

  return g_strdupv ((char **) holders);
}

static gboolean
check_holders (const char *const *holders, GError **error)
{
  for (int i = 0; i < XQ_SHARES; i++)
    {
      g_autofree char *name = holders[i] != NULL ? g_strstrip (g_strdup (holders[i])) : NULL;

      if (name != NULL && *name != '\0')
        continue;
      g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_REFUSED,
                           _ ("Say for each of the three shares who keeps it. Nothing was made."));
      return FALSE;
    }
  return TRUE;
}

static guint
mark_of (XqKeyslots *slots)
{
  g_autofree char *digits = g_strndup (xq_keyslots_vault (slots), 3);

  return (guint) g_ascii_strtoull (digits, NULL, 16);
}

static gboolean
split (XqVault *vault, XqSecret **ret_bodies, GError **error)
{
  g_autoptr (XqSecret) code = xq_recovery_code_pack (vault->key);

  if (xq_share_split (code, ret_bodies))
    return TRUE;
  g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_IO,
                       _ ("The system gave no random numbers, or no memory. Nothing was made; try again later."));
  return FALSE;
}

/* The numbers of the set are known once it is recorded. */
static void
write_texts (XqShareSet *set, guint mark, XqSecret **bodies)
{
  for (guint i = 0; i < XQ_SHARES; i++)
    {
      const XqShare share = { i + 1, set->set, mark, bodies[i] };

      set->texts[i] = xq_share_write (&share);
    }
}

static JsonObject *
detail_of (const XqShareSet *set)
{
  JsonObject *detail = json_object_new ();

  json_object_set_int_member (detail, "set", set->set);
  return detail;
}

static gboolean
append_making (XqDatabase *database, const XqShareSet *set, GError **error)
{
  g_autoptr (JsonObject) detail = detail_of (set);
  JsonArray *holders = json_array_new ();

  for (int i = 0; i < XQ_SHARES; i++)
    json_array_add_string_element (holders, set->holders[i]);
  json_object_set_int_member (detail, "code", set->code);
  json_object_set_array_member (detail, "holders", holders);
  return xq_audit_append (database, "recovery_shares_make", ENTITY, 0, detail, error);
}

/* The numbers of the set are found and written in one transaction. */
static gboolean
record (XqVault *vault, XqShareSet *set, GError **error)
{
  g_autoptr (XqDatabase) database = xq_vault_connect (vault, error);
  g_autoptr (XqTransaction) transaction = database != NULL ? xq_transaction_begin (database, error) : NULL;
  gint64 sets = 0;

  if (transaction == NULL || !count_codes (database, &set->code, error)
      || !xq_database_get_integer (database, error, &sets, NULL,
                                   "SELECT count(*) FROM audit WHERE entity = 'recovery_shares'"
                                   " AND action = 'recovery_shares_make'",
                                   XQ_END))
    return FALSE;
  set->set = (guint) (sets % XQ_SHARE_MOST_SETS) + 1;
  return append_making (database, set, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

XqShareSet *
xq_shares_make (XqVault *vault, XqSecret *password, const char *const *holders, GError **error)
{
  g_autoptr (XqKeyslots) slots = NULL;
  g_autoptr (XqShareSet) set = g_new0 (XqShareSet, 1);
  XqSecret *bodies[XQ_SHARES] = { NULL };
  gboolean done;

  g_return_val_if_fail (vault != NULL && password != NULL && holders != NULL, NULL);

  if (!check_holders (holders, error))
    return NULL;
  slots = xq_keyslots_load (vault->folder, error);
  if (slots == NULL || !xq_vault_check_slot (vault, slots, XQ_SLOT_PASSWORD, password, error))
    return NULL;
  set->holders = g_new0 (char *, XQ_SHARES + 1);
  for (int i = 0; i < XQ_SHARES; i++)
    set->holders[i] = g_strstrip (g_strdup (holders[i]));
  done = split (vault, bodies, error) && record (vault, set, error);
  if (done)
    write_texts (set, mark_of (slots), bodies);
  for (guint i = 0; i < XQ_SHARES; i++)
    xq_secret_free (bodies[i]);
  return done ? g_steal_pointer (&set) : NULL;
}

gboolean
xq_shares_hand_out (XqVault *vault, const XqShareSet *set, GError **error)
{
  g_autoptr (XqDatabase) database = NULL;
  g_autoptr (XqTransaction) transaction = NULL;
  g_autoptr (JsonObject) detail = NULL;

  g_return_val_if_fail (vault != NULL && set != NULL, FALSE);

  detail = detail_of (set);
  database = xq_vault_connect (vault, error);
  transaction = database != NULL ? xq_transaction_begin (database, error) : NULL;
  return transaction != NULL && xq_audit_append (database, "recovery_shares_out", ENTITY, 0, detail, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

/* -- opening with them */

static XqShare *
read_share (const char *text, const char *prefix, GError **error)
{
  XqShare *share = xq_share_read (text, NULL, error);

  if (share == NULL)
    g_prefix_error_literal (error, prefix);
  return share;
}

static gboolean
are_of_one_set (const XqShare *first, const XqShare *second, GError **error)
{
  if (first->mark != second->mark)
    g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD,
                         _ ("The two shares are of different vaults. Each sheet says at its top whose vault it is of; take two of the same."));
  else if (first->set != second->set)
    g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD,
                 _ ("The two shares were not made together: one is of set %u, the other of set %u. Take two of the same set, best of the latest."),
                 first->set, second->set);
  else if (first->number == second->number)
    g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD,
                 _ ("Both are share %u. Two different ones are needed: take another sheet."), first->number);
  else
    return TRUE;
  return FALSE;
}

/* The vault's key; @ret_first and @ret_second (out) tell which shares it came from. */
static XqSecret *
join (const char *first_text, const char *second_text, XqShare **ret_first, XqShare **ret_second, GError **error)
{
  g_autoptr (XqShare) first = read_share (first_text, _ ("First share: "), error);
  g_autoptr (XqShare) second = first != NULL ? read_share (second_text, _ ("Second share: "), error) : NULL;
  g_autoptr (XqSecret) bytes = NULL;
  XqSecret *key;

  if (second == NULL || !are_of_one_set (first, second, error))
    return NULL;
  bytes = xq_share_join (first->body, first->number, second->body, second->number);
  key = bytes != NULL ? xq_recovery_code_unpack (bytes) : NULL;
  if (key == NULL)
    {
      g_set_error_literal (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD,
                           _ ("The two shares do not fit each other. Compare every group with the papers, and whether both sheets were made on the same day for the same vault."));
      return NULL;
    }
  *ret_first = g_steal_pointer (&first);
  *ret_second = g_steal_pointer (&second);
  return key;
}

XqSecret *
xq_shares_join (const char *first, const char *second, GError **error)
{
  g_autoptr (XqShare) one = NULL;
  g_autoptr (XqShare) other = NULL;
  g_autoptr (XqSecret) key = NULL;

  g_return_val_if_fail (first != NULL && second != NULL, NULL);

  key = join (first, second, &one, &other, error);
  return key != NULL ? xq_recovery_code_write (key) : NULL;
}

/* The shares fit each other, yet not the vault. */
static void
set_void_error (const char *folder, const XqShare *share, GError **error)
{
  g_autoptr (XqKeyslots) slots = xq_keyslots_load (folder, NULL);

  if (slots != NULL && mark_of (slots) == share->mark)
    g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD,
                 _ ("The two shares fit each other but do not open “%s”: a new recovery code has made them void since, and they open only backups made before it. Take two shares of the latest set, or the latest recovery sheet."),
                 folder);
  else
    g_set_error (error, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD,
                 _ ("The two shares fit each other but do not open “%s”: they are another vault's, a new recovery code has made them void, or the vault's file is damaged."),
                 folder);
}

XqVault *
xq_shares_recover (const char *folder, const char *first, const char *second, XqSecret *new_password, GError **error)
{
  g_autoptr (XqShare) one = NULL;
  g_autoptr (XqShare) other = NULL;
  g_autoptr (XqSecret) key = NULL;
  g_autoptr (XqSecret) code = NULL;
  g_autoptr (XqVault) vault = NULL;
  g_autoptr (JsonObject) detail = json_object_new ();
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (folder != NULL && first != NULL && second != NULL, NULL);

  key = xq_password_is_accepted (new_password, error) ? join (first, second, &one, &other, error) : NULL;
  if (key == NULL)
    return NULL;
  code = xq_recovery_code_write (key);
  json_object_set_int_member (detail, "set", one->set);
  json_object_set_int_member (detail, "first", one->number);
  json_object_set_int_member (detail, "second", other->number);
  vault = xq_vault_recover_with (folder, (const char *) xq_secret_bytes (code), new_password, "password_recovered_shares",
                                 detail, &local);
  if (vault != NULL)
    return g_steal_pointer (&vault);
  if (g_error_matches (local, XQ_VAULT_ERROR, XQ_ERROR_PASSWORD))
    set_void_error (folder, one, error);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
