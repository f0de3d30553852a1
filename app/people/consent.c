#include "config.h"

#include "people/consent.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "vault/store.h"

const XqChoice xq_consent_kinds[] = {
  { "file", N_ ("Keeping a file") },
  { "assessment", N_ ("Assessment") },
  { "counselling", N_ ("Counselling") },
  { "tell_guardian", N_ ("Telling the guardian") },
  { "referral_release", N_ ("Releasing information for a referral") },
  { NULL, NULL },
};

#define FIELD(member, words, type, flags, privacy, values)                                          \
  { #member, words, type, G_STRUCT_OFFSET (XqConsent, member), flags, privacy, values }

static const XqField fields[] = {
  FIELD (person_id, N_ ("Person"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL,
         XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (kind, N_ ("Consent to"), XQ_FIELD_CHOICE, XQ_FIELD_REQUIRED, XQ_PRIVACY_SENSITIVE, xq_consent_kinds),
  FIELD (given_by, N_ ("Given by"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED, XQ_PRIVACY_IDENTIFYING, NULL),
  FIELD (given_on, N_ ("Given on"), XQ_FIELD_DATE, XQ_FIELD_REQUIRED, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (until, N_ ("Until"), XQ_FIELD_DATE, XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (withdrawn_on, N_ ("Withdrawn on"), XQ_FIELD_DATE, XQ_FIELD_NONE, XQ_PRIVACY_SENSITIVE, NULL),
  FIELD (remark, N_ ("Remark"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_IDENTIFYING, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_CONSENT = { "consent", N_ ("Consent"), sizeof (XqConsent), fields };

static gboolean
check_dates (const XqConsent *consent, GError **error)
{
  if (consent->until != NULL && xq_date_compare (consent->until, consent->given_on) < 0)
    g_set_error_literal (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
                         _ ("A consent cannot end before it is given. Check the two dates."));
  else if (consent->withdrawn_on != NULL && xq_date_compare (consent->withdrawn_on, consent->given_on) < 0)
    g_set_error_literal (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
                         _ ("A consent cannot be withdrawn before it is given. Check the two dates."));
  else
    return TRUE;
  return FALSE;
}

gboolean
xq_consent_create (XqDatabase *database, XqConsent *consent, GError **error)
{
  return check_dates (consent, error) && xq_store_insert (database, &XQ_CONSENT, consent, error);
}

gboolean
xq_consent_save (XqDatabase *database, const XqConsent *consent, GError **error)
{
  return check_dates (consent, error) && xq_store_update (database, &XQ_CONSENT, consent, error);
}

gboolean
xq_consent_withdraw (XqDatabase *database, gint64 id, const char *on, GError **error)
{
  g_autoptr (XqConsent) consent = xq_store_load (database, &XQ_CONSENT, id, error);

  if (consent == NULL)
    return FALSE;
  if (consent->withdrawn_on != NULL)
    {
      g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED, _ ("This consent was withdrawn on %s already."),
                   consent->withdrawn_on);
      return FALSE;
    }
  consent->withdrawn_on = on != NULL ? g_strdup (on) : xq_clock_today ();
  return xq_consent_save (database, consent, error);
}

GPtrArray *
xq_consent_list (XqDatabase *database, gint64 person_id, GError **error)
{
  return xq_store_list (database, error, &XQ_CONSENT, "WHERE person_id = :person ORDER BY given_on DESC, id DESC",
                        XQ_INTEGER (":person", person_id), XQ_END);
}

gboolean
xq_consent_holds (const XqConsent *consent, const char *on)
{
  return xq_date_compare (consent->given_on, on) <= 0
         && (consent->until == NULL || xq_date_compare (on, consent->until) <= 0)
         && (consent->withdrawn_on == NULL || xq_date_compare (on, consent->withdrawn_on) < 0);
}

gboolean
xq_consent_is_given (XqDatabase *database, gint64 person_id, XqConsentKind kind, const char *on, GError **error)
{
  g_autoptr (GPtrArray) consents = xq_consent_list (database, person_id, error);
  g_autofree char *today = on == NULL ? xq_clock_today () : NULL;

  for (guint i = 0; consents != NULL && i < consents->len; i++)
    {
      const XqConsent *consent = g_ptr_array_index (consents, i);

      if (consent->kind == (int) kind && xq_consent_holds (consent, on != NULL ? on : today))
        return TRUE;
    }
  return FALSE;
}
