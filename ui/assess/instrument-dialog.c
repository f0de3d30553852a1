#include "config.h"

#include "ui/assess/instrument-dialog.h"

#include <glib/gi18n-lib.h>

#include "assess/instrument-words.h"

static GtkWidget *
row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL && *subtitle != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  return row;
}

/* A row whose small title stands above a text that may be long. */
static GtkWidget *
text_row_new (const char *title, const char *text)
{
  GtkWidget *row = row_new (title, text);

  gtk_widget_add_css_class (row, "property");
  return row;
}

static GtkWidget *
group_new (AdwPreferencesPage *page, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  return group;
}

static void
add_row (GtkWidget *group, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
show_facts (AdwPreferencesPage *page, const XqInstrument *instrument)
{
  GtkWidget *group = group_new (page, xq_words_get (&instrument->name), NULL);
  g_autofree char *items = g_strdup_printf ("%u", instrument->n_items);
  g_autofree char *age = xq_instrument_age_words (instrument);

  add_row (group, text_row_new (_ ("Items"), items));
  if (!xq_words_is_empty (&instrument->period))
    add_row (group, text_row_new (_ ("Asks about"), xq_words_get (&instrument->period)));
  if (age != NULL)
    add_row (group, text_row_new (_ ("Made for"), age));
}

static char *
bands_text (const XqBandScheme *scheme)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; scheme != NULL && i < scheme->n_bands; i++)
    {
      g_autofree char *band = xq_band_words (&scheme->bands[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", band);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_scales (AdwPreferencesPage *page, const XqInstrument *instrument)
{
  GtkWidget *group = group_new (page, _ ("Scales and bands"), _ ("Bands are their publishers'; none is a diagnosis."));

  for (guint i = 0; i < instrument->n_scales; i++)
    {
      const XqScale *scale = &instrument->scales[i];
      g_autofree char *bands = bands_text (scale->bands);
      g_autofree char *title = xq_scale_title (scale);

      if (scale->listed)
        add_row (group, row_new (title, bands));
    }
}

static void
show_critical (AdwPreferencesPage *page, const XqInstrument *instrument)
{
  GtkWidget *group;

  if (instrument->n_critical == 0)
    return;
  group = group_new (page, _ ("Critical items"), _ ("An answer to one of these asks for a talk, whatever the sum."));
  for (guint i = 0; i < instrument->n_critical; i++)
    {
      const XqCriticalItem *critical = &instrument->critical[i];
      g_autofree char *title = xq_critical_item_title (critical);

      add_row (group, row_new (title, xq_critical_item_ground (critical)));
    }
}

static void
show_items (AdwPreferencesPage *page, const XqInstrument *instrument)
{
  GtkWidget *group, *expander;

  if (!instrument->licence.may_ship)
    return;
  group = group_new (page, _ ("Wording"), NULL);
  expander = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _ ("Items"));
  for (guint i = 0; i < instrument->n_all_items; i++)
    {
      g_autofree char *text = xq_item_title (&instrument->items[i]);
      g_autofree char *title = g_strdup_printf ("%d. %s", instrument->items[i].number, text);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row_new (title, NULL));
    }
  add_row (group, expander);
}

static void
show_licence (AdwPreferencesPage *page, const XqInstrument *instrument)
{
  const XqLicence *licence = &instrument->licence;
  GtkWidget *group = group_new (page, _ ("Licence"), NULL);

  add_row (group, text_row_new (_ ("Wording"), xq_licence_words (licence)));
  add_row (group, text_row_new (_ ("State"), xq_words_get (&licence->status)));
  if (!xq_words_is_empty (&licence->text))
    add_row (group, text_row_new (_ ("Terms of use"), xq_words_get (&licence->text)));
  if (!xq_words_is_empty (&licence->trap))
    add_row (group, text_row_new (_ ("Mind"), xq_words_get (&licence->trap)));
}

static void
add_line (GtkWidget *group, const char *line)
{
  GtkWidget *row = row_new (line, NULL);

  gtk_widget_add_css_class (row, "source-row");
  add_row (group, row);
}

static void
show_notes (AdwPreferencesPage *page, const XqInstrument *instrument)
{
  GtkWidget *group;

  if (instrument->n_notes == 0)
    return;
  group = group_new (page, _ ("Notes"), NULL);
  for (guint i = 0; i < instrument->n_notes; i++)
    add_line (group, xq_words_get (&instrument->notes[i]));
}

static void
show_sources (AdwPreferencesPage *page, const XqInstrument *instrument)
{
  GtkWidget *group = group_new (page, _ ("Sources"), NULL);

  for (char **source = instrument->sources; *source != NULL; source++)
    add_line (group, *source);
}

void
xq_instrument_dialog_present (GtkWidget *parent, const XqInstrument *instrument)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  show_facts (ADW_PREFERENCES_PAGE (page), instrument);
  show_scales (ADW_PREFERENCES_PAGE (page), instrument);
  show_critical (ADW_PREFERENCES_PAGE (page), instrument);
  show_items (ADW_PREFERENCES_PAGE (page), instrument);
  show_licence (ADW_PREFERENCES_PAGE (page), instrument);
  show_notes (ADW_PREFERENCES_PAGE (page), instrument);
  show_sources (ADW_PREFERENCES_PAGE (page), instrument);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, instrument->label);
  adw_dialog_set_content_width (dialog, 640);
  adw_dialog_set_content_height (dialog, 680);
  adw_dialog_set_child (dialog, view);
  adw_dialog_present (dialog, parent);
}
