/* Dialogs that everybody needs: an error, a question before something is destroyed, a file. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

/* Only where the user must know at once; what belongs to a field is said beside the field. */
void xq_error_dialog (GtkWidget *parent, const char *heading, const GError *error);

/**
 * xq_confirm_dialog:
 * @parent: whom it concerns
 * @heading: a question that names the thing: “Delete the term 2026-2027?”
 * @body: what it means, and that it cannot be undone, when it cannot
 * @action: what the button does: "_Delete"
 * @destructive: whether the button is red and not the default
 * @confirmed: called when the user says so; never when @parent is gone
 * @user_data: for @confirmed
 * @free_data: (nullable): frees @user_data afterwards
 */
void xq_confirm_dialog (GtkWidget *parent, const char *heading, const char *body, const char *action,
                        gboolean destructive, void (*confirmed) (GtkWidget *parent, gpointer user_data),
                        gpointer user_data, GDestroyNotify free_data);

/**
 * xq_editor_dialog_new:
 * @title: what is written
 * @content: (transfer floating): what asks, usually an AdwPreferencesPage; its first row gets the keyboard
 * @action: what the button does: "_Save"
 * @done: (scope notified): called with @user_data when the button is clicked or Enter pressed; it closes the dialog when all is
 *   well with adw_dialog_force_close()
 * @user_data: for @done
 * @free_data: (nullable): frees @user_data when the dialog is gone
 *
 * A dialog in which something is written down, with "Cancel" at its start and @action at its end. Not shown yet.
 */
AdwDialog *xq_editor_dialog_new (const char *title, GtkWidget *content, const char *action, void (*done) (gpointer user_data),
                                 gpointer user_data, GDestroyNotify free_data);

/* One kind of file: a msgid and its patterns, ended by an all-NULL one: { N_("Tables"), "*.xlsx;*.csv" }. */
typedef struct
{
  const char *title;
  const char *patterns;
} XqFileKind;

/* @file is %NULL when the user gave up. */
typedef void (*XqFileChosen) (GtkWidget *parent, GFile *file, gpointer user_data);

/* The desktop's own dialogs. For tests: when the environment names a file in `XINQIAO_FILE_ANSWERS`, its first line is
 * taken (and removed) as the answer, and no dialog is shown; an empty line is a cancel. @chosen is not called when
 * @parent is gone. */
void xq_file_open_dialog (GtkWidget *parent, const char *title, const XqFileKind *kinds, XqFileChosen chosen,
                          gpointer user_data);
void xq_file_save_dialog (GtkWidget *parent, const char *title, const char *name, const XqFileKind *kinds,
                          XqFileChosen chosen, gpointer user_data);
void xq_folder_dialog (GtkWidget *parent, const char *title, XqFileChosen chosen, gpointer user_data);

G_END_DECLS
