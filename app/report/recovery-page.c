#include "config.h"

#include "report/recovery-page.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "report/draw.h"
#include "report/safe-sheet.h"

#define COMMAND_SIZE   8.5
#define COMMAND_HEIGHT 13.0

static const char *const commands[] = {
  "printf %s '…' | tr -d ' -' | base32 -d | head -c 32 | od -An -v -tx1 | tr -d ' \\n'",
  "sqlcipher vault.db",
  "PRAGMA key = \"x'…'\";",
};

/* -- what is typed into a terminal */

static void
draw_commands (cairo_t *cr, double width, double height, gpointer user_data)
{
  XqChartTheme mono = *xq_chart_theme_paper ();

  mono.font = XQ_SAFE_SHEET_FONT;
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    xq_draw_text (cr, &mono, COMMAND_SIZE, FALSE, &mono.text, XQ_ALIGN_LEFT, 11.0, (i + 0.5) * COMMAND_HEIGHT,
                  commands[i]);
}

/* -- the page */

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

  xq_safe_sheet_add_list (document, _ ("How it is used"), with);
  xq_safe_sheet_add_list (document, _ ("Without this program"), without);
  xq_page_document_add_drawing (document, G_N_ELEMENTS (commands) * COMMAND_HEIGHT, draw_commands, NULL, NULL);
  xq_safe_sheet_add_list (document, _ ("Where it is kept"), keep);
}

XqPageDocument *
xq_recovery_to_pages (const char *name, const char *code, gboolean renewed)
{
  XqPageDocument *document = xq_page_document_new (_ ("Recovery sheet"), name, xq_clock_now ());
  g_autofree char *today = xq_clock_today ();
  g_autofree char *day = xq_date_display_day (today);
  g_autofree char *made = g_strdup_printf (_ ("Made on %s"), day);
  g_autofree char *what = g_strdup_printf (_ ("It opens the vault of “%s” when the password is forgotten or the file of the passwords is damaged."), name);
  g_autofree char *foot = g_strdup_printf (_ ("Recovery sheet · %s · %s"), name, day);

  xq_page_document_set_footer (document, foot);
  xq_page_document_add_pair (document, XQ_PAGE_SUBTITLE, name, made);
  xq_page_document_add_text (document, XQ_PAGE_TITLE, _ ("Recovery sheet"));
  xq_page_document_add_rule (document, TRUE);
  xq_page_document_add_text (document, XQ_PAGE_BODY, what);
  xq_page_document_add_space (document, 6.0);
  xq_safe_sheet_add_code (document, code, FALSE);
  add_instructions (document, renewed);
  xq_safe_sheet_add_receipt (document);
  return document;
}
