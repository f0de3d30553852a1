#include "config.h"

#include "ui/assess/answers-preview.h"

#include <glib/gi18n-lib.h>

#include "assess/campaign.h"
#include "sheet/sheet.h"
#include "ui/widgets/level-chip.h"

/* So many rows are shown of each kind; the counts say how many there are. */
#define MOST_ROWS 60

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
  GPtrArray *groups;      /* of the page, to be taken out again */
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

static GtkWidget *
group_new (XqAnswersPreview *self, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
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
  GtkWidget *group = group_new (self, sheet, NULL);

  add_count (group, _ ("Rows with answers"), NULL, xq_answers_row_count (trial->answers), NULL);
  add_count (group, _ ("Belonging to somebody"), NULL, xq_answers_matched_count (trial->answers), "accent");
  add_count (group, _ ("Belonging to nobody"), _ ("These rows are left out"), xq_answers_unmatched (trial->answers)->len,
             "warning");
  add_count (group, _ ("Replaced by a later row"), _ ("Of several rows of a person the last one counts"),
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
  GtkWidget *group = group_new (self, _ ("What would come of it"), _ ("Nothing is written yet. A screening result is not a"
                                                                      " diagnosis: a warning asks for a talk."));

  for (guint i = 0; i < trial->result->counts->len; i++)
    {
      const XqAnswersCount *count = &g_array_index (trial->result->counts, XqAnswersCount, i);
      g_autofree char *title = g_strdup_printf (_ ("New sheets of %s"), count->instrument->label);
      g_autofree char *below = count_text (count);

      add_count (group, title, below, count->assessed, "accent");
    }
  show_warnings (group, &trial->raised);
}

/* -- how it was understood */

static GtkWidget *
item_row_new (const XqAnswersTrial *trial, const XqAnswersColumns *columns, guint item)
{
  const GPtrArray *titles = xq_answers_titles (trial->answers);
  int column = columns->item_columns[item];
  g_autofree char *asked = xq_item_title (&columns->instrument->items[item]);
  g_autofree char *title = g_strdup_printf ("%d. %s", columns->instrument->items[item].number, asked);
  g_autofree char *letters = column >= 0 ? xq_sheet_column_name ((guint) column) : NULL;
  g_autofree char *below = column >= 0 && (guint) column < titles->len
                               ? g_strdup_printf (_ ("column %s: %s"), letters, (char *) g_ptr_array_index (titles, column))
                               : g_strdup (_ ("no column"));

  return row_new (title, below);
}

static const char *
coding_text (XqAnswerCoding coding)
{
  return coding == XQ_CODING_NUMBER ? _ ("plain numbers are the option's place in the form")
         : coding == XQ_CODING_VALUE ? _ ("plain numbers are scores")
                                     : _ ("answers are in words");
}

static void
show_columns (XqAnswersPreview *self, const XqAnswersTrial *trial)
{
  const GPtrArray *all = xq_answers_columns (trial->answers);
  GtkWidget *group = group_new (self, _ ("How the columns were understood"), NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const XqAnswersColumns *columns = g_ptr_array_index (all, i);
      GtkWidget *expander = adw_expander_row_new ();
      g_autofree char *below = g_strdup_printf ("%s; %s",
                                                columns->by_text ? _ ("by the wording of the questions")
                                                                 : _ ("by the order of the columns"),
                                                coding_text (columns->coding));

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (expander), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), columns->instrument->label);
      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), below);
      for (guint item = 0; item < columns->instrument->n_all_items; item++)
        adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), item_row_new (trial, columns, item));
      add_row (group, expander);
    }
}

static void
show_left_out (XqAnswersPreview *self, const GPtrArray *rows, const char *title)
{
  GtkWidget *group;

  if (rows->len == 0)
    return;
  group = group_new (self, title, NULL);
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
  GtkWidget *group = group_new (self, _ ("The columns cannot be told yet"), NULL);
  GtkWidget *row = row_new (problem, _ ("Choose above which questionnaire was asked; its items are then taken in the order"
                                        " of the columns."));

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  add_row (group, row);
}

void
xq_answers_preview_set_trial (XqAnswersPreview *self, const XqAnswersTrial *trial)
{
  g_return_if_fail (XQ_IS_ANSWERS_PREVIEW (self));

  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (ADW_PREFERENCES_PAGE (self->page), g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  if (trial->problem != NULL)
    {
      show_problem (self, trial->problem);
      return;
    }
  show_rows (self, trial);
  show_effect (self, trial);
  show_columns (self, trial);
  show_left_out (self, xq_answers_unmatched (trial->answers), _ ("Rows that belong to nobody"));
  show_left_out (self, xq_answers_replaced (trial->answers), _ ("Rows that a later one replaces"));
}

/* -- choices */

static const char *
chosen_instrument (XqAnswersPreview *self, GtkWidget *combo)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (combo));

  return selected > 0 && selected <= self->instruments->len ? g_ptr_array_index (self->instruments, selected - 1) : NULL;
}

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
  order->coding = (XqAnswerCoding) adw_combo_row_get_selected (ADW_COMBO_ROW (self->coding));
  order->campaign_id
      = campaign > 0 && campaign <= self->campaigns->len ? g_array_index (self->campaigns, gint64, campaign - 1) : 0;
}

static void
on_chosen_cb (XqAnswersPreview *self)
{
  gtk_widget_set_visible (self->second, chosen_instrument (self, self->instrument) != NULL);
  g_signal_emit (self, rechosen_signal, 0);
}

static GtkWidget *
combo_new (XqAnswersPreview *self, const char *title, GtkStringList *labels)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_expression (ADW_COMBO_ROW (row), text);
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (row), TRUE);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (on_chosen_cb), self);
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

  self->instrument = combo_new (self, _ ("Questionnaire"), first);
  self->second = combo_new (self, _ ("Followed by"), second);
  self->campaign = combo_new (self, _ ("Part of the screening"), campaigns);
  self->coding = combo_new (self, _ ("Plain numbers mean"), numbers);
  gtk_widget_set_visible (self->second, FALSE);
  add_row (group, self->instrument);
  add_row (group, self->second);
  add_row (group, self->campaign);
  add_row (group, self->coding);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
}

static void
xq_answers_preview_dispose (GObject *object)
{
  XqAnswersPreview *self = XQ_ANSWERS_PREVIEW (object);

  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_pointer (&self->instruments, g_ptr_array_unref);
  g_clear_pointer (&self->campaigns, g_array_unref);
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
  self->groups = g_ptr_array_new ();
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
  return GTK_WIDGET (self);
}
