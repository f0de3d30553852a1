/* Operations on people, and on the vault as a whole. */
#include "config.h"

#include <string.h>

#include "calendar/term.h"
#include "care/records.h"
#include "operations.h"
#include "people/consent.h"
#include "people/contact.h"
#include "people/person.h"
#include "people/roster-import.h"
#include "people/tag.h"
#include "people/unit.h"
#include "place.h"

#define PERSON "SELECT id FROM person WHERE state = 'active' ORDER BY id"

gboolean
operation_calendar (Session *session, int n, GError **error)
{
  return xq_calendar_install_defaults (session->database, error);
}

gboolean
operation_setting (Session *session, int n, GError **error)
{
  g_autofree char *value = g_strdup_printf ("%d", 5 + n);

  return xq_setting_set (session->database, "idle_minutes", value, error);
}

/* Forty pupils; a later table has other telephones and one more class. */
static char *
write_roster (Session *session, int n)
{
  g_autoptr (GString) text = g_string_new ("学号,姓名,性别,出生年月,班级,监护人,电话,备注\n");
  static const char *const families[] = { "李", "王", "单", "曾", "欧阳", "尉迟", "周", "吴" };
  static const char *const given[] = { "小雨", "明", "静", "子涵", "梓桐" };
  char *path = g_build_filename (session->outside, "名册.csv", NULL);

  for (int i = 0; i < 40 + (n > 10 ? 5 : 0); i++)
    g_string_append_printf (text, "2026%04d,%s%s,%s,2013-%02d-11,七年级(%d)班,%s建国,139%08d,%s\n", i + 1,
                            families[i % 8], given[i / 8 % 5], i % 2 == 0 ? "女" : "男", i % 12 + 1, i / 15 + 1,
                            families[i % 8], n * 1000 + i, i % 9 == 0 ? "留守" : "");
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  return path;
}

gboolean
operation_roster (Session *session, int n, GError **error)
{
  g_autofree char *path = write_roster (session, n);
  const XqRosterOptions options = { .organisation_id = 1, .since = "2026-09-01" };
  const XqRosterApply apply = { 0 };
  g_autoptr (XqRoster) roster = xq_roster_read (session->database, path, &options, NULL, error);

  return roster != NULL && xq_roster_apply (session->database, roster, &apply, NULL, NULL, error);
}

gboolean
operation_roster_undo (Session *session, int n, GError **error)
{
  gint64 batch = session_number (session, "SELECT max (id) FROM import_batch WHERE kind = 'roster'", 0);

  return xq_roster_undo (session->database, batch, NULL, error);
}

gboolean
operation_person (Session *session, int n, GError **error)
{
  g_autoptr (XqPerson) person = xq_person_new ();

  person->organisation_id = 1;
  person->unit_id = session_number (session, "SELECT id FROM unit WHERE kind = 'class' ORDER BY id", n);
  person->name = g_strdup ("尉迟静");
  person->code = g_strdup_printf ("P%06d", n);
  person->birth_date = g_strdup ("2013-05-06");
  return xq_person_create (session->database, person, "2026-09-01", error);
}

gboolean
operation_person_edit (Session *session, int n, GError **error)
{
  g_autoptr (XqPerson) person
      = xq_person_load (session->database, session_number (session, PERSON, n / 100 * 3), error);

  if (person == NULL)
    return FALSE;
  g_free (person->phone);
  person->phone = g_strdup_printf ("138%08d", n);
  g_free (person->address);
  person->address = g_strdup_printf ("江城市人民路 %d 号", n);
  return xq_person_save (session->database, person, NULL, error);
}

gboolean
operation_person_state (Session *session, int n, GError **error)
{
  gint64 id = session_number (session, PERSON, 25);

  return xq_person_set_state (session->database, id, XQ_PERSON_SUSPENDED, NULL, "家长来电", error);
}

gboolean
operation_tag (Session *session, int n, GError **error)
{
  return xq_tag_add (session->database, session_number (session, PERSON, n), "migrant", NULL, NULL, error);
}

gboolean
operation_tag_remove (Session *session, int n, GError **error)
{
  gint64 id = session_number (session, "SELECT person_id FROM person_tag WHERE tag = 'migrant' ORDER BY id", 0);

  return xq_tag_remove (session->database, id, "migrant", error);
}

gboolean
operation_contact (Session *session, int n, GError **error)
{
  g_autoptr (XqContact) contact = xq_contact_new ();

  contact->person_id = session_number (session, PERSON, n);
  contact->name = g_strdup ("单建国");
  contact->relation = XQ_RELATION_FATHER;
  contact->phone = g_strdup ("13900000002");
  return xq_contact_create (session->database, contact, error);
}

gboolean
operation_contact_delete (Session *session, int n, GError **error)
{
  return xq_contact_delete (session->database, session_number (session, "SELECT max (id) FROM contact", 0), error);
}

gboolean
operation_consent (Session *session, int n, GError **error)
{
  g_autoptr (XqConsent) consent = xq_consent_new ();

  consent->person_id = session_number (session, PERSON, n);
  consent->kind = XQ_CONSENT_COUNSELLING;
  consent->given_by = g_strdup ("父亲");
  consent->given_on = g_strdup ("2026-11-20");
  return xq_consent_create (session->database, consent, error);
}

gboolean
operation_consent_withdraw (Session *session, int n, GError **error)
{
  gint64 id = session_number (session, "SELECT id FROM consent WHERE withdrawn_on IS NULL ORDER BY id", 0);

  return xq_consent_withdraw (session->database, id, NULL, error);
}

gboolean
operation_unit (Session *session, int n, GError **error)
{
  g_autoptr (XqUnit) unit = xq_unit_new ();

  unit->organisation_id = 1;
  unit->kind = XQ_UNIT_CAMPUS;
  unit->name = g_strdup_printf ("第 %d 校区", n);
  return xq_unit_create (session->database, unit, error);
}

gboolean
operation_team (Session *session, int n, GError **error)
{
  g_autoptr (XqTeamMember) member = xq_team_member_new ();

  member->organisation_id = 1;
  member->name = g_strdup ("覃老师");
  member->role = g_strdup ("心理教师");
  member->full_time = TRUE;
  return xq_team_member_save (session->database, member, error);
}

gboolean
operation_password (Session *session, int n, GError **error)
{
  g_autoptr (XqSecret) old = secret (PASSWORD);
  g_autoptr (XqSecret) new = secret (NEW_PASSWORD);

  return xq_vault_change_password (session->vault, old, new, error);
}
