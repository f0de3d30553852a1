#include "config.h"

#include "care/care.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "care/care-private.h"
#include "people/person.h"
#include "vault/store.h"
#include "vault/vault.h"

#define RULES_SETTING "care_rules"

struct _XqCare
{
  XqDatabase *database;
  XqWorkingDays *days;
  XqRules *rules;
  XqReasonWords words;
};

XqCare *
xq_care_new (XqDatabase *database, XqWorkingDays *days, GError **error)
{
  g_autofree char *own = xq_setting_get (database, RULES_SETTING, "");
  g_autofree char *profile = xq_setting_get (database, "profile", "school");
  g_autoptr (XqRules) rules = *own != '\0' ? xq_rules_parse (own, _ ("this vault's own rules"), error)
                                           : xq_rules_load_default (profile, error);
  XqCare *care;

  if (rules == NULL)
    return NULL;
  care = g_new0 (XqCare, 1);
  care->database = database;
  care->days = xq_working_days_ref (days);
  care->rules = g_steal_pointer (&rules);
  return care;
}

void
xq_care_free (XqCare *care)
{
  if (care == NULL)
    return;
  xq_working_days_unref (care->days);
  xq_rules_unref (care->rules);
  g_free (care);
}

void
xq_care_set_words (XqCare *care, const XqReasonWords *words)
{
  care->words = *words;
}

XqDatabase *
xq_care_database (const XqCare *care)
{
  return care->database;
}

XqRules *
xq_care_rules (const XqCare *care)
{
  return care->rules;
}

XqWorkingDays *
xq_care_days (const XqCare *care)
{
  return care->days;
}

const XqReasonWords *
xq_care_words (const XqCare *care)
{
  return &care->words;
}

gint64
xq_care_due (const XqCare *care, int level, gint64 at)
{
  int hours, working_days;

  xq_rules_deadline (care->rules, level, &hours, &working_days);
  return working_days > 0 ? xq_working_days_after (care->days, at, working_days) : at + (gint64) hours * 3600;
}

gboolean
xq_care_save_rules (XqDatabase *database, const char *json, GError **error)
{
  g_autoptr (XqRules) rules = NULL;

  if (json != NULL)
    {
      rules = xq_rules_parse (json, _ ("this vault's own rules"), error);
      if (rules == NULL)
        return FALSE;
    }
  return xq_setting_set (database, RULES_SETTING, json != NULL ? json : "", error);
}

gboolean
xq_care_set_level (XqCare *care, gint64 person_id, int level, gboolean audited, GError **error)
{
  return audited ? xq_person_set_level (care->database, person_id, level, error)
                 : xq_person_set_level_unaudited (care->database, person_id, level, error);
}

gboolean
xq_care_needs_words (const char *text, const char *message, GError **error)
{
  g_autofree char *plain = g_strstrip (g_strdup (text != NULL ? text : ""));

  if (*plain != '\0')
    return TRUE;
  g_set_error_literal (error, XQ_CARE_ERROR, XQ_ERROR_REFUSED, message);
  return FALSE;
}

JsonObject *
xq_care_person_json (gint64 id, const char *code, const char *name)
{
  JsonObject *person = json_object_new ();

  json_object_set_int_member (person, "id", id);
  xq_care_set_text_member (person, "code", code);
  xq_care_set_text_member (person, "name", name);
  return person;
}

