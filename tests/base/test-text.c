#include "config.h"

#include "base/han-number.h"
#include "base/text.h"

static void
test_plain (void)
{
  static const struct
  {
    const char *text;
    const char *plain;
  } pairs[] = {
    { "张三", "张三" },           { "  张 三\u3000", "张 三" },      { "（１）班", "(1)班" },
    { "七年级\n1班", "七年级 1班" }, { "a\t\t b", "a b" },           { "\ufeff学号\u200b", "学号" },
    { "①班", "1班" },             { "", "" },                        { "ＡＢＣ１２３", "ABC123" },
    { "\u00a0x\u00a0", "x" },     { "一丁万", "一丁万" },            { "\x01x", "x" },
    { "\xff\xfe", "" },  { "\xed\xb9\xb4", "" },           { "x  y", "x y" },                 { "x ", "x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *plain = xq_text_plain (pairs[i].text);

      g_assert_cmpstr (plain, ==, pairs[i].plain);
    }
  g_assert_true (xq_text_is_han (g_utf8_get_char ("〇")));
  g_assert_true (xq_text_is_han (g_utf8_get_char ("𠮷")));
  g_assert_false (xq_text_is_han ('a'));
  g_assert_false (xq_text_is_han (g_utf8_get_char ("·")));
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    int value;
    gsize read;
  } numbers[] = {
    { "7", 7, 1 },          { "12班", 12, 2 },     { "七", 7, 3 },          { "十", 10, 3 },
    { "十二", 12, 6 },      { "二十", 20, 6 },     { "二十三年", 23, 9 },   { "廿三", 23, 6 },
    { "卅", 30, 3 },        { "一百零三", 103, 12 }, { "一百二十", 120, 12 }, { "二〇一二年", 2012, 12 },
    { "二零一二", 2012, 12 }, { "二O一二", 2012, 10 }, { "两周", 2, 3 },     { "贰拾", 20, 6 },
    { "三千", 3000, 6 },    { "零五", 5, 6 },      { "十万", 10, 3 },       { "7一", 7, 1 },
    { "一7", 1, 3 },        { "007", 7, 3 },       { "一万零三", 10003, 12 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      int value = -1;

      g_test_message ("%s", numbers[i].text);
      g_assert_cmpuint (xq_han_number_scan (numbers[i].text, &value), ==, numbers[i].read);
      g_assert_cmpint (value, ==, numbers[i].value);
    }
}

static void
test_not_numbers (void)
{
  static const char *const texts[] = { "", "班", "O", "123456789", "二〇一二二〇一二二" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      int value = -1;

      g_assert_cmpuint (xq_han_number_scan (texts[i], &value), ==, 0);
      g_assert_false (xq_han_number_parse (texts[i], &value));
      g_assert_cmpint (value, ==, -1);
    }
}

static void
test_format (void)
{
  for (int value = 0; value < 100; value++)
    {
      g_autofree char *text = xq_han_number_format (value);
      int read = -1;

      g_assert_true (xq_han_number_parse (text, &read));
      g_assert_cmpint (read, ==, value);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/text/plain", test_plain);
  g_test_add_func ("/base/han-number/scan", test_numbers);
  g_test_add_func ("/base/han-number/refused", test_not_numbers);
  g_test_add_func ("/base/han-number/format", test_format);
  return g_test_run ();
}
