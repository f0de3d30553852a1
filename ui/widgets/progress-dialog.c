#include "config.h"

#include "ui/widgets/progress-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/window.h"

/* Work that is over sooner shows no dialog. */
#define MOMENT_MS 250

typedef struct
{
  GWeakRef parent;
  GWeakRef window;
  char *title;
  GCancellable *cancellable;
  AdwDialog *dialog;
  GtkWidget *bar;
  GtkWidget *what;
  GtkWidget *cancel;
  GDestroyNotify free_result;
  XqProgressDone done;
  gpointer user_data;
  GDestroyNotify free_user_data;
  guint show_id;
} Run;

static void
run_free (Run *run)
{
  g_clear_handle_id (&run->show_id, g_source_remove);
  g_weak_ref_clear (&run->parent);
  g_weak_ref_clear (&run->window);
  g_free (run->title);
  g_clear_object (&run->cancellable);
  g_clear_object (&run->cancel);
  g_clear_object (&run->dialog);
  if (run->free_user_data != NULL)
    run->free_user_data (run->user_data);
  g_free (run);
}

static void
on_progress_cb (double fraction, const char *what, gpointer user_data)
{
  Run *run = user_data;

  if (fraction < 0)
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (run->bar));
  else
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (run->bar), CLAMP (fraction, 0, 1));
  if (what != NULL)
    gtk_label_set_label (GTK_LABEL (run->what), what);
}

static void
on_cancel_cb (Run *run)
{
  g_cancellable_cancel (run->cancellable);
  gtk_label_set_label (GTK_LABEL (run->what), _("Stopping…"));
}

static gboolean
on_moment_cb (gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&run->parent);

  run->show_id = 0;
  if (parent != NULL && gtk_widget_get_root (parent) != NULL)
    adw_dialog_present (run->dialog, parent);
  return G_SOURCE_REMOVE;
}

/* Nobody is there to whom it could be told now: the vault was locked meanwhile. */
static void
say_later (Run *run, const GError *error)
{
  g_autoptr (XqWindow) window = g_weak_ref_get (&run->window);
  g_autofree char *text = NULL;

  if (window == NULL)
    return;
  if (error == NULL)
    text = g_strdup_printf (_("“%s” came to its end all the same when the vault was locked."), run->title);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = g_strdup_printf (_("“%s” was stopped when the vault was locked. Nothing half done was left; begin it again."),
                            run->title);
  else
    text = g_strdup_printf (_("“%s” failed when the vault was locked: %s"), run->title, error->message);
  xq_window_say_later (window, text);
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&run->parent);
  gpointer value = xq_session_run_finish (XQ_SESSION (source), result, &error);

  g_clear_handle_id (&run->show_id, g_source_remove);
  /* The dialog fades out for a while yet, and may still be clicked. */
  g_signal_handlers_disconnect_by_data (run->cancel, run);
  g_signal_handlers_disconnect_by_data (run->dialog, run);
  if (gtk_widget_get_root (GTK_WIDGET (run->dialog)) != NULL)
    adw_dialog_force_close (run->dialog);
  if (parent != NULL && xq_session_is_open (XQ_SESSION (source)))
    run->done (parent, value, error, run->user_data);
  else if (value != NULL && run->free_result != NULL)
    run->free_result (value);
  if (!xq_session_is_open (XQ_SESSION (source)))
    say_later (run, error);
  run_free (run);
}

static void
make_dialog (Run *run, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heading = gtk_label_new (title);

  run->cancel = g_object_ref_sink (gtk_button_new_with_mnemonic (_("_Cancel")));
  run->bar = gtk_progress_bar_new ();
  run->what = gtk_label_new (_("Beginning…"));
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_widget_add_css_class (heading, "title-4");
  gtk_label_set_xalign (GTK_LABEL (run->what), 0);
  gtk_label_set_ellipsize (GTK_LABEL (run->what), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (run->what, "dimmed");
  gtk_widget_set_halign (run->cancel, GTK_ALIGN_END);
  gtk_widget_set_margin_top (run->cancel, 6);
  g_signal_connect_swapped (run->cancel, "clicked", G_CALLBACK (on_cancel_cb), run);
  gtk_accessible_update_property (GTK_ACCESSIBLE (run->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 24);
  gtk_widget_set_margin_end (box, 24);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), run->bar);
  gtk_box_append (GTK_BOX (box), run->what);
  gtk_box_append (GTK_BOX (box), run->cancel);

  run->dialog = g_object_ref_sink (adw_dialog_new ());
  adw_dialog_set_title (run->dialog, title);
  adw_dialog_set_can_close (run->dialog, FALSE);
  adw_dialog_set_content_width (run->dialog, 420);
  adw_dialog_set_child (run->dialog, box);
  /* Escape means the same as the button. */
  g_signal_connect_swapped (run->dialog, "close-attempt", G_CALLBACK (on_cancel_cb), run);
}

void
xq_progress_run_full (GtkWidget *parent, XqSession *session, const char *title, XqWork work, gpointer data,
                      GDestroyNotify free_data, GDestroyNotify free_result, XqProgressDone done, gpointer user_data,
                      GDestroyNotify free_user_data)
{
  Run *run;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (done != NULL);

  run = g_new0 (Run, 1);
  g_weak_ref_init (&run->parent, parent);
  g_weak_ref_init (&run->window, xq_window_for (parent));
  run->title = g_strdup (title);
  run->cancellable = g_cancellable_new ();
  run->free_result = free_result;
  run->done = done;
  run->user_data = user_data;
  run->free_user_data = free_user_data;
  make_dialog (run, title);
  run->show_id = g_timeout_add (MOMENT_MS, on_moment_cb, run);
  xq_session_run_async (session, work, data, free_data, free_result, on_progress_cb, run, run->cancellable,
                        on_done_cb, run);
}

void
xq_progress_run (GtkWidget *parent, XqSession *session, const char *title, XqWork work, gpointer data,
                 GDestroyNotify free_data, GDestroyNotify free_result, XqProgressDone done, gpointer user_data)
{
  xq_progress_run_full (parent, session, title, work, data, free_data, free_result, done, user_data, NULL);
}
