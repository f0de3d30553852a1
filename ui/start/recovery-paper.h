/* The recovery sheet or a share of the code on paper and as a PDF: app/report's page, written only where the user says. */
#pragma once

#include "report/page.h"
#include "ui/types.h"

G_BEGIN_DECLS

/* Into @file, readable by the owner only. */
gboolean xq_recovery_paper_save (GFile *file, XqPageDocument *pages, GError **error);
/* Shows the print dialog; @title is the job's. Returns TRUE when it was printed. */
gboolean xq_recovery_paper_print (GtkWindow *parent, XqPageDocument *pages, const char *title, GError **error);

G_END_DECLS
