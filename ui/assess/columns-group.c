#include "config.h"

#include "ui/assess/columns-group.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/widgets/simple.h"

/* The columns of one instrument; copies, for what was read goes while the rows are still seen. */
typedef struct
{
  char *id;
  char **titles; /* of its items */
  char **letters; /* beside @titles, "" for none */
  guint n_items;  /* of these, without what is asked beside */
  GtkWidget *expander;
  GtkWidget *begin;  /* NULL until somebody looks at the rows */
  GPtrArray *items;
} Part;

struct _XqColumnsGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *letters; /* of the table's columns */
  GPtrArray *titles;  /* beside @letters */
  GPtrArray *parts;
  GHashTable *rows; /* of the fields */
  GHashTable *map;  /* what was chosen: field or instrument → columns */
  XqSession *session;
  guint n_added;    /* parts since the begin */
  gboolean filling; /* choices are set, not made */
  GtkWidget *chosen; /* the row whose choice is being read anew; a weak pointer */
};

static const char *const fields[] = { "code", "name", "unit", "taken_at" };

G_DEFINE_FINAL_TYPE (XqColumnsGroup, xq_columns_group, ADW_TYPE_PREFERENCES_GROUP)

static guint mapped_signal;

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->id);
  g_strfreev (part->titles);
  g_strfreev (part->letters);
  g_ptr_array_unref (part->items);
  g_free (part);
}

/* -- combos: "None", the columns that have a title, and perhaps a last word */

static gboolean
has_title (XqColumnsGroup *self, guint column)
{
  return *(const char *) g_ptr_array_index (self->titles, column) != '\0';
}

/* Columns from which @count fit into the table. */
static GtkStringList *
offer (XqColumnsGroup *self, guint count, const char *last)
{
  GtkStringList *offered = gtk_string_list_new (NULL);

  gtk_string_list_append (offered, _ ("None"));
  for (guint i = 0; i + count <= self->titles->len; i++)
    if (has_title (self, i))
      {
        g_autofree char *text = g_strdup_printf ("%s · %s", (char *) self->letters->pdata[i], (char *) self->titles->pdata[i]);

        gtk_string_list_append (offered, text);
      }
  if (last != NULL)
    gtk_string_list_append (offered, last);
  return offered;
}

/* The column behind a row of the offer, or its inverse; -1 and 0 for none. */
static int
column_at (XqColumnsGroup *self, guint position)
{
  guint count = 0;

  for (guint i = 0; i < self->titles->len; i++)
    if (has_title (self, i) && ++count == position)
      return (int) i;
  return -1;
}

static guint
position_of (XqColumnsGroup *self, const char *letters)
{
  guint count = 0;

  for (guint i = 0; i < self->titles->len; i++)
    if (has_title (self, i))
      {
        count++;
        if (strcmp (self->letters->pdata[i], letters) == 0)
          return count;
      }
  return 0;
}

static void
map (XqColumnsGroup *self, GtkWidget *row, const char *field, const char *columns)
{
  g_set_weak_pointer (&self->chosen, row);
  g_hash_table_replace (self->map, g_strdup (field), g_strdup (columns));
  g_signal_emit (self, mapped_signal, 0);
}

static void
set_combo (GtkWidget *row, GtkStringList *offered, guint selected)
{
  g_autoptr (GtkStringList) owned = offered;

  if (owned != NULL)
    adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (owned));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
}

static GtkWidget *
combo_new (XqColumnsGroup *self, const char *key, const char *title, GtkStringList *offered, guint selected,
           GCallback chosen)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_expression (ADW_COMBO_ROW (row), text);
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (row), TRUE);
  adw_combo_row_set_search_match_mode (ADW_COMBO_ROW (row), GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  set_combo (row, offered, selected);
  g_object_set_data_full (G_OBJECT (row), "key", g_strdup (key), g_free);
  g_signal_connect_object (row, "notify::selected", chosen, self, G_CONNECT_DEFAULT);
  return row;
}

