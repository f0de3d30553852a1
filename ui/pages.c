#include "config.h"

#include "ui/pages.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/assess/assessments-page.h"
#include "ui/audit/audit-page.h"
#include "ui/calendar/calendar-page.h"
#include "ui/care/warning-page.h"
#include "ui/care/warnings-page.h"
#include "ui/page.h"
#include "ui/people/people-page.h"
#include "ui/people/person-page.h"
#include "ui/referral/referral-page.h"
#include "ui/referral/referrals-page.h"
#include "ui/reports/reports-page.h"
#include "ui/settings/settings-page.h"
#include "ui/today/today-page.h"

static gint64
count_warnings (const XqToday *today)
{
  return today->n_warnings;
}

static gint64
count_referrals (const XqToday *today)
{
  return today->n_referrals;
}

/* Everything that waits, whatever room it is in. */
static gint64
count_all (const XqToday *today)
{
  return today->n_warnings + today->n_follow_ups + today->n_referrals;
}

const XqPageEntry xq_pages[] = {
  { "today", NC_("page", "Today"), "starred-symbolic", xq_today_page_get_type, count_all },
  { "people", NC_("page", "People"), "system-users-symbolic", xq_people_page_get_type, NULL },
  { "assessments", NC_("page", "Assessments"), "checkbox-checked-symbolic", xq_assessments_page_get_type, NULL },
  { "warnings", NC_("page", "Warnings"), "dialog-warning-symbolic", xq_warnings_page_get_type, count_warnings },
  { "calendar", NC_("page", "Calendar"), "x-office-calendar-symbolic", xq_calendar_page_get_type, NULL },
  { "referrals", NC_("page", "Referrals"), "send-to-symbolic", xq_referrals_page_get_type, count_referrals },
  { "reports", NC_("page", "Reports"), "x-office-document-symbolic", xq_reports_page_get_type, NULL },
  { "audit", NC_("page", "Audit"), "security-high-symbolic", xq_audit_page_get_type, NULL },
  { "settings", NC_("page", "Settings"), "preferences-system-symbolic", xq_settings_page_get_type, NULL },
  { "person", NC_("page", "Personal file"), NULL, xq_person_page_get_type, NULL },
  { "warning", NC_("page", "Warning"), NULL, xq_warning_page_get_type, NULL },
  { "referral", NC_("page", "Referral"), NULL, xq_referral_page_get_type, NULL },
  { NULL },
};

const XqSearchAction xq_search_actions[] = {
  { N_("Lock"), N_("lock close leave"), "system-lock-screen-symbolic", "win.lock" },
  { N_("Mask names"), N_("privacy hide"), "view-conceal-symbolic", "win.mask" },
  { N_("Keyboard shortcuts"), N_("keys help"), "preferences-desktop-keyboard-shortcuts-symbolic", "win.shortcuts" },
  { NULL },
};

const char *
xq_page_entry_title (const XqPageEntry *entry)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "page", entry->title);
}

const XqPageEntry *
xq_page_entry (const char *id)
{
  for (const XqPageEntry *entry = xq_pages; entry->id != NULL; entry++)
    if (g_strcmp0 (entry->id, id) == 0)
      return entry;
  return NULL;
}
