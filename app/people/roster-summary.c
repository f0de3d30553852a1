/* What stands below the last person of a table: sums, signatures, remarks. */
#include "config.h"

#include <string.h>

#include "people/roster-private.h"
#include "sheet/header-words.h"

static const XqCell *
cell_of (const XqSheetRow *row, const XqRosterColumns *columns, XqRosterField field)
{
  return xq_sheet_row_cell (row, columns->columns[field]);
}

gboolean
xq_roster_is_identified (const XqSheetRow *row, const XqRosterColumns *columns)
{
  return cell_of (row, columns, XQ_ROSTER_CODE)->type != XQ_CELL_EMPTY
         || cell_of (row, columns, XQ_ROSTER_NATIONAL_ID)->type != XQ_CELL_EMPTY
         || cell_of (row, columns, XQ_ROSTER_BIRTH_DATE)->type != XQ_CELL_EMPTY;
}

/* Most cells are told apart here, without making them plain: this is the inner loop of an import. */
static gboolean
may_be_summary (const char *text)
{
  static const char *const signs[] = { "计", "計", "数", "數", "otal", "OTAL", ":", "：", "(", "（", "【", "空白" };

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strstr (text, signs[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Without blanks and colons: "合 计：". */
static char *
plain_word (const char *text)
{
  return may_be_summary (text) ? xq_header_normalise (text) : g_strdup ("");
}

/* Nobody's name, whatever else the row says. */
static gboolean
is_sum (const char *text)
{
  static const char *const sums[]
      = { "合计", "合計", "总计", "總計", "小计", "小計", "共计", "共計", "总数", "總數", "人数", "人數", "总人数", "總人數",
          "合计人数", "合計人數", "total", "subtotal" };
  g_autofree char *word = plain_word (text);

  for (gsize i = 0; i < G_N_ELEMENTS (sums); i++)
    if (strcmp (word, sums[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Where no number says that the row is somebody's: "七年级小计", "制表人：王老师", "（以下空白）". */
static gboolean
is_note (const char *text)
{
  static const char *const endings[] = { "合计", "合計", "总计", "總計", "小计", "小計", "总人数", "總人數", "以下空白" };
  g_autofree char *word = plain_word (text);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (word, endings[i]))
      return TRUE;
  return strchr (text, ':') != NULL || strstr (text, "：") != NULL || *word == '(' || g_str_has_prefix (word, "【");
}

gboolean
xq_roster_is_summary (const XqSheetRow *row, const XqRosterColumns *columns)
{
  const XqCell *name = cell_of (row, columns, XQ_ROSTER_NAME);

  if (cell_of (row, columns, XQ_ROSTER_NATIONAL_ID)->type != XQ_CELL_EMPTY)
    return FALSE;
  if (is_sum (name->text) || is_sum (cell_of (row, columns, XQ_ROSTER_CODE)->text))
    return TRUE;
  if (name->type != XQ_CELL_EMPTY)
    return !xq_roster_is_identified (row, columns) && is_note (name->text);
  for (guint i = 0; i < row->n_cells; i++)
    if (row->cells[i].type != XQ_CELL_EMPTY)
      return is_sum (row->cells[i].text);
  return FALSE;
}
