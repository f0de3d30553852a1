/* The referral room: hospitals and agencies, the green channel to them and back, and the letter's content. It
 * stands on people/ and knows nothing of warnings or follow-ups: the caller moves care along
 * (xq_care_referral_moved()) in the same transaction.
 *
 * This header: institutions 转介机构. */
#pragma once

#include "base/field.h"
#include "vault/database.h"

G_BEGIN_DECLS

#define XQ_REFERRAL_ERROR (xq_referral_error_quark ())
GQuark xq_referral_error_quark (void);

typedef enum
{
  XQ_INSTITUTION_PSYCHIATRIC_HOSPITAL,
  XQ_INSTITUTION_GENERAL_HOSPITAL,
  XQ_INSTITUTION_MATERNAL_CHILD,
  XQ_INSTITUTION_CLINIC,
  XQ_INSTITUTION_AGENCY,
  XQ_INSTITUTION_OTHER,
} XqInstitutionKind;

extern const XqChoice xq_institution_kinds[];

/**
 * XqInstitution:
 * @name: its name
 * @kind: see #XqInstitutionKind
 * @department: (nullable): where to go there
 * @takes: (nullable): whom it takes
 * @contact: (nullable): whom to ask for
 * @hotline: (nullable): the green channel's number
 * @address: (nullable): where it is
 * @hours: (nullable): when it is open
 * @agreement_until: (nullable): ISO date on which the agreement ends
 * @remark: (nullable): anything else
 */
typedef struct
{
  gint64 id;
  char *name;
  int kind;
  char *department;
  char *takes;
  char *contact;
  char *hotline;
  char *address;
  char *hours;
  char *agreement_until;
  char *remark;
} XqInstitution;

XQ_DECLARE_RECORD (XqInstitution, institution, XQ_INSTITUTION)

typedef enum
{
  XQ_AGREEMENT_NONE,
  XQ_AGREEMENT_VALID,
  XQ_AGREEMENT_ENDS_SOON, /* within 60 days */
  XQ_AGREEMENT_EXPIRED,
} XqAgreement;

/* How the agreement stands on the ISO date @today. */
XqAgreement xq_institution_agreement (const XqInstitution *institution, const char *today);
/* "agreement until 31 August 2027", "no agreement": for the card. (transfer full) */
char *xq_institution_agreement_text (const XqInstitution *institution, const char *today);

/* New (id 0) or changed. A second one with the same name and department is refused. */
gboolean xq_institution_save (XqDatabase *database, XqInstitution *institution, GError **error);
/* Refused for one that a referral names. */
gboolean xq_institution_delete (XqDatabase *database, gint64 id, GError **error);
XqInstitution *xq_institution_load (XqDatabase *database, gint64 id, GError **error);
/* By an id or a name (whole, or a part that only one has); XQ_ERROR_NOT_FOUND lists what there is. */
XqInstitution *xq_institution_find (XqDatabase *database, const char *text, GError **error);
/* By name. (element-type XqInstitution) */
GPtrArray *xq_institution_list (XqDatabase *database, GError **error);
/* Their records as JSON. */
JsonNode *xq_institution_list_json (XqDatabase *database, GError **error);

G_END_DECLS
