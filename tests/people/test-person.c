#include "config.h"

#include "people-fixture.h"

#include "people/consent.h"
#include "people/contact.h"
#include "people/tag.h"

static void
test_create (Fixture *fixture, gconstpointer unused)
{
  gint64 grade = add_unit (fixture->database, 0, XQ_UNIT_GRADE, "七年级");
  gint64 class_1 = add_unit (fixture->database, grade, XQ_UNIT_CLASS, "1班");
  g_autoptr (XqPerson) person = new_person (" 单　雄信 ", "2026001", class_1);
  g_autoptr (XqPerson) stored = NULL;
  g_autoptr (GPtrArray) memberships = NULL;
  const XqMembership *membership;

  person->phone = g_strdup ("");
  OK (xq_person_create (fixture->database, person, "2026-09-01", &error));
  g_assert_cmpint (person->id, >, 0);
  stored = xq_person_load (fixture->database, person->id, NULL);
  g_assert_cmpstr (stored->name, ==, "单雄信");
  g_assert_cmpstr (stored->pinyin, ==, "shan xiong xin");
  g_assert_cmpstr (stored->initials, ==, "sxx");
  g_assert_cmpstr (stored->sort_key, ==, "shan4单xiong2雄xin4信");
  g_assert_null (stored->phone);
  g_assert_cmpint (stored->created_at, ==, xq_clock_now ());
  memberships = xq_person_memberships (fixture->database, person->id, NULL);
  g_assert_cmpuint (memberships->len, ==, 1);
  membership = g_ptr_array_index (memberships, 0);
  g_assert_cmpint (membership->unit_id, ==, class_1);
  g_assert_cmpstr (membership->from_date, ==, "2026-09-01");
  g_assert_null (membership->to_date);
  g_assert_cmpint (count_rows (fixture->database,
                               "SELECT count(*) FROM audit WHERE entity = 'person' AND action = 'insert'"),
                   ==, 1);
  OK (xq_audit_verify (fixture->database, NULL, &error));
}

/* @call sets error, whose message holds @word. */
#define REFUSED(call, word)                                                                         \
  G_STMT_START                                                                                      \
  {                                                                                                 \
    g_autoptr (GError) error = NULL;                                                                \
    g_assert_false (call);                                                                          \
    g_assert_true (error != NULL && error->code == XQ_ERROR_REFUSED);                               \
    g_test_message ("%s", error->message);                                                          \
    g_assert_nonnull (strstr (error->message, word));                                               \
  }                                                                                                 \
  G_STMT_END

static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqPerson) twin = new_person ("李四", "2026001", 0);
  g_autoptr (XqPerson) nobody = new_person (" ", NULL, 0);
  g_autoptr (XqPerson) child = new_person ("王五", NULL, 0);

  add_person (fixture->database, "张三", "2026001", 0);
  REFUSED (xq_person_create (fixture->database, twin, NULL, &error), "张三");
  g_assert_cmpint (twin->id, ==, 0);
  REFUSED (xq_person_create (fixture->database, nobody, NULL, &error), "Name");
  child->birth_date = g_strdup ("2027-01-01");
  REFUSED (xq_person_create (fixture->database, child, NULL, &error), "王五");
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM person"), ==, 1);
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM person_search"), ==, 1);
}

