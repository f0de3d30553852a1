/* The program with its window: one instance for each vault folder, so that a second start raises the first. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_APPLICATION (xq_application_get_type ())
G_DECLARE_FINAL_TYPE (XqApplication, xq_application, XQ, APPLICATION, AdwApplication)

/* @folder: the vault's; @page (nullable): the page to show after unlocking. */
XqApplication *xq_application_new (const char *folder, const char *page);
/* Another vault is another instance: starts it and ends this one. */
gboolean xq_application_switch_vault (XqApplication *self, const char *folder, GError **error);

G_END_DECLS
