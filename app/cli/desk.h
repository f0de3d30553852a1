/* The desk of a run, and the small things that several commands do at it. */
#pragma once

#include "cli/cli.h"
#include "report/desk.h"

G_BEGIN_DECLS

/* Opens the vault and sits down. */
XqDesk *xq_cli_desk (XqCli *cli, GError **error);

/* The person of a number or an id; *@ret_id stays as it was for %NULL @text. */
gboolean xq_cli_find_person (XqDesk *desk, const char *text, gint64 *ret_id, GError **error);
/* The class or department of a name ("七年级1班", "701"); *@ret_unit stays as it was for %NULL @text. */
gboolean xq_cli_find_unit (XqDatabase *database, const char *text, gint64 *ret_unit, GError **error);
/* Opening somebody's file is written down. */
gboolean xq_cli_audit_opened (XqDesk *desk, gint64 person_id, GError **error);

/* [{"id","name","profile"}] */
JsonArray *xq_cli_organisations_json (XqCli *cli, GError **error);

G_END_DECLS
