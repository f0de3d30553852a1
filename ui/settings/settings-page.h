/* Settings 设置: security, terms, institutions, the organisation, language and colours, the vault itself. */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define XQ_TYPE_SETTINGS_PAGE (xq_settings_page_get_type ())
G_DECLARE_FINAL_TYPE (XqSettingsPage, xq_settings_page, XQ, SETTINGS_PAGE, XqPage)

G_END_DECLS
