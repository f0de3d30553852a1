/* What session.c, session-work.c and session-drafts.c share. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* Cancelled when the session closes. Borrowed. */
GCancellable *xq_session_closing (XqSession *self);

typedef struct _XqDraftQueue XqDraftQueue;

XqDraftQueue *xq_draft_queue_new (void);
/* A thread that writes holds it, too. */
void xq_draft_queue_unref (XqDraftQueue *self);
/* Borrowed. */
XqDraftQueue *xq_session_draft_queue (XqSession *self);

/* "张＊", "欧阳＊", "J＊": the surname stays, or the first letter. (transfer full) */
char *xq_mask_name (const char *name);
/* "＊＊＊＊21": the last two characters stay. (transfer full) */
char *xq_mask_text (const char *text);

G_END_DECLS
