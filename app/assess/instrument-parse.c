/* A definition as a whole: its own members, flags, critical items, validity, what may be left blank, licence. */
#include "config.h"

#include "assess/instrument-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

static const XqMember root_members[] = {
  { "id", XQ_MEMBER_TEXT, TRUE },
  { "short", XQ_MEMBER_TEXT, TRUE },
  { "name", XQ_MEMBER_OBJECT, TRUE },
  { "respondent", XQ_MEMBER_TEXT, TRUE },
  { "age", XQ_MEMBER_OBJECT, FALSE },
  { "period", XQ_MEMBER_OBJECT, FALSE },
  { "items", XQ_MEMBER_WHOLE, TRUE },
  { "main", XQ_MEMBER_TEXT, TRUE },
  { "verdict", XQ_MEMBER_TEXT, FALSE },
  { "item_text", XQ_MEMBER_OBJECT, FALSE },
  { "recognise", XQ_MEMBER_LIST, FALSE },
  { "options", XQ_MEMBER_LIST, TRUE },
  { "item_options", XQ_MEMBER_LIST, FALSE },
  { "extra_items", XQ_MEMBER_LIST, FALSE },
  { "reverse", XQ_MEMBER_LIST, FALSE },
  { "scales", XQ_MEMBER_LIST, TRUE },
  { "bands", XQ_MEMBER_LIST, FALSE },
  { "flags", XQ_MEMBER_LIST, FALSE },
  { "critical", XQ_MEMBER_LIST, FALSE },
  { "validity", XQ_MEMBER_LIST, FALSE },
  { "missing", XQ_MEMBER_OBJECT, TRUE },
  { "licence", XQ_MEMBER_OBJECT, TRUE },
  { "sources", XQ_MEMBER_LIST, TRUE },
  { "notes", XQ_MEMBER_LIST, FALSE },
  { NULL },
};

static const char *const respondents[] = { "self", "interviewer", "parent", "teacher", NULL };
static const char *const missing_rules[] = { "complete", "prorate", "skip", NULL };

static XqClause *
read_when (XqReader *reader, JsonObject *object, const XqInstrument *instrument, guint n_scales)
{
  JsonObject *when = xq_reader_object (object, "when");

  return when != NULL ? xq_reader_clause (reader, when, instrument, n_scales) : NULL;
}

static void
read_age (XqReader *reader, JsonObject *root, XqInstrument *instrument)
{
  static const XqMember members[] = {
    { "min", XQ_MEMBER_WHOLE, FALSE },
    { "max", XQ_MEMBER_WHOLE, FALSE },
    { NULL },
  };
  JsonObject *age = xq_reader_object (root, "age");
  gint64 min = -1, max = -1;

  if (age != NULL)
    {
      xq_reader_check_members (reader, age, members);
      xq_reader_whole (age, "min", &min);
      xq_reader_whole (age, "max", &max);
      if (max >= 0 && max < min)
        xq_reader_problem (reader, age, "max", _ ("“min” is greater than “max”."));
    }
  instrument->age_min = (int) min;
  instrument->age_max = (int) max;
}

static void
read_licence (XqReader *reader, JsonObject *root, XqLicence *licence)
{
  static const XqMember members[] = {
    { "class", XQ_MEMBER_TEXT, TRUE },  { "may_ship", XQ_MEMBER_BOOLEAN, TRUE }, { "status", XQ_MEMBER_WORDS, TRUE },
    { "text", XQ_MEMBER_WORDS, FALSE }, { "trap", XQ_MEMBER_WORDS, FALSE },     { NULL },
  };
  JsonObject *object = xq_reader_object (root, "licence");

  if (object == NULL)
    return;
  xq_reader_check_members (reader, object, members);
  licence->kind = g_strdup (xq_reader_text (object, "class"));
  licence->may_ship = xq_reader_boolean (object, "may_ship", FALSE);
  xq_reader_words (reader, object, "status", &licence->status);
  xq_reader_words (reader, object, "text", &licence->text);
  xq_reader_words (reader, object, "trap", &licence->trap);
}

static void
read_flags (XqReader *reader, JsonObject *root, XqInstrument *instrument)
{
  static const XqMember members[] = {
    { "id", XQ_MEMBER_TEXT, TRUE },
    { "label", XQ_MEMBER_OBJECT, TRUE },
    { "when", XQ_MEMBER_OBJECT, TRUE },
    { NULL },
  };
  g_autoptr (GPtrArray) objects = xq_reader_objects (reader, root, "flags");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  instrument->flags = g_new0 (XqFlag, objects->len);
  instrument->own->flags = g_new0 (XqClause *, objects->len);
  instrument->n_flags = objects->len;
  for (guint i = 0; i < objects->len; i++)
    {
      xq_reader_check_members (reader, objects->pdata[i], members);
      instrument->flags[i].id = g_strdup (xq_reader_id (reader, objects->pdata[i], "id", seen));
      xq_reader_words (reader, objects->pdata[i], "label", &instrument->flags[i].label);
      instrument->own->flags[i] = read_when (reader, objects->pdata[i], instrument, instrument->n_scales);
    }
}

