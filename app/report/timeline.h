/* Everything that happened with one person, over all rooms, newest first. */
#pragma once

#include "report/desk.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_TIMELINE_ASSESSMENT,
  XQ_TIMELINE_WARNING,
  XQ_TIMELINE_TRIAGE,
  XQ_TIMELINE_CASE,
  XQ_TIMELINE_SESSION,
  XQ_TIMELINE_FOLLOW_UP,
  XQ_TIMELINE_REFERRAL,
  XQ_TIMELINE_APPOINTMENT,
  XQ_TIMELINE_CRISIS,
  XQ_TIMELINE_CONSENT,
  XQ_TIMELINE_MEMBERSHIP,
  XQ_TIMELINE_KINDS,
} XqTimelineKind;

/**
 * XqTimelineEntry:
 * @kind: which room it comes from
 * @id: of the record there (an assessment's, a referral_step's, …)
 * @parent_id: of the record it belongs to: a triage's warning, a step's referral; 1 for the end of a case and the
 *   withdrawal of a consent; else 0
 * @at: unix seconds; midnight when only the day is known
 * @has_time: whether the time of day means anything
 * @title: "PHQ-9 · 17", "Level 1 confirmed"
 * @text: (nullable): what was said about it
 * @level: 1–3 or 0
 * @sensitive: @text is folded until somebody asks for it
 */
typedef struct
{
  XqTimelineKind kind;
  gint64 id;
  gint64 parent_id;
  gint64 at;
  gboolean has_time;
  char *title;
  char *text;
  int level;
  gboolean sensitive;
} XqTimelineEntry;

void xq_timeline_entry_free (XqTimelineEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqTimelineEntry, xq_timeline_entry_free)

/* The word for a kind, translated. */
const char *xq_timeline_kind_label (XqTimelineKind kind);
/* "assessment", "warning" …: for icons and JSON. */
const char *xq_timeline_kind_id (XqTimelineKind kind);

/**
 * xq_timeline_list:
 * @desk: the desk
 * @person_id: whose
 * @kinds: bits `1 << kind`, or 0 for all
 * @after: (nullable): the last entry that is known; %NULL for the newest page
 * @limit: at most so many
 * @error: XQ_VAULT_ERROR
 *
 * What was, and appointments that are to come; open follow-ups and clocks stand elsewhere.
 *
 * Returns: (transfer full) (element-type XqTimelineEntry): newest first
 */
GPtrArray *xq_timeline_list (XqDesk *desk, gint64 person_id, guint kinds, const XqTimelineEntry *after,
                             int limit, GError **error);

G_END_DECLS
