/* How each kind of widget is read and written as text. Private to autosave.c and autosave-field.c. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

typedef struct
{
  char *(*read) (GtkWidget *widget); /* (transfer full) */
  void (*write) (GtkWidget *widget, const char *text);
  const char *changed; /* signal; NULL: "changed" of the text buffer */
} XqAutosaveAccess;

/* NULL for a widget that is none of those. */
const XqAutosaveAccess *xq_autosave_access (GtkWidget *widget);

G_END_DECLS
