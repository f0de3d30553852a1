/* A new vault: whose it is, what it is called, its password. Then the recovery sheet. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_FIRST_RUN (xq_first_run_get_type ())
G_DECLARE_FINAL_TYPE (XqFirstRun, xq_first_run, XQ, FIRST_RUN, AdwNavigationPage)

XqFirstRun *xq_first_run_new (const char *folder);

G_END_DECLS
