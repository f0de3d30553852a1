#include "config.h"

#include "ui/widgets/board.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "ui/widgets/clock-label.h"
#include "ui/widgets/level-chip.h"
#include "ui/widgets/person-line.h"
#include "ui/widgets/simple.h"

/* Three columns stand beside the sidebar of the smallest window, six beside that of a large one. */
#define COLUMN_WIDTH 204

typedef struct
{
  const XqBoardColumn *column;
  GtkWidget *box;
  GtkWidget *count;
  GtkWidget *list;
  GPtrArray *cards; /* of GtkWidget, which the list owns */
  guint total;      /* more than there are cards when some were left out */
  char *more;
} Column;

struct _XqBoard
{
  GtkWidget parent_instance;

  XqSession *session;
  GtkWidget *scroller;
  Column *columns;
  guint n_columns;
  gint64 current; /* the card that had the keyboard last */
  gboolean had_focus;
};

G_DEFINE_FINAL_TYPE (XqBoard, xq_board, GTK_TYPE_WIDGET)

static guint opened_signal;

static gint64
id_of (GtkWidget *card)
{
  return *(gint64 *) g_object_get_data (G_OBJECT (card), "xq-id");
}

/* Where the card with this id stands; FALSE when it is not on the board. */
static gboolean
find_card (XqBoard *self, gint64 id, guint *ret_column, guint *ret_index)
{
  for (guint c = 0; c < self->n_columns; c++)
    for (guint i = 0; i < self->columns[c].cards->len; i++)
      if (id_of (self->columns[c].cards->pdata[i]) == id)
        {
          *ret_column = c;
          *ret_index = i;
          return TRUE;
        }
  return FALSE;
}

/* -- the keyboard */

/* To the @index-th card of a column, or its last one; FALSE when it has none. */
static gboolean
go_to (XqBoard *self, guint column, guint index)
{
  GPtrArray *cards = self->columns[column].cards;

  return cards->len > 0 && gtk_widget_grab_focus (cards->pdata[MIN (index, cards->len - 1)]);
}

static gboolean
enter (XqBoard *self)
{
  guint column, index;

  if (find_card (self, self->current, &column, &index))
    return go_to (self, column, index);
  for (column = 0; column < self->n_columns; column++)
    if (go_to (self, column, 0))
      return TRUE;
  return FALSE;
}

/* Sideways to the next column that has cards. */
static gboolean
go_sideways (XqBoard *self, int column, guint index, int step)
{
  for (column += step; column >= 0 && column < (int) self->n_columns; column += step)
    if (go_to (self, (guint) column, index))
      return TRUE;
  return FALSE;
}

static gboolean
xq_board_focus (GtkWidget *widget, GtkDirectionType direction)
{
  XqBoard *self = XQ_BOARD (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  guint column, index;

  if (!xq_has_focus_within (widget))
    return enter (self);
  if (!find_card (self, self->current, &column, &index))
    return FALSE;
  switch (direction)
    {
    case GTK_DIR_UP:
      return index > 0 && go_to (self, column, index - 1);
    case GTK_DIR_DOWN:
      /* Below the last card there is nothing: the keyboard stays. */
      return go_to (self, column, index + 1);
    case GTK_DIR_LEFT:
    case GTK_DIR_RIGHT:
      return go_sideways (self, (int) column, index, (direction == GTK_DIR_RIGHT) != mirrored ? 1 : -1);
    case GTK_DIR_TAB_FORWARD:
    case GTK_DIR_TAB_BACKWARD:
    default:
      return FALSE;
    }
}

static gboolean
xq_board_grab_focus (GtkWidget *widget)
{
  return enter (XQ_BOARD (widget));
}

static void
on_end_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  XqBoard *self = XQ_BOARD (widget);
  guint column, index;

  if (find_card (self, self->current, &column, &index))
    go_to (self, column, g_str_equal (action, "board.first") ? 0 : G_MAXUINT);
}

static void
on_card_focus_cb (GtkWidget *card, GParamSpec *pspec, XqBoard *self)
{
  if (gtk_widget_has_focus (card))
    self->current = id_of (card);
}

