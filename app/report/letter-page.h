/* The referral letter 转介单 with its tear-off slip 回执 on one A4 page. */
#pragma once

#include "referral/letter.h"
#include "report/page.h"

G_BEGIN_DECLS

/* The letter, a dashed line to cut along, and the slip with its code. (transfer full) */
XqPageDocument *xq_letter_to_pages (const XqLetter *letter);

G_END_DECLS
