#include "config.h"

#include "ui/calendar/week-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/clock.h"
#include "base/date.h"
#include "ui/widgets/simple.h"

#define DAYS         7
/* An hour takes three lines of text and a little, a usual talk of 50 minutes two. */
#define HOUR_LINES   2.9
#define HOUR_HEIGHT  54
#define AXIS_WIDTH   52
#define AXIS_GAP     8
#define DAY_WIDTH    80
#define FIRST_HOUR   8
#define LAST_HOUR    18
#define LEAST_HEIGHT 26

/* A block on the grid: where it stands in its day, and beside how many others. */
typedef struct
{
  GtkWidget *widget;
  int day;
  int from; /* minutes of the day */
  int to;
  int lane;
  int lanes;
} Block;

struct _XqWeekView
{
  GtkWidget parent_instance;

  XqWeekBlock make_block;
  gpointer user_data;
  GArray *blocks;
  char *dates[DAYS];
  gboolean free_day[DAYS];
  int today; /* -1 when it is another week */
  int first_hour;
  int last_hour;
  int hour_height; /* both follow the size of the text */
  int axis_width;
};

G_DEFINE_FINAL_TYPE (XqWeekView, xq_week_view, GTK_TYPE_WIDGET)

static guint picked_signal;

static void
clear_blocks (XqWeekView *self)
{
  for (guint i = 0; i < self->blocks->len; i++)
    gtk_widget_unparent (g_array_index (self->blocks, Block, i).widget);
  g_array_set_size (self->blocks, 0);
}

static int
minutes_of (gint64 at, const char *date)
{
  return (int) CLAMP ((at - xq_date_start (date)) / 60, 0, 24 * 60);
}

static void
add_block (XqWeekView *self, int day, const XqCalendarEntry *entry)
{
  Block block = { .day = day, .lanes = 1 };

  if (entry->all_day)
    return;
  block.from = minutes_of (entry->starts_at, self->dates[day]);
  block.to = MAX (minutes_of (entry->ends_at, self->dates[day]), block.from + 15);
  block.widget = self->make_block (entry, self->user_data);
  gtk_widget_set_parent (block.widget, GTK_WIDGET (self));
  g_array_append_val (self->blocks, block);
  self->first_hour = MIN (self->first_hour, block.from / 60);
  self->last_hour = MAX (self->last_hour, (block.to + 59) / 60);
}

static gboolean
is_lane_taken (GArray *blocks, guint chain, guint before, int lane)
{
  const Block *block = &g_array_index (blocks, Block, before);

  for (guint i = chain; i < before; i++)
    {
      const Block *other = &g_array_index (blocks, Block, i);

      if (other->lane == lane && other->from < block->to && block->from < other->to)
        return TRUE;
    }
  return FALSE;
}

/* Blocks come in the order of time: each takes the first lane that is free, and a chain of blocks that touch one
 * another shares its number of lanes. */
static void
share_lanes (XqWeekView *self)
{
  guint chain = 0;
  int until = 0, day = -1;

  for (guint i = 0; i < self->blocks->len; i++)
    {
      Block *block = &g_array_index (self->blocks, Block, i);
      int lanes = 1;

      if (block->day != day || block->from >= until)
        {
          chain = i;
          until = 0;
          day = block->day;
        }
      while (is_lane_taken (self->blocks, chain, i, block->lane))
        block->lane++;
      until = MAX (until, block->to);
      for (guint k = chain; k <= i; k++)
        lanes = MAX (lanes, g_array_index (self->blocks, Block, k).lane + 1);
      for (guint k = chain; k <= i; k++)
        g_array_index (self->blocks, Block, k).lanes = lanes;
    }
}

void
xq_week_view_set_week (XqWeekView *self, const XqCalendarWeek *week)
{
  g_return_if_fail (XQ_IS_WEEK_VIEW (self));

  clear_blocks (self);
  self->first_hour = FIRST_HOUR;
  self->last_hour = LAST_HOUR;
  self->today = -1;
  for (guint i = 0; i < DAYS && i < week->days->len; i++)
    {
      const XqCalendarDay *day = g_ptr_array_index (week->days, i);

      g_set_str (&self->dates[i], day->date);
      self->free_day[i] = !day->working;
      if (day->today)
        self->today = (int) i;
      for (guint k = 0; k < day->entries->len; k++)
        add_block (self, (int) i, g_ptr_array_index (day->entries, k));
    }
  share_lanes (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
measure_text (XqWeekView *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "00:00");
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  self->hour_height = MAX (HOUR_HEIGHT, (int) (HOUR_LINES * height));
  self->axis_width = MAX (AXIS_WIDTH, width + 2 * AXIS_GAP);
}

static double
day_width (XqWeekView *self)
{
  return (gtk_widget_get_width (GTK_WIDGET (self)) - self->axis_width) / (double) DAYS;
}

static double
height_at (XqWeekView *self, double minutes)
{
  return (minutes / 60.0 - self->first_hour) * self->hour_height;
}

static void
xq_week_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  XqWeekView *self = XQ_WEEK_VIEW (widget);

  measure_text (self);
  for (guint i = 0; i < self->blocks->len; i++)
    gtk_widget_measure (g_array_index (self->blocks, Block, i).widget, orientation, -1, NULL, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = self->axis_width + DAYS * DAY_WIDTH;
  else
    *minimum = *natural = (self->last_hour - self->first_hour) * self->hour_height + 1;
}

static void
xq_week_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  XqWeekView *self = XQ_WEEK_VIEW (widget);
  double column = day_width (self);

  for (guint i = 0; i < self->blocks->len; i++)
    {
      const Block *block = &g_array_index (self->blocks, Block, i);
      double lane = (column - 4) / block->lanes;
      int least_width, least_height;
      GtkAllocation place;

      gtk_widget_measure (block->widget, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
      gtk_widget_measure (block->widget, GTK_ORIENTATION_VERTICAL, -1, &least_height, NULL, NULL, NULL);
      place.x = (int) (self->axis_width + block->day * column + 2 + block->lane * lane);
      place.y = (int) height_at (self, block->from) + 1;
      place.width = MAX ((int) lane - 2, least_width);
      place.height = MAX (MAX ((int) (height_at (self, block->to) - height_at (self, block->from)) - 2, LEAST_HEIGHT),
                          least_height);
      gtk_widget_size_allocate (block->widget, &place, -1);
    }
}

static void
draw_now (XqWeekView *self, GtkSnapshot *snapshot, double column)
{
  g_autoptr (GDateTime) now = xq_clock_local (xq_clock_now ());
  double y = height_at (self, g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now));
  const GdkRGBA red = { 0.75f, 0.11f, 0.16f, 1 };

  if (self->today >= 0 && y >= 0)
    gtk_snapshot_append_color (snapshot, &red,
                               &GRAPHENE_RECT_INIT ((float) (self->axis_width + self->today * column), (float) y - 1,
                                                    (float) column, 2));
}

