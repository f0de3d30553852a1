/* The recovery sheet or a share of the code as a PDF: app/report's page, written only where the user says. */
#pragma once

#include "report/page.h"
#include "ui/types.h"

G_BEGIN_DECLS

/* Into @file, readable by the owner only. */
gboolean xq_recovery_paper_save (GFile *file, XqPageDocument *pages, GError **error);

G_END_DECLS