/* -- who and when */

/* A column is of one field alone: the one that had it before has none. */
static void
on_field_chosen_cb (AdwComboRow *row, GParamSpec *spec, XqColumnsGroup *self)
{
  guint position = adw_combo_row_get_selected (row);
  int column = column_at (self, position);

  if (self->filling)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      AdwComboRow *other = g_hash_table_lookup (self->rows, fields[i]);

      if (column >= 0 && other != row && adw_combo_row_get_selected (other) == position)
        g_hash_table_replace (self->map, g_strdup (fields[i]), g_strdup (""));
    }
  map (self, GTK_WIDGET (row), g_object_get_data (G_OBJECT (row), "key"),
       column >= 0 ? g_ptr_array_index (self->letters, (guint) column) : "");
}

static void
show_fields (XqColumnsGroup *self, const XqHeader *header, gboolean same_columns)
{
  const char *const labels[] = { xq_session_word (self->session, XQ_WORD_CODE), _ ("Name"),
                                 xq_session_word (self->session, XQ_WORD_UNIT), _ ("Answered at") };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkWidget *row = g_hash_table_lookup (self->rows, fields[i]);
      int column = xq_header_column (header, fields[i]);
      guint selected = column >= 0 ? position_of (self, g_ptr_array_index (self->letters, (guint) column)) : 0;

      if (row != NULL)
        {
          set_combo (row, same_columns ? NULL : offer (self, 1, NULL), selected);
          continue;
        }
      row = combo_new (self, fields[i], labels[i], offer (self, 1, NULL), selected, G_CALLBACK (on_field_chosen_cb));
      g_hash_table_replace (self->rows, (gpointer) fields[i], row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    }
}

/* -- answers */

static Part *
part_of (XqColumnsGroup *self, const char *id)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (strcmp (((Part *) g_ptr_array_index (self->parts, i))->id, id) == 0)
      return g_ptr_array_index (self->parts, i);
  return NULL;
}

/* Where the columns of its items begin, one beside the other; -1 when none has one, -2 when they stand apart. */
static int
begin_of (XqColumnsGroup *self, const Part *part)
{
  int first = -1;

  for (guint k = 0; k < part->n_items; k++)
    {
      guint position = position_of (self, part->letters[k]);
      int column = position > 0 ? column_at (self, position) : -1;

      if (k == 0)
        first = column;
      else if (column != (first >= 0 ? first + (int) k : -1))
        return -2;
    }
  return first;
}

static void
on_begin_chosen_cb (AdwComboRow *row, GParamSpec *spec, XqColumnsGroup *self)
{
  const Part *part = part_of (self, g_object_get_data (G_OBJECT (row), "key"));
  guint position = adw_combo_row_get_selected (row);
  int first = column_at (self, position);
  g_autoptr (GString) columns = g_string_new (NULL);

  if (self->filling)
    return;
  /* The last word, "one by one", is no choice to be made. */
  if (position > 0 && (first < 0 || (guint) first + part->n_items > self->letters->len))
    return;
  for (guint k = 0; part->titles[k] != NULL; k++)
    g_string_append_printf (columns, "%s%s", k > 0 ? "," : "",
                            first >= 0 && k < part->n_items ? (char *) self->letters->pdata[(guint) first + k] : "");
  map (self, GTK_WIDGET (row), part->id, columns->str);
}

static void
on_item_chosen_cb (AdwComboRow *row, GParamSpec *spec, XqColumnsGroup *self)
{
  const Part *part = part_of (self, g_object_get_data (G_OBJECT (row), "key"));
  guint item = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "item"));
  int column = column_at (self, adw_combo_row_get_selected (row));
  g_auto (GStrv) letters = g_strdupv (part->letters);
  g_autofree char *columns = NULL;

  if (self->filling)
    return;
  g_set_str (&letters[item], column >= 0 ? g_ptr_array_index (self->letters, (guint) column) : "");
  columns = g_strjoinv (",", letters);
  map (self, GTK_WIDGET (row), part->id, columns);
}

