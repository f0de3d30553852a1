/* Who is there: classes and teams, and the people in them. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/date.h"
#include "cli/demo-private.h"
#include "people/class-name.h"
#include "people/contact.h"
#include "people/national-id.h"
#include "people/tag.h"
#include "people/unit.h"
#include "vault/audit.h"

#define CLASS_SIZE 45
#define CLASSES_MAXIMUM 60
#define PEOPLE_AT_ONCE 20000
/* A region that no identity card names. */
#define REGION "429990"

/* -- classes and teams */

static void
add_group (XqDemo *demo, XqDemoGroup group, guint n_persons)
{
  group.first_person = demo->persons->len;
  group.n_persons = n_persons;
  g_array_set_size (demo->persons, demo->persons->len + n_persons);
  for (guint i = 0; i < n_persons; i++)
    g_array_index (demo->persons, XqDemoPerson, group.first_person + i).group = demo->groups->len;
  g_array_append_val (demo->groups, group);
}

/* The @index-th of @parts nearly equal parts. */
static guint
share (guint whole, guint parts, guint index)
{
  return whole / parts + (index < whole % parts ? 1 : 0);
}

static void
plan_school (XqDemo *demo, guint people)
{
  guint grades = people > 3000 ? 6 : 3;

  for (guint i = 0; i < grades; i++)
    {
      guint in_grade = share (people, grades, i);
      guint classes = CLAMP ((in_grade + CLASS_SIZE - 1) / CLASS_SIZE, 1, CLASSES_MAXIMUM);
      int grade = 7 + (int) i, base = grade >= 10 ? 10 : 7;

      for (guint c = 0; c < classes; c++)
        {
          XqDemoGroup group = { .entry = demo->school_year - (grade - base), .grade = grade, .base = base, .number = (int) c + 1 };

          add_group (demo, group, share (in_grade, classes, c));
        }
    }
}

/* Four years in each department; classes stay what they are. */
static void
plan_college (XqDemo *demo, guint people)
{
  JsonArray *colleges = xq_demo_words_list (demo->words, "colleges");
  guint n_colleges = json_array_get_length (colleges), parts = n_colleges * 4;

  for (guint i = 0; i < parts; i++)
    {
      int entry = demo->school_year - (int) (i / n_colleges);
      guint in_year = share (people, parts, i);
      guint classes = CLAMP ((in_year + CLASS_SIZE - 1) / CLASS_SIZE, 1, CLASSES_MAXIMUM);

      for (guint c = 0; c < classes; c++)
        {
          XqDemoGroup group = { .entry = entry, .number = (int) c + 1, .path = g_new0 (char *, 4) };

          group.path[0] = g_strdup (json_array_get_string_element (colleges, i % n_colleges));
          group.path[1] = g_strdup_printf ("%d级", entry);
          group.path[2] = g_strdup_printf ("%u班", c + 1);
          add_group (demo, group, share (in_year, classes, c));
        }
    }
}

static void
plan_enterprise (XqDemo *demo, guint people)
{
  JsonArray *departments = xq_demo_words_list (demo->words, "departments");
  JsonArray *teams = xq_demo_words_list (demo->words, "teams");
  guint n_departments = json_array_get_length (departments), n_teams = json_array_get_length (teams);
  guint parts = n_departments * n_teams;

  for (guint i = 0; i < parts; i++)
    {
      XqDemoGroup group = { .entry = demo->school_year - 10, .number = (int) (i % n_teams) + 1, .path = g_new0 (char *, 3) };

      group.path[0] = g_strdup (json_array_get_string_element (departments, i / n_teams));
      group.path[1] = g_strdup (json_array_get_string_element (teams, i % n_teams));
      add_group (demo, group, share (people, parts, i));
    }
}

