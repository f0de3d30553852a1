/* One person's file: who it is, what to remember, how scores went, and everything that happened. */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define XQ_TYPE_PERSON_PAGE (xq_person_page_get_type ())
G_DECLARE_FINAL_TYPE (XqPersonPage, xq_person_page, XQ, PERSON_PAGE, XqPage)

G_END_DECLS
