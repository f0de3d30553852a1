/* Rosters in, beside those who are there already: who is who, what changes, who has gone. */
#include "config.h"

#include "roster-test.h"

#include "people/tag.h"
#include "vault/backup.h"

static void
test_changed (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqRoster) roster = NULL;
  XqRosterRow row;
  const XqRosterChange *change;

  g_setenv ("XINQIAO_NOW", "2026-09-05T08:00:00+08:00", TRUE);
  import_table (fixture, "学号,姓名,班级,监护人,关系,电话,备注\n"
                         "1,张三,七年级1班,张大,父亲,13800000001,\n2,李四,701,李大,母亲,,\n");
  g_setenv ("XINQIAO_NOW", "2026-10-10T08:00:00+08:00", TRUE);
  roster = read_table (fixture, "学号,姓名,班级,监护人,关系,电话,备注\n"
                                "1,张三,七(2)班,张大,父亲,13800000009,留守儿童\n2,李四,初一1班,,,,\n3,王五,七(2)班,,,,\n");
  assert_counts (roster, 1, 1, 1, 0);
  xq_roster_row (roster, 0, &row);
  g_assert_cmpint (row.outcome, ==, XQ_ROSTER_CHANGED);
  g_assert_cmpstr (row.unit, ==, "七年级(2)班");
  g_assert_cmpstr (row.tags[0], ==, "left_behind");
  g_assert_null (row.tags[1]);
  g_assert_cmpuint (row.changes->len, ==, 3);
  change = g_ptr_array_index (row.changes, 1);
  g_assert_cmpstr (change->before, ==, "七年级(1)班");
  g_assert_cmpstr (change->after, ==, "七年级(2)班");
  change = g_ptr_array_index (row.changes, 2);
  g_assert_nonnull (strstr (change->before, "13800000001"));
  g_assert_nonnull (strstr (change->after, "13800000009"));
  apply (fixture, roster, NULL);
  /* The old membership has ended, the new one goes on; the contact is still one. */
  assert_text (fixture->database,
               "SELECT group_concat (u.name || m.from_date || ifnull (m.to_date, '')) FROM membership m"
               " JOIN unit u ON u.id = m.unit_id WHERE person_id = 1 ORDER BY m.id",
               "1班2026-09-052026-10-09,2班2026-10-10");
  assert_text (fixture->database, "SELECT phone FROM contact WHERE person_id = 1", "13800000009");
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM contact"), ==, 2);
  /* Cells that were left empty have emptied nothing. */
  assert_text (fixture->database, "SELECT name FROM contact WHERE person_id = 2", "李大");
  g_unsetenv ("XINQIAO_NOW");
}

static void
test_who_is_who (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqRoster) roster = NULL;
  XqRosterRow row;

  import_table (fixture, "学号,姓名,出生日期,身份证号,班级\n"
                         "1,张三,2014-05-13,44010320140513489X,七1\n2,李四,2014-01-02,,七1\n3,王五,2014-02-02,,七1\n,赵六,2014-03-03,,七1\n"
                         "5,钱七,2014-04-04,,七1\n");
  roster = read_table (fixture, "学号,姓名,出生日期,身份证号,班级\n"
                                "A1,张三,,44010320140513489X,七1\n" /* a new number, the same identity */
                                "A2,李四,2014-01-02,,七1\n"          /* a new number, the same name and birth date */
                                "3,王五五,2014-02-02,,七1\n"         /* a new name under the same number */
                                "6,赵六,2014-03-03,,七1\n"           /* had no number */
                                "5,孙八,2013-04-05,,七1\n"           /* somebody else's number */
                                "7,钱七,2013-01-01,,七1\n");         /* somebody else of that name */
  for (guint i = 0; i < 4; i++)
    {
      xq_roster_row (roster, i, &row);
      g_assert_cmpint (row.outcome, ==, XQ_ROSTER_CHANGED);
      g_assert_cmpint (row.person_id, ==, i + 1);
    }
  xq_roster_row (roster, 4, &row);
  g_assert_cmpint (row.outcome, ==, XQ_ROSTER_REJECTED);
  g_assert_nonnull (strstr (row.why, "钱七"));
  xq_roster_row (roster, 5, &row);
  g_assert_cmpint (row.outcome, ==, XQ_ROSTER_ADDED);
}

static void
test_gone (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqRoster) roster = NULL;
  const XqRosterGone *gone;
  gint64 id;
  XqRosterApply options = { 0 };

  import_table (fixture, "学号,姓名,班级\n1,张三,七1\n2,李四,七1\n3,王五,七2\n");
  roster = read_table (fixture, "学号,姓名,班级\n1,张三,七1\n3,,七2\n4,赵六,七2\n");
  /* Whose row is rejected is not gone. */
  assert_counts (roster, 1, 0, 1, 1);
  g_assert_cmpuint (xq_roster_gone (roster)->len, ==, 1);
  gone = &g_array_index (xq_roster_gone (roster), XqRosterGone, 0);
  g_assert_cmpstr (gone->code, ==, "2");
  g_assert_cmpstr (gone->unit, ==, "七年级(1)班");
  id = gone->person_id;
  options.left = &id;
  options.n_left = 1;
  apply (fixture, roster, &options);
  assert_text (fixture->database, "SELECT state FROM person WHERE code = '2'", "left");
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM membership WHERE person_id = 2 AND to_date IS NULL"),
                   ==, 0);
  assert_text (fixture->database, "SELECT state FROM person WHERE code = '3'", "active");
  /* Back in a later roster, they are back. */
  import_table (fixture, "学号,姓名,班级\n1,张三,七1\n2,李四,七1\n3,王五,七2\n4,赵六,七2\n");
  assert_text (fixture->database, "SELECT state FROM person WHERE code = '2'", "active");
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM membership WHERE person_id = 2 AND to_date IS NULL"),
                   ==, 1);
}

