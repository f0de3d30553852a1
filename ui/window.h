/* The one window. Without an opened vault it shows the start (unlock or first run), with one the shell.
 *
 * Pages reach it by xq_page_window(), other widgets by xq_window_for(). */
#pragma once

#include "ui/session.h"
#include "ui/types.h"
#include "vault/draft.h"

G_BEGIN_DECLS

#define XQ_TYPE_WINDOW (xq_window_get_type ())
G_DECLARE_FINAL_TYPE (XqWindow, xq_window, XQ, WINDOW, AdwApplicationWindow)

/* @folder: the vault's; @page (nullable): where to go after unlocking. */
XqWindow *xq_window_new (XqApplication *application, const char *folder, const char *page);
/* The window that @widget stands in, also when it stands in a dialog of that window; %NULL for none. */
XqWindow *xq_window_for (GtkWidget *widget);

const char *xq_window_folder (XqWindow *self);
/* %NULL while locked. */
XqSession *xq_window_session (XqWindow *self);

/* Goes to a place of the table in pages.c: "people". Nothing happens while locked. */
void xq_window_go (XqWindow *self, const char *page);
/* Opens a view of the table ("person", "referral" …) on a record, on top of what is seen: going back leads there. */
void xq_window_open (XqWindow *self, const char *view, gint64 id);
/* Back from a view to what was seen before it. */
void xq_window_back (XqWindow *self);

/**
 * xq_window_toast:
 * @self: the window
 * @text: a short result, in words; no name in it when it may stay for longer
 * @undo: (nullable): what the button "Undo" does
 * @undo_data: for @undo
 * @free_data: (nullable): frees @undo_data when the toast is gone
 */
void xq_window_toast (XqWindow *self, const char *text, void (*undo) (XqWindow *self, gpointer undo_data),
                      gpointer undo_data, GDestroyNotify free_data);

/* A form was closed, and @draft of it kept: says so, and drops it for who wants that. %NULL: it is open again, and nothing is said. */
void xq_window_draft_toast (XqWindow *self, const XqDraft *draft);

/* Says it, until it is waved away, once the vault is open again; at once when it is. For what ended under the lock. */
void xq_window_say_later (XqWindow *self, const char *text);

/* Whether names are shown; with no window (@self %NULL) nobody masks any. While they are masked it asks for the password to show them, and what wanted to show a name is
 * asked for again afterwards: for forms and papers that cannot be masked. */
gboolean xq_window_names_shown (XqWindow *self);

/* Cancelled when every dialog must close: at lock, and when names are masked. For dialogs that are not in this program, such as the
 * desktop's for files. Borrowed. */
GCancellable *xq_window_dialogs (XqWindow *self);

/* Takes an opened vault over and shows the shell. */
void xq_window_unlocked (XqWindow *self, XqVault *vault);
/* Locks, and shows where a backup is restored. */
void xq_window_restore (XqWindow *self);
/* Saves drafts, closes dialogs, destroys what shows data, closes the session, clears the clipboard. */
void xq_window_lock (XqWindow *self);
/* The user did something: the idle clock starts again. */
void xq_window_touch (XqWindow *self);

G_END_DECLS
