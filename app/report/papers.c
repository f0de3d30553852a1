#include "config.h"

#include "report/papers.h"

#include <glib/gi18n-lib.h>

#include "people/organisation.h"
#include "people/person.h"
#include "report/letter-page.h"
#include "report/workbook.h"
#include "vault/store.h"

static const char *const endings[] = { [XQ_PAPER_XLSX] = "xlsx", [XQ_PAPER_PDF] = "pdf", [XQ_PAPER_CSV] = "csv" };

/* Reports that are not numbers: what they are in the ledger. */
static const struct
{
  const char *report;
  XqDisclosureSubject subject;
} subjects[] = {
  { "audit", XQ_DISCLOSED_AUDIT },
  { "disclosures", XQ_DISCLOSED_LEDGER },
  { "missing", XQ_DISCLOSED_MISSING },
};

const char *
xq_paper_ending (XqPaperForm form)
{
  return endings[form];
}

XqDisclosure *
xq_papers_report_entry (const XqReport *report, XqDisclosureKind kind)
{
  XqDisclosure *entry = xq_disclosure_new ();

  entry->kind = kind;
  entry->subject = XQ_DISCLOSED_REPORT;
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (g_str_equal (subjects[i].report, report->id))
      entry->subject = subjects[i].subject;
  entry->what = report->term != NULL ? g_strdup_printf ("%s %s", report->title, report->term)
                : *report->from != '\0' ? g_strdup_printf (_("%s, %s to %s"), report->title, report->from, report->to)
                                        : g_strdup (report->title);
  return entry;
}

typedef struct
{
  XqReport *report;
  XqPaperForm form;
  const XqProgress *progress;
} ReportFile;

static GBytes *
make_report (const char *watermark, gpointer data, GError **error)
{
  const ReportFile *file = data;
  g_autoptr (XqPageDocument) pages = NULL;

  g_set_str (&file->report->watermark, watermark);
  switch (file->form)
    {
    case XQ_PAPER_XLSX:
      return xq_workbook_to_bytes (file->report, file->progress, error);
    case XQ_PAPER_CSV:
      return g_string_free_to_bytes (xq_report_to_csv (file->report));
    case XQ_PAPER_PDF:
    default:
      pages = xq_report_to_pages (file->report);
      return xq_page_document_to_pdf (pages, error);
    }
}

gboolean
xq_papers_save_report (XqDatabase *database, XqReport *report, XqPaperForm form, XqDisclosure *entry, const char *path,
                       XqSecret *passphrase, const XqProgress *progress, GError **error)
{
  g_autofree char *inner = g_strdup_printf ("%s.%s", report->id, endings[form]);
  const XqHandOut out = {
    .disclosure = entry,
    .person_ids = (const gint64 *) (gpointer) report->people->data,
    .n_persons = report->people->len,
    .issuer = report->organisation,
    .path = path,
    .passphrase = passphrase,
    .inner_name = inner,
  };
  ReportFile file = { report, form, progress };

  return xq_hand_out (database, &out, make_report, &file, error);
}

/* -- letters */

static char *
section_titles (const XqLetter *letter)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < letter->sections->len; i++)
    {
      const XqLetterSection *section = g_ptr_array_index (letter->sections, i);

      g_string_append_printf (text, "%s%s", i > 0 ? _(", ") : "", section->title);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

XqDisclosure *
xq_papers_letter_entry (XqDesk *desk, gint64 referral_id, XqDisclosureKind kind, GError **error)
{
  g_autoptr (XqLetter) letter = xq_desk_letter (desk, referral_id, error);
  XqDisclosure *entry;

  if (letter == NULL)
    return NULL;
  entry = xq_disclosure_new ();
  entry->kind = kind;
  entry->subject = XQ_DISCLOSED_LETTER;
  entry->identifying = TRUE;
  entry->what = g_strdup_printf (_("Referral letter %s"), letter->number);
  entry->recipient = letter->department != NULL ? g_strdup_printf ("%s %s", letter->institution, letter->department)
                                                : g_strdup (letter->institution);
  entry->ground = letter->emergency ? XQ_GROUND_DANGER : XQ_GROUND_CONSENT;
  entry->fields = section_titles (letter);
  return entry;
}

static GBytes *
make_letter (const char *watermark, gpointer data, GError **error)
{
  g_autoptr (XqPageDocument) pages = xq_letter_to_pages (data);

  xq_page_document_set_watermark (pages, watermark);
  return xq_page_document_to_pdf (pages, error);
}

gboolean
xq_papers_save_letter (XqDesk *desk, gint64 referral_id, XqDisclosure *entry, const char *path, XqSecret *passphrase,
                       GError **error)
{
  XqDatabase *database = xq_desk_database (desk);
  g_autoptr (XqReferral) referral = xq_store_load (database, &XQ_REFERRAL, referral_id, error);
  g_autoptr (XqLetter) letter = referral != NULL ? xq_desk_letter (desk, referral_id, error) : NULL;
  g_autofree char *inner = NULL;

  if (letter == NULL)
    return FALSE;
  /* No name in the file's name: anybody may list a zip. */
  inner = g_strdup_printf ("letter-%s.pdf", letter->slip_code);
  return xq_hand_out (database,
                      &(XqHandOut) { .disclosure = entry, .person_ids = &referral->person_id, .n_persons = 1,
                                     .issuer = letter->sender, .path = path, .passphrase = passphrase,
                                     .inner_name = inner },
                      make_letter, letter, error);
}
