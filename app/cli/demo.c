#include "config.h"

#include "cli/demo.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "cli/demo-private.h"
#include "vault/audit.h"

#define DAY_ENDS (17 * 60 + 50)
#define SCHOOL_BEGINS (7 * 60 + 30)

/* -- time */

void
xq_demo_at (XqDemo *demo, int minutes)
{
  gint64 at = xq_date_start (demo->day) + (gint64) MIN (minutes, DAY_ENDS) * 60;

  demo->now = MAX (demo->now, at);
  xq_clock_set (demo->now);
}

void
xq_demo_later (XqDemo *demo, int minutes)
{
  int passed = (int) ((demo->now - xq_date_start (demo->day)) / 60);

  xq_demo_at (demo, passed + minutes);
}

gboolean
xq_demo_in_term (const XqDemo *demo, const char *day)
{
  for (guint i = 0; i < demo->terms->len; i++)
    {
      const XqTerm *term = g_ptr_array_index (demo->terms, i);

      if (xq_date_compare (term->from_date, day) <= 0 && xq_date_compare (day, term->to_date) <= 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
xq_demo_tell (XqDemo *demo, double fraction, const char *what, GError **error)
{
  demo->done = MAX (demo->done, fraction);
  return xq_progress_step (demo->progress, demo->done, what, error);
}

const char *const *
xq_demo_instruments (const XqDemo *demo)
{
  static const char *const young[] = { "phq_a", "gad7", NULL };
  static const char *const grown[] = { "phq9", "gad7", NULL };

  return demo->options.profile == XQ_PROFILE_SCHOOL ? young : grown;
}

/* -- terms */

/* What the shipped calendar does not know: an autumn or a spring of any year. */
static XqTerm *
make_term (int year, int number)
{
  XqTerm *term = xq_term_new ();

  term->school_year = g_strdup_printf ("%d-%d", year, year + 1);
  term->number = number;
  term->name = g_strdup_printf (number == 1 ? "%d—%d学年第一学期" : "%d—%d学年第二学期", year, year + 1);
  term->from_date = number == 1 ? xq_date_new (year, 9, 1) : xq_date_new (year + 1, 2, 24);
  term->to_date = number == 1 ? xq_date_new (year + 1, 1, 20) : xq_date_new (year + 1, 7, 5);
  return term;
}

static gboolean
has_term (GPtrArray *terms, int year, int number)
{
  g_autofree char *school_year = g_strdup_printf ("%d-%d", year, year + 1);

  for (guint i = 0; i < terms->len; i++)
    {
      const XqTerm *term = g_ptr_array_index (terms, i);

      if (g_str_equal (term->school_year, school_year) && term->number == number)
        return TRUE;
    }
  return FALSE;
}

/* 2026 of "2026-2027". */
static int
year_of (const XqTerm *term)
{
  return (int) g_ascii_strtoll (term->school_year, NULL, 10);
}

/* A school year begins in August. */
static int
school_year_of (const char *today)
{
  int year = (int) g_ascii_strtoll (today, NULL, 10), month = (int) g_ascii_strtoll (today + 5, NULL, 10);

  return month >= 8 ? year : year - 1;
}

static gboolean
save_missing_terms (XqDemo *demo, GError **error)
{
  g_autoptr (GPtrArray) there = xq_term_list (demo->database, error);

  if (there == NULL)
    return FALSE;
  for (int year = demo->school_year - (demo->options.terms + 1) / 2; year <= demo->school_year; year++)
    for (int number = 1; number <= 2; number++)
      {
        g_autoptr (XqTerm) term = make_term (year, number);

        if (!has_term (there, year, number) && !xq_term_save (demo->database, term, error))
          return FALSE;
      }
  return TRUE;
}

/* The last so many that have begun. */
static gboolean
choose_terms (XqDemo *demo, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;

  if (!xq_calendar_install_defaults (demo->database, error) || !save_missing_terms (demo, error))
    return FALSE;
  all = xq_term_list (demo->database, error);
  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const XqTerm *term = g_ptr_array_index (all, i);

      if (term->number <= 2 && xq_date_compare (term->from_date, demo->today) <= 0)
        g_ptr_array_add (demo->terms, xq_term_copy (term));
    }
  while ((int) demo->terms->len > demo->options.terms)
    g_ptr_array_remove_index (demo->terms, 0);
  demo->school_year = year_of (g_ptr_array_index (demo->terms, demo->terms->len - 1));
  return TRUE;
}

/* -- telling */

/* A screening commits class by class; all the rest of a day is one transaction. */
static gboolean
tell_day (XqDemo *demo, XqDemoCare *care, XqDemoCampaign *campaign, XqDemoCampaign *open, const XqTerm *term, GError **error)
{
  gboolean in_term = xq_demo_in_term (demo, demo->day);
  g_autoptr (XqTransaction) transaction = NULL;

  xq_demo_at (demo, SCHOOL_BEGINS);
  if (in_term && (!xq_demo_campaign_day (demo, campaign, error) || !xq_demo_campaign_day (demo, open, error)))
    return FALSE;
  transaction = xq_transaction_begin (demo->database, error);
  return transaction != NULL && (!in_term || xq_demo_activities_day (demo, term, error))
         && xq_demo_care_day (care, in_term, error) && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

/* From the term's first day until the next term, or until today. */
static gboolean
tell_term (XqDemo *demo, XqDemoCare *care, XqDemoCampaign *open, guint index, GError **error)
{
  const XqTerm *term = g_ptr_array_index (demo->terms, index);
  const char *end = index + 1 < demo->terms->len ? ((XqTerm *) g_ptr_array_index (demo->terms, index + 1))->from_date : demo->today;
  g_autoptr (XqDemoCampaign) campaign = xq_demo_campaign_plan (demo, term);

  for (g_autofree char *day = g_strdup (term->from_date); xq_date_compare (day, end) < 0;)
    {
      char *next;

      g_set_str (&demo->day, day);
      if (xq_working_days_is_working (xq_desk_days (demo->desk), day)
          && !tell_day (demo, care, campaign, open, term, error))
        return FALSE;
      if (!xq_demo_tell (demo, (index + (double) xq_date_days_between (term->from_date, day) / 200) / demo->terms->len, _("A term goes by"), error))
        return FALSE;
      next = xq_date_add_days (day, 1);
      g_free (day);
      day = next;
    }
  return TRUE;
}

static gboolean
begins_year (const XqDemo *demo, guint index)
{
  const XqTerm *term = g_ptr_array_index (demo->terms, index);
  const XqTerm *before = index > 0 ? g_ptr_array_index (demo->terms, index - 1) : NULL;

  return before == NULL || !g_str_equal (before->school_year, term->school_year);
}

static gboolean
tell_all (XqDemo *demo, GError **error)
{
  g_autoptr (XqDemoCare) care = NULL;
  g_autoptr (XqDemoCampaign) open = xq_demo_campaign_plan_open (demo);

  for (guint i = 0; i < demo->terms->len; i++)
    {
      const XqTerm *term = g_ptr_array_index (demo->terms, i);

      g_set_str (&demo->day, term->from_date);
      xq_demo_at (demo, 0);
      if (i == 0 && (!xq_demo_team (demo, error) || (care = xq_demo_care_new (demo, error)) == NULL))
        return FALSE;
      if ((begins_year (demo, i) && !xq_demo_school_year (demo, term, error)) || !tell_term (demo, care, open, i, error))
        return FALSE;
    }
  g_set_str (&demo->day, demo->today);
  xq_demo_at (demo, SCHOOL_BEGINS);
  return xq_demo_care_ahead (care, error);
}

/* -- setting out */

static void
demo_clear (XqDemo *demo)
{
  for (guint i = 0; demo->groups != NULL && i < demo->groups->len; i++)
    g_strfreev (g_array_index (demo->groups, XqDemoGroup, i).path);
  g_clear_pointer (&demo->groups, g_array_unref);
  g_clear_pointer (&demo->persons, g_array_unref);
  g_clear_pointer (&demo->terms, g_ptr_array_unref);
  g_clear_pointer (&demo->organisation, xq_organisation_free);
  g_clear_pointer (&demo->desk, xq_desk_free);
  g_clear_pointer (&demo->words, xq_demo_words_free);
  g_free (demo->today);
  g_free (demo->day);
  xq_clock_set (0);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqDemo, demo_clear)

gint64
xq_demo_beginning (const XqDemoOptions *options)
{
  g_autofree char *today = xq_clock_today ();
  g_autofree char *day = xq_date_new (school_year_of (today) - (options->terms + 1) / 2, 8, 20);

  return xq_date_start (day) + 9 * 60 * 60;
}

char *
xq_demo_name (XqProfile profile, GError **error)
{
  g_autoptr (XqDemoWords) words = xq_demo_words_load (error);

  return words != NULL ? g_strdup (xq_demo_words_get (words, "schools", xq_profiles[profile].id)) : NULL;
}

gboolean
xq_demo_fill (XqDatabase *database, const XqDemoOptions *options, const XqProgress *progress, GError **error)
{
  g_auto (XqDemo) demo = { .options = *options, .database = database, .progress = progress };

  demo.today = xq_clock_today ();
  demo.school_year = school_year_of (demo.today);
  demo.now = xq_demo_beginning (options);
  xq_clock_set (demo.now);
  demo.words = xq_demo_words_load (error);
  demo.terms = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_term_free);
  demo.groups = g_array_new (FALSE, TRUE, sizeof (XqDemoGroup));
  demo.persons = g_array_new (FALSE, TRUE, sizeof (XqDemoPerson));
  demo.organisation = demo.words != NULL ? xq_organisation_find (database, NULL, error) : NULL;
  if (demo.organisation == NULL || !choose_terms (&demo, error))
    return FALSE;
  demo.desk = xq_desk_new (database, error);
  return demo.desk != NULL && xq_demo_plan_groups (&demo, error) && tell_all (&demo, error);
}
