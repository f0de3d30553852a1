#include "config.h"

#include "report/backup-slip.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "report/draw.h"

#define STAMP_HEIGHT 74.0

static char *
display_age (int days)
{
  return days == 0 ? g_strdup (_("made the same day")) : g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), days);
}

/* The word that counts, in a box: seen from the door. */
static void
draw_stamp (cairo_t *cr, double width, double height, gpointer user_data)
{
  const XqChartTheme *theme = xq_chart_theme_paper ();

  xq_draw_rounded (cr, 1.0, 4.0, width - 2.0, height - 12.0, 8.0);
  xq_draw_set_colour (cr, &theme->accent);
  cairo_set_line_width (cr, 1.6);
  cairo_stroke (cr);
  xq_draw_text (cr, theme, 24.0, TRUE, &theme->accent, XQ_ALIGN_CENTRE, width / 2.0, 26.0, _("Backup valid"));
  xq_draw_text_within (cr, theme, 10.0, &theme->dim, XQ_ALIGN_CENTRE, width / 2.0, 49.0, width - 24.0, user_data);
}

static void
add_facts (XqPageDocument *document, const XqBackupDrill *drill)
{
  const XqBackupRecord *record = drill->record;
  g_autofree char *made = xq_clock_display (record->made_at);
  g_autofree char *age = display_age (drill->age_days);
  g_autofree char *size = g_format_size ((guint64) record->bytes);
  g_autofree char *rows = g_strdup_printf ("%" G_GINT64_FORMAT, record->total);
  g_autofree char *rows_now = g_strdup_printf ("%" G_GINT64_FORMAT, drill->rows_now);
  const XqPageFact facts[] = {
    { _("Vault"), drill->name },       { _("State of"), made },          { _("How old"), age },
    { _("File"), record->file },       { _("Folder"), record->folder },  { _("Size"), size },
    { _("Records inside"), rows },     { _("Records today"), rows_now }, { _("Head of the audit"), record->audit_head },
  };

  xq_page_document_add_text (document, XQ_PAGE_SECTION, _("What was tried out"));
  xq_page_document_add_facts (document, facts, G_N_ELEMENTS (facts));
}

static void
add_steps (XqPageDocument *document)
{
  const char *steps[] = {
    _("The file was read from its disk in full; every hash is right."),
    _("It was restored into a private copy and opened there with the vault's own key."),
    _("Every encrypted page and every table passed its check."),
    _("The rows of each table are those that were counted when the backup was made."),
    _("The audit trail inside is unbroken, and its head is a link of today's trail."),
    _("The copy was removed afterwards. The vault was not touched."),
  };

  xq_page_document_add_text (document, XQ_PAGE_SECTION, _("How"));
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    xq_page_document_add_text (document, XQ_PAGE_BULLET, steps[i]);
}

XqPageDocument *
xq_backup_slip_to_pages (const XqBackupDrill *drill)
{
  const char *signers[] = { _("Counsellor:"), _("Date:"), NULL };
  g_autofree char *at = xq_clock_display (drill->record->at);
  g_autofree char *next = xq_date_display_day (drill->next_on);
  g_autofree char *next_line = g_strdup_printf (_("The next drill is due on %s."), next);
  XqPageDocument *document = xq_page_document_new (_("Backup valid"), drill->name, drill->record->at);

  xq_page_document_set_footer (document, drill->name);
  xq_page_document_add_pair (document, XQ_PAGE_SUBTITLE, drill->name, at);
  xq_page_document_add_text (document, XQ_PAGE_TITLE, _("Backup Drill"));
  xq_page_document_add_rule (document, TRUE);
  xq_page_document_add_drawing (document, STAMP_HEIGHT, draw_stamp, g_strdup_printf (_("Restored and checked on %s"), at),
                                g_free);
  add_facts (document, drill);
  add_steps (document);
  xq_page_document_add_space (document, 6.0);
  xq_page_document_add_text (document, XQ_PAGE_BODY, next_line);
  xq_page_document_add_signatures (document, signers);
  return document;
}
