/* What every page derives from: a place in the sidebar ("people") or a view of one record ("person").
 *
 * A page is one widget: its child (GtkWidget property "child", or the template's content) fills the space below
 * the window's header bar. It has no header bar of its own; its heading and its actions stand at the top of its
 * content (widgets/heading.h).
 *
 *   struct _XqPeoplePage { XqPage parent_instance; … };
 *   G_DEFINE_FINAL_TYPE (XqPeoplePage, xq_people_page, XQ_TYPE_PAGE)
 *
 *   static void
 *   xq_people_page_class_init (XqPeoplePageClass *class)
 *   {
 *     XqPageClass *page_class = XQ_PAGE_CLASS (class);
 *
 *     page_class->changes = XQ_CHANGED_PEOPLE | XQ_CHANGED_CARE;
 *     page_class->load = xq_people_page_load;
 *     …
 *   }
 *
 * Life of a page: made when it is first shown, with its session and, for a view, the record's id; @load is called
 * before it is shown the first time and again after something of @changes (or the mask) changed, but only while the
 * page is seen: one that is out of sight loads when it is seen again. At lock the page is destroyed: what it shows must
 * not outlive it (no globals, no caches). What is typed on it is kept by an XqAutosave (widgets/autosave.h).
 *
 * Actions: gtk_widget_class_install_action() with the page's id in front ("people.import"), its keys in shortcuts.c or by
 * gtk_widget_class_add_binding_action(). The page People is asked for "people.import" by the first run.
 *
 * Names on screen go through xq_session_name(). The wrapping header for records of a person is
 * widgets/person-line.h. Work in a thread: xq_page_run(). */
#pragma once

#include "ui/session.h"
#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_PAGE (xq_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (XqPage, xq_page, XQ, PAGE, GtkWidget)

/**
 * XqPageClass:
 * @changes: #XqChanged that make it load again; %XQ_CHANGED_MASK always does
 * @load: reads what it shows through the session and shows it. Errors: xq_page_set_error()
 * @search: (nullable): Ctrl+F: moves the focus to the page's own search or filter
 * @create: (nullable): Ctrl+N: begins what the page's first action makes
 */
struct _XqPageClass
{
  GtkWidgetClass parent_class;

  XqChanged changes;
  void (*load) (XqPage *self);
  void (*search) (XqPage *self);
  void (*create) (XqPage *self);
};

/* Properties: "session" (construct only), "record-id" (gint64, construct only, 0 for a place), "title" (what
 * the header bar shows for a view: never a name), "child". */

XqSession *xq_page_session (XqPage *self);
/* The main thread's connection, short for the session's. */
XqDatabase *xq_page_database (XqPage *self);
gint64 xq_page_record_id (XqPage *self);
const char *xq_page_title (XqPage *self);
void xq_page_set_title (XqPage *self, const char *title);
void xq_page_set_child (XqPage *self, GtkWidget *child);
/* The window it stands in; %NULL when it stands in none. */
XqWindow *xq_page_window (XqPage *self);
/* Loads now if it is seen, else when it is seen next. */
void xq_page_reload (XqPage *self);
/* In place of the child: what went wrong and a button that tries again. %NULL: the child again. */
void xq_page_set_error (XqPage *self, const GError *error);

/**
 * XqPageDone:
 * @self: the page
 * @result: (transfer full) (nullable): what the work returned
 * @error: (nullable): why it failed; never a cancellation
 */
typedef void (*XqPageDone) (XqPage *self, gpointer result, const GError *error);

/**
 * xq_page_run:
 * @self: the page
 * @work: done in a thread with a connection of its own
 * @data: (nullable): for @work, owned by the task
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees the result when nobody wants it any more
 * @done: called on the main thread, and only when the page is still there and the session open
 *
 * Quiet work. A second run of the same @work cancels the first. For work with a dialog: xq_progress_run().
 */
void xq_page_run (XqPage *self, XqWork work, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result,
                  XqPageDone done);

/* For the shell. */
void xq_page_search (XqPage *self);
gboolean xq_page_can_create (XqPage *self);
void xq_page_create (XqPage *self);

G_END_DECLS
