#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "people/error.h"
#include "people/roster-private.h"

#define UNIT_SEPARATOR "\x1f"

const char *
xq_roster_title (const XqRoster *roster, const XqRosterEntry *entry, XqRosterField field)
{
  const XqRosterSheetData *data = &g_array_index (roster->sheet_data, XqRosterSheetData, entry->sheet);
  int column = data->columns.columns[field];

  return column >= 0 && (guint) column < data->n_columns ? data->titles[column] : "";
}

void
xq_roster_reject (XqRoster *roster, XqRosterEntry *entry, XqRosterField field, const char *value, char *why)
{
  g_autofree char *owned = why;

  if (entry->problem_why != NULL)
    return;
  entry->problem_field = (int) field;
  entry->problem_value = g_string_chunk_insert (roster->text, value != NULL ? value : "");
  entry->problem_why = g_string_chunk_insert_const (roster->text, owned);
}

/* -- sheets -- */

static void
take_header (XqRosterSheetData *data, const XqHeader *header, XqProfile profile)
{
  data->header_row = header->row;
  data->n_columns = header->titles->len;
  data->titles = g_new0 (char *, data->n_columns + 1);
  data->fields = g_new0 (const char *, data->n_columns + 1);
  for (guint i = 0; i < data->n_columns; i++)
    data->titles[i] = g_strdup (g_ptr_array_index (header->titles, i));
  xq_roster_columns_find (header, profile, &data->columns);
  for (guint field = 0; field < XQ_ROSTER_N_FIELDS; field++)
    if (data->columns.columns[field] >= 0)
      data->fields[data->columns.columns[field]] = xq_roster_fields[field].field;
}

/* A class in a longer text: "江城三中七年级（1）班学生名单"; NULL for none. */
static char *
class_in (const char *text)
{
  static const char pattern[] = "[初高]?[一二三四五六七八九十0-9]{1,4}[年级級届]{0,2} *[(（]? "
                                "*[一二三四五六七八九十0-9]{1,3} *[)）]? *班";
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *found = NULL;

  if (!g_regex_match (regex, text, G_REGEX_MATCH_DEFAULT, &match))
    return NULL;
  found = g_match_info_fetch (match, 0);
  return xq_class_name_is_known (found) ? g_steal_pointer (&found) : NULL;
}

/* What says the class of a whole sheet: its name, a title above the header, or the file's name. */
static char *
class_of_sheet (const XqRoster *roster, const char *name, const XqHeader *header)
{
  char *found = NULL;

  if (xq_class_name_is_known (name))
    return g_strdup (name);
  for (guint i = 0; found == NULL && i < header->above->len; i++)
    found = class_in (g_ptr_array_index (header->above, i));
  if (found == NULL)
    found = class_in (name);
  return found != NULL ? found : class_in (roster->file_name);
}

/* Only the first block would be read; a user who says which column holds the names means one of them. */
static gboolean
check_one_block (const XqRoster *roster, const XqRosterSheetData *data, const XqHeader *header,
                 const XqRosterOptions *options, GError **error)
{
  if ((options->overrides != NULL && g_hash_table_contains (options->overrides, "name"))
      || !xq_roster_columns_are_two_blocks (header, &data->columns))
    return TRUE;
  g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
               _ ("In “%s”, sheet “%s”, two tables stand side by side: “%s” heads more than one column. Move the "
                  "right one below the left one and import the file again."),
               roster->file_name, data->name, data->titles[data->columns.columns[XQ_ROSTER_NAME]]);
  return FALSE;
}

/* Looks at a sheet's header; a hidden sheet is read only when it is asked for. */
static gboolean
look_at_sheet (XqRoster *roster, XqSheetFile *file, guint sheet, const XqRosterOptions *options,
               gboolean *kind_known, GError **error)
{
  XqRosterSheetData data
      = { .name = g_strdup (xq_sheet_name (file, sheet)), .hidden = xq_sheet_is_hidden (file, sheet) };
  gboolean wanted = options->sheet != NULL ? strcmp (options->sheet, data.name) == 0 : !data.hidden;
  g_autoptr (XqHeader) header = NULL;

  memset (data.columns.columns, -1, sizeof data.columns.columns);
  g_array_append_val (roster->sheet_data, data);
  header = xq_header_find (file, sheet, xq_roster_fields, wanted ? options->overrides : NULL, error);
  if (header == NULL)
    return FALSE;
  g_array_index (roster->sheet_data, XqRosterSheetData, sheet).class_said
      = class_of_sheet (roster, data.name, header);
  take_header (&g_array_index (roster->sheet_data, XqRosterSheetData, sheet), header,
               roster->organisation->profile);
  if (!wanted || header->row == 0
      || !xq_roster_columns_suffice (&g_array_index (roster->sheet_data, XqRosterSheetData, sheet).columns))
    return TRUE;
  if (!check_one_block (roster, &g_array_index (roster->sheet_data, XqRosterSheetData, sheet), header, options, error))
    return FALSE;
  g_array_index (roster->sheet_data, XqRosterSheetData, sheet).read = TRUE;
  if (!*kind_known)
    roster->kind
        = xq_roster_columns_kind (&g_array_index (roster->sheet_data, XqRosterSheetData, sheet).columns,
                                  header, roster->organisation->profile);
  *kind_known = TRUE;
  return TRUE;
}

