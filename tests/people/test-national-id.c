#include "config.h"

#include "people/national-id.h"

#include <string.h>

static void
test_good (void)
{
  static const struct
  {
    const char *text;
    const char *number;
    const char *birth_date;
    XqSex sex;
  } numbers[] = {
    /* The example of the standard itself. */
    { "11010519491231002X", "11010519491231002X", "1949-12-31", XQ_SEX_FEMALE },
    { "440524188001010014", NULL, NULL, 0 }, /* born in 1880: the standard's other example, not a living person */
    { "210102201403231347", "210102201403231347", "2014-03-23", XQ_SEX_FEMALE },
    { " 21010220140224877x ", "21010220140224877X", "2014-02-24", XQ_SEX_MALE },
    { "210102 20140224 877X", "21010220140224877X", "2014-02-24", XQ_SEX_MALE },
    { "'210102201403231347", "210102201403231347", "2014-03-23", XQ_SEX_FEMALE },
    { "２１０１０２２０１４０３２３１３４７", "210102201403231347", "2014-03-23", XQ_SEX_FEMALE },
    { "21010220140224877×", "21010220140224877X", "2014-02-24", XQ_SEX_MALE },
    { "110105491231002", "110105491231002", "1949-12-31", XQ_SEX_FEMALE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (XqNationalId) id = { 0 };
      gboolean good = xq_national_id_parse (numbers[i].text, &id, &error);

      g_test_message ("%s", numbers[i].text);
      g_assert_cmpint (good, ==, numbers[i].number != NULL);
      if (!good)
        continue;
      g_assert_no_error (error);
      g_assert_cmpstr (id.number, ==, numbers[i].number);
      g_assert_cmpstr (id.birth_date, ==, numbers[i].birth_date);
      g_assert_cmpint (id.sex, ==, numbers[i].sex);
    }
}

static void
test_faults (void)
{
  static const struct
  {
    const char *text;
    const char *fault;
  } numbers[] = {
    { "210102201403231346", "last digit" }, { "210102201403231374", "last digit" },
    { "990102201403231347", "region" },     { "210102201402301347", "birth date" },
    { "210102203403231347", "birth date" }, { "21010220140323134", "18 characters" },
    { "2101022014032313477", "18 characters" }, { "21010220140323134A", "17 digits" },
    { "X10102201403231347", "17 digits" },  { "", "17 digits" },
    { "2.10102E+17", "17 digits" },         { "110105491331002", "birth date" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GError) error = NULL;
      XqNationalId id = { 0 };

      g_test_message ("%s", numbers[i].text);
      g_assert_false (xq_national_id_parse (numbers[i].text, &id, &error));
      g_assert_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, numbers[i].fault));
      g_assert_null (id.number);
    }
}

/* Every change of one digit is noticed. */
static void
test_check_digit (void)
{
  const char *good = "210102201403231347";

  for (int i = 0; i < 18; i++)
    for (char digit = '0'; digit <= '9'; digit++)
      {
        g_autofree char *number = g_strdup (good);
        g_auto (XqNationalId) id = { 0 };

        number[i] = digit;
        g_assert_cmpint (xq_national_id_parse (number, &id, NULL), ==, digit == good[i]);
      }
}

int
main (int argc, char **argv)
{
  g_setenv ("XINQIAO_NOW", "2026-11-23T09:00:00+08:00", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/people/national-id/good", test_good);
  g_test_add_func ("/people/national-id/faults", test_faults);
  g_test_add_func ("/people/national-id/check-digit", test_check_digit);
  return g_test_run ();
}
