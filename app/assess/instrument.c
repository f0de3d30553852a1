#include "config.h"

#include "assess/instrument-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
scheme_clear (XqBandScheme *scheme)
{
  g_free (scheme->id);
  xq_words_clear (&scheme->title);
  g_strfreev (scheme->scales);
  for (guint i = 0; i < scheme->n_bands; i++)
    {
      g_free (scheme->bands[i].id);
      xq_words_clear (&scheme->bands[i].label);
    }
  g_free (scheme->bands);
}

static void
private_free (XqInstrument *instrument)
{
  XqInstrumentPrivate *own = instrument->own;

  for (guint i = 0; i < instrument->n_scales; i++)
    xq_formula_clear (&own->formulas[i]);
  for (guint i = 0; i < instrument->n_flags; i++)
    xq_clause_free (own->flags[i]);
  for (guint i = 0; i < own->n_validity; i++)
    {
      xq_clause_free (own->validity[i].when);
      xq_words_clear (&own->validity[i].label);
    }
  g_clear_pointer (&own->option_lists, g_ptr_array_unref);
  g_strfreev (own->recognise);
  g_free (own->formulas);
  g_free (own->critical);
  g_free (own->flags);
  g_free (own->validity);
  g_clear_pointer (&own->skips, g_array_unref);
  g_free (own);
}

static void
words_free (XqInstrument *instrument)
{
  g_free (instrument->id);
  g_free (instrument->label);
  g_free (instrument->respondent);
  xq_words_clear (&instrument->name);
  xq_words_clear (&instrument->period);
  g_free (instrument->licence.kind);
  xq_words_clear (&instrument->licence.status);
  xq_words_clear (&instrument->licence.text);
  xq_words_clear (&instrument->licence.trap);
  g_strfreev (instrument->sources);
  for (guint i = 0; i < instrument->n_notes; i++)
    xq_words_clear (&instrument->notes[i]);
  g_free (instrument->notes);
}

XqInstrument *
xq_instrument_ref (XqInstrument *instrument)
{
  g_atomic_ref_count_inc (&instrument->own->references);
  return instrument;
}

void
xq_instrument_unref (XqInstrument *instrument)
{
  if (!g_atomic_ref_count_dec (&instrument->own->references))
    return;
  private_free (instrument);
  words_free (instrument);
  for (guint i = 0; i < instrument->n_all_items; i++)
    xq_words_clear (&instrument->items[i].text);
  for (guint i = 0; i < instrument->n_scales; i++)
    {
      g_free (instrument->scales[i].id);
      xq_words_clear (&instrument->scales[i].label);
    }
  for (guint i = 0; i < instrument->n_schemes; i++)
    scheme_clear (&instrument->schemes[i]);
  for (guint i = 0; i < instrument->n_flags; i++)
    {
      g_free (instrument->flags[i].id);
      xq_words_clear (&instrument->flags[i].label);
    }
  for (guint i = 0; i < instrument->n_critical; i++)
    xq_words_clear (&instrument->critical[i].label);
  g_free (instrument->items);
  g_free (instrument->scales);
  g_free (instrument->schemes);
  g_free (instrument->flags);
  g_free (instrument->critical);
  g_free (instrument);
}

const XqItem *
xq_instrument_item (const XqInstrument *instrument, int number)
{
  if (number < 1 || number > (int) instrument->n_all_items)
    return NULL;
  return &instrument->items[number - 1];
}

const XqScale *
xq_instrument_scale (const XqInstrument *instrument, const char *id)
{
  for (guint i = 0; i < instrument->n_scales; i++)
    if (g_strcmp0 (instrument->scales[i].id, id) == 0)
      return &instrument->scales[i];
  return NULL;
}

const XqScale *
xq_instrument_main_scale (const XqInstrument *instrument)
{
  return instrument->own->main;
}

const XqScale *
xq_instrument_verdict_scale (const XqInstrument *instrument)
{
  return instrument->own->verdict;
}

const XqBand *
xq_scale_band (const XqScale *scale, const char *id)
{
  for (guint i = 0; scale->bands != NULL && i < scale->bands->n_bands; i++)
    if (g_strcmp0 (scale->bands->bands[i].id, id) == 0)
      return &scale->bands->bands[i];
  return NULL;
}

const XqBand *
xq_band_scheme_find (const XqBandScheme *scheme, double value)
{
  for (guint i = scheme->n_bands; i > 0; i--)
    if (scheme->bands[i - 1].min <= value)
      return &scheme->bands[i - 1];
  return NULL;
}

const XqAnswerOption *
xq_item_option (const XqItem *item, int value)
{
  for (guint i = 0; i < item->options->n_options; i++)
    if (item->options->options[i].value == value)
      return &item->options->options[i];
  return NULL;
}

char *
xq_item_title (const XqItem *item)
{
  if (!xq_words_is_empty (&item->text))
    return g_strdup (xq_words_get (&item->text));
  return g_strdup_printf (_ ("Item %d"), item->number);
}
