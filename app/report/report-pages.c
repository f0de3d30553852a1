#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/clock.h"
#include "base/date.h"
#include "report/chart.h"
#include "report/page.h"

#define BAR_HEIGHT   98.0
#define ROW_HEIGHT   16.0
#define LEVEL_HEIGHT 22.0

/* What a chart needs, owned: the document outlives the report it was made from. */
typedef struct
{
  char *look;
  char *small;
  GPtrArray *texts; /* every string below */
  GArray *values;   /* of XqChartValue */
  GArray *levels;   /* of XqChartLevelRow */
  GPtrArray *rows;  /* labels of a heat map */
  GPtrArray *columns;
  GArray *fractions; /* of double */
} Chart;

static void
chart_free (gpointer data)
{
  Chart *chart = data;

  g_free (chart->look);
  g_free (chart->small);
  g_ptr_array_unref (chart->texts);
  g_array_unref (chart->values);
  g_array_unref (chart->levels);
  g_ptr_array_unref (chart->rows);
  g_ptr_array_unref (chart->columns);
  g_array_unref (chart->fractions);
  g_free (chart);
}

static Chart *
chart_new (const XqReport *report, const char *look)
{
  Chart *chart = g_new0 (Chart, 1);

  chart->look = g_strdup (look);
  chart->small = g_strdup_printf ("<%d", report->threshold);
  chart->texts = g_ptr_array_new_with_free_func (g_free);
  chart->values = g_array_new (FALSE, TRUE, sizeof (XqChartValue));
  chart->levels = g_array_new (FALSE, TRUE, sizeof (XqChartLevelRow));
  chart->rows = g_ptr_array_new ();
  chart->columns = g_ptr_array_new ();
  chart->fractions = g_array_new (FALSE, TRUE, sizeof (double));
  return chart;
}

static const char *
keep (Chart *chart, const char *text)
{
  char *copy = g_strdup (text);

  if (copy != NULL)
    g_ptr_array_add (chart->texts, copy);
  return copy;
}

static void
draw_chart (cairo_t *cr, double width, double height, gpointer user_data)
{
  Chart *chart = user_data;
  XqChartTheme theme = *xq_chart_theme_paper ();
  const XqChartValue *values = (const XqChartValue *) chart->values->data;

  theme.small = chart->small;
  if (g_str_equal (chart->look, "levels"))
    xq_chart_levels (cr, width, height, &theme, (const XqChartLevelRow *) chart->levels->data, chart->levels->len);
  else if (g_str_equal (chart->look, "heat"))
    xq_chart_heat (cr, width, height, &theme, (const char *const *) chart->rows->pdata, chart->rows->len,
                   (const char *const *) chart->columns->pdata, chart->columns->len,
                   (const double *) chart->fractions->data);
  else if (g_str_equal (chart->look, "bars"))
    xq_chart_bars (cr, width, height, &theme, values, chart->values->len, -1);
  else
    xq_chart_rows (cr, width, height, &theme, values, chart->values->len, g_str_equal (chart->look, "funnel"));
}

static const XqReportCell *
cell_of (const XqReportBlock *block, const XqReportRow *row, const char *id)
{
  const int column = xq_report_block_column_index (block, id);

  return column < 0 ? NULL : &row->cells[column];
}

static const char *
text_of (const XqReportBlock *block, const XqReportRow *row, const char *id)
{
  const XqReportCell *cell = cell_of (block, row, id);

  return cell != NULL && cell->kind == XQ_VALUE_TEXT ? cell->text : NULL;
}

/* The first column that is drawn as a length. */
static int
first_charted (const XqReportBlock *block)
{
  for (guint c = 0; c < block->columns->len; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, c);

      if (xq_report_block_is_charted (block, c) && column->format != XQ_FORMAT_TEXT
          && !g_str_equal (column->id, "mark"))
        return (int) c;
    }
  return -1;
}

/* Columns "note" (a word over the bar) and "mark" (1: something happened) are taken along. */
static void
collect_values (Chart *chart, const XqReportBlock *block)
{
  const int column = first_charted (block);

  for (guint r = 0; column >= 0 && r < block->rows->len; r++)
    {
      const XqReportRow *row = g_ptr_array_index (block->rows, r);
      const XqReportCell *mark = cell_of (block, row, "mark");
      const XqChartValue value = {
        .label = keep (chart, row->title),
        .value = row->cells[column].number,
        .cover = row->cells[column].cover,
        .note = keep (chart, text_of (block, row, "note")),
        .mark = mark != NULL && (mark->number > 0 || mark->cover != XQ_COVER_NONE),
      };

      g_array_append_val (chart->values, value);
    }
}