static void
read_critical (XqReader *reader, JsonObject *root, XqInstrument *instrument)
{
  static const XqMember members[] = {
    { "item", XQ_MEMBER_WHOLE, TRUE }, { "label", XQ_MEMBER_OBJECT, TRUE }, { "published", XQ_MEMBER_BOOLEAN, FALSE },
    XQ_COMPARE_MEMBERS,                { NULL },
  };
  g_autoptr (GPtrArray) objects = xq_reader_objects (reader, root, "critical");
  int before = 0;

  instrument->critical = g_new0 (XqCriticalItem, objects->len);
  instrument->own->critical = g_new0 (XqCompare, objects->len);
  instrument->n_critical = objects->len;
  for (guint i = 0; i < objects->len; i++)
    {
      XqCriticalItem *critical = &instrument->critical[i];
      gint64 item = 1;

      xq_reader_check_members (reader, objects->pdata[i], members);
      if (xq_reader_whole (objects->pdata[i], "item", &item) && (item < 1 || item > instrument->n_all_items))
        xq_reader_problem (reader, objects->pdata[i], "item", _ ("There is no item %d; there are items 1 to %u."),
                           (int) item, instrument->n_all_items);
      else if (item <= before)
        xq_reader_problem (reader, objects->pdata[i], "item",
                           _ ("Critical items stand in the order of their numbers, each once."));
      critical->item = before = (int) item;
      critical->published = xq_reader_boolean (objects->pdata[i], "published", TRUE);
      xq_reader_words (reader, objects->pdata[i], "label", &critical->label);
      xq_reader_compare (reader, objects->pdata[i], &instrument->own->critical[i]);
    }
}

static void
read_validity (XqReader *reader, JsonObject *root, XqInstrument *instrument)
{
  static const XqMember members[] = {
    { "when", XQ_MEMBER_OBJECT, TRUE },
    { "label", XQ_MEMBER_OBJECT, TRUE },
    { NULL },
  };
  g_autoptr (GPtrArray) objects = xq_reader_objects (reader, root, "validity");

  instrument->own->validity = g_new0 (XqValidityRule, objects->len);
  instrument->own->n_validity = objects->len;
  for (guint i = 0; i < objects->len; i++)
    {
      xq_reader_check_members (reader, objects->pdata[i], members);
      xq_reader_words (reader, objects->pdata[i], "label", &instrument->own->validity[i].label);
      instrument->own->validity[i].when = read_when (reader, objects->pdata[i], instrument, instrument->n_scales);
    }
}

static void
skip_clear (XqSkip *skip)
{
  xq_clause_free (skip->when);
  g_clear_pointer (&skip->items, g_array_unref);
}

/* A skip is decided from answers alone: no scale is known before it is. */
static void
read_skips (XqReader *reader, JsonObject *missing, XqInstrument *instrument)
{
  static const XqMember members[] = {
    { "when", XQ_MEMBER_OBJECT, TRUE },
    { "items", XQ_MEMBER_LIST, TRUE },
    { NULL },
  };
  g_autoptr (GPtrArray) objects = xq_reader_objects (reader, missing, "cases");

  if (objects->len == 0)
    xq_reader_problem (reader, missing, "cases", _ ("“skip” needs “cases”, a list of “when” and “items”."));
  for (guint i = 0; i < objects->len; i++)
    {
      XqSkip skip = { 0 };

      xq_reader_check_members (reader, objects->pdata[i], members);
      skip.when = read_when (reader, objects->pdata[i], instrument, 0);
      skip.items = xq_reader_items (reader, objects->pdata[i], "items", instrument->n_items);
      g_array_append_val (instrument->own->skips, skip);
    }
}

