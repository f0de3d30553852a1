/* What the other rooms lend to a letter, and that consent alone lets it in. */
#include "config.h"

#include "care/session-note.h"
#include "care/triage.h"
#include "desk-fixture.h"

#define ALL_SECTIONS "identity,contact,guardian,reason,observations,screening_results,measures_taken,risk"

/* The rows of one section, a line each; NULL when the letter has no such section. */
static char *
section_of (const XqLetter *letter, XqLetterSectionKind kind)
{
  for (guint i = 0; i < letter->sections->len; i++)
    {
      const XqLetterSection *section = g_ptr_array_index (letter->sections, i);
      g_autoptr (GString) words = NULL;

      if (section->kind != kind)
        continue;
      words = g_string_new (NULL);
      for (guint k = 0; k < section->rows->len; k++)
        g_string_append_printf (words, "%s\n", ((XqLetterRow *) g_ptr_array_index (section->rows, k))->text);
      return g_string_free (g_steal_pointer (&words), FALSE);
    }
  return NULL;
}

static void
assert_section (const XqLetter *letter, XqLetterSectionKind kind, const char *expected)
{
  g_autofree char *words = section_of (letter, kind);

  g_assert_cmpstr (words, ==, expected);
}

static void
talk (Office *office, gint64 person_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSessionNote) note = xq_session_note_new ();

  note->person_id = person_id;
  note->at = xq_clock_now ();
  note->text = g_strdup ("只有咨询师该知道的话");
  xq_session_note_save (office->database, note, &error);
  g_assert_no_error (error);
  xq_session_note_sign (office->database, note->id, &error);
  g_assert_no_error (error);
  xq_session_note_amend (office->database, note->id, "补记", NULL, &error);
  g_assert_no_error (error);
}

/* A pupil who was screened twice, reported by two people, triaged and talked to; another one beside. */
static gint64
history (Office *office)
{
  g_autoptr (GError) error = NULL;
  gint64 warning_id;

  now_is ("2026-11-02T09:00:00");
  answer_phq9 (office, 1, 8, 0);
  now_is ("2026-11-23T09:00:00");
  warning_id = answer_phq9 (office, 1, 16, 1);
  report_pupil (office, 1, XQ_SOURCE_TEACHER, 2, "上课伏桌");
  now_is ("2026-11-24T09:00:00");
  report_pupil (office, 1, XQ_SOURCE_GUARDIAN, 2, "夜里不睡");
  xq_triage_confirm (xq_desk_care (office->desk), warning_id, "约谈时说的话", &error);
  g_assert_no_error (error);
  talk (office, 1);
  talk (office, 1);
  talk (office, 2);
  report_pupil (office, 2, XQ_SOURCE_TEACHER, 2, "别的孩子的事");
  answer_phq9 (office, 2, 20, 2);
  return warning_id;
}

static XqLetter *
letter_with (Office *office, gint64 person_id, gint64 warning_id, const char *released)
{
  g_autoptr (GError) error = NULL;
  gint64 id = draft_referral (office, person_id, warning_id, XQ_LANE_ROUTINE);
  XqLetter *letter;

  step_referral (office, id, XQ_REFERRAL_CONSENT_ASKED, NULL);
  step_referral (office, id, XQ_REFERRAL_CONSENTED, released);
  letter = xq_desk_letter (office->desk, id, &error);
  g_assert_no_error (error);
  step_referral (office, id, XQ_REFERRAL_SENT, released);
  for (XqReferralState state = XQ_REFERRAL_ACCEPTED; state <= XQ_REFERRAL_CLOSED; state++)
    if (state != XQ_REFERRAL_DECLINED && state != XQ_REFERRAL_MISSED)
      step_referral (office, id, state, NULL);
  return letter;
}

