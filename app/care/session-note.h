/* Session notes 咨询记录: a draft can be changed, a signed note never; what must be added is an amendment. */
#pragma once

#include "care/care.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_SESSION_COUNSELLING,
  XQ_SESSION_INTERVIEW,
  XQ_SESSION_FAMILY,
  XQ_SESSION_PHONE,
  XQ_SESSION_GROUP,
  XQ_SESSION_CRISIS,
} XqSessionKind;

extern const XqChoice xq_session_kinds[];

/**
 * XqSessionNote:
 * @case_id: 0 for none
 * @at: when the session began
 * @minutes: how long it was
 * @kind: see #XqSessionKind
 * @text: the note
 * @amends_id: the signed note that this one adds to, 0 for none
 * @signed_at: 0 for a draft
 */
typedef struct
{
  gint64 id;
  gint64 person_id;
  gint64 case_id;
  gint64 at;
  gint64 minutes;
  int kind;
  char *text;
  gint64 amends_id;
  gint64 signed_at;
} XqSessionNote;

XQ_DECLARE_RECORD (XqSessionNote, session_note, XQ_SESSION_NOTE)

/* A new draft (id 0) or the changes to one; the person's open case is taken where case_id is 0. */
gboolean xq_session_note_save (XqDatabase *database, XqSessionNote *note, GError **error);
/* From now on it cannot be changed. */
gboolean xq_session_note_sign (XqDatabase *database, gint64 id, GError **error);
/* Adds a signed note that amends a signed one. @text must not be empty; @ret_id may be NULL. */
gboolean xq_session_note_amend (XqDatabase *database, gint64 id, const char *text, gint64 *ret_id, GError **error);
/* A draft that was a mistake. */
gboolean xq_session_note_discard (XqDatabase *database, gint64 id, GError **error);

XqSessionNote *xq_session_note_load (XqDatabase *database, gint64 id, GError **error);
/* Newest first, each followed by its amendments, oldest first. (element-type XqSessionNote) */
GPtrArray *xq_session_note_list (XqDatabase *database, gint64 person_id, GError **error);

G_END_DECLS
