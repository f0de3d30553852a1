/* What the tests of warnings share: sheets of the PHQ-9 that raise them. */
#pragma once

#include <math.h>
#include <string.h>

#include "care/warning.h"
#include "care-fixture.h"

/* One PHQ-9 sheet: total (NAN: incomplete) and item 9. */
typedef struct
{
  int answers[9];
  XqSeenScore score;
  XqSeen seen;
  XqEvidence evidence;
} Sheet;

static inline void
fill (Sheet *sheet, gint64 person_id, double total, int item9)
{
  memset (sheet, 0, sizeof *sheet);
  sheet->answers[8] = item9;
  sheet->score = (XqSeenScore) { .scale = "total", .value = total };
  sheet->seen = (XqSeen) {
    .instrument = "phq9",
    .complete = !isnan (total),
    .valid = TRUE,
    .scores = &sheet->score,
    .n_scores = isnan (total) ? 0 : 1,
    .answers = sheet->answers,
    .n_answers = 9,
  };
  sheet->evidence = (XqEvidence) { .person_id = person_id, .seen = &sheet->seen, .n_seen = 1 };
}

static inline gint64
screen (Desk *desk, gint64 person_id, double total, int item9)
{
  g_autoptr (GError) error = NULL;
  Sheet sheet;
  gint64 id = -1;

  fill (&sheet, person_id, total, item9);
  xq_warning_raise (desk->care, &sheet.evidence, &id, &error);
  g_assert_no_error (error);
  return id;
}

static inline XqWarning *
load (Desk *desk, gint64 id)
{
  g_autoptr (GError) error = NULL;
  XqWarning *warning = xq_warning_load (desk->vault.database, id, &error);

  g_assert_no_error (error);
  return warning;
}

static inline void
assert_due (Desk *desk, gint64 id, const char *expected)
{
  g_autoptr (XqWarning) warning = load (desk, id);
  g_autofree char *due = xq_clock_iso (warning->due_at);

  g_assert_cmpstr (due, ==, expected);
}
