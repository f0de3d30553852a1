/* Grades and classes, however a roster writes them, made the same: 1班, 七年级(1)班, 七（1）班, 701, 初一1班,
 * 7年级一班, 高二3班, 2024级3班, 初2024级(3)班 … */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * XqSchoolStage:
 * @XQ_STAGE_UNKNOWN: nothing is known, or a school of several stages
 * @XQ_STAGE_PRIMARY: grades 1–6
 * @XQ_STAGE_MIDDLE: grades 7–9
 * @XQ_STAGE_HIGH: grades 10–12
 */
typedef enum
{
  XQ_STAGE_UNKNOWN,
  XQ_STAGE_PRIMARY,
  XQ_STAGE_MIDDLE,
  XQ_STAGE_HIGH,
} XqSchoolStage;

/**
 * XqClassName:
 * @grade_key: (nullable): "grade:7", "cohort:2024" (a year of entry whose stage is not known), or
 *   "grade:实验部"; %NULL when no grade was said
 * @grade_name: (nullable): 七年级, 高一, 2024级
 * @grade: 1–12, or 0
 * @class_key: (nullable): "class:7:1", "class:2024:3", "class:7:实验班", "class::1" with no grade; %NULL when no
 *   class was said
 * @class_name: (nullable): 1班, 实验班
 * @position: orders classes in their grade
 */
typedef struct
{
  char *grade_key;
  char *grade_name;
  int grade;
  char *class_key;
  char *class_name;
  int position;
} XqClassName;

void xq_class_name_clear (XqClassName *name);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqClassName, xq_class_name_clear)

/**
 * xq_class_name_parse:
 * @grade: (nullable): the grade column, or what else says the grade (the sheet's name)
 * @class_name: (nullable): the class column
 * @stage: what kind of school it is: it decides what 三(2)班 and 2024级 mean
 * @on: (nullable): the day of the roster, for years of entry; %NULL for today. School years begin in August
 * @ret_name: (out caller-allocates): the normalised name
 *
 * A grade said in @class_name wins over @grade. Words that are not understood are kept, in plain form, as
 * name and key.
 */
void xq_class_name_parse (const char *grade, const char *class_name, XqSchoolStage stage, const char *on,
                          XqClassName *ret_name);

/* Whether @text says a grade or a class and nothing else: "七年级", "高一(3)班". */
gboolean xq_class_name_is_known (const char *text);

/* From a school's name: 小学, 初中 and 初级中学, 高中, 高级中学, 职业 and 中专. */
XqSchoolStage xq_school_stage_guess (const char *organisation);

/* The stage that a grade of 1–12 belongs to. */
XqSchoolStage xq_school_stage_of_grade (int grade);

/* "七年级(1)班" of 七年级 and 1班; one of them alone when the other is NULL; "A组 / B组" for what is not a
 * class. (transfer full) */
char *xq_class_name_display (const char *grade_name, const char *class_name);

/* 七年级, 高一 for 1–12. (transfer full) */
char *xq_grade_display (int grade);

/**
 * xq_unit_path_split:
 * @text: "生产一部/质检", "计算机学院 > 2024级 > 软件工程1班"
 *
 * Returns: (transfer full): the plain names, outermost first
 */
char **xq_unit_path_split (const char *text);

/* "unit:…": the key of a department or another unit that has no number. (transfer full) */
char *xq_unit_key (const char *name);

G_END_DECLS
