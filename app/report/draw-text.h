/* Text on a cairo_t, and the fonts of a PDF. Only inside report/.
 *
 * cairo 1.18 loses glyphs of Noto Sans CJK without a word when it cuts that font down for a PDF: it gives up on some
 * subroutines within subroutines and leaves them out (如 alone becomes an empty space). So the fonts of a PDF are cut
 * down here, by HarfBuzz and without subroutines, to the glyphs that the pages use; cairo then embeds those. */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* As pango_cairo_show_layout() and pango_cairo_show_layout_line(), from the current point in the current colour. */
void xq_draw_show_layout (cairo_t *cr, PangoLayout *layout);
void xq_draw_show_line (cairo_t *cr, PangoLayoutLine *line);

/* The fonts of one PDF: first told of all text, then used. */
typedef struct _XqFontSet XqFontSet;

XqFontSet *xq_font_set_new (void);
void xq_font_set_free (XqFontSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqFontSet, xq_font_set_free)
/* From now on, text drawn on @surface is not drawn: its glyphs are noted in @set, which outlives the drawing. */
void xq_font_set_collect (XqFontSet *set, cairo_surface_t *surface);
/* From now on, text drawn on @surface is drawn with the fonts of @set, cut down to what was collected. */
void xq_font_set_use (XqFontSet *set, cairo_surface_t *surface);

G_END_DECLS
