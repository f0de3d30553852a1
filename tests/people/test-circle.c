/* What surrounds a person: contacts, consents, tags; and whether the person is known already. */
#include "config.h"

#include "people-fixture.h"

#include "people/consent.h"
#include "people/contact.h"
#include "people/duplicate.h"
#include "people/person-index.h"
#include "people/tag.h"

static void
test_relations (void)
{
  static const struct
  {
    const char *text;
    XqRelation relation;
  } words[] = {
    { "父亲", XQ_RELATION_FATHER },       { "爸爸", XQ_RELATION_FATHER },         { "继父", XQ_RELATION_FATHER },
    { "父女", XQ_RELATION_FATHER },       { "母亲", XQ_RELATION_MOTHER },         { "媽媽", XQ_RELATION_MOTHER },
    { "祖父", XQ_RELATION_GRANDPARENT },  { "外祖母", XQ_RELATION_GRANDPARENT },  { "爷爷", XQ_RELATION_GRANDPARENT },
    { "姥姥", XQ_RELATION_GRANDPARENT },  { "叔叔", XQ_RELATION_RELATIVE },       { "姑姑", XQ_RELATION_RELATIVE },
    { "妻子", XQ_RELATION_SPOUSE },       { "配偶", XQ_RELATION_SPOUSE },         { "班主任", XQ_RELATION_CLASS_TEACHER },
    { "监护人", XQ_RELATION_GUARDIAN },   { "父母", XQ_RELATION_GUARDIAN },       { "", XQ_RELATION_GUARDIAN },
    { "mother", XQ_RELATION_MOTHER },     { "邻居", XQ_RELATION_OTHER },          { "儿子", XQ_RELATION_RELATIVE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_test_message ("%s", words[i].text);
      g_assert_cmpint (xq_relation_from_text (words[i].text), ==, words[i].relation);
    }
}

static void
test_contact_by_hand (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqContact) contact = xq_contact_new ();
  g_autoptr (GPtrArray) contacts = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (XqContact) teacher = xq_contact_new ();
  g_autoptr (XqContact) father = xq_contact_new ();
  g_autoptr (GError) nameless = NULL;

  contact->person_id = add_person (fixture->database, "张三", NULL, 0);
  g_assert_false (xq_contact_create (fixture->database, contact, &nameless));
  g_assert_error (nameless, XQ_BASE_ERROR, XQ_ERROR_REFUSED);
  contact->name = g_strdup ("张大");
  OK (xq_contact_create (fixture->database, contact, &error));
  contact->may_tell = XQ_MAY_TELL_RISK_ONLY;
  OK (xq_contact_save (fixture->database, contact, &error));
  teacher->person_id = contact->person_id;
  teacher->name = g_strdup ("李老师");
  teacher->relation = XQ_RELATION_CLASS_TEACHER;
  OK (xq_contact_create (fixture->database, teacher, &error));
  father->person_id = contact->person_id;
  father->name = g_strdup ("张二");
  father->relation = XQ_RELATION_FATHER;
  OK (xq_contact_create (fixture->database, father, &error));

  /* Guardians first, teachers last. */
  contacts = xq_contact_list (fixture->database, contact->person_id, NULL);
  g_assert_cmpuint (contacts->len, ==, 3);
  g_assert_cmpint (((XqContact *) contacts->pdata[0])->may_tell, ==, XQ_MAY_TELL_RISK_ONLY);
  g_assert_cmpstr (((XqContact *) contacts->pdata[1])->name, ==, "张二");
  g_assert_cmpstr (((XqContact *) contacts->pdata[2])->name, ==, "李老师");
  OK (xq_contact_delete (fixture->database, contact->id, &error));
  rest = xq_contact_list (fixture->database, contact->person_id, NULL);
  g_assert_cmpuint (rest->len, ==, 2);
}

static gint64
add_consent (XqDatabase *database, gint64 person_id, XqConsentKind kind, const char *on, const char *until)
{
  g_autoptr (XqConsent) consent = xq_consent_new ();

  consent->person_id = person_id;
  consent->kind = kind;
  consent->given_by = g_strdup ("张大");
  consent->given_on = g_strdup (on);
  consent->until = g_strdup (until);
  OK (xq_consent_create (database, consent, &error));
  return consent->id;
}

