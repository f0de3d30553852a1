/* A long list that holds a window of its rows. */
#include "config.h"

#include "base/i18n.h"
#include "people/person-list.h"
#include "session-fixture.h"
#include "ui/widgets/lazy-model.h"

#define ROWS 10000

static guint fetched;

/* Stands for a query: the record of an id is its text; every 1000th is gone. */
static GPtrArray *
fetch_texts (XqDatabase *database, const gint64 *ids, guint n_ids, GError **error)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_free);

  fetched++;
  for (guint i = 0; i < n_ids; i++)
    g_ptr_array_add (rows, ids[i] % 1000 == 0 ? NULL : g_strdup_printf ("row %d", (int) ids[i]));
  return rows;
}

static XqLazyModel *
model_new (XqSession *session)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 id = 1; id <= ROWS; id++)
    g_array_append_val (ids, id);
  fetched = 0;
  return xq_lazy_model_new (session, ids, fetch_texts);
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (XqLazyModel) model = model_new (fixture->session);
  g_autoptr (XqLazyRow) row = g_list_model_get_item (G_LIST_MODEL (model), 4999);
  g_autoptr (XqLazyRow) gone = g_list_model_get_item (G_LIST_MODEL (model), 999);
  g_autoptr (GObject) none = g_list_model_get_item (G_LIST_MODEL (model), ROWS);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, ROWS);
  g_assert_cmpuint (fetched, ==, 0);
  g_assert_cmpint (xq_lazy_row_id (row), ==, 5000);
  g_assert_null (xq_lazy_row_record (row));
  g_assert_null (xq_lazy_row_record (gone));
  g_assert_null (none);
  g_assert_cmpuint (xq_lazy_model_find (model, 5000), ==, 4999);
  g_assert_cmpuint (xq_lazy_model_find (model, 0), ==, GTK_INVALID_LIST_POSITION);
}

/* The object that GTK holds for a position stays the one for it. */
static void
test_identity (Fixture *fixture, gconstpointer data)
{
  g_autoptr (XqLazyModel) model = model_new (fixture->session);
  g_autoptr (XqLazyRow) first = g_list_model_get_item (G_LIST_MODEL (model), 7);
  g_autoptr (XqLazyRow) same = g_list_model_get_item (G_LIST_MODEL (model), 7);

  g_assert_true (first == same);
  g_clear_object (&same);
  g_assert_finalize_object (g_steal_pointer (&first));
  first = g_list_model_get_item (G_LIST_MODEL (model), 7);
  g_assert_cmpstr (xq_lazy_row_record (first), ==, "row 8");
}

/* A page is read once while it is kept; of many pages the one unused for longest goes. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (XqLazyModel) model = model_new (fixture->session);

  for (guint i = 0; i < 512; i++)
    {
      g_autoptr (XqLazyRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);

      xq_lazy_row_record (row);
    }
  g_assert_cmpuint (fetched, ==, 2);
  for (guint page = 0; page < 20; page++)
    {
      g_autoptr (XqLazyRow) row = g_list_model_get_item (G_LIST_MODEL (model), page * 256);

      xq_lazy_row_record (row);
    }
  g_assert_cmpuint (fetched, ==, 20);
  {
    g_autoptr (XqLazyRow) kept = g_list_model_get_item (G_LIST_MODEL (model), 19 * 256);
    g_autoptr (XqLazyRow) dropped = g_list_model_get_item (G_LIST_MODEL (model), 0);

    g_assert_cmpstr (xq_lazy_row_record (kept), ==, "row 4865");
    g_assert_cmpuint (fetched, ==, 20);
    g_assert_cmpstr (xq_lazy_row_record (dropped), ==, "row 1");
    g_assert_cmpuint (fetched, ==, 21);
  }
}

static void
test_people (Fixture *fixture, gconstpointer data)
{
  gint64 first = add_person (fixture->session, "单子涵");
  gint64 second = add_person (fixture->session, "曾雨欣");
  XqPersonFilter filter = XQ_PERSON_FILTER_INIT;
  g_autoptr (GError) error = NULL;
  GArray *ids = xq_person_list_ids (xq_session_database (fixture->session), &filter, XQ_PERSON_ORDER_NEWEST, 0, NULL,
                                    &error);
  g_autoptr (XqLazyModel) model = NULL;
  g_autoptr (XqLazyRow) row = NULL;

  g_assert_no_error (error);
  model = xq_lazy_model_new (fixture->session, ids, xq_person_list_rows);
  row = g_list_model_get_item (G_LIST_MODEL (model), xq_lazy_model_find (model, first));
  g_assert_cmpstr (((const XqPersonRow *) xq_lazy_row_record (row))->name, ==, "单子涵");
  g_assert_cmpuint (xq_lazy_model_find (model, second), !=, GTK_INVALID_LIST_POSITION);
}

/* After the lock a row that somebody still holds shows nothing, and nothing breaks. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (XqLazyModel) model = model_new (fixture->session);
  g_autoptr (XqLazyRow) row = g_list_model_get_item (G_LIST_MODEL (model), 3);

  xq_session_close (fixture->session);
  g_assert_null (xq_lazy_row_record (row));
  g_assert_cmpuint (fetched, ==, 0);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  xq_i18n_init ("en");
  g_test_init (&argc, &argv, NULL);
  ADD ("/ui/lazy-model/rows", test_rows);
  ADD ("/ui/lazy-model/identity", test_identity);
  ADD ("/ui/lazy-model/pages", test_pages);
  ADD ("/ui/lazy-model/people", test_people);
  ADD ("/ui/lazy-model/closed", test_closed);
  return g_test_run ();
}
