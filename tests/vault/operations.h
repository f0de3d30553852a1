/* A term's typical work, one operation after another, on a vault in a folder: what the tests of faults repeat. Each
 * operation finds what it works on in the vault itself, so that it can be begun from any stored state; it is one that
 * the window or the command line does, whole or not at all. */
#pragma once

#include "report/desk.h"
#include "vault/database-private.h"
#include "vault/vault.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  char *code;    /* the recovery code */
  char *outside; /* a folder for the tables that are imported */
  XqVault *vault;
  XqDatabase *database;
  XqDesk *desk;
} Session;

/* @n tells one use of an operation from the next. FALSE with @error where it was refused. */
typedef gboolean (*OperationFunc) (Session *session, int n, GError **error);

typedef struct
{
  const char *name;
  OperationFunc run;
  int n;
} Operation;

/* All of them in order (element-type Operation). */
GArray *operations_script (void);

/* Opens the vault by the key that its recovery code is; FALSE with @error. */
gboolean session_open (Session *session, GError **error);
/* Gives up connection and vault, whatever state they are in. */
void session_close (Session *session);

/* A number that the vault must have. */
gint64 session_number (Session *session, const char *sql, int n);

/* -- what the script is made of -- */
/* operations-people.c */
gboolean operation_calendar (Session *session, int n, GError **error);
gboolean operation_setting (Session *session, int n, GError **error);
gboolean operation_roster (Session *session, int n, GError **error);
gboolean operation_roster_undo (Session *session, int n, GError **error);
gboolean operation_person (Session *session, int n, GError **error);
gboolean operation_person_edit (Session *session, int n, GError **error);
gboolean operation_person_state (Session *session, int n, GError **error);
gboolean operation_tag (Session *session, int n, GError **error);
gboolean operation_tag_remove (Session *session, int n, GError **error);
gboolean operation_contact (Session *session, int n, GError **error);
gboolean operation_contact_delete (Session *session, int n, GError **error);
gboolean operation_consent (Session *session, int n, GError **error);
gboolean operation_consent_withdraw (Session *session, int n, GError **error);
gboolean operation_unit (Session *session, int n, GError **error);
gboolean operation_team (Session *session, int n, GError **error);
gboolean operation_password (Session *session, int n, GError **error);
/* operations-assess.c */
gboolean operation_campaign (Session *session, int n, GError **error);
gboolean operation_campaign_close (Session *session, int n, GError **error);
gboolean operation_answers (Session *session, int n, GError **error);
gboolean operation_answers_undo (Session *session, int n, GError **error);
gboolean operation_sheet_heavy (Session *session, int n, GError **error);
gboolean operation_sheet_light (Session *session, int n, GError **error);
gboolean operation_report (Session *session, int n, GError **error);
gboolean operation_rules (Session *session, int n, GError **error);
gboolean operation_triage (Session *session, int n, GError **error);
gboolean operation_triage_undo (Session *session, int n, GError **error);
/* operations-care.c */
gboolean operation_case_open (Session *session, int n, GError **error);
gboolean operation_case_close (Session *session, int n, GError **error);
gboolean operation_note (Session *session, int n, GError **error);
gboolean operation_note_edit (Session *session, int n, GError **error);
gboolean operation_note_sign (Session *session, int n, GError **error);
gboolean operation_note_amend (Session *session, int n, GError **error);
gboolean operation_follow_up_done (Session *session, int n, GError **error);
gboolean operation_follow_up_move (Session *session, int n, GError **error);
gboolean operation_follow_up_undo (Session *session, int n, GError **error);
gboolean operation_appointment (Session *session, int n, GError **error);
gboolean operation_appointment_state (Session *session, int n, GError **error);
gboolean operation_institution (Session *session, int n, GError **error);
gboolean operation_referral (Session *session, int n, GError **error);
gboolean operation_referral_step (Session *session, int n, GError **error);
gboolean operation_event (Session *session, int n, GError **error);

G_END_DECLS
