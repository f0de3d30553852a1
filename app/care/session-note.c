#include "config.h"

#include "care/session-note.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/error.h"
#include "care/care-private.h"
#include "care/case-file.h"
#include "vault/store.h"

const XqChoice xq_session_kinds[] = {
  { "counselling", N_ ("Counselling") }, { "interview", N_ ("Interview") }, { "family", N_ ("Family meeting") },
  { "phone", N_ ("Phone call") },        { "group", N_ ("Group session") },         { "crisis", N_ ("Crisis") },
  { NULL, NULL },
};

#define FIELD(member, words, type, flags, privacy, values)                                          \
  { #member, words, type, G_STRUCT_OFFSET (XqSessionNote, member), flags, privacy, values }

static const XqField fields[] = {
  FIELD (person_id, N_ ("Person"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (case_id, N_ ("Case"), XQ_FIELD_REFERENCE, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (at, N_ ("Began"), XQ_FIELD_TIME, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, NULL),
  FIELD (minutes, N_ ("Minutes"), XQ_FIELD_INTEGER, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL),
  FIELD (kind, N_ ("Kind"), XQ_FIELD_CHOICE, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, xq_session_kinds),
  FIELD (text, N_ ("Note"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED | XQ_FIELD_MULTILINE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (amends_id, N_ ("Adds to"), XQ_FIELD_REFERENCE, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (signed_at, N_ ("Signed"), XQ_FIELD_TIME, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_SESSION_NOTE = { "session_note", N_ ("Session note"), sizeof (XqSessionNote), fields };

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, XQ_CARE_ERROR, XQ_ERROR_REFUSED, message);
  return FALSE;
}

XqSessionNote *
xq_session_note_load (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_load (database, &XQ_SESSION_NOTE, id, error);
}

static XqSessionNote *
load_draft (XqDatabase *database, gint64 id, GError **error)
{
  g_autoptr (XqSessionNote) note = xq_session_note_load (database, id, error);

  if (note == NULL || note->signed_at == 0)
    return g_steal_pointer (&note);
  refuse (error, _ ("A signed note is never changed. Write an addition to it."));
  return NULL;
}

static gboolean
put_into_case (XqDatabase *database, XqSessionNote *note, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (XqCaseFile) open = note->case_id == 0 ? xq_case_open_of (database, note->person_id, &reason) : NULL;

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (open != NULL)
    note->case_id = open->id;
  return TRUE;
}

gboolean
xq_session_note_save (XqDatabase *database, XqSessionNote *note, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqSessionNote) stored = NULL;

  if (transaction == NULL || !xq_record_validate (&XQ_SESSION_NOTE, note, error))
    return FALSE;
  if (note->minutes < 0 || note->minutes > 24 * 60)
    return refuse (error, _ ("A session lasts from 0 minutes to a day."));
  if (note->id != 0)
    {
      stored = load_draft (database, note->id, error);
      if (stored == NULL)
        return FALSE;
    }
  note->signed_at = 0;
  note->amends_id = 0;
  if (!put_into_case (database, note, error)
      || !(note->id == 0 ? xq_store_insert (database, &XQ_SESSION_NOTE, note, error)
                         : xq_store_update (database, &XQ_SESSION_NOTE, note, error)))
    return FALSE;
  return xq_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
xq_session_note_sign (XqDatabase *database, gint64 id, GError **error)
{
  g_autoptr (XqSessionNote) note = load_draft (database, id, error);

  if (note == NULL)
    return FALSE;
  note->signed_at = xq_clock_now ();
  return xq_store_update (database, &XQ_SESSION_NOTE, note, error);
}

gboolean
xq_session_note_amend (XqDatabase *database, gint64 id, const char *text, gint64 *ret_id, GError **error)
{
  g_autoptr (XqSessionNote) note = xq_session_note_load (database, id, error);
  g_autoptr (XqSessionNote) addition = NULL;

  if (note == NULL || !xq_care_needs_words (text, _ ("Write what is to be added."), error))
    return FALSE;
  if (note->signed_at == 0)
    return refuse (error, _ ("This note is still a draft: change it itself."));
  addition = xq_session_note_new ();
  addition->person_id = note->person_id;
  addition->case_id = note->case_id;
  addition->at = addition->signed_at = xq_clock_now ();
  addition->kind = note->kind;
  addition->text = g_strdup (text);
  /* An addition to an addition belongs to the note itself. */
  addition->amends_id = note->amends_id != 0 ? note->amends_id : note->id;
  if (!xq_store_insert (database, &XQ_SESSION_NOTE, addition, error))
    return FALSE;
  if (ret_id != NULL)
    *ret_id = addition->id;
  return TRUE;
}

gboolean
xq_session_note_discard (XqDatabase *database, gint64 id, GError **error)
{
  g_autoptr (XqSessionNote) note = xq_session_note_load (database, id, error);

  if (note == NULL)
    return FALSE;
  if (note->signed_at != 0)
    return refuse (error, _ ("A signed note is never deleted."));
  return xq_store_delete (database, &XQ_SESSION_NOTE, id, error);
}

GPtrArray *
xq_session_note_list (XqDatabase *database, gint64 person_id, GError **error)
{
  return xq_store_list (database, error, &XQ_SESSION_NOTE,
                        "WHERE person_id = :person ORDER BY"
                        " ifnull ((SELECT root.at FROM session_note root WHERE root.id = session_note.amends_id), at)"
                        " DESC, ifnull (amends_id, id) DESC, amends_id IS NOT NULL, at, id",
                        XQ_INTEGER (":person", person_id), XQ_END);
}
