#include "config.h"

#include "ui/assess/instruments-view.h"

#include <glib/gi18n-lib.h>

#include "ui/assess/instrument-dialog.h"
#include "ui/widgets/simple.h"

struct _XqInstrumentsView
{
  GtkWidget parent_instance;

  XqInstrumentSet *set;
  GtkWidget *scroller;
  GtkWidget *groups;
};

G_DEFINE_FINAL_TYPE (XqInstrumentsView, xq_instruments_view, GTK_TYPE_WIDGET)

static void
on_row_activated_cb (XqInstrumentsView *self, AdwActionRow *row)
{
  const XqInstrument *instrument
      = xq_instrument_set_peek (self->set, g_object_get_data (G_OBJECT (row), "instrument"));

  if (instrument != NULL)
    xq_instrument_dialog_present (GTK_WIDGET (self), instrument);
}

static GtkWidget *
row_new (XqInstrumentsView *self, const XqInstrument *instrument)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autofree char *count = g_strdup_printf (ngettext ("%u item", "%u items", instrument->n_items), instrument->n_items);
  GtkWidget *items = gtk_label_new (count);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), instrument->label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), xq_words_get (&instrument->name));
  gtk_widget_add_css_class (items, "numbers");
  gtk_widget_add_css_class (items, "dimmed");
  if (xq_instrument_set_is_own (self->set, instrument->id))
    {
      GtkWidget *own = gtk_label_new (_ ("your own"));

      gtk_widget_add_css_class (own, "pill-label");
      gtk_widget_set_valign (own, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), own);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), items);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "instrument", g_strdup (instrument->id), g_free);
  g_signal_connect_swapped (row, "activated", G_CALLBACK (on_row_activated_cb), self);
  return row;
}

static void
add_group (XqInstrumentsView *self, GPtrArray *instruments, gboolean worded, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint rows = 0;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  for (guint i = 0; i < instruments->len; i++)
    {
      const XqInstrument *instrument = g_ptr_array_index (instruments, i);

      if (instrument->licence.may_ship != worded)
        continue;
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row_new (self, instrument));
      rows++;
    }
  gtk_widget_set_visible (group, rows > 0);
  gtk_box_append (GTK_BOX (self->groups), group);
}

void
xq_instruments_view_load (XqInstrumentsView *self, XqDesk *desk)
{
  g_autoptr (GPtrArray) instruments = xq_instrument_set_list (xq_desk_instruments (desk));
  GtkWidget *child;

  g_return_if_fail (XQ_IS_INSTRUMENTS_VIEW (self));

  g_clear_pointer (&self->set, xq_instrument_set_unref);
  self->set = xq_instrument_set_ref (xq_desk_instruments (desk));
  while ((child = gtk_widget_get_first_child (self->groups)) != NULL)
    gtk_box_remove (GTK_BOX (self->groups), child);
  add_group (self, instruments, TRUE, _ ("With the wording of their items"),
             _ ("The licence lets everybody use and copy them."));
  add_group (self, instruments, FALSE, _ ("Scored only"),
             _ ("The wording belongs to somebody: use the paper or the site that you are allowed to use, and bring the"
                " answers here."));
}

static void
xq_instruments_view_dispose (GObject *object)
{
  XqInstrumentsView *self = XQ_INSTRUMENTS_VIEW (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->set, xq_instrument_set_unref);
  G_OBJECT_CLASS (xq_instruments_view_parent_class)->dispose (object);
}

static void
xq_instruments_view_class_init (XqInstrumentsViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xq_instruments_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
xq_instruments_view_init (XqInstrumentsView *self)
{
  self->groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  self->scroller = xq_page_clamp_new (self->groups, 760);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
xq_instruments_view_new (void)
{
  return g_object_new (XQ_TYPE_INSTRUMENTS_VIEW, NULL);
}
