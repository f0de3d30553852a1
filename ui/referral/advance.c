#include "config.h"

#include "ui/referral/advance.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "report/desk.h"
#include "ui/widgets/autosave.h"
#include "ui/widgets/date-row.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/simple.h"
#include "ui/widgets/text-area.h"
#include "ui/window.h"

static const char *const verbs[] = {
  [XQ_REFERRAL_DRAFT] = N_ ("Draft"),
  [XQ_REFERRAL_CONSENT_ASKED] = N_ ("Ask for consent"),
  [XQ_REFERRAL_CONSENTED] = N_ ("Consent given"),
  [XQ_REFERRAL_REFUSED] = N_ ("Consent refused"),
  [XQ_REFERRAL_SENT] = N_ ("Send the letter"),
  [XQ_REFERRAL_ACCEPTED] = N_ ("Accepted by the institution"),
  [XQ_REFERRAL_DECLINED] = N_ ("Declined by the institution"),
  [XQ_REFERRAL_ATTENDED] = N_ ("Was seen there"),
  [XQ_REFERRAL_MISSED] = N_ ("Did not go"),
  [XQ_REFERRAL_RESULT_IN] = N_ ("Enter the reply"),
  [XQ_REFERRAL_CLOSED] = N_ ("Close the referral"),
};

/* The dialog and what it asks; rows that a step does not need are NULL. */
typedef struct
{
  XqSession *session;
  GtkWidget *parent;
  AdwDialog *dialog;
  XqReferral *referral;
  XqReferralState state;
  GPtrArray *institutions;
  GtkWidget *note;
  GtkWidget *reask;
  GtkWidget *guardian;
  GtkWidget *principal;
  GtkWidget *institution;
  GtkWidget *sections[XQ_LETTER_SECTIONS];
  GtkWidget *problem;
  XqAutosave *autosave;
} Advance;

static void
advance_free (gpointer data)
{
  Advance *self = data;

  g_clear_object (&self->session);
  g_clear_pointer (&self->referral, xq_referral_free);
  g_clear_pointer (&self->institutions, g_ptr_array_unref);
  g_free (self);
}

const char *
xq_advance_verb (XqReferralState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (verbs), NULL);

  return _ (verbs[state]);
}

/* The emergency lane goes on without waiting for consent. */
static gboolean
goes_without_consent (const Advance *self)
{
  return self->state == XQ_REFERRAL_SENT
         && (self->referral->state == XQ_REFERRAL_DRAFT || self->referral->state == XQ_REFERRAL_CONSENT_ASKED);
}

static char *
released (Advance *self)
{
  guint mask = 0;

  if (self->sections[0] == NULL)
    return NULL;
  for (int i = 0; i < XQ_LETTER_SECTIONS; i++)
    if (adw_switch_row_get_active (ADW_SWITCH_ROW (self->sections[i])))
      mask |= 1u << i;
  return xq_letter_format_released (mask);
}

static gint64
told (GtkWidget *row)
{
  return row != NULL && adw_switch_row_get_active (ADW_SWITCH_ROW (row)) ? xq_clock_now () : 0;
}

static gint64
chosen_institution (Advance *self)
{
  guint chosen;

  if (self->institution == NULL)
    return 0;
  chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->institution));
  return chosen < self->institutions->len ? XQ_RECORD_ID (g_ptr_array_index (self->institutions, chosen)) : 0;
}

static void
on_take_step_cb (gpointer user_data)
{
  Advance *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqDesk) desk = NULL;
  g_autofree char *note = xq_text_area_get_text (XQ_TEXT_AREA (self->note));
  g_autofree char *sections = released (self);
  XqWindow *window = xq_window_for (self->parent);
  XqReferralAdvance step = {
    .state = self->state,
    .note = *note != '\0' ? note : NULL,
    .guardian_told_at = told (self->guardian),
    .principal_told_at = told (self->principal),
    .institution_id = chosen_institution (self),
    .released = sections,
  };

  if (self->reask != NULL && !xq_date_row_check (XQ_DATE_ROW (self->reask), &error))
    {
      xq_problem_label_set (self->problem, error->message);
      return;
    }
  step.reask_on = self->reask != NULL ? xq_date_row_get_date (XQ_DATE_ROW (self->reask)) : NULL;
  desk = xq_desk_new (xq_session_database (self->session), &error);
  if (desk == NULL || !xq_desk_advance_referral (desk, self->referral->id, &step, NULL, &error))
    {
      xq_problem_label_set (self->problem, error->message);
      return;
    }
  xq_session_changed (self->session, XQ_CHANGED_REFERRAL | XQ_CHANGED_CARE);
  if (window != NULL)
    xq_window_toast (window, _ (xq_referral_states[self->state].label), NULL, NULL, NULL);
  xq_autosave_finish (self->autosave);
  adw_dialog_force_close (self->dialog);
}

