/* A board: columns of cards, one card a person on their way. Its columns stand side by side as long as there is room (then
 * the board scrolls sideways); each scrolls by itself below its heading.
 *
 * For the keyboard a board is one stop: Tab comes to the card that had the keyboard last, or to the first one, and leaves;
 * the arrows go from card to card and column to column, Home and End to the ends of a column, Enter opens. Filled anew, it
 * keeps the keyboard on the same card. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_BOARD (xq_board_get_type ())
G_DECLARE_FINAL_TYPE (XqBoard, xq_board, XQ, BOARD, GtkWidget)

/* Signal "opened" (gint64 id): a card was clicked, or Enter was pressed on it. */

/**
 * XqBoardColumn:
 * @title: a msgid
 * @empty: (nullable): a msgid: what is said in the column while it has no card
 */
typedef struct
{
  const char *title;
  const char *empty;
} XqBoardColumn;

/**
 * XqBoardCard:
 * @id: what "opened" gives
 * @name: of the person; masked here
 * @unit: (nullable): their class
 * @level: 0–3
 * @text: what it is about
 * @state: (nullable): how it stands, where the column does not say it
 * @pill: (nullable): a word that is set off, @pill_style (nullable) its style class
 * @clock_from: when the clock began, see xq_clock_label_set()
 * @clock_due: when it runs out; 0 for no clock
 *
 * All words are translated already, and copied.
 */
typedef struct
{
  gint64 id;
  const char *name;
  const char *unit;
  int level;
  const char *text;
  const char *state;
  const char *pill;
  const char *pill_style;
  gint64 clock_from;
  gint64 clock_due;
} XqBoardCard;

/* @columns is static. */
GtkWidget *xq_board_new (XqSession *session, const XqBoardColumn *columns, guint n_columns);
/* Fills the board between these two; what stood there is gone. */
void xq_board_begin (XqBoard *self);
void xq_board_end (XqBoard *self);
void xq_board_add (XqBoard *self, guint column, const XqBoardCard *card);
/* There are @total cards for this column, of which only some were added: @more says what to do about the others. */
void xq_board_set_total (XqBoard *self, guint column, guint total, const char *more);

G_END_DECLS
