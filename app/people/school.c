/* Words about schools and units that need no parsing of class names. */
#include "config.h"

#include "people/class-name.h"

#include <string.h>

#include "base/han-number.h"
#include "base/text.h"

XqSchoolStage
xq_school_stage_guess (const char *organisation)
{
  static const struct
  {
    const char *word;
    XqSchoolStage stage;
  } words[] = {
    { "九年一贯", XQ_STAGE_UNKNOWN }, { "完全中学", XQ_STAGE_UNKNOWN }, { "小学", XQ_STAGE_PRIMARY },
    { "小學", XQ_STAGE_PRIMARY },     { "初级中学", XQ_STAGE_MIDDLE },  { "初級中學", XQ_STAGE_MIDDLE },
    { "初中", XQ_STAGE_MIDDLE },      { "國中", XQ_STAGE_MIDDLE },      { "高级中学", XQ_STAGE_HIGH },
    { "高級中學", XQ_STAGE_HIGH },    { "高中", XQ_STAGE_HIGH },        { "职业", XQ_STAGE_HIGH },
    { "職業", XQ_STAGE_HIGH },        { "中专", XQ_STAGE_HIGH },        { "职高", XQ_STAGE_HIGH },
    { "技工", XQ_STAGE_HIGH },
  };

  for (gsize i = 0; organisation != NULL && i < G_N_ELEMENTS (words); i++)
    if (strstr (organisation, words[i].word) != NULL)
      return words[i].stage;
  return XQ_STAGE_UNKNOWN;
}

XqSchoolStage
xq_school_stage_of_grade (int grade)
{
  if (grade < 1 || grade > 12)
    return XQ_STAGE_UNKNOWN;
  return grade <= 6 ? XQ_STAGE_PRIMARY : grade <= 9 ? XQ_STAGE_MIDDLE : XQ_STAGE_HIGH;
}

char *
xq_grade_display (int grade)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (grade >= 1 && grade <= 12, NULL);

  number = xq_han_number_format (grade <= 9 ? grade : grade - 9);
  return grade <= 9 ? g_strconcat (number, "年级", NULL) : g_strconcat ("高", number, NULL);
}

char *
xq_class_name_display (const char *grade_name, const char *class_name)
{
  int number;
  gsize read;

  if (grade_name == NULL || class_name == NULL)
    return g_strdup (grade_name != NULL ? grade_name : class_name != NULL ? class_name : "");
  read = xq_han_number_scan (class_name, &number);
  if (read > 0 && strcmp (class_name + read, "班") == 0)
    return g_strdup_printf ("%s(%d)班", grade_name, number);
  if (g_str_has_suffix (class_name, "班"))
    return g_strconcat (grade_name, class_name, NULL);
  return g_strconcat (grade_name, " / ", class_name, NULL);
}

char **
xq_unit_path_split (const char *text)
{
  static const char *const signs[] = { "\\", ">", "→", "|", "»" };
  g_autofree char *plain = xq_text_plain (text);
  g_autoptr (GString) path = g_string_new (plain);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    g_string_replace (path, signs[i], "/", 0);
  parts = g_strsplit (path->str, "/", -1);
  for (char **part = parts; *part != NULL; part++)
    if (*g_strstrip (*part) != '\0')
      g_strv_builder_add (names, *part);
  return g_strv_builder_end (names);
}

char *
xq_unit_key (const char *name)
{
  g_autofree char *plain = xq_text_plain (name);
  g_autofree char *folded = g_utf8_casefold (plain, -1);
  GString *key = g_string_new ("unit:");

  for (const char *p = folded; *p != '\0'; p++)
    if (*p != ' ')
      g_string_append_c (key, *p);
  return g_string_free_and_steal (key);
}