static void
collect_levels (Chart *chart, const XqReport *report, const XqReportBlock *block)
{
  for (guint r = 0; r < block->rows->len; r++)
    {
      const XqReportRow *row = g_ptr_array_index (block->rows, r);
      XqChartLevelRow level_row = { .label = keep (chart, row->title) };

      for (guint c = 0; c < block->columns->len; c++)
        {
          const XqReportColumn *column = g_ptr_array_index (block->columns, c);
          const XqReportCell *cell = &row->cells[c];

          if (column->level > 0)
            {
              level_row.levels[column->level - 1] = cell->number;
              level_row.covers[column->level - 1] = cell->cover;
            }
          else if (column->format == XQ_FORMAT_PERCENT)
            {
              g_autofree char *share = xq_report_cell_display (report, column, cell);

              level_row.share = keep (chart, share);
            }
        }
      g_array_append_val (chart->levels, level_row);
    }
}

static void
collect_heat (Chart *chart, const XqReportBlock *block)
{
  for (guint c = 0; c < block->columns->len; c++)
    {
      const XqReportColumn *column = g_ptr_array_index (block->columns, c);

      g_ptr_array_add (chart->columns, (char *) keep (chart, column->title));
    }
  for (guint r = 0; r < block->rows->len; r++)
    {
      const XqReportRow *row = g_ptr_array_index (block->rows, r);

      g_ptr_array_add (chart->rows, (char *) keep (chart, row->title));
      for (guint c = 0; c < row->n_cells; c++)
        {
          const double fraction = row->cells[c].kind == XQ_VALUE_NUMBER ? row->cells[c].number : NAN;

          g_array_append_val (chart->fractions, fraction);
        }
    }
}

static void
add_chart (XqPageDocument *document, const XqReport *report, const XqReportBlock *block)
{
  Chart *chart = chart_new (report, block->look);
  const guint n = block->rows->len;
  double height = MAX (n, 2) * ROW_HEIGHT;

  if (g_str_equal (block->look, "levels"))
    {
      collect_levels (chart, report, block);
      height = n * LEVEL_HEIGHT + 20.0;
    }
  else if (g_str_equal (block->look, "heat"))
    {
      collect_heat (chart, block);
      height = n * ROW_HEIGHT + 16.0;
    }
  else
    collect_values (chart, block);
  if (g_str_equal (block->look, "bars"))
    height = BAR_HEIGHT;
  xq_page_document_add_drawing (document, height, draw_chart, chart, chart_free);
}

static void
add_tiles (XqPageDocument *document, const XqReportBlock *block)
{
  g_autoptr (GArray) tiles = g_array_new (FALSE, TRUE, sizeof (XqPageTile));

  for (guint r = 0; r < block->rows->len; r++)
    {
      const XqReportRow *row = g_ptr_array_index (block->rows, r);
      const char *figure = text_of (block, row, "figure");
      const XqPageTile tile = { figure != NULL ? figure : "—", row->title, text_of (block, row, "detail"),
                                text_of (block, row, "grave") != NULL };

      g_array_append_val (tiles, tile);
    }
  xq_page_document_add_tiles (document, (const XqPageTile *) tiles->data, tiles->len);
}

static void
add_sentences (XqPageDocument *document, const XqReportBlock *block)
{
  const gboolean decisions = g_strcmp0 (block->look, "decisions") == 0;

  for (guint r = 0; r < block->rows->len; r++)
    {
      const char *text = text_of (block, g_ptr_array_index (block->rows, r), "text");

      if (text == NULL)
        continue;
      if (decisions)
        xq_page_document_add_decision (document, (int) r + 1, text, _("Agreed"), _("Discuss again"));
      else
        xq_page_document_add_text (document, g_strcmp0 (block->look, "list") == 0 ? XQ_PAGE_BULLET : XQ_PAGE_BODY, text);
    }
}

static void
add_signatures (XqPageDocument *document, const XqReportBlock *block)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint r = 0; r < block->rows->len; r++)
    g_strv_builder_add (names, ((XqReportRow *) g_ptr_array_index (block->rows, r))->title);
  list = g_strv_builder_end (names);
  xq_page_document_add_signatures (document, (const char *const *) list);
}

