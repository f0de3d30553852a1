/* A roster that has been read; shared by the files that read, compare, apply and undo it. */
#pragma once

#include "people/class-name.h"
#include "people/contact.h"
#include "people/organisation.h"
#include "people/person-index.h"
#include "people/roster-import.h"
#include "people/unit.h"
#include "sheet/sheet.h"

G_BEGIN_DECLS

/* In the order of xq_roster_fields. */
typedef enum
{
  XQ_ROSTER_CODE,
  XQ_ROSTER_NAME,
  XQ_ROSTER_SEX,
  XQ_ROSTER_BIRTH_DATE,
  XQ_ROSTER_NATIONAL_ID,
  XQ_ROSTER_COLLEGE,
  XQ_ROSTER_DEPARTMENT,
  XQ_ROSTER_TEAM,
  XQ_ROSTER_GRADE,
  XQ_ROSTER_CLASS,
  XQ_ROSTER_POST,
  XQ_ROSTER_PHONE,
  XQ_ROSTER_CONTACT,
  XQ_ROSTER_RELATION,
  XQ_ROSTER_CONTACT_PHONE,
  XQ_ROSTER_FATHER,
  XQ_ROSTER_FATHER_PHONE,
  XQ_ROSTER_MOTHER,
  XQ_ROSTER_MOTHER_PHONE,
  XQ_ROSTER_ADDRESS,
  XQ_ROSTER_REMARK,
  XQ_ROSTER_TAGS,
  XQ_ROSTER_BOARDING,
  XQ_ROSTER_LEFT_BEHIND,
  XQ_ROSTER_MIGRANT,
  XQ_ROSTER_SINGLE_PARENT,
  XQ_ROSTER_ORPHAN,
  XQ_ROSTER_DISABLED,
  XQ_ROSTER_N_FIELDS,
} XqRosterField;

#define XQ_ROSTER_FIRST_UNIT XQ_ROSTER_COLLEGE
#define XQ_ROSTER_N_UNITS    5
#define XQ_ROSTER_FIRST_TAG  XQ_ROSTER_BOARDING
#define XQ_ROSTER_N_TAGS     (XQ_ROSTER_N_FIELDS - XQ_ROSTER_FIRST_TAG)
#define XQ_ROSTER_N_CONTACTS 3

/* The tag that a yes-or-no column stands for; beside the fields from XQ_ROSTER_FIRST_TAG on. */
extern const char *const xq_roster_tag_columns[XQ_ROSTER_N_TAGS];

/* Which column of a sheet is which field. */
typedef struct
{
  int columns[XQ_ROSTER_N_FIELDS]; /* -1 for none */
} XqRosterColumns;

void xq_roster_columns_find (const XqHeader *header, XqProfile profile, XqRosterColumns *ret_columns);
/* Whether the same columns stand twice side by side, so that each row holds two persons. */
gboolean xq_roster_columns_are_two_blocks (const XqHeader *header, const XqRosterColumns *columns);
/* Whether the columns are those of a roster: names, and something that tells people apart or places them. */
gboolean xq_roster_columns_suffice (const XqRosterColumns *columns);
/* Whether a row says a number, an identity number or a birth date. */
gboolean xq_roster_is_identified (const XqSheetRow *row, const XqRosterColumns *columns);
/* Whether a row is a sum ("合计", "本班小计"), a signature ("制表人：王老师") or a remark in brackets below the
 * table and nobody's. */
gboolean xq_roster_is_summary (const XqSheetRow *row, const XqRosterColumns *columns);
/* Students, employees or teachers, by the organisation's profile and the columns. */
XqPersonKind xq_roster_columns_kind (const XqRosterColumns *columns, const XqHeader *header, XqProfile profile);

/* A class or department as the table says it, once for all its rows. */
typedef struct
{
  XqClassName class_name;
  char **path; /* NULL for a class */
  gint64 unit_id; /* 0 while there is no such unit */
  char *display;
} XqRosterUnit;

typedef struct
{
  const char *name; /* NULL when only the phone is said */
  const char *phone;
  int relation; /* XqRelation; -1 when nothing is said */
} XqRosterContact;

/* A row. Texts lie in the roster's own memory; NULL is "not said". */
typedef struct
{
  gint64 row;
  guint sheet;
  guint8 outcome; /* XqRosterOutcome */
  guint8 sex;     /* XqSex; unknown is "not said" */
  gboolean suspended;
  const char *code;
  const char *name;
  const char *national_id;
  const char *birth_date;
  gboolean birth_month_only;
  const char *phone;
  const char *address;
  const char *post;
  const char *remark;
  const char *units[XQ_ROSTER_N_UNITS]; /* as written, by field */
  XqRosterUnit *unit;                   /* NULL when no unit is said */
  XqRosterContact contacts[XQ_ROSTER_N_CONTACTS];
  guint n_contacts;
  char **tags; /* recognised, then only those that the person has not; NULL for none */
  const XqPerson *before;
  int problem_field; /* XqRosterField of the rejected cell */
  const char *problem_value;
  const char *problem_why; /* NULL for none */
  GPtrArray *changes;      /* made when they are shown; NULL before */
} XqRosterEntry;

