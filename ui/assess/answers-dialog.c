#include "config.h"

#include "ui/assess/answers-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/assess/answers-preview.h"
#include "ui/assess/answers-work.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/progress-dialog.h"
#include "ui/window.h"

/* One import from the choice of the file to its end; counted, for workers and dialog share it. */
typedef struct
{
  gatomicrefcount references;
  XqSession *session;
  GtkWidget *parent;
  XqAnswersOrder *order;
  XqAnswersTrial *trial; /* what stands in the preview; NULL while it is being read */
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
  g_clear_pointer (&self->order, xq_answers_order_free);
  g_clear_pointer (&self->trial, xq_answers_trial_free);
  g_free (self);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* -- taking back */

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
      xq_session_changed (session, XQ_CHANGED_ASSESS | XQ_CHANGED_CARE);
      xq_window_toast (window, _ ("Import taken back, with the warnings that rested on it alone"), NULL, NULL, NULL);
    }
}

static void
on_undo (XqWindow *window, gpointer user_data)
{
  XqSession *session = xq_window_session (window);

  if (session != NULL)
    xq_progress_run (GTK_WIDGET (window), session, _ ("Taking the import back"), xq_answers_work_undo,
                     g_memdup2 (user_data, sizeof (gint64)), g_free, g_free, on_undone, NULL);
}

/* -- importing */

static char *
result_text (const XqAnswersTrial *done)
{
  gint64 sheets = 0;
  g_autofree char *kept = NULL, *warned = NULL;

  for (guint i = 0; i < done->result->counts->len; i++)
    sheets += g_array_index (done->result->counts, XqAnswersCount, i).assessed;
  kept = g_strdup_printf (ngettext ("%d sheet imported", "%d sheets imported", (gulong) sheets), (int) sheets);
  warned = g_strdup_printf (ngettext ("warnings for %d person", "warnings for %d persons", (gulong) done->raised.persons[0]),
                            (int) done->raised.persons[0]);
  return g_strdup_printf (_ ("%s, %s"), kept, warned);
}

static void
on_applied (GtkWidget *parent, gpointer result, const GError *error, gpointer user_data)
{
  Import *self = user_data;
  XqWindow *window = xq_window_for (parent);
  g_autoptr (XqAnswersTrial) done = result;
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      if (!is_cancelled (error))
        xq_error_dialog (parent, _ ("The answers were not imported"), error);
      return;
    }
  text = result_text (done);
  xq_session_changed (self->session, XQ_CHANGED_ASSESS | XQ_CHANGED_CARE | XQ_CHANGED_PEOPLE);
  if (window != NULL && done->result->batch_id != 0)
    xq_window_toast (window, text, on_undo, g_memdup2 (&done->result->batch_id, sizeof (gint64)), g_free);
  else if (window != NULL)
    xq_window_toast (window, _ ("Nothing new: these answers were imported before"), NULL, NULL, NULL);
}

static void
on_import_cb (Import *self)
{
  xq_progress_run_full (self->parent, self->session, _ ("Importing answers"), xq_answers_work_apply,
                        g_steal_pointer (&self->trial), xq_answers_trial_free, xq_answers_trial_free, on_applied,
                        import_ref (self), import_unref);
  adw_dialog_force_close (self->dialog);
}

/* -- the preview */

static void read_file (Import *self);

static void
on_rechosen_cb (Import *self)
{
  xq_answers_preview_get_choices (XQ_ANSWERS_PREVIEW (self->preview), self->order);
  read_file (self);
}

static void
on_closed_cb (Import *self)
{
  self->closed = TRUE;
}

static void
build (Import *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  g_autofree char *name = g_path_get_basename (self->order->path);
  GtkWidget *title = adw_window_title_new (_ ("Import answers"), name);

  self->dialog = adw_dialog_new ();
  self->preview = xq_answers_preview_new (self->session);
  self->button = gtk_button_new_with_mnemonic (_ ("_Import"));
  gtk_widget_add_css_class (self->button, "suggested-action");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_import_cb), self);
  g_signal_connect_swapped (self->preview, "rechosen", G_CALLBACK (on_rechosen_cb), self);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), title);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->button);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->preview);
  adw_dialog_set_title (self->dialog, _ ("Import answers"));
  adw_dialog_set_content_width (self->dialog, 720);
  adw_dialog_set_content_height (self->dialog, 720);
  adw_dialog_set_child (self->dialog, view);
  g_signal_connect_swapped (self->dialog, "closed", G_CALLBACK (on_closed_cb), self);
  g_object_set_data_full (G_OBJECT (self->dialog), "import", import_ref (self), import_unref);
  adw_dialog_present (self->dialog, self->parent);
}

static gboolean
has_work (const XqAnswersTrial *trial)
{
  return trial->result != NULL && trial->result->people > 0;
}

static void
on_read (GtkWidget *parent, gpointer result, const GError *error, gpointer user_data)
{
  Import *self = user_data;

  if (error != NULL && !is_cancelled (error))
    xq_error_dialog (parent, _ ("The table cannot be read"), error);
  else if (self->closed)
    g_clear_pointer (&result, xq_answers_trial_free);
  else if (result != NULL)
    {
      g_clear_pointer (&self->trial, xq_answers_trial_free);
      self->trial = result;
      if (self->dialog == NULL)
        build (self);
      gtk_widget_set_sensitive (self->button, has_work (self->trial));
      xq_answers_preview_set_trial (XQ_ANSWERS_PREVIEW (self->preview), self->trial);
    }
}

static void
read_file (Import *self)
{
  if (self->button != NULL)
    gtk_widget_set_sensitive (self->button, FALSE);
  xq_progress_run_full (self->parent, self->session, _ ("Reading the table"), xq_answers_work_try,
                        xq_answers_order_copy (self->order), xq_answers_order_free, xq_answers_trial_free, on_read,
                        import_ref (self), import_unref);
}

void
xq_answers_dialog_present_file (GtkWidget *parent, XqSession *session, GFile *file)
{
  Import *self = g_new0 (Import, 1);
  g_autofree char *path = g_file_get_path (file);

  g_atomic_ref_count_init (&self->references);
  self->session = g_object_ref (session);
  self->parent = parent;
  self->order = xq_answers_order_new (path);
  read_file (self);
  import_unref (self);
}

static void
on_file_chosen_cb (GtkWidget *parent, GFile *file, gpointer user_data)
{
  XqWindow *window = xq_window_for (parent);

  if (file != NULL && window != NULL && xq_window_session (window) != NULL)
    xq_answers_dialog_present_file (parent, xq_window_session (window), file);
}

void
xq_answers_dialog_present (GtkWidget *parent)
{
  static const XqFileKind kinds[]
      = { { N_ ("Tables"), "*.xlsx;*.xlsm;*.csv;*.tsv;*.txt" }, { N_ ("All files"), "*" }, { NULL, NULL } };

  xq_file_open_dialog (parent, _ ("Choose the table of answers"), kinds, on_file_chosen_cb, NULL);
}
