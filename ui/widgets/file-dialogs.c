#include "config.h"

#include "ui/widgets/dialogs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/window.h"

typedef GFile *(*Finish) (GtkFileDialog *dialog, GAsyncResult *result, GError **error);

typedef struct
{
  GWeakRef parent;
  Finish finish;
  XqFileChosen chosen;
  gpointer user_data;
  char *answer;
} Choice;

static void
choice_free (Choice *choice)
{
  g_weak_ref_clear (&choice->parent);
  g_free (choice->answer);
  g_free (choice);
}

static Choice *
choice_new (GtkWidget *parent, Finish finish, XqFileChosen chosen, gpointer user_data)
{
  Choice *choice = g_new0 (Choice, 1);

  g_weak_ref_init (&choice->parent, parent);
  choice->finish = finish;
  choice->chosen = chosen;
  choice->user_data = user_data;
  return choice;
}

/* The first line of the file that a test has named; NULL when there is none. */
static char *
take_answer (void)
{
  const char *path = g_getenv ("XINQIAO_FILE_ANSWERS");
  g_autofree char *text = NULL;
  char *end;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  end = strchr (text, '\n');
  if (end == NULL)
    return NULL;
  g_file_set_contents (path, end + 1, -1, NULL);
  return g_strndup (text, (gsize) (end - text));
}

static gboolean
on_answer_cb (gpointer user_data)
{
  Choice *choice = user_data;
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&choice->parent);
  g_autoptr (GFile) file = *choice->answer != '\0' ? g_file_new_for_path (choice->answer) : NULL;

  if (parent != NULL)
    choice->chosen (parent, file, choice->user_data);
  choice_free (choice);
  return G_SOURCE_REMOVE;
}

static void
on_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Choice *choice = user_data;
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&choice->parent);
  g_autoptr (GFile) file = choice->finish (GTK_FILE_DIALOG (source), result, NULL);

  if (parent != NULL)
    choice->chosen (parent, file, choice->user_data);
  choice_free (choice);
}

/* TRUE when a test has answered in place of the dialog. */
static gboolean
is_answered (Choice *choice)
{
  choice->answer = take_answer ();
  if (choice->answer != NULL)
    g_idle_add (on_answer_cb, choice);
  return choice->answer != NULL;
}

static void
set_kinds (GtkFileDialog *dialog, const XqFileKind *kinds)
{
  g_autoptr (GListStore) filters = NULL;

  if (kinds == NULL)
    return;
  filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  for (; kinds->title != NULL; kinds++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
      g_auto (GStrv) patterns = g_strsplit (kinds->patterns, ";", -1);

      gtk_file_filter_set_name (filter, _(kinds->title));
      for (char **pattern = patterns; *pattern != NULL; pattern++)
        gtk_file_filter_add_pattern (filter, *pattern);
      g_list_store_append (filters, filter);
    }
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
}

static GtkFileDialog *
dialog_new (const char *title, const XqFileKind *kinds)
{
  GtkFileDialog *dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  set_kinds (dialog, kinds);
  return dialog;
}

static GtkWindow *
window_of (GtkWidget *parent)
{
  GtkRoot *root = gtk_widget_get_root (parent);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* A dialog of the desktop's closes when ours do. */
static GCancellable *
closing_of (GtkWidget *parent)
{
  XqWindow *window = xq_window_for (parent);

  return window != NULL ? xq_window_dialogs (window) : NULL;
}

void
xq_file_open_dialog (GtkWidget *parent, const char *title, const XqFileKind *kinds, XqFileChosen chosen,
                     gpointer user_data)
{
  g_autoptr (GtkFileDialog) dialog = dialog_new (title, kinds);
  Choice *choice = choice_new (parent, gtk_file_dialog_open_finish, chosen, user_data);

  if (!is_answered (choice))
    gtk_file_dialog_open (dialog, window_of (parent), closing_of (parent), on_chosen_cb, choice);
}

void
xq_file_save_dialog (GtkWidget *parent, const char *title, const char *name, const XqFileKind *kinds,
                     XqFileChosen chosen, gpointer user_data)
{
  g_autoptr (GtkFileDialog) dialog = dialog_new (title, kinds);
  Choice *choice = choice_new (parent, gtk_file_dialog_save_finish, chosen, user_data);

  gtk_file_dialog_set_initial_name (dialog, name);
  if (!is_answered (choice))
    gtk_file_dialog_save (dialog, window_of (parent), closing_of (parent), on_chosen_cb, choice);
}

void
xq_folder_dialog (GtkWidget *parent, const char *title, XqFileChosen chosen, gpointer user_data)
{
  g_autoptr (GtkFileDialog) dialog = dialog_new (title, NULL);
  Choice *choice = choice_new (parent, gtk_file_dialog_select_folder_finish, chosen, user_data);

  if (!is_answered (choice))
    gtk_file_dialog_select_folder (dialog, window_of (parent), closing_of (parent), on_chosen_cb, choice);
}
