#include "config.h"

#include "report/indicator.h"

#include <glib/gi18n-lib.h>

#include "people/tag.h"
#include "report/indicator-private.h"

#define TAG_PREFIX "tag_"

#define PERSONS(id, title, group, definition, additive, need, lack)                                  \
  { { id, title, group, definition, XQ_FORMAT_COUNT, additive, TRUE, FALSE, 0 }, XQ_MEASURE_PERSONS, need, lack, 0, \
    { NULL, NULL } }
#define SUM(id, title, group, definition, level, sum)                                                \
  { { id, title, group, definition, XQ_FORMAT_COUNT, TRUE, TRUE, FALSE, level }, XQ_MEASURE_SUM, 0, 0, sum,         \
    { NULL, NULL } }
#define RATIO(id, title, group, definition, over, of)                                                \
  { { id, title, group, definition, XQ_FORMAT_PERCENT, FALSE, FALSE, FALSE, 0 }, XQ_MEASURE_RATIO, 0, 0, 0,         \
    { over, of } }
#define MANUAL(id, title, definition)                                                                \
  { { id, title, NULL, definition, XQ_FORMAT_COUNT, FALSE, FALSE, TRUE, 0 }, XQ_MEASURE_MANUAL, 0, 0, 0,            \
    { NULL, NULL } }

#define ANSWERED (XQ_FLAG_LISTED | XQ_FLAG_TESTED)

static const XqMeasure measures[] = {
  PERSONS ("pupils", N_ ("Students on the roll"), NULL,
           N_ ("Students on the roll on the last day of the time, or today before it; each once."), TRUE,
           XQ_FLAG_ROSTER, 0),
  PERSONS ("due", N_ ("To be screened"), NULL,
           N_ ("Students on the list of a screening that began in the time, the exempt left out; each once."), TRUE,
           XQ_FLAG_LISTED, 0),
  PERSONS ("tested", N_ ("Screened"), NULL,
           N_ ("Of these, who handed in at least one answer sheet of a screening in the time; each once."), TRUE,
           ANSWERED, 0),
  PERSONS ("valid", N_ ("Valid"), NULL,
           N_ ("Screened less invalid. Shares of those screened are shares of this number."), TRUE,
           ANSWERED | XQ_FLAG_VALID, 0),
  PERSONS ("invalid", N_ ("Invalid"), NULL,
           N_ ("Of the screened, who has no sheet that is complete and passed its validity checks; each once."), TRUE,
           ANSWERED, XQ_FLAG_VALID),
  RATIO ("coverage", N_ ("Coverage"), NULL, N_ ("Screened ÷ to be screened."), "tested", "due"),

  SUM ("raised", N_ ("All levels"), N_ ("Warnings raised"), N_ ("Warnings raised in the time, whatever became of them; each one."),
       0, XQ_SUM_RAISED),
  SUM ("raised_1", N_ ("Level 1"), N_ ("Warnings raised"), N_ ("Of these, level 1 (the heaviest) before anybody had looked."),
       1, XQ_SUM_RAISED_1),
  SUM ("raised_2", N_ ("Level 2"), N_ ("Warnings raised"), N_ ("Of these, level 2 before anybody had looked."), 2,
       XQ_SUM_RAISED_2),
  SUM ("raised_3", N_ ("Level 3"), N_ ("Warnings raised"), N_ ("Of these, level 3 before anybody had looked."), 3,
       XQ_SUM_RAISED_3),
  SUM ("confirmed", N_ ("All levels"), N_ ("Confirmed warnings"),
       N_ ("Of the warnings raised in the time, those that triage confirmed by its end, at whatever level."), 0,
       XQ_SUM_CONFIRMED),
  SUM ("confirmed_1", N_ ("Level 1"), N_ ("Confirmed warnings"), N_ ("Of these, at level 1 in the last triage."), 1,
       XQ_SUM_CONFIRMED_1),
  SUM ("confirmed_2", N_ ("Level 2"), N_ ("Confirmed warnings"), N_ ("Of these, at level 2 in the last triage."), 2,
       XQ_SUM_CONFIRMED_2),
  SUM ("confirmed_3", N_ ("Level 3"), N_ ("Confirmed warnings"), N_ ("Of these, at level 3 in the last triage."), 3,
       XQ_SUM_CONFIRMED_3),
  SUM ("dismissed", N_ ("Dismissed warnings"), NULL, N_ ("Of the warnings raised in the time, those that triage dismissed by its end."),
       0, XQ_SUM_DISMISSED),
  SUM ("pending", N_ ("Not yet triaged"), NULL, N_ ("Of the warnings raised in the time, those without triage at its end."),
       0, XQ_SUM_PENDING),
  RATIO ("confirmed_rate", N_ ("Share of valid"), NULL, N_ ("Confirmed warnings ÷ valid screenings."), "confirmed", "valid"),
  PERSONS ("warned", N_ ("Flagged"), NULL, N_ ("Students with a warning raised in the time; each once."), FALSE,
           XQ_FLAG_WARNED, 0),
  PERSONS ("triaged", N_ ("Interviewed"), NULL, N_ ("Of these, who had a triage interview by its end; each once."), FALSE,
           XQ_FLAG_WARNED | XQ_FLAG_TRIAGED, 0),
  PERSONS ("at_risk", N_ ("Warning confirmed"), NULL, N_ ("Of these, whose warning was confirmed; each once."), FALSE,
           XQ_FLAG_WARNED | XQ_FLAG_CONFIRMED, 0),

  PERSONS ("new_files", N_ ("New files"), NULL, N_ ("Students whose file was made in the time; each once."), TRUE,
           XQ_FLAG_CREATED, 0),
  SUM ("cases_opened", N_ ("Cases opened"), NULL, N_ ("Cases opened in the time; each one."), 0, XQ_SUM_CASES_OPENED),
  SUM ("cases_closed", N_ ("Cases closed"), NULL, N_ ("Cases closed in the time, whenever they were opened; each one."), 0,
       XQ_SUM_CASES_CLOSED),
  PERSONS ("cared", N_ ("Students in care"), NULL, N_ ("Students with a case that was open on any day of the time; each once."),
           FALSE, XQ_FLAG_CARED, 0),
  SUM ("sessions", N_ ("Counselling contacts"), NULL,
       N_ ("Sessions, interviews, family talks, calls and groups in the time; each time a student was met."), 0,
       XQ_SUM_SESSIONS),
  PERSONS ("persons_seen", N_ ("Students seen"), NULL, N_ ("Students with at least one such contact in the time; each once."),
           FALSE, XQ_FLAG_SEEN, 0),
  SUM ("crises", N_ ("Crisis events"), NULL, N_ ("Crisis events in the time; each one."), 0, XQ_SUM_CRISES),

  SUM ("sent", N_ ("Letters sent"), N_ ("Referrals"), N_ ("Referrals sent in the time; each referral once."), 0, XQ_SUM_SENT),
  SUM ("attended", N_ ("Seen there"), N_ ("Referrals"),
       N_ ("Referrals of which the student was seen by the institution in the time; each once."), 0, XQ_SUM_ATTENDED),
  SUM ("returned", N_ ("Slip returned"), N_ ("Referrals"), N_ ("Referrals whose result came in in the time; each once."), 0,
       XQ_SUM_RETURNED),
  SUM ("refused", N_ ("Consent refused"), N_ ("Referrals"), N_ ("Referrals to which the guardian refused consent in the time; each once."),
       0, XQ_SUM_REFUSED),
  { { "median_days", N_ ("Median days"), N_ ("Referrals"), N_ ("Median of the days from sending to being seen, of those seen in the time."),
      XQ_FORMAT_DECIMAL, FALSE, FALSE, FALSE, 0 }, XQ_MEASURE_MEDIAN, 0, 0, 0, { "attended", NULL } },
  PERSONS ("referred", N_ ("Students referred"), NULL, N_ ("Students with a referral sent in the time; each once."), FALSE,
           XQ_FLAG_REFERRED, 0),

  SUM ("follow_ups_due", N_ ("Follow-ups due"), N_ ("Follow-ups"),
       N_ ("Follow-ups first due in the time and by now, those skipped with a reason left out; each one."), 0,
       XQ_SUM_FOLLOW_UPS_DUE),
  SUM ("follow_ups_on_time", N_ ("Done on time"), N_ ("Follow-ups"), N_ ("Of these, done by the day they were first due."), 0,
       XQ_SUM_FOLLOW_UPS_ON_TIME),
  RATIO ("follow_ups_rate", N_ ("On-time rate"), N_ ("Follow-ups"), N_ ("On time ÷ due."), "follow_ups_on_time",
         "follow_ups_due"),

  MANUAL ("leave", N_ ("Left for health"), N_ ("Students who were suspended from school for their health in the time; by hand.")),
  MANUAL ("return", N_ ("Back at school"), N_ ("Students who came back to school in the time; by hand.")),
  MANUAL ("transfer", N_ ("Changed school"), N_ ("Students who changed school for their health in the time; by hand.")),
  MANUAL ("withdrawal", N_ ("Withdrew"), N_ ("Students who left school for good for their health in the time; by hand.")),
};

