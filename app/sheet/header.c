#include "config.h"

#include "sheet/header.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sheet/header-words.h"

#define LOOKED_AT  60 /* rows: no title page is longer */
#define LEAST_HITS 2  /* one known word may stand in any sentence */
#define ROWS_BELOW 10 /* a better header than the best so far stands no further down */
#define NO_FIELD   XQ_HEADER_NO_FIELD

typedef struct
{
  gint64 number;
  GPtrArray *texts; /* of char * */
} Row;

static const char *
text_at (const Row *row, guint column)
{
  return row != NULL && column < row->texts->len ? g_ptr_array_index (row->texts, column) : "";
}

static guint
count_hits (GHashTable *dictionary, const GPtrArray *titles, guint n_fields)
{
  g_autofree gboolean *seen = g_new0 (gboolean, n_fields + 1);
  guint hits = 0, rank;

  for (guint i = 0; i < titles->len; i++)
    {
      const char *title = g_ptr_array_index (titles, i);
      int field = *title != '\0' ? xq_header_look_up (dictionary, title, &rank) : NO_FIELD;

      if (field != NO_FIELD && !seen[field])
        {
          seen[field] = TRUE;
          hits++;
        }
    }
  return hits;
}

/* -- which rows -- */

static void
free_row (gpointer data)
{
  Row *row = data;

  g_ptr_array_unref (row->texts);
  g_free (row);
}

static GPtrArray *
read_first_rows (XqSheetFile *file, guint sheet, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  g_autoptr (XqSheetReader) reader = xq_sheet_read (file, sheet, NULL, error);
  g_autoptr (GError) failure = NULL;
  const XqSheetRow *read;

  if (reader == NULL)
    return NULL;
  while (rows->len < LOOKED_AT && (read = xq_sheet_reader_next (reader, &failure)) != NULL)
    {
      Row *row = g_new0 (Row, 1);

      row->number = read->number;
      row->texts = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; i < read->n_cells; i++)
        g_ptr_array_add (row->texts, g_strdup (read->cells[i].text));
      g_ptr_array_add (rows, row);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&rows);
}

static const Row *
row_if_adjacent (const GPtrArray *rows, guint index, gint64 number)
{
  const Row *row = index < rows->len ? g_ptr_array_index (rows, index) : NULL;

  return row != NULL && row->number == number ? row : NULL;
}

/* Whether @below is a second header row: it fills what merged cells of @upper span, and nothing else. */
static gboolean
is_second_header (const Row *upper, const Row *below)
{
  gboolean fills_span = FALSE, leaves_alone = FALSE;
  guint columns;

  if (below == NULL)
    return FALSE;
  columns = MAX (upper->texts->len, below->texts->len);
  for (guint i = 0; i < columns; i++)
    {
      gboolean over = *text_at (upper, i) != '\0', under = *text_at (below, i) != '\0';

      if (under && over && i + 1 < columns && *text_at (upper, i + 1) != '\0')
        return FALSE;
      if (under && over && i + 1 == columns)
        return FALSE;
      fills_span |= under && !over;
      leaves_alone |= over && !under;
    }
  return fills_span && leaves_alone;
}

/* The upper word that spans @column. */
static const char *
group_over (const Row *upper, guint column)
{
  if (upper == NULL)
    return "";
  for (guint i = MIN (column + 1, upper->texts->len); i > 0; i--)
    if (*text_at (upper, i - 1) != '\0')
      return text_at (upper, i - 1);
  return "";
}

static char *
join_titles (const char *group, const char *title)
{
  static const char *const empty_words[] = { "基本信息", "信息", "情况", "资料", NULL };

  for (guint i = 0; empty_words[i] != NULL; i++)
    if (g_str_has_suffix (group, empty_words[i]))
      {
        g_autofree char *short_group = g_strndup (group, strlen (group) - strlen (empty_words[i]));

        return g_strconcat (short_group, title, NULL);
      }
  return g_strconcat (group, title, NULL);
}

/* Whether the word stands earlier in the row, and under another group's word: a title over the whole table tells
 * nothing apart. */
static gboolean
stands_in_other_group (const Row *above, const Row *row, guint column)
{
  for (guint i = 0; i < column && i < row->texts->len; i++)
    if (strcmp (text_at (row, i), text_at (row, column)) == 0)
      return group_over (above, i) != group_over (above, column);
  return FALSE;
}

/* Titles of a header of one row (@second NULL) or two. Of one row, a word that comes again takes the group's word
 * above it: "监护人信息" over "姓名". */
