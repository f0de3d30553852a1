/* 单位: a school, a college or a company whose people the vault keeps. */
#pragma once

#include "base/field.h"
#include "people/class-name.h"
#include "people/error.h"
#include "vault/database.h"
#include "vault/vault.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *name;
  int profile; /* XqProfile */
  gint64 head_count; /* as the organisation itself says; 0 for "count the files" */
  gint64 created_at;
} XqOrganisation;

XQ_DECLARE_RECORD (XqOrganisation, organisation, XQ_ORGANISATION)

gboolean xq_organisation_create (XqDatabase *database, XqOrganisation *organisation, GError **error);
gboolean xq_organisation_save (XqDatabase *database, const XqOrganisation *organisation, GError **error);
XqOrganisation *xq_organisation_load (XqDatabase *database, gint64 id, GError **error);
/* All of them, in the order they were made (element-type XqOrganisation). */
GPtrArray *xq_organisation_list (XqDatabase *database, GError **error);
/* By id ("3") or name; NULL or "" finds the only one, or the first. XQ_ERROR_NOT_FOUND names those there are. */
XqOrganisation *xq_organisation_find (XqDatabase *database, const char *id_or_name, GError **error);
/* The stage its grades say, else its name. */
XqSchoolStage xq_organisation_stage (XqDatabase *database, const XqOrganisation *organisation);

G_END_DECLS
