#include "config.h"

#include "cli/instrument-text.h"

#include <glib/gi18n-lib.h>

#include "assess/instrument-words.h"

static void
add_fact (GString *text, const char *title, const char *fact)
{
  if (fact == NULL || *fact == '\0')
    return;
  g_string_append_printf (text, _("%s: %s"), title, fact);
  g_string_append_c (text, '\n');
}

static void
add_facts (GString *text, const XqInstrument *instrument)
{
  g_autofree char *items = g_strdup_printf ("%u", instrument->n_items);
  g_autofree char *age = xq_instrument_age_words (instrument);

  g_string_append_printf (text, "%s · %s\n", instrument->label, xq_words_get (&instrument->name));
  add_fact (text, _("Id"), instrument->id);
  add_fact (text, _("Number of items"), items);
  add_fact (text, _("Asks about"), xq_words_get (&instrument->period));
  add_fact (text, _("Made for"), age);
}

static void
add_title (GString *text, const char *title)
{
  g_string_append_printf (text, "\n%s\n", title);
}

static void
add_scales (GString *text, const XqInstrument *instrument)
{
  add_title (text, _("Scales and bands"));
  for (guint i = 0; i < instrument->n_scales; i++)
    {
      const XqScale *scale = &instrument->scales[i];
      g_autofree char *title = xq_scale_title (scale);

      if (!scale->listed)
        continue;
      g_string_append_printf (text, "  %s\n", title);
      for (guint b = 0; scale->bands != NULL && b < scale->bands->n_bands; b++)
        {
          g_autofree char *band = xq_band_words (&scale->bands->bands[b]);

          g_string_append_printf (text, "    %s\n", band);
        }
    }
  g_string_append_printf (text, "  %s\n", _("Bands are their publishers'; none is a diagnosis."));
}

static void
add_critical (GString *text, const XqInstrument *instrument)
{
  if (instrument->n_critical == 0)
    return;
  add_title (text, _("Critical items"));
  for (guint i = 0; i < instrument->n_critical; i++)
    {
      g_autofree char *title = xq_critical_item_title (&instrument->critical[i]);

      g_string_append_printf (text, "  %s · %s\n", title, xq_critical_item_ground (&instrument->critical[i]));
    }
  g_string_append_printf (text, "  %s\n", _("An answer to one of these asks for a talk, whatever the sum."));
}

static void
add_options (GString *text, const XqOptionList *list)
{
  g_string_append (text, "     ");
  for (guint i = 0; i < list->n_options; i++)
    g_string_append_printf (text, "%s%d %s", i > 0 ? " · " : "", list->options[i].value,
                            xq_words_get (&list->options[i].label));
  g_string_append_c (text, '\n');
}

/* The answers stand where they change: most questionnaires ask every item alike. */
static void
add_items (GString *text, const XqInstrument *instrument)
{
  const XqOptionList *options = NULL;

  if (!instrument->licence.may_ship)
    return;
  add_title (text, _("Items"));
  for (guint i = 0; i < instrument->n_all_items; i++)
    {
      const XqItem *item = &instrument->items[i];
      g_autofree char *title = xq_item_title (item);

      if (item->options != options)
        add_options (text, item->options);
      options = item->options;
      g_string_append_printf (text, "  %d. %s\n", item->number, title);
    }
}

static void
add_licence (GString *text, const XqLicence *licence)
{
  add_title (text, _("Licence"));
  g_string_append (text, "  ");
  add_fact (text, _("Wording"), xq_licence_words (licence));
  g_string_append (text, "  ");
  add_fact (text, _("State"), xq_words_get (&licence->status));
  if (!xq_words_is_empty (&licence->text))
    g_string_append_printf (text, "  %s\n", xq_words_get (&licence->text));
  if (!xq_words_is_empty (&licence->trap))
    g_string_append_printf (text, "  %s\n", xq_words_get (&licence->trap));
}

char *
xq_instrument_text (const XqInstrument *instrument)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_facts (text, instrument);
  add_scales (text, instrument);
  add_critical (text, instrument);
  add_items (text, instrument);
  add_licence (text, &instrument->licence);
  if (instrument->n_notes > 0)
    add_title (text, _("Notes"));
  for (guint i = 0; i < instrument->n_notes; i++)
    g_string_append_printf (text, "  %s\n", xq_words_get (&instrument->notes[i]));
  add_title (text, _("Sources"));
  for (char **source = instrument->sources; *source != NULL; source++)
    g_string_append_printf (text, "%s  %s", source == instrument->sources ? "" : "\n", *source);
  return g_string_free_and_steal (g_steal_pointer (&text));
}
