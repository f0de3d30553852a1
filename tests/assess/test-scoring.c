/* Scores at their borders: what is rounded, what is cut off, what a blank does. */
#include "config.h"

#include "assess-test.h"

static XqScoreResult *
score (const char *id, const int *answers, gsize n)
{
  return xq_score (shipped (id), answers, n);
}

static int *
filled (guint n, int value)
{
  int *answers = g_new (int, n);

  for (guint i = 0; i < n; i++)
    answers[i] = value;
  return answers;
}

/* A sheet of 20 items from 1 to 4 whose reversed sum is @raw. */
static void
fill_zung (const XqInstrument *instrument, int raw, int *answers)
{
  int left = raw - 20;

  for (guint i = 0; i < 20; i++)
    {
      int more = MIN (left, 3);

      answers[i] = instrument->items[i].reversed ? 4 - more : 1 + more;
      left -= more;
    }
}

/* The standard score is the raw score times 1.25, its fraction cut off. */
static void
test_zung (void)
{
  static const char *const ids[] = { "sds", "sas" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    for (int raw = 20; raw <= 80; raw++)
      {
        int answers[20];
        g_autoptr (XqScoreResult) result = NULL;
        int standard = raw * 5 / 4, first = i == 0 ? 53 : 50;
        const char *band = standard < first ? "normal" : standard < first + 10 ? "mild" : standard < first + 20 ? "moderate" : "severe";

        fill_zung (shipped (ids[i]), raw, answers);
        result = score (ids[i], answers, 20);
        g_assert_cmpfloat (score_of (result, "raw"), ==, raw);
        g_assert_cmpfloat (score_of (result, "standard"), ==, standard);
        g_assert_cmpfloat (score_of (result, "standard_if_rounded"), ==, (raw * 5 + 2) / 4);
        g_assert_cmpstr (band_of (result, "standard"), ==, band);
        g_assert_cmpint (result->positive, ==, standard >= first);
      }
}

/* A factor mean of exactly 2 is not over 2, of 2 and the least more it is. */
static void
test_scl90_border (void)
{
  g_autofree int *answers = filled (90, 1);
  g_autoptr (XqScoreResult) exact = NULL, over = NULL;
  static const int phobic[] = { 13, 25, 47, 50, 70, 75, 82 };

  for (gsize i = 0; i < G_N_ELEMENTS (phobic); i++)
    answers[phobic[i] - 1] = 2;
  exact = score ("scl90", answers, 90);
  g_assert_cmpfloat (score_of (exact, "phobic"), ==, 2);
  g_assert_false (xq_score_result_flag (exact, "screen_strict"));
  g_assert_true (xq_score_result_flag (exact, "screen_inclusive"));
  g_assert_cmpstr (band_of (exact, "screen"), ==, "negative");
  g_assert_false (exact->positive);
  answers[12] = 3;
  over = score ("scl90", answers, 90);
  g_assert_cmpstr (band_of (over, "screen"), ==, "positive");
  g_assert_true (over->positive);
}

/* 1.98 is below 2 although it prints as 2.0. */
static void
test_mssmhs_border (void)
{
  g_autofree int *answers = filled (60, 2);
  g_autoptr (XqScoreResult) result = NULL, below = NULL;

  result = score ("mssmhs", answers, 60);
  g_assert_cmpstr (band_of (result, "mean"), ==, "mild");
  answers[0] = 1;
  below = score ("mssmhs", answers, 60);
  g_assert_cmpstr (band_of (below, "mean"), ==, "healthy");
  g_assert_cmpstr (band_of (below, "maladjust"), ==, "healthy");
  g_assert_cmpstr (band_of (below, "obsessive"), ==, "mild");
}

/* Every total has the band whose range holds it, and the scores reach from the lowest to the highest. */
static void
test_every_band (void)
{
  g_autoptr (GPtrArray) all = xq_instrument_set_list (shipped_set ());

  for (guint i = 0; i < all->len; i++)
    {
      const XqInstrument *instrument = all->pdata[i];
      g_autofree int *lowest = g_new (int, instrument->n_items), *highest = g_new (int, instrument->n_items);
      g_autoptr (XqScoreResult) low = NULL, high = NULL;

      for (guint k = 0; k < instrument->n_items; k++)
        {
          const XqOptionList *options = instrument->items[k].options;

          lowest[k] = instrument->items[k].reversed ? options->highest : options->lowest;
          highest[k] = instrument->items[k].reversed ? options->lowest : options->highest;
        }
      low = xq_score (instrument, lowest, instrument->n_items);
      high = xq_score (instrument, highest, instrument->n_items);
      for (guint k = 0; k < instrument->n_scales; k++)
        {
          const XqScale *scale = &instrument->scales[k];

          if (low->scores[k].defined)
            g_assert_cmpfloat (low->scores[k].value, >=, scale->min - 1e-9);
          g_assert_cmpfloat (high->scores[k].value, <=, scale->max + 1e-9);
          if (scale->bands != NULL)
            {
              g_assert_nonnull (high->scores[k].band);
              g_assert_true (high->scores[k].band == xq_band_scheme_find (scale->bands, high->scores[k].value));
            }
        }
    }
}

static void
test_blank (void)
{
  int answers[9] = { 3, 3, 3, 3, 3, 3, 3, XQ_ANSWER_BLANK, 2 };
  g_autoptr (XqScoreResult) result = score ("phq9", answers, 9);
  g_autoptr (XqScoreResult) few = score ("phq9", answers, 4);

  g_assert_false (result->complete);
  g_assert_true (result->valid);
  g_assert_cmpint (result->missing, ==, 1);
  g_assert_cmpuint (result->n_scores, ==, 0);
  g_assert_null (xq_score_result_get (result, "total"));
  g_assert_cmpuint (result->n_critical, ==, 1);
  g_assert_cmpint (result->critical[0].item, ==, 9);
  g_assert_cmpint (result->critical[0].value, ==, 2);
  g_assert_false (xq_score_result_flag (result, "positive"));
  g_assert_cmpint (few->missing, ==, 5);
}

/* K10: one blank is made up for, rounded half up; two are not. */
static void
test_prorated (void)
{
  int answers[10] = { XQ_ANSWER_BLANK, 2, 3, 3, 5, 1, 2, 3, 4, 5 };
  g_autoptr (XqScoreResult) one = score ("k10", answers, 10), two = NULL;

  g_assert_true (one->complete);
  g_assert_cmpint (one->missing, ==, 1);
  g_assert_cmpfloat (score_of (one, "total"), ==, 31);
  answers[1] = XQ_ANSWER_BLANK;
  two = score ("k10", answers, 10);
  g_assert_false (two->complete);
}

/* AUDIT: who never drinks answers 1, 9 and 10 alone; who never drinks much, 1 to 3, 9 and 10. */
static void
test_skipped (void)
{
  const int b = XQ_ANSWER_BLANK;
  const int never[10] = { 0, b, b, b, b, b, b, b, 0, 2 }, little[10] = { 1, 0, 0, b, b, b, b, b, 0, 0 };
  const int not_allowed[10] = { 1, 0, 1, b, b, b, b, b, 0, 0 }, last[10] = { 0, b, b, b, b, b, b, b, b, 2 };
  g_autoptr (XqScoreResult) a = score ("audit", never, 10), c = score ("audit", little, 10);
  g_autoptr (XqScoreResult) d = score ("audit", not_allowed, 10), e = score ("audit", last, 10);

  g_assert_true (a->complete);
  g_assert_cmpint (a->missing, ==, 0);
  g_assert_cmpfloat (score_of (a, "total"), ==, 2);
  g_assert_cmpfloat (score_of (a, "consumption"), ==, 0);
  g_assert_cmpstr (band_of (a, "total"), ==, "I");
  g_assert_true (c->complete);
  g_assert_cmpfloat (score_of (c, "total"), ==, 1);
  g_assert_false (d->complete);
  g_assert_cmpint (d->missing, ==, 5);
  g_assert_false (e->complete);
}

static void
test_invalid (void)
{
  g_autofree int *answers = filled (100, 0);
  g_autoptr (XqScoreResult) six = NULL, seven = NULL;

  for (int item = 82; item <= 92; item += 2)
    answers[item - 1] = 1;
  six = score ("mht", answers, 100);
  g_assert_true (six->valid);
  answers[93] = 1;
  seven = score ("mht", answers, 100);
  g_assert_false (seven->valid);
  g_assert_true (seven->complete);
  g_assert_nonnull (seven->invalid_because);
}

/* The same workspace again gives what a fresh one gives. */
static void
test_again (void)
{
  const XqInstrument *instrument = shipped ("phq9");
  g_autoptr (XqScoreResult) result = xq_score_result_new (instrument);
  const int heavy[9] = { 3, 3, 3, 3, 3, 3, 3, 3, 3 }, light[9] = { 0, 0, 0, 0, 0, 0, 0, 0, 0 };

  xq_score_again (result, heavy, 9);
  g_assert_cmpuint (result->n_critical, ==, 1);
  g_assert_true (result->positive);
  xq_score_again (result, light, 9);
  g_assert_cmpfloat (score_of (result, "total"), ==, 0);
  g_assert_cmpuint (result->n_critical, ==, 0);
  g_assert_false (result->positive);
  g_assert_false (xq_score_result_flag (result, "mds"));
  xq_score_again (result, light, 3);
  g_assert_false (result->complete);
}

static void
test_answers_check (void)
{
  const XqInstrument *instrument = shipped ("audit");
  const int nine[10] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 0 }, many[11] = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (xq_answers_check (instrument, nine, 10, &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "0, 2, 4"));
  g_clear_error (&error);
  g_assert_false (xq_answers_check (instrument, many, 11, &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED);
}

static void
test_answers_text (void)
{
  const XqInstrument *instrument = shipped ("phq2");
  const int answers[2] = { 3, XQ_ANSWER_BLANK };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) back = NULL;
  g_autoptr (GError) error = NULL;

  xq_answers_format (instrument, answers, 2, text);
  g_assert_cmpstr (text->str, ==, "[3,null]");
  back = xq_answers_parse (text->str, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->len, ==, 2);
  g_assert_cmpint (g_array_index (back, int, 1), ==, XQ_ANSWER_BLANK);
  g_assert_null (xq_answers_parse ("{}", &error));
  g_assert_error (error, XQ_ASSESS_ERROR, XQ_ERROR_DAMAGED);
  /* Extra questions are kept when they were answered, and only then. */
  {
    int all[13] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, XQ_ANSWER_BLANK, 2, XQ_ANSWER_BLANK, XQ_ANSWER_BLANK };

    g_string_truncate (text, 0);
    xq_answers_format (shipped ("phq_a"), all, 13, text);
    g_assert_cmpstr (text->str, ==, "[0,0,0,0,0,0,0,0,0,null,2]");
  }
}

