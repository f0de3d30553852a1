/* A class name is a grade, said in one of a dozen ways, and what is left of the text: the class. */
#include "config.h"

#include "people/class-name.h"

#include <string.h>

#include "base/clock.h"
#include "base/han-number.h"
#include "base/text.h"

#define LAST_GRADE    12
#define MOST_CLASSES  60
#define TEXT_POSITION 1000
/* School years begin in August. */
#define FIRST_MONTH 8

typedef struct
{
  int number; /* 1–12, 0 when it is not known */
  int cohort; /* year of entry, when that is all that is known */
  char *text; /* words that were not understood */
} Grade;

typedef struct
{
  XqSchoolStage stage;
  int school_year; /* the year in which it began */
} Context;

static const int first_grades[] = { 0, 1, 7, 10 };
static const int last_grades[] = { LAST_GRADE, 6, 9, LAST_GRADE };

static void
grade_clear (Grade *grade)
{
  g_clear_pointer (&grade->text, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Grade, grade_clear)

static gboolean
grade_is_said (const Grade *grade)
{
  return grade->number > 0 || grade->cohort > 0 || grade->text != NULL;
}

static gboolean
eat (const char **text, const char *word)
{
  if (!g_str_has_prefix (*text, word))
    return FALSE;
  *text += strlen (word);
  return TRUE;
}

static gboolean
eat_one_of (const char **text, const char *const *words)
{
  for (; *words != NULL; words++)
    if (eat (text, *words))
      return TRUE;
  return FALSE;
}

static int
school_year_on (const char *on)
{
  g_autofree char *today = on == NULL ? xq_clock_today () : NULL;
  const char *date = on != NULL ? on : today;
  int year = (int) g_ascii_strtoll (date, NULL, 10);

  return (int) g_ascii_strtoll (date + 5, NULL, 10) >= FIRST_MONTH ? year : year - 1;
}

/* Plain text without blanks and with Latin letters in upper case. */
static char *
compact (const char *text)
{
  g_autofree char *plain = xq_text_plain (text);
  GString *word = g_string_new (NULL);

  for (const char *p = plain; *p != '\0'; p++)
    if (*p != ' ')
      g_string_append_c (word, g_ascii_toupper (*p));
  return g_string_free_and_steal (word);
}

/* ---- grades */

/* 一年级 is 初一 in a middle school; 七年级 is that everywhere. */
static int
grade_in_stage (int number, XqSchoolStage stage)
{
  if (stage >= XQ_STAGE_MIDDLE && number <= 3)
    return number + first_grades[stage] - 1;
  return number;
}

static gboolean
set_number (Grade *grade, int number)
{
  if (number < 1 || number > LAST_GRADE)
    return FALSE;
  grade->number = number;
  return TRUE;
}

/* The class that entered in that year: its grade when the kind of school is known and it is still there. */
static gboolean
set_cohort (Grade *grade, int year, XqSchoolStage stage, const Context *context)
{
  int number;

  if (year < 100)
    year += 2000;
  if (year < 1990 || year > context->school_year + 1)
    return FALSE;
  number = first_grades[stage] + context->school_year - year;
  if (stage != XQ_STAGE_UNKNOWN && number >= first_grades[stage] && number <= last_grades[stage])
    grade->number = number;
  else
    grade->cohort = year;
  return TRUE;
}

/* 初2027届 leaves in the summer of 2027. */
static gboolean
set_leaving_year (Grade *grade, int year, XqSchoolStage stage, const Context *context)
{
  int number = last_grades[stage] - (year - (context->school_year + 1));

  if (stage == XQ_STAGE_UNKNOWN || number < first_grades[stage] || number > last_grades[stage])
    return FALSE;
  grade->number = number;
  return TRUE;
}

static XqSchoolStage
eat_stage (const char **text)
{
  static const char *const primary[] = { "小学", "小學", "小", NULL };
  static const char *const middle[] = { "初中", "国中", "國中", "初", "国", "國", NULL };
  static const char *const high[] = { "高中", "普高", "职高", "職高", "高", NULL };

  if (eat_one_of (text, primary))
    return XQ_STAGE_PRIMARY;
  if (eat_one_of (text, middle))
    return XQ_STAGE_MIDDLE;
  if (eat_one_of (text, high))
    return XQ_STAGE_HIGH;
  return XQ_STAGE_UNKNOWN;
}

/* Like xq_han_number_scan(), but 七一 is 七 and 一: nobody writes 71 that way. */
static gsize
scan_number (const char *p, int *ret_number)
{
  gsize read = xq_han_number_scan (p, ret_number);
  int first, second;
  gsize one;

  if (read == 0 || g_ascii_isdigit (*p) || g_utf8_strlen (p, read) != 2)
    return read;
  one = g_utf8_next_char (p) - p;
  xq_han_number_scan (p + one, &second);
  first = *ret_number / 10;
  if (*ret_number <= 10 || second != *ret_number % 10 || second == 0 || g_str_has_prefix (p, "十")
      || g_str_has_prefix (p, "廿"))
    return read;
  *ret_number = first;
  return one;
}

/* After 初, 高, 小: 初一, 高二年级, 初2024级, 高24级. */
static gboolean
read_staged (const char **text, XqSchoolStage said, const Context *context, Grade *grade)
{
  static const char *const grades[] = { "年级", "年級", "级", "級", "年", NULL };
  const char *p = *text;
  int number;
  gsize read = scan_number (p, &number);

  p += read;
  if (read == 0)
    return FALSE;
  if (number >= 10)
    {
      static const char *const entries[] = { "级", "級", NULL };
      gboolean entry = eat_one_of (&p, entries);

      if (!(entry && set_cohort (grade, number, said, context))
          && !(!entry && eat (&p, "届") && set_leaving_year (grade, number, said, context)))
        return FALSE;
    }
  else
    {
      eat_one_of (&p, grades);
      if (number > last_grades[said] - first_grades[said] + 1
          || !set_number (grade, first_grades[said] + number - 1))
        return FALSE;
    }
  *text = p;
  return TRUE;
}

/* Whether a number with nothing said after it is a grade: 七(1), 七1班, 7-1. */
static gboolean
class_follows (const char *number, const char *p)
{
  gboolean was_digit = g_ascii_isdigit (*number);
  int ignored;

  if (*p == '(')
    return TRUE;
  if ((*p == '-' || *p == '.' || *p == '/') && xq_han_number_scan (p + 1, &ignored) > 0)
    return TRUE;
  return !was_digit && xq_han_number_scan (p, &ignored) > 0;
}

/* 七年级, 7年级, 三年, 2024级, 2027届, G7, and 七 before what must be a class. */
static gboolean
read_unstaged (const char **text, const Context *context, Grade *grade)
{
  static const char *const latin[] = { "GRADE", "G", NULL };
  static const char *const grades[] = { "年级", "年級", "年", NULL };
  static const char *const entries[] = { "级", "級", NULL };
  const char *start = *text;
  const char *p = start;
  gboolean is_latin = eat_one_of (&p, latin);
  int number;
  gsize read = scan_number (p, &number);
  gboolean understood;

  p += read;
  if (read == 0)
    return FALSE;
  if (is_latin)
    understood = set_number (grade, number);
  else if (number <= LAST_GRADE && eat_one_of (&p, grades))
    understood = set_number (grade, grade_in_stage (number, context->stage));
  else if (eat_one_of (&p, entries))
    understood = number > LAST_GRADE ? set_cohort (grade, number, context->stage, context)
                                     : set_number (grade, grade_in_stage (number, context->stage));
  else if (eat (&p, "届"))
    understood = set_leaving_year (grade, number, context->stage, context);
  else
    understood = number <= LAST_GRADE && class_follows (start, p)
                 && set_number (grade, grade_in_stage (number, context->stage));
  if (understood)
    *text = p;
  return understood;
}

/* The grade that @text begins with; moves @text behind it. */
static gboolean
read_grade (const char **text, const Context *context, Grade *grade)
{
  static const char *const sixth[] = { "预初", "預初", "初预", "初預", NULL };
  const char *p = *text;
  XqSchoolStage said;

  if (eat_one_of (text, sixth))
    return set_number (grade, 6);
  said = eat_stage (&p);
  if (said != XQ_STAGE_UNKNOWN)
    {
      /* 小学三年级, 初中七年级: the number may count from the stage or from the first grade. */
      Context staged = { said, context->school_year };

      if (!read_staged (&p, said, context, grade)
          && (!read_unstaged (&p, &staged, grade) || grade->number < first_grades[said]
              || grade->number > last_grades[said]))
        {
          *grade = (Grade) { 0 };
          return FALSE;
        }
      *text = p;
      return TRUE;
    }
  return read_unstaged (text, context, grade);
}

/* 701, 0701, 1001, 2403, 202403 as the class of a grade; @given is the grade of its own column. */
static gboolean
read_compact (const char *text, const Context *context, const Grade *given, Grade *grade, int *ret_class)
{
  gsize digits = strspn (text, "0123456789");
  int value = (int) g_ascii_strtoll (text, NULL, 10);
  int front = value / 100, number = value % 100;
  Grade found = { 0 };

  if ((text[digits] != '\0' && strcmp (text + digits, "班") != 0) || number < 1 || number > MOST_CLASSES)
    return FALSE;
  if (digits == 6 || (digits == 4 && front > LAST_GRADE))
    {
      if (!set_cohort (&found, front, context->stage, context))
        return FALSE;
    }
  else if ((digits != 3 && digits != 4) || !set_number (&found, grade_in_stage (front, context->stage)))
    return FALSE;
  if (grade_is_said (given) && (found.number != given->number || found.cohort != given->cohort))
    return FALSE;
  *grade = found;
  *ret_class = number;
  return TRUE;
}

static void
grade_names (const Grade *grade, XqClassName *name)
{
  name->grade = grade->number;
  if (grade->number > 0)
    {
      name->grade_key = g_strdup_printf ("grade:%d", grade->number);
      name->grade_name = xq_grade_display (grade->number);
    }
  else if (grade->cohort > 0)
    {
      name->grade_key = g_strdup_printf ("cohort:%d", grade->cohort);
      name->grade_name = g_strdup_printf ("%d级", grade->cohort);
    }
  else if (grade->text != NULL)
    {
      name->grade_key = g_strconcat ("grade:", grade->text, NULL);
      name->grade_name = g_strdup (grade->text);
    }
}

/* ---- classes */

/* 1 of (1)班, 一班, 01班, 第1班, 1. */
static gboolean
read_class_number (const char *p, int *ret_number)
{
  gboolean bracket;
  gsize read;

  p += strspn (p, "-._/,");
  eat (&p, "·");
  eat (&p, "第");
  bracket = eat (&p, "(");
  read = xq_han_number_scan (p, ret_number);
  p += read;
  if (read == 0 || (bracket && !eat (&p, ")")))
    return FALSE;
  eat (&p, "班");
  return *p == '\0' && *ret_number > 0;
}

/* 实验班 of (实验)班; A班 of A. */
static char *
class_words (const char *p)
{
  GString *words = g_string_new (NULL);

  p += strspn (p, "-._/,");
  eat (&p, "·");
  for (; *p != '\0'; p++)
    if (*p != '(' && *p != ')')
      g_string_append_c (words, *p);
  if (words->len == 1 && g_ascii_isalpha (*words->str))
    g_string_append (words, "班");
  return g_string_free_and_steal (words);
}

static void
class_names (const char *text, const Grade *grade, XqClassName *name)
{
  g_autofree char *of = NULL;
  int number;

  if (*text == '\0')
    return;
  of = grade->number > 0   ? g_strdup_printf ("%d", grade->number)
       : grade->cohort > 0 ? g_strdup_printf ("%d", grade->cohort)
                           : g_strdup (grade->text != NULL ? grade->text : "");
  if (read_class_number (text, &number))
    {
      name->class_key = g_strdup_printf ("class:%s:%d", of, number);
      name->class_name = g_strdup_printf ("%d班", number);
      name->position = number;
      return;
    }
  name->class_name = class_words (text);
  name->class_key = g_strdup_printf ("class:%s:%s", of, name->class_name);
  name->position = TEXT_POSITION;
  if (*name->class_name == '\0')
    {
      g_clear_pointer (&name->class_name, g_free);
      g_clear_pointer (&name->class_key, g_free);
    }
}

/* The grade column, and what it says beyond the grade ("七年级1班" in one column). */
static const char *
read_grade_column (const char *text, const Context *context, Grade *grade)
{
  const char *rest = text;
  int number;

  if (read_grade (&rest, context, grade))
    return rest;
  /* "7": in the grade's own column a bare number is a grade, or a year of entry. */
  if (xq_han_number_parse (text, &number)
      && (set_number (grade, grade_in_stage (number, context->stage))
          || (number >= 1000 && set_cohort (grade, number, context->stage, context))))
    return text + strlen (text);
  if (*text != '\0')
    grade->text = g_strdup (text);
  return text + strlen (text);
}

/* The grade that the class column says; FALSE when it only names the class. */
static gboolean
read_class_column (const char **text, const Context *context, const Grade *given, Grade *said)
{
  const char *p = *text;

  if (!read_grade (&p, context, said))
    return FALSE;
  /* A word that is nothing but another grade than the grade's own column says must be a class's name. */
  if (*p == '\0' && grade_is_said (given) && said->number != given->number)
    return FALSE;
  *text = p;
  return TRUE;
}

void
xq_class_name_parse (const char *grade, const char *class_name, XqSchoolStage stage, const char *on,
                     XqClassName *ret_name)
{
  g_autofree char *grade_text = compact (grade);
  g_autofree char *class_text = compact (class_name);
  Context context = { stage, school_year_on (on) };
  g_auto (Grade) given = { 0 };
  Grade said = { 0 };
  const char *rest = read_grade_column (grade_text, &context, &given);
  const char *of_class = *class_text != '\0' ? class_text : rest;
  int number;

  memset (ret_name, 0, sizeof *ret_name);
  if (given.number > 0)
    context.stage = xq_school_stage_of_grade (given.number);
  if (read_compact (class_text, &context, &given, &said, &number))
    {
      g_autofree char *plain = g_strdup_printf ("%d", number);

      grade_names (&said, ret_name);
      class_names (plain, &said, ret_name);
      return;
    }
  if (*class_text == '\0' || !read_class_column (&of_class, &context, &given, &said))
    said = given;
  grade_names (&said, ret_name);
  class_names (of_class, &said, ret_name);
}

void
xq_class_name_clear (XqClassName *name)
{
  g_clear_pointer (&name->grade_key, g_free);
  g_clear_pointer (&name->grade_name, g_free);
  g_clear_pointer (&name->class_key, g_free);
  g_clear_pointer (&name->class_name, g_free);
}

gboolean
xq_class_name_is_known (const char *text)
{
  g_autofree char *word = compact (text);
  Context context = { XQ_STAGE_UNKNOWN, school_year_on (NULL) };
  g_auto (Grade) grade = { 0 };
  Grade none = { 0 };
  const char *p = word;
  int number;

  if (*word == '\0')
    return FALSE;
  if (read_compact (word, &context, &none, &grade, &number))
    return TRUE;
  if (read_grade (&p, &context, &grade))
    return *p == '\0' || read_class_number (p, &number);
  return g_str_has_suffix (word, "班") && read_class_number (word, &number);
}
