/* Whatever stands in a cell of somebody's table: each reader of a cell must take it or refuse it, and what it takes
 * must be sound. */
#include "config.h"

#include <stdint.h>

#include "base/date.h"
#include "base/text.h"
#include "people/class-name.h"
#include "people/contact.h"
#include "people/national-id.h"
#include "people/search-index.h"
#include "people/tag.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
read_dates (const char *text)
{
  g_autofree char *birth = xq_date_parse_birth (text, NULL, NULL);
  g_autofree char *entry = xq_date_parse_entry (text, NULL);

  g_assert_true (birth == NULL || xq_date_is_valid (birth));
  g_assert_true (entry == NULL || xq_date_is_valid (entry));
}

static void
read_names (const char *text)
{
  g_autofree char *name = xq_person_name_plain (text);
  g_autofree char *phone = xq_phone_plain (text);
  g_autofree char *terms = NULL;
  g_auto (XqPinyin) pinyin = { 0 };
  XqPerson person = { .name = name, .code = phone, .phone = phone };

  g_assert_true (g_utf8_validate (name, -1, NULL));
  xq_pinyin_name (name, &pinyin);
  terms = xq_search_terms (&person, &pinyin);
}

static void
read_classes (const char *text)
{
  for (XqSchoolStage stage = XQ_STAGE_UNKNOWN; stage <= XQ_STAGE_HIGH; stage++)
    {
      g_auto (XqClassName) alone = { 0 };
      g_auto (XqClassName) graded = { 0 };

      xq_class_name_parse (NULL, text, stage, "2026-09-01", &alone);
      xq_class_name_parse (text, "1班", stage, "2026-09-01", &graded);
      g_assert_true ((alone.class_key == NULL) == (alone.class_name == NULL));
      g_assert_nonnull (graded.class_key);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (XqNationalId) id = { 0 };
  g_auto (GStrv) tags = NULL;

  read_dates (text);
  read_names (text);
  read_classes (text);
  if (xq_national_id_parse (text, &id, NULL))
    g_assert_true (xq_date_is_valid (id.birth_date));
  tags = xq_tag_recognise (text);
  xq_relation_from_text (text);
  return 0;
}
