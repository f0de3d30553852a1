/* Scales: how each is made of answers and of other scales, and what it can come to. */
#include "config.h"

#include "assess/instrument-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define COMMON_MEMBERS                                                                              \
  { "id", XQ_MEMBER_TEXT, TRUE }, { "label", XQ_MEMBER_OBJECT, TRUE }, { "method", XQ_MEMBER_TEXT, TRUE },  \
      { "listed", XQ_MEMBER_BOOLEAN, FALSE }

static const char *const method_names[] = { "sum", "mean", "count", "linear", "ratio", "cases", NULL };
static const char *const rounding_names[] = { "none", "down", "half_up", NULL };

static const XqMember sum_members[] = {
  COMMON_MEMBERS,
  { "items", XQ_MEMBER_LIST, FALSE },
  { "of", XQ_MEMBER_LIST, FALSE },
  { "reverse", XQ_MEMBER_LIST, FALSE },
  { "multiply", XQ_MEMBER_WHOLE, FALSE },
  { NULL },
};
static const XqMember mean_members[] = {
  COMMON_MEMBERS,
  { "items", XQ_MEMBER_LIST, TRUE },
  { "reverse", XQ_MEMBER_LIST, FALSE },
  { NULL },
};
static const XqMember count_members[] = {
  COMMON_MEMBERS,
  { "items", XQ_MEMBER_LIST, TRUE },
  { "reverse", XQ_MEMBER_LIST, FALSE },
  XQ_COMPARE_MEMBERS,
  { NULL },
};
static const XqMember linear_members[] = {
  COMMON_MEMBERS,
  { "from", XQ_MEMBER_TEXT, TRUE },
  { "multiply", XQ_MEMBER_WHOLE, FALSE },
  { "divide", XQ_MEMBER_WHOLE, FALSE },
  { "add", XQ_MEMBER_WHOLE, FALSE },
  { "round", XQ_MEMBER_TEXT, FALSE },
  { NULL },
};
static const XqMember ratio_members[] = {
  COMMON_MEMBERS,
  { "plus", XQ_MEMBER_LIST, TRUE },
  { "minus", XQ_MEMBER_LIST, FALSE },
  { "over", XQ_MEMBER_TEXT, TRUE },
  { "min", XQ_MEMBER_NUMBER, TRUE },
  { "max", XQ_MEMBER_NUMBER, TRUE },
  { NULL },
};
static const XqMember cases_members[] = { COMMON_MEMBERS, { "cases", XQ_MEMBER_LIST, TRUE }, { NULL } };

/* What the functions below hand down: the scale in the making, and how many stand above it. */
typedef struct
{
  XqReader *reader;
  JsonObject *object;
  XqInstrument *instrument;
  guint above;
  XqScale *scale;
  XqFormula *formula;
} Making;

static void
case_clear (XqCase *one)
{
  xq_clause_free (one->when);
}

void
xq_formula_clear (XqFormula *formula)
{
  g_clear_pointer (&formula->items, g_array_unref);
  g_clear_pointer (&formula->reversed, g_free);
  g_clear_pointer (&formula->of, g_array_unref);
  g_clear_pointer (&formula->minus, g_array_unref);
  g_clear_pointer (&formula->cases, g_array_unref);
}

static gboolean
find_above (Making *making, const char *member, const char *id, guint *ret_index)
{
  for (guint i = 0; i < making->above; i++)
    if (g_strcmp0 (making->instrument->scales[i].id, id) == 0)
      {
        *ret_index = i;
        return TRUE;
      }
  xq_reader_problem (making->reader, making->object, member, _ ("No scale called “%s” stands above."), id);
  return FALSE;
}

static GArray *
read_scales (Making *making, const char *member)
{
  g_auto (GStrv) ids = xq_reader_texts (making->reader, making->object, member);
  GArray *scales = g_array_new (FALSE, FALSE, sizeof (guint));

  for (char **id = ids; *id != NULL; id++)
    {
      guint index;

      if (find_above (making, member, *id, &index))
        g_array_append_val (scales, index);
    }
  return scales;
}