static void
test_consents (Fixture *fixture, gconstpointer unused)
{
  gint64 id = add_person (fixture->database, "张三", NULL, 0);
  gint64 file = add_consent (fixture->database, id, XQ_CONSENT_FILE, "2026-09-01", NULL);
  g_autoptr (XqConsent) wrong = xq_consent_new ();
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) twice = NULL;

  add_consent (fixture->database, id, XQ_CONSENT_COUNSELLING, "2026-09-01", "2026-11-23");
  g_assert_true (xq_consent_is_given (fixture->database, id, XQ_CONSENT_FILE, NULL, NULL));
  g_assert_false (xq_consent_is_given (fixture->database, id, XQ_CONSENT_FILE, "2026-08-31", NULL));
  g_assert_false (xq_consent_is_given (fixture->database, id, XQ_CONSENT_REFERRAL_RELEASE, NULL, NULL));
  g_assert_true (xq_consent_is_given (fixture->database, id, XQ_CONSENT_COUNSELLING, "2026-11-23", NULL));
  g_assert_false (xq_consent_is_given (fixture->database, id, XQ_CONSENT_COUNSELLING, "2026-11-24", NULL));

  OK (xq_consent_withdraw (fixture->database, file, "2026-11-01", &error));
  g_assert_true (xq_consent_is_given (fixture->database, id, XQ_CONSENT_FILE, "2026-10-31", NULL));
  g_assert_false (xq_consent_is_given (fixture->database, id, XQ_CONSENT_FILE, "2026-11-01", NULL));
  g_assert_false (xq_consent_withdraw (fixture->database, file, NULL, &twice));
  g_assert_error (twice, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);

  wrong->person_id = id;
  wrong->given_by = g_strdup ("张大");
  wrong->given_on = g_strdup ("2026-09-01");
  wrong->until = g_strdup ("2026-08-31");
  g_assert_false (xq_consent_create (fixture->database, wrong, &refused));
  g_assert_error (refused, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);
}

