#include "config.h"

#include "ui/widgets/autosave.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "ui/session-drafts.h"
#include "ui/widgets/autosave-private.h"
#include "ui/window.h"

/* From the first key to the vault; what comes in between goes along. */
#define DELAY_MS 1500

typedef struct
{
  char *name;
  GtkWidget *widget;
  const XqAutosaveAccess *access;
  char *(*read) (gpointer data);
  void (*write) (gpointer data, const char *text);
  gpointer data;
  char *initial;
} Field;

struct _XqAutosave
{
  GObject parent_instance;

  XqSession *session;
  char *kind;
  char *entity;
  gint64 entity_id;
  GtkWidget *owner; /* owns this */
  GtkWidget *banner;
  GPtrArray *fields;
  guint timer_id;
  gboolean watching;
  gboolean kept; /* there is a row */
  gboolean hidden; /* there is a row, and it is not brought back while names are masked */
};

G_DEFINE_FINAL_TYPE (XqAutosave, xq_autosave, G_TYPE_OBJECT)

static void
field_free (gpointer data)
{
  Field *field = data;

  g_free (field->name);
  g_free (field->initial);
  g_free (field);
}

static char *
read_field (const Field *field)
{
  char *text = field->read != NULL ? field->read (field->data) : field->access->read (field->widget);

  return text != NULL ? text : g_strdup ("");
}

static void
write_field (const Field *field, const char *text)
{
  if (field->write != NULL)
    field->write (field->data, text);
  else
    field->access->write (field->widget, text);
}

static JsonObject *
typed (XqAutosave *self)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < self->fields->len; i++)
    {
      const Field *field = g_ptr_array_index (self->fields, i);
      g_autofree char *text = read_field (field);

      if (g_strcmp0 (text, field->initial) != 0)
        json_object_set_string_member (object, field->name, text);
    }
  return object;
}

static void
drop (XqAutosave *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->kept)
    xq_session_drop_draft (self->session, self->kind, self->entity, self->entity_id);
  self->kept = FALSE;
}

/* TRUE when there is something to be kept. @told (nullable): hears how it went. A disk that is full is told by whatever saves: the
 * form itself stays open with all that is in it. */
static gboolean
keep (XqAutosave *self, XqDraftKept told, gpointer data, GDestroyNotify free_data)
{
  g_autoptr (JsonObject) fields = typed (self);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (json_object_get_size (fields) == 0)
    {
      drop (self);
      return FALSE;
    }
  xq_session_keep_draft (self->session, self->kind, self->entity, self->entity_id, fields, told, data, free_data);
  self->kept = TRUE;
  return TRUE;
}

static gboolean
on_timer_cb (gpointer user_data)
{
  XqAutosave *self = user_data;

  self->timer_id = 0;
  keep (self, NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}

void
xq_autosave_touch (XqAutosave *self)
{
  g_return_if_fail (XQ_IS_AUTOSAVE (self));

  if (self->watching && self->timer_id == 0)
    self->timer_id = g_timeout_add (DELAY_MS, on_timer_cb, self);
}

void
xq_autosave_flush (XqAutosave *self)
{
  g_return_if_fail (XQ_IS_AUTOSAVE (self));

  if (self->watching && self->timer_id != 0)
    keep (self, NULL, NULL, NULL);
}

static void
on_map_cb (XqAutosave *self)
{
  XqWindow *window = xq_window_for (self->owner);

  if (self->kept && window != NULL)
    xq_window_draft_toast (window, NULL);
}

/* The form is closed with something in it that was neither saved nor thrown away. */
static void
on_unmap_cb (XqAutosave *self)
{
  xq_autosave_flush (self);
  if (self->watching && self->kept)
    xq_session_changed (self->session, XQ_CHANGED_DRAFTS);
}

/* Of a form that was closed: its window, weakly. */
static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
on_closed_kept_cb (XqSession *session, const XqDraft *draft, const GError *error, gpointer user_data)
{
  g_autoptr (XqWindow) window = g_weak_ref_get (user_data);
  g_autofree char *text = NULL;

  if (window == NULL || xq_window_session (window) != session)
    return;
  if (error == NULL)
    {
      xq_window_draft_toast (window, draft);
      return;
    }
  text = g_strdup_printf (_("Not saved, and the draft could not be kept: %s"), error->message);
  xq_window_say_later (window, text);
}

/* “Cancel” and Escape, in every form: who meant to throw it away learns that it is there and can, and who did not, that nothing
 * is lost. */
static void
on_closed_cb (XqAutosave *self)
{
  XqWindow *window = xq_window_for (self->owner);
  GWeakRef *weak;

  if (!self->watching || window == NULL)
    return;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, window);
  if (!keep (self, on_closed_kept_cb, weak, weak_free))
    weak_free (weak);
}