static void
add_block (XqPageDocument *document, const XqReport *report, const XqReportBlock *block)
{
  const char *look = block->look != NULL ? block->look : "";

  if (g_str_equal (look, "tiles"))
    {
      add_tiles (document, block);
      return;
    }
  if (g_str_equal (look, "signature"))
    {
      add_signatures (document, block);
      return;
    }
  xq_page_document_add_heading (document, block->title, block->subtitle, g_str_equal (look, "decisions"));
  if (block->kind == XQ_BLOCK_CHART && block->rows->len > 0)
    add_chart (document, report, block);
  else if (block->kind == XQ_BLOCK_TEXT)
    add_sentences (document, block);
  else if (block->kind == XQ_BLOCK_CHART)
    xq_page_document_add_text (document, XQ_PAGE_SMALL, _("No numbers to show."));
  else
    xq_page_document_add_table (document, report, block);
}

static void
add_head (XqPageDocument *document, const XqReport *report)
{
  g_autofree char *from = xq_date_display_day (report->from);
  g_autofree char *to = xq_date_display_day (report->to);
  g_autofree char *dates = g_strdup_printf (_("%s to %s"), from, to);
  g_autofree char *subtitle
      = report->term != NULL ? g_strdup_printf ("%s · %s", report->term, dates) : g_strdup (dates);

  xq_page_document_add_pair (document, XQ_PAGE_SUBTITLE, report->organisation,
                             report->threshold > 0 ? _("Internal · holds no personal information") : _("Internal"));
  xq_page_document_add_text (document, XQ_PAGE_TITLE, report->title);
  xq_page_document_add_text (document, XQ_PAGE_SUBTITLE, subtitle);
  xq_page_document_add_rule (document, TRUE);
}

static void
add_footer (XqPageDocument *document, const XqReport *report)
{
  g_autofree char *day = xq_clock_date (report->generated_at);
  g_autofree char *protect = NULL;
  g_autofree char *footer = NULL;

  if (report->threshold > 0)
    protect = g_strdup_printf (_("1 to %d is shown as <%d, * protects it from being worked out · "),
                               report->threshold - 1, report->threshold);
  footer = g_strdup_printf ("%s%s %s · %s %s · %s", protect != NULL ? protect : "", _("Audit code"),
                            report->audit_head, _("Xinqiao"), report->version, day);
  xq_page_document_set_footer (document, footer);
}

/* The sentence of every indicator that a table shows, once. */
static void
add_definitions (XqPageDocument *document, const XqReport *report)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint b = 0; b < report->blocks->len; b++)
    {
      const XqReportBlock *block = g_ptr_array_index (report->blocks, b);

      for (guint c = 0; c < block->columns->len; c++)
        {
          const XqReportColumn *column = g_ptr_array_index (block->columns, c);
          g_autofree char *name = NULL;
          g_autofree char *text = NULL;

          if (column->definition == NULL || !g_hash_table_add (seen, column->id))
            continue;
          name = column->group == NULL ? g_strdup (column->title)
                                       : g_strdup_printf ("%s · %s", column->group, column->title);
          if (g_hash_table_size (seen) == 1)
            xq_page_document_add_heading (document, _("How it is counted"), NULL, FALSE);
          text = g_strdup_printf (_("%s: %s"), name, column->definition);
          xq_page_document_add_text (document, XQ_PAGE_SMALL, text);
        }
    }
}

XqPageDocument *
xq_report_to_pages (const XqReport *report)
{
  XqPageDocument *document = xq_page_document_new (report->title, report->organisation, report->generated_at);
  gboolean in_columns = FALSE;

  add_head (document, report);
  add_footer (document, report);
  xq_page_document_set_watermark (document, report->watermark);
  for (guint b = 0; b < report->blocks->len; b++)
    {
      const XqReportBlock *block = g_ptr_array_index (report->blocks, b);
      const XqReportBlock *next = b + 1 < report->blocks->len ? g_ptr_array_index (report->blocks, b + 1) : NULL;

      if (b > 0 && !in_columns)
        xq_page_document_add_rule (document, FALSE);
      if (in_columns)
        xq_page_document_columns_next (document);
      else if (block->half && next != NULL && next->half)
        xq_page_document_columns_begin (document);
      add_block (document, report, block);
      if (in_columns)
        xq_page_document_columns_end (document);
      in_columns = !in_columns && block->half && next != NULL && next->half;
    }
  add_definitions (document, report);
  if (report->notes->len > 0)
    xq_page_document_add_heading (document, _("Notes to the report"), NULL, FALSE);
  for (guint n = 0; n < report->notes->len; n++)
    xq_page_document_add_text (document, XQ_PAGE_SMALL, g_ptr_array_index (report->notes, n));
  return document;
}
