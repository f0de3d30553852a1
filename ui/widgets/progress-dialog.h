/* Long work with a dialog: what, how far, and cancel. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/**
 * XqProgressDone:
 * @parent: the widget that was given
 * @result: (transfer full) (nullable): what the work returned
 * @error: (nullable): why it failed; G_IO_ERROR_CANCELLED when the user stopped it
 * @user_data: the caller's
 */
typedef void (*XqProgressDone) (GtkWidget *parent, gpointer result, const GError *error, gpointer user_data);

/**
 * xq_progress_run:
 * @parent: whom it concerns; @done is not called when it is gone by then
 * @session: an open session
 * @title: what is being done: “Importing the roster”
 * @work: done in a thread, with a connection of its own
 * @data: (nullable): for @work, owned by the task
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees the result when nobody wants it
 * @done: called on the main thread, after the dialog has closed
 * @user_data: for @done
 *
 * The dialog shows itself only when the work takes longer than a moment. Locked meanwhile, the vault's next unlock says in words how
 * it ended (xq_window_say_later()): the work itself leaves nothing half done.
 */
void xq_progress_run (GtkWidget *parent, XqSession *session, const char *title, XqWork work, gpointer data,
                      GDestroyNotify free_data, GDestroyNotify free_result, XqProgressDone done, gpointer user_data);
/* The same; @free_user_data frees @user_data when all is over, whether @done was called or not. */
void xq_progress_run_full (GtkWidget *parent, XqSession *session, const char *title, XqWork work, gpointer data,
                           GDestroyNotify free_data, GDestroyNotify free_result, XqProgressDone done, gpointer user_data,
                           GDestroyNotify free_user_data);

G_END_DECLS