void
xq_care_set_text_member (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

void
xq_care_set_time_member (JsonObject *object, const char *member, gint64 at)
{
  g_autofree char *iso = at != 0 ? xq_clock_iso (at) : NULL;

  xq_care_set_text_member (object, member, iso);
}

int
xq_care_columns_of (const XqEntity *entity)
{
  int columns = 1;

  for (const XqField *field = entity->fields; field->name != NULL; field++)
    columns++;
  return columns;
}

/* The question that sending a referral leaves open: was the person seen? 0 when none is due. */
static gboolean
find_question (XqCare *care, gint64 referral_id, gint64 *ret_id, GError **error)
{
  *ret_id = 0;
  return xq_database_get_integer (care->database, error, ret_id, NULL,
                                  "SELECT id FROM follow_up WHERE referral_id = :referral AND cause = 'referral'"
                                  " AND state = 'due' ORDER BY id DESC LIMIT 1",
                                  XQ_INTEGER (":referral", referral_id), XQ_END);
}

static gboolean
ask (XqCare *care, gint64 person_id, gint64 warning_id, gint64 referral_id, gint64 due_at, GError **error)
{
  g_autofree char *due_on = xq_clock_date (due_at != 0 ? due_at : xq_clock_now ());
  g_autoptr (XqFollowUp) question = NULL;
  gint64 id;

  if (!find_question (care, referral_id, &id, error))
    return FALSE;
  if (id == 0)
    {
      question = xq_follow_up_new ();
      question->person_id = person_id;
      question->warning_id = warning_id;
      question->referral_id = referral_id;
      question->cause = XQ_CAUSE_REFERRAL;
      question->due_on = g_strdup (due_on);
      return xq_follow_up_add (care, question, error);
    }
  question = xq_follow_up_load (care->database, id, error);
  if (question == NULL)
    return FALSE;
  g_set_str (&question->due_on, due_on);
  return xq_store_update (care->database, &XQ_FOLLOW_UP, question, error);
}

static gboolean
answer (XqCare *care, gint64 referral_id, gboolean seen, GError **error)
{
  gint64 id;

  if (!find_question (care, referral_id, &id, error))
    return FALSE;
  if (id == 0)
    return TRUE;
  return seen ? xq_follow_up_done (care, id, _ ("Seen by the institution."), error)
              : xq_follow_up_skip (care, id, _ ("The referral went another way."), error);
}

/* After a return the person is seen again after 1, 2, 4, 8 and 12 weeks. */
static gboolean
plan_aftercare (XqCare *care, gint64 person_id, gint64 warning_id, gint64 referral_id, GError **error)
{
  static const int weeks[] = { 1, 2, 4, 8, 12, 16 };
  g_autofree char *today = xq_clock_today ();

  for (gsize i = 0; i + 1 < G_N_ELEMENTS (weeks); i++)
    {
      g_autofree char *day = xq_date_add_days (today, weeks[i] * 7);
      g_autofree char *next = xq_date_add_days (today, weeks[i + 1] * 7);
      g_autofree char *moved = xq_working_days_on_or_after (care->days, day);
      g_autoptr (XqFollowUp) follow_up = xq_follow_up_new ();

      follow_up->person_id = person_id;
      follow_up->warning_id = warning_id;
      follow_up->referral_id = referral_id;
      follow_up->cause = XQ_CAUSE_RETURN;
      follow_up->sequence = i + 1;
      follow_up->due_on = g_strdup (xq_date_compare (moved, next) < 0 ? moved : day);
      if (!xq_follow_up_add (care, follow_up, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_back_into_care (XqCare *care, gint64 person_id, gint64 warning_id, GError **error)
{
  g_autoptr (XqWarning) warning = warning_id != 0 ? xq_warning_load (care->database, warning_id, error) : NULL;
  gint64 open_case = 0;

  if (warning_id == 0)
    return TRUE;
  if (warning == NULL
      || !xq_database_get_integer (care->database, error, &open_case, NULL,
                                   "SELECT id FROM case_file WHERE person_id = :person AND closed_on IS NULL",
                                   XQ_INTEGER (":person", person_id), XQ_END))
    return FALSE;
  if (open_case == 0 || warning->state != XQ_WARNING_REFERRED)
    return TRUE;
  return xq_warning_take_into_care (care, warning_id, error);
}

static gboolean
refer_if_open (XqCare *care, gint64 warning_id, GError **error)
{
  g_autoptr (XqWarning) warning = warning_id != 0 ? xq_warning_load (care->database, warning_id, error) : NULL;

  if (warning_id == 0)
    return TRUE;
  if (warning == NULL)
    return FALSE;
  if (!(XQ_WARNING_OPEN_STATES & 1u << warning->state) || warning->state == XQ_WARNING_REFERRED)
    return TRUE;
  return xq_warning_mark_referred (care, warning_id, error);
}

gboolean
xq_care_referral_moved (XqCare *care, gint64 person_id, gint64 warning_id, gint64 referral_id, const char *state,
                        gint64 due_at, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (care->database, error);
  gboolean moved = transaction != NULL;

  if (moved && strcmp (state, "sent") == 0)
    moved = refer_if_open (care, warning_id, error)
            && ask (care, person_id, warning_id, referral_id, due_at, error);
  else if (moved && strcmp (state, "attended") == 0)
    moved = answer (care, referral_id, TRUE, error);
  else if (moved && strcmp (state, "result_in") == 0)
    moved = plan_aftercare (care, person_id, warning_id, referral_id, error)
            && take_back_into_care (care, person_id, warning_id, error);
  else if (moved && (strcmp (state, "declined") == 0 || strcmp (state, "closed") == 0))
    moved = answer (care, referral_id, FALSE, error);
  return moved && xq_transaction_commit (g_steal_pointer (&transaction), error);
}
