/* Everybody the vault keeps a file on: searched, filtered, in a list of any length. */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define XQ_TYPE_PEOPLE_PAGE (xq_people_page_get_type ())
G_DECLARE_FINAL_TYPE (XqPeoplePage, xq_people_page, XQ, PEOPLE_PAGE, XqPage)

G_END_DECLS
