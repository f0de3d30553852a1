/* The diagnosis guard: counsellors screen and refer, they do not diagnose. */
#include "config.h"

#include <string.h>

#include "referral/letter.h"

/* Names of disorders as they turn up in notes. A symptom ("情绪低落") is not among them. */
static const char *const disorders[] = {
  "抑郁症", "抑郁障碍", "焦虑症", "焦虑障碍", "双相", "躁郁症", "精神分裂", "精神病", "强迫症", "恐惧症", "恐怖症",
  "惊恐障碍", "社交恐惧", "自闭症", "孤独症", "多动症", "厌食症", "贪食症", "进食障碍", "人格障碍", "创伤后应激障碍",
  "应激障碍", "适应障碍", "躯体形式障碍", "分离障碍", "妄想症", "抽动症", "品行障碍", "抑鬱症", "焦慮症", "雙相", "躁鬱症",
  "思覺失調", "強迫症", "過動症", "創傷後壓力症", "PTSD", "ADHD", "depressive disorder", "anxiety disorder",
  "bipolar", "schizophrenia", "psychosis", "OCD", "anorexia", "bulimia", "autism", "personality disorder",
};

/* Who may say so. */
static const char *const sources[] = {
  "医院", "精神卫生中心", "门诊", "病历", "诊断证明", "醫院", "門診", "病歷", "診斷證明", "hospital", "clinic",
};

static gboolean
mentions (const char *sentence, const char *const *words, gsize n_words)
{
  for (gsize i = 0; i < n_words; i++)
    if (strstr (sentence, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* A hospital and a day: then the diagnosis is the hospital's. */
static gboolean
has_source (const char *sentence)
{
  return mentions (sentence, sources, G_N_ELEMENTS (sources)) && strpbrk (sentence, "0123456789") != NULL;
}

static gboolean
is_sentence_end (gunichar sign)
{
  return sign == 0x3002 || sign == 0xff1b || sign == ';' || sign == '\n' || sign == 0xff01 || sign == '!';
}

static void
collect (const char *sentence, GPtrArray *found)
{
  if (has_source (sentence))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (disorders); i++)
    if (strcasestr (sentence, disorders[i]) != NULL
        && !g_ptr_array_find_with_equal_func (found, disorders[i], g_str_equal, NULL))
      g_ptr_array_add (found, g_strdup (disorders[i]));
}

char **
xq_letter_diagnosis_words (const char *text)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  const char *start = text;

  for (const char *at = text; at != NULL; at = *at != '\0' ? g_utf8_next_char (at) : NULL)
    {
      gunichar sign = g_utf8_get_char (at);

      if (sign != '\0' && !is_sentence_end (sign))
        continue;
      {
        g_autofree char *sentence = g_strndup (start, at - start);

        collect (sentence, found);
      }
      start = at;
    }
  return (char **) g_ptr_array_steal (found, NULL);
}
