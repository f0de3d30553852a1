#include "config.h"

#include "people/contact.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/text.h"
#include "vault/store.h"

const XqChoice xq_relations[] = {
  { "guardian", N_ ("Guardian") },
  { "father", N_ ("Father") },
  { "mother", N_ ("Mother") },
  { "grandparent", N_ ("Grandparent") },
  { "spouse", N_ ("Husband or wife") },
  { "relative", N_ ("Relative") },
  { "class_teacher", N_ ("Class teacher") },
  { "other", N_ ("Other relation") },
  { NULL, NULL },
};

static const XqChoice may_tell[] = {
  { "unknown", N_ ("Not agreed yet") },
  { "everything", N_ ("Everything") },
  { "risk_only", N_ ("Risks only") },
  { "nothing", N_ ("Nothing") },
  { NULL, NULL },
};

#define FIELD(member, words, type, flags, privacy, values)                                          \
  { #member, words, type, G_STRUCT_OFFSET (XqContact, member), flags, privacy, values }

static const XqField fields[] = {
  FIELD (person_id, N_ ("Person"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL,
         XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (name, N_ ("Contact’s name"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (relation, N_ ("Relation"), XQ_FIELD_CHOICE, XQ_FIELD_REQUIRED, XQ_PRIVACY_SENSITIVE, xq_relations),
  FIELD (phone, N_ ("Phone"), XQ_FIELD_TEXT, XQ_FIELD_NONE, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (may_tell, N_ ("May be told"), XQ_FIELD_CHOICE, XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, may_tell),
  FIELD (remark, N_ ("Remark"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_IDENTIFYING, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_CONTACT = { "contact", N_ ("Contact"), sizeof (XqContact), fields };

/* The first word that is in the text decides: 外祖父 before 父, 班主任 before everything. */
static const struct
{
  const char *word;
  XqRelation relation;
} relation_words[] = {
  { "班主任", XQ_RELATION_CLASS_TEACHER }, { "老师", XQ_RELATION_CLASS_TEACHER },
  { "導師", XQ_RELATION_CLASS_TEACHER },   { "辅导员", XQ_RELATION_CLASS_TEACHER },
  { "監護", XQ_RELATION_GUARDIAN },        { "监护", XQ_RELATION_GUARDIAN },
  { "父母", XQ_RELATION_GUARDIAN },        { "家长", XQ_RELATION_GUARDIAN },
  { "家長", XQ_RELATION_GUARDIAN },        { "祖", XQ_RELATION_GRANDPARENT },
  { "爷", XQ_RELATION_GRANDPARENT },       { "爺", XQ_RELATION_GRANDPARENT },
  { "奶", XQ_RELATION_GRANDPARENT },       { "外公", XQ_RELATION_GRANDPARENT },
  { "外婆", XQ_RELATION_GRANDPARENT },     { "姥", XQ_RELATION_GRANDPARENT },
  { "公公", XQ_RELATION_RELATIVE },        { "婆婆", XQ_RELATION_RELATIVE },
  { "岳", XQ_RELATION_RELATIVE },          { "叔", XQ_RELATION_RELATIVE },
  { "伯", XQ_RELATION_RELATIVE },          { "姑", XQ_RELATION_RELATIVE },
  { "舅", XQ_RELATION_RELATIVE },          { "姨", XQ_RELATION_RELATIVE },
  { "婶", XQ_RELATION_RELATIVE },          { "哥", XQ_RELATION_RELATIVE },
  { "姐", XQ_RELATION_RELATIVE },          { "弟", XQ_RELATION_RELATIVE },
  { "妹", XQ_RELATION_RELATIVE },          { "兄", XQ_RELATION_RELATIVE },
  { "亲戚", XQ_RELATION_RELATIVE },        { "亲属", XQ_RELATION_RELATIVE },
  { "子", XQ_RELATION_RELATIVE },          { "女", XQ_RELATION_RELATIVE },
  { "配偶", XQ_RELATION_SPOUSE },          { "丈夫", XQ_RELATION_SPOUSE },
  { "妻", XQ_RELATION_SPOUSE },            { "爱人", XQ_RELATION_SPOUSE },
  { "老公", XQ_RELATION_SPOUSE },          { "老婆", XQ_RELATION_SPOUSE },
  { "夫妻", XQ_RELATION_SPOUSE },          { "父", XQ_RELATION_FATHER },
  { "爸", XQ_RELATION_FATHER },            { "母", XQ_RELATION_MOTHER },
  { "妈", XQ_RELATION_MOTHER },            { "媽", XQ_RELATION_MOTHER },
};

XqRelation
xq_relation_from_text (const char *text)
{
  g_autofree char *plain = xq_text_plain (text);
  int index;

  if (*plain == '\0')
    return XQ_RELATION_GUARDIAN;
  index = xq_choice_index (xq_relations, plain);
  if (index >= 0)
    return index;
  /* 妻子, 父女: the one that stands for itself comes before what it is made of. */
  if (strstr (plain, "妻") != NULL || strstr (plain, "配偶") != NULL)
    return XQ_RELATION_SPOUSE;
  if (strcmp (plain, "父子") == 0 || strcmp (plain, "父女") == 0)
    return XQ_RELATION_FATHER;
  if (strcmp (plain, "母子") == 0 || strcmp (plain, "母女") == 0)
    return XQ_RELATION_MOTHER;
  for (gsize i = 0; i < G_N_ELEMENTS (relation_words); i++)
    if (strstr (plain, relation_words[i].word) != NULL)
      return relation_words[i].relation;
  return XQ_RELATION_OTHER;
}

gboolean
xq_contact_create (XqDatabase *database, XqContact *contact, GError **error)
{
  return xq_store_insert (database, &XQ_CONTACT, contact, error);
}

gboolean
xq_contact_save (XqDatabase *database, const XqContact *contact, GError **error)
{
  return xq_store_update (database, &XQ_CONTACT, contact, error);
}

gboolean
xq_contact_delete (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_delete (database, &XQ_CONTACT, id, error);
}

GPtrArray *
xq_contact_list (XqDatabase *database, gint64 person_id, GError **error)
{
  return xq_store_list (database, error, &XQ_CONTACT,
                        "WHERE person_id = :person ORDER BY CASE relation WHEN 'guardian' THEN 0 WHEN 'father' THEN 1"
                        " WHEN 'mother' THEN 1 WHEN 'grandparent' THEN 2 WHEN 'spouse' THEN 2"
                        " WHEN 'class_teacher' THEN 4 ELSE 3 END, id",
                        XQ_INTEGER (":person", person_id), XQ_END);
}

gboolean
xq_contact_insert_unaudited (XqDatabase *database, XqContact *contact, GError **error)
{
  return xq_record_validate (&XQ_CONTACT, contact, error)
         && xq_store_insert_unaudited (database, &XQ_CONTACT, contact, error);
}
