/* What kinds of drafts there are, and how their forms are opened. Private to drafts.c and drafts-open.c. */
#pragma once

#include "ui/window.h"
#include "vault/draft.h"

G_BEGIN_DECLS

/* What its form is called, translated. (transfer none) */
const char *xq_draft_label (const XqDraft *draft);
/* Of whom it is, as it may be shown now; NULL when that is not known. (transfer full) */
char *xq_draft_name (const XqDraft *draft, XqSession *session);
/* Opens the form, or the page that it is opened from. */
void xq_draft_open (const XqDraft *draft, XqWindow *window);

G_END_DECLS