static void
test_all_released (Office *office, gconstpointer unused)
{
  g_autoptr (XqLetter) letter = letter_with (office, 1, history (office), ALL_SECTIONS);

  /* Reports in their own words; what a rule found stands among the results. */
  assert_section (letter, XQ_LETTER_OBSERVATIONS, "2026-11-23, Class teacher: 上课伏桌\n2026-11-24, Guardian: 夜里不睡\n");
  /* The latest of each instrument. */
  assert_section (letter, XQ_LETTER_SCREENING_RESULTS, "PHQ-9, 2026-11-23: 17 (Moderately severe)\n");
  /* How often, never what was said. */
  assert_section (letter, XQ_LETTER_MEASURES_TAKEN,
                  "2026-11-24: triage interview (Confirmed)\n2 counselling sessions so far\n");
  g_assert_cmpuint (g_strv_length (letter->left_out), ==, 0);
}

/* Each of the three alone, and none: no word of the others comes along. */
static void
test_only_what_was_released (Office *office, gconstpointer unused)
{
  static const XqLetterSectionKind lent[] = { XQ_LETTER_OBSERVATIONS, XQ_LETTER_SCREENING_RESULTS,
                                              XQ_LETTER_MEASURES_TAKEN, XQ_LETTER_REASON };
  gint64 warning_id = history (office);

  for (gsize i = 0; i < G_N_ELEMENTS (lent); i++)
    {
      g_autofree char *released = g_strconcat ("identity,", xq_letter_sections[lent[i]].id, NULL);
      g_autoptr (XqLetter) letter = letter_with (office, 1, warning_id, released);

      g_assert_cmpuint (letter->sections->len, ==, 2);
      g_assert_cmpuint (g_strv_length (letter->left_out), ==, XQ_LETTER_SECTIONS - 2);
      for (gsize k = 0; k < G_N_ELEMENTS (lent); k++)
        {
          g_autofree char *words = section_of (letter, lent[k]);

          g_assert_true ((words != NULL) == (lent[k] == lent[i]));
        }
    }
}

/* What only the counsellor is to know is in no letter, whatever was released; nor is anybody else's. */
static void
test_never_in_a_letter (Office *office, gconstpointer unused)
{
  static const char *const never[] = { "只有咨询师该知道的话", "补记", "约谈时说的话", "别的孩子的事", "单明" };
  g_autoptr (XqLetter) letter = letter_with (office, 1, history (office), ALL_SECTIONS);

  for (int kind = 0; kind < XQ_LETTER_SECTIONS; kind++)
    {
      g_autofree char *words = section_of (letter, kind);

      for (gsize i = 0; words != NULL && i < G_N_ELEMENTS (never); i++)
        g_assert_null (strstr (words, never[i]));
    }
}

/* A referral that answers no warning has nobody's reports, but what was screened and done. */
static void
test_without_warning (Office *office, gconstpointer unused)
{
  g_autoptr (XqLetter) letter = NULL;

  history (office);
  letter = letter_with (office, 1, 0, ALL_SECTIONS);
  assert_section (letter, XQ_LETTER_OBSERVATIONS, NULL);
  assert_section (letter, XQ_LETTER_SCREENING_RESULTS, "PHQ-9, 2026-11-23: 17 (Moderately severe)\n");
  assert_section (letter, XQ_LETTER_MEASURES_TAKEN, "2 counselling sessions so far\n");
}

/* Released, but nothing is known: the section does not stand there empty. */
static void
test_nothing_known (Office *office, gconstpointer unused)
{
  g_autoptr (XqLetter) letter = letter_with (office, 3, 0, ALL_SECTIONS);

  assert_section (letter, XQ_LETTER_OBSERVATIONS, NULL);
  assert_section (letter, XQ_LETTER_SCREENING_RESULTS, NULL);
  assert_section (letter, XQ_LETTER_MEASURES_TAKEN, NULL);
  g_assert_cmpuint (g_strv_length (letter->left_out), ==, 0);
}

static void
test_no_such_referral (Office *office, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_desk_letter (office->desk, 404, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xq_i18n_init ("en");
  add_office_test ("/desk-letter/all-released", test_all_released);
  add_office_test ("/desk-letter/only-what-was-released", test_only_what_was_released);
  add_office_test ("/desk-letter/never-in-a-letter", test_never_in_a_letter);
  add_office_test ("/desk-letter/without-warning", test_without_warning);
  add_office_test ("/desk-letter/nothing-known", test_nothing_known);
  add_office_test ("/desk-letter/no-such-referral", test_no_such_referral);
  return g_test_run ();
}