static void
test_recognise (void)
{
  static const struct
  {
    const char *remark;
    const char *tags;
  } remarks[] = {
    { "留守儿童", "left_behind" },              { "单亲", "single_parent" },
    { "随迁", "migrant" },                      { "留守儿童,单亲家庭", "left_behind single_parent" },
    { "父母离异、住校", "single_parent boarding" }, { "非留守", "" },
    { "不是留守儿童", "" },                     { "无残疾", "" },
    { "非留守儿童，单亲", "single_parent" },    { "不住校", "" },
    { "走读", "" },                             { "是否住校：是", "boarding" },
    { "是否住校: 否", "" },                     { "留守:否;单亲:是", "single_parent" },
    { "留守(否)", "" },                         { "是否留守", "" },
    { "父亲去世", "bereaved" },                 { "曾遭受校园欺凌", "bullied" },
    { "家暴", "family_violence" },              { "孤儿", "orphan" },
    { "残疾证二级", "disabled" },               { "哮喘", "chronic_illness" },
    { "目前服药中", "under_hospital_care" },    { "重点岗位", "key_post" },
    { "班长", "" },                             { "", "" },
    { NULL, "" },                               { "單親", "single_parent" },
    { "没有住校,未被欺凌", "" },                { "留守儿童 无特殊疾病", "left_behind" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (remarks); i++)
    {
      g_auto (GStrv) tags = xq_tag_recognise (remarks[i].remark);
      g_autofree char *joined = g_strjoinv (" ", tags);

      g_test_message ("%s", remarks[i].remark);
      g_assert_cmpstr (joined, ==, remarks[i].tags);
    }
}

static void
test_tags (Fixture *fixture, gconstpointer unused)
{
  gint64 id = add_person (fixture->database, "张三", NULL, 0);
  gint64 audit_rows = count_rows (fixture->database, "SELECT count(*) FROM audit");
  g_autoptr (GPtrArray) tags = NULL;
  g_auto (GStrv) in_use = NULL;
  g_autoptr (GArray) counts = NULL;
  g_autofree char *word = xq_tag_from_text ("留守儿童");
  g_autofree char *own = xq_tag_from_text (" 班干部 ");
  g_autofree char *label = xq_tag_from_text ("Boarder");
  gboolean added = TRUE;

  OK (xq_tag_add (fixture->database, id, own, NULL, NULL, &error));
  OK (xq_tag_add (fixture->database, id, "single_parent", "2026-09-01", "随母", &error));
  OK (xq_tag_add (fixture->database, id, "left_behind", NULL, NULL, &error));
  OK (xq_tag_add (fixture->database, id, "left_behind", NULL, NULL, &error));
  g_assert_cmpint (count_rows (fixture->database, "SELECT count(*) FROM audit"), ==, audit_rows + 3);
  tags = xq_tag_list (fixture->database, id, NULL);
  g_assert_cmpuint (tags->len, ==, 3);
  g_assert_cmpstr (((XqPersonTag *) tags->pdata[0])->tag, ==, "left_behind");
  g_assert_cmpstr (((XqPersonTag *) tags->pdata[1])->remark, ==, "随母");
  g_assert_cmpstr (((XqPersonTag *) tags->pdata[2])->tag, ==, "班干部");

  {
    g_autoptr (XqTransaction) transaction = xq_transaction_begin (fixture->database, NULL);

    OK (xq_tag_add_unaudited (fixture->database, id, "boarding", NULL, &added, &error));
    g_assert_true (added);
    OK (xq_tag_add_unaudited (fixture->database, id, "boarding", NULL, &added, &error));
    g_assert_false (added);
  }
  OK (xq_tag_remove (fixture->database, id, "left_behind", &error));
  OK (xq_tag_remove (fixture->database, id, "left_behind", &error));
  in_use = xq_tag_in_use (fixture->database, &counts, NULL);
  g_assert_cmpuint (g_strv_length (in_use), ==, 2);
  g_assert_cmpint (g_array_index (counts, gint64, 0), ==, 1);

  g_assert_cmpstr (word, ==, "left_behind");
  g_assert_cmpstr (own, ==, "班干部");
  g_assert_cmpstr (label, ==, "boarding");
  g_assert_cmpstr (xq_tag_label ("班干部"), ==, "班干部");
  g_assert_true (xq_tag_is_builtin ("bereaved"));
  g_assert_false (xq_tag_is_builtin ("班干部"));
  for (const char *const *tag = xq_tag_ids (); *tag != NULL; tag++)
    g_assert_cmpstr (xq_tag_label (*tag), !=, *tag);
}

static gint64
add_known (XqDatabase *database, const char *name, const char *code, const char *national_id, const char *birth,
           gint64 unit_id)
{
  g_autoptr (XqPerson) person = new_person (name, code, unit_id);

  person->national_id = g_strdup (national_id);
  person->birth_date = g_strdup (birth);
  person->phone = g_strdup ("13800138000");
  OK (xq_person_create (database, person, NULL, &error));
  return person->id;
}

typedef struct
{
  const char *code;
  const char *national_id;
  const char *name;
  const char *birth;
  gboolean in_class_2;
  gint64 person;
  XqMatch match;
} Question;

static void
test_index (Fixture *fixture, gconstpointer unused)
{
  gint64 class_1 = add_unit (fixture->database, 0, XQ_UNIT_CLASS, "1班");
  gint64 class_2 = add_unit (fixture->database, 0, XQ_UNIT_CLASS, "2班");
  gint64 zhang_1 = add_known (fixture->database, "张伟", "0012", NULL, "2012-03-05", class_1);
  gint64 zhang_2 = add_known (fixture->database, "张伟", "13", NULL, "2012-04-06", class_2);
  gint64 li = add_known (fixture->database, "李明", "A14", "210102201403231347", NULL, class_1);
  gint64 wang_left = add_known (fixture->database, "王芳", "15", NULL, NULL, class_1);
  gint64 wang = add_known (fixture->database, "王芳", "16", NULL, NULL, class_1);
  g_autoptr (XqPersonIndex) index = NULL;
  const Question questions[] = {
    { "0012", NULL, "张伟", NULL, FALSE, zhang_1, XQ_MATCH_CODE },
    { "12", NULL, NULL, NULL, FALSE, zhang_1, XQ_MATCH_CODE },
    { "ａ14", NULL, NULL, NULL, FALSE, li, XQ_MATCH_CODE },
    { "G210102201403231347", NULL, NULL, NULL, FALSE, li, XQ_MATCH_NATIONAL_ID },
    { "999", "210102201403231347", NULL, NULL, FALSE, li, XQ_MATCH_NATIONAL_ID },
    { NULL, NULL, "张伟", "2012-04-06", FALSE, zhang_2, XQ_MATCH_NAME_AND_BIRTH },
    { NULL, NULL, "张伟", NULL, TRUE, zhang_2, XQ_MATCH_NAME_AND_UNIT },
    { NULL, NULL, "张伟", NULL, FALSE, 0, XQ_MATCH_AMBIGUOUS },
    { NULL, NULL, "张伟", "2012-05-07", FALSE, 0, XQ_MATCH_NONE },
    { NULL, NULL, "李明", "2014-03-23", FALSE, li, XQ_MATCH_NAME },
    { NULL, NULL, "王芳", NULL, FALSE, wang, XQ_MATCH_NAME },
    { "", "", "赵六", NULL, FALSE, 0, XQ_MATCH_NONE },
  };

  OK (xq_person_set_state (fixture->database, wang_left, XQ_PERSON_LEFT, NULL, NULL, &error));
  index = xq_person_index_load (fixture->database, SCHOOL, NULL);
  g_assert_cmpuint (xq_person_index_all (index)->len, ==, 5);
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      const Question *q = &questions[i];
      XqMatch match = -1;
      const XqPerson *person = xq_person_index_match (index, q->code, q->national_id, q->name, q->birth,
                                                      q->in_class_2 ? class_2 : 0, &match);

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpint (person != NULL ? person->id : 0, ==, q->person);
      g_assert_cmpint (match, ==, q->match);
    }
}