/* The banner's button: shows a draft that is hidden, throws away one that was brought back. */
static void
on_banner_cb (XqAutosave *self)
{
  gboolean watching = self->watching;

  if (self->hidden)
    {
      xq_window_names_shown (xq_window_for (self->owner));
      return;
    }
  self->watching = FALSE;
  drop (self);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const Field *field = g_ptr_array_index (self->fields, i);

      write_field (field, field->initial);
    }
  self->watching = watching;
  adw_banner_set_revealed (ADW_BANNER (self->banner), FALSE);
}

static void
xq_autosave_dispose (GObject *object)
{
  XqAutosave *self = XQ_AUTOSAVE (object);

  self->watching = FALSE;
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->banner);
  g_clear_object (&self->session);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  G_OBJECT_CLASS (xq_autosave_parent_class)->dispose (object);
}

static void
xq_autosave_finalize (GObject *object)
{
  XqAutosave *self = XQ_AUTOSAVE (object);

  g_free (self->kind);
  g_free (self->entity);
  G_OBJECT_CLASS (xq_autosave_parent_class)->finalize (object);
}

static void
xq_autosave_class_init (XqAutosaveClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_autosave_dispose;
  G_OBJECT_CLASS (class)->finalize = xq_autosave_finalize;
}

static void
xq_autosave_init (XqAutosave *self)
{
  self->fields = g_ptr_array_new_with_free_func (field_free);
  self->banner = g_object_ref_sink (adw_banner_new (""));
  adw_banner_set_use_markup (ADW_BANNER (self->banner), FALSE);
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (on_banner_cb), self, G_CONNECT_SWAPPED);
}

static void
on_masked_cb (XqAutosave *self)
{
  if (self->hidden && !xq_session_masked (self->session))
    xq_autosave_begin (self);
}

