#include "config.h"

#include "report/audit-trail.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "people/organisation.h"
#include "people/person-list.h"

/* A column and what stands in it for a row. */
typedef struct
{
  const char *id;
  const char *title;
} Column;

static char *
time_text (gint64 at)
{
  g_autoptr (GDateTime) local = xq_clock_local (at);

  return g_date_time_format (local, "%Y-%m-%d %H:%M:%S");
}

/* An empty ledger over the days of the filter. */
static XqReport *
ledger_new (XqDatabase *database, const char *id, const char *title, const char *from, const char *to,
            const Column *columns, XqReportBlock **ret_block, GError **error)
{
  g_autoptr (GPtrArray) organisations = xq_organisation_list (database, error);
  g_autoptr (XqReport) report = xq_report_new (id, title);
  const XqOrganisation *organisation;

  if (organisations == NULL)
    return NULL;
  /* The first one is as old as the vault. */
  organisation = g_ptr_array_index (organisations, 0);
  report->organisation = g_strdup (organisation->name);
  report->from = from != NULL ? g_strdup (from) : xq_clock_date (organisation->created_at);
  report->to = to != NULL ? g_strdup (to) : xq_clock_today ();
  report->generated_at = xq_clock_now ();
  report->version = g_strdup (XQ_VERSION);
  report->audit_head = xq_audit_head (database, error);
  if (report->audit_head == NULL)
    return NULL;
  *ret_block = xq_report_add_block (report, id, title, XQ_BLOCK_LEDGER);
  (*ret_block)->row_title = g_strdup (_("No."));
  for (const Column *column = columns; column->id != NULL; column++)
    xq_report_block_add_column (*ret_block, column->id, _(column->title), XQ_FORMAT_TEXT);
  return g_steal_pointer (&report);
}

static void
add_cells (XqReportBlock *block, gint64 id, const char *title, const char *const *texts)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  XqReportRow *row = xq_report_block_add_row (block, number, title != NULL ? title : number);

  for (guint i = 0; i < row->n_cells; i++)
    if (texts[i] != NULL && *texts[i] != '\0')
      xq_report_cell_set_text (&row->cells[i], texts[i]);
}

XqReport *
xq_audit_trail_report (XqDatabase *database, const XqAuditFilter *filter, GError **error)
{
  static const Column columns[] = {
    { "at", N_("Time") },      { "action", N_("Action") }, { "entity", N_("Record") },
    { "entity_id", N_("Id") }, { "detail", N_("Detail") }, { 0 },
  };
  XqReportBlock *block = NULL;
  g_autoptr (XqReport) report
      = ledger_new (database, "audit", _("Audit trail"), filter->from, filter->to, columns, &block, error);
  g_autoptr (GPtrArray) entries = report != NULL ? xq_audit_trail_list (database, filter, error) : NULL;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const XqAuditEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *at = time_text (entry->at);
      g_autofree char *id
          = entry->entity_id != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, entry->entity_id) : g_strdup ("");
      const char *const texts[] = { at, xq_audit_action_words (entry->action), xq_audit_entity_words (entry->entity), id,
                                    entry->detail };

      add_cells (block, entry->id, NULL, texts);
    }
  return entries != NULL ? g_steal_pointer (&report) : NULL;
}

/* "张三 2023001、李四"; without names how many; nothing where it is about nobody. Who is named, @report knows. */
static char *
people_text (XqDatabase *database, XqReport *report, const XqDisclosure *disclosure, gboolean names, GError **error)
{
  g_autoptr (GArray) ids = names ? xq_disclosure_persons (database, disclosure->id, error) : NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (disclosure->persons == 0)
    return g_strdup ("");
  if (!names || (ids != NULL && ids->len == 0))
    return g_strdup_printf ("%" G_GINT64_FORMAT, disclosure->persons);
  rows = ids != NULL ? xq_person_list_rows (database, (const gint64 *) (gpointer) ids->data, ids->len, error) : NULL;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const XqPersonRow *row = g_ptr_array_index (rows, i);

      if (row == NULL)
        continue;
      xq_report_add_person (report, g_array_index (ids, gint64, i));
      g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? _(", ") : "", row->name, row->code != NULL ? " " : "",
                              row->code != NULL ? row->code : "");
    }
  return rows != NULL ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
}

/* "In words · more"; without more the words alone. (transfer full) */
static char *
joined (const char *words, const char *more)
{
  return more != NULL && *more != '\0' ? g_strdup_printf ("%s · %s", words, more) : g_strdup (words);
}

/* So few columns that they can be read on a page upright. */
static gboolean
add_disclosure (XqDatabase *database, XqReport *report, const XqDisclosure *disclosure, gboolean names, GError **error)
{
  g_autofree char *at = xq_clock_date (disclosure->at);
  g_autofree char *settled = disclosure->settled_at != 0 ? xq_clock_date (disclosure->settled_at) : NULL;
  g_autofree char *people = people_text (database, report, disclosure, names, error);
  g_autofree char *what = joined (disclosure->what, _(xq_disclosure_kinds[disclosure->kind].label));
  g_autofree char *ground = joined (_(xq_disclosure_grounds[disclosure->ground].label), disclosure->purpose);
  g_autofree char *dated = joined (_(xq_disclosure_states[disclosure->state].label), settled);
  g_autofree char *state = joined (dated, disclosure->remark);
  const char *const texts[] = { at, what, people, disclosure->recipient, ground, disclosure->fields, state };

  if (people == NULL)
    return FALSE;
  add_cells (g_ptr_array_index (report->blocks, 0), disclosure->id, disclosure->copy, texts);
  return TRUE;
}

XqReport *
xq_disclosure_report (XqDatabase *database, const XqDisclosureFilter *filter, gboolean names, GError **error)
{
  static const Column columns[] = {
    { "at", N_("Day") },           { "what", N_("What") },        { "people", N_("About") },
    { "recipient", N_("To whom") }, { "ground", N_("On what ground") }, { "fields", N_("Which particulars") },
    { "state", N_("State") },      { 0 },
  };
  XqReportBlock *block = NULL;
  g_autoptr (XqReport) report = ledger_new (database, "disclosures", _("Disclosure ledger"), filter->from, filter->to,
                                            columns, &block, error);
  g_autoptr (GPtrArray) all = report != NULL ? xq_disclosure_list (database, filter, error) : NULL;

  if (all == NULL)
    return NULL;
  g_set_str (&block->row_title, _("Copy number"));
  for (guint i = 0; i < all->len; i++)
    if (!add_disclosure (database, report, g_ptr_array_index (all, i), names, error))
      return NULL;
  return g_steal_pointer (&report);
}