/* -- a class that is written once, in a merged cell over its rows -- */

/* The first of a sheet's entries that stands in @row or below. */
static guint
find_row (const GPtrArray *entries, guint first, gint64 row)
{
  guint low = first, high = entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (((const XqRosterEntry *) g_ptr_array_index (entries, middle))->row < row)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
fill_merged (XqRoster *roster, const XqRosterSheetData *data, guint first, const XqSheetMerge *merge)
{
  for (guint i = 0; i < XQ_ROSTER_N_UNITS; i++)
    {
      guint at = find_row (roster->entries, first, merge->first_row);
      const char *text = NULL;

      if (data->columns.columns[XQ_ROSTER_FIRST_UNIT + i] != (int) merge->first_column)
        continue;
      for (; at < roster->entries->len; at++)
        {
          XqRosterEntry *entry = g_ptr_array_index (roster->entries, at);

          if (entry->row > merge->last_row)
            break;
          if (entry->units[i] != NULL)
            text = entry->units[i];
          entry->units[i] = text;
        }
    }
}

/* -- rows -- */

static gboolean
read_sheet (XqRoster *roster, XqSheetFile *file, guint sheet, const XqProgress *progress, GError **error)
{
  XqRosterSheetData *data = &g_array_index (roster->sheet_data, XqRosterSheetData, sheet);
  g_autoptr (XqSheetReader) reader = xq_sheet_read (file, sheet, progress, error);
  g_autoptr (GError) failure = NULL;
  guint first = roster->entries->len, n_merges;
  const XqSheetMerge *merges;
  const XqSheetRow *row;

  if (reader == NULL)
    return FALSE;
  while ((row = xq_sheet_reader_next (reader, &failure)) != NULL)
    {
      XqRosterEntry *entry
          = row->number > data->header_row ? xq_roster_parse_row (roster, sheet, row) : NULL;

      if (entry != NULL)
        g_ptr_array_add (roster->entries, entry);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  data->rows = roster->entries->len - first;
  merges = xq_sheet_reader_merges (reader, &n_merges);
  for (guint i = 0; i < n_merges; i++)
    if (merges[i].last_row > merges[i].first_row && merges[i].first_row > data->header_row)
      fill_merged (roster, data, first, &merges[i]);
  return TRUE;
}

static gboolean
refuse_no_roster (const XqRoster *roster, GError **error)
{
  g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
               _ ("“%s” holds no roster: no sheet has a row of headers with a name (姓名) and a number, "
                  "class or "
                  "birth date. Add such a row, or say which column is which."),
               roster->file_name);
  return FALSE;
}

/* Many sheets, one progress. */
typedef struct
{
  const XqProgress *whole;
  guint done;
  guint sheets;
} Share;

static void
on_sheet_progress_cb (double fraction, const char *what, gpointer user_data)
{
  const Share *share = user_data;

  share->whole->report ((share->done + fraction) / share->sheets, what, share->whole->user_data);
}

static gboolean
read_sheets (XqRoster *roster, XqSheetFile *file, const XqProgress *progress, GError **error)
{
  Share share = { progress, 0, xq_sheet_count (file) };
  XqProgress part = { progress != NULL && progress->report != NULL ? on_sheet_progress_cb : NULL, &share,
                      progress != NULL ? progress->cancellable : NULL };

  for (; share.done < share.sheets; share.done++)
    if (g_array_index (roster->sheet_data, XqRosterSheetData, share.done).read
        && !read_sheet (roster, file, share.done, &part, error))
      return FALSE;
  return TRUE;
}

gboolean
xq_roster_read_file (XqRoster *roster, const char *path, const XqRosterOptions *options,
                     const XqProgress *progress, GError **error)
{
  XqSheetOptions sheet_options = { options->encoding, 0, NULL };
  g_autoptr (XqSheetFile) file = xq_sheet_open (path, &sheet_options, progress, error);
  gboolean kind_known = FALSE;
  guint wanted;

  if (file == NULL)
    return FALSE;
  roster->file_name = g_strdup (xq_sheet_file_name (file));
  if (options->sheet != NULL && !xq_sheet_find (file, options->sheet, &wanted, error))
    return FALSE;
  for (guint i = 0; i < xq_sheet_count (file); i++)
    if (!look_at_sheet (roster, file, i, options, &kind_known, error))
      return FALSE;
  if (!kind_known)
    return refuse_no_roster (roster, error);
  return read_sheets (roster, file, progress, error);
}

/* -- units -- */

/* The grade column; beside a class column also what is said of the whole sheet, which without one is the class. */
static const char *
grade_said (const XqRoster *roster, const XqRosterEntry *entry)
{
  const char *said = entry->units[XQ_ROSTER_GRADE - XQ_ROSTER_FIRST_UNIT];

  if (said == NULL && entry->units[XQ_ROSTER_CLASS - XQ_ROSTER_FIRST_UNIT] == NULL)
    return NULL;
  return said != NULL ? said
                      : g_array_index (roster->sheet_data, XqRosterSheetData, entry->sheet).class_said;
}

/* The class column, or a sheet that is one class. */
static const char *
class_said (const XqRoster *roster, const XqRosterEntry *entry)
{
  const char *said = entry->units[XQ_ROSTER_CLASS - XQ_ROSTER_FIRST_UNIT];

  if (said != NULL || entry->units[XQ_ROSTER_GRADE - XQ_ROSTER_FIRST_UNIT] != NULL)
    return said;
  return g_array_index (roster->sheet_data, XqRosterSheetData, entry->sheet).class_said;
}

static gboolean
says_path (const XqRosterEntry *entry)
{
  return entry->units[XQ_ROSTER_COLLEGE - XQ_ROSTER_FIRST_UNIT] != NULL
         || entry->units[XQ_ROSTER_DEPARTMENT - XQ_ROSTER_FIRST_UNIT] != NULL
         || entry->units[XQ_ROSTER_TEAM - XQ_ROSTER_FIRST_UNIT] != NULL;
}

static char *
unit_key (const XqRoster *roster, const XqRosterEntry *entry)
{
  const char *sheet = g_array_index (roster->sheet_data, XqRosterSheetData, entry->sheet).class_said;

  if (sheet == NULL || says_path (entry) || entry->units[XQ_ROSTER_GRADE - XQ_ROSTER_FIRST_UNIT] != NULL)
    sheet = "";
#define SAID(i) (entry->units[i] != NULL ? entry->units[i] : "")
  return g_strjoin (UNIT_SEPARATOR, SAID (0), SAID (1), SAID (2), SAID (3), SAID (4), sheet, NULL);
#undef SAID
}

static char **
path_of (const XqRosterEntry *entry)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < XQ_ROSTER_N_UNITS; i++)
    if (entry->units[i] != NULL)
      {
        g_auto (GStrv) parts = xq_unit_path_split (entry->units[i]);

        for (guint j = 0; parts[j] != NULL; j++)
          g_ptr_array_add (names, g_strdup (parts[j]));
      }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