/* Traits last: what a person answers goes up and down around them. */
static void
draw_traits (XqDemo *demo)
{
  g_autoptr (GRand) random = xq_demo_random_new (demo->options.seed, XQ_DEMO_ANSWERS);

  for (guint i = 0; i < demo->persons->len; i++)
    {
      XqDemoPerson *person = &g_array_index (demo->persons, XqDemoPerson, i);
      double depression = xq_demo_random_normal (random);

      person->depression = (float) depression;
      person->anxiety = (float) (0.7 * depression + 0.71 * xq_demo_random_normal (random));
    }
}

gboolean
xq_demo_plan_groups (XqDemo *demo, GError **error)
{
  static void (*const plans[]) (XqDemo *, guint) = {
    [XQ_PROFILE_SCHOOL] = plan_school,
    [XQ_PROFILE_COLLEGE] = plan_college,
    [XQ_PROFILE_ENTERPRISE] = plan_enterprise,
  };

  plans[demo->options.profile](demo, (guint) demo->options.students);
  draw_traits (demo);
  return xq_demo_tell (demo, 0, _("Inventing people"), error);
}

/* -- one person */

static const struct
{
  const char *tag;
  double share;
  double burden; /* on the trait that PHQ answers rest on */
} tags[] = {
  { "left_behind", 0.06, 0.35 },
  { "single_parent", 0.05, 0.3 },
  { "migrant", 0.04, 0.15 },
  { "boarding", 0.22, 0.0 },
  { "chronic_illness", 0.01, 0.3 },
};

/* Entered at the usual age, somewhere in that school year. */
static char *
birth_date (const XqDemo *demo, const XqDemoGroup *group, XqDemoRandom *random)
{
  int age = group->base == 7 ? 12 : group->base == 10 ? 15 : 18;
  int year = demo->options.profile == XQ_PROFILE_ENTERPRISE ? demo->school_year - xq_demo_random_between (random, 21, 57)
                                                            : group->entry - age;
  g_autofree char *last = xq_date_new (year, 8, 31);

  return xq_date_add_days (last, -xq_demo_random_between (random, 0, 364));
}

/* Odd sequence numbers are men's. */
static char *
national_id (const char *birth, XqSex sex, guint seat)
{
  g_autofree char *digits = g_strdup_printf ("%.4s%.2s%.2s", birth, birth + 5, birth + 8);
  int sequence = (int) (seat * 2 % 998) + (sex == XQ_SEX_MALE ? 1 : 0);
  g_autofree char *first = g_strdup_printf (REGION "%s%03d", digits, sequence);

  return g_strdup_printf ("%s%c", first, xq_national_id_check_digit (first));
}

static char *
code_of (const XqDemo *demo, const XqDemoGroup *group, guint group_index, guint seat)
{
  if (demo->options.profile == XQ_PROFILE_ENTERPRISE)
    return g_strdup_printf ("E%06u", group->first_person + seat);
  if (demo->options.profile == XQ_PROFILE_COLLEGE)
    return g_strdup_printf ("%d%03u%02u", group->entry, group_index % 1000, seat);
  return g_strdup_printf (seat > 99 ? "%d%d%02d%05u" : "%d%d%02d%02u", group->entry, group->base == 7 ? 1 : 2, group->number, seat);
}

/* No telephone has such a number. */
static char *
phone (XqDemoRandom *random)
{
  return g_strdup_printf ("123%08d", xq_demo_random_between (random, 0, 99999999));
}

static void
fill_person (XqDemo *demo, const XqDemoGroup *group, guint group_index, guint seat, XqDemoRandom *random, XqPerson *person)
{
  gboolean works = demo->options.profile == XQ_PROFILE_ENTERPRISE;

  person->organisation_id = demo->organisation->id;
  person->unit_id = group->unit_id;
  person->kind = works ? XQ_PERSON_EMPLOYEE : XQ_PERSON_STUDENT;
  person->sex = xq_demo_random_chance (random, 0.48) ? XQ_SEX_FEMALE : XQ_SEX_MALE;
  person->name = xq_demo_words_name (demo->words, random, (XqSex) person->sex, FALSE, NULL);
  person->birth_date = birth_date (demo, group, random);
  person->code = code_of (demo, group, group_index, seat);
  person->national_id = national_id (person->birth_date, (XqSex) person->sex, group_index * 53 + seat);
  person->address = g_strdup_printf ("%s%s%d号", xq_demo_words_get (demo->words, "place", "city"),
                                     xq_demo_words_pick (demo->words, random, "streets"), xq_demo_random_between (random, 1, 180));
  if (works)
    {
      person->post = g_strdup (xq_demo_words_pick (demo->words, random, "posts"));
      person->phone = phone (random);
    }
}

