/* The recovery sheet on paper and as a PDF: app/report's page, written only where the user says. */
#pragma once

#include "ui/widgets/paper-print.h"

G_BEGIN_DECLS

/* @groups: of the code; @renewed: the vault had another code before. Into @file, readable by the owner only. */
gboolean xq_recovery_paper_save (GFile *file, const char *name, const char *const *groups, gboolean renewed,
                                 GError **error);
/* Shows the print dialog (paper-print.h). */
void xq_recovery_paper_print (GtkWidget *parent, const char *name, const char *const *groups, gboolean renewed,
                              XqPaperPrinted done);

G_END_DECLS
