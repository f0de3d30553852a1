#include "config.h"

#include "ui/assess/answers-preview.h"

#include <glib/gi18n-lib.h>

#include "assess/campaign.h"
#include "sheet/sheet.h"
#include "ui/assess/columns-group.h"
#include "ui/widgets/level-chip.h"

/* So many rows are shown of each kind; the counts say how many there are. */
#define MOST_ROWS 60

/* Groups in the order of the page. Their rows come and go; the groups stay, so that the page does not jump and the keyboard
 * stays where it is while something is corrected. */
typedef enum
{
  SECTION_PROBLEM,
  SECTION_ROWS,
  SECTION_EFFECT,
  SECTION_COLUMNS,
  SECTION_UNMATCHED,
  SECTION_REPLACED,
  N_SECTIONS
} Section;

struct _XqAnswersPreview
{
  GtkWidget parent_instance;

  XqSession *session;
  GtkWidget *page;
  GtkWidget *instrument;
  GtkWidget *second;
  GtkWidget *campaign;
  GtkWidget *coding;
  GPtrArray *instruments; /* of char *, beside the rows of the combos after the first */
  GArray *campaigns;      /* of gint64, the same */
  GtkWidget *sections[N_SECTIONS];
  GHashTable *map; /* what was corrected, for the order */
};

G_DEFINE_FINAL_TYPE (XqAnswersPreview, xq_answers_preview, GTK_TYPE_WIDGET)

static guint rechosen_signal;

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

static void
add_row (GtkWidget *group, GtkWidget *row)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (group), "rows");

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  if (rows != NULL)
    g_ptr_array_add (rows, row);
}

static void
clear_section (XqAnswersPreview *self, Section section)
{
  GtkWidget *group = self->sections[section];
  GPtrArray *rows = g_object_get_data (G_OBJECT (group), "rows");

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), g_ptr_array_index (rows, i));
  if (rows != NULL)
    g_ptr_array_set_size (rows, 0);
  gtk_widget_set_visible (group, FALSE);
}

static GtkWidget *
begin_section (XqAnswersPreview *self, Section section, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self->sections[section]);

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
  return GTK_WIDGET (group);
}

static void
add_count (GtkWidget *group, const char *title, const char *subtitle, gint64 count, const char *css_class)
{
  g_autofree char *text = g_strdup_printf ("%d", (int) count);
  GtkWidget *row = row_new (title, subtitle);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "title-3");
  gtk_widget_add_css_class (label, "numbers");
  if (count > 0 && css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  add_row (group, row);
}

/* -- what it would do */

static void
show_rows (XqAnswersPreview *self, const XqAnswersTrial *trial)
{
  g_autofree char *sheet = g_strdup_printf (_ ("Sheet “%s”"), xq_answers_sheet_name (trial->answers));
  GtkWidget *group = begin_section (self, SECTION_ROWS, sheet, NULL);

  add_count (group, _ ("Rows with answers"), NULL, xq_answers_row_count (trial->answers), NULL);
  add_count (group, _ ("Belonging to somebody"), NULL, xq_answers_matched_count (trial->answers), "accent");
  add_count (group, _ ("Belonging to nobody"), _ ("Left out; the list below says why"), xq_answers_unmatched (trial->answers)->len,
             "warning");
  add_count (group, _ ("Replaced by a later row"), _ ("Of several rows of a person on one day the last one counts"),
             xq_answers_replaced (trial->answers)->len, NULL);
}

static char *
count_text (const XqAnswersCount *count)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("%d incomplete"), (int) count->incomplete);
  g_string_append (text, " · ");
  g_string_append_printf (text, _ ("%d not to be relied on"), (int) count->invalid);
  g_string_append (text, " · ");
  g_string_append_printf (text, _ ("%d known already"), (int) count->known);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_warnings (GtkWidget *group, const XqRaised *raised)
{
  for (int level = 1; level <= 3; level++)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%d person", "%d persons", (gulong) raised->persons[level]),
                                               (int) raised->persons[level]);
      GtkWidget *row = row_new (level == 1   ? _ ("Would be warned of at level 1")
                                : level == 2 ? _ ("Would be warned of at level 2")
                                             : _ ("Would be warned of at level 3"),
                                NULL);
      GtkWidget *label = gtk_label_new (text);
      GtkWidget *chip = xq_level_chip_new (level);

      gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (label, "numbers");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), chip);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      add_row (group, row);
    }
}

