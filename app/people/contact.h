/* 监护人/紧急联系人. */
#pragma once

#include "base/field.h"
#include "people/error.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_RELATION_GUARDIAN,
  XQ_RELATION_FATHER,
  XQ_RELATION_MOTHER,
  XQ_RELATION_GRANDPARENT,
  XQ_RELATION_SPOUSE,
  XQ_RELATION_RELATIVE,
  XQ_RELATION_CLASS_TEACHER,
  XQ_RELATION_OTHER,
} XqRelation;

typedef enum
{
  XQ_MAY_TELL_UNKNOWN,
  XQ_MAY_TELL_EVERYTHING,
  XQ_MAY_TELL_RISK_ONLY,
  XQ_MAY_TELL_NOTHING,
} XqMayTell;

typedef struct
{
  gint64 id;
  gint64 person_id;
  char *name;
  int relation; /* XqRelation */
  char *phone;
  int may_tell; /* XqMayTell */
  char *remark;
} XqContact;

XQ_DECLARE_RECORD (XqContact, contact, XQ_CONTACT)

extern const XqChoice xq_relations[];

gboolean xq_contact_create (XqDatabase *database, XqContact *contact, GError **error);
gboolean xq_contact_save (XqDatabase *database, const XqContact *contact, GError **error);
gboolean xq_contact_delete (XqDatabase *database, gint64 id, GError **error);
/* Guardians first (element-type XqContact). */
GPtrArray *xq_contact_list (XqDatabase *database, gint64 person_id, GError **error);
/* 父亲 爸爸 外婆 叔叔 班主任 …; XQ_RELATION_GUARDIAN for nothing, XQ_RELATION_OTHER for words nobody knows. */
XqRelation xq_relation_from_text (const char *text);
/* Unaudited insert for persons that were just made. */
gboolean xq_contact_insert_unaudited (XqDatabase *database, XqContact *contact, GError **error);

G_END_DECLS
