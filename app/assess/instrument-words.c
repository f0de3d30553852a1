#include "config.h"

#include "assess/instrument-words.h"

#include <glib/gi18n-lib.h>

char *
xq_instrument_age_words (const XqInstrument *instrument)
{
  if (instrument->age_min < 0)
    return NULL;
  if (instrument->age_max >= 0)
    return g_strdup_printf (_("%d to %d years"), instrument->age_min, instrument->age_max);
  return g_strdup_printf (_("from %d years on"), instrument->age_min);
}

char *
xq_scale_title (const XqScale *scale)
{
  return g_strdup_printf (_("%s, %g to %g"), xq_words_get (&scale->label), scale->min, scale->max);
}

char *
xq_band_words (const XqBand *band)
{
  return g_strdup_printf ("%g–%g %s%s", band->min, band->max, xq_words_get (&band->label),
                          band->positive ? _(" (positive screen)") : "");
}

char *
xq_critical_item_title (const XqCriticalItem *critical)
{
  return g_strdup_printf (_("Item %d: %s"), critical->item, xq_words_get (&critical->label));
}

const char *
xq_critical_item_ground (const XqCriticalItem *critical)
{
  return critical->published ? _("a rule of the authors") : _("a caution that this program proposes");
}

const char *
xq_licence_words (const XqLicence *licence)
{
  return licence->may_ship ? _("may be copied and is part of this program") : _("may not be copied: scored only");
}
