#include "config.h"

#include "ui/shell.h"

#include <glib/gi18n-lib.h>

#include "ui/drafts.h"
#include "ui/pages.h"
#include "ui/places.h"
#include "ui/search.h"
#include "ui/window.h"

struct _XqShell
{
  AdwBreakpointBin parent_instance;

  AdwNavigationSplitView *split_view;
  AdwNavigationPage *content;
  AdwWindowTitle *organisation;
  GtkListBox *places;
  GtkStack *stack;
  GtkLabel *title;
  GtkButton *back;
  GtkMenuButton *menu;
  GtkToggleButton *mask;
  XqSearch *search;

  XqSession *session;
  gboolean just_selected;
};

G_DEFINE_FINAL_TYPE (XqShell, xq_shell, ADW_TYPE_BREAKPOINT_BIN)

/* -- pages: each place has a navigation of its own, so that each is found again as it was left */

static XqPage *
make_page (XqShell *self, const XqPageEntry *entry, gint64 id)
{
  return g_object_new (entry->get_type (), "session", self->session, "record-id", id, "title", xq_page_entry_title (entry), NULL);
}

static AdwNavigationView *
current_view (XqShell *self)
{
  GtkWidget *view = gtk_stack_get_visible_child (self->stack);

  return view != NULL ? ADW_NAVIGATION_VIEW (view) : NULL;
}

static void
update_header (XqShell *self)
{
  AdwNavigationView *view = current_view (self);
  AdwNavigationPage *page = view != NULL ? adw_navigation_view_get_visible_page (view) : NULL;
  const char *title = page != NULL ? adw_navigation_page_get_title (page) : "";
  gboolean deep = page != NULL && adw_navigation_view_get_previous_page (view, page) != NULL;
  XqPage *shown = xq_shell_page (self);

  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->back), deep);
  adw_navigation_page_set_title (self->content, *title != '\0' ? title : _("Xinqiao"));
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_action_set_enabled (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), "win.create",
                                   shown != NULL && xq_page_can_create (shown));
}

static void
push (XqShell *self, AdwNavigationView *view, XqPage *page)
{
  AdwNavigationPage *wrap = adw_navigation_page_new (GTK_WIDGET (page), xq_page_title (page));

  g_object_bind_property (page, "title", wrap, "title", G_BINDING_DEFAULT);
  g_signal_connect_object (wrap, "notify::title", G_CALLBACK (update_header), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (view, wrap);
}

static void
ensure_place (XqShell *self, const XqPageEntry *entry)
{
  GtkWidget *view = gtk_stack_get_child_by_name (self->stack, entry->id);

  if (view == NULL)
    {
      view = adw_navigation_view_new ();
      g_signal_connect_object (view, "notify::visible-page", G_CALLBACK (update_header), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack, view, entry->id);
      push (self, ADW_NAVIGATION_VIEW (view), make_page (self, entry, 0));
    }
  gtk_stack_set_visible_child (self->stack, view);
  update_header (self);
}

/* -- callbacks */

static void
on_place_selected_cb (XqShell *self, GtkListBoxRow *row)
{
  self->just_selected = TRUE;
  if (row != NULL)
    ensure_place (self, xq_places_entry (row));
}

/* The place that is seen already is activated again: back to its beginning. */
static void
on_place_activated_cb (XqShell *self, GtkListBoxRow *row)
{
  AdwNavigationView *view = current_view (self);

  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  if (view != NULL && !self->just_selected)
    while (adw_navigation_view_pop (view))
      ;
  self->just_selected = FALSE;
}

static void
on_collapsed_cb (XqShell *self)
{
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

static void
on_mask_toggled_cb (XqShell *self)
{
  gboolean masked = xq_session_masked (self->session);

  /* It shows what is; the window decides, and may ask for the password first. */
  if (gtk_toggle_button_get_active (self->mask) == masked)
    return;
  gtk_toggle_button_set_active (self->mask, masked);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.mask", NULL);
}

static void
on_masked_cb (XqShell *self)
{
  gboolean masked = xq_session_masked (self->session);

  gtk_toggle_button_set_active (self->mask, masked);
  gtk_button_set_icon_name (GTK_BUTTON (self->mask), masked ? "view-conceal-symbolic" : "view-reveal-symbolic");
}

static void
on_changed_cb (XqShell *self, guint changed)
{
  if (changed & XQ_CHANGED_SETTINGS)
    adw_window_title_set_subtitle (self->organisation, xq_session_organisation (self->session));
}

/* The keyboard begins at the sidebar: arrows choose a page, Tab goes into it. */
static gboolean
xq_shell_grab_focus (GtkWidget *widget)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (XQ_SHELL (widget)->places);

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
xq_shell_dispose (GObject *object)
{
  XqShell *self = XQ_SHELL (object);

  /* Disposing of the template would take the child from under the bin. */
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), XQ_TYPE_SHELL);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_shell_parent_class)->dispose (object);
}

