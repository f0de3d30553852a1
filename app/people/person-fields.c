/* The tables of persons and memberships, and the plain forms of what stands in them. */
#include "config.h"

#include "people/person.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/text.h"

const XqChoice xq_person_kinds[] = {
  { "student", N_ ("Student") },
  { "employee", N_ ("Employee") },
  { "teacher", N_ ("Teacher") },
  { NULL, NULL },
};

const XqChoice xq_sexes[] = {
  { "unknown", N_ ("Not known") },
  { "male", N_ ("Male") },
  { "female", N_ ("Female") },
  { NULL, NULL },
};

const XqChoice xq_person_states[] = {
  { "active", N_ ("Present") },
  { "suspended", N_ ("Suspended") },
  { "transferred", N_ ("Transferred") },
  { "graduated", N_ ("Graduated") },
  { "left", N_ ("Left") },
  { NULL, NULL },
};

#define FIELD(member, words, type, flags, privacy, values)                                          \
  { #member, words, type, G_STRUCT_OFFSET (XqPerson, member), flags, privacy, values }

static const XqField person_fields[] = {
  FIELD (organisation_id, N_ ("Organisation"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL,
         XQ_PRIVACY_PLAIN, NULL),
  FIELD (unit_id, N_ ("Class or department"), XQ_FIELD_REFERENCE, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (kind, N_ ("Kind of person"), XQ_FIELD_CHOICE, XQ_FIELD_REQUIRED, XQ_PRIVACY_PLAIN, xq_person_kinds),
  FIELD (code, N_ ("Number"), XQ_FIELD_TEXT, XQ_FIELD_NONE, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (national_id, N_ ("Identity number"), XQ_FIELD_TEXT, XQ_FIELD_NONE, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (name, N_ ("Name"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (pinyin, N_ ("Pinyin"), XQ_FIELD_TEXT, XQ_FIELD_INTERNAL, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (initials, NULL, XQ_FIELD_TEXT, XQ_FIELD_INTERNAL, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (sort_key, NULL, XQ_FIELD_TEXT, XQ_FIELD_INTERNAL, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (sex, N_ ("Sex"), XQ_FIELD_CHOICE, XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, xq_sexes),
  FIELD (birth_date, N_ ("Birth date"), XQ_FIELD_DATE, XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (phone, N_ ("Phone"), XQ_FIELD_TEXT, XQ_FIELD_NONE, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (address, N_ ("Address"), XQ_FIELD_TEXT, XQ_FIELD_NONE, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (post, N_ ("Post"), XQ_FIELD_TEXT, XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (remark, N_ ("Remark"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (state, N_ ("State"), XQ_FIELD_CHOICE, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, xq_person_states),
  FIELD (level, N_ ("Level of attention"), XQ_FIELD_LEVEL, XQ_FIELD_INTERNAL, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (created_at, N_ ("Entered"), XQ_FIELD_TIME, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  FIELD (updated_at, N_ ("Last changed"), XQ_FIELD_TIME, XQ_FIELD_INTERNAL, XQ_PRIVACY_PLAIN, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_PERSON = { "person", N_ ("Person"), sizeof (XqPerson), person_fields };

#undef FIELD
#define FIELD(member, words, type, flags)                                                           \
  { #member, words, type, G_STRUCT_OFFSET (XqMembership, member), flags, XQ_PRIVACY_SENSITIVE, NULL }

static const XqField membership_fields[] = {
  FIELD (person_id, N_ ("Person"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL),
  FIELD (unit_id, N_ ("Class or department"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL),
  FIELD (from_date, N_ ("From"), XQ_FIELD_DATE, XQ_FIELD_REQUIRED),
  FIELD (to_date, N_ ("To"), XQ_FIELD_DATE, XQ_FIELD_NONE),
  XQ_FIELDS_END,
};

const XqEntity XQ_MEMBERSHIP = { "membership", N_ ("Membership"), sizeof (XqMembership), membership_fields };

/* ---- plain forms */

static gboolean
is_middle_dot (gunichar c)
{
  static const gunichar dots[] = { 0x00b7, 0x2022, 0x2027, 0x2219, 0x22c5, 0x25cf, 0x30fb, 0xff0e, 0x0387, 0x2024 };

  for (gsize i = 0; i < G_N_ELEMENTS (dots); i++)
    if (c == dots[i])
      return TRUE;
  return FALSE;
}

/* A dot between Han characters is a middle dot that somebody could not type. */
static gboolean
is_name_dot (const char *start, const char *p)
{
  const char *next = g_utf8_next_char (p);
  gunichar c = g_utf8_get_char (p);

  if (is_middle_dot (c))
    return TRUE;
  return c == '.' && p > start && xq_text_is_han (g_utf8_get_char (g_utf8_prev_char (p)))
         && xq_text_is_han (g_utf8_get_char (next));
}

static gboolean
is_column_blank (const char *start, const char *p)
{
  return *p == ' ' && p > start
         && (xq_text_is_han (g_utf8_get_char (g_utf8_prev_char (p))) || xq_text_is_han (g_utf8_get_char (p + 1)));
}

char *
xq_person_name_plain (const char *text)
{
  char *plain = xq_text_plain (text);
  gboolean han_only = TRUE;
  GString *name;

  for (const char *p = plain; *p != '\0' && han_only; p = g_utf8_next_char (p))
    han_only = xq_text_is_han (g_utf8_get_char (p));
  if (han_only)
    return plain;

  name = g_string_new (NULL);
  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p))
    if (is_name_dot (plain, p))
      g_string_append (name, "·");
    else if (!is_column_blank (plain, p))
      g_string_append_unichar (name, g_utf8_get_char (p));
  g_free (plain);
  return g_string_free_and_steal (name);
}

char *
xq_phone_plain (const char *text)
{
  g_autofree char *plain = xq_text_plain (text);
  GString *phone = g_string_new (NULL);
  char *cents = strstr (plain, ".0");

  /* A spreadsheet's number. */
  if (cents != NULL && cents[2] == '\0')
    *cents = '\0';
  for (const char *p = plain; *p != '\0'; p++)
    if (g_ascii_isdigit (*p) || (*p == '+' && phone->len == 0))
      g_string_append_c (phone, *p);
  if (g_str_has_prefix (phone->str, "+86"))
    g_string_erase (phone, 0, 3);
  else if (g_str_has_prefix (phone->str, "0086"))
    g_string_erase (phone, 0, 4);
  else if (phone->len == 13 && g_str_has_prefix (phone->str, "861"))
    g_string_erase (phone, 0, 2);
  return g_string_free_and_steal (phone);
}

XqSex
xq_sex_from_text (const char *text)
{
  static const struct
  {
    const char *word;
    XqSex sex;
  } words[] = {
    { "男", XQ_SEX_MALE },   { "男性", XQ_SEX_MALE },   { "男生", XQ_SEX_MALE },   { "m", XQ_SEX_MALE },
    { "male", XQ_SEX_MALE }, { "1", XQ_SEX_MALE },      { "1男", XQ_SEX_MALE },    { "1.男", XQ_SEX_MALE },
    { "女", XQ_SEX_FEMALE }, { "女性", XQ_SEX_FEMALE }, { "女生", XQ_SEX_FEMALE }, { "f", XQ_SEX_FEMALE },
    { "female", XQ_SEX_FEMALE }, { "2", XQ_SEX_FEMALE }, { "2女", XQ_SEX_FEMALE }, { "2.女", XQ_SEX_FEMALE },
  };
  g_autofree char *plain = xq_text_plain (text);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (plain, words[i].word) == 0)
      return words[i].sex;
  return XQ_SEX_UNKNOWN;
}
