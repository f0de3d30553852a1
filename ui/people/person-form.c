#include "config.h"

#include "ui/people/person-form.h"

#include <glib/gi18n-lib.h>

#include "people/duplicate.h"
#include "people/national-id.h"
#include "people/organisation.h"
#include "people/person-list.h"
#include "people/unit.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/form.h"
#include "ui/window.h"

/* What is asked, in this order. */
static const char *const fields[] = { "name", "code",  "unit_id", "sex",    "birth_date", "national_id",
                                      "kind", "phone", "address", "remark", NULL };

/* What the form was opened for. */
typedef struct
{
  XqSession *session;
  gint64 organisation_id;
  gint64 person_id;
  XqForm *form;
  gboolean asked; /* duplicates have been shown for what is in the form */
} Editor;

static void
editor_free (gpointer data)
{
  Editor *self = data;

  g_clear_object (&self->session);
  g_free (self);
}

static void
offer_units (Editor *self, XqDatabase *database)
{
  g_autoptr (XqUnitTree) tree = xq_unit_tree_load (database, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) labels = g_ptr_array_new_null_terminated (32, g_free, TRUE);
  g_autoptr (GPtrArray) level = tree != NULL ? xq_unit_tree_children (tree, self->organisation_id, 0) : NULL;
  g_autoptr (GQueue) waiting = g_queue_new ();

  for (guint i = 0; level != NULL && i < level->len; i++)
    g_queue_push_tail (waiting, g_ptr_array_index (level, i));
  while (!g_queue_is_empty (waiting))
    {
      const XqUnit *unit = g_queue_pop_head (waiting);
      g_autoptr (GPtrArray) children = xq_unit_tree_children (tree, self->organisation_id, unit->id);

      g_array_append_val (ids, unit->id);
      g_ptr_array_add (labels, g_strdup (xq_unit_tree_display (tree, unit->id)));
      for (guint i = children->len; i > 0; i--)
        g_queue_push_head (waiting, g_ptr_array_index (children, i - 1));
    }
  xq_form_set_options (self->form, "unit_id", (const gint64 *) (gpointer) ids->data, (const char *const *) labels->pdata,
                       ids->len, _ ("None yet"));
  xq_form_set_label (self->form, "unit_id", xq_session_word (self->session, XQ_WORD_UNIT));
  xq_form_set_label (self->form, "code", xq_session_word (self->session, XQ_WORD_CODE));
}

/* The identity number says when somebody was born and which sex; what was typed otherwise is refused. */
static gboolean
take_national_id (XqPerson *person, GError **error)
{
  g_auto (XqNationalId) id = { NULL };

  if (person->national_id == NULL || *person->national_id == '\0')
    return TRUE;
  if (!xq_national_id_parse (person->national_id, &id, error))
    return FALSE;
  if (person->birth_date != NULL && g_strcmp0 (person->birth_date, id.birth_date) != 0)
    {
      g_set_error (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED,
                   _ ("The identity number says born on %s. Correct it or the birth date."), id.birth_date);
      return FALSE;
    }
  g_set_str (&person->birth_date, id.birth_date);
  if (person->sex == XQ_SEX_UNKNOWN)
    person->sex = id.sex;
  g_set_str (&person->national_id, id.number);
  return TRUE;
}

/* Search before create: names who may be the same. */
static gboolean
show_duplicates (Editor *self, const XqPerson *person, GError **error)
{
  XqDatabase *database = xq_session_database (self->session);
  g_autoptr (GArray) found = xq_duplicate_find (database, person, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (found == NULL)
    return FALSE;
  if (found->len == 0 || self->asked)
    return TRUE;
  g_string_append (text, _ ("This may be the same person as:"));
  for (guint i = 0; i < found->len && i < 5; i++)
    {
      const XqDuplicate *duplicate = &g_array_index (found, XqDuplicate, i);
      g_autoptr (XqPersonRow) row = xq_person_row_load (database, duplicate->person_id, NULL);
      g_autofree char *why = xq_duplicate_describe (duplicate->reasons);

      if (row != NULL)
        {
          g_autofree char *name = xq_session_name (self->session, row->name);

          g_string_append_printf (text, "\n%s %s (%s)", name, row->unit, why);
        }
    }
  g_string_append_printf (text, "\n%s", _ ("Save again to make a new file all the same."));
  self->asked = TRUE;
  g_set_error_literal (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED, text->str);
  return FALSE;
}

static gboolean
save (GtkWidget *parent, gpointer record, gpointer user_data, GError **error)
{
  Editor *self = user_data;
  XqDatabase *database = xq_session_database (self->session);
  XqPerson *person = record;
  XqWindow *window = xq_window_for (parent);

  if (!take_national_id (person, error))
    return FALSE;
  if (person->id == 0)
    {
      if (!show_duplicates (self, person, error) || !xq_person_create (database, person, NULL, error))
        return FALSE;
    }
  else if (!xq_person_save (database, person, NULL, error))
    return FALSE;
  xq_session_changed (self->session, XQ_CHANGED_PEOPLE);
  if (self->person_id == 0 && window != NULL)
    xq_window_open (window, "person", person->id);
  return TRUE;
}

static XqPerson *
blank (Editor *self, XqDatabase *database, GError **error)
{
  g_autoptr (XqOrganisation) organisation = xq_organisation_find (database, NULL, error);
  XqPerson *person;

  if (organisation == NULL)
    return NULL;
  person = xq_person_new ();
  person->organisation_id = organisation->id;
  person->kind = organisation->profile == XQ_PROFILE_ENTERPRISE ? XQ_PERSON_EMPLOYEE : XQ_PERSON_STUDENT;
  return person;
}

void
xq_person_form_present (GtkWidget *parent, XqSession *session, gint64 person_id)
{
  XqDatabase *database = xq_session_database (session);
  Editor *self;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPerson) person = NULL;

  if (person_id != 0 && !xq_window_names_shown (xq_window_for (parent)))
    return;
  self = g_new0 (Editor, 1);
  self->session = g_object_ref (session);
  self->person_id = person_id;
  person = person_id != 0 ? xq_person_load (database, person_id, &error) : blank (self, database, &error);
  if (person == NULL)
    {
      xq_error_dialog (parent, _ ("The file cannot be opened"), error);
      editor_free (self);
      return;
    }
  self->organisation_id = person->organisation_id;
  self->form = xq_form_new (&XQ_PERSON, person, fields);
  offer_units (self, database);
  xq_form_dialog_present (parent, person_id != 0 ? _ ("Cover of the file") : _ ("New file"), self->form, NULL, save,
                          self, editor_free);
}
