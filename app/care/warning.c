#include "config.h"

#include "care/warning.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/error.h"
#include "care/care-private.h"
#include "vault/audit.h"
#include "vault/store.h"

const XqChoice xq_warning_states[] = {
  { "new", N_ ("Waits for triage") },
  { "confirmed", N_ ("Confirmed") },
  { "dismissed", N_ ("Dismissed") },
  { "in_care", N_ ("In care") },
  { "referred", N_ ("Referred") },
  { "closed", N_ ("Warning closed") },
  { NULL, NULL },
};

const XqChoice xq_warning_sources[] = {
  { "rule", N_ ("Screening") },       { "teacher", N_ ("Class teacher") }, { "peer", N_ ("Peer") },
  { "self", N_ ("The person") },      { "guardian", N_ ("Guardian") },     { "hospital", N_ ("Hospital") },
  { NULL, NULL },
};

#define FIELD(member, words, type, flags, privacy, values)                                          \
  { #member, words, type, G_STRUCT_OFFSET (XqWarning, member), flags, privacy, values }

static const XqField warning_fields[] = {
  FIELD (person_id, N_ ("Person"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (level, N_ ("Level"), XQ_FIELD_LEVEL, XQ_FIELD_REQUIRED, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (state, N_ ("State"), XQ_FIELD_CHOICE, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, xq_warning_states),
  FIELD (source, N_ ("Source"), XQ_FIELD_CHOICE, XQ_FIELD_REQUIRED, XQ_PRIVACY_SENSITIVE, xq_warning_sources),
  FIELD (raised_level, N_ ("Level when raised"), XQ_FIELD_LEVEL, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (raised_at, N_ ("Raised"), XQ_FIELD_TIME, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (due_at, N_ ("Triage due"), XQ_FIELD_TIME, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (triaged_at, N_ ("Triaged"), XQ_FIELD_TIME, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (closed_at, N_ ("Closed"), XQ_FIELD_TIME, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (remark, N_ ("Remark"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_SENSITIVE, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_WARNING = { "warning", N_ ("Warning"), sizeof (XqWarning), warning_fields };

#undef FIELD
#define FIELD(member, words, type, flags)                                                           \
  { #member, words, type, G_STRUCT_OFFSET (XqWarningReason, member), flags, XQ_PRIVACY_SENSITIVE, NULL }

static const XqField reason_fields[] = {
  FIELD (warning_id, N_ ("Warning"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL),
  FIELD (assessment_id, N_ ("Assessment"), XQ_FIELD_REFERENCE, XQ_FIELD_INTERNAL),
  FIELD (at, N_ ("When"), XQ_FIELD_TIME, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL),
  FIELD (rule, N_ ("Rule"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL),
  FIELD (level, N_ ("Level"), XQ_FIELD_LEVEL, XQ_FIELD_REQUIRED),
  FIELD (instrument, N_ ("Instrument"), XQ_FIELD_TEXT, XQ_FIELD_INTERNAL),
  FIELD (item, N_ ("Item"), XQ_FIELD_REFERENCE, XQ_FIELD_INTERNAL),
  FIELD (scale, N_ ("Scale"), XQ_FIELD_TEXT, XQ_FIELD_INTERNAL),
  FIELD (value, N_ ("Value"), XQ_FIELD_REAL, XQ_FIELD_INTERNAL),
  FIELD (text, N_ ("What was reported"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE),
  XQ_FIELDS_END,
};

const XqEntity XQ_WARNING_REASON = {
  "warning_reason", N_ ("Reason for a warning"), sizeof (XqWarningReason), reason_fields,
};

XqWarning *
xq_warning_open_of (XqDatabase *database, gint64 person_id, GError **error)
{
  g_autoptr (GPtrArray) found
      = xq_store_list (database, error, &XQ_WARNING,
                       "WHERE person_id = :person AND state IN ('new', 'confirmed', 'in_care', 'referred')",
                       XQ_INTEGER (":person", person_id), XQ_END);

  return found != NULL && found->len > 0 ? xq_warning_copy (g_ptr_array_index (found, 0)) : NULL;
}

XqWarning *
xq_warning_load (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_load (database, &XQ_WARNING, id, error);
}

GPtrArray *
xq_warning_reasons (XqDatabase *database, gint64 warning_id, GError **error)
{
  return xq_store_list (database, error, &XQ_WARNING_REASON, "WHERE warning_id = :warning ORDER BY at, id",
                        XQ_INTEGER (":warning", warning_id), XQ_END);
}

/* The same finding of the same sheet is written once, however often the rules are looked at again. Asked first and
 * then written: as one INSERT … SELECT … WHERE NOT EXISTS it would need a statement journal, which an import
 * within a long transaction pays for with every warning once more. */
static gboolean
add_finding (XqDatabase *database, gint64 warning_id, gint64 at, const XqFinding *finding, GError **error)
{
  gint64 known = 0;

  if (!xq_database_get_integer (database, error, &known, NULL,
                                "SELECT 1 FROM warning_reason WHERE warning_id = :warning AND rule = :rule"
                                " AND assessment_id IS :assessment AND item IS :item AND scale IS :scale",
                                XQ_INTEGER (":warning", warning_id), XQ_TEXT (":rule", finding->rule),
                                XQ_REFERENCE (":assessment", finding->assessment_id),
                                XQ_REFERENCE (":item", finding->item), XQ_TEXT (":scale", finding->scale), XQ_END))
    return FALSE;
  if (known != 0)
    return TRUE;
  return xq_database_execute (
      database, error,
      "INSERT INTO warning_reason (warning_id, assessment_id, at, rule, level, instrument, item, scale, value)"
      " VALUES (:warning, :assessment, :at, :rule, :level, :instrument, :item, :scale, :value)",
      XQ_INTEGER (":warning", warning_id), XQ_REFERENCE (":assessment", finding->assessment_id),
      XQ_INTEGER (":at", at), XQ_TEXT (":rule", finding->rule), XQ_INTEGER (":level", finding->level),
      XQ_TEXT (":instrument", finding->instrument), XQ_REFERENCE (":item", finding->item),
      XQ_TEXT (":scale", finding->scale), XQ_REAL (":value", finding->value), XQ_END);
}

static gboolean
add_reasons (XqCare *care, gint64 warning_id, const XqIncoming *incoming, GError **error)
{
  XqDatabase *database = xq_care_database (care);

  for (guint i = 0; i < incoming->n_findings; i++)
    if (!add_finding (database, warning_id, incoming->at, &incoming->findings[i], error))
      return FALSE;
  return incoming->text == NULL
         || xq_database_execute (database, error,
                                 "INSERT INTO warning_reason (warning_id, at, rule, level, text)"
                                 " VALUES (:warning, :at, :rule, :level, :text)",
                                 XQ_INTEGER (":warning", warning_id), XQ_INTEGER (":at", incoming->at),
                                 XQ_TEXT (":rule", xq_warning_sources[incoming->source].id),
                                 XQ_INTEGER (":level", incoming->level), XQ_TEXT (":text", incoming->text),
                                 XQ_END);
}

/* Heavier evidence raises an open warning; after a triage it is to be looked at again. */
static gboolean
raise_open (XqCare *care, XqWarning *warning, const XqIncoming *incoming, GError **error)
{
  gint64 due = xq_care_due (care, incoming->level, incoming->at);

  if (incoming->level >= warning->level)
    return TRUE;
  warning->due_at = warning->state == XQ_WARNING_NEW ? MIN (warning->due_at, due) : due;
  warning->level = incoming->level;
  warning->raised_level = MIN (warning->raised_level, incoming->level);
  warning->state = XQ_WARNING_NEW;
  warning->triaged_at = 0;
  return xq_store_update_unaudited (xq_care_database (care), &XQ_WARNING, warning, error);
}

gboolean
xq_warning_take_in (XqCare *care, const XqIncoming *incoming, gboolean audited_level, gint64 *ret_warning_id,
                    gboolean *ret_raised, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (GError) reason = NULL;
  g_autoptr (XqWarning) warning = xq_warning_open_of (database, incoming->person_id, &reason);
  gboolean raised = warning == NULL;
  gint64 level_before = raised ? 0 : warning->level;

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (raised)
    {
      warning = xq_warning_new ();
      warning->person_id = incoming->person_id;
      warning->level = warning->raised_level = incoming->level;
      warning->source = incoming->source;
      warning->raised_at = incoming->at;
      warning->due_at = xq_care_due (care, incoming->level, incoming->at);
    }
  if (!(raised ? xq_store_insert_unaudited (database, &XQ_WARNING, warning, error)
               : raise_open (care, warning, incoming, error))
      || !add_reasons (care, warning->id, incoming, error))
    return FALSE;
  *ret_warning_id = warning->id;
  if (ret_raised != NULL)
    *ret_raised = raised;
  return warning->level == level_before
         || xq_care_set_level (care, incoming->person_id, warning->level, audited_level, error);
}

static JsonObject *
detail_of (const XqIncoming *incoming)
{
  JsonObject *detail = json_object_new ();
  JsonArray *rules = json_array_new ();

  for (guint i = 0; i < incoming->n_findings; i++)
    json_array_add_string_element (rules, incoming->findings[i].rule);
  json_object_set_string_member (detail, "source", xq_warning_sources[incoming->source].id);
  json_object_set_int_member (detail, "level", incoming->level);
  json_object_set_array_member (detail, "rules", rules);
  return detail;
}

static gboolean
take_in_audited (XqCare *care, const XqIncoming *incoming, gint64 *ret_warning_id, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (JsonObject) detail = detail_of (incoming);
  gboolean raised;
  gint64 id;

  if (transaction == NULL || !xq_warning_take_in (care, incoming, TRUE, &id, &raised, error)
      || !xq_audit_append (database, raised ? "warning_raised" : "warning_joined", "warning", id, detail, error)
      || !xq_transaction_commit (g_steal_pointer (&transaction), error))
    return FALSE;
  if (ret_warning_id != NULL)
    *ret_warning_id = id;
  return TRUE;
}

gboolean
xq_warning_raise (XqCare *care, const XqEvidence *evidence, gint64 *ret_warning_id, GError **error)
{
  g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (XqFinding));
  XqIncoming incoming = { .person_id = evidence->person_id, .source = XQ_SOURCE_RULE };

  incoming.level = xq_rules_evaluate (xq_care_rules (care), evidence, findings);
  incoming.findings = (const XqFinding *) findings->data;
  incoming.n_findings = findings->len;
  incoming.at = xq_clock_now ();
  if (ret_warning_id != NULL)
    *ret_warning_id = 0;
  return incoming.level == 0 || take_in_audited (care, &incoming, ret_warning_id, error);
}

gboolean
xq_warning_report (XqCare *care, gint64 person_id, XqWarningSource source, int level, const char *text,
                   gint64 *ret_warning_id, GError **error)
{
  XqIncoming incoming = {
    .person_id = person_id,
    .source = source,
    .level = level,
    .text = text,
    .at = xq_clock_now (),
  };

  if (level < 1 || level > 3)
    {
      g_set_error_literal (error, XQ_CARE_ERROR, XQ_ERROR_REFUSED, _ ("A level is 1, 2 or 3."));
      return FALSE;
    }
  return xq_care_needs_words (text, _ ("Write down what was seen or said."), error)
         && take_in_audited (care, &incoming, ret_warning_id, error);
}

static char *
allowed_after (XqDatabase *database, XqWarningState state, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (XqStatement) statement = xq_database_query (
      database, error, "SELECT to_state FROM warning_transition WHERE from_state = :state",
      XQ_TEXT (":state", xq_warning_states[state].id), XQ_END);
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      int to = xq_choice_index (xq_warning_states, xq_statement_text (statement, 0));

      /* Back to new is for heavier evidence and for undo. */
      if (to > XQ_WARNING_NEW)
        g_string_append_printf (names, "%s%s", names->len > 0 ? _ (", ") : "", _ (xq_warning_states[to].label));
    }
  return step == XQ_STEP_DONE ? g_string_free_and_steal (g_steal_pointer (&names)) : NULL;
}

gboolean
xq_warning_step (XqCare *care, XqWarning *warning, XqWarningState state, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autofree char *allowed = NULL;
  gint64 legal = 0;

  if (!xq_database_get_integer (database, error, &legal, NULL,
                                "SELECT count (*) FROM warning_transition WHERE from_state = :from AND to_state = :to",
                                XQ_TEXT (":from", xq_warning_states[warning->state].id),
                                XQ_TEXT (":to", xq_warning_states[state].id), XQ_END))
    return FALSE;
  if (legal != 0)
    {
      warning->state = state;
      return TRUE;
    }
  allowed = allowed_after (database, warning->state, error);
  if (allowed == NULL)
    return FALSE;
  if (*allowed == '\0')
    g_set_error (error, XQ_CARE_ERROR, XQ_ERROR_REFUSED, _ ("This warning is over (%s): nothing follows."),
                 _ (xq_warning_states[warning->state].label));
  else
    g_set_error (error, XQ_CARE_ERROR, XQ_ERROR_REFUSED,
                 _ ("“%s” does not follow from “%s”. What may follow now: %s."), _ (xq_warning_states[state].label),
                 _ (xq_warning_states[warning->state].label), allowed);
  return FALSE;
}

static gboolean
move (XqCare *care, gint64 warning_id, XqWarningState state, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqWarning) warning = transaction != NULL ? xq_warning_load (database, warning_id, error) : NULL;

  if (warning == NULL)
    return FALSE;
  return (warning->state == (int) state || xq_warning_step (care, warning, state, error))
         && xq_store_update (database, &XQ_WARNING, warning, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
xq_warning_take_into_care (XqCare *care, gint64 warning_id, GError **error)
{
  return move (care, warning_id, XQ_WARNING_IN_CARE, error);
}

gboolean
xq_warning_mark_referred (XqCare *care, gint64 warning_id, GError **error)
{
  return move (care, warning_id, XQ_WARNING_REFERRED, error);
}

gboolean
xq_warning_close (XqCare *care, gint64 warning_id, const char *reason, GError **error)
{
  XqDatabase *database = xq_care_database (care);
  g_autoptr (XqTransaction) transaction = NULL;
  g_autoptr (XqWarning) warning = NULL;

  if (!xq_care_needs_words (reason, _ ("Say why the warning is closed."), error))
    return FALSE;
  transaction = xq_transaction_begin (database, error);
  warning = transaction != NULL ? xq_warning_load (database, warning_id, error) : NULL;
  if (warning == NULL || !xq_warning_step (care, warning, XQ_WARNING_CLOSED, error))
    return FALSE;
  warning->closed_at = xq_clock_now ();
  g_set_str (&warning->remark, reason);
  return xq_store_update (database, &XQ_WARNING, warning, error)
         && xq_follow_up_skip_all (care, warning_id, ~0u, reason, error)
         && xq_care_set_level (care, warning->person_id, 0, TRUE, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}
