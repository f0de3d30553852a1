#include "config.h"

#include "ui/widgets/clock-label.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"

#define MINUTE 60
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

struct _XqClockLabel
{
  GtkWidget parent_instance;

  GtkWidget *label;
  gint64 from;
  gint64 due;
  guint timer_id;
};

G_DEFINE_FINAL_TYPE (XqClockLabel, xq_clock_label, GTK_TYPE_WIDGET)

char *
xq_clock_words (gint64 due, gint64 now)
{
  gint64 left = due - now;
  gint64 size = ABS (left);
  gulong days = (gulong) (size / DAY);
  gulong hours = (gulong) (size / HOUR);
  gulong minutes = (gulong) (size / MINUTE);

  if (size < MINUTE)
    return g_strdup (_("Due now"));
  if (left > 0 && size >= 2 * DAY)
    return g_strdup_printf (ngettext ("%lu day left", "%lu days left", days), days);
  if (left > 0 && size >= HOUR)
    return g_strdup_printf (ngettext ("%lu hour left", "%lu hours left", hours), hours);
  if (left > 0)
    return g_strdup_printf (ngettext ("%lu minute left", "%lu minutes left", minutes), minutes);
  if (size >= DAY)
    return g_strdup_printf (ngettext ("%lu day late", "%lu days late", days), days);
  if (size >= HOUR)
    return g_strdup_printf (ngettext ("%lu hour late", "%lu hours late", hours), hours);
  return g_strdup_printf (ngettext ("%lu minute late", "%lu minutes late", minutes), minutes);
}

static void
set_style (XqClockLabel *self, const char *style, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), style);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), style);
}

static void
update (XqClockLabel *self)
{
  gint64 now = xq_clock_now ();
  gint64 from = self->from > 0 ? self->from : self->due - DAY;
  gboolean late = self->due > 0 && now > self->due;
  g_autofree char *words = self->due > 0 ? xq_clock_words (self->due, now) : g_strdup ("");

  gtk_label_set_label (GTK_LABEL (self->label), words);
  set_style (self, "late", late);
  set_style (self, "soon", self->due > 0 && !late && (self->due - now) * 4 <= self->due - from);
}

static gboolean
on_timer_cb (gpointer user_data)
{
  update (XQ_CLOCK_LABEL (user_data));
  return G_SOURCE_CONTINUE;
}

static void
xq_clock_label_map (GtkWidget *widget)
{
  XqClockLabel *self = XQ_CLOCK_LABEL (widget);

  GTK_WIDGET_CLASS (xq_clock_label_parent_class)->map (widget);
  update (self);
  self->timer_id = g_timeout_add_seconds (30, on_timer_cb, self);
}

static void
xq_clock_label_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&XQ_CLOCK_LABEL (widget)->timer_id, g_source_remove);
  GTK_WIDGET_CLASS (xq_clock_label_parent_class)->unmap (widget);
}

static void
xq_clock_label_dispose (GObject *object)
{
  XqClockLabel *self = XQ_CLOCK_LABEL (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_clock_label_parent_class)->dispose (object);
}

static void
xq_clock_label_class_init (XqClockLabelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_clock_label_dispose;
  widget_class->map = xq_clock_label_map;
  widget_class->unmap = xq_clock_label_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "clocklabel");
}

static void
xq_clock_label_init (XqClockLabel *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 1);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
xq_clock_label_new (void)
{
  return g_object_new (XQ_TYPE_CLOCK_LABEL, NULL);
}

void
xq_clock_label_set (XqClockLabel *self, gint64 from, gint64 due)
{
  g_return_if_fail (XQ_IS_CLOCK_LABEL (self));

  self->from = from;
  self->due = due;
  update (self);
}
