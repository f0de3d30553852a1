#include "config.h"

#include "ui/people/roster-preview.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "people/tag.h"

/* So many rows are shown of each kind; the counts say how many there are. */
#define MOST_ROWS 60

struct _XqRosterPreview
{
  GtkWidget parent_instance;

  XqSession *session;
  GtkWidget *page;
  GPtrArray *groups; /* of the page, to be taken out again */
  GPtrArray *tag_rows;
  GtkWidget *left;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (XqRosterPreview, xq_roster_preview, GTK_TYPE_WIDGET)

static guint remapped_signal;

static GtkWidget *
row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static GtkWidget *
group_new (XqRosterPreview *self, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
  g_ptr_array_add (self->groups, group);
  return group;
}

static void
add_row (GtkWidget *group, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
show_counts (XqRosterPreview *self, XqRoster *roster)
{
  static const struct
  {
    XqRosterOutcome outcome;
    const char *title;
    const char *css_class;
  } outcomes[] = {
    { XQ_ROSTER_ADDED, N_ ("New files"), "accent" },
    { XQ_ROSTER_CHANGED, N_ ("Files that change"), "accent" },
    { XQ_ROSTER_UNCHANGED, N_ ("Unchanged"), "dim-label" },
    { XQ_ROSTER_REJECTED, N_ ("Rows that cannot be read"), "error" },
  };
  GtkWidget *group = group_new (self, xq_roster_file_name (roster), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      guint count = xq_roster_count (roster, outcomes[i].outcome);
      g_autofree char *text = g_strdup_printf ("%u", count);
      GtkWidget *row = row_new (_ (outcomes[i].title), NULL);
      GtkWidget *label = gtk_label_new (text);

      gtk_widget_add_css_class (label, "title-3");
      if (count > 0)
        gtk_widget_add_css_class (label, outcomes[i].css_class);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      add_row (group, row);
    }
}

static void
on_field_chosen_cb (AdwComboRow *row, GParamSpec *spec, XqRosterPreview *self)
{
  const char *title = g_object_get_data (G_OBJECT (row), "header");
  guint chosen = adw_combo_row_get_selected (row);

  if (!self->filling)
    g_signal_emit (self, remapped_signal, 0, chosen > 0 ? xq_roster_fields[chosen - 1].field : "", title);
}

static GtkWidget *
column_row_new (XqRosterPreview *self, const char *title, const char *field)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint present = 0;

  gtk_string_list_append (labels, _ ("Not imported"));
  for (guint i = 0; xq_roster_fields[i].field != NULL; i++)
    {
      gtk_string_list_append (labels, _ (xq_roster_fields[i].label));
      if (g_strcmp0 (xq_roster_fields[i].field, field) == 0)
        present = i + 1;
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), present);
  g_object_set_data_full (G_OBJECT (row), "header", g_strdup (title), g_free);
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_field_chosen_cb), self);
  return row;
}

static void
show_columns (XqRosterPreview *self, XqRoster *roster)
{
  const GArray *sheets = xq_roster_sheets (roster);
  GtkWidget *group = group_new (self, _ ("How the columns were understood"), NULL);

  for (guint i = 0; i < sheets->len; i++)
    {
      const XqRosterSheet *sheet = &g_array_index (sheets, XqRosterSheet, i);
      GtkWidget *expander = adw_expander_row_new ();
      g_autofree char *below = sheet->header_row > 0
                                   ? g_strdup_printf (ngettext ("%u person, header in row %d",
                                                                "%u people, header in row %d", sheet->rows),
                                                      sheet->rows, (int) sheet->header_row)
                                   : g_strdup (_ ("passed by: no header was found"));

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (expander), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), sheet->name);
      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), below);
      for (guint c = 0; c < sheet->n_columns; c++)
        if (*sheet->titles[c] != '\0')
          adw_expander_row_add_row (ADW_EXPANDER_ROW (expander),
                                    column_row_new (self, sheet->titles[c], sheet->fields[c]));
      add_row (group, expander);
    }
}