static void
show_effect (XqAnswersPreview *self, const XqAnswersTrial *trial)
{
  GtkWidget *group = begin_section (self, SECTION_EFFECT, _ ("What would come of it"),
                                    _ ("Nothing is written yet. A screening result is not a diagnosis: a warning asks for a"
                                       " talk."));

  for (guint i = 0; i < trial->result->counts->len; i++)
    {
      const XqAnswersCount *count = &g_array_index (trial->result->counts, XqAnswersCount, i);
      g_autofree char *title = g_strdup_printf (_ ("New sheets of %s"), count->instrument->label);
      g_autofree char *below = count_text (count);

      add_count (group, title, below, count->assessed, "accent");
    }
  show_warnings (group, &trial->raised);
}

static const char *
chosen_instrument (XqAnswersPreview *self, GtkWidget *combo)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (combo));

  return selected > 0 && selected <= self->instruments->len ? g_ptr_array_index (self->instruments, selected - 1) : NULL;
}

/* -- how it was understood */

static const char *
coding_text (XqAnswerCoding coding)
{
  return coding == XQ_CODING_NUMBER ? _ ("plain numbers are the option's place in the form")
         : coding == XQ_CODING_VALUE ? _ ("plain numbers are scores")
                                     : _ ("answers are in words");
}

/* The letters of an instrument's columns, "" for none. */
static char **
letters_of (const XqAnswersColumns *columns)
{
  char **letters = g_new0 (char *, columns->instrument->n_all_items + 1);

  for (guint k = 0; k < columns->instrument->n_all_items; k++)
    letters[k] = columns->item_columns[k] >= 0 ? xq_sheet_column_name ((guint) columns->item_columns[k]) : g_strdup ("");
  return letters;
}

static const char *
told_by (XqAnswersPreview *self, const XqAnswersColumns *columns)
{
  return columns->by_text                                              ? _ ("by the wording of the questions")
         : g_hash_table_contains (self->map, columns->instrument->id) ? _ ("as you chose")
                                                                        : _ ("by the order of the columns");
}

static void
add_read (XqAnswersPreview *self, XqColumnsGroup *group, const GPtrArray *all)
{
  for (guint i = 0; i < all->len; i++)
    {
      const XqAnswersColumns *columns = g_ptr_array_index (all, i);
      g_auto (GStrv) letters = letters_of (columns);
      g_autofree char *note
          = g_strdup_printf (_ ("%s; %s"), told_by (self, columns), coding_text (columns->coding));

      xq_columns_group_add (group, columns->instrument, (const char *const *) letters, note);
    }
}

/* The questionnaires that were chosen, while their columns cannot be told. */
static void
add_chosen (XqAnswersPreview *self, XqColumnsGroup *group)
{
  XqDesk *desk = xq_session_desk (self->session, NULL);
  const char *chosen[] = { chosen_instrument (self, self->instrument), chosen_instrument (self, self->second) };

  for (gsize i = 0; i < G_N_ELEMENTS (chosen) && desk != NULL && chosen[i] != NULL; i++)
    {
      const XqInstrument *instrument = xq_instrument_set_get (xq_desk_instruments (desk), chosen[i], NULL);
      const char *columns = g_hash_table_lookup (self->map, chosen[i]);
      g_auto (GStrv) letters = columns != NULL ? g_strsplit (columns, ",", -1) : NULL;

      if (instrument != NULL && (i == 0 || strcmp (chosen[0], chosen[1]) != 0))
        xq_columns_group_add (group, instrument, (const char *const *) letters, NULL);
    }
}

static void
show_columns (XqAnswersPreview *self, const XqAnswersTrial *trial)
{
  XqColumnsGroup *group = XQ_COLUMNS_GROUP (self->sections[SECTION_COLUMNS]);

  gtk_widget_set_visible (GTK_WIDGET (group), trial->header->row > 0);
  xq_columns_group_begin (group, trial->header);
  if (trial->answers != NULL)
    add_read (self, group, xq_answers_columns (trial->answers));
  else
    add_chosen (self, group);
  xq_columns_group_end (group);
}

