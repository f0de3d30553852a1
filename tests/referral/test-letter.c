/* The letter holds what consent released and nothing else; the slip's code survives typing. */
#include "config.h"

#include "referral-fixture.h"

static const char *const observations[] = { "班主任反映上课伏桌", NULL };
static const char *const results[] = { "PHQ-A 2026-11-02：17（中重度）", NULL };
static const char *const measures[] = { "已约谈两次", NULL };
static const XqLetterFacts facts = { observations, results, measures };

/* Every word of a letter, for looking into. */
static char *
all_words (const XqLetter *letter)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < letter->sections->len; i++)
    {
      const XqLetterSection *section = g_ptr_array_index (letter->sections, i);

      for (guint k = 0; k < section->rows->len; k++)
        {
          const XqLetterRow *row = g_ptr_array_index (section->rows, k);

          g_string_append_printf (words, "%s|%s\n", row->label != NULL ? row->label : "", row->text);
        }
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static XqReferral *
consented (Trip *trip, const char *released)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) draft = trip_draft (trip, XQ_LANE_ROUTINE);
  XqReferral *referral = NULL;
  XqReferralAdvance advance = { .state = XQ_REFERRAL_CONSENTED, .released = released };

  xq_referral_free (trip_step (trip, draft->id, XQ_REFERRAL_CONSENT_ASKED));
  xq_referral_advance (trip->channel, draft->id, &advance, &referral, &error);
  g_assert_no_error (error);
  return referral;
}

static void
test_only_released (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) referral = consented (trip, "identity,reason");
  g_autoptr (XqLetter) letter = xq_letter_new (trip->vault.database, referral->id, &facts, &error);
  g_autofree char *words = NULL;

  g_assert_no_error (error);
  words = all_words (letter);
  g_assert_nonnull (strstr (words, "单子涵"));
  g_assert_nonnull (strstr (words, "睡眠不足四小时"));
  g_assert_null (strstr (words, "13900000001"));
  g_assert_null (strstr (words, "单建国"));
  g_assert_null (strstr (words, "伏桌"));
  g_assert_null (strstr (words, "PHQ-A"));
  g_assert_null (strstr (words, "约谈两次"));
  g_assert_cmpuint (g_strv_length (letter->left_out), ==, XQ_LETTER_SECTIONS - 2);
}

static void
test_everything (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *all = xq_letter_format_released ((1u << XQ_LETTER_SECTIONS) - 1);
  g_autoptr (XqReferral) referral = consented (trip, all);
  g_autoptr (XqLetter) letter = xq_letter_new (trip->vault.database, referral->id, &facts, &error);
  g_autofree char *words = all_words (letter);

  for (const char *const *word = (const char *const[]) { "13900000001", "单建国", "13900000002", "伏桌", "PHQ-A",
                                                         "约谈两次", "G20260001", NULL };
       *word != NULL; word++)
    g_assert_nonnull (strstr (words, *word));
  g_assert_cmpuint (g_strv_length (letter->left_out), ==, 0);
  g_assert_cmpstr (letter->slip_person, ==, "单**");
  g_assert_cmpstr (letter->slip_code, ==, referral->slip_code);
  g_assert_cmpstr (letter->sender, ==, "江城市第三中学");
}

static void
test_least_by_default (Trip *trip, gconstpointer unused)
{
  g_autoptr (XqReferral) referral = consented (trip, NULL);

  g_assert_cmpstr (referral->released, ==, "identity,guardian,reason,risk");
}

static void
test_unknown_section (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  guint mask;

  g_assert_false (xq_letter_parse_released ("identity,diary", &mask, &error));
  g_assert_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "diary"));
}

static void
test_diagnosis_words (void)
{
  static const struct
  {
    const char *text;
    guint found;
  } cases[] = {
    { "孩子有抑郁症", 1 },
    { "情绪低落，睡眠差", 0 },
    { "市精神卫生中心2026年10月诊断为抑郁症", 0 },
    { "市精神卫生中心诊断为抑郁症", 1 },
    { "医院2026-10-08的病历写明焦虑症。怀疑还有双相", 1 },
    { "looks like PTSD", 1 },
    { "", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) words = xq_letter_diagnosis_words (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (g_strv_length (words), ==, cases[i].found);
    }
}

static void
test_slip_codes_differ (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gint64 id = 1; id <= 20000; id++)
    g_assert_true (g_hash_table_add (seen, xq_referral_slip_code (id)));
}

