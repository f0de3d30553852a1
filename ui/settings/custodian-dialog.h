/* The custodian's password: a proposal that goes onto paper, or its end. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* @done: called with @owner when something was changed */
void xq_custodian_dialog_set (GtkWidget *owner, XqSession *session, void (*done) (GtkWidget *owner));
void xq_custodian_dialog_remove (GtkWidget *owner, XqSession *session, void (*done) (GtkWidget *owner));

G_END_DECLS