XqAutosave *
xq_autosave_new (XqSession *session, const char *kind, const char *entity, gint64 entity_id, GtkWidget *owner)
{
  XqAutosave *self = g_object_new (XQ_TYPE_AUTOSAVE, NULL);

  self->session = g_object_ref (session);
  self->kind = g_strdup (kind);
  self->entity = g_strdup (entity);
  self->entity_id = entity_id;
  self->owner = owner;
  g_signal_connect_object (session, "notify::masked", G_CALLBACK (on_masked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "save-drafts", G_CALLBACK (xq_autosave_flush), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (owner, "map", G_CALLBACK (on_map_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (owner, "unmap", G_CALLBACK (on_unmap_cb), self, G_CONNECT_SWAPPED);
  if (ADW_IS_DIALOG (owner))
    g_signal_connect_object (owner, "closed", G_CALLBACK (on_closed_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (owner), "xq-autosave", self, g_object_unref);
  return self;
}

static Field *
add_field (XqAutosave *self, const char *name)
{
  Field *field = g_new0 (Field, 1);

  field->name = g_strdup (name);
  g_ptr_array_add (self->fields, field);
  return field;
}

void
xq_autosave_add (XqAutosave *self, const char *name, GtkWidget *widget)
{
  const XqAutosaveAccess *access = xq_autosave_access (widget);
  Field *field;
  gpointer source = widget;

  g_return_if_fail (XQ_IS_AUTOSAVE (self));
  g_return_if_fail (access != NULL);

  field = add_field (self, name);
  field->widget = widget;
  field->access = access;
  if (access->changed == NULL)
    source = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
  g_signal_connect_object (source, access->changed != NULL ? access->changed : "changed",
                           G_CALLBACK (xq_autosave_touch), self, G_CONNECT_SWAPPED);
}

void
xq_autosave_add_custom (XqAutosave *self, const char *name, char *(*read) (gpointer data),
                        void (*write) (gpointer data, const char *text), gpointer data)
{
  Field *field;

  g_return_if_fail (XQ_IS_AUTOSAVE (self));

  field = add_field (self, name);
  field->read = read;
  field->write = write;
  field->data = data;
}

GtkWidget *
xq_autosave_banner (XqAutosave *self)
{
  g_return_val_if_fail (XQ_IS_AUTOSAVE (self), NULL);

  return self->banner;
}

static void
show_banner (XqAutosave *self, const char *title, const char *button)
{
  adw_banner_set_title (ADW_BANNER (self->banner), title);
  adw_banner_set_button_label (ADW_BANNER (self->banner), button);
  adw_banner_set_revealed (ADW_BANNER (self->banner), TRUE);
}

static void
restore (XqAutosave *self, const XqDraft *draft)
{
  g_autoptr (JsonObject) fields = xq_draft_fields (draft);
  g_autofree char *at = xq_autosave_time (draft->saved_at);
  g_autofree char *text = g_strdup_printf (_("What was not saved last time is here again, kept at %s."), at);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const Field *field = g_ptr_array_index (self->fields, i);
      const char *value = json_object_get_string_member_with_default (fields, field->name, NULL);

      if (value != NULL)
        write_field (field, value);
    }
  show_banner (self, text, _("_Discard"));
}

/* What was typed may name anybody, and to write over it would lose it: until names are shown, the form waits. */
static void
set_hidden (XqAutosave *self, gboolean hidden)
{
  if (self->hidden == hidden)
    return;
  self->hidden = hidden;
  for (guint i = 0; i < self->fields->len; i++)
    {
      const Field *field = g_ptr_array_index (self->fields, i);

      if (field->widget != NULL)
        gtk_widget_set_sensitive (field->widget, !hidden);
    }
  if (hidden)
    show_banner (self, _("A draft is kept here. It is hidden while names are masked."), _("_Show"));
}

gboolean
xq_autosave_begin (XqAutosave *self)
{
  g_autoptr (XqDraft) draft = NULL;

  g_return_val_if_fail (XQ_IS_AUTOSAVE (self), FALSE);

  self->watching = FALSE;
  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = g_ptr_array_index (self->fields, i);

      g_free (field->initial);
      field->initial = read_field (field);
    }
  draft = xq_session_find_draft (self->session, self->kind, self->entity, self->entity_id);
  self->kept = draft != NULL;
  adw_banner_set_revealed (ADW_BANNER (self->banner), FALSE);
  set_hidden (self, draft != NULL && xq_session_masked (self->session));
  if (draft != NULL && !self->hidden)
    restore (self, draft);
  self->watching = !self->hidden;
  return draft != NULL;
}

void
xq_autosave_finish (XqAutosave *self)
{
  g_return_if_fail (XQ_IS_AUTOSAVE (self));

  self->watching = FALSE;
  if (!self->hidden)
    drop (self);
  adw_banner_set_revealed (ADW_BANNER (self->banner), FALSE);
}

char *
xq_autosave_time (gint64 at)
{
  g_autofree char *day = xq_clock_date (at);
  g_autofree char *today = xq_clock_today ();
  g_autoptr (GDateTime) local = xq_clock_local (at);
  g_autofree char *shown = NULL;
  g_autofree char *time = g_strdup_printf ("%d:%02d", g_date_time_get_hour (local), g_date_time_get_minute (local));

  if (g_str_equal (day, today))
    return g_steal_pointer (&time);
  shown = xq_date_display (day);
  return g_strdup_printf ("%s %s", shown, time);
}
