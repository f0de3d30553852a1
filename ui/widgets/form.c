#include "config.h"

#include "ui/widgets/form.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/form-private.h"

struct _XqForm
{
  AdwPreferencesGroup parent_instance;

  const XqEntity *entity;
  gpointer record;
  const char *kind;
  GPtrArray *rows; /* of XqFormRow */
  GtkWidget *message;
  gboolean ready;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqForm, xq_form, ADW_TYPE_PREFERENCES_GROUP)

static XqFormRow *
find_row (XqForm *self, const char *field)
{
  for (guint i = 0; field != NULL && i < self->rows->len; i++)
    {
      XqFormRow *row = self->rows->pdata[i];

      if (g_str_equal (row->field->name, field))
        return row;
    }
  return NULL;
}

static void
clear_errors (XqForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    xq_form_row_set_error (self->rows->pdata[i], NULL);
  gtk_widget_set_visible (self->message, FALSE);
}

static void
on_changed_cb (XqForm *self)
{
  if (!self->ready)
    return;
  clear_errors (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
xq_form_dispose (GObject *object)
{
  XqForm *self = XQ_FORM (object);

  self->ready = FALSE;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  if (self->record != NULL)
    xq_record_free (self->entity, self->record);
  self->record = NULL;
  G_OBJECT_CLASS (xq_form_parent_class)->dispose (object);
}

static void
xq_form_class_init (XqFormClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_form_dispose;
  signals[SIGNAL_CHANGED]
    = g_signal_new ("changed", XQ_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xq_form_init (XqForm *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_form_row_free);
  self->message = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->message), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->message), 0);
  gtk_widget_add_css_class (self->message, "error");
  gtk_widget_set_visible (self->message, FALSE);
}

static void
add_field (XqForm *self, const XqField *field)
{
  XqFormRow *row = xq_form_row_new (field, self->record, G_CALLBACK (on_changed_cb), self);

  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row->row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row->message);
}

XqForm *
xq_form_new (const XqEntity *entity, gconstpointer record, const char *const *only)
{
  XqForm *self;

  g_return_val_if_fail (entity != NULL, NULL);
  g_return_val_if_fail (record != NULL, NULL);

  self = g_object_new (XQ_TYPE_FORM, NULL);
  self->entity = entity;
  self->record = xq_record_copy (entity, record);
  if (only != NULL)
    for (; *only != NULL; only++)
      add_field (self, xq_entity_field (entity, *only));
  else
    for (const XqField *field = entity->fields; field->name != NULL; field++)
      if (!(field->flags & XQ_FIELD_INTERNAL))
        add_field (self, field);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->message);
  self->ready = TRUE;
  return self;
}

void
xq_form_set_options (XqForm *self, const char *field, const gint64 *ids, const char *const *labels, guint n,
                     const char *none)
{
  XqFormRow *row;

  g_return_if_fail (XQ_IS_FORM (self));

  row = find_row (self, field);
  g_return_if_fail (row != NULL);
  self->ready = FALSE;
  xq_form_row_set_options (row, self->record, ids, labels, n, none);
  self->ready = TRUE;
}

void
xq_form_set_label (XqForm *self, const char *field, const char *label)
{
  XqFormRow *row;

  g_return_if_fail (XQ_IS_FORM (self));

  row = find_row (self, field);
  g_return_if_fail (row != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row), label);
}

/* The first that is wrong gets the focus; all that are wrong say so. */
static gboolean
read_rows (XqForm *self, gpointer record)
{
  XqFormRow *first_wrong = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      XqFormRow *row = self->rows->pdata[i];
      g_autoptr (GError) error = NULL;

      if (!xq_form_row_read (row, record, &error))
        xq_form_row_set_error (row, error->message);
      else if ((row->field->flags & XQ_FIELD_REQUIRED) && xq_field_is_empty (row->field, record))
        xq_form_row_set_error (row, _("This must not be empty."));
      else
        continue;
      if (first_wrong == NULL)
        first_wrong = row;
    }
  if (first_wrong != NULL)
    gtk_widget_grab_focus (first_wrong->editor);
  return first_wrong == NULL;
}

gpointer
xq_form_read (XqForm *self)
{
  gpointer record;

  g_return_val_if_fail (XQ_IS_FORM (self), NULL);

  clear_errors (self);
  record = xq_record_copy (self->entity, self->record);
  if (read_rows (self, record))
    return record;
  xq_record_free (self->entity, record);
  return NULL;
}

void
xq_form_set_error (XqForm *self, const char *field, const char *message)
{
  XqFormRow *row;

  g_return_if_fail (XQ_IS_FORM (self));

  row = find_row (self, field);
  if (row != NULL)
    {
      xq_form_row_set_error (row, message);
      gtk_widget_grab_focus (row->editor);
      return;
    }
  gtk_label_set_label (GTK_LABEL (self->message), message);
  gtk_widget_set_visible (self->message, TRUE);
}

void
xq_form_set_kind (XqForm *self, const char *kind)
{
  g_return_if_fail (XQ_IS_FORM (self));

  self->kind = kind;
}

/* What a new record is about: the first that it refers to and that is not asked for, its person mostly. */
static const XqField *
subject_of (XqForm *self)
{
  for (const XqField *field = self->entity->fields; field->name != NULL; field++)
    if (field->type == XQ_FIELD_REFERENCE && find_row (self, field->name) == NULL
        && !xq_field_is_empty (field, self->record))
      return field;
  return NULL;
}

XqAutosave *
xq_form_autosave (XqForm *self, XqSession *session, GtkWidget *owner)
{
  const XqField *subject;
  const char *entity;
  gint64 id;
  XqAutosave *autosave;

  g_return_val_if_fail (XQ_IS_FORM (self), NULL);

  subject = XQ_RECORD_ID (self->record) == 0 ? subject_of (self) : NULL;
  entity = subject != NULL ? subject->name : self->entity->name;
  id = subject != NULL ? G_STRUCT_MEMBER (gint64, self->record, subject->offset) : XQ_RECORD_ID (self->record);
  autosave = xq_autosave_new (session, self->kind != NULL ? self->kind : self->entity->name, entity, id, owner);
  for (guint i = 0; i < self->rows->len; i++)
    {
      XqFormRow *row = self->rows->pdata[i];

      xq_autosave_add (autosave, row->field->name, row->editor);
    }
  return autosave;
}

const XqEntity *
xq_form_entity (XqForm *self)
{
  g_return_val_if_fail (XQ_IS_FORM (self), NULL);
  return self->entity;
}

GtkWidget *
xq_form_row (XqForm *self, const char *field)
{
  XqFormRow *row;

  g_return_val_if_fail (XQ_IS_FORM (self), NULL);

  row = find_row (self, field);
  return row != NULL ? row->row : NULL;
}

GtkWidget *
xq_form_first (XqForm *self)
{
  g_return_val_if_fail (XQ_IS_FORM (self), NULL);

  return self->rows->len > 0 ? ((XqFormRow *) self->rows->pdata[0])->editor : NULL;
}