/* Classes of rows that say no more than "三(2)班" are understood by what the other rows and the school's name say. */
static XqSchoolStage
find_stage (XqRoster *roster, XqDatabase *database)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < roster->entries->len; i++)
    {
      const XqRosterEntry *entry = g_ptr_array_index (roster->entries, i);
      g_auto (XqClassName) name = { 0 };

      if (says_path (entry) || !g_hash_table_add (seen, unit_key (roster, entry)))
        continue;
      xq_class_name_parse (grade_said (roster, entry), class_said (roster, entry), XQ_STAGE_UNKNOWN,
                           roster->since, &name);
      if (name.grade > 0)
        return xq_school_stage_of_grade (name.grade);
    }
  return xq_organisation_stage (database, roster->organisation);
}

static XqRosterUnit *
make_unit (XqRoster *roster, const XqRosterEntry *entry, XqSchoolStage stage)
{
  XqRosterUnit *unit = g_new0 (XqRosterUnit, 1);
  XqUnitTree *tree = roster->tree;

  if (says_path (entry))
    {
      unit->path = path_of (entry);
      unit->unit_id
          = xq_unit_tree_find_path (tree, roster->organisation->id, (const char *const *) unit->path);
      unit->display = unit->unit_id != 0 ? g_strdup (xq_unit_tree_display (tree, unit->unit_id))
                                         : g_strjoinv (" / ", unit->path);
      return unit;
    }
  xq_class_name_parse (grade_said (roster, entry), class_said (roster, entry), stage, roster->since,
                       &unit->class_name);
  unit->unit_id = xq_unit_tree_find_class (tree, roster->organisation->id, &unit->class_name);
  unit->display = unit->unit_id != 0
                      ? g_strdup (xq_unit_tree_display (tree, unit->unit_id))
                      : xq_class_name_display (unit->class_name.grade_name, unit->class_name.class_name);
  return unit;
}

gboolean
xq_roster_place (XqRoster *roster, XqDatabase *database, GError **error)
{
  XqSchoolStage stage;

  roster->tree = xq_unit_tree_load (database, error);
  if (roster->tree == NULL)
    return FALSE;
  stage = find_stage (roster, database);
  for (guint i = 0; i < roster->entries->len; i++)
    {
      XqRosterEntry *entry = g_ptr_array_index (roster->entries, i);
      g_autofree char *key = unit_key (roster, entry);

      entry->unit = g_hash_table_lookup (roster->units, key);
      if (entry->unit == NULL)
        {
          entry->unit = make_unit (roster, entry, stage);
          g_hash_table_insert (roster->units, g_steal_pointer (&key), entry->unit);
        }
      /* Nothing was said: whoever is known stays where they are. */
      if (entry->unit->path == NULL && entry->unit->class_name.class_key == NULL
          && entry->unit->class_name.grade_key == NULL)
        entry->unit = NULL;
    }
  return TRUE;
}
