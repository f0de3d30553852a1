/* What the remarks of a roster say about a person, and what they deny. */
#include "config.h"

#include "people/tag.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/text.h"
#include "people/tag-words.h"

const XqTagWords xq_tag_words[XQ_N_TAGS] = {
  { "left_behind", N_ ("Left-behind child"), "留守|双亲外出|父母外出|父母在外" },
  { "migrant", N_ ("Migrant child"), "随迁|隨遷|流动儿童|流动人口|进城务工|外来务工|农民工子女" },
  { "disabled", N_ ("With a disability"), "残疾|殘疾|残障|殘障|听障|视障|肢残|智残|身心障礙" },
  { "orphan", N_ ("Orphan or child in hardship"), "孤儿|孤兒|无人抚养|困境|特困|低保|父母双亡" },
  { "single_parent", N_ ("Single-parent family"), "单亲|單親|离异|離異|离婚|離婚" },
  { "boarding", N_ ("Boarder"), "住校|寄宿|住宿" },
  { "bullied", N_ ("Bullied"), "被欺凌|受欺凌|遭欺凌|被霸凌|遭霸凌|受霸凌|被欺负|校园欺凌|校園霸凌" },
  { "family_violence", N_ ("Family violence"), "家暴|家庭暴力" },
  { "sexual_assault", N_ ("Sexual assault"), "性侵" },
  { "bereaved", N_ ("Bereaved"), "丧亲|喪親|丧父|丧母|父亡|母亡|父母双亡|去世|过世|離世|离世|病故|亡故" },
  { "chronic_illness", N_ ("Chronic illness"), "慢性病|长期患病|重大疾病|重病|癫痫|哮喘|糖尿病|心脏病|肾病|白血病" },
  { "under_hospital_care", N_ ("Under hospital care"), "住院|服药|就医|就诊|门诊治疗|专科治疗|复诊" },
  { "key_post", N_ ("Key post"), "重点岗位|关键岗位|特殊岗位|重點崗位" },
  { "special_period", N_ ("Special period"), "特殊时期|孕期|哺乳期|产后|待岗" },
  { "critical_incident", N_ ("Exposed to a critical incident"), "突发事件|重大事故|工伤事故|危机事件" },
};

/* What a clause ends with before the word when it says the opposite. */
static const char *const denials[] = { "非",   "无",   "無",     "没有", "沒有",   "没",   "未",     "不",
                                       "不是", "不属于", "不再", "并非", "未曾",   "否认", "非在籍", "没有被",
                                       "未被", "未遭",   "无被", "不在", NULL };
/* After these the answer follows the word: 是否住校:是. */
static const char *const questions[] = { "是否", "有无", "有無", "是否为", "是否被", "是否在", NULL };
static const char *const fillers[] = { "儿童", "兒童", "家庭", "学生", "學生", "子女", "情况", "情況",
                                       "生",   ": ",   "= ",   ":",    "(",    "=",    "-",    NULL };
static const char *const yeses[] = { "是", "有", "√", "Y", "y", NULL };
static const char *const noes[] = { "否", "无", "無", "不是", "没有", "沒有", "×", "x", "X", "N", "n", NULL };

static gboolean
ends_with_one_of (const char *start, const char *end, const char *const *words)
{
  for (; *words != NULL; words++)
    {
      gsize length = strlen (*words);

      if ((gsize) (end - start) >= length && memcmp (end - length, *words, length) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
begins_with_one_of (const char *p, const char *const *words, gsize *ret_length)
{
  for (; *words != NULL; words++)
    if (g_str_has_prefix (p, *words))
      {
        *ret_length = strlen (*words);
        return TRUE;
      }
  return FALSE;
}

/* Whether one of @answers follows: 住校情况: 否 */
static gboolean
is_answered (const char *p, const char *const *answers)
{
  gsize length;

  while (begins_with_one_of (p, fillers, &length))
    p += length;
  return begins_with_one_of (p, answers, &length);
}

/* Whether the clause says that @word, found at @at, holds. */
static gboolean
is_affirmed (const char *clause, const char *at, const char *word)
{
  const char *after = at + strlen (word);

  if (is_answered (after, noes))
    return FALSE;
  if (ends_with_one_of (clause, at, questions))
    return is_answered (after, yeses);
  return !ends_with_one_of (clause, at, denials);
}

static gboolean
clause_holds (const char *clause, const char *words)
{
  g_auto (GStrv) list = g_strsplit (words, "|", -1);

  for (char **word = list; *word != NULL; word++)
    for (const char *at = strstr (clause, *word); at != NULL; at = strstr (at + 1, *word))
      if (is_affirmed (clause, at, *word))
        return TRUE;
  return FALSE;
}

char **
xq_tag_recognise (const char *remark)
{
  g_autofree char *plain = xq_text_plain (remark);
  g_autoptr (GString) text = g_string_new (plain);
  g_auto (GStrv) clauses = NULL;
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();

  g_string_replace (text, "、", ";", 0);
  g_string_replace (text, "。", ";", 0);
  g_strdelimit (text->str, ",;/|+", ';');
  clauses = g_strsplit (text->str, ";", -1);
  for (int i = 0; i < XQ_N_TAGS; i++)
    for (char **clause = clauses; *clause != NULL; clause++)
      if (clause_holds (*clause, xq_tag_words[i].words))
        {
          g_strv_builder_add (tags, xq_tag_words[i].id);
          break;
        }
  return g_strv_builder_end (tags);
}