static void
test_slip_is_found (Trip *trip, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) draft = trip_draft (trip, XQ_LANE_ROUTINE);
  g_autofree char *small = g_ascii_strdown (draft->slip_code, -1);
  g_autofree char *spaced = g_strdup_printf (" %.4s %s ", small, small + 5);
  g_autofree char *nobody = xq_referral_slip_code (9999);
  g_autoptr (XqReferral) found = xq_referral_find_slip (trip->vault.database, spaced, &error);

  g_assert_no_error (error);
  g_assert_cmpint (found->id, ==, draft->id);
  g_assert_null (xq_referral_find_slip (trip->vault.database, nobody, &error));
  g_assert_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_NOT_FOUND);
}

/* Any one wrong sign, and any two neighbours that changed places, are told from a code that nobody has. */
static void
test_slip_typing_errors (Trip *trip, gconstpointer unused)
{
  static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  g_autofree char *code = xq_referral_slip_code (77);

  for (gsize at = 0; code[at] != '\0'; at++)
    for (const char *sign = signs; *sign != '\0'; sign++)
      {
        g_autofree char *wrong = g_strdup (code);
        g_autoptr (GError) error = NULL;

        if (code[at] == '-' || code[at] == *sign)
          continue;
        wrong[at] = *sign;
        g_assert_null (xq_referral_find_slip (trip->vault.database, wrong, &error));
        g_assert_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED);
      }
}

static void
test_institutions (Trip *trip, gconstpointer unused)
{
  XqDatabase *database = trip->vault.database;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqInstitution) found = xq_institution_find (database, "精神卫生", &error);
  g_autoptr (XqInstitution) twin = NULL;
  g_autoptr (XqReferral) draft = trip_draft (trip, XQ_LANE_ROUTINE);

  g_assert_no_error (error);
  g_assert_cmpint (found->id, ==, trip->institution_id);
  g_assert_null (xq_institution_find (database, "江城", &error));
  g_assert_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_NOT_FOUND);
  g_clear_error (&error);

  twin = xq_institution_copy (found);
  twin->id = 0;
  g_assert_false (xq_institution_save (database, twin, &error));
  g_assert_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);

  g_assert_false (xq_institution_delete (database, trip->institution_id, &error));
  g_assert_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (xq_institution_delete (database, trip->other_institution_id, &error));
}

static void
test_agreement (void)
{
  static const struct
  {
    const char *until;
    XqAgreement agreement;
  } cases[] = {
    { NULL, XQ_AGREEMENT_NONE },          { "2027-03-01", XQ_AGREEMENT_VALID },
    { "2027-01-17", XQ_AGREEMENT_ENDS_SOON }, { "2027-01-18", XQ_AGREEMENT_VALID },
    { "2026-11-18", XQ_AGREEMENT_ENDS_SOON }, { "2026-11-17", XQ_AGREEMENT_EXPIRED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      XqInstitution institution = { .agreement_until = (char *) cases[i].until };

      g_assert_cmpint (xq_institution_agreement (&institution, "2026-11-18"), ==, cases[i].agreement);
    }
}

#define ADD(path, function) g_test_add ("/letter/" path, Trip, NULL, trip_set_up, function, trip_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("only-released", test_only_released);
  ADD ("everything", test_everything);
  ADD ("least-by-default", test_least_by_default);
  ADD ("unknown-section", test_unknown_section);
  g_test_add_func ("/letter/diagnosis-words", test_diagnosis_words);
  g_test_add_func ("/slip/codes-differ", test_slip_codes_differ);
  ADD ("slip-is-found", test_slip_is_found);
  ADD ("slip-typing-errors", test_slip_typing_errors);
  ADD ("institutions", test_institutions);
  g_test_add_func ("/institution/agreement", test_agreement);
  return g_test_run ();
}
