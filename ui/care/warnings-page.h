/* Warnings by what they wait for: triage, care, and those that are looked after; the nearest deadline on top. */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define XQ_TYPE_WARNINGS_PAGE (xq_warnings_page_get_type ())
G_DECLARE_FINAL_TYPE (XqWarningsPage, xq_warnings_page, XQ, WARNINGS_PAGE, XqPage)

G_END_DECLS
