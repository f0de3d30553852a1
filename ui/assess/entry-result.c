#include "config.h"

#include "ui/assess/entry-result.h"

#include <glib/gi18n-lib.h>

#include "ui/assess/result-columns.h"

GtkWidget *
xq_entry_result_row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static void
add_score (GtkWidget *group, const XqScore *score)
{
  g_autofree char *value = xq_score_text (score->defined ? score->scale : NULL, score->value);
  GtkWidget *row = xq_entry_result_row_new (xq_words_get (&score->scale->label), NULL);
  GtkWidget *band = xq_band_label_new ();
  GtkWidget *label = gtk_label_new (value);

  xq_band_label_set (band, score->band);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (band), 1);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (band), 14);
  gtk_widget_add_css_class (label, "title-3");
  gtk_widget_add_css_class (label, "numbers");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), band);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_critical (GtkWidget *group, const XqCriticalHit *hit)
{
  g_autofree char *title
      = g_strdup_printf (_ ("Critical item %d: %s"), hit->item, xq_words_get (&hit->critical->label));
  GtkWidget *row = xq_entry_result_row_new (title, NULL);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_widget_add_css_class (row, "critical");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_validity (GtkWidget *group, const XqScoreResult *result)
{
  if (!result->complete)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               xq_entry_result_row_new (_ ("Too many blanks for a score"), _ ("The sheet is kept as incomplete.")));
  else if (!result->valid)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               xq_entry_result_row_new (_ ("Not to be relied on"),
                                               result->invalid_because != NULL ? xq_words_get (result->invalid_because)
                                                                               : NULL));
}

void
xq_entry_result_fill (AdwPreferencesGroup *group, const XqScoreResult *result)
{
  for (guint i = 0; i < result->n_critical; i++)
    add_critical (GTK_WIDGET (group), &result->critical[i]);
  add_validity (GTK_WIDGET (group), result);
  for (guint i = 0; i < result->n_scores; i++)
    if (result->scores[i].scale->listed)
      add_score (GTK_WIDGET (group), &result->scores[i]);
}
