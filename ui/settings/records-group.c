#include "config.h"

#include "ui/settings/records-group.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/dialogs.h"
#include "ui/widgets/form.h"

struct _XqRecordsGroup
{
  AdwPreferencesGroup parent_instance;

  XqSession *session;
  const XqRecordKind *kind;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (XqRecordsGroup, xq_records_group, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
save_record (GtkWidget *parent, gpointer record, gpointer user_data, GError **error)
{
  XqRecordsGroup *self = XQ_RECORDS_GROUP (parent);

  if (!self->kind->save (xq_session_database (self->session), record, error))
    return FALSE;
  xq_session_changed (self->session, self->kind->changes);
  return TRUE;
}

static void
edit (XqRecordsGroup *self, gconstpointer record, const char *title)
{
  xq_form_dialog_present (GTK_WIDGET (self), title, xq_form_new (self->kind->entity, record, NULL), NULL, save_record,
                          NULL, NULL);
}

static void
on_add_cb (XqRecordsGroup *self)
{
  gpointer record = xq_record_new (self->kind->entity);

  if (self->kind->propose != NULL)
    self->kind->propose (xq_session_database (self->session), record);
  edit (self, record, _(self->kind->add));
  xq_record_free (self->kind->entity, record);
}

static gint64
id_of (GtkWidget *row)
{
  gint64 *id = g_object_get_data (G_OBJECT (row), "xq-id");

  return *id;
}

/* Anew from the vault: the list may be older than the record. */
static gpointer
find_record (XqRecordsGroup *self, gint64 id, GPtrArray **ret_all)
{
  *ret_all = self->kind->list (xq_session_database (self->session), NULL);
  for (guint i = 0; *ret_all != NULL && i < (*ret_all)->len; i++)
    if (XQ_RECORD_ID ((*ret_all)->pdata[i]) == id)
      return (*ret_all)->pdata[i];
  return NULL;
}

static void
on_row_activated_cb (XqRecordsGroup *self, GtkWidget *row)
{
  g_autoptr (GPtrArray) all = NULL;
  gpointer record = find_record (self, id_of (row), &all);

  if (record != NULL)
    edit (self, record, _(self->kind->edit));
}

static void
on_remove_confirmed_cb (GtkWidget *parent, gpointer user_data)
{
  XqRecordsGroup *self = XQ_RECORDS_GROUP (parent);
  g_autoptr (GError) error = NULL;

  if (!xq_session_is_open (self->session))
    return;
  if (self->kind->remove (xq_session_database (self->session), *(gint64 *) user_data, &error))
    xq_session_changed (self->session, self->kind->changes);
  else
    xq_error_dialog (parent, _("It was not deleted"), error);
}

static void
on_remove_cb (GtkWidget *button, GtkWidget *row)
{
  XqRecordsGroup *self = XQ_RECORDS_GROUP (gtk_widget_get_ancestor (row, XQ_TYPE_RECORDS_GROUP));
  gint64 id = id_of (row);
  g_autofree char *heading = NULL;

  heading = g_strdup_printf (_("Delete “%s”?"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  xq_confirm_dialog (GTK_WIDGET (self), heading, _(self->kind->remove_warning), _("_Delete"), TRUE,
                     on_remove_confirmed_cb, g_memdup2 (&id, sizeof id), g_free);
}

static void
add_remove_button (GtkWidget *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *words = g_strdup_printf (_("Delete “%s”"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Delete…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_cb), row, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
row_new (XqRecordsGroup *self, gconstpointer record)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = self->kind->row_title (record);
  g_autofree char *subtitle = self->kind->row_subtitle (record);
  gint64 id = XQ_RECORD_ID (record);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "xq-id", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  if (self->kind->remove != NULL)
    add_remove_button (row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  return row;
}

static void
xq_records_group_dispose (GObject *object)
{
  XqRecordsGroup *self = XQ_RECORDS_GROUP (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_records_group_parent_class)->dispose (object);
}

static void
xq_records_group_class_init (XqRecordsGroupClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_records_group_dispose;
}

static void
xq_records_group_init (XqRecordsGroup *self)
{
  self->rows = g_ptr_array_new ();
}

GtkWidget *
xq_records_group_new (XqSession *session, const XqRecordKind *kind)
{
  XqRecordsGroup *self = g_object_new (XQ_TYPE_RECORDS_GROUP, "title", _(kind->title), NULL);
  GtkWidget *add;

  self->session = g_object_ref (session);
  self->kind = kind;
  if (kind->description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _(kind->description));
  if (kind->add != NULL)
    {
      add = gtk_button_new_from_icon_name ("list-add-symbolic");
      gtk_widget_add_css_class (add, "flat");
      gtk_widget_set_tooltip_text (add, _(kind->add));
      gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL, _(kind->add), -1);
      g_signal_connect_object (add, "clicked", G_CALLBACK (on_add_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), add);
    }
  return GTK_WIDGET (self);
}

void
xq_records_group_load (XqRecordsGroup *self)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (XQ_IS_RECORDS_GROUP (self));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  records = self->kind->list (xq_session_database (self->session), &error);
  if (records == NULL)
    {
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), error->message);
      return;
    }
  for (guint i = 0; i < records->len; i++)
    {
      GtkWidget *row = row_new (self, records->pdata[i]);

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    }
}