static void
test_duplicates (Fixture *fixture, gconstpointer unused)
{
  gint64 by_id = add_known (fixture->database, "李明", "1", "210102201403231347", "2014-03-23", 0);
  gint64 by_birth = add_known (fixture->database, "张三", "2", NULL, "2012-03-05", 0);
  gint64 by_phone = add_known (fixture->database, "张三", "3", NULL, "2013-01-01", 0);
  g_autoptr (XqPerson) candidate = new_person ("张　三", "3", 0);
  g_autoptr (GArray) found = NULL;
  g_autoptr (GArray) none = NULL;
  g_autofree char *words = NULL;

  candidate->national_id = g_strdup ("210102201403231347");
  candidate->birth_date = g_strdup ("2012-03-05");
  candidate->phone = g_strdup ("13800138000");
  found = xq_duplicate_find (fixture->database, candidate, NULL);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpint (g_array_index (found, XqDuplicate, 0).person_id, ==, by_id);
  g_assert_cmpint (g_array_index (found, XqDuplicate, 0).reasons, ==, XQ_DUPLICATE_NATIONAL_ID);
  g_assert_cmpint (g_array_index (found, XqDuplicate, 1).person_id, ==, by_phone);
  g_assert_cmpint (g_array_index (found, XqDuplicate, 1).reasons, ==, XQ_DUPLICATE_CODE | XQ_DUPLICATE_PHONE);
  g_assert_cmpint (g_array_index (found, XqDuplicate, 2).person_id, ==, by_birth);
  g_assert_cmpint (g_array_index (found, XqDuplicate, 2).reasons, ==, XQ_DUPLICATE_NAME_AND_BIRTH | XQ_DUPLICATE_PHONE);
  words = xq_duplicate_describe (XQ_DUPLICATE_CODE | XQ_DUPLICATE_PHONE);
  g_assert_cmpstr (words, ==, "the same number, the same name and phone");

  g_set_str (&candidate->name, "赵六");
  g_set_str (&candidate->code, "4");
  g_clear_pointer (&candidate->national_id, g_free);
  none = xq_duplicate_find (fixture->database, candidate, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_setenv ("XINQIAO_NOW", NOW, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/people/contact/relations", test_relations);
  ADD_TEST ("/people/contact/by-hand", test_contact_by_hand);
  ADD_TEST ("/people/consent/dates", test_consents);
  g_test_add_func ("/people/tag/recognise", test_recognise);
  ADD_TEST ("/people/tag/keep", test_tags);
  ADD_TEST ("/people/index/match", test_index);
  ADD_TEST ("/people/duplicate/find", test_duplicates);
  return g_test_run ();
}