static void
test_only_the_gone_can_leave (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqRoster) roster = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = 1;
  XqRosterApply options = { .left = &id, .n_left = 1 };

  import_table (fixture, "学号,姓名,班级\n1,张三,七1\n");
  roster = read_table (fixture, "学号,姓名,班级\n1,张三,七1\n2,李四,七1\n");
  g_assert_false (xq_roster_apply (fixture->database, roster, &options, NULL, NULL, &error));
  g_assert_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_USAGE);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person"), ==, 1);
}

static void
test_tags (Fixture *fixture, gconstpointer unused)
{
  const char *const except[] = { "single_parent", NULL };
  XqRosterApply some = { .except_tags = except }, none = { .leave_tags = TRUE };
  const char *table = "学号,姓名,班级,备注,是否留守,就读方式,残疾\n"
                      "1,张三,七1,单亲，住校,否,走读,无\n2,李四,七1,休学,是,住宿,听力残疾\n3,王五,七1,非留守,否,,\n";
  g_autoptr (XqRoster) roster = read_table (fixture, table);
  GHashTable *offered = xq_roster_tags (roster);

  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (offered, "single_parent")), ==, 1);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (offered, "boarding")), ==, 2);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (offered, "left_behind")), ==, 1);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (offered, "disabled")), ==, 1);
  apply (fixture, roster, &none);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person_tag"), ==, 0);
  assert_text (fixture->database, "SELECT state FROM person WHERE code = '2'", "suspended");
  g_clear_pointer (&roster, xq_roster_free);
  /* They are offered again while the person has them not. */
  roster = read_table (fixture, table);
  assert_counts (roster, 0, 2, 1, 0);
  apply (fixture, roster, &some);
  assert_text (fixture->database,
               "SELECT group_concat (person_id || tag) FROM (SELECT * FROM person_tag ORDER BY person_id, tag)",
               "1boarding,2boarding,2disabled,2left_behind");
  for (guint i = 0; i < 6; i++)
    g_assert_true (xq_tag_is_builtin ((const char *[]){ "boarding", "left_behind", "migrant", "single_parent", "orphan",
                                                         "disabled" }[i]));
}

static void
test_contacts (Fixture *fixture, gconstpointer unused)
{
  import_table (fixture, "学号,姓名,班级,家长姓名,家长电话,父亲姓名,父亲电话,母亲姓名,母亲电话\n"
                         "1,张三,七1,张大(爷爷),13800000001,张父,13800000002,张母,13800000003\n"
                         "2,李四,七1,,13900000001,无,,,\n");
  assert_text (fixture->database,
               "SELECT group_concat (name || relation || phone) FROM (SELECT * FROM contact WHERE person_id = 1 ORDER BY id)",
               "张大grandparent13800000001,张父father13800000002,张母mother13800000003");
  assert_text (fixture->database, "SELECT relation || phone FROM contact WHERE person_id = 2", "guardian13900000001");
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM contact"), ==, 4);
}

static void
test_teachers (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqRoster) roster = NULL;

  import_table (fixture, "学号,姓名,班级\n1,张三,七1\n");
  roster = read_table (fixture, "教工号,姓名,部门,职务,手机\nT1,王老师,语文组,班主任,13800000001\n");
  /* A roster of teachers says nothing about who has left among the pupils. */
  g_assert_cmpuint (xq_roster_gone (roster)->len, ==, 0);
  apply (fixture, roster, NULL);
  assert_text (fixture->database, "SELECT p.kind || u.name || p.phone FROM person p JOIN unit u ON u.id = p.unit_id WHERE code = 'T1'",
               "teacher语文组13800000001");
}

static void
test_stale (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqRoster) roster = read_table (fixture, "学号,姓名,班级\n1,张三,七1\n");
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (XqRoster) other = read_table (fixture, "学号,姓名,班级\n1,李四,七1\n");

    apply (fixture, other, NULL);
  }
  g_assert_false (xq_roster_apply (fixture->database, roster, NULL, NULL, NULL, &error));
  g_assert_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person"), ==, 1);
}

/* The daily backup comes when it likes, and changes nothing that an import would meet. */
static void
test_backed_up_meanwhile (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (XqRoster) roster = read_table (fixture, "学号,姓名,班级\n1,张三,七1\n");
  g_autoptr (XqBackupRecord) record = xq_backup_record_new ();
  g_autoptr (GError) error = NULL;

  record->folder = g_strdup ("/media/stick");
  record->file = g_strdup ("one.xqbackup");
  record->audit_head = g_strdup ("7F3A-19C2");
  record->at = record->made_at = record->verified_at = 1791500000;
  g_assert_true (xq_backup_record_add (fixture->database, record, &error));
  apply (fixture, roster, NULL);
  g_assert_cmpint (count (fixture->database, "SELECT count(*) FROM person"), ==, 1);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/roster/changed", test_changed);
  add ("/roster/who-is-who", test_who_is_who);
  add ("/roster/gone", test_gone);
  add ("/roster/only-the-gone-can-leave", test_only_the_gone_can_leave);
  add ("/roster/tags", test_tags);
  add ("/roster/contacts", test_contacts);
  add ("/roster/teachers", test_teachers);
  add ("/roster/stale", test_stale);
  add ("/roster/backed-up-meanwhile", test_backed_up_meanwhile);
  return g_test_run ();
}
