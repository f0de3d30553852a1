#include "config.h"

#include "report/timeline.h"

#include <glib/gi18n-lib.h>

#include "assess/assessment.h"
#include "calendar/appointment.h"
#include "care/case-file.h"
#include "care/follow-up.h"
#include "care/session-note.h"
#include "care/triage.h"
#include "people/consent.h"
#include "people/unit.h"

/* One row shape for all rooms. The columns:
 *   0 kind  1 id  2 parent  3 at  4 has_time  5 level  6 word  7 text  8 number  9 second number
 * Days without a time stand at their midnight. */
static const char timeline_sql[] =
    "SELECT * FROM ("
    " SELECT 0 AS kind, id, 0 AS parent, taken_at AS at, 1 AS timed, 0 AS level, instrument AS word,"
    "        NULL AS text, complete AS n, missing AS m FROM assessment WHERE person_id = :person"
    " UNION ALL SELECT 1, id, 0, raised_at, 1, raised_level, source, NULL, 0, 0 FROM warning"
    "  WHERE person_id = :person"
    " UNION ALL SELECT 2, t.id, t.warning_id, t.at, 1, ifnull (t.level, 0), t.outcome,"
    "  nullif (concat_ws (char (10), nullif (t.reason, ''), nullif (t.note, '')), ''), 0, 0"
    "  FROM triage t JOIN warning w ON w.id = t.warning_id WHERE w.person_id = :person"
    " UNION ALL SELECT 3, id, 0, unixepoch (opened_on, 'utc'), 0, 0, 'opened', problem, 0, 0 FROM case_file"
    "  WHERE person_id = :person"
    " UNION ALL SELECT 3, id, 1, unixepoch (closed_on, 'utc'), 0, 0, 'closed', outcome, 0, 0 FROM case_file"
    "  WHERE person_id = :person AND closed_on IS NOT NULL"
    " UNION ALL SELECT 4, id, ifnull (amends_id, 0), at, 1, 0, kind, text, minutes, signed_at IS NULL"
    "  FROM session_note WHERE person_id = :person"
    " UNION ALL SELECT 5, id, ifnull (warning_id, 0), done_at, 1, 0, state, note, sequence, 0 FROM follow_up"
    "  WHERE person_id = :person AND done_at IS NOT NULL"
    " UNION ALL SELECT 6, s.id, r.id, s.at, 1, 0, s.state,"
    "  concat_ws (char (10), i.name, nullif (s.note, '')), 0, 0"
    "  FROM referral_step s JOIN referral r ON r.id = s.referral_id"
    "  JOIN institution i ON i.id = r.institution_id WHERE r.person_id = :person"
    " UNION ALL SELECT 7, id, 0, starts_at, 1, 0, kind, nullif (concat_ws (' · ', nullif (title, ''),"
    "  nullif (place, ''), nullif (remark, '')), ''), 0,"
    "  CASE state WHEN 'planned' THEN 0 WHEN 'done' THEN 1 WHEN 'no_show' THEN 2 ELSE 3 END FROM appointment"
    "  WHERE person_id = :person"
    " UNION ALL SELECT 8, id, 0, at, 1, 0, kind, text, 0, 0 FROM crisis_event WHERE person_id = :person"
    " UNION ALL SELECT 9, id, 0, unixepoch (given_on, 'utc'), 0, 0, kind, given_by, 0, 0 FROM consent"
    "  WHERE person_id = :person"
    " UNION ALL SELECT 9, id, 1, unixepoch (withdrawn_on, 'utc'), 0, 0, kind, remark, 1, 0 FROM consent"
    "  WHERE person_id = :person AND withdrawn_on IS NOT NULL"
    " UNION ALL SELECT 10, id, 0, unixepoch (from_date, 'utc'), 0, 0, NULL, NULL, unit_id, 0 FROM membership"
    "  WHERE person_id = :person"
    ") WHERE (:kinds = 0 OR (:kinds >> kind) & 1)"
    "   AND (at, kind, parent, id) < (:at, :kind, :parent, :id)"
    " ORDER BY at DESC, kind DESC, parent DESC, id DESC LIMIT :limit";

static const struct
{
  const char *id;
  const char *label;
} kinds[XQ_TIMELINE_KINDS] = {
  [XQ_TIMELINE_ASSESSMENT] = { "assessment", N_ ("Assessment") },
  [XQ_TIMELINE_WARNING] = { "warning", N_ ("Warning") },
  [XQ_TIMELINE_TRIAGE] = { "triage", N_ ("Triage interview") },
  [XQ_TIMELINE_CASE] = { "case", N_ ("Case") },
  [XQ_TIMELINE_SESSION] = { "session", N_ ("Session") },
  [XQ_TIMELINE_FOLLOW_UP] = { "follow_up", N_ ("Follow-up") },
  [XQ_TIMELINE_REFERRAL] = { "referral", N_ ("Referral") },
  [XQ_TIMELINE_APPOINTMENT] = { "appointment", N_ ("Appointment") },
  [XQ_TIMELINE_CRISIS] = { "crisis", N_ ("Crisis event") },
  [XQ_TIMELINE_CONSENT] = { "consent", N_ ("Consent") },
  [XQ_TIMELINE_MEMBERSHIP] = { "membership", N_ ("Class or department") },
};

