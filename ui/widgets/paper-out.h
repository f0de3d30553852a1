/* A paper that leaves by the printer: in the ledger before it is printed, its number on every page. */
#pragma once

#include "people/disclosure.h"
#include "ui/session.h"
#include "ui/widgets/paper-view.h"

G_BEGIN_DECLS

/**
 * xq_paper_out_print:
 * @view: what is shown is what is printed
 * @parent: whom it concerns
 * @session: an open session
 * @entry: (transfer full): what the ledger is told
 * @person_ids: (nullable): who it speaks of
 * @n_persons: how many
 *
 * Enters it and shows the print dialog. What then did not go to the printer is settled as not made.
 */
void xq_paper_out_print (XqPaperView *view, GtkWidget *parent, XqSession *session, XqDisclosure *entry,
                         const gint64 *person_ids, gsize n_persons);

G_END_DECLS