typedef struct
{
  char *name;
  gboolean hidden;
  gboolean read; /* it holds a roster */
  guint rows;
  gint64 header_row;
  char **titles;
  const char **fields;
  guint n_columns;
  XqRosterColumns columns;
  char *class_said; /* by its name, its title or the file's name; NULL for none */
} XqRosterSheetData;

struct _XqRoster
{
  char *file_name;
  XqOrganisation *organisation;
  XqPersonKind kind;
  char *since;
  GArray *sheet_data;   /* of XqRosterSheetData, all of the file's */
  GArray *sheets;       /* of XqRosterSheet over @sheet_data */
  GStringChunk *text;
  GPtrArray *entries;   /* of XqRosterEntry */
  GHashTable *units;    /* XqRosterEntry.units joined → XqRosterUnit */
  GHashTable *remarks;  /* a text in @text → the tags it speaks of (GStrv) */
  char *today;
  XqPersonIndex *index; /* whom the vault holds */
  XqUnitTree *tree;     /* and where */
  GHashTable *contacts; /* person id → GPtrArray of XqContact */
  GHashTable *had_tags; /* "id tag" */
  GArray *gone;
  GHashTable *gone_people; /* id → XqPerson of @index, beside @gone */
  GHashTable *tags;
  guint counts[XQ_ROSTER_N_OUTCOMES];
  gint64 audit_id;      /* the vault as it was read */
};

/* Marks the row as rejected unless it is already. Takes @why; @value is copied. */
void xq_roster_reject (XqRoster *roster, XqRosterEntry *entry, XqRosterField field, const char *value, char *why);
/* The header of a field's column in the entry's sheet; "" when it has none. */
const char *xq_roster_title (const XqRoster *roster, const XqRosterEntry *entry, XqRosterField field);

/* Reads all sheets of a file into @roster's entries. */
gboolean xq_roster_read_file (XqRoster *roster, const char *path, const XqRosterOptions *options,
                              const XqProgress *progress, GError **error);
/* What one row says, without its unit; NULL for a row that holds nobody. */
XqRosterEntry *xq_roster_parse_row (XqRoster *roster, guint sheet, const XqSheetRow *row);
/* Gives every entry its unit, once all of them are read. */
gboolean xq_roster_place (XqRoster *roster, XqDatabase *database, GError **error);
/* Finds out who each entry is, and what would change. */
gboolean xq_roster_compare (XqRoster *roster, XqDatabase *database, GError **error);

/* The number of the last audit row. */
gint64 xq_roster_audit_id (XqDatabase *database);

/* -- what an entry changes in a person; bits by field -- */
typedef enum
{
  XQ_ROSTER_CHANGES_CODE = 1 << 0,
  XQ_ROSTER_CHANGES_NAME = 1 << 1,
  XQ_ROSTER_CHANGES_NATIONAL_ID = 1 << 2,
  XQ_ROSTER_CHANGES_SEX = 1 << 3,
  XQ_ROSTER_CHANGES_BIRTH_DATE = 1 << 4,
  XQ_ROSTER_CHANGES_PHONE = 1 << 5,
  XQ_ROSTER_CHANGES_ADDRESS = 1 << 6,
  XQ_ROSTER_CHANGES_POST = 1 << 7,
  XQ_ROSTER_CHANGES_REMARK = 1 << 8,
  XQ_ROSTER_CHANGES_UNIT = 1 << 9,
  XQ_ROSTER_CHANGES_STATE = 1 << 10,
} XqRosterDifference;

/* @person: somebody the vault holds, or an empty one. */
guint xq_roster_differences (const XqRoster *roster, const XqRosterEntry *entry, const XqPerson *person);
/* Sets what differs; the unit's id is the caller's. */
void xq_roster_merge (const XqRosterEntry *entry, guint differences, XqPerson *person);
/* The contact of @person_id that a contact of the table is, NULL for a new one. */
const XqContact *xq_roster_known_contact (const XqRoster *roster, gint64 person_id, const XqRosterContact *contact);
/* Whether anything is said that @known does not hold. */
gboolean xq_roster_contact_differs (const XqRosterContact *contact, const XqContact *known);
/* Sets what is said. */
void xq_roster_contact_merge (const XqRosterContact *contact, XqContact *record);

G_END_DECLS