static void
test_save (Fixture *fixture, gconstpointer unused)
{
  gint64 grade = add_unit (fixture->database, 0, XQ_UNIT_GRADE, "七年级");
  gint64 class_1 = add_unit (fixture->database, grade, XQ_UNIT_CLASS, "1班");
  gint64 class_2 = add_unit (fixture->database, grade, XQ_UNIT_CLASS, "2班");
  gint64 id = add_person (fixture->database, "张三", "2026001", class_1);
  g_autoptr (XqPerson) person = xq_person_load (fixture->database, id, NULL);
  g_autofree char *old_name = NULL;
  g_autofree char *new_name = NULL;
  gint64 audit_rows = count_rows (fixture->database, "SELECT count(*) FROM audit");

  /* Nothing differs: nothing is written. */
  g_setenv ("XINQIAO_NOW", "2026-11-23T10:00:00+08:00", TRUE);
  OK (xq_person_save (fixture->database, person, NULL, &error));
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM audit"), ==, audit_rows);

  g_set_str (&person->name, "曾三");
  person->unit_id = class_2;
  OK (xq_person_save (fixture->database, person, "2026-11-01", &error));
  g_assert_cmpstr (person->pinyin, ==, "zeng san");
  g_assert_cmpint (person->updated_at, ==, xq_clock_now ());
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM audit"), ==, audit_rows + 1);
  old_name = found_names (fixture->database, "zhangsan");
  new_name = found_names (fixture->database, "zengsan");
  g_assert_cmpstr (old_name, ==, "");
  g_assert_cmpstr (new_name, ==, "曾三");
  g_assert_cmpint (xq_person_unit_on (fixture->database, id, "2026-08-31", NULL), ==, 0);
  g_assert_cmpint (xq_person_unit_on (fixture->database, id, "2026-10-31", NULL), ==, class_1);
  g_assert_cmpint (xq_person_unit_on (fixture->database, id, "2026-11-01", NULL), ==, class_2);

  /* Put right on the same day: the mistake leaves no membership behind. */
  person->unit_id = class_1;
  OK (xq_person_save (fixture->database, person, "2026-11-01", &error));
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM membership"), ==, 2);
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM membership WHERE to_date < from_date"), ==, 0);
  g_setenv ("XINQIAO_NOW", NOW, TRUE);
}

static void
test_states (Fixture *fixture, gconstpointer unused)
{
  gint64 class_1 = add_unit (fixture->database, 0, XQ_UNIT_CLASS, "1班");
  gint64 id = add_person (fixture->database, "张三", "2026001", class_1);
  g_autofree char *detail = NULL;

  OK (xq_person_set_state (fixture->database, id, XQ_PERSON_SUSPENDED, "2026-10-01", NULL, &error));
  g_assert_cmpint (xq_person_unit_on (fixture->database, id, "2026-10-15", NULL), ==, class_1);
  OK (xq_person_set_state (fixture->database, id, XQ_PERSON_TRANSFERRED, "2026-10-31", "搬家", &error));
  g_assert_cmpint (xq_person_unit_on (fixture->database, id, "2026-10-31", NULL), ==, class_1);
  g_assert_cmpint (xq_person_unit_on (fixture->database, id, "2026-11-01", NULL), ==, 0);
  detail = xq_database_get_text (fixture->database, NULL, "SELECT detail FROM audit ORDER BY id DESC LIMIT 1", XQ_END);
  g_assert_nonnull (strstr (detail, "搬家"));
  OK (xq_person_set_state (fixture->database, id, XQ_PERSON_ACTIVE, "2026-11-20", NULL, &error));
  g_assert_cmpint (xq_person_unit_on (fixture->database, id, "2026-11-23", NULL), ==, class_1);
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM membership"), ==, 2);
}

static void
test_level (Fixture *fixture, gconstpointer unused)
{
  gint64 id = add_person (fixture->database, "张三", NULL, 0);
  gint64 audit_rows = count_rows (fixture->database, "SELECT count(*) FROM audit");

  OK (xq_person_set_level (fixture->database, id, 2, &error));
  OK (xq_person_set_level (fixture->database, id, 2, &error));
  g_assert_cmpint (count_rows (fixture->database, "SELECT level FROM person"), ==, 2);
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM audit"), ==, audit_rows + 1);
  OK (xq_person_set_level (fixture->database, id, 0, &error));
  g_assert_cmpint (count_rows (fixture->database, "SELECT level IS NULL FROM person"), ==, 1);
}