static void
show_left_out (XqAnswersPreview *self, Section section, const GPtrArray *rows, const char *title)
{
  GtkWidget *group;

  if (rows->len == 0)
    return;
  group = begin_section (self, section, title, NULL);
  for (guint i = 0; i < rows->len && i < MOST_ROWS; i++)
    {
      const XqUnmatched *each = g_ptr_array_index (rows, i);
      g_autofree char *name = xq_session_name (self->session, each->name != NULL ? each->name : "");
      g_autofree char *code = xq_session_private (self->session, each->code);
      g_autofree char *line = g_strdup_printf (_ ("Row %d: %s %s"), (int) each->row, code, name);

      add_row (group, row_new (line, each->why));
    }
  if (rows->len > MOST_ROWS)
    {
      g_autofree char *more = g_strdup_printf (_ ("and %u more"), rows->len - MOST_ROWS);

      add_row (group, row_new (more, NULL));
    }
}

static void
show_problem (XqAnswersPreview *self, const char *problem)
{
  GtkWidget *group = begin_section (self, SECTION_PROBLEM, _ ("The columns cannot be told yet"), NULL);
  GtkWidget *row = row_new (problem, _ ("Choose above which questionnaire was asked; its items are then taken in the order"
                                        " of the columns. Or say below which columns they are."));

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  add_row (group, row);
}

void
xq_answers_preview_set_trial (XqAnswersPreview *self, const XqAnswersTrial *trial)
{
  g_return_if_fail (XQ_IS_ANSWERS_PREVIEW (self));

  for (int section = 0; section < N_SECTIONS; section++)
    if (section != SECTION_COLUMNS)
      clear_section (self, (Section) section);
  if (trial->problem != NULL)
    {
      show_problem (self, trial->problem);
      show_columns (self, trial);
      return;
    }
  show_rows (self, trial);
  show_effect (self, trial);
  show_columns (self, trial);
  show_left_out (self, SECTION_UNMATCHED, xq_answers_unmatched (trial->answers), _ ("Rows that belong to nobody"));
  show_left_out (self, SECTION_REPLACED, xq_answers_replaced (trial->answers), _ ("Rows that a later one replaces"));
}

/* -- choices */

void
xq_answers_preview_get_choices (XqAnswersPreview *self, XqAnswersOrder *order)
{
  const char *first = chosen_instrument (self, self->instrument);
  const char *second = chosen_instrument (self, self->second);
  guint campaign = adw_combo_row_get_selected (ADW_COMBO_ROW (self->campaign));

  g_clear_pointer (&order->instruments, g_strfreev);
  if (first != NULL)
    {
      const char *ids[] = { first, second, NULL };

      order->instruments = g_strdupv ((char **) ids);
    }
  g_clear_pointer (&order->map, g_hash_table_unref);
  order->map = xq_answers_map_copy (self->map);
  order->coding = (XqAnswerCoding) adw_combo_row_get_selected (ADW_COMBO_ROW (self->coding));
  order->campaign_id
      = campaign > 0 && campaign <= self->campaigns->len ? g_array_index (self->campaigns, gint64, campaign - 1) : 0;
}

static gboolean
is_of_instrument (gpointer field, gpointer columns, gpointer user_data)
{
  XqAnswersPreview *self = user_data;

  return g_ptr_array_find_with_equal_func (self->instruments, field, g_str_equal, NULL);
}

static void
on_chosen_cb (XqAnswersPreview *self)
{
  gtk_widget_set_visible (self->second, chosen_instrument (self, self->instrument) != NULL);
  g_signal_emit (self, rechosen_signal, 0);
}

/* Another questionnaire has other items: columns that were chosen for the last one mean nothing any more. */
static void
on_instrument_chosen_cb (XqAnswersPreview *self)
{
  g_hash_table_foreach_remove (self->map, is_of_instrument, self);
  on_chosen_cb (self);
}