/* Items from 0, and which of them are reversed: those of the scale's own "reverse", else the instrument's. */
static void
read_scale_items (Making *making)
{
  XqInstrument *instrument = making->instrument;
  XqFormula *formula = making->formula;
  gboolean own = json_object_has_member (making->object, "reverse");
  g_autoptr (GArray) reverse
      = xq_reader_items (making->reader, making->object, "reverse", instrument->n_all_items);

  formula->items = xq_reader_items (making->reader, making->object, "items", instrument->n_all_items);
  formula->reversed = g_new0 (gboolean, formula->items->len + 1);
  if (formula->items->len == 0 && xq_reader_list (making->object, "items") != NULL)
    xq_reader_problem (making->reader, making->object, "items", _ ("“items” is empty."));
  for (guint i = 0; i < formula->items->len; i++)
    {
      int *item = &g_array_index (formula->items, int, i);

      *item -= 1;
      formula->reversed[i] = !own && instrument->items[*item].reversed;
      for (guint k = 0; own && k < reverse->len; k++)
        if (g_array_index (reverse, int, k) - 1 == *item)
          formula->reversed[i] = TRUE;
    }
}

static void
span_of_items (Making *making, double *ret_low, double *ret_high)
{
  GArray *items = making->formula->items;

  *ret_low = *ret_high = 0;
  for (guint i = 0; i < items->len; i++)
    {
      const XqOptionList *options = making->instrument->items[g_array_index (items, int, i)].options;

      *ret_low += options->lowest;
      *ret_high += options->highest;
    }
}

static void
read_sum (Making *making)
{
  XqFormula *formula = making->formula;
  XqScale *scale = making->scale;
  gboolean of = json_object_has_member (making->object, "of");

  xq_reader_check_members (making->reader, making->object, sum_members);
  if (of == json_object_has_member (making->object, "items"))
    xq_reader_problem (making->reader, making->object, NULL, _ ("A sum is made of either “items” or “of”."));
  if (xq_reader_whole (making->object, "multiply", &formula->multiply) && formula->multiply < 1)
    xq_reader_problem (making->reader, making->object, "multiply", _ ("“multiply” must be 1 or more."));
  scale->whole = TRUE;
  if (!of)
    {
      read_scale_items (making);
      span_of_items (making, &scale->min, &scale->max);
    }
  else
    {
      formula->of = read_scales (making, "of");
      for (guint i = 0; i < formula->of->len; i++)
        {
          const XqScale *part = &making->instrument->scales[g_array_index (formula->of, guint, i)];

          scale->min += part->min;
          scale->max += part->max;
          scale->whole = scale->whole && part->whole;
        }
    }
  scale->min *= (double) formula->multiply;
  scale->max *= (double) formula->multiply;
}

static void
read_mean (Making *making)
{
  xq_reader_check_members (making->reader, making->object, mean_members);
  read_scale_items (making);
  span_of_items (making, &making->scale->min, &making->scale->max);
  making->scale->min /= MAX (making->formula->items->len, 1);
  making->scale->max /= MAX (making->formula->items->len, 1);
}

static void
read_count (Making *making)
{
  xq_reader_check_members (making->reader, making->object, count_members);
  read_scale_items (making);
  xq_reader_compare (making->reader, making->object, &making->formula->compare);
  making->scale->whole = TRUE;
  making->scale->max = making->formula->items->len;
}

static void
read_linear (Making *making)
{
  XqFormula *formula = making->formula;
  XqScale *scale = making->scale;
  const XqScale *from = NULL;
  int rounding;
  double a, b;

  xq_reader_check_members (making->reader, making->object, linear_members);
  if (xq_reader_text (making->object, "from") != NULL
      && find_above (making, "from", xq_reader_text (making->object, "from"), &formula->from))
    from = &making->instrument->scales[formula->from];
  xq_reader_whole (making->object, "multiply", &formula->multiply);
  xq_reader_whole (making->object, "add", &formula->add);
  if (xq_reader_whole (making->object, "divide", &formula->divide) && formula->divide < 1)
    {
      xq_reader_problem (making->reader, making->object, "divide", _ ("“divide” must be 1 or more."));
      formula->divide = 1;
    }
  rounding = xq_reader_choice (making->reader, making->object, "round", rounding_names);
  formula->rounding = rounding >= 0 ? (XqRounding) rounding : XQ_ROUND_NONE;
  if (from == NULL)
    return;
  a = from->min * (double) formula->multiply / (double) formula->divide + (double) formula->add;
  b = from->max * (double) formula->multiply / (double) formula->divide + (double) formula->add;
  scale->whole = formula->rounding != XQ_ROUND_NONE || (from->whole && formula->divide == 1);
  scale->min = scale->whole ? floor (MIN (a, b)) : MIN (a, b);
  scale->max = formula->rounding == XQ_ROUND_HALF_UP ? floor (MAX (a, b) + 0.5) : MAX (a, b);
  if (formula->rounding == XQ_ROUND_DOWN)
    scale->max = floor (scale->max);
}