static void
on_card_clicked_cb (GtkWidget *card, XqBoard *self)
{
  self->current = id_of (card);
  g_signal_emit (self, opened_signal, 0, self->current);
}

/* -- life */

static void
xq_board_dispose (GObject *object)
{
  XqBoard *self = XQ_BOARD (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_board_parent_class)->dispose (object);
}

static void
xq_board_finalize (GObject *object)
{
  XqBoard *self = XQ_BOARD (object);

  for (guint i = 0; i < self->n_columns; i++)
    {
      g_ptr_array_unref (self->columns[i].cards);
      g_free (self->columns[i].more);
    }
  g_free (self->columns);
  G_OBJECT_CLASS (xq_board_parent_class)->finalize (object);
}

static void
xq_board_class_init (XqBoardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_board_dispose;
  G_OBJECT_CLASS (class)->finalize = xq_board_finalize;
  widget_class->focus = xq_board_focus;
  widget_class->grab_focus = xq_board_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "board");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "board.first", NULL, on_end_action);
  gtk_widget_class_install_action (widget_class, "board.last", NULL, on_end_action);
  opened_signal = g_signal_new ("opened", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_INT64);
}

/* Before the scrolled windows see them, which would scroll and leave the keyboard where it was. */
static void
add_end_keys (GtkWidget *widget)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Home, 0), gtk_named_action_new ("board.first")));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_End, 0), gtk_named_action_new ("board.last")));
  gtk_widget_add_controller (widget, keys);
}

static void
xq_board_init (XqBoard *self)
{
  add_end_keys (GTK_WIDGET (self));
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

static GtkWidget *
label_new (const char *text, const char *css_class, int lines)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (label), lines > 1);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
column_new (Column *column)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  column->box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  column->count = label_new ("", "dim-label", 1);
  column->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  column->cards = g_ptr_array_new ();
  gtk_widget_add_css_class (column->count, "numeric");
  gtk_box_append (GTK_BOX (head), label_new (_ (column->column->title), "heading", 1));
  gtk_box_append (GTK_BOX (head), column->count);
  gtk_widget_add_css_class (head, "board-head");
  gtk_widget_add_css_class (column->list, "board-list");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column->list);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (column->box), head);
  gtk_box_append (GTK_BOX (column->box), scroller);
  gtk_widget_add_css_class (column->box, "board-column");
  gtk_widget_set_size_request (column->box, COLUMN_WIDTH, -1);
  gtk_widget_set_hexpand (column->box, TRUE);
  return g_object_ref_sink (column->box);
}

GtkWidget *
xq_board_new (XqSession *session, const XqBoardColumn *columns, guint n_columns)
{
  XqBoard *self = g_object_new (XQ_TYPE_BOARD, NULL);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->session = g_object_ref (session);
  self->n_columns = n_columns;
  self->columns = g_new0 (Column, n_columns);
  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  for (guint i = 0; i < n_columns; i++)
    {
      g_autoptr (GtkWidget) column = NULL;

      self->columns[i].column = &columns[i];
      column = column_new (&self->columns[i]);
      gtk_box_append (GTK_BOX (row), column);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), row);
  return GTK_WIDGET (self);
}

/* -- filling it */

/* Level, how urgent, how it stands and the time left, as many on a line as there is room for. */
static GtkWidget *
foot_new (const XqBoardCard *card)
{
  GtkWidget *foot = adw_wrap_box_new ();
  GtkWidget *clock = xq_clock_label_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (foot), 8);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (foot), 4);
  if (card->level > 0)
    adw_wrap_box_append (ADW_WRAP_BOX (foot), xq_level_chip_new (card->level));
  if (card->pill != NULL)
    {
      GtkWidget *pill = label_new (card->pill, "pill-label", 1);

      if (card->pill_style != NULL)
        gtk_widget_add_css_class (pill, card->pill_style);
      adw_wrap_box_append (ADW_WRAP_BOX (foot), pill);
    }
  if (card->state != NULL)
    adw_wrap_box_append (ADW_WRAP_BOX (foot), label_new (card->state, "dim-label", 1));
  xq_clock_label_set (XQ_CLOCK_LABEL (clock), card->clock_from, card->clock_due);
  gtk_widget_set_visible (clock, card->clock_due > 0);
  adw_wrap_box_append (ADW_WRAP_BOX (foot), clock);
  return foot;
}