/* Where the items begin: the offer has a last word while they stand apart. */
static GtkStringList *
offer_begin (XqColumnsGroup *self, const Part *part, guint *ret_selected)
{
  int begin = begin_of (self, part);
  GtkStringList *offered = offer (self, part->n_items, begin == -2 ? _ ("One by one") : NULL);

  *ret_selected = begin == -2  ? g_list_model_get_n_items (G_LIST_MODEL (offered)) - 1
                  : begin >= 0 ? position_of (self, part->letters[0])
                               : 0;
  return offered;
}

/* A hundred items are as many rows with a list each: made for who looks at them. */
static void
make_rows (XqColumnsGroup *self, Part *part)
{
  guint selected;
  GtkStringList *offered = offer_begin (self, part, &selected);

  part->begin = combo_new (self, part->id, _ ("First column of its answers"), offered, selected,
                           G_CALLBACK (on_begin_chosen_cb));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (part->expander), part->begin);
  for (guint k = 0; part->titles[k] != NULL; k++)
    {
      GtkWidget *row = combo_new (self, part->id, part->titles[k], offer (self, 1, NULL),
                                  position_of (self, part->letters[k]), G_CALLBACK (on_item_chosen_cb));

      g_object_set_data (G_OBJECT (row), "item", GUINT_TO_POINTER (k));
      g_ptr_array_add (part->items, row);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (part->expander), row);
    }
}

static void
on_expanded_cb (AdwExpanderRow *expander, GParamSpec *spec, XqColumnsGroup *self)
{
  Part *part = part_of (self, g_object_get_data (G_OBJECT (expander), "instrument"));

  if (adw_expander_row_get_expanded (expander) && part->begin == NULL)
    make_rows (self, part);
}

/* What a part shows, anew, in the rows that it has. */
static void
show_part (XqColumnsGroup *self, Part *part, const XqInstrument *instrument, const char *const *columns, const char *note)
{
  GtkStringList *offered;
  guint selected;

  g_clear_pointer (&part->letters, g_strfreev);
  part->letters = g_new0 (char *, instrument->n_all_items + 1);
  for (guint k = 0; k < instrument->n_all_items; k++)
    part->letters[k] = g_strdup (columns != NULL && k < g_strv_length ((char **) columns) ? columns[k] : "");
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (part->expander), note != NULL ? note : _ ("no column"));
  if (part->begin == NULL)
    return;
  offered = offer_begin (self, part, &selected);
  set_combo (part->begin, offered, selected);
  for (guint k = 0; k < part->items->len; k++)
    set_combo (g_ptr_array_index (part->items, k), NULL, position_of (self, part->letters[k]));
}

static Part *
part_new (XqColumnsGroup *self, const XqInstrument *instrument)
{
  Part *part = g_new0 (Part, 1);

  part->id = g_strdup (instrument->id);
  part->n_items = instrument->n_items;
  part->items = g_ptr_array_new ();
  part->titles = g_new0 (char *, instrument->n_all_items + 1);
  for (guint k = 0; k < instrument->n_all_items; k++)
    {
      g_autofree char *asked = xq_item_title (&instrument->items[k]);

      part->titles[k] = g_strdup_printf ("%d. %s", instrument->items[k].number, asked);
    }
  part->expander = adw_expander_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (part->expander), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (part->expander), instrument->label);
  g_object_set_data_full (G_OBJECT (part->expander), "instrument", g_strdup (part->id), g_free);
  g_signal_connect_object (part->expander, "notify::expanded", G_CALLBACK (on_expanded_cb), self, G_CONNECT_DEFAULT);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), part->expander);
  return part;
}

