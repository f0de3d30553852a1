/* The people room: who the vault keeps files on, where they belong, and how they are found again.
 *
 * It stands on base/ and vault/, and knows nothing of tests, warnings or cases: the care room tells it a
 * person's present level. Every write keeps the reading of the name, the search index and the history of
 * membership in the same transaction. */
#pragma once

#include "base/field.h"
#include "people/error.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_PERSON_STUDENT,
  XQ_PERSON_EMPLOYEE,
  XQ_PERSON_TEACHER,
} XqPersonKind;

typedef enum
{
  XQ_SEX_UNKNOWN,
  XQ_SEX_MALE,
  XQ_SEX_FEMALE,
} XqSex;

typedef enum
{
  XQ_PERSON_ACTIVE,
  XQ_PERSON_SUSPENDED,
  XQ_PERSON_TRANSFERRED,
  XQ_PERSON_GRADUATED,
  XQ_PERSON_LEFT,
} XqPersonState;

/* @pinyin, @initials and @sort_key follow @name; @level is the care room's; nobody sets them by hand. */
typedef struct
{
  gint64 id;
  gint64 organisation_id;
  gint64 unit_id; /* 0: the organisation itself */
  int kind;       /* XqPersonKind */
  char *code;     /* 学号, 学籍号, 工号 */
  char *national_id;
  char *name;
  char *pinyin;
  char *initials;
  char *sort_key;
  int sex; /* XqSex */
  char *birth_date;
  char *phone;
  char *address;
  char *post;
  char *remark;
  int state;    /* XqPersonState */
  gint64 level; /* 1–3, 0 for none */
  gint64 created_at;
  gint64 updated_at;
} XqPerson;

XQ_DECLARE_RECORD (XqPerson, person, XQ_PERSON)

extern const XqChoice xq_person_kinds[];
extern const XqChoice xq_sexes[];
extern const XqChoice xq_person_states[];

/* 学籍/任职: which unit a person belonged to, from–to; @to_date is the last day, NULL for the present one. */
typedef struct
{
  gint64 id;
  gint64 person_id;
  gint64 unit_id;
  char *from_date;
  char *to_date;
} XqMembership;

XQ_DECLARE_RECORD (XqMembership, membership, XQ_MEMBERSHIP)

/**
 * xq_person_name_plain:
 * @text: a name as written
 *
 * Plain text without the blanks that are put between Han characters to align a column; every kind of middle
 * dot is ·.
 *
 * Returns: (transfer full): the name, "" for none
 */
char *xq_person_name_plain (const char *text);
/* "13800138000" of "+86 138-0013-8000", "13800138000.0"; a number that is not Chinese keeps its digits and +.
 * (transfer full) */
char *xq_phone_plain (const char *text);
/* 男 女 M F male female 1 2 …; XQ_SEX_UNKNOWN for anything else. */
XqSex xq_sex_from_text (const char *text);

/**
 * xq_person_create:
 * @person: its id and what follows its name are set
 * @since: (nullable): when it joined its unit; %NULL for today
 * @error: XQ_PEOPLE_ERROR when the number is taken, naming by whom
 *
 * Inserts, with membership, search index and audit row.
 */
gboolean xq_person_create (XqDatabase *database, XqPerson *person, const char *since, GError **error);
/* Writes what differs. A new unit ends the present membership on @since (NULL: today) and begins another. */
gboolean xq_person_save (XqDatabase *database, XqPerson *person, const char *since, GError **error);
XqPerson *xq_person_load (XqDatabase *database, gint64 id, GError **error);
/* By id ("42"), or code when it is somebody's ("2026…"): a code wins. XQ_ERROR_NOT_FOUND, or refused when
 * two organisations use the code. */
XqPerson *xq_person_find (XqDatabase *database, const char *id_or_code, GError **error);
/* NULL with @error unset when nobody has the number. */
XqPerson *xq_person_find_by_code (XqDatabase *database, gint64 organisation_id, const char *code, GError **error);
/* Everybody of that very name, present first (element-type XqPerson). */
GPtrArray *xq_person_find_by_name (XqDatabase *database, gint64 organisation_id, const char *name, GError **error);

/* 休学, 转出, 毕业, 离校/离职 and back to active, on the day @on (NULL: today): leaving ends the membership, coming
 * back begins one. @reason goes to the audit. */
gboolean xq_person_set_state (XqDatabase *database, gint64 id, XqPersonState state, const char *on,
                              const char *reason, GError **error);
/* For the care room: the present level, 0 for none. Audited when it changes. */
gboolean xq_person_set_level (XqDatabase *database, gint64 id, int level, GError **error);
/* The same inside a batch that has an audit row of its own. */
gboolean xq_person_set_level_unaudited (XqDatabase *database, gint64 id, int level, GError **error);
/* Newest first (element-type XqMembership). */
GPtrArray *xq_person_memberships (XqDatabase *database, gint64 id, GError **error);
/* The unit on that day, 0 for none. */
gint64 xq_person_unit_on (XqDatabase *database, gint64 id, const char *on, GError **error);

/**
 * XqPersonWriter:
 *
 * Many persons in one transaction without an audit row each: the caller has the transaction open and
 * appends the batch's row. Statements are kept ready between the rows.
 */
typedef struct _XqPersonWriter XqPersonWriter;

XqPersonWriter *xq_person_writer_new (XqDatabase *database, GError **error);
/* Like xq_person_create() and xq_person_save(), without audit. @before is what is stored. Membership and search entry of
 * somebody new may be written later, xq_person_writer_finish() at the latest. */
gboolean xq_person_writer_insert (XqPersonWriter *writer, XqPerson *person, const char *since, GError **error);
gboolean xq_person_writer_update (XqPersonWriter *writer, const XqPerson *before, XqPerson *person,
                                  const char *since, GError **error);
/* For the undo of an import: the person with its membership, contacts, consents, tags and search entry.
 * Refused, naming the person, when other records have come to hang on it. */
gboolean xq_person_writer_remove (XqPersonWriter *writer, gint64 id, GError **error);
/* Writes what waits and gives the statements back before the commit; no row can follow. Freeing the writer alone, as after an error or a
 * cancel, does so too. */
gboolean xq_person_writer_finish (XqPersonWriter *writer, GError **error);
void xq_person_writer_free (XqPersonWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPersonWriter, xq_person_writer_free)

G_END_DECLS
