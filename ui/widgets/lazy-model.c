#include "config.h"

#include "ui/widgets/lazy-model.h"

#define PAGE_ROWS  256
#define PAGES_KEPT 16

typedef struct
{
  guint number;
  guint64 used;
  GPtrArray *rows; /* NULL: free */
} Page;

struct _XqLazyModel
{
  GObject parent_instance;

  XqSession *session;
  GArray *ids;
  XqLazyFetch fetch;
  Page pages[PAGES_KEPT];
  guint64 clock;
  GHashTable *living; /* position → XqLazyRow that somebody holds */
};

struct _XqLazyRow
{
  GObject parent_instance;

  XqLazyModel *model;
  guint position;
};

static void xq_lazy_model_list_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (XqLazyModel, xq_lazy_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, xq_lazy_model_list_init))
G_DEFINE_FINAL_TYPE (XqLazyRow, xq_lazy_row, G_TYPE_OBJECT)

/* -- rows */

static void
xq_lazy_row_finalize (GObject *object)
{
  XqLazyRow *self = XQ_LAZY_ROW (object);

  g_hash_table_remove (self->model->living, GUINT_TO_POINTER (self->position));
  g_object_unref (self->model);
  G_OBJECT_CLASS (xq_lazy_row_parent_class)->finalize (object);
}

static void
xq_lazy_row_class_init (XqLazyRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xq_lazy_row_finalize;
}

static void
xq_lazy_row_init (XqLazyRow *self)
{
}

/* -- the model */

static GType
get_item_type (GListModel *list)
{
  return XQ_TYPE_LAZY_ROW;
}

static guint
get_n_items (GListModel *list)
{
  return XQ_LAZY_MODEL (list)->ids->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  XqLazyModel *self = XQ_LAZY_MODEL (list);
  XqLazyRow *row;

  if (position >= self->ids->len)
    return NULL;
  row = g_hash_table_lookup (self->living, GUINT_TO_POINTER (position));
  if (row != NULL)
    return g_object_ref (row);
  row = g_object_new (XQ_TYPE_LAZY_ROW, NULL);
  row->model = g_object_ref (self);
  row->position = position;
  g_hash_table_insert (self->living, GUINT_TO_POINTER (position), row);
  return row;
}

static void
xq_lazy_model_list_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

static void
xq_lazy_model_finalize (GObject *object)
{
  XqLazyModel *self = XQ_LAZY_MODEL (object);

  for (int i = 0; i < PAGES_KEPT; i++)
    g_clear_pointer (&self->pages[i].rows, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->living, g_hash_table_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_lazy_model_parent_class)->finalize (object);
}

static void
xq_lazy_model_class_init (XqLazyModelClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xq_lazy_model_finalize;
}

static void
xq_lazy_model_init (XqLazyModel *self)
{
  self->living = g_hash_table_new (NULL, NULL);
}

/* The page that has been unused for longest makes room. */
static Page *
page_for (XqLazyModel *self, guint number)
{
  Page *oldest = &self->pages[0];

  for (int i = 0; i < PAGES_KEPT; i++)
    {
      Page *page = &self->pages[i];

      if (page->rows != NULL && page->number == number)
        return page;
      if (oldest->rows != NULL && (page->rows == NULL || page->used < oldest->used))
        oldest = page;
    }
  g_clear_pointer (&oldest->rows, g_ptr_array_unref);
  oldest->number = number;
  return oldest;
}

static GPtrArray *
rows_of_page (XqLazyModel *self, guint number)
{
  Page *page = page_for (self, number);
  guint first = number * PAGE_ROWS;
  XqDatabase *database = xq_session_database (self->session);

  page->used = ++self->clock;
  if (page->rows == NULL && database != NULL)
    page->rows = self->fetch (database, &g_array_index (self->ids, gint64, first),
                              MIN (PAGE_ROWS, self->ids->len - first), NULL);
  return page->rows;
}

XqLazyModel *
xq_lazy_model_new (XqSession *session, GArray *ids, XqLazyFetch fetch)
{
  XqLazyModel *self;

  g_return_val_if_fail (XQ_IS_SESSION (session), NULL);
  g_return_val_if_fail (ids != NULL, NULL);
  g_return_val_if_fail (fetch != NULL, NULL);

  self = g_object_new (XQ_TYPE_LAZY_MODEL, NULL);
  self->session = g_object_ref (session);
  self->ids = ids;
  self->fetch = fetch;
  return self;
}

gint64
xq_lazy_row_id (XqLazyRow *self)
{
  g_return_val_if_fail (XQ_IS_LAZY_ROW (self), 0);
  return g_array_index (self->model->ids, gint64, self->position);
}

gconstpointer
xq_lazy_row_record (XqLazyRow *self)
{
  GPtrArray *rows;
  guint index;

  g_return_val_if_fail (XQ_IS_LAZY_ROW (self), NULL);

  rows = rows_of_page (self->model, self->position / PAGE_ROWS);
  index = self->position % PAGE_ROWS;
  return rows != NULL && index < rows->len ? rows->pdata[index] : NULL;
}

guint
xq_lazy_model_find (XqLazyModel *self, gint64 id)
{
  g_return_val_if_fail (XQ_IS_LAZY_MODEL (self), GTK_INVALID_LIST_POSITION);

  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      return i;
  return GTK_INVALID_LIST_POSITION;
}