static GPtrArray *
make_titles (const Row *above, const Row *first, const Row *second)
{
  GPtrArray *titles = g_ptr_array_new_with_free_func (g_free);
  guint columns = MAX (first->texts->len, second != NULL ? second->texts->len : 0);

  for (guint i = 0; i < columns; i++)
    {
      const char *title = text_at (first, i), *under = text_at (second, i);

      if (second != NULL && *under != '\0')
        g_ptr_array_add (titles, join_titles (group_over (first, i), under));
      else if (*title != '\0' && above != NULL && stands_in_other_group (above, first, i))
        g_ptr_array_add (titles, join_titles (group_over (above, i), title));
      else
        g_ptr_array_add (titles, g_strdup (title));
    }
  return titles;
}

/* -- putting it together -- */

static void
assign_fields (XqHeader *header, GHashTable *dictionary, guint n_fields)
{
  g_autofree int *taken = g_new (int, n_fields + 1);
  g_autofree guint *ranks = g_new0 (guint, header->titles->len + 1);

  for (guint i = 0; i < n_fields; i++)
    taken[i] = NO_FIELD;
  for (guint i = 0; i < header->titles->len; i++)
    {
      const char *title = g_ptr_array_index (header->titles, i);
      int field = *title != '\0' ? xq_header_look_up (dictionary, title, &ranks[i]) : NO_FIELD;
      int before = field != NO_FIELD ? taken[field] : NO_FIELD;

      if (before != NO_FIELD && ranks[before] <= ranks[i])
        {
          g_ptr_array_add (header->duplicates, g_strdup (title));
          field = NO_FIELD;
        }
      else if (before != NO_FIELD)
        {
          g_array_index (header->fields, int, before) = NO_FIELD;
          g_ptr_array_add (header->duplicates, g_strdup (g_ptr_array_index (header->titles, before)));
        }
      if (field != NO_FIELD)
        taken[field] = (int) i;
      g_array_append_val (header->fields, field);
    }
}

static int
field_index (const XqHeaderField *table, const char *field)
{
  for (int i = 0; table[i].field != NULL; i++)
    if (strcmp (table[i].field, field) == 0)
      return i;
  return NO_FIELD;
}

static int
column_by_title (const XqHeader *header, const char *title)
{
  g_autofree char *wanted = xq_header_normalise (title);

  for (guint i = 0; i < header->titles->len; i++)
    {
      g_autofree char *have = xq_header_normalise (g_ptr_array_index (header->titles, i));

      if (*have != '\0' && strcmp (have, wanted) == 0)
        return (int) i;
    }
  for (guint i = 0; i < header->titles->len; i++)
    {
      g_autofree char *letters = xq_sheet_column_name (i);

      if (g_ascii_strcasecmp (letters, title) == 0)
        return (int) i;
    }
  return -1;
}

static gboolean
refuse_override (XqHeader *header, XqSheetFile *file, guint sheet, const char *title, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;

  for (guint i = 0; i < header->titles->len; i++)
    if (*(const char *) g_ptr_array_index (header->titles, i) != '\0')
      g_ptr_array_add (names, g_ptr_array_index (header->titles, i));
  g_ptr_array_add (names, NULL);
  list = g_strjoinv (_ (", "), (char **) names->pdata);
  g_set_error (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED,
               _ ("“%s”, sheet “%s”, has no column “%s”. Its columns are: %s."), xq_sheet_file_name (file),
               xq_sheet_name (file, sheet), title, list);
  return FALSE;
}

static gboolean
apply_override (XqHeader *header, XqSheetFile *file, guint sheet, const char *field, const char *title,
                GError **error)
{
  int index = field_index (header->table, field);
  int column = *title != '\0' ? column_by_title (header, title) : -1;

  if (index == NO_FIELD)
    {
      g_set_error (error, XQ_SHEET_ERROR, XQ_ERROR_USAGE, _ ("There is no field “%s” to give a column to."),
                   field);
      return FALSE;
    }
  if (*title != '\0' && column < 0)
    return refuse_override (header, file, sheet, title, error);
  for (guint i = 0; i < header->fields->len; i++)
    if (g_array_index (header->fields, int, i) == index)
      g_array_index (header->fields, int, i) = NO_FIELD;
  if (column >= 0)
    g_array_index (header->fields, int, column) = index;
  return TRUE;
}

static void
list_unmapped (XqHeader *header)
{
  for (guint i = 0; i < header->titles->len; i++)
    {
      const char *title = g_ptr_array_index (header->titles, i);

      if (*title != '\0' && g_array_index (header->fields, int, i) == NO_FIELD
          && !g_ptr_array_find_with_equal_func (header->duplicates, title, g_str_equal, NULL))
        g_ptr_array_add (header->unmapped, g_strdup (title));
    }
}

