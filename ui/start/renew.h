/* The vault is written anew under a new recovery code: how far it is, and cancel. Nobody else is in the vault meanwhile. */
#pragma once

#include "ui/start/work.h"
#include "ui/window.h"

G_BEGIN_DECLS

#define XQ_TYPE_RENEW (xq_renew_get_type ())
G_DECLARE_FINAL_TYPE (XqRenew, xq_renew, XQ, RENEW, AdwNavigationPage)

/* Leaves the session as a lock does, shows this page and begins; afterwards the vault is opened again, under whichever
 * key it has by then, and it is said which. @work (transfer full): vault, password, custodian and the new code. */
void xq_renew_begin (XqWindow *window, XqStartWork *work);

G_END_DECLS