static void
read_missing (XqReader *reader, JsonObject *root, XqInstrument *instrument)
{
  static const XqMember members[] = {
    { "rule", XQ_MEMBER_TEXT, TRUE },
    { "at_most", XQ_MEMBER_WHOLE, FALSE },
    { "cases", XQ_MEMBER_LIST, FALSE },
    { NULL },
  };
  JsonObject *missing = xq_reader_object (root, "missing");
  gint64 at_most = 0;
  int rule;

  instrument->own->skips = g_array_new (FALSE, TRUE, sizeof (XqSkip));
  g_array_set_clear_func (instrument->own->skips, (GDestroyNotify) skip_clear);
  if (missing == NULL)
    return;
  xq_reader_check_members (reader, missing, members);
  rule = xq_reader_choice (reader, missing, "rule", missing_rules);
  instrument->own->missing = rule >= 0 ? (XqMissingRule) rule : XQ_MISSING_COMPLETE;
  xq_reader_whole (missing, "at_most", &at_most);
  if (rule == XQ_MISSING_PRORATE && (at_most < 1 || at_most >= instrument->n_items))
    xq_reader_problem (reader, missing, "at_most", _ ("“prorate” needs “at_most”: how many items may be blank."));
  instrument->own->missing_at_most = (int) at_most;
  if (rule == XQ_MISSING_SKIP)
    read_skips (reader, missing, instrument);
}

static XqInstrument *
read_instrument (XqReader *reader, JsonObject *root)
{
  XqInstrument *instrument = g_new0 (XqInstrument, 1);

  instrument->own = g_new0 (XqInstrumentPrivate, 1);
  g_atomic_ref_count_init (&instrument->own->references);
  xq_reader_check_members (reader, root, root_members);
  instrument->id = g_strdup (xq_reader_id (reader, root, "id", NULL));
  instrument->label = g_strdup (xq_reader_text (root, "short"));
  xq_reader_words (reader, root, "name", &instrument->name);
  xq_reader_words (reader, root, "period", &instrument->period);
  if (xq_reader_choice (reader, root, "respondent", respondents) >= 0)
    instrument->respondent = g_strdup (xq_reader_text (root, "respondent"));
  read_age (reader, root, instrument);
  read_licence (reader, root, &instrument->licence);
  xq_instrument_read_items (reader, root, instrument);
  xq_instrument_read_scales (reader, root, instrument);
  xq_instrument_read_bands (reader, root, instrument);
  read_flags (reader, root, instrument);
  read_critical (reader, root, instrument);
  read_validity (reader, root, instrument);
  read_missing (reader, root, instrument);
  instrument->sources = xq_reader_texts (reader, root, "sources");
  instrument->notes = xq_reader_words_list (reader, root, "notes", &instrument->n_notes);
  return instrument;
}

/* What json-glib says of text that is no JSON: "<data>:12:3: Parse error: …". */
static void
report_syntax (const char *text, GPtrArray *problems)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  XqProblem *problem = g_new0 (XqProblem, 1);

  problem->line = 1;
  if (!g_utf8_validate (text, -1, NULL))
    problem->what = g_strdup (_ ("A definition is UTF-8 text; this is something else."));
  else if (!json_parser_load_from_data (parser, text, -1, &error))
    {
      const char *what = strstr (error->message, "error: ");

      sscanf (error->message, "<data>:%d:", &problem->line);
      problem->what = g_strdup_printf (_ ("This is not valid JSON (%s)."),
                                       what != NULL ? what + strlen ("error: ") : error->message);
    }
  else
    problem->what = g_strdup (_ ("A definition is one JSON object {…}."));
  g_ptr_array_add (problems, problem);
}

static gint
compare_problems (gconstpointer a, gconstpointer b)
{
  return (*(const XqProblem *const *) a)->line - (*(const XqProblem *const *) b)->line;
}

/* NULL when it is no JSON at all. */
static XqInstrument *
read_bytes (GBytes *bytes, GPtrArray *problems)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (length > 0 ? data : "", length);
  XqReader reader = { NULL, problems };
  XqInstrument *instrument;

  reader.lines = xq_json_lines_parse (text, "", NULL);
  if (reader.lines == NULL)
    {
      report_syntax (text, problems);
      return NULL;
    }
  instrument = read_instrument (&reader, xq_json_lines_root (reader.lines));
  xq_json_lines_free (reader.lines);
  g_ptr_array_sort (problems, compare_problems);
  return instrument;
}

GPtrArray *
xq_instrument_check (GBytes *bytes)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_problem_free);
  XqInstrument *instrument = read_bytes (bytes, problems);

  g_clear_pointer (&instrument, xq_instrument_unref);
  return problems;
}

XqInstrument *
xq_instrument_parse (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_problem_free);
  g_autoptr (XqInstrument) instrument = read_bytes (bytes, problems);
  const XqProblem *first;

  if (problems->len == 0)
    return g_steal_pointer (&instrument);
  first = problems->pdata[0];
  g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED, _ ("“%s”, line %d: %s"), name, first->line, first->what);
  return NULL;
}