static void
test_find (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqOrganisation) other = xq_organisation_new ();
  g_autoptr (XqPerson) elsewhere = new_person ("王五", "1001", 0);
  gint64 first = add_person (fixture->database, "张三", "1001", 0);
  gint64 second = add_person (fixture->database, "李四", "1", 0);
  g_autoptr (XqPerson) by_code = xq_person_find (fixture->database, "1001", NULL);
  g_autoptr (XqPerson) code_wins = xq_person_find (fixture->database, "1", NULL);
  g_autoptr (XqPerson) by_id = xq_person_find (fixture->database, "2", NULL);
  g_autoptr (GError) nobody = NULL;
  g_autoptr (GError) both = NULL;
  g_autoptr (XqPerson) here = xq_person_find_by_code (fixture->database, SCHOOL, "1001", NULL);
  g_autoptr (XqPerson) nowhere = xq_person_find_by_code (fixture->database, 99, "1001", NULL);
  g_autoptr (GPtrArray) named = xq_person_find_by_name (fixture->database, 0, "张 三", NULL);

  g_assert_cmpint (by_code->id, ==, first);
  g_assert_cmpint (here->id, ==, first);
  g_assert_null (nowhere);
  g_assert_cmpint (code_wins->id, ==, second);
  g_assert_cmpint (by_id->id, ==, second);
  g_assert_cmpuint (named->len, ==, 1);
  g_assert_null (xq_person_find (fixture->database, "9999", &nobody));
  g_assert_error (nobody, XQ_PEOPLE_ERROR, XQ_ERROR_NOT_FOUND);

  other->name = g_strdup ("江城第二中学");
  OK (xq_organisation_create (fixture->database, other, &error));
  elsewhere->organisation_id = other->id;
  OK (xq_person_create (fixture->database, elsewhere, NULL, &error));
  g_assert_null (xq_person_find (fixture->database, "1001", &both));
  g_assert_error (both, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);
}

static void
test_writer (Fixture *fixture, gconstpointer unused)
{
  gint64 class_1 = add_unit (fixture->database, 0, XQ_UNIT_CLASS, "1班");
  gint64 class_2 = add_unit (fixture->database, 0, XQ_UNIT_CLASS, "2班");
  g_autoptr (XqPerson) person = new_person ("张三", "2026001", class_1);
  g_autoptr (XqPerson) twin = new_person ("李四", "2026001", class_1);
  g_autoptr (XqPerson) before = NULL;
  gint64 audit_rows = count_rows (fixture->database, "SELECT count(*) FROM audit");
  g_autofree char *found = NULL;
  g_autofree char *gone = NULL;

  {
    g_autoptr (XqTransaction) transaction = xq_transaction_begin (fixture->database, NULL);
    g_autoptr (XqPersonWriter) writer = xq_person_writer_new (fixture->database, NULL);

    OK (xq_person_writer_insert (writer, person, NULL, &error));
    REFUSED (xq_person_writer_insert (writer, twin, NULL, &error), "张三");
    before = xq_person_copy (person);
    g_set_str (&person->name, "张小三");
    person->unit_id = class_2;
    OK (xq_person_writer_update (writer, before, person, "2026-12-01", &error));
    OK (xq_person_writer_finish (writer, &error));
    OK (xq_transaction_commit (g_steal_pointer (&transaction), &error));
  }
  found = found_names (fixture->database, "xiaosan");
  g_assert_cmpstr (found, ==, "张小三");
  g_assert_cmpint (xq_person_unit_on (fixture->database, person->id, "2026-11-30", NULL), ==, class_1);
  g_assert_cmpint (xq_person_unit_on (fixture->database, person->id, "2026-12-01", NULL), ==, class_2);
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM audit"), ==, audit_rows);
  gone = found_names (fixture->database, "张三");
  g_assert_cmpstr (gone, ==, "");
}

