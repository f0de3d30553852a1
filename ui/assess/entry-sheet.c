#include "config.h"

#include "ui/assess/entry-sheet.h"

#include <glib/gi18n-lib.h>

#define MOST_DIGIT 9
#define GROUP      5  /* answers that stand together, as on paper */
#define LINE       25 /* answers in a line */

struct _XqEntrySheet
{
  GtkWidget parent_instance;

  const XqInstrument *instrument;
  GArray *answers; /* of int */
  guint position;  /* the item that is asked; the number of items at the end */
  GtkWidget *content;
  GtkWidget *progress;
  GtkWidget *number;
  GtkWidget *question;
  GtkWidget *options;
  GtkWidget *given;
};

G_DEFINE_FINAL_TYPE (XqEntrySheet, xq_entry_sheet, GTK_TYPE_WIDGET)

static guint finished_signal, resumed_signal, changed_signal;

static const XqItem *
present_item (XqEntrySheet *self)
{
  if (self->instrument == NULL || self->position >= self->instrument->n_all_items)
    return NULL;
  return &self->instrument->items[self->position];
}

/* Digits are the scores where all of them are digits, as most forms print them; else the places from 1. */
static gboolean
digits_are_scores (const XqOptionList *list)
{
  return list->lowest >= 0 && list->highest <= MOST_DIGIT;
}

static int
digit_of (const XqOptionList *list, guint option)
{
  return digits_are_scores (list) ? list->options[option].value : (int) option + 1;
}

/* -- showing */

/* "01230 2·113", a blank as a dot. (transfer full) */
static char *
given_text (XqEntrySheet *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->position; i++)
    {
      int answer = g_array_index (self->answers, int, i);

      if (i > 0 && i % LINE == 0)
        g_string_append_c (text, '\n');
      else if (i > 0 && i % GROUP == 0)
        g_string_append (text, "  ");
      if (answer == XQ_ANSWER_BLANK)
        g_string_append (text, "·");
      else
        g_string_append_printf (text, answer > MOST_DIGIT ? " %d" : "%d", answer);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void answer (XqEntrySheet *self, int value);

static void
on_option_clicked_cb (GtkButton *button, XqEntrySheet *self)
{
  answer (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "value")));
}

static GtkWidget *
option_new (XqEntrySheet *self, const XqOptionList *list, guint option, int chosen)
{
  const XqAnswerOption *each = &list->options[option];
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *digit = g_strdup_printf ("%d", digit_of (list, option));
  g_autofree char *spoken = g_strdup_printf ("%s %s", digit, xq_words_get (&each->label));
  GtkWidget *key = gtk_label_new (digit);
  GtkWidget *label = gtk_label_new (xq_words_get (&each->label));

  gtk_widget_add_css_class (key, "keys");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (box), key);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, each->value == chosen ? "suggested-action" : "entry-option");
  g_object_set_data (G_OBJECT (button), "value", GINT_TO_POINTER (each->value));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_option_clicked_cb), self);
  return button;
}

static void
show_options (XqEntrySheet *self, const XqItem *item)
{
  int chosen = g_array_index (self->answers, int, self->position);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->options)) != NULL)
    gtk_box_remove (GTK_BOX (self->options), child);
  for (guint i = 0; i < item->options->n_options; i++)
    gtk_box_append (GTK_BOX (self->options), option_new (self, item->options, i, chosen));
}

