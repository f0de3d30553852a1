/* 知情同意: to what, by whom, when, until, withdrawn. */
#pragma once

#include "base/field.h"
#include "people/error.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_CONSENT_FILE,
  XQ_CONSENT_ASSESSMENT,
  XQ_CONSENT_COUNSELLING,
  XQ_CONSENT_TELL_GUARDIAN,
  XQ_CONSENT_REFERRAL_RELEASE,
} XqConsentKind;

typedef struct
{
  gint64 id;
  gint64 person_id;
  int kind; /* XqConsentKind */
  char *given_by;
  char *given_on;
  char *until; /* the last day it holds; NULL for no end */
  char *withdrawn_on;
  char *remark;
} XqConsent;

XQ_DECLARE_RECORD (XqConsent, consent, XQ_CONSENT)

extern const XqChoice xq_consent_kinds[];

gboolean xq_consent_create (XqDatabase *database, XqConsent *consent, GError **error);
gboolean xq_consent_save (XqDatabase *database, const XqConsent *consent, GError **error);
/* Ends it on the day @on (NULL: today). A withdrawn consent stays in the file. */
gboolean xq_consent_withdraw (XqDatabase *database, gint64 id, const char *on, GError **error);
/* Newest first (element-type XqConsent). */
GPtrArray *xq_consent_list (XqDatabase *database, gint64 person_id, GError **error);
/* Whether @consent holds on the day @on. */
gboolean xq_consent_holds (const XqConsent *consent, const char *on);
/* Whether any of the person's does; FALSE with @error unset for none. */
gboolean xq_consent_is_given (XqDatabase *database, gint64 person_id, XqConsentKind kind, const char *on,
                              GError **error);

G_END_DECLS