static gboolean
add_tags (XqDemo *demo, const XqPerson *person, XqDemoPerson *drawn, const char *since, guint mask, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    if (mask & 1u << i)
      {
        drawn->depression += (float) tags[i].burden;
        if (!xq_tag_add_unaudited (demo->database, person->id, tags[i].tag, since, NULL, error))
          return FALSE;
      }
  return TRUE;
}

/* A grandparent where the parents work elsewhere. */
static gboolean
add_contact (XqDemo *demo, const XqPerson *person, gboolean left_behind, XqDemoRandom *random, GError **error)
{
  g_autoptr (XqContact) contact = xq_contact_new ();
  gboolean mother = xq_demo_random_chance (random, 0.55);
  g_autofree char *surname = xq_demo_words_surname (demo->words, person->name);

  contact->person_id = person->id;
  if (person->kind == XQ_PERSON_EMPLOYEE)
    contact->relation = XQ_RELATION_SPOUSE;
  else if (left_behind)
    contact->relation = XQ_RELATION_GRANDPARENT;
  else
    contact->relation = mother ? XQ_RELATION_MOTHER : XQ_RELATION_FATHER;
  if (contact->relation == XQ_RELATION_SPOUSE)
    mother = person->sex == XQ_SEX_MALE;
  contact->name = xq_demo_words_name (demo->words, random, mother ? XQ_SEX_FEMALE : XQ_SEX_MALE, TRUE, mother ? NULL : surname);
  contact->phone = phone (random);
  contact->may_tell = xq_demo_random_chance (random, 0.2) ? XQ_MAY_TELL_RISK_ONLY : XQ_MAY_TELL_EVERYTHING;
  return xq_contact_insert_unaudited (demo->database, contact, error);
}

static guint
draw_tags (XqDemo *demo, XqDemoRandom *random)
{
  guint mask = 0;

  if (demo->options.profile != XQ_PROFILE_SCHOOL)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    if (xq_demo_random_chance (random, tags[i].share))
      mask |= 1u << i;
  return mask;
}

/* What a roster's remark says of the first tag. */
static char *
remark_of (XqDemo *demo, guint mask)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    if (mask & 1u << i)
      return g_strdup (xq_demo_words_get (demo->words, "remarks", tags[i].tag));
  return NULL;
}

static gboolean
insert_person (XqDemo *demo, XqPersonWriter *writer, guint group_index, guint seat, const char *since, XqDemoRandom *random,
               GError **error)
{
  const XqDemoGroup *group = &g_array_index (demo->groups, XqDemoGroup, group_index);
  XqDemoPerson *drawn = &g_array_index (demo->persons, XqDemoPerson, group->first_person + seat);
  g_autoptr (XqPerson) person = xq_person_new ();
  guint mask = draw_tags (demo, random);

  fill_person (demo, group, group_index, seat + 1, random, person);
  person->remark = remark_of (demo, mask);
  if (!xq_person_writer_insert (writer, person, since, error))
    return FALSE;
  drawn->id = person->id;
  return add_tags (demo, person, drawn, since, mask, error) && add_contact (demo, person, (mask & 1u) != 0, random, error);
}

/* -- the beginning of a school year */

