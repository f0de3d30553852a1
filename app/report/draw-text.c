#include "config.h"

#include "report/draw-text.h"

#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb-subset.h>

static const cairo_user_data_key_t collect_key;
static const cairo_user_data_key_t use_key;
static const cairo_user_data_key_t memory_key;

/* -- fonts, cut down */

/* What a font that lies in memory needs as long as it is used. */
typedef struct
{
  FT_Library library;
  FT_Face face;
  hb_blob_t *bytes;
} FontMemory;

typedef struct
{
  hb_face_t *face;
  hb_set_t *glyphs;
  cairo_font_face_t *cut; /* once it is made; NULL where it could not be */
  gboolean made;
} Font;

struct _XqFontSet
{
  GHashTable *fonts; /* cairo_font_face_t of the real font → Font */
};

static void
font_free (gpointer data)
{
  Font *font = data;

  hb_face_destroy (font->face);
  hb_set_destroy (font->glyphs);
  g_clear_pointer (&font->cut, cairo_font_face_destroy);
  g_free (font);
}

XqFontSet *
xq_font_set_new (void)
{
  XqFontSet *set = g_new0 (XqFontSet, 1);

  set->fonts = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) cairo_font_face_destroy, font_free);
  return set;
}

void
xq_font_set_free (XqFontSet *set)
{
  if (set == NULL)
    return;
  g_hash_table_unref (set->fonts);
  g_free (set);
}

void
xq_font_set_collect (XqFontSet *set, cairo_surface_t *surface)
{
  cairo_surface_set_user_data (surface, &collect_key, set, NULL);
}

void
xq_font_set_use (XqFontSet *set, cairo_surface_t *surface)
{
  cairo_surface_set_user_data (surface, &use_key, set, NULL);
}

static void
font_memory_free (void *data)
{
  FontMemory *memory = data;

  if (memory->face != NULL)
    FT_Done_Face (memory->face);
  if (memory->library != NULL)
    FT_Done_FreeType (memory->library);
  hb_blob_destroy (memory->bytes);
  g_free (memory);
}

/* The bytes of the font with those glyphs alone, under their own numbers, no subroutines; NULL when HarfBuzz cannot. */
static hb_blob_t *
cut_down (const Font *font)
{
  hb_subset_input_t *input = hb_subset_input_create_or_fail ();
  hb_blob_t *bytes = NULL;
  hb_face_t *cut;

  if (input == NULL)
    return NULL;
  hb_set_union (hb_subset_input_glyph_set (input), font->glyphs);
  hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_DESUBROUTINIZE
                                        | HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  cut = hb_subset_or_fail (font->face, input);
  if (cut != NULL)
    bytes = hb_face_reference_blob (cut);
  hb_face_destroy (cut);
  hb_subset_input_destroy (input);
  return bytes;
}

static cairo_font_face_t *
load_cut (hb_blob_t *bytes)
{
  FontMemory *memory = g_new0 (FontMemory, 1);
  unsigned int length = 0;
  const char *data = hb_blob_get_data (bytes, &length);
  cairo_font_face_t *face;

  memory->bytes = bytes;
  if (FT_Init_FreeType (&memory->library) != 0
      || FT_New_Memory_Face (memory->library, (const FT_Byte *) data, (FT_Long) length, 0, &memory->face) != 0)
    {
      font_memory_free (memory);
      return NULL;
    }
  face = cairo_ft_font_face_create_for_ft_face (memory->face, FT_LOAD_NO_HINTING);
  cairo_font_face_set_user_data (face, &memory_key, memory, font_memory_free);
  return face;
}

/* NULL where the real font has to do. */
static cairo_font_face_t *
cut_face (XqFontSet *set, cairo_font_face_t *real)
{
  Font *font = g_hash_table_lookup (set->fonts, real);
  hb_blob_t *bytes;

  if (font == NULL || font->made)
    return font != NULL ? font->cut : NULL;
  font->made = TRUE;
  bytes = cut_down (font);
  if (bytes != NULL)
    font->cut = load_cut (bytes);
  return font->cut;
}

/* -- a renderer that notes or uses them */

/* Pango declares none for its renderer, and G_DECLARE_FINAL_TYPE asks for the parent's. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PangoRenderer, g_object_unref)

#define XQ_TYPE_TEXT_RENDERER (xq_text_renderer_get_type ())
G_DECLARE_FINAL_TYPE (XqTextRenderer, xq_text_renderer, XQ, TEXT_RENDERER, PangoRenderer)

struct _XqTextRenderer
{
  PangoRenderer parent_instance;

  cairo_t *cr;
  XqFontSet *collect;
  XqFontSet *use;
};

G_DEFINE_FINAL_TYPE (XqTextRenderer, xq_text_renderer, PANGO_TYPE_RENDERER)

typedef struct
{
  GArray *glyphs;   /* of cairo_glyph_t */
  GArray *clusters; /* of cairo_text_cluster_t */
  double x;
  double y;
} Run;

