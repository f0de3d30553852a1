#include "config.h"

#include "ui/assess/answers-work.h"

static void
copy_entry (gpointer key, gpointer value, gpointer copy)
{
  g_hash_table_insert (copy, g_strdup (key), g_strdup (value));
}

GHashTable *
xq_answers_map_copy (GHashTable *map)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_hash_table_foreach (map, copy_entry, copy);
  return copy;
}

XqAnswersOrder *
xq_answers_order_new (const char *path)
{
  XqAnswersOrder *order = g_new0 (XqAnswersOrder, 1);

  order->path = g_strdup (path);
  order->map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return order;
}

XqAnswersOrder *
xq_answers_order_copy (const XqAnswersOrder *order)
{
  XqAnswersOrder *copy = g_new0 (XqAnswersOrder, 1);

  copy->path = g_strdup (order->path);
  copy->instruments = g_strdupv (order->instruments);
  copy->coding = order->coding;
  copy->map = xq_answers_map_copy (order->map);
  copy->campaign_id = order->campaign_id;
  return copy;
}

void
xq_answers_order_free (gpointer data)
{
  XqAnswersOrder *order = data;

  g_free (order->path);
  g_strfreev (order->instruments);
  g_clear_pointer (&order->map, g_hash_table_unref);
  g_free (order);
}

void
xq_answers_trial_free (gpointer data)
{
  XqAnswersTrial *trial = data;

  g_clear_pointer (&trial->result, xq_answers_result_free);
  g_clear_pointer (&trial->answers, xq_answers_free);
  g_clear_pointer (&trial->header, xq_header_free);
  g_free (trial->problem);
  g_free (trial);
}

gpointer
xq_answers_work_try (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  const XqAnswersOrder *order = data;
  XqAnswersOptions options = { .instruments = (const char *const *) order->instruments,
                               .overrides = order->map,
                               .coding = order->coding,
                               .campaign_id = order->campaign_id };
  g_autoptr (XqAnswersTrial) trial = g_new0 (XqAnswersTrial, 1);
  g_autoptr (XqDesk) desk = xq_desk_new (database, error);
  g_autoptr (GError) problem = NULL;

  if (desk == NULL)
    return NULL;
  trial->header = xq_answers_read_header (order->path, &options, progress, error);
  if (trial->header == NULL)
    return NULL;
  trial->answers = xq_answers_read (database, xq_desk_instruments (desk), order->path, &options, progress, &problem);
  if (trial->answers != NULL)
    trial->result = xq_desk_import_answers (desk, trial->answers, TRUE, &trial->raised, progress, &problem);
  if (problem == NULL)
    return g_steal_pointer (&trial);
  /* Columns that cannot be told are no failure: the user says what they are. */
  if (problem->domain != XQ_ASSESS_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  trial->problem = g_strdup (problem->message);
  g_clear_pointer (&trial->answers, xq_answers_free);
  return g_steal_pointer (&trial);
}

gpointer
xq_answers_work_apply (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  XqAnswersTrial *trial = data;
  g_autoptr (XqAnswersTrial) done = g_new0 (XqAnswersTrial, 1);
  g_autoptr (XqDesk) desk = xq_desk_new (database, error);

  if (desk == NULL)
    return NULL;
  done->result = xq_desk_import_answers (desk, trial->answers, FALSE, &done->raised, progress, error);
  if (done->result == NULL)
    return NULL;
  done->answers = g_steal_pointer (&trial->answers);
  return g_steal_pointer (&done);
}

gpointer
xq_answers_work_undo (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  g_autoptr (XqDesk) desk = xq_desk_new (database, error);

  return desk != NULL && xq_desk_undo_answers (desk, *(gint64 *) data, error) ? g_strdup ("") : NULL;
}
