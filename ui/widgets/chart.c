#include "config.h"

#include "ui/widgets/chart.h"

#include <math.h>

struct _XqChart
{
  GtkWidget parent_instance;

  int height;
  XqChartDraw draw;
  gpointer data;
  GDestroyNotify free_data;
};

G_DEFINE_FINAL_TYPE (XqChart, xq_chart, GTK_TYPE_WIDGET)

#define COLOUR(hex) { ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) & 0xff) / 255.0, 1 }

/* The same colours as in data/style.css and style-dark.css. */
static const struct
{
  XqColour accent;
  XqColour soft;
  XqColour surface;
  XqColour levels[3];
} palettes[] = {
  { COLOUR (0x1a7f78), COLOUR (0x8fc0bb), COLOUR (0xffffff), { COLOUR (0xa51025), COLOUR (0xc75a10), COLOUR (0xc9a227) } },
  { COLOUR (0x57c2b8), COLOUR (0x2f6e69), COLOUR (0x36363a), { COLOUR (0xff7b8a), COLOUR (0xff9f5e), COLOUR (0xf0cc5e) } },
};

static XqColour
faded (const GdkRGBA *colour, double alpha)
{
  return (XqColour) { colour->red, colour->green, colour->blue, colour->alpha * alpha };
}

void
xq_chart_theme_screen (GtkWidget *widget, XqChartTheme *ret_theme)
{
  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  int dark = adw_style_manager_get_dark (style) ? 1 : 0;
  gboolean contrast = adw_style_manager_get_high_contrast (style);
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontDescription *font = pango_context_get_font_description (context);
  GdkRGBA text;

  gtk_widget_get_color (widget, &text);
  *ret_theme = (XqChartTheme) {
    .text = faded (&text, 1),
    .dim = faded (&text, contrast ? 1 : 0.72),
    .grid = faded (&text, contrast ? 0.5 : 0.14),
    .surface = palettes[dark].surface,
    .accent = palettes[dark].accent,
    .soft = palettes[dark].soft,
    .levels = { palettes[dark].levels[0], palettes[dark].levels[1], palettes[dark].levels[2] },
    .font = xq_chart_font (),
    .size = pango_font_description_get_size (font) / (double) PANGO_SCALE,
  };
  if (!pango_font_description_get_size_is_absolute (font))
    ret_theme->size *= pango_cairo_context_get_resolution (context) > 0
                         ? pango_cairo_context_get_resolution (context) / 72
                         : 96.0 / 72;
}

static void
xq_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XqChart *self = XQ_CHART (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  XqChartTheme theme;
  cairo_t *cr;

  if (self->draw == NULL || width < 1 || height < 1)
    return;
  xq_chart_theme_screen (widget, &theme);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  self->draw (cr, width, height, &theme, self->data);
  cairo_destroy (cr);
}

static void
xq_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                  int *minimum_baseline, int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = XQ_CHART (widget)->height;
  else
    {
      *minimum = 120;
      *natural = 320;
    }
}

static void
clear (XqChart *self)
{
  if (self->free_data != NULL)
    self->free_data (self->data);
  self->free_data = NULL;
  self->data = NULL;
  self->draw = NULL;
}

static void
xq_chart_dispose (GObject *object)
{
  clear (XQ_CHART (object));
  G_OBJECT_CLASS (xq_chart_parent_class)->dispose (object);
}

static void
xq_chart_class_init (XqChartClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_chart_dispose;
  widget_class->snapshot = xq_chart_snapshot;
  widget_class->measure = xq_chart_measure;
  gtk_widget_class_set_css_name (widget_class, "xqchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
xq_chart_init (XqChart *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
xq_chart_new (int height)
{
  XqChart *self = g_object_new (XQ_TYPE_CHART, NULL);

  self->height = height;
  return GTK_WIDGET (self);
}

void
xq_chart_set (XqChart *self, XqChartDraw draw, gpointer data, GDestroyNotify free_data, const char *title,
              const char *table)
{
  g_return_if_fail (XQ_IS_CHART (self));

  clear (self);
  self->draw = draw;
  self->data = data;
  self->free_data = free_data;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title != NULL ? title : "",
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, table != NULL ? table : "", -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), table);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
