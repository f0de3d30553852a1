/* The password is lost: the recovery code sets a new one. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_RECOVER (xq_recover_get_type ())
G_DECLARE_FINAL_TYPE (XqRecover, xq_recover, XQ, RECOVER, AdwNavigationPage)

XqRecover *xq_recover_new (const char *folder);

G_END_DECLS