static GtkWidget *
combo_new (XqAnswersPreview *self, const char *title, GtkStringList *labels, GCallback chosen)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_expression (ADW_COMBO_ROW (row), text);
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (row), TRUE);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  g_signal_connect_swapped (row, "notify::selected", chosen, self);
  return row;
}

static GtkStringList *
instrument_labels (XqAnswersPreview *self, const char *none)
{
  XqDesk *desk = xq_session_desk (self->session, NULL);
  g_autoptr (GPtrArray) list = desk != NULL ? xq_instrument_set_list (xq_desk_instruments (desk)) : NULL;
  GtkStringList *labels = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->instruments, 0);
  gtk_string_list_append (labels, none);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const XqInstrument *instrument = g_ptr_array_index (list, i);

      g_ptr_array_add (self->instruments, g_strdup (instrument->id));
      gtk_string_list_append (labels, instrument->label);
    }
  return labels;
}

static GtkStringList *
campaign_labels (XqAnswersPreview *self)
{
  g_autoptr (GPtrArray) list = xq_campaign_list (xq_session_database (self->session), 0, NULL);
  GtkStringList *labels = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, _ ("A new screening"));
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const XqCampaign *campaign = g_ptr_array_index (list, i);

      if (campaign->state != XQ_CAMPAIGN_OPEN)
        continue;
      g_array_append_val (self->campaigns, campaign->id);
      gtk_string_list_append (labels, campaign->title);
    }
  return labels;
}

static void
add_choices (XqAnswersPreview *self)
{
  const char *codings[] = { _ ("Find out"), _ ("The option's place: 1 is the first"), _ ("The option's score"), NULL };
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GtkStringList) first = instrument_labels (self, _ ("Find out by the wording"));
  g_autoptr (GtkStringList) second = instrument_labels (self, _ ("None"));
  g_autoptr (GtkStringList) campaigns = campaign_labels (self);
  g_autoptr (GtkStringList) numbers = gtk_string_list_new (codings);

  self->instrument = combo_new (self, _ ("Questionnaire"), first, G_CALLBACK (on_instrument_chosen_cb));
  self->second = combo_new (self, _ ("Followed by"), second, G_CALLBACK (on_instrument_chosen_cb));
  self->campaign = combo_new (self, _ ("Part of the screening"), campaigns, G_CALLBACK (on_chosen_cb));
  self->coding = combo_new (self, _ ("Plain numbers mean"), numbers, G_CALLBACK (on_chosen_cb));
  gtk_widget_set_visible (self->second, FALSE);
  add_row (group, self->instrument);
  add_row (group, self->second);
  add_row (group, self->campaign);
  add_row (group, self->coding);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
}

static void
add_sections (XqAnswersPreview *self)
{
  for (int section = 0; section < N_SECTIONS; section++)
    {
      GtkWidget *group = section == SECTION_COLUMNS ? xq_columns_group_new (self->session, self->map)
                                                    : adw_preferences_group_new ();

      if (section == SECTION_COLUMNS)
        g_signal_connect_object (group, "mapped", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
      else
        g_object_set_data_full (G_OBJECT (group), "rows", g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
      self->sections[section] = group;
      gtk_widget_set_visible (group, FALSE);
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
    }
}

static void
xq_answers_preview_dispose (GObject *object)
{
  XqAnswersPreview *self = XQ_ANSWERS_PREVIEW (object);

  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_pointer (&self->instruments, g_ptr_array_unref);
  g_clear_pointer (&self->campaigns, g_array_unref);
  g_clear_pointer (&self->map, g_hash_table_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_answers_preview_parent_class)->dispose (object);
}

static void
xq_answers_preview_class_init (XqAnswersPreviewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_answers_preview_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  rechosen_signal
      = g_signal_new ("rechosen", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xq_answers_preview_init (XqAnswersPreview *self)
{
  self->map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->instruments = g_ptr_array_new_with_free_func (g_free);
  self->campaigns = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->page = adw_preferences_page_new ();
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));
}

GtkWidget *
xq_answers_preview_new (XqSession *session)
{
  XqAnswersPreview *self = g_object_new (XQ_TYPE_ANSWERS_PREVIEW, NULL);

  self->session = g_object_ref (session);
  add_choices (self);
  add_sections (self);
  return GTK_WIDGET (self);
}
