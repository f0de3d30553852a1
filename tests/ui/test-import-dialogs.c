/* The dialogs of both imports while a worker runs: whatever goes first, nothing stays behind and nothing is touched
 * that is gone. */
#include "config.h"

#include "tests/ui/display-fixture.h"
#include "tests/ui/session-fixture.h"
#include "ui/assess/answers-dialog.h"
#include "ui/assess/answers-preview.h"
#include "ui/people/roster-dialog.h"
#include "ui/people/roster-preview.h"

#define PATIENCE (60 * G_USEC_PER_SEC)

typedef void (*Present) (GtkWidget *parent, XqSession *session, GFile *file);

static const struct
{
  const char *file;
  Present present;
} dialogs[] = {
  { "roster-school.xlsx", xq_roster_dialog_present_file },
  { "answers-phq9-gad7-by-number.xlsx", xq_answers_dialog_present_file },
};

/* A window with a page in it, on which the dialog of @data is presented. */
static GtkWidget *
present (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *name = dialogs[GPOINTER_TO_SIZE (data)].file;
  g_autofree char *path = g_build_filename (g_getenv ("XQ_TEST_FIXTURES"), "samples", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  dialogs[GPOINTER_TO_SIZE (data)].present (page, fixture->session, file);
  return window;
}

/* Everything that held the session has let it go but the fixture. */
static void
assert_let_go (Fixture *fixture)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (g_atomic_int_get (&G_OBJECT (fixture->session)->ref_count) > 1 && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (g_atomic_int_get (&G_OBJECT (fixture->session)->ref_count), ==, 1);
}

static void
test_session_closed (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = present (fixture, data);

  xq_session_close (fixture->session);
  assert_let_go (fixture);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_page_gone (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = present (fixture, data);

  gtk_window_destroy (GTK_WINDOW (window));
  assert_let_go (fixture);
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

/* The dialog is closed while the table is read again for a column that was corrected. */
static void
test_dialog_closed (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = present (fixture, data), *preview = NULL;
  GType type = GPOINTER_TO_SIZE (data) == 0 ? XQ_TYPE_ROSTER_PREVIEW : XQ_TYPE_ANSWERS_PREVIEW;
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (preview == NULL && g_get_monotonic_time () < end)
    {
      AdwDialog *dialog;

      g_main_context_iteration (NULL, FALSE);
      dialog = adw_window_get_visible_dialog (ADW_WINDOW (window));
      preview = dialog != NULL ? find (GTK_WIDGET (dialog), type) : NULL;
    }
  g_assert_nonnull (preview);
  if (type == XQ_TYPE_ROSTER_PREVIEW)
    g_signal_emit_by_name (preview, "remapped", "", "备注");
  else
    g_signal_emit_by_name (preview, "rechosen");
  adw_dialog_force_close (adw_window_get_visible_dialog (ADW_WINDOW (window)));
  assert_let_go (fixture);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add (const char *name, gsize dialog, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_autofree char *path = g_strdup_printf ("/ui/import-dialogs/%s/%s", dialog == 0 ? "roster" : "answers", name);

  g_test_add (path, Fixture, GSIZE_TO_POINTER (dialog), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  GSubprocess *server;
  int result;

  /* The toolkit needs the schemas of the system: no folders of the test's own. */
  g_test_init (&argc, &argv, NULL);
  server = display_begin ();
  for (gsize i = 0; i < G_N_ELEMENTS (dialogs) && server != NULL; i++)
    {
      add ("session-closed", i, test_session_closed);
      add ("page-gone", i, test_page_gone);
      add ("dialog-closed", i, test_dialog_closed);
    }
  result = g_test_run ();
  display_end (server);
  return result;
}