static void
draw_hours (XqWeekView *self, GtkSnapshot *snapshot, const GdkRGBA *ink)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  GdkRGBA line = *ink, dim = *ink;

  line.alpha *= 0.12f;
  dim.alpha *= 0.75f;
  for (int hour = self->first_hour; hour <= self->last_hour; hour++)
    {
      float y = (float) height_at (self, hour * 60);
      g_autofree char *text = g_strdup_printf ("%d:00", hour);
      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
      int text_width;

      gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (self->axis_width, y, (float) (width - self->axis_width), 1));
      pango_layout_get_pixel_size (layout, &text_width, NULL);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (self->axis_width - AXIS_GAP - text_width), y));
      gtk_snapshot_append_layout (snapshot, layout, &dim);
      gtk_snapshot_restore (snapshot);
    }
}

static void
draw_days (XqWeekView *self, GtkSnapshot *snapshot, const GdkRGBA *ink, double column)
{
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  GdkRGBA shade = *ink, line = *ink;

  shade.alpha *= 0.045f;
  line.alpha *= 0.12f;
  for (int day = 0; day < DAYS; day++)
    {
      float x = (float) (self->axis_width + day * column);

      if (self->free_day[day])
        gtk_snapshot_append_color (snapshot, &shade, &GRAPHENE_RECT_INIT (x, 0, (float) column, height));
      gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (x, 0, 1, height));
    }
}

static void
xq_week_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XqWeekView *self = XQ_WEEK_VIEW (widget);
  double column = day_width (self);
  GdkRGBA ink;

  gtk_widget_get_color (widget, &ink);
  draw_days (self, snapshot, &ink, column);
  draw_hours (self, snapshot, &ink);
  for (guint i = 0; i < self->blocks->len; i++)
    gtk_widget_snapshot_child (widget, g_array_index (self->blocks, Block, i).widget, snapshot);
  draw_now (self, snapshot, column);
}

static void
on_released_cb (XqWeekView *self, int presses, double x, double y)
{
  int day = (int) floor ((x - self->axis_width) / day_width (self));
  int half = (int) floor (y / (HOUR_HEIGHT / 2.0));
  gint64 at;

  if (day < 0 || day >= DAYS || self->dates[day] == NULL)
    return;
  at = xq_date_start (self->dates[day]) + (gint64) self->first_hour * 3600 + (gint64) half * 1800;
  g_signal_emit (self, picked_signal, 0, at);
}

/* Among the blocks the arrows go where they stand; Tab leaves them as one. */
static gboolean
xq_week_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (tab && xq_has_focus_within (widget))
    return FALSE;
  return GTK_WIDGET_CLASS (xq_week_view_parent_class)->focus (widget, direction);
}

static void
xq_week_view_dispose (GObject *object)
{
  XqWeekView *self = XQ_WEEK_VIEW (object);

  clear_blocks (self);
  G_OBJECT_CLASS (xq_week_view_parent_class)->dispose (object);
}

static void
xq_week_view_finalize (GObject *object)
{
  XqWeekView *self = XQ_WEEK_VIEW (object);

  g_array_unref (self->blocks);
  for (int day = 0; day < DAYS; day++)
    g_free (self->dates[day]);
  G_OBJECT_CLASS (xq_week_view_parent_class)->finalize (object);
}

static void
xq_week_view_class_init (XqWeekViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = xq_week_view_dispose;
  object_class->finalize = xq_week_view_finalize;
  widget_class->focus = xq_week_view_focus;
  widget_class->measure = xq_week_view_measure;
  widget_class->size_allocate = xq_week_view_size_allocate;
  widget_class->snapshot = xq_week_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "weekview");
  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
xq_week_view_init (XqWeekView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->blocks = g_array_new (FALSE, TRUE, sizeof (Block));
  self->first_hour = FIRST_HOUR;
  self->last_hour = LAST_HOUR;
  self->today = -1;
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

int
xq_week_view_axis_width (XqWeekView *self)
{
  g_return_val_if_fail (XQ_IS_WEEK_VIEW (self), 0);

  measure_text (self);
  return self->axis_width;
}

GtkWidget *
xq_week_view_new (XqWeekBlock block, gpointer user_data)
{
  XqWeekView *self = g_object_new (XQ_TYPE_WEEK_VIEW, NULL);

  self->make_block = block;
  self->user_data = user_data;
  return GTK_WIDGET (self);
}
