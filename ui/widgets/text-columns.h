/* Columns of plain words over a lazy list of records: what a ledger is made of. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* What a cell says of a record; "" for nothing. Names go through xq_session_name(). (transfer full) */
typedef char *(*XqCellText) (XqSession *session, gconstpointer record);

/**
 * XqTextColumn:
 * @title: msgid
 * @text: what stands in it
 * @width: in pixels; 0 takes what is left
 * @align: 0 left, 1 right
 */
typedef struct
{
  const char *title;
  XqCellText text;
  int width;
  float align;
} XqTextColumn;

/* Appends @columns, which end with one without a title and outlive @view. Its model is one of lazy-model.h. */
void xq_text_columns_add (GtkColumnView *view, XqSession *session, const XqTextColumn *columns);

G_END_DECLS