static char *
changes_text (const GPtrArray *changes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const XqRosterChange *change = g_ptr_array_index (changes, i);

      g_string_append_printf (text, "%s%s: %s → %s", i > 0 ? "\n" : "", change->label,
                              *change->before != '\0' ? change->before : "—", change->after);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Which column, what stands there, and what is wrong with it; most messages say the second themselves. */
static char *
rejected_text (const XqRosterRow *row)
{
  if (row->column == NULL)
    return g_strdup (row->why);
  if (row->value == NULL || *row->value == '\0' || strstr (row->why, row->value) != NULL)
    return g_strdup_printf (_ ("%s: %s"), row->column, row->why);
  return g_strdup_printf (_ ("%s “%s”: %s"), row->column, row->value, row->why);
}

static GtkWidget *
outcome_row_new (XqRosterPreview *self, const XqRosterRow *row)
{
  g_autofree char *name = xq_session_name (self->session, row->name != NULL ? row->name : "");
  g_autofree char *title = NULL, *below = NULL;

  if (row->outcome == XQ_ROSTER_REJECTED)
    {
      title = g_strdup_printf (_ ("%s, row %d: %s"), row->sheet, (int) row->row, name);
      below = rejected_text (row);
    }
  else
    {
      title = g_strdup_printf ("%s  %s", name, row->unit != NULL ? row->unit : "");
      below = changes_text (row->changes);
    }
  return row_new (title, below);
}

static void
show_rows (XqRosterPreview *self, XqRoster *roster, XqRosterOutcome outcome, const char *title, const char *description)
{
  guint count = xq_roster_count (roster, outcome), shown = 0;
  GtkWidget *group;

  if (count == 0)
    return;
  group = group_new (self, title, description);
  for (guint i = 0; i < xq_roster_row_count (roster) && shown < MOST_ROWS; i++)
    {
      XqRosterRow row;

      xq_roster_row (roster, i, &row);
      if (row.outcome != outcome)
        continue;
      add_row (group, outcome_row_new (self, &row));
      shown++;
    }
  if (count > shown)
    {
      g_autofree char *more = g_strdup_printf (_ ("and %u more"), count - shown);

      add_row (group, row_new (more, NULL));
    }
}

static void
show_tags (XqRosterPreview *self, XqRoster *roster)
{
  GHashTable *tags = xq_roster_tags (roster);
  GHashTableIter each;
  gpointer tag, count;
  GtkWidget *group;

  g_ptr_array_set_size (self->tag_rows, 0);
  if (g_hash_table_size (tags) == 0)
    return;
  group = group_new (self, _ ("Tags found in the remarks"), _ ("Only what is switched on is written into the files."));
  g_hash_table_iter_init (&each, tags);
  while (g_hash_table_iter_next (&each, &tag, &count))
    {
      GtkWidget *row = adw_switch_row_new ();
      guint people = GPOINTER_TO_UINT (count);
      g_autofree char *below = g_strdup_printf (ngettext ("%u person", "%u people", people), people);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), xq_tag_label (tag));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
      adw_switch_row_set_active (ADW_SWITCH_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "tag", g_strdup (tag), g_free);
      g_ptr_array_add (self->tag_rows, row);
      add_row (group, row);
    }
}

static void
show_gone (XqRosterPreview *self, XqRoster *roster)
{
  const GArray *gone = xq_roster_gone (roster);
  GtkWidget *group;
  g_autofree char *below = NULL;

  self->left = NULL;
  if (gone->len == 0)
    return;
  below = g_strdup_printf (ngettext ("%u person in the vault is not in this table.",
                                     "%u people in the vault are not in this table.", gone->len),
                           gone->len);
  group = group_new (self, _ ("Not in the table"), below);
  self->left = adw_switch_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->left), _ ("Mark them as having left"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->left), _ ("Their files stay. Leave it off when the table holds only a part."));
  add_row (group, self->left);
}

void
xq_roster_preview_set_roster (XqRosterPreview *self, XqRoster *roster)
{
  g_return_if_fail (XQ_IS_ROSTER_PREVIEW (self));

  self->filling = TRUE;
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (ADW_PREFERENCES_PAGE (self->page), g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  show_counts (self, roster);
  show_rows (self, roster, XQ_ROSTER_REJECTED, _ ("Cannot be read"),
             _ ("These rows are left out. Correct them in the table and import it again: what is in already stays."));
  show_columns (self, roster);
  show_tags (self, roster);
  show_gone (self, roster);
  show_rows (self, roster, XQ_ROSTER_CHANGED, _ ("What changes"), NULL);
  show_rows (self, roster, XQ_ROSTER_ADDED, _ ("New files"), NULL);
  self->filling = FALSE;
}

char **
xq_roster_preview_except_tags (XqRosterPreview *self)
{
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();

  for (guint i = 0; i < self->tag_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->tag_rows, i);

      if (!adw_switch_row_get_active (ADW_SWITCH_ROW (row)))
        g_strv_builder_add (tags, g_object_get_data (G_OBJECT (row), "tag"));
    }
  return g_strv_builder_end (tags);
}

gboolean
xq_roster_preview_marks_left (XqRosterPreview *self)
{
  return self->left != NULL && adw_switch_row_get_active (ADW_SWITCH_ROW (self->left));
}

static void
xq_roster_preview_dispose (GObject *object)
{
  XqRosterPreview *self = XQ_ROSTER_PREVIEW (object);

  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->tag_rows, g_ptr_array_unref);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_roster_preview_parent_class)->dispose (object);
}

static void
xq_roster_preview_class_init (XqRosterPreviewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_roster_preview_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  remapped_signal = g_signal_new ("remapped", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
xq_roster_preview_init (XqRosterPreview *self)
{
  self->groups = g_ptr_array_new ();
  self->tag_rows = g_ptr_array_new ();
  self->page = adw_preferences_page_new ();
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));
}

GtkWidget *
xq_roster_preview_new (XqSession *session)
{
  XqRosterPreview *self = g_object_new (XQ_TYPE_ROSTER_PREVIEW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
