#include "config.h"

#include "report/share-page.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "report/safe-sheet.h"

char *
xq_share_title (guint index)
{
  return g_strdup_printf (_ ("Share %u of %d"), index + 1, XQ_SHARES);
}

static void
add_facts (XqPageDocument *document, const char *name, const XqShareSet *set, guint index, const char *day)
{
  g_autofree char *number = g_strdup_printf ("%u", set->set);
  g_autofree char *code = g_strdup_printf ("%u", set->code);
  const XqPageFact facts[] = {
    { _ ("Kept by"), set->holders[index] },
    { _ ("Vault"), name },
    { _ ("Set"), number },
    { _ ("Recovery code no."), code },
    { _ ("Made on"), day },
  };

  xq_page_document_add_facts (document, facts, G_N_ELEMENTS (facts));
}

static void
add_instructions (XqPageDocument *document, const XqShareSet *set, guint index)
{
  g_autofree char *others
      = g_strdup_printf (_ ("The other two are kept by: %s; %s."), set->holders[(index + 1) % XQ_SHARES],
                         set->holders[(index + 2) % XQ_SHARES]);
  const char *use[] = {
    _ ("For when the password is forgotten and the recovery sheet is not at hand. Two holders come together at the counsellor's computer, each with the sheet; the third one is not needed."),
    _ ("Start Xinqiao, choose “Forgot Password…”, then “Two Paper Shares Instead”, type the four lines of both sheets and set a new password. Small letters will do; a line that is mistyped is named at once."),
    others,
    NULL,
  };
  const char *keep[] = {
    _ ("Each sheet in another place and in another hand, in a sealed envelope signed across the flap: two in one drawer are as good as the whole code. Never photographed, never sent."),
    _ ("When a sheet is lost, a single one opens nothing, but make a new recovery code soon: Settings, Security. When two may have been seen by one person, make it at once."),
    _ ("A new recovery code makes this sheet void: it then opens, with its fellows of the same set, only backups made before it. Making shares once more does not make it void: destroy all three when a new set is handed out."),
    NULL,
  };

  xq_safe_sheet_add_list (document, _ ("How it is used"), use);
  xq_safe_sheet_add_list (document, _ ("Where it is kept"), keep);
}

XqPageDocument *
xq_share_to_pages (const char *name, const XqShareSet *set, guint index)
{
  g_autofree char *title = xq_share_title (index);
  g_autofree char *today = xq_clock_today ();
  g_autofree char *day = xq_date_display_day (today);
  g_autofree char *foot = g_strdup_printf ("%s · %s · %s", title, name, day);
  XqPageDocument *document = xq_page_document_new (title, name, xq_clock_now ());

  xq_page_document_set_footer (document, foot);
  xq_page_document_add_pair (document, XQ_PAGE_SUBTITLE, _ ("Recovery code in shares"), set->holders[index]);
  xq_page_document_add_text (document, XQ_PAGE_TITLE, title);
  xq_page_document_add_rule (document, TRUE);
  xq_page_document_add_text (document, XQ_PAGE_BODY,
                             _ ("This sheet alone opens nothing and tells nothing of the recovery code. Any two of the three together open everything in the vault."));
  add_facts (document, name, set, index, day);
  xq_page_document_add_space (document, 6.0);
  xq_safe_sheet_add_code (document, (const char *) xq_secret_bytes (set->texts[index]), TRUE);
  add_instructions (document, set, index);
  xq_safe_sheet_add_receipt (document);
  return document;
}
