/* A list of any length that holds a window of its rows: the ids of all, and 16 pages of 256 rows, read by primary key
 * when a row is first looked at. The same object stands for a position as long as somebody holds it. A new order or
 * filter is a new model (gtk_column_view_set_model()); this one never changes. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_LAZY_ROW (xq_lazy_row_get_type ())
G_DECLARE_FINAL_TYPE (XqLazyRow, xq_lazy_row, XQ, LAZY_ROW, GObject)

#define XQ_TYPE_LAZY_MODEL (xq_lazy_model_get_type ())
G_DECLARE_FINAL_TYPE (XqLazyModel, xq_lazy_model, XQ, LAZY_MODEL, GObject)

/* The rows of @ids in their order, %NULL for those gone; the array frees them: xq_person_list_rows() is one. */
typedef GPtrArray *(*XqLazyFetch) (XqDatabase *database, const gint64 *ids, guint n_ids, GError **error);

/* @ids: (transfer full) (element-type gint64), made in a thread. */
XqLazyModel *xq_lazy_model_new (XqSession *session, GArray *ids, XqLazyFetch fetch);

gint64 xq_lazy_row_id (XqLazyRow *self);
/* The record, read if need be; %NULL when it is gone. Borrowed, good until control returns to the main loop. */
gconstpointer xq_lazy_row_record (XqLazyRow *self);
/* The position of @id, or GTK_INVALID_LIST_POSITION. */
guint xq_lazy_model_find (XqLazyModel *self, gint64 id);

G_END_DECLS
