/* Conditions: on an answer, on a score, all or any of others. */
#include "config.h"

#include "assess/instrument-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Conditions within conditions; nobody needs more. */
#define DEPTH_MAXIMUM 8

void
xq_clause_free (XqClause *clause)
{
  if (clause == NULL)
    return;
  g_clear_pointer (&clause->children, g_ptr_array_unref);
  g_free (clause);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqClause, xq_clause_free)

static gint64
thousandths (double value)
{
  return llround (value * 1000.0);
}

static gboolean
read_between (XqReader *reader, JsonObject *object, XqCompare *compare)
{
  JsonArray *pair = xq_reader_list (object, "between");

  if (pair == NULL || json_array_get_length (pair) != 2
      || json_array_get_double_element (pair, 0) > json_array_get_double_element (pair, 1))
    {
      xq_reader_problem (reader, object, "between", _ ("“between” must be two numbers, the lower first."));
      return FALSE;
    }
  compare->low = thousandths (json_array_get_double_element (pair, 0));
  compare->high = thousandths (json_array_get_double_element (pair, 1));
  return TRUE;
}

gboolean
xq_reader_compare (XqReader *reader, JsonObject *object, XqCompare *ret_compare)
{
  XqCompare compare = { G_MININT64, G_MAXINT64, FALSE, FALSE };
  double value;
  guint found = 0;

  if (xq_reader_number (object, "at_least", &value) && ++found > 0)
    compare.low = thousandths (value);
  if (xq_reader_number (object, "at_most", &value) && ++found > 0)
    compare.high = thousandths (value);
  if (xq_reader_number (object, "above", &value) && ++found > 0)
    {
      compare.low = thousandths (value);
      compare.low_open = TRUE;
    }
  if (xq_reader_number (object, "below", &value) && ++found > 0)
    {
      compare.high = thousandths (value);
      compare.high_open = TRUE;
    }
  if (xq_reader_number (object, "equals", &value) && ++found > 0)
    compare.low = compare.high = thousandths (value);
  if (json_object_has_member (object, "between") && ++found > 0 && !read_between (reader, object, &compare))
    return FALSE;
  if (found != 1)
    {
      xq_reader_problem (reader, object, NULL,
                         _ ("There must be exactly one of at_least, at_most, above, below, equals, between."));
      return FALSE;
    }
  *ret_compare = compare;
  return TRUE;
}

static gboolean
read_item_clause (XqReader *reader, JsonObject *object, const XqInstrument *instrument, XqClause *clause)
{
  static const XqMember members[] = { { "item", XQ_MEMBER_WHOLE, TRUE }, XQ_COMPARE_MEMBERS, { NULL } };
  gint64 item = 0;

  xq_reader_check_members (reader, object, members);
  clause->kind = XQ_CLAUSE_ITEM;
  if (!xq_reader_whole (object, "item", &item))
    return FALSE;
  if (item < 1 || item > instrument->n_all_items)
    {
      xq_reader_problem (reader, object, "item", _ ("There is no item %d; there are items 1 to %u."), (int) item,
                         instrument->n_all_items);
      return FALSE;
    }
  clause->index = (guint) item - 1;
  return xq_reader_compare (reader, object, &clause->compare);
}

static gboolean
read_scale_clause (XqReader *reader, JsonObject *object, const XqInstrument *instrument, guint n_scales,
                   XqClause *clause)
{
  static const XqMember members[] = { { "scale", XQ_MEMBER_TEXT, TRUE }, XQ_COMPARE_MEMBERS, { NULL } };
  const char *scale = xq_reader_text (object, "scale");

  xq_reader_check_members (reader, object, members);
  clause->kind = XQ_CLAUSE_SCALE;
  if (scale == NULL)
    return FALSE;
  for (clause->index = 0; clause->index < n_scales; clause->index++)
    if (g_strcmp0 (instrument->scales[clause->index].id, scale) == 0)
      return xq_reader_compare (reader, object, &clause->compare);
  xq_reader_problem (reader, object, "scale", _ ("No scale called “%s” stands above."), scale);
  return FALSE;
}

static XqClause *read_clause (XqReader *reader, JsonObject *object, const XqInstrument *instrument, guint n_scales,
                              guint depth);

static gboolean
read_children (XqReader *reader, JsonObject *object, const char *member, const XqInstrument *instrument,
               guint n_scales, guint depth, XqClause *clause)
{
  const XqMember members[] = { { member, XQ_MEMBER_LIST, TRUE }, { NULL } };
  g_autoptr (GPtrArray) objects = NULL;

  xq_reader_check_members (reader, object, members);
  if (depth >= DEPTH_MAXIMUM)
    {
      xq_reader_problem (reader, object, member, _ ("Conditions lie too deep within one another."));
      return FALSE;
    }
  objects = xq_reader_objects (reader, object, member);
  if (objects->len == 0)
    {
      xq_reader_problem (reader, object, member, _ ("“%s” needs at least one condition."), member);
      return FALSE;
    }
  clause->children = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_clause_free);
  for (guint i = 0; i < objects->len; i++)
    {
      XqClause *child = read_clause (reader, objects->pdata[i], instrument, n_scales, depth + 1);

      if (child != NULL)
        g_ptr_array_add (clause->children, child);
    }
  return clause->children->len == objects->len;
}

static XqClause *
read_clause (XqReader *reader, JsonObject *object, const XqInstrument *instrument, guint n_scales, guint depth)
{
  g_autoptr (XqClause) clause = g_new0 (XqClause, 1);
  gboolean read;

  if (json_object_has_member (object, "item"))
    read = read_item_clause (reader, object, instrument, clause);
  else if (json_object_has_member (object, "scale"))
    read = read_scale_clause (reader, object, instrument, n_scales, clause);
  else if (json_object_has_member (object, "all") || json_object_has_member (object, "any"))
    {
      gboolean all = json_object_has_member (object, "all");

      clause->kind = all ? XQ_CLAUSE_ALL : XQ_CLAUSE_ANY;
      read = read_children (reader, object, all ? "all" : "any", instrument, n_scales, depth, clause);
    }
  else
    {
      xq_reader_problem (reader, object, NULL, _ ("A condition needs one of: item, scale, all, any."));
      read = FALSE;
    }
  return read ? g_steal_pointer (&clause) : NULL;
}

XqClause *
xq_reader_clause (XqReader *reader, JsonObject *object, const XqInstrument *instrument, guint n_scales)
{
  return read_clause (reader, object, instrument, n_scales, 0);
}