static GtkWidget *
note_group_new (Advance *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  gboolean result = self->state == XQ_REFERRAL_RESULT_IN;
  const char *title = result ? _ ("What the institution wrote") : _ ("Note");

  self->note = xq_text_area_new (title, 96);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (result)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                           _ ("A diagnosis is the institution's: write down who made it and when."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->note);
  return group;
}

static GtkWidget *
switch_new (const char *title, const char *subtitle, gboolean active)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), active);
  return row;
}

static GtkWidget *
sections_group_new (Advance *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint mask = 0;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("What the letter may say"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group), _ ("Only what is ticked goes to the institution. The preview is the letter."));
  if (!xq_letter_parse_released (self->referral->released, &mask, NULL) || mask == 0)
    mask = XQ_LETTER_LEAST;
  for (int i = 0; i < XQ_LETTER_SECTIONS; i++)
    {
      self->sections[i] = switch_new (_ (xq_letter_sections[i].label), NULL, mask & 1u << i);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->sections[i]);
    }
  return group;
}

static GtkWidget *
told_group_new (Advance *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Told at once"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("An emergency goes on without waiting for consent. Both times are written into the file."));
  self->guardian = switch_new (_ ("The guardian has been told"), NULL, self->referral->guardian_told_at != 0);
  self->principal = switch_new (_ ("The principal has been told"), NULL, self->referral->principal_told_at != 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->guardian);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->principal);
  return group;
}

static GtkWidget *
reask_group_new (Advance *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->reask = xq_date_row_new (_ ("Ask again on"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->reask);
  return group;
}

static GtkWidget *
institution_group_new (Advance *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint present = 0;

  self->institutions = xq_institution_list (xq_session_database (self->session), NULL);
  for (guint i = 0; self->institutions != NULL && i < self->institutions->len; i++)
    {
      const XqInstitution *each = g_ptr_array_index (self->institutions, i);

      gtk_string_list_append (names, each->name);
      if (each->id == self->referral->institution_id)
        present = i;
    }
  self->institution = adw_combo_row_new ();
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self->institution), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->institution), _ ("Send to"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->institution), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->institution), present);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->institution);
  return group;
}

static void
add_group (GtkWidget *page, GtkWidget *group)
{
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
}

static GtkWidget *
questions_new (Advance *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  if (goes_without_consent (self))
    add_group (page, told_group_new (self));
  if (self->state == XQ_REFERRAL_SENT && self->referral->state == XQ_REFERRAL_DECLINED)
    add_group (page, institution_group_new (self));
  if (self->state == XQ_REFERRAL_CONSENTED || goes_without_consent (self))
    add_group (page, sections_group_new (self));
  if (self->state == XQ_REFERRAL_REFUSED)
    add_group (page, reask_group_new (self));
  add_group (page, note_group_new (self));

  self->problem = xq_problem_label_new ();
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->problem);
  add_group (page, group);
  return page;
}

/* One draft a step: what was typed for another step says nothing here. */
static void
begin_autosave (Advance *self, AdwToolbarView *view)
{
  g_autofree char *kind = g_strconcat ("referral-", xq_referral_states[self->state].id, NULL);
  const struct
  {
    const char *name;
    GtkWidget *widget;
  } fields[] = {
    { "note", self->note },           { "reask", self->reask },         { "institution", self->institution },
    { "guardian", self->guardian },   { "principal", self->principal },
  };

  self->autosave = xq_autosave_new (self->session, kind, "referral", self->referral->id, GTK_WIDGET (self->dialog));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].widget != NULL)
      xq_autosave_add (self->autosave, fields[i].name, fields[i].widget);
  for (int i = 0; i < XQ_LETTER_SECTIONS; i++)
    if (self->sections[i] != NULL)
      xq_autosave_add (self->autosave, xq_letter_sections[i].id, self->sections[i]);
  adw_toolbar_view_add_top_bar (view, xq_autosave_banner (self->autosave));
  xq_autosave_begin (self->autosave);
}

void
xq_advance_present (GtkWidget *parent, XqSession *session, const XqReferral *referral, XqReferralState state)
{
  Advance *self = g_new0 (Advance, 1);

  self->session = g_object_ref (session);
  self->parent = parent;
  self->referral = xq_referral_copy (referral);
  self->state = state;
  /* The button says what the dialog is for: once is enough to be seen, the title is for who listens. */
  self->dialog = xq_editor_dialog_new (xq_advance_verb (state), questions_new (self), xq_advance_verb (state), on_take_step_cb,
                                       self, advance_free);
  begin_autosave (self, ADW_TOOLBAR_VIEW (adw_dialog_get_child (self->dialog)));
  adw_dialog_present (self->dialog, parent);
}
