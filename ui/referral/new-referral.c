#include "config.h"

#include "ui/referral/new-referral.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "care/warning.h"
#include "report/desk.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/form.h"
#include "ui/widgets/person-picker.h"
#include "ui/window.h"

/* The dialog and what it works on; lives as long as the dialog. */
typedef struct
{
  XqSession *session;
  XqForm *form;
  GtkWidget *picker;
  AdwDialog *dialog;
  GtkWidget *parent;
  gint64 warning_id;
  XqAutosave *autosave;
} NewReferral;

static void
new_referral_free (gpointer data)
{
  NewReferral *self = data;

  g_clear_object (&self->session);
  g_free (self);
}

static gboolean
find_warning (NewReferral *self, gint64 person_id, gint64 *ret_warning_id, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (XqWarning) warning = NULL;

  *ret_warning_id = self->warning_id;
  if (self->warning_id != 0)
    return TRUE;
  warning = xq_warning_open_of (xq_session_database (self->session), person_id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  *ret_warning_id = warning != NULL ? warning->id : 0;
  return TRUE;
}

static gboolean
create (NewReferral *self, XqReferral *referral, GError **error)
{
  g_autoptr (XqDesk) desk = xq_desk_new (xq_session_database (self->session), error);

  referral->person_id = xq_person_picker_get (XQ_PERSON_PICKER (self->picker));
  return desk != NULL && find_warning (self, referral->person_id, &referral->warning_id, error)
         && xq_referral_create (xq_desk_channel (desk), referral, error);
}

static void
on_create_cb (gpointer user_data)
{
  NewReferral *self = user_data;
  XqWindow *window = xq_window_for (self->parent);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqReferral) referral = NULL;

  if (xq_person_picker_get (XQ_PERSON_PICKER (self->picker)) == 0)
    {
      xq_person_picker_complain (XQ_PERSON_PICKER (self->picker));
      return;
    }
  referral = xq_form_read (self->form);
  if (referral == NULL)
    return;
  if (!create (self, referral, &error))
    {
      xq_form_set_error (self->form, NULL, error->message);
      return;
    }
  xq_autosave_finish (self->autosave);
  xq_session_changed (self->session, XQ_CHANGED_REFERRAL | XQ_CHANGED_CARE);
  adw_dialog_force_close (self->dialog);
  if (window != NULL)
    xq_window_open (window, "referral", referral->id);
}

/* Names the institutions, with their department and how the agreement stands. */
static void
offer_institutions (XqForm *form, GPtrArray *institutions)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) labels = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  g_autofree char *today = xq_clock_today ();

  for (guint i = 0; i < institutions->len; i++)
    {
      const XqInstitution *each = g_ptr_array_index (institutions, i);
      g_autofree char *agreement = xq_institution_agreement_text (each, today);

      g_array_append_val (ids, each->id);
      g_ptr_array_add (labels, each->department != NULL && *each->department != '\0'
                                   ? g_strdup_printf ("%s · %s · %s", each->name, each->department, agreement)
                                   : g_strdup_printf ("%s · %s", each->name, agreement));
    }
  xq_form_set_options (form, "institution_id", (const gint64 *) (gpointer) ids->data,
                       (const char *const *) labels->pdata, ids->len, NULL);
}

static void
say_no_institutions (GtkWidget *parent)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("No institution to refer to yet"),
                                            _ ("Add the hospitals and agencies that the school works with in Settings,"
                                               " under Institutions. Then a referral can begin."));

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, parent);
}

static void
begin_autosave (NewReferral *self)
{
  self->autosave = xq_form_autosave (self->form, self->session, GTK_WIDGET (self->dialog));
  xq_autosave_add (self->autosave, "person_id", self->picker);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (adw_dialog_get_child (self->dialog)),
                                xq_autosave_banner (self->autosave));
  xq_autosave_begin (self->autosave);
}

void
xq_new_referral_present (GtkWidget *parent, XqSession *session, gint64 person_id, gint64 warning_id)
{
  static const char *const fields[] = { "institution_id", "lane", "reason", NULL };
  g_autoptr (GPtrArray) institutions = xq_institution_list (xq_session_database (session), NULL);
  g_autoptr (XqReferral) draft = xq_referral_new ();
  NewReferral *self;
  GtkWidget *page;

  if (institutions == NULL || institutions->len == 0)
    {
      say_no_institutions (parent);
      return;
    }
  self = g_new0 (NewReferral, 1);
  self->session = g_object_ref (session);
  self->parent = parent;
  self->warning_id = warning_id;
  draft->person_id = person_id;
  draft->lane = XQ_LANE_ROUTINE;
  draft->institution_id = XQ_RECORD_ID (g_ptr_array_index (institutions, 0));
  self->form = xq_form_new (&XQ_REFERRAL, draft, fields);
  offer_institutions (self->form, institutions);
  self->picker = xq_person_picker_new (session, person_id);
  page = adw_preferences_page_new ();
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->picker));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->form));
  self->dialog = xq_editor_dialog_new (_ ("New referral"), page, _ ("_Begin"), on_create_cb, self, new_referral_free);
  begin_autosave (self);
  adw_dialog_set_content_height (self->dialog, 560);
  adw_dialog_present (self->dialog, parent);
}
