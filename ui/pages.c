#include "config.h"

#include "ui/pages.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/assess/assessments-page.h"
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
  { "today", N_("Today"), "starred-symbolic", xq_today_page_get_type, count_all },
  { "people", N_("People"), "system-users-symbolic", xq_people_page_get_type, NULL },
  { "assessments", N_("Assessments"), "checkbox-checked-symbolic", xq_assessments_page_get_type, NULL },
  { "warnings", N_("Warnings"), "dialog-warning-symbolic", xq_warnings_page_get_type, count_warnings },
  { "calendar", N_("Calendar"), "x-office-calendar-symbolic", xq_calendar_page_get_type, NULL },
  { "referrals", N_("Referrals"), "send-to-symbolic", xq_referrals_page_get_type, count_referrals },
  { "reports", N_("Reports"), "x-office-document-symbolic", xq_reports_page_get_type, NULL },
  { "settings", N_("Settings"), "preferences-system-symbolic", xq_settings_page_get_type, NULL },
  { "person", N_("Personal file"), NULL, xq_person_page_get_type, NULL },
  { "warning", N_("Warning"), NULL, xq_warning_page_get_type, NULL },
  { "referral", N_("Referral"), NULL, xq_referral_page_get_type, NULL },
  { NULL },
};

const XqSearchAction xq_search_actions[] = {
  { N_("Lock"), N_("lock close leave"), "system-lock-screen-symbolic", "win.lock" },
  { N_("Mask names"), N_("privacy hide"), "view-conceal-symbolic", "win.mask" },
  { N_("Keyboard shortcuts"), N_("keys help"), "preferences-desktop-keyboard-shortcuts-symbolic", "win.shortcuts" },
  { NULL },
};

const XqPageEntry *
xq_page_entry (const char *id)
{
  for (const XqPageEntry *entry = xq_pages; entry->id != NULL; entry++)
    if (g_strcmp0 (entry->id, id) == 0)
      return entry;
  return NULL;
}
