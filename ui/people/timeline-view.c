#include "config.h"

#include "ui/people/timeline-view.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "ui/widgets/level-chip.h"

#define PAGE_ROWS 40

struct _XqTimelineView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *entries;
  GtkWidget *more;
  gint64 person_id;
  int shown;
  gboolean masked;
  char *month;
};

G_DEFINE_FINAL_TYPE (XqTimelineView, xq_timeline_view, GTK_TYPE_WIDGET)

static guint opened_signal, more_signal;

static const char *const icons[XQ_TIMELINE_KINDS] = {
  [XQ_TIMELINE_ASSESSMENT] = "checkbox-checked-symbolic",
  [XQ_TIMELINE_WARNING] = "dialog-warning-symbolic",
  [XQ_TIMELINE_TRIAGE] = "object-select-symbolic",
  [XQ_TIMELINE_CASE] = "folder-symbolic",
  [XQ_TIMELINE_SESSION] = "user-available-symbolic",
  [XQ_TIMELINE_FOLLOW_UP] = "emblem-synchronizing-symbolic",
  [XQ_TIMELINE_REFERRAL] = "send-to-symbolic",
  [XQ_TIMELINE_APPOINTMENT] = "x-office-calendar-symbolic",
  [XQ_TIMELINE_CRISIS] = "dialog-error-symbolic",
  [XQ_TIMELINE_CONSENT] = "emblem-documents-symbolic",
  [XQ_TIMELINE_MEMBERSHIP] = "system-users-symbolic",
};

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static char *
when_text (const XqTimelineEntry *entry)
{
  g_autofree char *iso = xq_clock_date (entry->at);
  g_autofree char *day = xq_date_display_short (iso);
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *time = NULL;

  if (!entry->has_time)
    return g_steal_pointer (&day);
  local = xq_clock_local (entry->at);
  time = g_date_time_format (local, "%H:%M");
  return g_strdup_printf ("%s %s", day, time);
}

/* What nobody else at the desk should read stays folded. */
static GtkWidget *
text_new (XqTimelineView *self, const XqTimelineEntry *entry)
{
  GtkWidget *text, *expander;

  if (self->masked)
    return label_new (_ ("Hidden while names are masked"), "dim-label");
  text = label_new (entry->text, NULL);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  if (!entry->sensitive)
    return text;
  expander = gtk_expander_new (_ ("Show"));
  gtk_expander_set_child (GTK_EXPANDER (expander), text);
  return expander;
}

static void
on_open_clicked_cb (GtkButton *button, XqTimelineView *self)
{
  int kind = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "kind"));
  gint64 id = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (button), "record"));

  g_signal_emit (self, opened_signal, 0, kind, id);
}

/* Warnings and referrals have a page of their own. */
static GtkWidget *
title_new (XqTimelineView *self, const XqTimelineEntry *entry)
{
  gint64 id = entry->kind == XQ_TIMELINE_WARNING ? entry->id : entry->parent_id;
  GtkWidget *button;

  if (entry->kind != XQ_TIMELINE_WARNING && entry->kind != XQ_TIMELINE_TRIAGE && entry->kind != XQ_TIMELINE_REFERRAL)
    return label_new (entry->title, "heading");
  button = gtk_button_new_with_label (entry->title);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "timeline-link");
  g_object_set_data (G_OBJECT (button), "kind", GINT_TO_POINTER (entry->kind));
  g_object_set_data (G_OBJECT (button), "record", GSIZE_TO_POINTER (id));
  g_signal_connect (button, "clicked", G_CALLBACK (on_open_clicked_cb), self);
  return button;
}

static GtkWidget *
entry_new (XqTimelineView *self, const XqTimelineEntry *entry)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name (icons[entry->kind]);
  g_autofree char *when = when_text (entry);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, "timeline-icon");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  xq_timeline_kind_label (entry->kind), -1);
  gtk_box_append (GTK_BOX (head), title_new (self, entry));
  if (entry->level > 0)
    gtk_box_append (GTK_BOX (head), xq_level_chip_new (entry->level));
  gtk_box_append (GTK_BOX (head), label_new (when, "dim-label"));
  gtk_box_append (GTK_BOX (body), head);
  if (entry->text != NULL && *entry->text != '\0')
    gtk_box_append (GTK_BOX (body), text_new (self, entry));
  gtk_widget_set_hexpand (body, TRUE);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), body);
  gtk_widget_add_css_class (row, "timeline-entry");
  return row;
}

static void
add_month (XqTimelineView *self, gint64 at)
{
  g_autoptr (GDateTime) local = xq_clock_local (at);
  /* Translators: a month as a heading, strftime format */
  g_autofree char *month = g_date_time_format (local, _ ("%B %Y"));

  if (g_strcmp0 (month, self->month) == 0)
    return;
  g_set_str (&self->month, month);
  gtk_box_append (GTK_BOX (self->entries), label_new (month, "timeline-month"));
}

static void
clear (XqTimelineView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->entries)) != NULL)
    gtk_box_remove (GTK_BOX (self->entries), child);
  g_clear_pointer (&self->month, g_free);
}

gboolean
xq_timeline_view_load (XqTimelineView *self, XqDesk *desk, gint64 person_id, gboolean masked, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  int wanted;

  g_return_val_if_fail (XQ_IS_TIMELINE_VIEW (self), FALSE);

  if (person_id != self->person_id)
    self->shown = PAGE_ROWS;
  self->person_id = person_id;
  self->masked = masked;
  wanted = MAX (self->shown, PAGE_ROWS);
  list = xq_timeline_list (desk, person_id, 0, NULL, wanted + 1, error);
  if (list == NULL)
    return FALSE;
  clear (self);
  for (guint i = 0; i < list->len && i < (guint) wanted; i++)
    {
      const XqTimelineEntry *entry = g_ptr_array_index (list, i);

      add_month (self, entry->at);
      gtk_box_append (GTK_BOX (self->entries), entry_new (self, entry));
    }
  if (list->len == 0)
    gtk_box_append (GTK_BOX (self->entries), label_new (_ ("Nothing has happened yet."), "dim-label"));
  gtk_widget_set_visible (self->more, list->len > (guint) wanted);
  return TRUE;
}

static void
on_more_clicked_cb (XqTimelineView *self)
{
  self->shown += PAGE_ROWS;
  /* Whoever loaded the view loads it again: it holds the desk. */
  g_signal_emit (self, more_signal, 0);
}

static void
xq_timeline_view_dispose (GObject *object)
{
  XqTimelineView *self = XQ_TIMELINE_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->month, g_free);
  G_OBJECT_CLASS (xq_timeline_view_parent_class)->dispose (object);
}

static void
xq_timeline_view_class_init (XqTimelineViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_timeline_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  opened_signal = g_signal_new ("opened", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT64);
  more_signal = g_signal_new ("more", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xq_timeline_view_init (XqTimelineView *self)
{
  self->shown = PAGE_ROWS;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->entries = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->more = gtk_button_new_with_label (_ ("Earlier"));
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (on_more_clicked_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->entries);
  gtk_box_append (GTK_BOX (self->box), self->more);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
xq_timeline_view_new (void)
{
  return g_object_new (XQ_TYPE_TIMELINE_VIEW, NULL);
}
