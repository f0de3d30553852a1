/* One referral: where it stands, the steps that may follow, the letter as it will be printed. */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define XQ_TYPE_REFERRAL_PAGE (xq_referral_page_get_type ())
G_DECLARE_FINAL_TYPE (XqReferralPage, xq_referral_page, XQ, REFERRAL_PAGE, XqPage)

G_END_DECLS