/* All that the card shows, in one breath. */
static char *
spoken_words (XqBoard *self, const XqBoardCard *card)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autofree char *clock = card->clock_due > 0 ? xq_clock_words (card->clock_due, xq_clock_now ()) : NULL;
  g_auto (GStrv) all = NULL;

  g_strv_builder_take (words, xq_session_name (self->session, card->name));
  if (card->unit != NULL)
    g_strv_builder_add (words, card->unit);
  if (card->level > 0)
    g_strv_builder_add (words, xq_level_words (card->level));
  if (card->pill != NULL)
    g_strv_builder_add (words, card->pill);
  g_strv_builder_add (words, card->text);
  if (card->state != NULL)
    g_strv_builder_add (words, card->state);
  if (clock != NULL)
    g_strv_builder_add (words, clock);
  all = g_strv_builder_end (words);
  return g_strjoinv (_ (", "), all);
}

void
xq_board_begin (XqBoard *self)
{
  g_return_if_fail (XQ_IS_BOARD (self));

  self->had_focus = xq_has_focus_within (GTK_WIDGET (self));
  for (guint i = 0; i < self->n_columns; i++)
    {
      Column *column = &self->columns[i];
      GtkWidget *child;

      while ((child = gtk_widget_get_first_child (column->list)) != NULL)
        gtk_box_remove (GTK_BOX (column->list), child);
      g_ptr_array_set_size (column->cards, 0);
      column->total = 0;
      g_clear_pointer (&column->more, g_free);
    }
}

void
xq_board_add (XqBoard *self, guint column, const XqBoardCard *card)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line;
  g_autofree char *spoken = NULL;

  g_return_if_fail (XQ_IS_BOARD (self));
  g_return_if_fail (column < self->n_columns);

  line = xq_person_line_new (self->session);
  spoken = spoken_words (self, card);
  /* The class below the name: a column is narrow. */
  xq_person_line_set (XQ_PERSON_LINE (line), card->name, NULL, 0, NULL);
  xq_person_line_set_detail (XQ_PERSON_LINE (line), card->unit);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), label_new (card->text, "caption", 2));
  gtk_box_append (GTK_BOX (box), foot_new (card));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "board-card");
  g_object_set_data_full (G_OBJECT (button), "xq-id", g_memdup2 (&card->id, sizeof card->id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_card_clicked_cb), self);
  g_signal_connect (button, "notify::has-focus", G_CALLBACK (on_card_focus_cb), self);
  g_ptr_array_add (self->columns[column].cards, button);
  gtk_box_append (GTK_BOX (self->columns[column].list), button);
}

void
xq_board_set_total (XqBoard *self, guint column, guint total, const char *more)
{
  g_return_if_fail (XQ_IS_BOARD (self));
  g_return_if_fail (column < self->n_columns);

  self->columns[column].total = total;
  g_set_str (&self->columns[column].more, more);
}

void
xq_board_end (XqBoard *self)
{
  g_return_if_fail (XQ_IS_BOARD (self));

  for (guint i = 0; i < self->n_columns; i++)
    {
      Column *column = &self->columns[i];
      guint total = MAX (column->total, column->cards->len);
      g_autofree char *count = g_strdup_printf ("%u", total);
      g_autofree char *spoken = g_strdup_printf ("%s %s", _ (column->column->title), count);

      gtk_label_set_text (GTK_LABEL (column->count), count);
      gtk_accessible_update_property (GTK_ACCESSIBLE (column->box), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
      if (column->more != NULL && total > column->cards->len)
        gtk_box_append (GTK_BOX (column->list), label_new (column->more, "dim-label", 3));
      if (total == 0 && column->column->empty != NULL)
        gtk_box_append (GTK_BOX (column->list), label_new (_ (column->column->empty), "dim-label", 4));
    }
  if (self->had_focus)
    enter (self);
}
