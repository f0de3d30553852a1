#include "config.h"

#include "ui/widgets/text-area.h"

struct _XqTextArea
{
  GtkWidget parent_instance;

  GtkWidget *frame;
  GtkWidget *view;
};

G_DEFINE_FINAL_TYPE (XqTextArea, xq_text_area, GTK_TYPE_WIDGET)

static guint changed_signal;

static GtkTextBuffer *
buffer_of (XqTextArea *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
}

char *
xq_text_area_get_text (XqTextArea *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (XQ_IS_TEXT_AREA (self), NULL);

  gtk_text_buffer_get_bounds (buffer_of (self), &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer_of (self), &start, &end, FALSE));
}

void
xq_text_area_set_text (XqTextArea *self, const char *text)
{
  g_return_if_fail (XQ_IS_TEXT_AREA (self));

  gtk_text_buffer_set_text (buffer_of (self), text, -1);
}

static void
on_changed_cb (XqTextArea *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
xq_text_area_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (XQ_TEXT_AREA (widget)->view);
}

static void
xq_text_area_dispose (GObject *object)
{
  XqTextArea *self = XQ_TEXT_AREA (object);

  g_clear_pointer (&self->frame, gtk_widget_unparent);
  self->view = NULL;
  G_OBJECT_CLASS (xq_text_area_parent_class)->dispose (object);
}

static void
xq_text_area_class_init (XqTextAreaClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_text_area_dispose;
  widget_class->grab_focus = xq_text_area_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
xq_text_area_init (XqTextArea *self)
{
  self->view = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  g_object_set (self->view, "left-margin", 12, "right-margin", 12, "top-margin", 9, "bottom-margin", 9, NULL);
  gtk_text_buffer_set_enable_undo (buffer_of (self), FALSE);
  g_signal_connect_object (buffer_of (self), "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  self->frame = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->frame), self->view);
  gtk_widget_add_css_class (self->frame, "card");
  gtk_widget_set_overflow (self->frame, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_parent (self->frame, GTK_WIDGET (self));
}

GtkWidget *
xq_text_area_new (const char *label, int height)
{
  XqTextArea *self = g_object_new (XQ_TYPE_TEXT_AREA, NULL);

  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->frame), height);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}