static gboolean
move_person (XqDemo *demo, XqPersonWriter *writer, gint64 id, gint64 unit_id, const char *since, GError **error)
{
  g_autoptr (XqPerson) before = xq_person_load (demo->database, id, error);
  g_autoptr (XqPerson) after = before != NULL ? xq_person_copy (before) : NULL;

  if (after == NULL)
    return FALSE;
  after->unit_id = unit_id;
  return xq_person_writer_update (writer, before, after, since, error);
}

static gboolean
find_unit (XqDemo *demo, XqUnitTree *tree, const XqDemoGroup *group, int year, gint64 *ret_unit, GError **error)
{
  g_auto (XqClassName) name = { 0 };
  g_autofree char *grade = NULL;
  g_autofree char *class_name = NULL;

  if (group->path != NULL)
    return xq_unit_tree_ensure_path (tree, demo->database, demo->organisation->id, (const char *const *) group->path, ret_unit,
                                     error);
  grade = xq_grade_display (group->base + year - group->entry);
  class_name = g_strdup_printf ("%d班", group->number);
  xq_class_name_parse (grade, class_name, group->base == 7 ? XQ_STAGE_MIDDLE : XQ_STAGE_HIGH, NULL, &name);
  return xq_unit_tree_ensure_class (tree, demo->database, demo->organisation->id, &name, ret_unit, error);
}

/* One class: it enters, moves up, or is not there yet. */
static gboolean
settle_group (XqDemo *demo, XqPersonWriter *writer, XqUnitTree *tree, guint index, int year, const char *since,
              XqDemoRandom *random, GError **error)
{
  XqDemoGroup *group = &g_array_index (demo->groups, XqDemoGroup, index);
  gboolean is_new = group->unit_id == 0;
  gint64 unit_id;

  if (group->entry > year)
    return TRUE;
  if (!find_unit (demo, tree, group, year, &unit_id, error))
    return FALSE;
  if (unit_id == group->unit_id)
    return TRUE;
  group->unit_id = unit_id;
  for (guint seat = 0; seat < group->n_persons; seat++)
    if (is_new ? !insert_person (demo, writer, index, seat, since, random, error)
               : !move_person (demo, writer,
                               g_array_index (demo->persons, XqDemoPerson, group->first_person + seat).id, unit_id, since, error))
      return FALSE;
  return TRUE;
}

static gboolean
audit_people (XqDemo *demo, gint64 people, GError **error)
{
  g_autoptr (JsonObject) detail = json_object_new ();

  json_object_set_int_member (detail, "people", people);
  return xq_audit_append (demo->database, "demo_people", "person", 0, detail, error);
}

/* Groups from @from on until enough people are in one transaction; *@from moves on. */
static gboolean
settle_some (XqDemo *demo, guint *from, int year, const char *since, XqDemoRandom *random, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (demo->database, error);
  g_autoptr (XqPersonWriter) writer = transaction != NULL ? xq_person_writer_new (demo->database, error) : NULL;
  g_autoptr (XqUnitTree) tree = writer != NULL ? xq_unit_tree_load (demo->database, error) : NULL;
  guint people = 0;

  if (tree == NULL)
    return FALSE;
  for (; *from < demo->groups->len && people < PEOPLE_AT_ONCE; (*from)++)
    {
      if (!settle_group (demo, writer, tree, *from, year, since, random, error))
        return FALSE;
      people += g_array_index (demo->groups, XqDemoGroup, *from).n_persons;
    }
  return xq_person_writer_finish (writer, error) && audit_people (demo, people, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
xq_demo_school_year (XqDemo *demo, const XqTerm *term, GError **error)
{
  int year = (int) g_ascii_strtoll (term->school_year, NULL, 10);
  g_autoptr (GRand) random = xq_demo_random_new (demo->options.seed, XQ_DEMO_PEOPLE + 16 * (guint32) year);
  guint from = 0;

  while (from < demo->groups->len)
    if (!settle_some (demo, &from, year, term->from_date, random, error)
        || !xq_demo_tell (demo, 0, _("Inventing people"), error))
      return FALSE;
  return TRUE;
}