/* The titles that the user named count as known words while the row is searched. */
static void
add_override_words (GHashTable *dictionary, const XqHeaderField *table, GHashTable *overrides)
{
  GHashTableIter iter;
  gpointer field, title;

  if (overrides == NULL)
    return;
  g_hash_table_iter_init (&iter, overrides);
  while (g_hash_table_iter_next (&iter, &field, &title))
    {
      int index = field_index (table, field);

      if (index != NO_FIELD && *(const char *) title != '\0')
        g_hash_table_replace (dictionary, xq_header_normalise (title),
                              xq_header_word_value ((guint) index, 0));
    }
}

static XqHeader *
header_new (const XqHeaderField *table)
{
  XqHeader *header = g_new0 (XqHeader, 1);

  header->table = table;
  header->titles = g_ptr_array_new_with_free_func (g_free);
  header->fields = g_array_new (FALSE, FALSE, sizeof (int));
  header->unmapped = g_ptr_array_new_with_free_func (g_free);
  header->duplicates = g_ptr_array_new_with_free_func (g_free);
  header->above = g_ptr_array_new_with_free_func (g_free);
  return header;
}

static void
take_rows (XqHeader *header, const GPtrArray *rows, guint index, gboolean with_second, GPtrArray *titles)
{
  header->row = ((const Row *) g_ptr_array_index (rows, index + (with_second ? 1 : 0)))->number;
  g_ptr_array_unref (header->titles);
  header->titles = g_ptr_array_ref (titles);
  g_ptr_array_set_size (header->above, 0);
  for (guint i = 0; i < index; i++)
    {
      const Row *earlier = g_ptr_array_index (rows, i);

      for (guint column = 0; column < earlier->texts->len; column++)
        if (*text_at (earlier, column) != '\0')
          g_ptr_array_add (header->above, g_strdup (text_at (earlier, column)));
    }
}

/* Takes the best row of @rows as the header, with the row below it where both together tell more; leaves @row 0
 * when none is one. */
static void
choose_rows (XqHeader *header, const GPtrArray *rows, GHashTable *dictionary, guint n_fields)
{
  guint best = LEAST_HITS - 1, last = rows->len;

  for (guint i = 0; i < last; i++)
    {
      const Row *row = g_ptr_array_index (rows, i);
      const Row *below = row_if_adjacent (rows, i + 1, row->number + 1);
      const Row *above = i > 0 ? row_if_adjacent (rows, i - 1, row->number - 1) : NULL;

      for (int with_second = 0; with_second <= is_second_header (row, below); with_second++)
        {
          g_autoptr (GPtrArray) titles = make_titles (above, row, with_second ? below : NULL);
          guint hits = count_hits (dictionary, titles, n_fields);

          if (hits <= best)
            continue;
          best = hits;
          last = MIN (rows->len, i + ROWS_BELOW);
          take_rows (header, rows, i, with_second != 0, titles);
        }
    }
}

XqHeader *
xq_header_find (XqSheetFile *file, guint sheet, const XqHeaderField *table, GHashTable *overrides,
                GError **error)
{
  g_autoptr (XqHeader) header = header_new (table);
  g_autoptr (GHashTable) dictionary = xq_header_dictionary_new (table);
  g_autoptr (GPtrArray) rows = read_first_rows (file, sheet, error);
  GHashTableIter iter;
  gpointer field, title;
  guint n_fields = 0;

  if (rows == NULL)
    return NULL;
  while (table[n_fields].field != NULL)
    n_fields++;
  add_override_words (dictionary, table, overrides);
  choose_rows (header, rows, dictionary, n_fields);
  if (header->row == 0)
    return g_steal_pointer (&header);
  assign_fields (header, dictionary, n_fields);
  if (overrides != NULL)
    {
      g_hash_table_iter_init (&iter, overrides);
      while (g_hash_table_iter_next (&iter, &field, &title))
        if (!apply_override (header, file, sheet, field, title, error))
          return NULL;
    }
  list_unmapped (header);
  return g_steal_pointer (&header);
}

void
xq_header_free (XqHeader *header)
{
  g_ptr_array_unref (header->titles);
  g_array_unref (header->fields);
  g_ptr_array_unref (header->unmapped);
  g_ptr_array_unref (header->duplicates);
  g_ptr_array_unref (header->above);
  g_free (header);
}

int
xq_header_column (const XqHeader *header, const char *field)
{
  for (guint i = 0; i < header->fields->len; i++)
    {
      int index = g_array_index (header->fields, int, i);

      if (index != NO_FIELD && strcmp (header->table[index].field, field) == 0)
        return (int) i;
    }
  return -1;
}

guint
xq_header_hits (const XqHeader *header)
{
  guint hits = 0;

  for (guint i = 0; i < header->fields->len; i++)
    hits += g_array_index (header->fields, int, i) != NO_FIELD;
  return hits;
}
