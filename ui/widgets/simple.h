/* Small pieces that make pages look alike. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

/* The head of a page: a title, a line below (nullable), and room for buttons at its end (gtk_box_append). */
GtkWidget *xq_heading_new (const char *title, const char *subtitle);
void xq_heading_set (GtkWidget *heading, const char *title, const char *subtitle);
/* A button of a heading: @action is a detailed name; @suggested for the one that matters most. */
GtkWidget *xq_heading_add_button (GtkWidget *heading, const char *label, const char *action, gboolean suggested);

/* What belongs here, and the first step: @button and @action may be %NULL. */
GtkWidget *xq_empty_state_new (const char *icon, const char *title, const char *description, const char *button,
                               const char *action);

/* The number, what it counts, and a line below; @tone is "plain", "accent", "warning" or "error". A tile with an @action
 * (detailed, nullable) is a button. */
GtkWidget *xq_tile_new (const char *action);
void xq_tile_set (GtkWidget *tile, const char *value, const char *title, const char *note, const char *tone);

/* A card with a heading (nullable) around @child. */
GtkWidget *xq_card_new (const char *title, GtkWidget *child);

/* A row of choices above a list; it wraps where the window is narrow. */
GtkWidget *xq_filters_new (void);
/* A table in a card that scrolls by itself; arrows walk its rows, Tab goes on, not through a thousand of them. @label is read
 * aloud. */
GtkWidget *xq_table_card_new (GtkWidget *view, const char *label);
/* The title of a column of numbers stands over their right edges; call it when the column is in its view. */
void xq_column_title_to_end (GtkColumnView *view, guint position);

/* A page that fills the window: @heading, and below it @body, which takes what is left; with the usual margins. */
GtkWidget *xq_page_full_new (GtkWidget *heading, GtkWidget *body);

/* A boxed list that nobody chooses from; @label is read aloud. */
GtkWidget *xq_boxed_list_new (const char *label);
/* @child below a small heading. */
GtkWidget *xq_titled_new (const char *title, GtkWidget *child);
/* What went wrong, below what was asked; hidden until xq_problem_label_set() says something (%NULL: hidden again), which is
 * read aloud. */
GtkWidget *xq_problem_label_new (void);
void xq_problem_label_set (GtkWidget *label, const char *message);

/* A scrolled page whose content is clamped to a readable @width (0: the usual 960) with the usual margins. */
GtkWidget *xq_page_clamp_new (GtkWidget *content, int width);

/* Whether the keyboard is in @widget or in something inside it. */
gboolean xq_has_focus_within (GtkWidget *widget);

/* A tag of a person in words, as a small pill. */
GtkWidget *xq_tag_pill_new (const char *tag);

G_END_DECLS
