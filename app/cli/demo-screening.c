/* Screenings: who was asked, and what they answered. An answer follows from a trait that lasts, the mood of the
 * term, and chance; the shares of heavier scores come out as schools report them. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "assess/campaign.h"
#include "base/date.h"
#include "cli/demo-private.h"

#define DAYS_MAXIMUM 5
#define DAYS_TO_ANSWER 12
#define FIRST_DAY 37   /* of a term, counted from its first day */
#define SETTLING_DAYS 34 /* between a screening and the present, where the term leaves them */
#define ABSENT_MAXIMUM 60
#define PEOPLE_AT_ONCE 500
#define MORNING (8 * 60 + 10)
#define MORNING_MINUTES 210

struct _XqDemoCampaign
{
  XqCampaign *record;
  gboolean kept;
  char *days[DAYS_MAXIMUM];
  guint n_days;
  gboolean open;      /* only the oldest are asked, and not all have answered */
  double answering;   /* the share who answer */
  guint done;
  GRand *random;
};

/* How hard it is to say that something bothers one, item by item; the last of PHQ hardest of all. */
static const double phq_offsets[] = { 0, 0.05, -0.15, -0.3, 0.25, 0.1, 0, 0.55, 1.6 };
static const double gad_offsets[] = { 0, 0.1, -0.1, 0.05, 0.3, -0.1, 0.25 };

/* -- planning */

static char *
title_of (XqDemo *demo, const XqTerm *term)
{
  static const char *const seasons[] = { "autumn", "spring", "summer" };
  const char *format = xq_demo_words_get (demo->words, "campaigns", seasons[CLAMP (term->number, 1, 3) - 1]);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_auto (GStrv) years = g_strsplit (term->school_year, "-", 2);
  g_autofree char *school_year = g_strjoinv ("—", years); /* as the term itself is called */

  return g_strconcat (parts[0], school_year, parts[1], NULL);
}

/* @count working days from @from on. */
static void
take_days (XqDemo *demo, XqDemoCampaign *campaign, const char *from, guint count)
{
  char *day = xq_working_days_on_or_after (xq_desk_days (demo->desk), from);

  for (guint i = 0; i < count; i++)
    {
      campaign->days[i] = day;
      day = xq_working_days_add (xq_desk_days (demo->desk), day, 1);
    }
  g_free (day);
  campaign->n_days = count;
}

static XqDemoCampaign *
new_campaign (XqDemo *demo, const char *from, guint n_days, const char *title, guint32 stream)
{
  g_autoptr (XqDemoCampaign) campaign = g_new0 (XqDemoCampaign, 1);
  g_autofree char *instruments = g_strjoinv (",", (char **) xq_demo_instruments (demo));

  campaign->random = xq_demo_random_new (demo->options.seed, XQ_DEMO_ANSWERS + 16 * stream);
  campaign->record = xq_campaign_new ();
  campaign->record->organisation_id = demo->organisation->id;
  g_set_str (&campaign->record->title, title);
  g_set_str (&campaign->record->instruments, instruments);
  take_days (demo, campaign, from, n_days);
  g_set_str (&campaign->record->from_date, campaign->days[0]);
  campaign->record->due_date = xq_date_add_days (campaign->days[0], DAYS_TO_ANSWER);
  campaign->answering = 0.972;
  return g_steal_pointer (&campaign);
}

XqDemoCampaign *
xq_demo_campaign_plan (XqDemo *demo, const XqTerm *term)
{
  int room = xq_date_days_between (term->from_date, demo->today) - SETTLING_DAYS;
  g_autofree char *from = xq_date_add_days (term->from_date, CLAMP (room, 7, FIRST_DAY));
  g_autofree char *title = title_of (demo, term);

  return new_campaign (demo, from, DAYS_MAXIMUM, title, (guint32) xq_date_number (term->from_date));
}

XqDemoCampaign *
xq_demo_campaign_plan_open (XqDemo *demo)
{
  g_autofree char *from = xq_date_add_days (demo->today, -5);
  const char *which = demo->options.profile == XQ_PROFILE_ENTERPRISE ? "retest_work" : "retest";
  XqDemoCampaign *campaign = new_campaign (demo, from, 2, xq_demo_words_get (demo->words, "campaigns", which), 1);

  campaign->open = TRUE;
  campaign->answering = 0.62;
  return campaign;
}

void
xq_demo_campaign_free (XqDemoCampaign *campaign)
{
  g_clear_pointer (&campaign->record, xq_campaign_free);
  g_clear_pointer (&campaign->random, g_rand_free);
  for (guint i = 0; i < DAYS_MAXIMUM; i++)
    g_free (campaign->days[i]);
  g_free (campaign);
}

/* -- answers */

static int
draw_answer (const XqItem *item, double trait, double offset, XqDemoRandom *random)
{
  static const double steps[] = { 0.7, 2.05, 2.8 };
  double felt = 0.95 * trait + 0.75 * xq_demo_random_normal (random) - offset;
  guint place = 0;

  while (place < G_N_ELEMENTS (steps) && place + 1 < item->options->n_options && felt > steps[place])
    place++;
  return item->options->options[place].value;
}

