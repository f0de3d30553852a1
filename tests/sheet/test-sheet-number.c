#include "config.h"

#include "sheet/sheet-private.h"

static void
test_builtin_formats (void)
{
  static const guint dates[] = { 14, 15, 16, 17, 22, 27, 31, 36, 50, 54, 57, 58 };
  static const guint times[] = { 18, 19, 20, 21, 32, 45, 47, 55 };
  static const guint plain[] = { 0, 1, 2, 9, 11, 13, 37, 44, 48, 49, 59, 164 };

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    g_assert_cmpint (xq_number_kind_builtin (dates[i]), ==, XQ_NUMBER_DATE);
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    g_assert_cmpint (xq_number_kind_builtin (times[i]), ==, XQ_NUMBER_TIME);
  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    g_assert_cmpint (xq_number_kind_builtin (plain[i]), ==, XQ_NUMBER_PLAIN);
  g_assert_cmpint (xq_number_kind_builtin (46), ==, XQ_NUMBER_DURATION);
}

static void
test_custom_formats (void)
{
  static const struct
  {
    const char *code;
    XqNumberKind kind;
  } codes[] = {
    { "General", XQ_NUMBER_PLAIN },
    { "yyyy-mm-dd", XQ_NUMBER_DATE },
    { "yyyy\"年\"m\"月\"d\"日\";@", XQ_NUMBER_DATE },
    { "[$-804]yyyy/m/d\\ h:mm;@", XQ_NUMBER_DATE },
    { "[DBNum1][$-804]yyyy\"年\"m\"月\";@", XQ_NUMBER_DATE },
    { "mmm-yy", XQ_NUMBER_DATE },
    { "m\"月\"", XQ_NUMBER_DATE },
    { "h:mm AM/PM", XQ_NUMBER_TIME },
    { "上午/下午h\"时\"mm\"分\"", XQ_NUMBER_TIME },
    { "mm:ss.0", XQ_NUMBER_TIME },
    { "[h]:mm:ss", XQ_NUMBER_DURATION },
    { "0.00E+00", XQ_NUMBER_PLAIN },
    { "##0.0E+0", XQ_NUMBER_PLAIN },
    { "[Red]0.00;[Red]-0.00", XQ_NUMBER_PLAIN },
    { "\"day\"0", XQ_NUMBER_PLAIN },
    { "0\\d", XQ_NUMBER_PLAIN },
    { "0_d", XQ_NUMBER_PLAIN },
    { "0\"未完", XQ_NUMBER_PLAIN },
    { "[$", XQ_NUMBER_PLAIN },
    { "000000", XQ_NUMBER_PADDED + 6 },
    { "0", XQ_NUMBER_PLAIN },
    { "0.00", XQ_NUMBER_PLAIN },
    { "@", XQ_NUMBER_PLAIN },
    { "", XQ_NUMBER_PLAIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_test_message ("%s", codes[i].code);
      g_assert_cmpint (xq_number_kind_custom (codes[i].code), ==, codes[i].kind);
    }
}

static void
test_dates (void)
{
  static const struct
  {
    double serial;
    XqNumberKind kind;
    gboolean from_1904;
    const char *iso;
  } dates[] = {
    { 1, XQ_NUMBER_DATE, FALSE, "1900-01-01" },
    { 59, XQ_NUMBER_DATE, FALSE, "1900-02-28" },
    { 61, XQ_NUMBER_DATE, FALSE, "1900-03-01" },
    { 25569, XQ_NUMBER_DATE, FALSE, "1970-01-01" },
    { 41646, XQ_NUMBER_DATE, FALSE, "2014-01-07" },
    { 45351, XQ_NUMBER_DATE, FALSE, "2024-02-29" },
    { 2958465, XQ_NUMBER_DATE, FALSE, "9999-12-31" },
    { 2958466, XQ_NUMBER_DATE, FALSE, NULL },
    { 0, XQ_NUMBER_DATE, FALSE, NULL },
    { -1, XQ_NUMBER_DATE, FALSE, NULL },
    { 0, XQ_NUMBER_DATE, TRUE, "1904-01-01" },
    { 40184, XQ_NUMBER_DATE, TRUE, "2014-01-07" },
    { 0.5, XQ_NUMBER_TIME, FALSE, "12:00:00" },
    { 0, XQ_NUMBER_TIME, FALSE, "00:00:00" },
    { 0.336805555555556, XQ_NUMBER_DATE, FALSE, "08:05:00" },
    { 46270.3368055556, XQ_NUMBER_DATE, FALSE, "2026-09-05T08:05:00" },
    { 45000.9999999999, XQ_NUMBER_DATE, FALSE, "2023-03-16" },
    { 1.0625, XQ_NUMBER_DURATION, FALSE, "25:30:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      char buffer[32];
      gboolean known = xq_number_format_date (dates[i].serial, dates[i].kind, dates[i].from_1904, buffer);

      g_assert_cmpint (known, ==, dates[i].iso != NULL);
      if (known)
        g_assert_cmpstr (buffer, ==, dates[i].iso);
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    double value;
    const char *text;
  } numbers[] = {
    { 0, "0" },
    { 15680373992, "15680373992" },
    { 0.1, "0.1" },
    { 0.30000000000000004, "0.3" },
    { 1.5e15, "1500000000000000" },
    { 2.1010220140323134e17, "210102201403231000" },
    { 1e-7, "0.0000001" },
    { -2.5, "-2.5" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      char buffer[48];

      xq_number_format (numbers[i].value, buffer);
      g_assert_cmpstr (buffer, ==, numbers[i].text);
    }
}

static void
test_trim (void)
{
  static const struct
  {
    const char *text;
    const char *trimmed;
  } texts[] = {
    { "张三", "张三" },
    { " 张三\t\r\n", "张三" },
    { "\u3000张 三\u3000", "张 三" },
    { "\u00a0x\u200b", "x" },
    { "\ufeff学号", "学号" },
    { "\u3000 \u00a0", "" },
    { "", "" },
    { "》", "》" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = texts[i].text;
      gsize length = strlen (text);
      g_autofree char *trimmed = (xq_sheet_trim (&text, &length), g_strndup (text, length));

      g_assert_cmpstr (trimmed, ==, texts[i].trimmed);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/number/builtin-formats", test_builtin_formats);
  g_test_add_func ("/sheet/number/custom-formats", test_custom_formats);
  g_test_add_func ("/sheet/number/dates", test_dates);
  g_test_add_func ("/sheet/number/numbers", test_numbers);
  g_test_add_func ("/sheet/number/trim", test_trim);
  return g_test_run ();
}
