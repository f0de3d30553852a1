#include "config.h"

#include "referral/institution.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "vault/store.h"

#define ENDS_SOON_DAYS 60

G_DEFINE_QUARK (xq-referral-error-quark, xq_referral_error)

const XqChoice xq_institution_kinds[] = {
  { "psychiatric_hospital", N_ ("Psychiatric hospital") },
  { "general_hospital", N_ ("General hospital") },
  { "maternal_child", N_ ("Maternal and child health hospital") },
  { "clinic", N_ ("Clinic") },
  { "agency", N_ ("Counselling agency") },
  { "other", N_ ("Other institution") },
  { NULL, NULL },
};

#define FIELD(member, words, type, flags, values)                                                   \
  { #member, words, type, G_STRUCT_OFFSET (XqInstitution, member), flags, XQ_PRIVACY_PLAIN, values }

static const XqField institution_fields[] = {
  FIELD (name, N_ ("Name of the institution"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED, NULL),
  FIELD (kind, N_ ("Kind"), XQ_FIELD_CHOICE, XQ_FIELD_REQUIRED, xq_institution_kinds),
  FIELD (department, N_ ("Hospital department"), XQ_FIELD_TEXT, XQ_FIELD_NONE, NULL),
  FIELD (takes, N_ ("Whom it takes"), XQ_FIELD_TEXT, XQ_FIELD_NONE, NULL),
  FIELD (contact, N_ ("Contact person"), XQ_FIELD_TEXT, XQ_FIELD_NONE, NULL),
  FIELD (hotline, N_ ("Green channel number"), XQ_FIELD_TEXT, XQ_FIELD_NONE, NULL),
  FIELD (address, N_ ("Address"), XQ_FIELD_TEXT, XQ_FIELD_NONE, NULL),
  FIELD (hours, N_ ("Opening hours"), XQ_FIELD_TEXT, XQ_FIELD_NONE, NULL),
  FIELD (agreement_until, N_ ("Agreement until"), XQ_FIELD_DATE, XQ_FIELD_NONE, NULL),
  FIELD (remark, N_ ("Remark"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, NULL),
  XQ_FIELDS_END,
};

const XqEntity XQ_INSTITUTION = {
  "institution", N_ ("Institution"), sizeof (XqInstitution), institution_fields,
};

XqAgreement
xq_institution_agreement (const XqInstitution *institution, const char *today)
{
  int days;

  g_return_val_if_fail (institution != NULL && today != NULL, XQ_AGREEMENT_NONE);

  if (institution->agreement_until == NULL || *institution->agreement_until == '\0')
    return XQ_AGREEMENT_NONE;
  days = xq_date_days_between (today, institution->agreement_until);
  if (days < 0)
    return XQ_AGREEMENT_EXPIRED;
  return days <= ENDS_SOON_DAYS ? XQ_AGREEMENT_ENDS_SOON : XQ_AGREEMENT_VALID;
}

char *
xq_institution_agreement_text (const XqInstitution *institution, const char *today)
{
  g_autofree char *until = xq_date_display_day (institution->agreement_until);

  switch (xq_institution_agreement (institution, today))
    {
    case XQ_AGREEMENT_NONE:
      return g_strdup (_ ("no agreement"));
    case XQ_AGREEMENT_VALID:
      return g_strdup_printf (_ ("agreement until %s"), until);
    case XQ_AGREEMENT_ENDS_SOON:
      return g_strdup_printf (_ ("agreement ends soon, on %s"), until);
    case XQ_AGREEMENT_EXPIRED:
      return g_strdup_printf (_ ("agreement ended on %s"), until);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
refuse_second (XqDatabase *database, const XqInstitution *institution, GError **error)
{
  gint64 other = 0;

  if (!xq_database_get_integer (database, error, &other, NULL,
                                "SELECT id FROM institution WHERE name = :name"
                                " AND ifnull (department, '') = ifnull (:department, '') AND id <> :id",
                                XQ_TEXT (":name", institution->name),
                                XQ_TEXT (":department", institution->department),
                                XQ_INTEGER (":id", institution->id), XQ_END))
    return FALSE;
  if (other == 0)
    return TRUE;
  g_set_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED,
               _ ("“%s” is in the list already with this department. Change that entry instead."),
               institution->name);
  return FALSE;
}

gboolean
xq_institution_save (XqDatabase *database, XqInstitution *institution, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  gboolean saved;

  if (transaction == NULL || !xq_record_validate (&XQ_INSTITUTION, institution, error)
      || !refuse_second (database, institution, error))
    return FALSE;
  saved = institution->id == 0 ? xq_store_insert (database, &XQ_INSTITUTION, institution, error)
                               : xq_store_update (database, &XQ_INSTITUTION, institution, error);
  return saved && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
xq_institution_delete (XqDatabase *database, gint64 id, GError **error)
{
  gint64 used = 0;

  if (!xq_database_get_integer (database, error, &used, NULL,
                                "SELECT count (*) FROM referral WHERE institution_id = :id",
                                XQ_INTEGER (":id", id), XQ_END))
    return FALSE;
  if (used > 0)
    {
      g_set_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED,
                   ngettext ("%d referral names this institution: it stays in the list.",
                             "%d referrals name this institution: it stays in the list.", used),
                   (int) used);
      return FALSE;
    }
  return xq_store_delete (database, &XQ_INSTITUTION, id, error);
}

XqInstitution *
xq_institution_load (XqDatabase *database, gint64 id, GError **error)
{
  return xq_store_load (database, &XQ_INSTITUTION, id, error);
}

GPtrArray *
xq_institution_list (XqDatabase *database, GError **error)
{
  return xq_store_list (database, error, &XQ_INSTITUTION, "ORDER BY name, department, id", XQ_END);
}

static char *
names_of (GPtrArray *institutions)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < institutions->len; i++)
    {
      const XqInstitution *each = g_ptr_array_index (institutions, i);

      g_string_append_printf (names, "%s%" G_GINT64_FORMAT " %s", i > 0 ? _ (", ") : "", each->id, each->name);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* The whole name wins over a part; a part must be only one's. */
static XqInstitution *
find_by_name (GPtrArray *institutions, const char *text)
{
  XqInstitution *found = NULL;

  for (guint i = 0; i < institutions->len; i++)
    if (g_strcmp0 (((XqInstitution *) g_ptr_array_index (institutions, i))->name, text) == 0)
      return g_ptr_array_index (institutions, i);
  for (guint i = 0; i < institutions->len; i++)
    {
      XqInstitution *each = g_ptr_array_index (institutions, i);

      if (strstr (each->name, text) == NULL)
        continue;
      if (found != NULL)
        return NULL;
      found = each;
    }
  return found;
}

XqInstitution *
xq_institution_find (XqDatabase *database, const char *text, GError **error)
{
  g_autoptr (GPtrArray) institutions = xq_institution_list (database, error);
  g_autofree char *names = NULL;
  const XqInstitution *found;
  guint64 id;

  if (institutions == NULL)
    return NULL;
  if (g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &id, NULL))
    for (guint i = 0; i < institutions->len; i++)
      if (XQ_RECORD_ID (g_ptr_array_index (institutions, i)) == (gint64) id)
        return xq_institution_copy (g_ptr_array_index (institutions, i));
  found = *text != '\0' ? find_by_name (institutions, text) : NULL;
  if (found != NULL)
    return xq_institution_copy (found);

  names = names_of (institutions);
  if (institutions->len == 0)
    g_set_error_literal (error, XQ_REFERRAL_ERROR, XQ_ERROR_NOT_FOUND,
                         _ ("There are no institutions yet. Add one in Settings first."));
  else
    g_set_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_NOT_FOUND,
                 _ ("No single institution is called “%s”. There are: %s."), text, names);
  return NULL;
}

JsonNode *
xq_institution_list_json (XqDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) institutions = xq_institution_list (database, error);
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *node;

  if (institutions == NULL)
    return NULL;
  for (guint i = 0; i < institutions->len; i++)
    json_array_add_object_element (
        array, xq_record_to_json (&XQ_INSTITUTION, g_ptr_array_index (institutions, i)));
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, array);
  return node;
}
