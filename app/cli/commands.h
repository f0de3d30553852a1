/* The commands, one table a group; each ends with an entry without a name. */
#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

extern const XqCommand xq_audit_commands[];
extern const XqCommand xq_backup_commands[];
extern const XqCommand xq_calendar_commands[];
extern const XqCommand xq_campaign_commands[];
extern const XqCommand xq_case_commands[];
extern const XqCommand xq_demo_commands[];
extern const XqCommand xq_disclosure_commands[];
extern const XqCommand xq_follow_up_commands[];
extern const XqCommand xq_import_commands[];
extern const XqCommand xq_institution_commands[];
extern const XqCommand xq_instrument_commands[];
extern const XqCommand xq_key_commands[];
extern const XqCommand xq_people_commands[];
extern const XqCommand xq_referral_commands[];
extern const XqCommand xq_report_commands[];
extern const XqCommand xq_share_commands[];
extern const XqCommand xq_vault_commands[];
extern const XqCommand xq_warning_commands[];

G_END_DECLS