static gboolean
remove_one (XqDatabase *database, gint64 id, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  g_autoptr (XqPersonWriter) writer = xq_person_writer_new (database, error);

  return xq_person_writer_remove (writer, id, error) && xq_person_writer_finish (writer, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

static void
test_remove_created (Fixture *fixture, gconstpointer unused)
{
  gint64 class_1 = add_unit (fixture->database, 0, XQ_UNIT_CLASS, "1班");
  gint64 id = add_person (fixture->database, "张三", "2026001", class_1);
  gint64 kept = add_person (fixture->database, "李四", "2026002", class_1);
  g_autoptr (XqContact) contact = xq_contact_new ();
  g_autofree char *found = NULL;

  contact->person_id = id;
  contact->name = g_strdup ("张大");
  OK (xq_contact_create (fixture->database, contact, &error));
  OK (xq_tag_add (fixture->database, id, "boarding", NULL, NULL, &error));
  OK (remove_one (fixture->database, id, &error));
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM person"), ==, 1);
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM contact"), ==, 0);
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM person_search"), ==, 1);
  found = found_names (fixture->database, "张三");
  g_assert_cmpstr (found, ==, "");

  {
    g_autoptr (XqTransaction) transaction = xq_transaction_begin (fixture->database, NULL);

    OK (xq_database_execute (fixture->database, &error,
                             "INSERT INTO warning (person_id, raised_level, level, state, source, raised_at, due_at)"
                             " VALUES (:person, 1, 1, 'new', 'teacher', 1, 2)",
                             XQ_INTEGER (":person", kept), XQ_END));
    OK (xq_transaction_commit (g_steal_pointer (&transaction), &error));
  }
  REFUSED (remove_one (fixture->database, kept, &error), "李四");
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM membership"), ==, 1);
}

static void
test_plain_forms (void)
{
  static const struct
  {
    const char *text;
    const char *plain;
  } names[] = {
    { "张 三", "张三" },       { "阿卜杜拉•买买提", "阿卜杜拉·买买提" }, { "阿卜杜拉．买买提", "阿卜杜拉·买买提" },
    { "John  Smith", "John Smith" }, { "张三(大)", "张三(大)" },   { "", "" },
    { "J. Smith", "J. Smith" }, { "阿卜杜拉 · 买买提", "阿卜杜拉·买买提" },
  }, phones[] = {
    { "138 0013-8000", "13800138000" }, { "+86 13800138000", "13800138000" }, { "13800138000.0", "13800138000" },
    { "008613800138000", "13800138000" }, { "8613800138000", "13800138000" }, { "+852 9123 4567", "+85291234567" },
    { "１３８００１３８０００", "13800138000" }, { "无", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *plain = xq_person_name_plain (names[i].text);

      g_assert_cmpstr (plain, ==, names[i].plain);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (phones); i++)
    {
      g_autofree char *plain = xq_phone_plain (phones[i].text);

      g_assert_cmpstr (plain, ==, phones[i].plain);
    }
  g_assert_cmpint (xq_sex_from_text ("男"), ==, XQ_SEX_MALE);
  g_assert_cmpint (xq_sex_from_text (" 女性 "), ==, XQ_SEX_FEMALE);
  g_assert_cmpint (xq_sex_from_text ("Ｆ"), ==, XQ_SEX_FEMALE);
  g_assert_cmpint (xq_sex_from_text ("保密"), ==, XQ_SEX_UNKNOWN);
  g_assert_cmpint (xq_sex_from_text (NULL), ==, XQ_SEX_UNKNOWN);
}

/* Whoever reads the table of fields to redact an export can rely on it. */
static void
test_privacy (void)
{
  static const char *const identifying[] = { "code", "national_id", "name", "pinyin", "initials", "sort_key", "phone", "address", "remark" };

  for (gsize i = 0; i < G_N_ELEMENTS (identifying); i++)
    g_assert_cmpint (xq_entity_field (&XQ_PERSON, identifying[i])->privacy, ==, XQ_PRIVACY_IDENTIFYING);
  for (const XqField *field = XQ_CONTACT.fields; field->name != NULL; field++)
    g_assert_cmpint (field->privacy, !=, XQ_PRIVACY_PLAIN);
}

int
main (int argc, char **argv)
{
  g_setenv ("XINQIAO_NOW", NOW, TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("/people/person/create", test_create);
  ADD_TEST ("/people/person/refused", test_refused);
  ADD_TEST ("/people/person/save", test_save);
  ADD_TEST ("/people/person/states", test_states);
  ADD_TEST ("/people/person/level", test_level);
  ADD_TEST ("/people/person/find", test_find);
  ADD_TEST ("/people/person/writer", test_writer);
  ADD_TEST ("/people/person/remove-created", test_remove_created);
  g_test_add_func ("/people/person/plain-forms", test_plain_forms);
  g_test_add_func ("/people/person/privacy", test_privacy);
  return g_test_run ();
}
