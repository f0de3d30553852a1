/* The green channel as a board: a column a stage, a card a referral, with its clock. */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define XQ_TYPE_REFERRALS_PAGE (xq_referrals_page_get_type ())
G_DECLARE_FINAL_TYPE (XqReferralsPage, xq_referrals_page, XQ, REFERRALS_PAGE, XqPage)

G_END_DECLS
