#include "config.h"

#include "ui/people/roster-dialog.h"

#include <glib/gi18n-lib.h>

#include "people/roster-import.h"
#include "ui/people/roster-preview.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/progress-dialog.h"
#include "ui/window.h"

/* One import from the choice of the file to its end; counted, for workers and dialog share it. */
typedef struct
{
  gatomicrefcount references;
  XqSession *session;
  GtkWidget *parent;
  char *path;
  GHashTable *overrides;
  XqRoster *roster;
  AdwDialog *dialog;
  gboolean closed;
  GtkWidget *preview;
  GtkWidget *button;
} Import;

static Import *
import_ref (Import *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
import_unref (gpointer data)
{
  Import *self = data;

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_object (&self->session);
  g_free (self->path);
  g_clear_pointer (&self->overrides, g_hash_table_unref);
  g_clear_pointer (&self->roster, xq_roster_free);
  g_free (self);
}

/* What a reader works with: copies, for the window goes on meanwhile. */
typedef struct
{
  char *path;
  GHashTable *overrides;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->path);
  g_hash_table_unref (reading->overrides);
  g_free (reading);
}

static gpointer
read_roster (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  const Reading *reading = data;
  XqRosterOptions options = { .overrides = reading->overrides };

  return xq_roster_read (database, reading->path, &options, progress, error);
}

/* What a writer works with; the roster is its own while it writes. */
typedef struct
{
  XqRoster *roster;
  char **except_tags;
  GArray *left;
} Applying;

static void
applying_free (gpointer data)
{
  Applying *applying = data;

  g_clear_pointer (&applying->roster, xq_roster_free);
  g_strfreev (applying->except_tags);
  g_array_unref (applying->left);
  g_free (applying);
}

static gpointer
apply_roster (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  const Applying *applying = data;
  XqRosterApply apply = { .except_tags = (const char *const *) applying->except_tags,
                          .left = (const gint64 *) (gpointer) applying->left->data,
                          .n_left = applying->left->len };
  gint64 batch_id = 0;

  if (!xq_roster_apply (database, applying->roster, &apply, progress, &batch_id, error))
    return NULL;
  return g_memdup2 (&batch_id, sizeof batch_id);
}

static gpointer
undo_roster (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error)
{
  return xq_roster_undo (database, *(gint64 *) data, progress, error) ? g_strdup ("") : NULL;
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_undone (GtkWidget *parent, gpointer result, const GError *error, gpointer user_data)
{
  XqWindow *window = XQ_WINDOW (parent);
  XqSession *session = xq_window_session (window);

  g_free (result);
  if (error != NULL && !is_cancelled (error))
    xq_error_dialog (parent, _ ("The import cannot be taken back"), error);
  else if (error == NULL && session != NULL)
    {
      xq_session_changed (session, XQ_CHANGED_PEOPLE);
      xq_window_toast (window, _ ("Import taken back"), NULL, NULL, NULL);
    }
}

static void
on_undo (XqWindow *window, gpointer user_data)
{
  XqSession *session = xq_window_session (window);

  if (session != NULL)
    xq_progress_run (GTK_WIDGET (window), session, _ ("Taking the import back"), undo_roster,
                     g_memdup2 (user_data, sizeof (gint64)), g_free, g_free, on_undone, NULL);
}

static void
on_applied (GtkWidget *parent, gpointer result, const GError *error, gpointer user_data)
{
  Import *self = user_data;
  XqWindow *window = xq_window_for (parent);
  gint64 *batch_id = result;

  if (error != NULL)
    {
      if (!is_cancelled (error))
        xq_error_dialog (parent, _ ("The roster was not imported"), error);
      return;
    }
  xq_session_changed (self->session, XQ_CHANGED_PEOPLE);
  if (window != NULL && *batch_id != 0)
    xq_window_toast (window, _ ("Roster imported"), on_undo, g_steal_pointer (&batch_id), g_free);
  g_free (batch_id);
}

static void
on_import_cb (Import *self)
{
  Applying *applying = g_new0 (Applying, 1);
  GtkWidget *parent = self->parent;

  applying->left = g_array_new (FALSE, FALSE, sizeof (gint64));
  applying->except_tags = xq_roster_preview_except_tags (XQ_ROSTER_PREVIEW (self->preview));
  if (xq_roster_preview_marks_left (XQ_ROSTER_PREVIEW (self->preview)))
    for (guint i = 0; i < xq_roster_gone (self->roster)->len; i++)
      g_array_append_val (applying->left, g_array_index (xq_roster_gone (self->roster), XqRosterGone, i).person_id);
  applying->roster = g_steal_pointer (&self->roster);
  xq_progress_run_full (parent, self->session, _ ("Importing the roster"), apply_roster, applying, applying_free, g_free,
                        on_applied, import_ref (self), import_unref);
  adw_dialog_force_close (self->dialog);
}

static void read_file (Import *self);

/* The column @header holds @field from now on; a field is in one column, and a column holds one field. */
static void
on_remapped_cb (XqRosterPreview *preview, const char *field, const char *header, Import *self)
{
  const GArray *sheets = xq_roster_sheets (self->roster);

  for (guint i = 0; i < sheets->len; i++)
    {
      const XqRosterSheet *sheet = &g_array_index (sheets, XqRosterSheet, i);

      for (guint c = 0; c < sheet->n_columns; c++)
        if (sheet->fields[c] != NULL && g_strcmp0 (sheet->titles[c], header) == 0)
          g_hash_table_insert (self->overrides, g_strdup (sheet->fields[c]), g_strdup (""));
    }
  if (*field != '\0')
    g_hash_table_insert (self->overrides, g_strdup (field), g_strdup (header));
  read_file (self);
}

static void
on_closed_cb (Import *self)
{
  self->closed = TRUE;
}

static void
show (Import *self)
{
  guint work = xq_roster_count (self->roster, XQ_ROSTER_ADDED) + xq_roster_count (self->roster, XQ_ROSTER_CHANGED)
               + xq_roster_gone (self->roster)->len;
  GtkWidget *view, *header;

  if (self->dialog == NULL)
    {
      self->dialog = adw_dialog_new ();
      self->preview = xq_roster_preview_new (self->session);
      self->button = gtk_button_new_with_mnemonic (_ ("_Import"));
      view = adw_toolbar_view_new ();
      header = adw_header_bar_new ();
      gtk_widget_add_css_class (self->button, "suggested-action");
      g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_import_cb), self);
      g_signal_connect (self->preview, "remapped", G_CALLBACK (on_remapped_cb), self);
      adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->button);
      adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
      adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->preview);
      adw_dialog_set_title (self->dialog, _ ("Import a roster"));
      adw_dialog_set_content_width (self->dialog, 720);
      adw_dialog_set_content_height (self->dialog, 720);
      adw_dialog_set_child (self->dialog, view);
      g_signal_connect_swapped (self->dialog, "closed", G_CALLBACK (on_closed_cb), self);
      g_object_set_data_full (G_OBJECT (self->dialog), "import", import_ref (self), import_unref);
      adw_dialog_present (self->dialog, self->parent);
    }
  gtk_widget_set_sensitive (self->button, work > 0);
  xq_roster_preview_set_roster (XQ_ROSTER_PREVIEW (self->preview), self->roster);
}

