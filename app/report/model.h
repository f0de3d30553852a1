/* The result of a report: what every writer walks, so that paper, workbook, csv and JSON cannot differ.
 *
 * The report room stands on every other room of app/. It asks the database by named indicators
 * (report/indicator.h), hides what is too small to leave the office (report/suppression.h), and hands the
 * result to writers: report/workbook.h, report/page.h, and the JSON and csv here. It changes nothing in the
 * vault. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "base/error.h"

G_BEGIN_DECLS

#define XQ_REPORT_ERROR (xq_report_error_quark ())
GQuark xq_report_error_quark (void);

/**
 * XqBlockKind:
 * @XQ_BLOCK_TABLE: indicators by rows
 * @XQ_BLOCK_CHART: the same, meant to be drawn (the numbers stand in the rows all the same)
 * @XQ_BLOCK_TEXT: sentences: one row each, column "text"
 * @XQ_BLOCK_LEDGER: one row a record
 */
typedef enum
{
  XQ_BLOCK_TABLE,
  XQ_BLOCK_CHART,
  XQ_BLOCK_TEXT,
  XQ_BLOCK_LEDGER,
} XqBlockKind;

/**
 * XqColumnFormat:
 * @XQ_FORMAT_COUNT: a whole number
 * @XQ_FORMAT_DECIMAL: one decimal (days, hours)
 * @XQ_FORMAT_PERCENT: a fraction 0–1, shown as 97.4 %
 * @XQ_FORMAT_TEXT: words
 * @XQ_FORMAT_DATE: an ISO date
 */
typedef enum
{
  XQ_FORMAT_COUNT,
  XQ_FORMAT_DECIMAL,
  XQ_FORMAT_PERCENT,
  XQ_FORMAT_TEXT,
  XQ_FORMAT_DATE,
} XqColumnFormat;

/**
 * XqValueKind:
 * @XQ_VALUE_NONE: not applicable, shown as —; in a manual column: to be filled in by hand, shown empty
 * @XQ_VALUE_NUMBER: a number
 * @XQ_VALUE_TEXT: words
 */
typedef enum
{
  XQ_VALUE_NONE,
  XQ_VALUE_NUMBER,
  XQ_VALUE_TEXT,
} XqValueKind;

/**
 * XqCellCover:
 * @XQ_COVER_NONE: shown
 * @XQ_COVER_SMALL: 1 to k−1, shown as <5
 * @XQ_COVER_GUARD: hidden so that a small one cannot be worked out, shown as *
 *
 * The value of a covered cell is gone from the model: no writer can let it slip.
 */
typedef enum
{
  XQ_COVER_NONE,
  XQ_COVER_SMALL,
  XQ_COVER_GUARD,
} XqCellCover;

typedef struct
{
  XqValueKind kind;
  XqCellCover cover;
  double number;
  char *text;
} XqReportCell;

/**
 * XqReportColumn:
 * @id: stable, English
 * @title: what people read
 * @group: (nullable): a heading over neighbouring columns that share it
 * @definition: (nullable): who is counted, when, once or each time
 * @format: how it is written
 * @additive: the rows add up to the total; distinct persons, medians and percentages do not
 * @manual: filled in by hand: the vault does not hold it
 * @choices: (nullable): for a manual column, the words to choose from
 * @about_persons: a count that 1..k−1 of would point at somebody
 * @sources: (nullable): ids of columns that this one is worked out from; hidden with them
 * @level: 1–3 for a column about one level, else 0
 */
typedef struct
{
  char *id;
  char *title;
  char *group;
  char *definition;
  XqColumnFormat format;
  gboolean additive;
  gboolean manual;
  char **choices;
  gboolean about_persons;
  char **sources;
  int level;
} XqReportColumn;

/**
 * XqReportRow:
 * @id: stable, English or a record's id
 * @title: what people read
 * @cells: one per column of the block
 */
typedef struct
{
  char *id;
  char *title;
  XqReportCell *cells;
  guint n_cells;
} XqReportRow;

/**
 * XqReportBlock:
 * @id: stable, English
 * @title: what people read
 * @subtitle: (nullable): a quieter line beside it
 * @kind: see #XqBlockKind
 * @look: (nullable): how it is drawn: "tiles", "levels", "funnel", "bars", "rows", "heat", "list",
 *   "decisions", "signature"; %NULL for a plain table
 * @charted: (nullable): ids of the columns that the chart shows; %NULL for all
 * @half: two neighbouring blocks with this set stand side by side on a page
 * @row_title: heading of the column with the rows' titles
 * @columns: of #XqReportColumn
 * @relations: of char **: a column's id and after it those that add up to it in every row
 * @rows: of #XqReportRow
 * @total: (nullable): the last row
 * @total_known: the total stands elsewhere too, so it cannot be covered to protect a row
 */