static void
test_json (void)
{
  const int answers[9] = { 3, 3, 3, 3, 3, 3, 3, 3, 3 };
  g_autoptr (XqScoreResult) result = score ("phq9", answers, 9);
  g_autoptr (JsonObject) object = xq_score_result_to_json (result);
  JsonObject *scores = json_object_get_object_member (object, "scores");

  g_assert_cmpint (json_object_get_int_member (scores, "total"), ==, 27);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (object, "bands"), "total"), ==, "severe");
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (object, "critical"), 0), ==, 9);
  g_assert_true (json_object_get_boolean_member (object, "valid"));
  g_assert_cmpint (json_object_get_int_member (object, "missing"), ==, 0);
  g_assert_true (json_object_get_boolean_member (json_object_get_object_member (object, "flags"), "mds"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assess/scoring/zung", test_zung);
  g_test_add_func ("/assess/scoring/scl90-border", test_scl90_border);
  g_test_add_func ("/assess/scoring/mssmhs-border", test_mssmhs_border);
  g_test_add_func ("/assess/scoring/every-band", test_every_band);
  g_test_add_func ("/assess/scoring/blank", test_blank);
  g_test_add_func ("/assess/scoring/prorated", test_prorated);
  g_test_add_func ("/assess/scoring/skipped", test_skipped);
  g_test_add_func ("/assess/scoring/invalid", test_invalid);
  g_test_add_func ("/assess/scoring/again", test_again);
  g_test_add_func ("/assess/scoring/answers-check", test_answers_check);
  g_test_add_func ("/assess/scoring/answers-text", test_answers_text);
  g_test_add_func ("/assess/scoring/json", test_json);
  return g_test_run ();
}
