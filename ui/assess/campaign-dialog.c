#include "config.h"

#include "ui/assess/campaign-dialog.h"

#include <glib/gi18n-lib.h>

#include "assess/campaign.h"
#include "base/clock.h"
#include "base/date.h"
#include "people/organisation.h"
#include "people/unit.h"
#include "ui/widgets/autosave.h"
#include "ui/widgets/date-row.h"
#include "ui/window.h"

#define USUAL_DAYS 14 /* from the first day to the last */

/* The dialog; lives as long as it. */
typedef struct
{
  XqSession *session;
  GtkWidget *parent;
  AdwDialog *dialog;
  GPtrArray *organisations;
  GtkWidget *title;
  GtkWidget *organisation;
  GtkWidget *from;
  GtkWidget *due;
  GtkWidget *units;        /* expander */
  GPtrArray *unit_rows;
  GPtrArray *instrument_rows;
  GtkWidget *problem;
  XqAutosave *autosave;
} NewCampaign;

static void
new_campaign_free (gpointer data)
{
  NewCampaign *self = data;

  g_clear_object (&self->session);
  g_clear_pointer (&self->organisations, g_ptr_array_unref);
  g_ptr_array_unref (self->unit_rows);
  g_ptr_array_unref (self->instrument_rows);
  g_free (self);
}

static const XqOrganisation *
chosen_organisation (NewCampaign *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->organisation));

  return selected < self->organisations->len ? g_ptr_array_index (self->organisations, selected) : NULL;
}

/* "phq9,gad7" of the rows that are switched on. (transfer full) */
static char *
chosen_instruments (NewCampaign *self)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < self->instrument_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->instrument_rows, i);

      if (adw_switch_row_get_active (ADW_SWITCH_ROW (row)))
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? "," : "",
                                (const char *) g_object_get_data (G_OBJECT (row), "instrument"));
    }
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static GArray *
chosen_units (NewCampaign *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->unit_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->unit_rows, i);
      gint64 id = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (row), "unit"));

      if (adw_switch_row_get_active (ADW_SWITCH_ROW (row)))
        g_array_append_val (ids, id);
    }
  return ids;
}

static void
complain (NewCampaign *self, GtkWidget *where, const char *message)
{
  gtk_label_set_text (GTK_LABEL (self->problem), message);
  gtk_widget_set_visible (self->problem, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->problem), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  gtk_widget_grab_focus (where);
}

/* Says what is missing and where; NULL when something is. */
static XqCampaign *
read_campaign (NewCampaign *self)
{
  g_autoptr (XqCampaign) campaign = xq_campaign_new ();
  g_autoptr (GError) error = NULL;
  const XqOrganisation *organisation = chosen_organisation (self);

  campaign->title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title))));
  g_free (campaign->instruments);
  campaign->instruments = chosen_instruments (self);
  g_set_str (&campaign->from_date, xq_date_row_get_date (XQ_DATE_ROW (self->from)));
  g_set_str (&campaign->due_date, xq_date_row_get_date (XQ_DATE_ROW (self->due)));
  campaign->organisation_id = organisation != NULL ? organisation->id : 0;
  if (*campaign->title == '\0')
    complain (self, self->title, _ ("The screening needs a name."));
  else if (!xq_date_row_check (XQ_DATE_ROW (self->from), &error))
    complain (self, self->from, error->message);
  else if (!xq_date_row_check (XQ_DATE_ROW (self->due), &error))
    complain (self, self->due, error->message);
  else if (campaign->from_date == NULL)
    complain (self, self->from, _ ("The first day is missing."));
  else if (campaign->due_date != NULL && xq_date_compare (campaign->due_date, campaign->from_date) < 0)
    complain (self, self->due, _ ("The last day is before the first."));
  else if (*campaign->instruments == '\0')
    complain (self, g_ptr_array_index (self->instrument_rows, 0), _ ("Choose at least one questionnaire."));
  else
    return g_steal_pointer (&campaign);
  return NULL;
}

static void
on_unit_switched_cb (NewCampaign *self)
{
  if (self->autosave != NULL)
    xq_autosave_touch (self->autosave);
}

