/* The print dialog for a document, the window's own or the desktop's.
 *
 * It closes with the window's dialogs (xq_window_dialogs()), at lock above all. The document is let go of then: whatever a
 * dialog of the desktop's answers later, nothing is printed. */
#pragma once

#include "report/page.h"
#include "ui/types.h"

G_BEGIN_DECLS

/* @printed: whether pages went to the printer */
typedef void (*XqPaperPrinted) (GtkWidget *parent, gboolean printed, gpointer user_data);

/**
 * xq_paper_print:
 * @parent: on whose window the dialog stands
 * @job_name: what the printer calls it: no name of a person
 * @document: gives what is printed of @owner, each time it is asked; %NULL for nothing
 * @owner: (transfer full): held until it is over
 * @release: frees @owner
 * @done: (nullable): called once when it is over; never when @parent is gone. An error has been shown.
 * @user_data: for @done
 */
void xq_paper_print (GtkWidget *parent, const char *job_name, XqPageDocument *(*document) (gpointer owner), gpointer owner,
                     GDestroyNotify release, XqPaperPrinted done, gpointer user_data);

G_END_DECLS
