#include "config.h"

#include "report/recovery-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "report/draw.h"

#define GROUPS_A_ROW   4
#define ROW_HEIGHT     42.0
#define CODE_SIZE      25.0
#define COMMAND_SIZE   8.5
#define COMMAND_HEIGHT 13.0

/* Its zero has a point, its I has feet, its B is no 8: what is read from this sheet is typed letter by letter. */
#define CODE_FONT "DejaVu Sans Mono"

static const char *const commands[] = {
  "printf %s '…' | tr -d ' -' | base32 -d | head -c 32 | od -An -v -tx1 | tr -d ' \\n'",
  "sqlcipher vault.db",
  "PRAGMA key = \"x'…'\";",
};

/* -- the code */

static void
code_free (gpointer data)
{
  char **groups = data;

  for (char **group = groups; *group != NULL; group++)
    explicit_bzero (*group, strlen (*group));
  g_strfreev (groups);
}

static void
draw_group (cairo_t *cr, const XqChartTheme *mono, guint number, const char *group, double x, double y, double width)
{
  g_autofree char *digits = g_strdup_printf ("%u", number);

  xq_draw_rounded (cr, x + 2.0, y + 3.0, width - 4.0, ROW_HEIGHT - 6.0, 4.0);
  xq_draw_set_colour (cr, &mono->grid);
  cairo_set_line_width (cr, 0.8);
  cairo_stroke (cr);
  xq_draw_text (cr, xq_chart_theme_paper (), 8.5, FALSE, &mono->dim, XQ_ALIGN_LEFT, x + 9.0, y + ROW_HEIGHT / 2.0, digits);
  xq_draw_text (cr, mono, CODE_SIZE, TRUE, &mono->text, XQ_ALIGN_CENTRE, x + width / 2.0 + 8.0, y + ROW_HEIGHT / 2.0,
                group);
}

/* The last row is half empty: there the reader is told which characters there are. */
static void
draw_code (cairo_t *cr, double width, double height, gpointer user_data)
{
  const char *const *groups = user_data;
  const double column = width / GROUPS_A_ROW;
  XqChartTheme mono = *xq_chart_theme_paper ();
  const guint n = g_strv_length ((char **) groups);
  const double x = n % GROUPS_A_ROW * column + 10.0;
  const double y = height - ROW_HEIGHT / 2.0;

  mono.font = CODE_FONT;
  for (guint i = 0; i < n; i++)
    draw_group (cr, &mono, i + 1, groups[i], i % GROUPS_A_ROW * column, i / GROUPS_A_ROW * ROW_HEIGHT, column);
  if (n % GROUPS_A_ROW == 0)
    return;
  xq_draw_text_within (cr, xq_chart_theme_paper (), 8.5, &mono.dim, XQ_ALIGN_LEFT, x, y - 7.0, width - x,
                       _ ("Only the letters A to Z and the digits 2 to 7 occur:"));
  xq_draw_text_within (cr, xq_chart_theme_paper (), 8.5, &mono.dim, XQ_ALIGN_LEFT, x, y + 7.0, width - x,
                       _ ("O, I and B are letters, never 0, 1 or 8."));
}

/* -- what is typed into a terminal */

static void
draw_commands (cairo_t *cr, double width, double height, gpointer user_data)
{
  XqChartTheme mono = *xq_chart_theme_paper ();

  mono.font = CODE_FONT;
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    xq_draw_text (cr, &mono, COMMAND_SIZE, FALSE, &mono.text, XQ_ALIGN_LEFT, 11.0, (i + 0.5) * COMMAND_HEIGHT,
                  commands[i]);
}

/* -- the page */

static void
add_list (XqPageDocument *document, const char *title, const char *const *texts)
{
  xq_page_document_add_text (document, XQ_PAGE_SECTION, title);
  for (; *texts != NULL; texts++)
    xq_page_document_add_text (document, XQ_PAGE_BULLET, *texts);
}

static void
add_instructions (XqPageDocument *document, gboolean renewed)
{
  const char *with[] = {
    _ ("Start Xinqiao, choose “Forgot Password…”, type the fourteen groups in their order and set a new password. Small letters will do; blanks and hyphens do not matter."),
    NULL,
  };
  const char *without[] = {
    _ ("On any computer with Linux and the free program “sqlcipher”: in a terminal, in a copy of the vault's folder, type the first line with the code in place of the dots; it prints 64 digits. Then the second line, and in the third one these 64 digits in place of the dots. The tables can be read then, and exported."),
    NULL,
  };
  const char *keep[] = {
    _ ("In a sealed envelope in the safe, signed across the flap; never beside the computer, never photographed, never sent."),
    _ ("Whoever has this sheet and the folder of the vault, or a backup of it, can read everything in it. When it may have been seen, make a new recovery code at once: Settings, Security."),
    renewed ? _ ("Sheets of earlier days open nothing but backups and copies made until then. Keep them as long as those, then shred them.")
            : _ ("When a new recovery code is made, this sheet opens nothing but backups and copies made until then. Keep it as long as those, then shred it."),
    NULL,
  };

  add_list (document, _ ("How it is used"), with);
  add_list (document, _ ("Without this program"), without);
  xq_page_document_add_drawing (document, G_N_ELEMENTS (commands) * COMMAND_HEIGHT, draw_commands, NULL, NULL);
  add_list (document, _ ("Where it is kept"), keep);
}

XqPageDocument *
xq_recovery_to_pages (const char *name, const char *code, gboolean renewed)
{
  const char *handed[] = { _ ("Handed over by:"), _ ("Received by:"), _ ("Date:"), NULL };
  const char *place[] = { _ ("Kept in:"), _ ("Seal number:"), _ ("Opened on, by:"), NULL };
  XqPageDocument *document = xq_page_document_new (_ ("Recovery sheet"), name, xq_clock_now ());
  g_autofree char *today = xq_clock_today ();
  g_autofree char *day = xq_date_display_day (today);
  g_autofree char *made = g_strdup_printf (_ ("Made on %s"), day);
  g_autofree char *what = g_strdup_printf (_ ("It opens the vault of “%s” when the password is forgotten or the file of the passwords is damaged."), name);
  g_autofree char *foot = g_strdup_printf (_ ("Recovery sheet · %s · %s"), name, day);
  char **groups = g_strsplit (code, "-", -1);
  const guint rows = (g_strv_length (groups) + GROUPS_A_ROW - 1) / GROUPS_A_ROW;

  xq_page_document_set_footer (document, foot);
  xq_page_document_add_pair (document, XQ_PAGE_SUBTITLE, name, made);
  xq_page_document_add_text (document, XQ_PAGE_TITLE, _ ("Recovery sheet"));
  xq_page_document_add_rule (document, TRUE);
  xq_page_document_add_text (document, XQ_PAGE_BODY, what);
  xq_page_document_add_space (document, 6.0);
  xq_page_document_add_drawing (document, rows * ROW_HEIGHT, draw_code, groups, code_free);
  add_instructions (document, renewed);
  xq_page_document_add_space (document, 14.0);
  xq_page_document_add_signatures (document, handed);
  xq_page_document_add_space (document, 14.0);
  xq_page_document_add_signatures (document, place);
  return document;
}