/* Parts from the @count-th on go. */
static void
keep_parts (XqColumnsGroup *self, guint count)
{
  while (self->parts->len > count)
    {
      const Part *last = g_ptr_array_index (self->parts, self->parts->len - 1);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), last->expander);
      g_ptr_array_remove_index (self->parts, self->parts->len - 1);
    }
}

static gboolean
has_columns (XqColumnsGroup *self, const XqHeader *header)
{
  gboolean same = header->titles->len == self->titles->len;

  for (guint i = 0; same && i < self->titles->len; i++)
    same = g_str_equal (g_ptr_array_index (header->titles, i), g_ptr_array_index (self->titles, i));
  return same;
}

static void
xq_columns_group_finalize (GObject *object)
{
  XqColumnsGroup *self = XQ_COLUMNS_GROUP (object);

  g_clear_weak_pointer (&self->chosen);
  g_ptr_array_unref (self->letters);
  g_ptr_array_unref (self->titles);
  g_ptr_array_unref (self->parts);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->map);
  g_object_unref (self->session);
  G_OBJECT_CLASS (xq_columns_group_parent_class)->finalize (object);
}

static void
xq_columns_group_class_init (XqColumnsGroupClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xq_columns_group_finalize;
  mapped_signal = g_signal_new ("mapped", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                0);
}

static void
xq_columns_group_init (XqColumnsGroup *self)
{
  self->letters = g_ptr_array_new_with_free_func (g_free);
  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->rows = g_hash_table_new (g_str_hash, g_str_equal);
}

GtkWidget *
xq_columns_group_new (XqSession *session, GHashTable *map)
{
  XqColumnsGroup *self = g_object_new (XQ_TYPE_COLUMNS_GROUP, "title", _ ("How the columns were understood"), "description",
                                       _ ("Where a column was taken for something else, choose the right one."), NULL);

  self->session = g_object_ref (session);
  self->map = g_hash_table_ref (map);
  return GTK_WIDGET (self);
}

void
xq_columns_group_begin (XqColumnsGroup *self, const XqHeader *header)
{
  gboolean same_columns;

  g_return_if_fail (XQ_IS_COLUMNS_GROUP (self));

  same_columns = has_columns (self, header);
  self->filling = TRUE;
  self->n_added = 0;
  if (!same_columns)
    {
      keep_parts (self, 0);
      g_ptr_array_set_size (self->letters, 0);
      g_ptr_array_set_size (self->titles, 0);
      for (guint i = 0; i < header->titles->len; i++)
        {
          g_ptr_array_add (self->letters, xq_sheet_column_name (i));
          g_ptr_array_add (self->titles, g_strdup (g_ptr_array_index (header->titles, i)));
        }
    }
  show_fields (self, header, same_columns);
}

void
xq_columns_group_add (XqColumnsGroup *self, const XqInstrument *instrument, const char *const *columns, const char *note)
{
  const Part *present;

  g_return_if_fail (XQ_IS_COLUMNS_GROUP (self));

  present = self->n_added < self->parts->len ? g_ptr_array_index (self->parts, self->n_added) : NULL;
  if (present == NULL || strcmp (present->id, instrument->id) != 0)
    {
      keep_parts (self, self->n_added);
      g_ptr_array_add (self->parts, part_new (self, instrument));
    }
  show_part (self, g_ptr_array_index (self->parts, self->n_added), instrument, columns, note);
  self->n_added++;
}

void
xq_columns_group_end (XqColumnsGroup *self)
{
  g_return_if_fail (XQ_IS_COLUMNS_GROUP (self));

  /* Reading that took a moment showed its progress, and the keyboard did not come back from there. */
  if (self->chosen != NULL && !xq_has_focus_within (GTK_WIDGET (self)))
    gtk_widget_grab_focus (self->chosen);
  g_clear_weak_pointer (&self->chosen);

  keep_parts (self, self->n_added);
  self->filling = FALSE;
}
