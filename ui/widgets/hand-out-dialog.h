/* Before something leaves that says who somebody is: to whom, on what ground, what for; the password again; and an
 * encrypted zip for it, if it is to be a file. */
#pragma once

#include "people/disclosure.h"
#include "ui/session.h"

G_BEGIN_DECLS

/**
 * XqHandOutReady:
 * @parent: the widget that was given
 * @entry: (transfer full): what the ledger is to be told, completed
 * @passphrase: (transfer full) (nullable): of the zip it goes into
 * @user_data: the caller's
 */
typedef void (*XqHandOutReady) (GtkWidget *parent, XqDisclosure *entry, XqSecret *passphrase, gpointer user_data);

/**
 * xq_hand_out_dialog_present:
 * @parent: whom it concerns; @ready is not called when it is gone by then
 * @session: an open session
 * @entry: (transfer full): what is known of it already
 * @ready: called when all is said and the password was right
 * @user_data: for @ready
 */
void xq_hand_out_dialog_present (GtkWidget *parent, XqSession *session, XqDisclosure *entry, XqHandOutReady ready,
                                 gpointer user_data);

G_END_DECLS
