/* Papers that leave by the command line: letters, reports and ledgers as files, each entered in the disclosure ledger. */
#pragma once

#include "cli/desk.h"
#include "report/papers.h"

G_BEGIN_DECLS

/**
 * XqLeaving:
 * @xlsx: (nullable): where the workbook goes
 * @pdf: (nullable): where the pages go
 * @csv: (nullable): where the table goes
 * @zip: (nullable): where an encrypted zip goes: of a report's workbook, of a letter's pages
 * @passphrase: of the zip
 * @recipient: (nullable): to whom; instead of what the ledger would say by itself
 * @ground: (nullable): id of the ground
 * @purpose: (nullable): what for
 *
 * What the options of a command say of papers. Initialise with %XQ_LEAVING_INIT.
 */
typedef struct
{
  char *xlsx;
  char *pdf;
  char *csv;
  char *zip;
  XqSecretSource passphrase;
  char *recipient;
  char *ground;
  char *purpose;
} XqLeaving;

#define XQ_LEAVING_INIT                                                                                                \
  { .passphrase = { .descriptor = -1,                                                                                  \
                    .prompt = N_("Passphrase of the zip"),                                                             \
                    .option = "--passphrase-fd N, --passphrase-file FILE" } }

void xq_leaving_clear (XqLeaving *leaving);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqLeaving, xq_leaving_clear)

/* The options of what goes into an encrypted zip, and of what the ledger is told. */
#define XQ_LEAVING_OPTIONS(leaving)                                                                                    \
  { "zip", 0, 0, XQ_OPTION_TEXT, &(leaving).zip, N_("Write it into an encrypted zip"), "FILE" },                       \
      { "passphrase-fd", 0, 0, G_OPTION_ARG_INT, &(leaving).passphrase.descriptor,                                     \
        N_("Descriptor to read the passphrase of the zip from"), "N" },                                                \
      { "passphrase-file", 0, 0, XQ_OPTION_TEXT, &(leaving).passphrase.file,                                           \
        N_("File to read the passphrase of the zip from"), "FILE" },                                                   \
      { "recipient", 0, 0, XQ_OPTION_TEXT, &(leaving).recipient, N_("To whom it goes"), "TEXT" },                      \
      { "ground", 0, 0, XQ_OPTION_TEXT, &(leaving).ground, N_("consent, danger, law, duty or own"), "GROUND" },        \
      { "purpose", 0, 0, XQ_OPTION_TEXT, &(leaving).purpose, N_("What for"), "TEXT" }

/* Writes @report into the files that were named, then says it: the model as JSON, or as text the files (the numbers
 * without any). @identifying: it says who people are, so that a recipient and a ground are wanted. */
gboolean xq_papers_write_report (XqCli *cli, XqDatabase *database, XqReport *report, gboolean identifying,
                                 const XqLeaving *leaving, GError **error);
/* The referral letter with its slip into the PDF or the zip that was named. */
gboolean xq_papers_write_letter (XqCli *cli, XqDesk *desk, gint64 referral_id, const XqLeaving *leaving, GError **error);

G_END_DECLS