const XqMeasure *
xq_measure_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (measures); i++)
    if (g_str_equal (measures[i].known.id, id))
      return &measures[i];
  return NULL;
}

int
xq_measure_tag (const char *id)
{
  const char *const *tags = xq_tag_ids ();

  if (!g_str_has_prefix (id, TAG_PREFIX))
    return -1;
  for (int i = 0; tags[i] != NULL; i++)
    if (g_str_equal (tags[i], id + strlen (TAG_PREFIX)))
      return i;
  return -1;
}

static void
describe_tag (const char *id, XqIndicator *indicator)
{
  *indicator = (XqIndicator){
    .id = g_intern_string (id),
    .title = g_intern_string (xq_tag_label (id + strlen (TAG_PREFIX))),
    .definition = _("Students on the roll who carry this mark; each once, though one may carry several."),
    .format = XQ_FORMAT_COUNT,
    .additive = TRUE,
    .about_persons = TRUE,
  };
}

gboolean
xq_indicator_find (const char *id, XqIndicator *ret_indicator)
{
  const XqMeasure *measure = xq_measure_find (id);

  if (measure == NULL && xq_measure_tag (id) < 0)
    return FALSE;
  if (measure == NULL)
    {
      describe_tag (id, ret_indicator);
      return TRUE;
    }
  *ret_indicator = measure->known;
  ret_indicator->title = _(measure->known.title);
  ret_indicator->group = measure->known.group != NULL ? _(measure->known.group) : NULL;
  ret_indicator->definition = _(measure->known.definition);
  return TRUE;
}

char **
xq_indicator_ids (void)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (measures); i++)
    g_strv_builder_add (ids, measures[i].known.id);
  for (const char *const *tag = xq_tag_ids (); *tag != NULL; tag++)
    g_strv_builder_take (ids, g_strconcat (TAG_PREFIX, *tag, NULL));
  return g_strv_builder_end (ids);
}
