#include "config.h"

#include "ui/start/recovery-paper.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "report/chart.h"

#define GROUPS_A_LINE 5

static char *
code_lines (const char *const *groups)
{
  GString *lines = g_string_new (NULL);

  for (int i = 0; groups[i] != NULL; i++)
    g_string_append_printf (lines, "%s%2d  %s", i == 0 ? "" : i % GROUPS_A_LINE == 0 ? "\n" : "    ", i + 1, groups[i]);
  return g_string_free (lines, FALSE);
}

char *
xq_recovery_paper_text (const char *name, const char *const *groups)
{
  g_autofree char *code = code_lines (groups);
  g_autofree char *today = xq_clock_today ();
  g_autofree char *day = xq_date_display_day (today);
  char *text;

  text = g_strdup_printf (_("Recovery sheet of the vault “%s”\n"
                            "Made on %s\n\n"
                            "%s\n\n"
                            "With these groups the vault opens when the password is forgotten: choose “Forgot "
                            "Password” and type them in order. Whoever has this sheet and the folder of the vault can read "
                            "everything in it. Keep it in a safe, sealed; never beside the computer.\n"),
                          name, day, code);
  explicit_bzero (code, strlen (code));
  return text;
}

gboolean
xq_recovery_paper_save (GFile *file, const char *name, const char *const *groups, GError **error)
{
  g_autofree char *text = xq_recovery_paper_text (name, groups);
  gboolean saved = g_file_replace_contents (file, text, strlen (text), NULL, FALSE,
                                            G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, NULL,
                                            error);

  explicit_bzero (text, strlen (text));
  return saved;
}

static void
on_draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer user_data)
{
  g_autoptr (PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  g_autofree char *font = g_strdup_printf ("%s, monospace 13", xq_chart_font ());
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);
  double margin = gtk_print_context_get_width (context) / 12;

  pango_layout_set_font_description (layout, description);
  pango_layout_set_width (layout, (int) ((gtk_print_context_get_width (context) - 2 * margin) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, 1.6f);
  pango_layout_set_text (layout, user_data, -1);
  cairo_move_to (gtk_print_context_get_cairo_context (context), margin, margin);
  pango_cairo_show_layout (gtk_print_context_get_cairo_context (context), layout);
}

gboolean
xq_recovery_paper_print (GtkWindow *parent, const char *name, const char *const *groups, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autofree char *text = xq_recovery_paper_text (name, groups);
  GtkPrintOperationResult result;

  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, _("Recovery sheet"));
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page_cb), text);
  result = gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, error);
  explicit_bzero (text, strlen (text));
  return result == GTK_PRINT_OPERATION_RESULT_APPLY;
}
