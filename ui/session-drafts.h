/* Drafts (vault/draft.h), kept and dropped in a thread: a disk that is slow, or a long transaction, holds no key that is typed.
 *
 * One after the other in the order in which they were asked for; of several about the same form, what the last one asks for counts. What
 * is asked for before the session closes is done after it, while the program goes on: the lock shows at once, the key goes with the
 * last draft, and the application ends no sooner. Each time that all is written, the session tells XQ_CHANGED_DRAFTS. */
#pragma once

#include "ui/session.h"
#include "vault/draft.h"

G_BEGIN_DECLS

/**
 * XqDraftKept:
 * @session: open, or closed meanwhile
 * @draft: what was to be kept
 * @error: (nullable): why it was not
 * @user_data: the caller's
 *
 * Called on the main thread; not when something later about the same form came before it was written.
 */
typedef void (*XqDraftKept) (XqSession *session, const XqDraft *draft, const GError *error, gpointer user_data);

/**
 * xq_session_keep_draft:
 * @self: nothing happens when it is closed
 * @kind: which form it is
 * @entity: what the form is about
 * @entity_id: which one, 0 for none yet
 * @fields: what was typed
 * @kept: (nullable): called when it is written
 * @user_data: for @kept
 * @free_data: (nullable): frees @user_data
 */
void xq_session_keep_draft (XqSession *self, const char *kind, const char *entity, gint64 entity_id, JsonObject *fields,
                            XqDraftKept kept, gpointer user_data, GDestroyNotify free_data);
void xq_session_drop_draft (XqSession *self, const char *kind, const char *entity, gint64 entity_id);
/* As it will be when all is written. %NULL when there is none. (transfer full) */
XqDraft *xq_session_find_draft (XqSession *self, const char *kind, const char *entity, gint64 entity_id);

G_END_DECLS