static void
show (XqEntrySheet *self)
{
  const XqItem *item = present_item (self);
  guint all = self->instrument->n_all_items;
  g_autofree char *given = given_text (self);
  g_autofree char *number = NULL, *question = NULL;

  gtk_label_set_text (GTK_LABEL (self->given), given);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), (double) self->position / all);
  if (item == NULL)
    return;
  number = g_strdup_printf (item->extra ? _ ("Item %u of %u, asked beside: may be left blank") : _ ("Item %u of %u"),
                            self->position + 1, all);
  question = xq_item_title (item);
  gtk_label_set_text (GTK_LABEL (self->number), number);
  gtk_label_set_text (GTK_LABEL (self->question), question);
  show_options (self, item);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_accessible_announce (GTK_ACCESSIBLE (self), question, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* -- answering */

static void
answer (XqEntrySheet *self, int value)
{
  if (present_item (self) == NULL)
    return;
  g_array_index (self->answers, int, self->position) = value;
  self->position++;
  show (self);
  g_signal_emit (self, changed_signal, 0);
  if (self->position == self->instrument->n_all_items)
    g_signal_emit (self, finished_signal, 0);
}

void
xq_entry_sheet_go_back (XqEntrySheet *self)
{
  gboolean was_finished;

  g_return_if_fail (XQ_IS_ENTRY_SHEET (self));

  was_finished = present_item (self) == NULL;
  if (self->position == 0)
    return;
  self->position--;
  if (was_finished)
    g_signal_emit (self, resumed_signal, 0);
  show (self);
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
choose_digit (XqEntrySheet *self, int digit)
{
  const XqItem *item = present_item (self);

  for (guint i = 0; item != NULL && i < item->options->n_options; i++)
    if (digit_of (item->options, i) == digit)
      {
        answer (self, item->options->options[i].value);
        return TRUE;
      }
  gtk_widget_error_bell (GTK_WIDGET (self));
  return TRUE;
}

static gboolean
on_key_pressed_cb (XqEntrySheet *self, guint key, guint code, GdkModifierType state)
{
  if (self->instrument == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key >= GDK_KEY_0 && key <= GDK_KEY_9)
    return choose_digit (self, (int) (key - GDK_KEY_0));
  if (key >= GDK_KEY_KP_0 && key <= GDK_KEY_KP_9)
    return choose_digit (self, (int) (key - GDK_KEY_KP_0));
  if (key == GDK_KEY_BackSpace)
    xq_entry_sheet_go_back (self);
  else if ((key == GDK_KEY_space || key == GDK_KEY_KP_Decimal) && gtk_widget_has_focus (GTK_WIDGET (self)))
    answer (self, XQ_ANSWER_BLANK);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

void
xq_entry_sheet_set_instrument (XqEntrySheet *self, const XqInstrument *instrument)
{
  g_return_if_fail (XQ_IS_ENTRY_SHEET (self));
  g_return_if_fail (instrument != NULL);

  self->instrument = instrument;
  self->position = 0;
  g_array_set_size (self->answers, instrument->n_all_items);
  for (guint i = 0; i < instrument->n_all_items; i++)
    g_array_index (self->answers, int, i) = XQ_ANSWER_BLANK;
  show (self);
}

const int *
xq_entry_sheet_answers (XqEntrySheet *self)
{
  g_return_val_if_fail (XQ_IS_ENTRY_SHEET (self), NULL);
  return (const int *) (gpointer) self->answers->data;
}

char *
xq_entry_sheet_dup_text (XqEntrySheet *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (XQ_IS_ENTRY_SHEET (self), NULL);

  for (guint i = 0; i < self->position; i++)
    {
      int given = g_array_index (self->answers, int, i);

      if (given == XQ_ANSWER_BLANK)
        g_string_append (text, i > 0 ? " -" : "-");
      else
        g_string_append_printf (text, i > 0 ? " %d" : "%d", given);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
xq_entry_sheet_set_text (XqEntrySheet *self, const char *text)
{
  g_auto (GStrv) words = NULL;

  g_return_if_fail (XQ_IS_ENTRY_SHEET (self));
  g_return_if_fail (self->instrument != NULL);

  words = g_strsplit (text, " ", -1);
  self->position = 0;
  for (char **word = words; *word != NULL && self->position < self->instrument->n_all_items; word++)
    g_array_index (self->answers, int, self->position++)
        = g_str_equal (*word, "-") ? XQ_ANSWER_BLANK : (int) g_ascii_strtoll (*word, NULL, 10);
  show (self);
  if (self->position == self->instrument->n_all_items)
    g_signal_emit (self, finished_signal, 0);
}

static void
xq_entry_sheet_dispose (GObject *object)
{
  XqEntrySheet *self = XQ_ENTRY_SHEET (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->answers, g_array_unref);
  G_OBJECT_CLASS (xq_entry_sheet_parent_class)->dispose (object);
}

static void
xq_entry_sheet_class_init (XqEntrySheetClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_entry_sheet_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  finished_signal
      = g_signal_new ("finished", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  changed_signal
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  resumed_signal
      = g_signal_new ("resumed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
label_new (const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
xq_entry_sheet_init (XqEntrySheet *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *hint;

  self->answers = g_array_new (FALSE, FALSE, sizeof (int));
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->progress = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Items answered"), -1);
  self->number = label_new ("dimmed", 0);
  self->question = label_new ("title-3", 0);
  gtk_widget_set_size_request (self->question, -1, 72);
  gtk_label_set_yalign (GTK_LABEL (self->question), 0);
  self->options = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  hint = label_new ("caption", 0);
  gtk_label_set_text (GTK_LABEL (hint), _ ("A digit answers and goes on · Space leaves blank · Backspace goes back"));
  gtk_widget_add_css_class (hint, "dimmed");
  self->given = label_new ("monospace", 0);
  gtk_label_set_selectable (GTK_LABEL (self->given), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->given), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Answers so far"), -1);
  gtk_box_append (GTK_BOX (self->content), self->progress);
  gtk_box_append (GTK_BOX (self->content), self->number);
  gtk_box_append (GTK_BOX (self->content), self->question);
  gtk_box_append (GTK_BOX (self->content), self->options);
  gtk_box_append (GTK_BOX (self->content), hint);
  gtk_box_append (GTK_BOX (self->content), self->given);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
xq_entry_sheet_new (void)
{
  return g_object_new (XQ_TYPE_ENTRY_SHEET, NULL);
}
