/* What the tests of the connection share: transactions that must succeed, and the settings as rows to write. */
#pragma once

#include <string.h>

#include "base/i18n.h"
#include "fixture.h"

static inline XqTransaction *
begin (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  XqTransaction *transaction = xq_transaction_begin (fixture->database, &error);

  g_assert_no_error (error);
  return transaction;
}

static inline void
commit (XqTransaction *transaction)
{
  g_autoptr (GError) error = NULL;

  xq_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

static inline gboolean
put (Fixture *fixture, const char *key, const char *value, GError **error)
{
  return xq_database_execute (fixture->database, error, "INSERT INTO setting (key, value) VALUES (:key, :value)",
                              XQ_TEXT (":key", key), XQ_TEXT (":value", value), XQ_END);
}

static inline gint64
count (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 rows = -1;

  xq_database_get_integer (fixture->database, &error, &rows, NULL, "SELECT count(*) FROM setting", XQ_END);
  g_assert_no_error (error);
  return rows;
}
