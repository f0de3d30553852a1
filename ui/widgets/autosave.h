/* Keeps what is being typed in a form as a draft in the vault (vault/draft.h), at most two seconds old, and brings it back
 * when the form is opened again: after a lock, a crash, or when its dialog was just closed. “Cancel” asks nothing, in no form: a toast
 * says that a draft was kept, and throws it away for who wants that. It is written in a thread (session-drafts.h).
 *
 *   self->autosave = xq_autosave_new (session, "note", "person", person_id, GTK_WIDGET (dialog));
 *   xq_autosave_add (self->autosave, "text", self->text);
 *   adw_toolbar_view_add_top_bar (view, xq_autosave_banner (self->autosave));
 *   xq_autosave_begin (self->autosave);
 *   … saved, or thrown away: xq_autosave_finish (self->autosave);
 *
 * Only what differs from how the form began is kept, as it was typed, right or wrong. It belongs to its owner and ends with it;
 * what is not kept yet is kept when the owner goes out of sight and when the session says "save-drafts". While names are masked
 * nothing is brought back: the form waits, and its banner offers to show it. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_AUTOSAVE (xq_autosave_get_type ())
G_DECLARE_FINAL_TYPE (XqAutosave, xq_autosave, XQ, AUTOSAVE, GObject)

/**
 * xq_autosave_new:
 * @session: an open session
 * @kind: which form it is
 * @entity: what the form is about
 * @entity_id: which one, 0 for none yet
 * @owner: the dialog or the form
 *
 * Returns: (transfer none): owned by @owner
 */
XqAutosave *xq_autosave_new (XqSession *session, const char *kind, const char *entity, gint64 entity_id, GtkWidget *owner);
/* @widget: an entry, text area or view, combo, switch, spin or date row, a toggle group, a person picker. */
void xq_autosave_add (XqAutosave *self, const char *name, GtkWidget *widget);
/* Something that is no widget of these: @read gives it as text (transfer full), @write takes such a text. Changes of it are told
 * by xq_autosave_touch(). */
void xq_autosave_add_custom (XqAutosave *self, const char *name, char *(*read) (gpointer data),
                             void (*write) (gpointer data, const char *text), gpointer data);
/* Hidden, until something has been brought back: then it says so, and offers to throw it away. (transfer none) */
GtkWidget *xq_autosave_banner (XqAutosave *self);
/* The form stands as it begins: brings back what was kept, and watches from now on. TRUE when something was brought back. Begins
 * anew after xq_autosave_finish(). */
gboolean xq_autosave_begin (XqAutosave *self);
void xq_autosave_touch (XqAutosave *self);
/* Hands it over to be kept now, if something is not kept yet. */
void xq_autosave_flush (XqAutosave *self);
/* Saved or thrown away: nothing is kept any more. */
void xq_autosave_finish (XqAutosave *self);

/* "9:41", with the day before it when it was another one. (transfer full) */
char *xq_autosave_time (gint64 at);

G_END_DECLS
