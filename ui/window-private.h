/* What the files of the window share: window.c (life and actions), window-events.c (what is pressed, and when), window-lock.c,
 * window-bystander.c, window-toast.c. */
#pragma once

#include "ui/lock-watch.h"
#include "ui/shell.h"
#include "ui/window.h"

G_BEGIN_DECLS

struct _XqWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  XqShell *shell; /* NULL while locked */
  XqSession *session;
  XqLockWatch *watch;
  char *folder;
  char *page;
  GCancellable *dialogs;

  XqSession *closing; /* locked, but a worker still holds it; a weak pointer */
  guint settle_id;

  AdwToast *draft_toast; /* a weak pointer */
  GPtrArray *unsaid; /* of texts: what is said after the next unlock */

  GtkWidget *blank; /* over everything, while somebody stands by */
  GtkWidget *focus_before; /* a weak pointer */
};

/* Unlock or first run. */
void xq_window_show_start (XqWindow *self);
/* Actions that need an opened vault, on or off. */
void xq_window_update_actions (XqWindow *self);
/* Hears the window and every dialog on it: for the idle clock, and for keys that hold whatever is on top. */
void xq_window_listen (XqWindow *self);
/* Nobody waits for the session before any more. */
void xq_window_forget_closing (XqWindow *self);
/* Every dialog, and every other window that belongs to this one (files, printing), without asking. */
void xq_window_close_dialogs (XqWindow *self);

/* The vault is open: says what waited for it. */
void xq_window_say_now (XqWindow *self);

/* Blanks the window, or shows it again as it was (window-bystander.c). */
void xq_window_toggle_blank (XqWindow *self);
void xq_window_unblank (XqWindow *self);
/* Something else was pressed: says how it goes on. */
void xq_window_blank_hint (XqWindow *self);
/* Masks names, or asks for the password to show them. */
void xq_window_toggle_mask (XqWindow *self);

G_END_DECLS
