/* The referral letter 转介单 with its tear-off slip 回执 on one A4 page. */
#pragma once

#include "report/page.h"

G_BEGIN_DECLS

/* Declared in full when referral/letter.h has landed. */
typedef struct _XqLetter XqLetter;

/* The letter, a dashed line to cut along, and the slip with its code. */
XqPageDocument *xq_letter_to_pages (const XqLetter *letter);

G_END_DECLS