typedef struct
{
  char *id;
  char *title;
  char *subtitle;
  XqBlockKind kind;
  char *look;
  char **charted;
  gboolean half;
  char *row_title;
  GPtrArray *columns;
  GPtrArray *relations;
  GPtrArray *rows;
  XqReportRow *total;
  gboolean total_known;
} XqReportBlock;

/**
 * XqReport:
 * @id: of the definition
 * @title: what people read
 * @organisation: name of the organisation
 * @from: first day, ISO
 * @to: last day, ISO
 * @term: (nullable): name of the term
 * @audit_head: short code of the audit's last row
 * @generated_at: unix seconds
 * @version: of the program
 * @threshold: k: counts about persons from 1 to k−1 are hidden; 0 when nothing is
 * @watermark: (nullable): whose copy this is, for one that names somebody: on every page of paper and workbook
 * @people: of gint64: ids of the persons it names, each once; empty for a report of numbers. Not part of what is written.
 * @notes: of char *: what a reader must know, one sentence each
 * @blocks: of #XqReportBlock
 */
typedef struct
{
  char *id;
  char *title;
  char *organisation;
  char *from;
  char *to;
  char *term;
  char *audit_head;
  gint64 generated_at;
  char *version;
  int threshold;
  char *watermark;
  GArray *people;
  GPtrArray *notes;
  GPtrArray *blocks;
} XqReport;

XqReport *xq_report_new (const char *id, const char *title);
void xq_report_free (XqReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqReport, xq_report_free)

/* @report names @person_id (persons.id); named twice counts once. */
void xq_report_add_person (XqReport *report, gint64 person_id);

/* Appended to @report, which owns it. */
XqReportBlock *xq_report_add_block (XqReport *report, const char *id, const char *title, XqBlockKind kind);
/* NULL when there is none of that id. */
XqReportBlock *xq_report_block (XqReport *report, const char *id);
/* All columns come before the first row. */
XqReportColumn *xq_report_block_add_column (XqReportBlock *block, const char *id, const char *title,
                                            XqColumnFormat format);
/* The first id names the column, the others its parts; NULL ends them. Columns that are not there are left
 * out; without a first, or without parts, there is no relation. */
void xq_report_block_add_relation (XqReportBlock *block, const char *const *ids);
/* Its cells are XQ_VALUE_NONE. */
XqReportRow *xq_report_block_add_row (XqReportBlock *block, const char *id, const char *title);
/* The last row, "total"; made when it is not there. */
XqReportRow *xq_report_block_ensure_total (XqReportBlock *block);
/* Sums the rows of every additive column into the total. */
void xq_report_block_sum (XqReportBlock *block);
/* -1 when there is none of that id. */
int xq_report_block_column_index (const XqReportBlock *block, const char *id);
/* Whether a chart of the block shows the column. */
gboolean xq_report_block_is_charted (const XqReportBlock *block, guint column);
/* NULL when there is none of that id; "total" is the total. */
XqReportRow *xq_report_block_row (const XqReportBlock *block, const char *id);
/* Whether any cell is covered in the column, its total counted in. */
gboolean xq_report_block_column_covered (const XqReportBlock *block, guint column);

XqReportCell *xq_report_row_cell (XqReportRow *row, guint column);
void xq_report_cell_set_number (XqReportCell *cell, double number);
void xq_report_cell_set_text (XqReportCell *cell, const char *text);
/* Takes the value away and leaves the sign of it. */
void xq_report_cell_cover (XqReportCell *cell, XqCellCover cover);

/* A share as reports give it, on every paper alike: to a tenth of a percent. */
double xq_report_round_share (double share);
/* As people read it: 1,024 · 97.4% · — · <5 · *; "" for one to be filled in by hand. (transfer full) */
char *xq_report_cell_display (const XqReport *report, const XqReportColumn *column, const XqReportCell *cell);

/* {"report","organisation","from","to","audit_head","blocks":[…]}: what `report run --json` prints. */
JsonNode *xq_report_to_json (const XqReport *report);

/**
 * xq_report_write_csv:
 * @report: the report
 * @path: file to write
 * @error: XQ_REPORT_ERROR
 *
 * All blocks below one another, UTF-8 with a byte order mark. Text that a spreadsheet would take for a
 * formula (it starts with = + - @, tab or carriage return) gets an apostrophe before it. The file appears
 * complete or not at all.
 */
gboolean xq_report_write_csv (const XqReport *report, const char *path, GError **error);
/* The same as bytes, for tests and other containers. */
GString *xq_report_to_csv (const XqReport *report);

G_END_DECLS