static void
read_ratio (Making *making)
{
  XqFormula *formula = making->formula;

  xq_reader_check_members (making->reader, making->object, ratio_members);
  formula->of = read_scales (making, "plus");
  formula->minus = read_scales (making, "minus");
  if (xq_reader_text (making->object, "over") != NULL)
    find_above (making, "over", xq_reader_text (making->object, "over"), &formula->from);
  xq_reader_number (making->object, "min", &making->scale->min);
  xq_reader_number (making->object, "max", &making->scale->max);
}

static void
read_cases (Making *making)
{
  static const XqMember members[] = {
    { "value", XQ_MEMBER_WHOLE, TRUE },
    { "when", XQ_MEMBER_OBJECT, FALSE },
    { NULL },
  };
  g_autoptr (GPtrArray) objects = xq_reader_objects (making->reader, making->object, "cases");
  XqScale *scale = making->scale;

  xq_reader_check_members (making->reader, making->object, cases_members);
  making->formula->cases = g_array_new (FALSE, TRUE, sizeof (XqCase));
  g_array_set_clear_func (making->formula->cases, (GDestroyNotify) case_clear);
  scale->whole = TRUE;
  for (guint i = 0; i < objects->len; i++)
    {
      JsonObject *when = xq_reader_object (objects->pdata[i], "when");
      XqCase one = { 0 };

      xq_reader_check_members (making->reader, objects->pdata[i], members);
      xq_reader_whole (objects->pdata[i], "value", &one.value);
      if (when != NULL)
        one.when = xq_reader_clause (making->reader, when, making->instrument, making->above);
      if ((when == NULL) != (i + 1 == objects->len))
        xq_reader_problem (making->reader, objects->pdata[i], NULL,
                           _ ("Every case has a “when”, but for the last, which stands for all else."));
      scale->min = i == 0 ? (double) one.value : MIN (scale->min, (double) one.value);
      scale->max = i == 0 ? (double) one.value : MAX (scale->max, (double) one.value);
      g_array_append_val (making->formula->cases, one);
    }
}

static void
read_scale (Making *making)
{
  static void (*const readers[]) (Making *)
      = { read_sum, read_mean, read_count, read_linear, read_ratio, read_cases };
  int method = xq_reader_choice (making->reader, making->object, "method", method_names);

  making->formula->multiply = making->formula->divide = 1;
  xq_reader_words (making->reader, making->object, "label", &making->scale->label);
  making->scale->listed = xq_reader_boolean (making->object, "listed", TRUE);
  if (method < 0)
    {
      if (xq_reader_text (making->object, "method") == NULL)
        xq_reader_problem (making->reader, making->object, "method", _ ("“method” must be one of: %s."),
                           "sum, mean, count, linear, ratio, cases");
      /* Nothing is known of what it can come to. */
      making->scale->min = 1;
      return;
    }
  making->formula->method = (XqMethod) method;
  readers[method](making);
}

/* The scale that a member of the definition names; @fallback without one. */
static const XqScale *
read_reference (XqReader *reader, JsonObject *root, const char *member, const XqInstrument *instrument,
                const XqScale *fallback)
{
  const char *id = xq_reader_text (root, member);
  const XqScale *scale;

  if (id == NULL)
    return fallback;
  scale = xq_instrument_scale (instrument, id);
  if (scale == NULL || !scale->listed)
    xq_reader_problem (reader, root, member, _ ("“%s” names “%s”, which is no listed scale."), member, id);
  return scale;
}

void
xq_instrument_read_scales (XqReader *reader, JsonObject *root, XqInstrument *instrument)
{
  g_autoptr (GPtrArray) objects = xq_reader_objects (reader, root, "scales");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (objects->len == 0 && xq_reader_list (root, "scales") != NULL)
    xq_reader_problem (reader, root, "scales", _ ("“scales” needs at least one."));
  instrument->scales = g_new0 (XqScale, objects->len);
  instrument->own->formulas = g_new0 (XqFormula, objects->len);
  instrument->n_scales = objects->len;
  for (guint i = 0; i < objects->len; i++)
    {
      Making making = { reader, objects->pdata[i], instrument, i, &instrument->scales[i],
                        &instrument->own->formulas[i] };

      instrument->scales[i].id = g_strdup (xq_reader_id (reader, objects->pdata[i], "id", seen));
      read_scale (&making);
    }
  instrument->own->main = read_reference (reader, root, "main", instrument, NULL);
  instrument->own->verdict = read_reference (reader, root, "verdict", instrument, instrument->own->main);
}
