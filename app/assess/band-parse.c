/* Bands: ranges of scores with their publishers' words, without a gap and without an overlap. */
#include "config.h"

#include "assess/instrument-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What may lie between two ranges of a scale with fractions: 1.99 and 2. */
#define GAP_MAXIMUM 0.0101

static void
read_band (XqReader *reader, JsonObject *object, GHashTable *seen, XqBand *band)
{
  static const XqMember members[] = {
    { "id", XQ_MEMBER_TEXT, TRUE },       { "min", XQ_MEMBER_NUMBER, TRUE },
    { "max", XQ_MEMBER_NUMBER, TRUE },    { "severity", XQ_MEMBER_WHOLE, TRUE },
    { "positive", XQ_MEMBER_BOOLEAN, FALSE }, { "label", XQ_MEMBER_OBJECT, TRUE },
    { NULL },
  };
  gint64 severity = 0;

  xq_reader_check_members (reader, object, members);
  band->id = g_strdup (xq_reader_id (reader, object, "id", seen));
  xq_reader_number (object, "min", &band->min);
  xq_reader_number (object, "max", &band->max);
  if (band->min > band->max)
    xq_reader_problem (reader, object, "min", _ ("“min” is greater than “max”."));
  if (xq_reader_whole (object, "severity", &severity) && (severity < 0 || severity > 4))
    xq_reader_problem (reader, object, "severity", _ ("“severity” must be from 0 to 4."));
  band->severity = (int) CLAMP (severity, 0, 4);
  band->positive = xq_reader_boolean (object, "positive", FALSE);
  xq_reader_words (reader, object, "label", &band->label);
}

/* Whether each range begins where the one before ends. */
static void
check_neighbours (XqReader *reader, const XqBandScheme *scheme, GPtrArray *objects, const XqScale *scale)
{
  for (guint i = 1; i < scheme->n_bands; i++)
    {
      const XqBand *before = &scheme->bands[i - 1];
      const XqBand *band = &scheme->bands[i];
      double step = band->min - before->max;
      g_autofree char *from = g_strdup_printf ("%g", before->max);
      g_autofree char *to = g_strdup_printf ("%g", band->min);

      if (step <= 0)
        xq_reader_problem (reader, objects->pdata[i], "min",
                           _ ("“%s” overlaps “%s”: it begins at %s, the other ends at %s."),
                           band->id, before->id, to, from);
      else if (scale->whole ? step != 1 : step > GAP_MAXIMUM)
        xq_reader_problem (reader, objects->pdata[i], "min",
                           _ ("A score between %s and %s of “%s” is in no range."), from, to, scale->id);
    }
}

static void
check_ends (XqReader *reader, JsonObject *object, const XqBandScheme *scheme, const XqScale *scale)
{
  g_autofree char *min = g_strdup_printf ("%g", scale->min);
  g_autofree char *max = g_strdup_printf ("%g", scale->max);

  if (scheme->bands[0].min > scale->min || scheme->bands[scheme->n_bands - 1].max < scale->max)
    xq_reader_problem (reader, object, "ranges", _ ("“%s” can be from %s to %s; the ranges must hold all of it."),
                       scale->id, min, max);
}

static void
check_scheme (XqReader *reader, JsonObject *object, XqInstrument *instrument, const XqBandScheme *scheme,
              GPtrArray *objects)
{
  for (char **id = scheme->scales; *id != NULL; id++)
    {
      XqScale *scale = (XqScale *) xq_instrument_scale (instrument, *id);

      if (scale == NULL)
        {
          xq_reader_problem (reader, object, "scales", _ ("There is no scale called “%s”."), *id);
          continue;
        }
      if (scale->min <= scale->max)
        {
          check_neighbours (reader, scheme, objects, scale);
          check_ends (reader, object, scheme, scale);
        }
      if (!scheme->standard)
        continue;
      if (scale->bands != NULL)
        xq_reader_problem (reader, object, "default", _ ("Two default schemes divide “%s”."), *id);
      scale->bands = scheme;
    }
}

static void
read_scheme (XqReader *reader, JsonObject *object, XqInstrument *instrument, GHashTable *seen,
             XqBandScheme *scheme)
{
  static const XqMember members[] = {
    { "scheme", XQ_MEMBER_TEXT, TRUE },    { "title", XQ_MEMBER_OBJECT, TRUE },
    { "default", XQ_MEMBER_BOOLEAN, FALSE }, { "scales", XQ_MEMBER_LIST, TRUE },
    { "ranges", XQ_MEMBER_LIST, TRUE },    { NULL },
  };
  g_autoptr (GPtrArray) objects = xq_reader_objects (reader, object, "ranges");
  g_autoptr (GHashTable) bands = g_hash_table_new (g_str_hash, g_str_equal);

  xq_reader_check_members (reader, object, members);
  scheme->id = g_strdup (xq_reader_id (reader, object, "scheme", seen));
  xq_reader_words (reader, object, "title", &scheme->title);
  scheme->standard = xq_reader_boolean (object, "default", FALSE);
  scheme->scales = xq_reader_texts (reader, object, "scales");
  scheme->bands = g_new0 (XqBand, objects->len);
  scheme->n_bands = objects->len;
  for (guint i = 0; i < objects->len; i++)
    read_band (reader, objects->pdata[i], bands, &scheme->bands[i]);
  if (objects->len > 0)
    check_scheme (reader, object, instrument, scheme, objects);
  else if (xq_reader_list (object, "ranges") != NULL)
    xq_reader_problem (reader, object, "ranges", _ ("“ranges” needs at least one."));
}

void
xq_instrument_read_bands (XqReader *reader, JsonObject *root, XqInstrument *instrument)
{
  g_autoptr (GPtrArray) objects = xq_reader_objects (reader, root, "bands");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  instrument->schemes = g_new0 (XqBandScheme, objects->len);
  instrument->n_schemes = objects->len;
  for (guint i = 0; i < objects->len; i++)
    read_scheme (reader, objects->pdata[i], instrument, seen, &instrument->schemes[i]);
}