static void
xq_shell_class_init (XqShellClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_shell_dispose;
  widget_class->grab_focus = xq_shell_grab_focus;

  g_type_ensure (XQ_TYPE_SEARCH);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/xinqiao/Xinqiao/ui/shell.ui");
  gtk_widget_class_bind_template_child (widget_class, XqShell, split_view);
  gtk_widget_class_bind_template_child (widget_class, XqShell, content);
  gtk_widget_class_bind_template_child (widget_class, XqShell, organisation);
  gtk_widget_class_bind_template_child (widget_class, XqShell, places);
  gtk_widget_class_bind_template_child (widget_class, XqShell, stack);
  gtk_widget_class_bind_template_child (widget_class, XqShell, title);
  gtk_widget_class_bind_template_child (widget_class, XqShell, back);
  gtk_widget_class_bind_template_child (widget_class, XqShell, menu);
  gtk_widget_class_bind_template_child (widget_class, XqShell, mask);
  gtk_widget_class_bind_template_child (widget_class, XqShell, search);
  gtk_widget_class_bind_template_callback (widget_class, on_place_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_place_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_collapsed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_mask_toggled_cb);
}

static void
xq_shell_init (XqShell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

XqShell *
xq_shell_new (XqSession *session)
{
  XqShell *self = g_object_new (XQ_TYPE_SHELL, NULL);

  self->session = g_object_ref (session);
  xq_search_set_session (self->search, session);
  xq_places_fill (self->places, session);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (adw_navigation_page_get_child (self->content)),
                                xq_drafts_banner_new (session));
  on_changed_cb (self, XQ_CHANGED_ALL);
  on_masked_cb (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::masked", G_CALLBACK (on_masked_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
xq_shell_go (XqShell *self, const char *page)
{
  const XqPageEntry *entry = xq_page_entry (page);
  GtkListBoxRow *row;

  g_return_if_fail (XQ_IS_SHELL (self));

  row = entry != NULL ? xq_places_find (self->places, entry) : NULL;
  if (row == NULL)
    return;
  self->just_selected = FALSE;
  gtk_list_box_select_row (self->places, row);
  on_place_activated_cb (self, row);
}

void
xq_shell_open (XqShell *self, const char *view, gint64 id)
{
  const XqPageEntry *entry = xq_page_entry (view);
  AdwNavigationView *navigation = current_view (self);

  g_return_if_fail (XQ_IS_SHELL (self));

  if (entry == NULL || navigation == NULL)
    return;
  push (self, navigation, make_page (self, entry, id));
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

void
xq_shell_back (XqShell *self)
{
  AdwNavigationView *view = current_view (self);

  g_return_if_fail (XQ_IS_SHELL (self));

  if (view == NULL || !adw_navigation_view_pop (view))
    adw_navigation_split_view_set_show_content (self->split_view, FALSE);
}

XqPage *
xq_shell_page (XqShell *self)
{
  AdwNavigationView *view = current_view (self);
  AdwNavigationPage *page = view != NULL ? adw_navigation_view_get_visible_page (view) : NULL;

  return page != NULL ? XQ_PAGE (adw_navigation_page_get_child (page)) : NULL;
}

void
xq_shell_search (XqShell *self)
{
  g_return_if_fail (XQ_IS_SHELL (self));
  xq_search_begin (self->search);
}

void
xq_shell_menu (XqShell *self)
{
  g_return_if_fail (XQ_IS_SHELL (self));
  gtk_menu_button_popup (self->menu);
}
