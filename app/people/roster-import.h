/* 名册导入: a roster from a school's or a company's own table: read it, show what it would do, then do that in one
 * transaction, and take it back as a whole.
 *
 * xq_roster_read() writes nothing. What a cell leaves empty never empties what the vault holds, and nobody is ever
 * deleted: who is missing from the table is listed, and leaves only when the caller says so. */
#pragma once

#include "base/progress.h"
#include "people/person.h"
#include "sheet/header.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef struct _XqRoster XqRoster;

/**
 * XqRosterOptions:
 * @organisation_id: whose roster; 0 for the first organisation
 * @sheet: (nullable): this sheet alone; %NULL for every visible sheet that holds a roster
 * @overrides: (nullable) (element-type utf8 utf8): what the user chose: a field of xq_roster_fields → the header's
 *   text or a column letter, "" for none
 * @since: (nullable): from which day people are in the units the roster says; %NULL for today
 * @encoding: (nullable): of a csv file; %NULL finds out
 *
 * All zero will do.
 */
typedef struct
{
  gint64 organisation_id;
  const char *sheet;
  GHashTable *overrides;
  const char *since;
  const char *encoding;
} XqRosterOptions;

/* What a roster's column can be; ended by one without a field. */
extern const XqHeaderField xq_roster_fields[];

/**
 * xq_roster_read:
 * @database: an open connection
 * @path: the table
 * @options: (nullable): see #XqRosterOptions
 * @progress: (nullable): progress and cancel
 * @error: XQ_SHEET_ERROR for the file; XQ_PEOPLE_ERROR when no sheet holds a roster
 *
 * Returns: (transfer full): what the table holds and what applying it would do
 */
XqRoster *xq_roster_read (XqDatabase *database, const char *path, const XqRosterOptions *options,
                          const XqProgress *progress, GError **error);
void xq_roster_free (XqRoster *roster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqRoster, xq_roster_free)

typedef enum
{
  XQ_ROSTER_ADDED,
  XQ_ROSTER_CHANGED,
  XQ_ROSTER_UNCHANGED,
  XQ_ROSTER_REJECTED,
  XQ_ROSTER_N_OUTCOMES,
} XqRosterOutcome;

/* One thing that changes, in translated words. */
typedef struct
{
  char *label;
  char *before; /* "" for nothing */
  char *after;
} XqRosterChange;

/**
 * XqRosterRow:
 * @sheet: its sheet's name
 * @row: as the spreadsheet shows it
 * @outcome: what applying does with it
 * @person_id: whose row it is; 0 for somebody new, or of a rejected row
 * @code: (nullable): number
 * @name: (nullable): name
 * @unit: (nullable): "七年级(1)班"
 * @tags: (nullable): the tags that it offers and the person has not; ids of people/tag.h
 * @changes: (nullable) (element-type XqRosterChange): of a changed row
 * @column: (nullable): of a rejected row, the header of the column that is wrong
 * @value: (nullable): and what stands there
 * @why: (nullable): and what is wrong with it and what to do, translated
 */
typedef struct
{
  const char *sheet;
  gint64 row;
  XqRosterOutcome outcome;
  gint64 person_id;
  const char *code;
  const char *name;
  const char *unit;
  const char *const *tags;
  const GPtrArray *changes;
  const char *column;
  const char *value;
  const char *why;
} XqRosterRow;

guint xq_roster_count (const XqRoster *roster, XqRosterOutcome outcome);
/* Rows that hold somebody: the sum of all outcomes. */
guint xq_roster_row_count (const XqRoster *roster);
/* Fills @ret_row, in the order of the table; its texts live as long as @roster. */
void xq_roster_row (XqRoster *roster, guint index, XqRosterRow *ret_row);

/* A person of the organisation who is present, of the roster's kind, has a number, and is not in the table. */
typedef struct
{
  gint64 person_id;
  const char *code;
  const char *name;
  const char *unit;
} XqRosterGone;

/* (element-type XqRosterGone) (transfer none) */
const GArray *xq_roster_gone (const XqRoster *roster);

/* How many rows offer a tag (element-type utf8 guint): keys are tag ids, values GUINT_TO_POINTER. (transfer none) */
GHashTable *xq_roster_tags (const XqRoster *roster);

/**
 * XqRosterSheet:
 * @name: its name
 * @rows: that hold somebody; 0 for a sheet that was passed by
 * @header_row: 0 when it has no header
 * @titles: (array length=n_columns): headers as written
 * @fields: (array length=n_columns): beside them, an id of xq_roster_fields or %NULL
 *
 * How a sheet was understood, for the window in which the user corrects it.
 */
typedef struct
{
  const char *name;
  gboolean hidden;
  guint rows;
  gint64 header_row;
  guint n_columns;
  const char *const *titles;
  const char *const *fields;
} XqRosterSheet;

/* All sheets of the file, read or not (element-type XqRosterSheet) (transfer none). */
const GArray *xq_roster_sheets (const XqRoster *roster);
/* The file's name without its folder. */
const char *xq_roster_file_name (const XqRoster *roster);
gint64 xq_roster_organisation (const XqRoster *roster);

/* {"file","sheets","read","added","changed","unchanged","gone","rejected":[{"sheet","row","column","value","why"}]}
 * (transfer full) */
JsonObject *xq_roster_to_json (XqRoster *roster);

/**
 * XqRosterApply:
 * @leave_tags: do not apply the tags that were recognised
 * @except_tags: (nullable): apply them but for these ids
 * @left: (nullable) (array length=n_left): ids of people to mark as having left (out of xq_roster_gone())
 *
 * All zero will do.
 */
typedef struct
{
  gboolean leave_tags;
  const char *const *except_tags;
  const gint64 *left;
  guint n_left;
} XqRosterApply;

/**
 * xq_roster_apply:
 * @database: the connection that @roster was read on
 * @roster: what was read
 * @apply: (nullable): see #XqRosterApply
 * @progress: (nullable): progress and cancel; a cancel leaves nothing behind
 * @ret_batch_id: (out) (optional): for xq_roster_undo(); 0 when there was nothing to do and nothing was written
 * @error: XQ_PEOPLE_ERROR when the vault has changed since the roster was read: read it again; XQ_VAULT_ERROR
 *
 * Writes what @roster shows in one transaction with one audit row. Rejected rows are left out.
 */
gboolean xq_roster_apply (XqDatabase *database, XqRoster *roster, const XqRosterApply *apply,
                          const XqProgress *progress, gint64 *ret_batch_id, GError **error);

/**
 * xq_roster_undo:
 * @batch_id: from xq_roster_apply()
 * @error: XQ_PEOPLE_ERROR when it has been undone, or when somebody it touched has been worked with since: it
 *   names who and what
 *
 * Puts everything back as it was before the import, in one transaction with one audit row.
 */
gboolean xq_roster_undo (XqDatabase *database, gint64 batch_id, const XqProgress *progress, GError **error);

G_END_DECLS
