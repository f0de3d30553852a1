/* Asks once more for the password of the vault that is open, before something that only its owner may do. Wrong ones are
 * counted and slowed down as when it was opened. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/**
 * xq_password_question_present:
 * @parent: whom it concerns
 * @session: an open session
 * @title: what is about to be done: "Show Names"
 * @why: a sentence below it
 * @action: what the button does, with a mnemonic
 * @right: called when the password was right; never when @parent is gone
 * @user_data: for @right
 */
void xq_password_question_present (GtkWidget *parent, XqSession *session, const char *title, const char *why,
                                   const char *action, void (*right) (GtkWidget *parent, gpointer user_data),
                                   gpointer user_data);

G_END_DECLS