static void
on_create_cb (NewCampaign *self)
{
  g_autoptr (XqCampaign) campaign = read_campaign (self);
  g_autoptr (GArray) units = chosen_units (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gint64 participants = 0;
  XqWindow *window = xq_window_for (self->parent);

  if (campaign == NULL)
    return;
  if (!xq_campaign_create (xq_session_database (self->session), campaign,
                           units->len > 0 ? (const gint64 *) (gpointer) units->data : NULL, units->len, &participants,
                           &error))
    {
      complain (self, self->title, error->message);
      return;
    }
  xq_session_changed (self->session, XQ_CHANGED_ASSESS);
  text = g_strdup_printf (ngettext ("Screening begun with %d person", "Screening begun with %d persons",
                                    (gulong) participants),
                          (int) participants);
  if (window != NULL)
    xq_window_toast (window, text, NULL, NULL, NULL);
  xq_autosave_finish (self->autosave);
  adw_dialog_force_close (self->dialog);
}

/* Units of the organisation that is chosen: those at the top and those just below, which is grades and classes. */
static void
add_units (NewCampaign *self, XqUnitTree *tree, gint64 organisation_id, gint64 parent_id)
{
  g_autoptr (GPtrArray) children = xq_unit_tree_children (tree, organisation_id, parent_id);

  for (guint i = 0; i < children->len; i++)
    {
      const XqUnit *unit = g_ptr_array_index (children, i);
      GtkWidget *row = adw_switch_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), xq_unit_tree_display (tree, unit->id));
      g_object_set_data (G_OBJECT (row), "unit", GSIZE_TO_POINTER (unit->id));
      g_signal_connect_swapped (row, "notify::active", G_CALLBACK (on_unit_switched_cb), self);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self->units), row);
      g_ptr_array_add (self->unit_rows, row);
      add_units (self, tree, organisation_id, unit->id);
    }
}

static void
fill_units (NewCampaign *self)
{
  const XqOrganisation *organisation = chosen_organisation (self);
  g_autoptr (XqUnitTree) tree = xq_unit_tree_load (xq_session_database (self->session), NULL);

  for (guint i = 0; i < self->unit_rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self->units), g_ptr_array_index (self->unit_rows, i));
  g_ptr_array_set_size (self->unit_rows, 0);
  if (organisation != NULL && tree != NULL)
    add_units (self, tree, organisation->id, 0);
}

static GtkWidget *
group_new (AdwPreferencesPage *page, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  return group;
}

static void
add_dates (NewCampaign *self, AdwPreferencesPage *page)
{
  GtkWidget *group = group_new (page, _ ("Screening"), NULL);
  g_autofree char *today = xq_clock_today ();
  g_autofree char *due = xq_date_add_days (today, USUAL_DAYS);

  self->title = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->title), _ ("Name of the screening"));
  self->from = xq_date_row_new (_ ("First day"));
  self->due = xq_date_row_new (_ ("Last day"));
  xq_date_row_set_date (XQ_DATE_ROW (self->from), today);
  xq_date_row_set_date (XQ_DATE_ROW (self->due), due);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_add_css_class (self->problem, "form-message");
  gtk_widget_set_visible (self->problem, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->from);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->due);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->problem);
}

static void
add_whom (NewCampaign *self, AdwPreferencesPage *page)
{
  GtkWidget *group = group_new (page, _ ("Who is asked"), _ ("The roster is kept as it is today: who comes or goes later"
                                                             " does not change this screening."));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->organisations->len; i++)
    gtk_string_list_append (names, ((XqOrganisation *) g_ptr_array_index (self->organisations, i))->name);
  self->organisation = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->organisation), _ ("Organisation"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->organisation), G_LIST_MODEL (names));
  gtk_widget_set_visible (self->organisation, self->organisations->len > 1);
  self->units = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->units), _ ("Only these classes or departments"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->units), _ ("Everybody, when none is switched on"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->organisation);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->units);
  g_signal_connect_swapped (self->organisation, "notify::selected", G_CALLBACK (fill_units), self);
  fill_units (self);
}

