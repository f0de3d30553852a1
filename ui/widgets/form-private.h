/* A row of a form: how each type of field is shown and read. Private to form.c and form-row.c. */
#pragma once

#include "base/field.h"
#include "ui/types.h"

G_BEGIN_DECLS

typedef struct
{
  const XqField *field;
  GtkWidget *row;     /* what stands in the group */
  GtkWidget *editor;  /* what holds the value: the row itself, a switch, a text view */
  GtkWidget *message; /* a row below for what is wrong, hidden */
  gint64 *ids;        /* of a reference: what each position of the combo means */
  guint n_ids;
} XqFormRow;

/* @changed is called with @data whenever the user changes the value. */
XqFormRow *xq_form_row_new (const XqField *field, gconstpointer record, GCallback changed, gpointer data);
void xq_form_row_free (XqFormRow *row);
/* For a reference: @ids[i] is called @labels[i]. */
void xq_form_row_set_options (XqFormRow *row, gconstpointer record, const gint64 *ids, const char *const *labels,
                              guint n, const char *none);
/* Into @record; an error says why it cannot be. */
gboolean xq_form_row_read (XqFormRow *row, gpointer record, GError **error);
/* NULL takes the message away. */
void xq_form_row_set_error (XqFormRow *row, const char *message);

G_END_DECLS