void
xq_timeline_entry_free (XqTimelineEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->title);
  g_free (entry->text);
  g_free (entry);
}

const char *
xq_timeline_kind_label (XqTimelineKind kind)
{
  g_return_val_if_fail (kind < XQ_TIMELINE_KINDS, NULL);

  return _ (kinds[kind].label);
}

const char *
xq_timeline_kind_id (XqTimelineKind kind)
{
  g_return_val_if_fail (kind < XQ_TIMELINE_KINDS, NULL);

  return kinds[kind].id;
}

/* The translated label of a stored choice; the id itself for one that a newer program wrote. */
static const char *
choice_label (const XqChoice *values, const char *id)
{
  int index = xq_choice_index (values, id);

  return index >= 0 ? _ (values[index].label) : id;
}

/* "PHQ-9 · 17 (moderately severe)", and which critical items were hit. */
static gboolean
tell_assessment (XqDesk *desk, XqTimelineEntry *entry, const char *id, gboolean complete, gint64 missing,
                 GError **error)
{
  XqDatabase *database = xq_desk_database (desk);
  const XqInstrument *instrument = xq_instrument_set_peek (xq_desk_instruments (desk), id);
  const XqScale *scale = instrument != NULL ? xq_instrument_main_scale (instrument) : NULL;
  g_autoptr (GPtrArray) scores = NULL;
  g_autoptr (GArray) critical = NULL;
  g_autoptr (GString) hits = g_string_new (NULL);

  if ((scores = xq_assessment_scores (database, entry->id, error)) == NULL
      || (critical = xq_assessment_critical (database, entry->id, error)) == NULL)
    return FALSE;
  for (guint i = 0; scale != NULL && i < scores->len; i++)
    {
      const XqStoredScore *score = g_ptr_array_index (scores, i);
      const XqBand *band;

      if (!g_str_equal (score->scale, scale->id))
        continue;
      band = score->band != NULL ? xq_scale_band (scale, score->band) : NULL;
      entry->title = band != NULL ? g_strdup_printf (_ ("%s · %g (%s)"), instrument->label, score->value,
                                                     xq_words_get (&band->label))
                                  : g_strdup_printf ("%s · %g", instrument->label, score->value);
    }
  if (entry->title == NULL)
    entry->title = g_strdup (instrument != NULL ? instrument->label : id);
  if (!complete)
    g_string_append_printf (hits, ngettext ("%d answer missing: no score", "%d answers missing: no score", missing),
                            (int) missing);
  for (guint i = 0; i < critical->len; i++)
    {
      const XqStoredHit *hit = &g_array_index (critical, XqStoredHit, i);

      if (hits->len > 0)
        g_string_append (hits, " · ");
      g_string_append_printf (hits, _ ("item %d = %d"), hit->item, hit->value);
    }
  entry->text = hits->len > 0 ? g_strdup (hits->str) : NULL;
  return TRUE;
}

