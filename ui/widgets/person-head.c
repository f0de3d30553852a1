#include "config.h"

#include "ui/widgets/person-head.h"

#include "ui/widgets/clock-label.h"
#include "ui/widgets/person-line.h"

GtkWidget *
xq_person_head_new (XqSession *session)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *line = xq_person_line_new (session);
  GtkWidget *clock = xq_clock_label_new ();
  GtkWidget *state = gtk_label_new (NULL);

  gtk_widget_set_hexpand (line, TRUE);
  gtk_widget_add_css_class (state, "pill-label");
  gtk_widget_set_valign (state, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), line);
  gtk_box_append (GTK_BOX (head), clock);
  gtk_box_append (GTK_BOX (head), state);
  g_object_set_data (G_OBJECT (head), "xq-line", line);
  g_object_set_data (G_OBJECT (head), "xq-clock", clock);
  g_object_set_data (G_OBJECT (head), "xq-state", state);
  return head;
}

void
xq_person_head_set (GtkWidget *head, const XqPersonRow *person, const char *state, gint64 from, gint64 due)
{
  GtkWidget *clock = g_object_get_data (G_OBJECT (head), "xq-clock");

  xq_person_line_set_row (g_object_get_data (G_OBJECT (head), "xq-line"), person);
  gtk_label_set_text (g_object_get_data (G_OBJECT (head), "xq-state"), state);
  xq_clock_label_set (XQ_CLOCK_LABEL (clock), from, due);
  gtk_widget_set_visible (clock, due > 0);
}
