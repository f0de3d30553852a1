#include "config.h"

#include "ui/settings/records-group.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "calendar/term.h"
#include "people/organisation.h"
#include "referral/institution.h"

/* -- terms */

static char *
term_title (gconstpointer record)
{
  return g_strdup (((const XqTerm *) record)->name);
}

static char *
term_subtitle (gconstpointer record)
{
  const XqTerm *term = record;
  g_autofree char *from = xq_date_display_day (term->from_date);
  g_autofree char *to = xq_date_display_day (term->to_date);

  return g_strdup_printf ("%s – %s", from, to);
}

static gboolean
save_term (XqDatabase *database, gpointer record, GError **error)
{
  return xq_term_save (database, record, error);
}

/* The one after the last: autumn and spring make a school year. */
static void
propose_term (XqDatabase *database, gpointer record)
{
  g_autoptr (GPtrArray) terms = xq_term_list (database, NULL);
  const XqTerm *last = terms != NULL && terms->len > 0 ? terms->pdata[terms->len - 1] : NULL;
  XqTerm *term = record;
  int year = last != NULL ? atoi (last->school_year) : 0;

  term->number = last != NULL && last->number == 1 ? 2 : 1;
  if (year > 0)
    {
      year += term->number == 1 ? 1 : 0;
      g_free (term->school_year);
      term->school_year = g_strdup_printf ("%d-%d", year, year + 1);
    }
}

const XqRecordKind xq_term_kind = {
  .entity = &XQ_TERM,
  .title = N_("Terms"),
  .description = N_("School weeks, holidays and reports follow them."),
  .add = N_("New Term"),
  .edit = N_("Term"),
  .remove_warning = N_("Reports of this term can no longer be chosen by its name. Nothing that happened in it is lost."),
  .changes = XQ_CHANGED_CALENDAR | XQ_CHANGED_SETTINGS,
  .list = xq_term_list,
  .propose = propose_term,
  .row_title = term_title,
  .row_subtitle = term_subtitle,
  .save = save_term,
  .remove = xq_term_delete,
};

/* -- institutions */

static char *
institution_title (gconstpointer record)
{
  const XqInstitution *institution = record;

  if (institution->department == NULL || *institution->department == '\0')
    return g_strdup (institution->name);
  return g_strdup_printf ("%s · %s", institution->name, institution->department);
}

static char *
institution_subtitle (gconstpointer record)
{
  const XqInstitution *institution = record;
  g_autofree char *today = xq_clock_today ();
  g_autofree char *agreement = xq_institution_agreement_text (institution, today);

  return g_strdup_printf ("%s · %s", _(xq_institution_kinds[institution->kind].label), agreement);
}

static gboolean
save_institution (XqDatabase *database, gpointer record, GError **error)
{
  return xq_institution_save (database, record, error);
}

const XqRecordKind xq_institution_kind = {
  .entity = &XQ_INSTITUTION,
  .title = N_("Institutions"),
  .description = N_("Hospitals and agencies of the green channel."),
  .add = N_("New Institution"),
  .edit = N_("Institution"),
  .remove_warning = N_("It can no longer be referred to."),
  .changes = XQ_CHANGED_REFERRAL | XQ_CHANGED_SETTINGS,
  .list = xq_institution_list,
  .row_title = institution_title,
  .row_subtitle = institution_subtitle,
  .save = save_institution,
  .remove = xq_institution_delete,
};

/* -- organisations */

static char *
organisation_title (gconstpointer record)
{
  return g_strdup (((const XqOrganisation *) record)->name);
}

static char *
organisation_subtitle (gconstpointer record)
{
  const XqOrganisation *organisation = record;

  if (organisation->head_count == 0)
    return g_strdup (_(xq_profiles[organisation->profile].label));
  return g_strdup_printf (_("%s · head-count %d"), _(xq_profiles[organisation->profile].label),
                          (int) organisation->head_count);
}

static gboolean
save_organisation (XqDatabase *database, gpointer record, GError **error)
{
  return XQ_RECORD_ID (record) == 0 ? xq_organisation_create (database, record, error)
                                    : xq_organisation_save (database, record, error);
}

const XqRecordKind xq_organisation_kind = {
  .entity = &XQ_ORGANISATION,
  .title = N_("Organisations"),
  .description = N_("Whose people this vault keeps files on."),
  .add = N_("New Organisation"),
  .edit = N_("Organisation"),
  .changes = XQ_CHANGED_PEOPLE | XQ_CHANGED_SETTINGS,
  .list = xq_organisation_list,
  .row_title = organisation_title,
  .row_subtitle = organisation_subtitle,
  .save = save_organisation,
};