static gboolean
tell_warning (XqDesk *desk, XqTimelineEntry *entry, const char *source, GError **error)
{
  g_autoptr (GPtrArray) reasons = xq_warning_reasons (xq_desk_database (desk), entry->id, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (reasons == NULL)
    return FALSE;
  for (guint i = 0; i < reasons->len; i++)
    {
      g_autofree char *words = xq_warning_reason_text (xq_desk_care (desk), g_ptr_array_index (reasons, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", words);
    }
  entry->title = g_strdup_printf (_ ("Warning raised (%s)"), choice_label (xq_warning_sources, source));
  entry->text = g_string_free (g_steal_pointer (&text), FALSE);
  entry->sensitive = TRUE;
  return TRUE;
}

static void
tell_session (XqTimelineEntry *entry, const char *kind, gint64 minutes, gboolean draft)
{
  const char *label = choice_label (xq_session_kinds, kind);

  if (entry->parent_id != 0)
    entry->title = g_strdup_printf (_ ("Amendment · %s"), label);
  else if (draft)
    entry->title = g_strdup_printf (_ ("%s · %d min · draft"), label, (int) minutes);
  else
    entry->title = g_strdup_printf (_ ("%s · %d min"), label, (int) minutes);
  entry->sensitive = TRUE;
}

static void
tell_membership (XqUnitTree *tree, XqTimelineEntry *entry, gint64 unit_id)
{
  const char *unit = xq_unit_tree_display (tree, unit_id);

  entry->title = g_strdup_printf (_ ("Joined %s"), unit);
}

/* What each kind says; @entry->text already holds the row's own text. */
static gboolean
tell (XqDesk *desk, XqUnitTree *tree, XqStatement *row, XqTimelineEntry *entry, GError **error)
{
  const char *word = xq_statement_text (row, 6);
  gint64 number = xq_statement_integer (row, 8), second = xq_statement_integer (row, 9);

  switch (entry->kind)
    {
    case XQ_TIMELINE_ASSESSMENT:
      return tell_assessment (desk, entry, word, number != 0, second, error);
    case XQ_TIMELINE_WARNING:
      return tell_warning (desk, entry, word, error);
    case XQ_TIMELINE_TRIAGE:
      entry->title = g_strdup_printf (_ ("Triage · %s"), choice_label (xq_triage_outcomes, word));
      entry->sensitive = TRUE;
      return TRUE;
    case XQ_TIMELINE_CASE:
      entry->title = g_strdup (g_str_equal (word, "opened") ? _ ("Case opened") : _ ("Case closed"));
      entry->sensitive = TRUE;
      return TRUE;
    case XQ_TIMELINE_SESSION:
      tell_session (entry, word, number, second != 0);
      return TRUE;
    case XQ_TIMELINE_FOLLOW_UP:
      entry->title = g_strdup_printf (_ ("Follow-up %d · %s"), (int) number, choice_label (xq_follow_up_states, word));
      entry->sensitive = TRUE;
      return TRUE;
    case XQ_TIMELINE_REFERRAL:
      entry->title = g_strdup_printf (_ ("Referral · %s"), choice_label (xq_referral_states, word));
      return TRUE;
    case XQ_TIMELINE_APPOINTMENT:
      entry->title = g_strdup_printf ("%s · %s", choice_label (xq_appointment_kinds, word),
                                      _ (xq_appointment_states[second].label));
      return TRUE;
    case XQ_TIMELINE_CRISIS:
      entry->title = g_strdup_printf (_ ("Crisis event · %s"), word);
      entry->sensitive = TRUE;
      return TRUE;
    case XQ_TIMELINE_CONSENT:
      entry->title = g_strdup_printf (number != 0 ? _ ("Consent withdrawn · %s") : _ ("Consent given · %s"),
                                      choice_label (xq_consent_kinds, word));
      return TRUE;
    case XQ_TIMELINE_MEMBERSHIP:
      tell_membership (tree, entry, number);
      return TRUE;
    case XQ_TIMELINE_KINDS:
    default:
      g_assert_not_reached ();
    }
}

static XqTimelineEntry *
read_entry (XqDesk *desk, XqUnitTree *tree, XqStatement *row, GError **error)
{
  g_autoptr (XqTimelineEntry) entry = g_new0 (XqTimelineEntry, 1);

  entry->kind = xq_statement_integer (row, 0);
  entry->id = xq_statement_integer (row, 1);
  entry->parent_id = xq_statement_integer (row, 2);
  entry->at = xq_statement_integer (row, 3);
  entry->has_time = xq_statement_integer (row, 4) != 0;
  entry->level = xq_statement_integer (row, 5);
  entry->text = xq_statement_dup_text (row, 7);
  return tell (desk, tree, row, entry, error) ? g_steal_pointer (&entry) : NULL;
}

GPtrArray *
xq_timeline_list (XqDesk *desk, gint64 person_id, guint wanted, const XqTimelineEntry *after, int limit,
                  GError **error)
{
  static const XqTimelineEntry newest
      = { .kind = XQ_TIMELINE_KINDS, .at = G_MAXINT64, .id = G_MAXINT64, .parent_id = G_MAXINT64 };
  XqDatabase *database = xq_desk_database (desk);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_timeline_entry_free);
  g_autoptr (XqUnitTree) tree = xq_unit_tree_load (database, error);
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  if (tree == NULL)
    return NULL;
  if (after == NULL)
    after = &newest;
  statement = xq_database_query (database, error, timeline_sql, XQ_INTEGER (":person", person_id),
                                 XQ_INTEGER (":kinds", wanted), XQ_INTEGER (":at", after->at),
                                 XQ_INTEGER (":kind", after->kind), XQ_INTEGER (":parent", after->parent_id),
                                 XQ_INTEGER (":id", after->id), XQ_INTEGER (":limit", limit), XQ_END);
  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqTimelineEntry *entry = read_entry (desk, tree, statement, error);

      if (entry == NULL)
        return NULL;
      g_ptr_array_add (entries, entry);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}