static void
on_read (GtkWidget *parent, gpointer result, const GError *error, gpointer user_data)
{
  Import *self = user_data;

  if (error != NULL && !is_cancelled (error))
    xq_error_dialog (parent, _ ("The table cannot be read"), error);
  else if (self->closed)
    g_clear_pointer (&result, xq_roster_free);
  else if (result != NULL)
    {
      g_clear_pointer (&self->roster, xq_roster_free);
      self->roster = result;
      show (self);
    }
}

static void
copy_override (gpointer key, gpointer value, gpointer copy)
{
  g_hash_table_insert (copy, g_strdup (key), g_strdup (value));
}

static void
read_file (Import *self)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->path = g_strdup (self->path);
  reading->overrides = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_foreach (self->overrides, copy_override, reading->overrides);
  if (self->button != NULL)
    gtk_widget_set_sensitive (self->button, FALSE);
  xq_progress_run_full (self->parent, self->session, _ ("Reading the table"), read_roster, reading, reading_free,
                        (GDestroyNotify) xq_roster_free, on_read, import_ref (self), import_unref);
}

void
xq_roster_dialog_present_file (GtkWidget *parent, XqSession *session, GFile *file)
{
  Import *self;

  /* The preview says of each row what changes in it. */
  if (!xq_window_names_shown (xq_window_for (parent)))
    return;
  self = g_new0 (Import, 1);
  g_atomic_ref_count_init (&self->references);
  self->session = g_object_ref (session);
  self->parent = parent;
  self->path = g_file_get_path (file);
  self->overrides = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  read_file (self);
  import_unref (self);
}

static void
on_file_chosen_cb (GtkWidget *parent, GFile *file, gpointer user_data)
{
  XqWindow *window = xq_window_for (parent);

  if (file != NULL && window != NULL && xq_window_session (window) != NULL)
    xq_roster_dialog_present_file (parent, xq_window_session (window), file);
}

void
xq_roster_dialog_present (GtkWidget *parent)
{
  static const XqFileKind kinds[]
      = { { N_ ("Tables"), "*.xlsx;*.xlsm;*.csv;*.tsv;*.txt" }, { N_ ("All files"), "*" }, { NULL, NULL } };

  xq_file_open_dialog (parent, _ ("Choose the roster"), kinds, on_file_chosen_cb, NULL);
}
