#include "config.h"

#include "operations.h"

#include "vault/recovery-code.h"
#include "vault/vault-private.h"

#define ROUNDS 10

#define DO(name) { #name, operation_##name, 0 }

static const Operation beginning[] = {
  DO (calendar), DO (setting), DO (roster), DO (campaign), DO (team), DO (institution), DO (institution), DO (rules),
};

/* One round is a week of work. */
static const Operation round_of_work[] = {
  DO (person), DO (person_edit), DO (tag), DO (contact), DO (consent), DO (sheet_heavy), DO (sheet_light), DO (report),
  DO (triage), DO (triage), DO (case_open), DO (note), DO (note_edit), DO (note_sign), DO (note_amend),
  DO (follow_up_done), DO (follow_up_move), DO (appointment), DO (appointment_state), DO (referral),
  DO (referral_step), DO (referral_step), DO (referral_step), DO (setting), DO (event), DO (contact_delete),
};

/* What happens once in a while: one of these ends each round, in turn. */
static const Operation now_and_then[] = {
  DO (password), DO (follow_up_undo), DO (roster), DO (roster_undo), DO (answers), DO (answers_undo), DO (person_state),
  DO (case_close), DO (triage_undo), DO (campaign_close),
};

static const Operation more[] = { DO (unit), DO (tag_remove), DO (consent_withdraw) };

static void
add (GArray *script, const Operation *operation, int n)
{
  Operation numbered = *operation;

  numbered.n = n;
  g_array_append_val (script, numbered);
}

GArray *
operations_script (void)
{
  GArray *script = g_array_new (FALSE, FALSE, sizeof (Operation));

  for (guint i = 0; i < G_N_ELEMENTS (beginning); i++)
    add (script, &beginning[i], (int) i);
  for (int round = 0; round < ROUNDS; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (round_of_work); i++)
        add (script, &round_of_work[i], 100 * (round + 1) + (int) i);
      add (script, &now_and_then[round % G_N_ELEMENTS (now_and_then)], 100 * (round + 1) + 50);
      add (script, &more[round % G_N_ELEMENTS (more)], 100 * (round + 1) + 51);
    }
  return script;
}

gboolean
session_open (Session *session, GError **error)
{
  XqSecret *key = xq_recovery_code_read (session->code, error);

  /* By the key alone: whoever opens with the code is written down, and the digest would tell of it. */
  session->vault = key != NULL ? xq_vault_open_with_key (session->folder, key, NULL, error) : NULL;
  session->database = session->vault != NULL ? xq_vault_connect (session->vault, error) : NULL;
  session->desk = session->database != NULL ? xq_desk_new (session->database, error) : NULL;
  if (session->desk != NULL)
    return TRUE;
  session_close (session);
  return FALSE;
}

void
session_close (Session *session)
{
  g_clear_pointer (&session->desk, xq_desk_free);
  g_clear_pointer (&session->database, xq_database_free);
  g_clear_pointer (&session->vault, xq_vault_unref);
}

gint64
session_number (Session *session, const char *sql, int n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStatement) statement = xq_database_query (session->database, &error, sql, XQ_END);
  gint64 value = 0;
  int rows = 0;

  g_assert_no_error (error);
  /* The n-th row, and round again: only the two ends of the walk need all of them. */
  while (xq_statement_step (statement, &error) == XQ_STEP_ROW)
    rows++;
  g_assert_no_error (error);
  if (rows == 0)
    g_error ("the script finds nothing to work on: %s", sql);
  xq_statement_reset (statement);
  for (int i = 0; i <= n % rows; i++)
    g_assert_cmpint (xq_statement_step (statement, &error), ==, XQ_STEP_ROW);
  value = xq_statement_integer (statement, 0);
  return value;
}
