/* A vault of a test's own with three pupils, the shipped calendar, and time standing still. */
#pragma once

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "base/i18n.h"
#include "calendar/term.h"
#include "calendar/working-day.h"
#include "care/care.h"
#include "vault/audit.h"

#include "../vault/fixture.h"

typedef struct
{
  Fixture vault;
  XqWorkingDays *days;
  XqCare *care;
} Desk;

static inline void
now_is (const char *iso)
{
  g_setenv ("XINQIAO_NOW", iso, TRUE);
}

/* Runs SQL of the test's own in a transaction; whether the database took it. */
static inline gboolean
try_sql (XqDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, &error);

  g_assert_no_error (error);
  return xq_database_execute (database, NULL, sql, XQ_END)
         && xq_transaction_commit (g_steal_pointer (&transaction), NULL);
}

static inline void
must_sql (XqDatabase *database, const char *sql)
{
  if (!try_sql (database, sql))
    g_error ("refused: %s", sql);
}

static inline gint64
number_of (XqDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  xq_database_get_integer (database, &error, &value, NULL, sql, XQ_END);
  g_assert_no_error (error);
  return value;
}

static inline char *
text_of (XqDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  char *text = xq_database_get_text (database, &error, sql, XQ_END);

  g_assert_no_error (error);
  return text;
}

#define assert_number(database, sql, expected) g_assert_cmpint (number_of (database, sql), ==, expected)
#define assert_text(database, sql, expected)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_ = text_of (database, sql);                                             \
    g_assert_cmpstr (found_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END
#define assert_refused(error, words)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_nonnull (error);                                                                      \
    g_assert_cmpint ((error)->code, ==, XQ_ERROR_REFUSED);                                         \
    if (strstr ((error)->message, words) == NULL)                                                  \
      g_error ("“%s” does not say “%s”", (error)->message, words);                                 \
    g_clear_error (&(error));                                                                      \
  }                                                                                                \
  G_STMT_END

static inline void
desk_set_up (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  now_is ("2026-11-23T09:00:00");
  fixture_set_up (&desk->vault, NULL);
  must_sql (desk->vault.database,
            "INSERT INTO person (id, organisation_id, kind, code, name, initials, sex, state, created_at, updated_at)"
            " VALUES (1, 1, 'student', '20260001', '李小雨', 'lxy', 'female', 'active', 1, 1),"
            " (2, 1, 'student', '20260002', '单明', 'sm', 'male', 'active', 1, 1),"
            " (3, 1, 'student', NULL, '曾静', 'zj', 'female', 'active', 1, 1)");
  xq_calendar_install_defaults (desk->vault.database, &error);
  g_assert_no_error (error);
  desk->days = xq_working_days_load (desk->vault.database, &error);
  g_assert_no_error (error);
  desk->care = xq_care_new (desk->vault.database, desk->days, &error);
  g_assert_no_error (error);
}

static inline void
desk_tear_down (Desk *desk, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  /* Whatever a test did, the chain holds. */
  xq_audit_verify (desk->vault.database, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&desk->care, xq_care_free);
  g_clear_pointer (&desk->days, xq_working_days_unref);
  fixture_tear_down (&desk->vault, NULL);
}

#define add_desk_test(path, function)                                                              \
  g_test_add (path, Desk, NULL, desk_set_up, function, desk_tear_down)
