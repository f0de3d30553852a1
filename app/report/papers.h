/* The papers that leave: reports, ledgers and letters; what the disclosure ledger says of each, and its file in each form.
 * The command line and the window share this way out. */
#pragma once

#include "report/desk.h"
#include "report/hand-out.h"
#include "report/page.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_PAPER_XLSX,
  XQ_PAPER_PDF,
  XQ_PAPER_CSV,
} XqPaperForm;

/* "xlsx". (transfer none) */
const char *xq_paper_ending (XqPaperForm form);

/**
 * xq_papers_report_entry:
 * @report: a report or a ledger
 * @kind: how it leaves
 *
 * What the ledger will say of it: its title and days; a report's numbers name nobody, and so need no recipient.
 *
 * Returns: (transfer full): an entry to be completed and handed to the calls below
 */
XqDisclosure *xq_papers_report_entry (const XqReport *report, XqDisclosureKind kind);

/**
 * xq_papers_save_report:
 * @report: gets its watermark here when @entry names somebody
 * @form: which file
 * @entry: from xq_papers_report_entry()
 * @path: where it goes
 * @passphrase: (nullable): into an encrypted zip at @path
 *
 * Entered, written and saved; see xq_hand_out().
 */
gboolean xq_papers_save_report (XqDatabase *database, XqReport *report, XqPaperForm form, XqDisclosure *entry,
                                const char *path, XqSecret *passphrase, const XqProgress *progress, GError **error);

/**
 * xq_papers_letter_entry:
 * @desk: the desk
 * @referral_id: whose letter
 * @kind: how it leaves
 *
 * To the institution of the referral; on the ground of consent, in the emergency lane of danger to life; the particulars
 * are the sections that the letter holds.
 *
 * Returns: (transfer full): an entry to be completed and handed to the calls below
 */
XqDisclosure *xq_papers_letter_entry (XqDesk *desk, gint64 referral_id, XqDisclosureKind kind, GError **error);

/* The letter as PDF; see xq_papers_save_report(). */
gboolean xq_papers_save_letter (XqDesk *desk, gint64 referral_id, XqDisclosure *entry, const char *path,
                                XqSecret *passphrase, GError **error);

G_END_DECLS
