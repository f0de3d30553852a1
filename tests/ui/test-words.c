/* Words of the window that depend on nothing else: masks and clocks. */
#include "config.h"

#include "base/i18n.h"
#include "ui/session-private.h"
#include "ui/widgets/clock-label.h"

static void
test_masked_name (void)
{
  static const char *const names[][2] = {
    { "张三", "张＊" },       { "李", "李＊" },   { "欧阳娜娜", "欧阳＊" }, { "尉迟心", "尉迟＊" },
    { "欧阳", "欧＊" }, { "阿依古丽·买买提", "阿＊" }, { "John", "J＊" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *masked = xq_mask_name (names[i][0]);

      g_assert_cmpstr (masked, ==, names[i][1]);
    }
}

static void
test_masked_text (void)
{
  static const char *const texts[][2] = {
    { "13800138021", "＊＊＊＊21" }, { "20260101", "＊＊＊＊01" }, { "ab", "＊" }, { "a", "＊" }, { "江城市滨江路三号", "＊＊＊＊三号" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *masked = xq_mask_text (texts[i][0]);

      g_assert_cmpstr (masked, ==, texts[i][1]);
    }
}

static void
test_clock (void)
{
  const gint64 hour = 60 * 60, day = 24 * hour, now = 1795395600;
  const struct
  {
    gint64 left;
    const char *words;
  } cases[] = {
    { 5 * hour, "5 hours left" },   { hour + 59 * 60, "1 hour left" }, { 59 * 60, "59 minutes left" },
    { 0, "Due now" },               { -30, "Due now" },                { -hour, "1 hour late" },
    { 2 * day, "2 days left" },     { 47 * hour, "47 hours left" },    { -2 * day - hour, "2 days late" },
    { -23 * hour, "23 hours late" }, { 60, "1 minute left" },           { -90, "1 minute late" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = xq_clock_words (now + cases[i].left, now);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int argc, char **argv)
{
  xq_i18n_init ("en");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/words/masked-name", test_masked_name);
  g_test_add_func ("/ui/words/masked-text", test_masked_text);
  g_test_add_func ("/ui/words/clock", test_clock);
  return g_test_run ();
}