static void
add_instruments (NewCampaign *self, AdwPreferencesPage *page)
{
  GtkWidget *group = group_new (page, _ ("Questionnaires"), NULL);
  XqDesk *desk = xq_session_desk (self->session, NULL);
  g_autoptr (GPtrArray) instruments = desk != NULL ? xq_instrument_set_list (xq_desk_instruments (desk)) : NULL;

  for (guint i = 0; instruments != NULL && i < instruments->len; i++)
    {
      const XqInstrument *instrument = g_ptr_array_index (instruments, i);
      GtkWidget *row = adw_switch_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), instrument->label);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), xq_words_get (&instrument->name));
      g_object_set_data_full (G_OBJECT (row), "instrument", g_strdup (instrument->id), g_free);
      g_ptr_array_add (self->instrument_rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
}

/* Classes that are switched on, "12,15": by their ids, for the rows are made anew when the organisation changes. (transfer full) */
static char *
read_units (gpointer data)
{
  g_autoptr (GArray) ids = chosen_units (data);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", g_array_index (ids, gint64, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A class that is gone by now is left out. */
static void
write_units (gpointer data, const char *text)
{
  NewCampaign *self = data;
  g_auto (GStrv) ids = g_strsplit (text, ",", -1);

  for (guint i = 0; i < self->unit_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->unit_rows, i);
      g_autofree char *id
          = g_strdup_printf ("%" G_GSIZE_FORMAT, GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (row), "unit")));

      adw_switch_row_set_active (ADW_SWITCH_ROW (row), g_strv_contains ((const char *const *) ids, id));
    }
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->units), *text != '\0');
}

static void
begin_autosave (NewCampaign *self, AdwToolbarView *view)
{
  self->autosave = xq_autosave_new (self->session, "campaign", "campaign", 0, GTK_WIDGET (self->dialog));
  xq_autosave_add (self->autosave, "title", self->title);
  xq_autosave_add (self->autosave, "from", self->from);
  xq_autosave_add (self->autosave, "due", self->due);
  /* First the organisation: its classes are there only then. */
  xq_autosave_add (self->autosave, "organisation", self->organisation);
  xq_autosave_add_custom (self->autosave, "units", read_units, write_units, self);
  for (guint i = 0; i < self->instrument_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->instrument_rows, i);

      xq_autosave_add (self->autosave, g_object_get_data (G_OBJECT (row), "instrument"), row);
    }
  adw_toolbar_view_add_top_bar (view, xq_autosave_banner (self->autosave));
  xq_autosave_begin (self->autosave);
}

static void
build (NewCampaign *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *create = gtk_button_new_with_mnemonic (_ ("_Begin"));

  gtk_widget_add_css_class (create, "suggested-action");
  g_signal_connect_swapped (create, "clicked", G_CALLBACK (on_create_cb), self);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), create);
  add_dates (self, ADW_PREFERENCES_PAGE (page));
  add_whom (self, ADW_PREFERENCES_PAGE (page));
  add_instruments (self, ADW_PREFERENCES_PAGE (page));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (self->dialog, _ ("New screening"));
  adw_dialog_set_content_width (self->dialog, 560);
  adw_dialog_set_content_height (self->dialog, 680);
  adw_dialog_set_child (self->dialog, view);
  adw_dialog_set_default_widget (self->dialog, create);
  adw_dialog_set_focus (self->dialog, self->title);
  begin_autosave (self, ADW_TOOLBAR_VIEW (view));
}

void
xq_campaign_dialog_present (GtkWidget *parent, XqSession *session)
{
  NewCampaign *self = g_new0 (NewCampaign, 1);

  self->session = g_object_ref (session);
  self->parent = parent;
  self->dialog = adw_dialog_new ();
  self->unit_rows = g_ptr_array_new ();
  self->instrument_rows = g_ptr_array_new ();
  self->organisations = xq_organisation_list (xq_session_database (session), NULL);
  if (self->organisations == NULL)
    self->organisations = g_ptr_array_new ();
  build (self);
  g_object_set_data_full (G_OBJECT (self->dialog), "new-campaign", self, new_campaign_free);
  adw_dialog_present (self->dialog, parent);
}