static void
draw_sheet (const XqInstrument *instrument, double trait, XqDemoRandom *random, int *answers)
{
  const double *offsets = strstr (instrument->id, "gad") != NULL ? gad_offsets : phq_offsets;
  guint n_offsets = offsets == gad_offsets ? G_N_ELEMENTS (gad_offsets) : G_N_ELEMENTS (phq_offsets);
  double heavy = trait < 1 ? trait : 1 + (trait - 1) * 1.3;

  for (guint i = 0; i < instrument->n_items; i++)
    answers[i] = draw_answer (&instrument->items[i], heavy, i < n_offsets ? offsets[i] : 0, random);
  if (xq_demo_random_chance (random, 0.008))
    answers[xq_demo_random_between (random, 0, (int) instrument->n_items - 1)] = XQ_ANSWER_BLANK;
}

static gboolean
answer (XqDemo *demo, XqDemoCampaign *campaign, const XqDemoPerson *person, GError **error)
{
  double mood = 0.55 * xq_demo_random_normal (campaign->random);

  for (const char *const *id = xq_demo_instruments (demo); *id != NULL; id++)
    {
      const XqInstrument *instrument = xq_instrument_set_get (xq_desk_instruments (demo->desk), *id, error);
      g_autoptr (XqAssessment) assessment = xq_assessment_new ();
      double trait = strstr (*id, "gad") != NULL ? person->anxiety : person->depression;
      int answers[64];

      if (instrument == NULL)
        return FALSE;
      draw_sheet (instrument, 0.84 * trait + mood, campaign->random, answers);
      assessment->person_id = person->id;
      assessment->campaign_id = campaign->record->id;
      assessment->instrument = g_strdup (*id);
      assessment->taken_at = demo->now;
      assessment->entered = XQ_ENTERED_RESPONDENT;
      if (!xq_desk_add_assessment (demo->desk, assessment, answers, instrument->n_items, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* Who did not come, said so for as many as somebody would have noted. */
static gboolean
miss (XqDemo *demo, XqDemoCampaign *campaign, const XqDemoPerson *person, guint *noted, GError **error)
{
  XqParticipantState state = xq_demo_random_chance (campaign->random, 0.2) ? XQ_PARTICIPANT_REFUSED : XQ_PARTICIPANT_ABSENT;

  if (campaign->open || (*noted)++ >= ABSENT_MAXIMUM)
    return TRUE;
  return xq_campaign_set_participant (demo->database, campaign->record->id, person->id, state, NULL, error);
}

/* -- a day */

static gboolean
is_asked (const XqDemo *demo, const XqDemoCampaign *campaign, const XqDemoGroup *group)
{
  if (group->unit_id == 0)
    return FALSE;
  if (!campaign->open)
    return TRUE;
  return demo->options.profile == XQ_PROFILE_SCHOOL ? group->grade == 9 : group->number == 1;
}

static gboolean
create (XqDemo *demo, XqDemoCampaign *campaign, GError **error)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < demo->groups->len; i++)
    if (is_asked (demo, campaign, &g_array_index (demo->groups, XqDemoGroup, i)))
      g_array_append_val (units, g_array_index (demo->groups, XqDemoGroup, i).unit_id);
  campaign->kept = units->len > 0;
  if (!campaign->kept)
    return TRUE;
  return xq_campaign_create (demo->database, campaign->record, campaign->open ? (const gint64 *) units->data : NULL,
                             campaign->open ? units->len : 0, NULL, error);
}

/* Some people of a class in one transaction. */
static gboolean
ask_some (XqDemo *demo, XqDemoCampaign *campaign, const XqDemoGroup *group, guint from, guint to, guint *noted, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (demo->database, error);

  if (transaction == NULL)
    return FALSE;
  for (guint i = from; i < to; i++)
    {
      const XqDemoPerson *person = &g_array_index (demo->persons, XqDemoPerson, group->first_person + i);

      if (xq_demo_random_chance (campaign->random, campaign->answering) ? !answer (demo, campaign, person, error)
                                                                        : !miss (demo, campaign, person, noted, error))
        return FALSE;
    }
  return xq_transaction_commit (g_steal_pointer (&transaction), error);
}

static gboolean
ask (XqDemo *demo, XqDemoCampaign *campaign, guint day, GError **error)
{
  guint noted = 0;

  for (guint i = 0; i < demo->groups->len; i++)
    {
      const XqDemoGroup *group = &g_array_index (demo->groups, XqDemoGroup, i);

      if (i % campaign->n_days != day || !is_asked (demo, campaign, group))
        continue;
      xq_demo_at (demo, MORNING + (int) ((gint64) MORNING_MINUTES * i / demo->groups->len));
      for (guint from = 0; from < group->n_persons; from += PEOPLE_AT_ONCE)
        if (!ask_some (demo, campaign, group, from, MIN (from + PEOPLE_AT_ONCE, group->n_persons), &noted, error)
            || !xq_demo_tell (demo, 0, _("Screening"), error))
          return FALSE;
    }
  return TRUE;
}

gboolean
xq_demo_campaign_day (XqDemo *demo, XqDemoCampaign *campaign, GError **error)
{
  for (guint i = 0; i < campaign->n_days; i++)
    {
      if (xq_date_compare (campaign->days[i], demo->day) != 0)
        continue;
      xq_demo_at (demo, MORNING);
      if (i == 0 && !create (demo, campaign, error))
        return FALSE;
      if (campaign->kept && !ask (demo, campaign, i, error))
        return FALSE;
    }
  if (campaign->kept && !campaign->open && campaign->record->state == XQ_CAMPAIGN_OPEN
      && xq_date_compare (campaign->record->due_date, demo->day) <= 0)
    {
      campaign->record->state = XQ_CAMPAIGN_CLOSED;
      return xq_campaign_close (demo->database, campaign->record->id, error);
    }
  return TRUE;
}
