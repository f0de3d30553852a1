#include "config.h"

#include "report/draw.h"

#include <math.h>

#include "base/i18n.h"

const char *
xq_chart_font (void)
{
  return g_str_equal (xq_i18n_language (), "zh_TW") ? "Noto Sans CJK TC" : "Noto Sans CJK SC";
}

const XqChartTheme *
xq_chart_theme_paper (void)
{
  static XqChartTheme theme = {
    .text = XQ_COLOUR (0x1F2933),
    .dim = XQ_COLOUR (0x5B6670),
    .grid = XQ_COLOUR (0xD9DEE2),
    .surface = XQ_COLOUR (0xFFFFFF),
    .accent = XQ_COLOUR (0x1A7F78),
    .soft = XQ_COLOUR (0x8FBFBB),
    .levels = { XQ_COLOUR (0xB5172F), XQ_COLOUR (0xCC5F0B), XQ_COLOUR (0xC99B0A) },
    .size = 9.0,
  };

  theme.font = xq_chart_font ();
  return &theme;
}

PangoLayout *
xq_draw_layout (cairo_t *cr, const char *font, double size, gboolean bold)
{
  PangoContext *context = pango_cairo_create_context (cr);
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoFontDescription *description = pango_font_description_new ();
  const gboolean traditional = g_str_equal (xq_i18n_language (), "zh_TW");
  PangoLayout *layout;

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72.0);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string (traditional ? "zh-tw" : "zh-cn"));
  cairo_font_options_destroy (options);

  pango_font_description_set_family (description, font);
  pango_font_description_set_weight (description, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (description, size * PANGO_SCALE);
  layout = pango_layout_new (context);
  g_object_unref (context);
  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  return layout;
}

void
xq_draw_layout_size (PangoLayout *layout, double *ret_width, double *ret_height)
{
  int width = 0;
  int height = 0;

  pango_layout_get_size (layout, &width, &height);
  if (ret_width != NULL)
    *ret_width = (double) width / PANGO_SCALE;
  if (ret_height != NULL)
    *ret_height = (double) height / PANGO_SCALE;
}

void
xq_draw_set_colour (cairo_t *cr, const XqColour *colour)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha);
}

XqColour
xq_draw_mix (const XqColour *a, const XqColour *b, double share)
{
  return (XqColour){
    .red = a->red + (b->red - a->red) * share,
    .green = a->green + (b->green - a->green) * share,
    .blue = a->blue + (b->blue - a->blue) * share,
    .alpha = a->alpha + (b->alpha - a->alpha) * share,
  };
}

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/* Relative luminance and contrast as WCAG 2.1 defines them. */
XqColour
xq_draw_contrast (const XqColour *ground)
{
  const double luminance = 0.2126 * linear (ground->red) + 0.7152 * linear (ground->green)
                           + 0.0722 * linear (ground->blue);
  const gboolean white = 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05;

  return white ? (XqColour) XQ_COLOUR (0xFFFFFF) : (XqColour) XQ_COLOUR (0x14181B);
}

static void
show_layout (cairo_t *cr, PangoLayout *layout, XqAlign align, double x, double y)
{
  double width;
  double height;

  xq_draw_layout_size (layout, &width, &height);
  if (align == XQ_ALIGN_CENTRE)
    x -= width / 2.0;
  else if (align == XQ_ALIGN_RIGHT)
    x -= width;
  cairo_move_to (cr, x, y - height / 2.0);
  xq_draw_show_layout (cr, layout);
}

double
xq_draw_text (cairo_t *cr, const XqChartTheme *theme, double size, gboolean bold, const XqColour *colour,
              XqAlign align, double x, double y, const char *text)
{
  g_autoptr (PangoLayout) layout = xq_draw_layout (cr, theme->font, size, bold);
  double width;

  pango_layout_set_text (layout, text, -1);
  xq_draw_layout_size (layout, &width, NULL);
  xq_draw_set_colour (cr, colour);
  show_layout (cr, layout, align, x, y);
  return width;
}

double
xq_draw_text_width (cairo_t *cr, const XqChartTheme *theme, double size, gboolean bold, const char *text)
{
  g_autoptr (PangoLayout) layout = xq_draw_layout (cr, theme->font, size, bold);
  double width;

  pango_layout_set_text (layout, text, -1);
  xq_draw_layout_size (layout, &width, NULL);
  return width;
}

void
xq_draw_text_within (cairo_t *cr, const XqChartTheme *theme, double size, const XqColour *colour, XqAlign align,
                     double x, double y, double width, const char *text)
{
  g_autoptr (PangoLayout) layout = xq_draw_layout (cr, theme->font, size, FALSE);
  double natural;

  pango_layout_set_text (layout, text, -1);
  xq_draw_layout_size (layout, &natural, NULL);
  if (natural > width)
    {
      pango_layout_set_width (layout, (int) (MAX (width, 1.0) * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  xq_draw_set_colour (cr, colour);
  show_layout (cr, layout, align, x, y);
}

void
xq_draw_rounded (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  radius = MIN (radius, MIN (width, height) / 2.0);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

char *
xq_draw_value (const XqChartTheme *theme, double value, XqCellCover cover)
{
  if (cover == XQ_COVER_SMALL)
    return g_strdup (theme->small != NULL ? theme->small : "<5");
  if (cover == XQ_COVER_GUARD)
    return g_strdup ("*");
  return g_strdup_printf ("%.10g", value);
}

void
xq_draw_covered (cairo_t *cr, const XqChartTheme *theme, const XqColour *colour, double x, double y, double width,
                 double height, XqCellCover cover)
{
  const XqColour pale = xq_draw_mix (&theme->surface, colour, 0.25);
  g_autofree char *sign = xq_draw_value (theme, 0, cover);

  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  xq_draw_set_colour (cr, &pale);
  cairo_set_line_width (cr, 0.8);
  for (double at = -height; at < width; at += 4.0)
    {
      cairo_move_to (cr, x + at, y + height);
      cairo_line_to (cr, x + at + height, y);
    }
  cairo_stroke (cr);
  cairo_restore (cr);

  cairo_save (cr);
  xq_draw_set_colour (cr, colour);
  cairo_set_line_width (cr, 0.8);
  cairo_rectangle (cr, x + 0.4, y + 0.4, width - 0.8, height - 0.8);
  cairo_stroke (cr);
  cairo_restore (cr);
  xq_draw_text (cr, theme, MIN (theme->size, height * 0.8), TRUE, &theme->text, XQ_ALIGN_CENTRE, x + width / 2.0,
                y + height / 2.0, sign);
}

static void
octagon (cairo_t *cr, double x, double y, double radius)
{
  for (int i = 0; i < 8; i++)
    cairo_line_to (cr, x + radius * cos (G_PI / 8 + i * G_PI_4), y + radius * sin (G_PI / 8 + i * G_PI_4));
  cairo_close_path (cr);
}

void
xq_chart_level_shape (cairo_t *cr, const XqChartTheme *theme, int level, double x, double y, double size)
{
  const double radius = size / 2.0;

  g_return_if_fail (level >= 1 && level <= 3);

  cairo_new_path (cr);
  if (level == 1)
    octagon (cr, x, y, radius);
  else if (level == 2)
    {
      cairo_move_to (cr, x, y - radius);
      cairo_line_to (cr, x + radius, y + radius * 0.8);
      cairo_line_to (cr, x - radius, y + radius * 0.8);
      cairo_close_path (cr);
    }
  else
    cairo_arc (cr, x, y, radius * 0.92, 0, 2 * G_PI);
  xq_draw_set_colour (cr, &theme->levels[level - 1]);
  cairo_fill (cr);
}
