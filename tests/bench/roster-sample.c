#include "config.h"

#include "roster-sample.h"

#include <xlsxwriter.h>

#include "base/date.h"
#include "people/national-id.h"

static char *
pick_name (GRand *random, guint given)
{
  static const char *const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗曾单覃解";
  static const char *const characters = "伟芳娜敏静强磊洋艳勇军杰娟涛明超秀霞平刚欣诺翰宇梓萱雨晨思";
  GString *name = g_string_new (NULL);

  g_string_append_unichar (name, g_utf8_get_char (surnames + 3 * g_rand_int_range (random, 0, 24)));
  for (guint i = 0; i < given; i++)
    g_string_append_unichar (name, g_utf8_get_char (characters + 3 * g_rand_int_range (random, 0, 30)));
  return g_string_free_and_steal (name);
}

static void
write_row (lxw_worksheet *sheet, GRand *random, guint i)
{
  static const char *const grades[] = { "七年级", "八年级", "九年级" };
  static const char *const relations[] = { "父亲", "母亲", "祖父", "祖母" };
  static const char *const remarks[] = { "", "", "", "", "", "留守儿童", "单亲", "随迁子女" };
  int male = (int) (i % 2), year = g_rand_int_range (random, 2011, 2015);
  g_autofree char *date = xq_date_new (year, g_rand_int_range (random, 1, 13), g_rand_int_range (random, 1, 29));
  g_autofree char *first_17 = g_strdup_printf ("%06u%.4s%.2s%.2s%03u", 440103 + i / 1000, date, date + 5, date + 8,
                                               i % 1000 / 2 * 2 + (male ? 1 : 0));
  g_autofree char *number = g_strdup_printf ("%s%c", first_17, xq_national_id_check_digit (first_17));
  g_autofree char *code = g_strdup_printf ("G%08u", 20260000 + i);
  g_autofree char *class_name = g_strdup_printf ("%u班", i / 3 % 24 + 1);
  g_autofree char *phone = g_strdup_printf ("138%08d", g_rand_int_range (random, 0, 99999999));
  g_autofree char *name = pick_name (random, 2), *teacher = pick_name (random, 2), *guardian = pick_name (random, 1);
  const char *cells[BENCH_ROSTER_COLUMNS] = { NULL,     code,    name,     male ? "男" : "女", "汉族", date, number, grades[i % 3], class_name,
                                 teacher,  guardian, relations[i % 4], phone, i % 2 ? "是" : "否", remarks[i % 8] };

  worksheet_write_number (sheet, i + 1, 0, i + 1, NULL);
  for (guint column = 1; column < BENCH_ROSTER_COLUMNS; column++)
    if (*cells[column] != '\0')
      worksheet_write_string (sheet, i + 1, (lxw_col_t) column, cells[column], NULL);
}

void
bench_write_roster (const char *path, guint people)
{
  static const char *const titles[BENCH_ROSTER_COLUMNS] = { "序号", "学籍号", "姓名",   "性别", "民族",     "出生日期", "身份证号", "年级",
                                               "班级", "班主任", "监护人", "关系", "联系电话", "是否住校", "备注" };
  lxw_workbook *book = workbook_new (path);
  lxw_worksheet *sheet = workbook_add_worksheet (book, "名单");
  GRand *random = g_rand_new_with_seed (1);

  for (guint i = 0; i < BENCH_ROSTER_COLUMNS; i++)
    worksheet_write_string (sheet, 0, (lxw_col_t) i, titles[i], NULL);
  for (guint i = 0; i < people; i++)
    write_row (sheet, random, i);
  g_rand_free (random);
  if (workbook_close (book) != LXW_NO_ERROR)
    g_error ("the workbook cannot be written");
}
