/* The recovery sheet as a file. */
#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

/* Into @pdf, for the vault that is open; @renewed: it had another code before. */
gboolean xq_cli_write_recovery_sheet (XqCli *cli, XqSecret *code, gboolean renewed, const char *pdf, GError **error);

G_END_DECLS
