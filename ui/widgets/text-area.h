/* A framed area for some sentences: a note, a reason. It keeps no undo history of what was typed. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_TEXT_AREA (xq_text_area_get_type ())
G_DECLARE_FINAL_TYPE (XqTextArea, xq_text_area, XQ, TEXT_AREA, GtkWidget)

/* Signal "changed": the text is another one. */

/* @label: for screen readers; @height: at least, in pixels. */
GtkWidget *xq_text_area_new (const char *label, int height);
/* Without blanks at either end. (transfer full) */
char *xq_text_area_get_text (XqTextArea *self);
void xq_text_area_set_text (XqTextArea *self, const char *text);

G_END_DECLS