/* Adds a cluster's glyphs; FALSE for one that the font does not have. */
static gboolean
add_cluster (Run *run, const PangoGlyphItemIter *cluster)
{
  const PangoGlyphString *glyphs = cluster->glyph_item->glyphs;
  cairo_text_cluster_t text = { .num_bytes = cluster->end_index - cluster->start_index };

  for (int i = cluster->start_glyph; i < cluster->end_glyph; i++)
    {
      const PangoGlyphInfo *info = &glyphs->glyphs[i];

      if ((info->glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
        return FALSE;
      if (info->glyph != PANGO_GLYPH_EMPTY)
        {
          const cairo_glyph_t glyph = { .index = info->glyph,
                                        .x = run->x + (double) info->geometry.x_offset / PANGO_SCALE,
                                        .y = run->y + (double) info->geometry.y_offset / PANGO_SCALE };

          g_array_append_val (run->glyphs, glyph);
          text.num_glyphs++;
        }
      run->x += (double) info->geometry.width / PANGO_SCALE;
    }
  g_array_append_val (run->clusters, text);
  return TRUE;
}

static void
show_run (cairo_t *cr, cairo_scaled_font_t *real, cairo_font_face_t *cut, const char *text, int length, const Run *run)
{
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_matrix_t matrix;

  cairo_scaled_font_get_font_matrix (real, &matrix);
  cairo_scaled_font_get_font_options (real, options);
  cairo_save (cr);
  cairo_set_font_face (cr, cut);
  cairo_set_font_matrix (cr, &matrix);
  cairo_set_font_options (cr, options);
  cairo_show_text_glyphs (cr, text, length, (cairo_glyph_t *) run->glyphs->data, (int) run->glyphs->len,
                          (cairo_text_cluster_t *) run->clusters->data, (int) run->clusters->len, 0);
  cairo_restore (cr);
  cairo_font_options_destroy (options);
}

static void
collect_glyphs (XqFontSet *set, cairo_font_face_t *real, PangoFont *pango, const PangoGlyphString *glyphs)
{
  Font *font = g_hash_table_lookup (set->fonts, real);

  if (font == NULL)
    {
      font = g_new0 (Font, 1);
      font->face = hb_face_reference (hb_font_get_face (pango_font_get_hb_font (pango)));
      font->glyphs = hb_set_create ();
      g_hash_table_insert (set->fonts, cairo_font_face_reference (real), font);
    }
  for (int i = 0; i < glyphs->num_glyphs; i++)
    if (glyphs->glyphs[i].glyph != PANGO_GLYPH_EMPTY && (glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0)
      hb_set_add (font->glyphs, glyphs->glyphs[i].glyph);
}

/* FALSE when the run has to be drawn as Pango draws it. */
static gboolean
draw_cut (XqTextRenderer *self, cairo_scaled_font_t *real, const char *text, PangoGlyphItem *item, double x, double y)
{
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  g_autoptr (GArray) clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
  cairo_font_face_t *cut = cut_face (self->use, cairo_scaled_font_get_font_face (real));
  Run run = { glyphs, clusters, x, y };
  PangoGlyphItemIter cluster;

  if (cut == NULL)
    return FALSE;
  for (gboolean have = pango_glyph_item_iter_init_start (&cluster, item, text); have;
       have = pango_glyph_item_iter_next_cluster (&cluster))
    if (!add_cluster (&run, &cluster))
      return FALSE;
  show_run (self->cr, real, cut, text + item->item->offset, item->item->length, &run);
  return TRUE;
}

static void
draw_glyph_item (PangoRenderer *renderer, const char *text, PangoGlyphItem *item, int x, int y)
{
  XqTextRenderer *self = XQ_TEXT_RENDERER (renderer);
  PangoFont *font = item->item->analysis.font;
  cairo_scaled_font_t *real = pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font));

  if (self->collect != NULL)
    {
      collect_glyphs (self->collect, cairo_scaled_font_get_font_face (real), font, item->glyphs);
      return;
    }
  if (draw_cut (self, real, text, item, (double) x / PANGO_SCALE, (double) y / PANGO_SCALE))
    return;
  cairo_move_to (self->cr, (double) x / PANGO_SCALE, (double) y / PANGO_SCALE);
  pango_cairo_show_glyph_item (self->cr, text, item);
}

static void
xq_text_renderer_class_init (XqTextRendererClass *class)
{
  PANGO_RENDERER_CLASS (class)->draw_glyph_item = draw_glyph_item;
}

static void
xq_text_renderer_init (XqTextRenderer *renderer)
{
}

/* NULL where Pango draws by itself: everywhere but on a PDF of ours. */
static XqTextRenderer *
renderer_for (cairo_t *cr)
{
  cairo_surface_t *surface = cairo_get_target (cr);
  XqFontSet *collect = cairo_surface_get_user_data (surface, &collect_key);
  XqFontSet *use = cairo_surface_get_user_data (surface, &use_key);
  XqTextRenderer *renderer;

  if (collect == NULL && use == NULL)
    return NULL;
  renderer = g_object_new (XQ_TYPE_TEXT_RENDERER, NULL);
  renderer->cr = cr;
  renderer->collect = collect;
  renderer->use = use;
  return renderer;
}

void
xq_draw_show_layout (cairo_t *cr, PangoLayout *layout)
{
  g_autoptr (XqTextRenderer) renderer = renderer_for (cr);
  double x;
  double y;

  cairo_get_current_point (cr, &x, &y);
  if (renderer == NULL)
    pango_cairo_show_layout (cr, layout);
  else
    pango_renderer_draw_layout (PANGO_RENDERER (renderer), layout, (int) (x * PANGO_SCALE), (int) (y * PANGO_SCALE));
}

void
xq_draw_show_line (cairo_t *cr, PangoLayoutLine *line)
{
  g_autoptr (XqTextRenderer) renderer = renderer_for (cr);
  double x;
  double y;

  cairo_get_current_point (cr, &x, &y);
  if (renderer == NULL)
    pango_cairo_show_layout_line (cr, line);
  else
    pango_renderer_draw_layout_line (PANGO_RENDERER (renderer), line, (int) (x * PANGO_SCALE), (int) (y * PANGO_SCALE));
}
