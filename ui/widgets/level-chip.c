#include "config.h"

#include "ui/widgets/level-chip.h"

#include <glib/gi18n-lib.h>

struct _XqLevelChip
{
  GtkWidget parent_instance;

  GtkWidget *icon;
  GtkWidget *label;
  int level;
};

enum
{
  PROP_0,
  PROP_LEVEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The shapes are symbolic icons: they take the colour of the words beside them. */
static const struct
{
  const char *word;
  const char *icon;
  const char *style;
} levels[] = {
  { NULL, NULL, NULL },
  { N_("Level 1"), "xq-octagon-symbolic", "level-1" },
  { N_("Level 2"), "xq-triangle-symbolic", "level-2" },
  { N_("Level 3"), "xq-circle-symbolic", "level-3" },
};

G_DEFINE_FINAL_TYPE (XqLevelChip, xq_level_chip, GTK_TYPE_WIDGET)

static void
xq_level_chip_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LEVEL)
    g_value_set_int (value, XQ_LEVEL_CHIP (object)->level);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
xq_level_chip_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LEVEL)
    xq_level_chip_set_level (XQ_LEVEL_CHIP (object), g_value_get_int (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
xq_level_chip_dispose (GObject *object)
{
  XqLevelChip *self = XQ_LEVEL_CHIP (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_level_chip_parent_class)->dispose (object);
}

static void
xq_level_chip_class_init (XqLevelChipClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = xq_level_chip_get_property;
  object_class->set_property = xq_level_chip_set_property;
  object_class->dispose = xq_level_chip_dispose;
  properties[PROP_LEVEL] = g_param_spec_int ("level", NULL, NULL, 0, 3, 0,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                               | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "levelchip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
xq_level_chip_init (XqLevelChip *self)
{
  self->icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->icon), 10);
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
xq_level_chip_new (int level)
{
  return g_object_new (XQ_TYPE_LEVEL_CHIP, "level", level, NULL);
}

void
xq_level_chip_set_level (XqLevelChip *self, int level)
{
  g_return_if_fail (XQ_IS_LEVEL_CHIP (self));
  g_return_if_fail (level >= 0 && level <= 3);

  if (self->level == level)
    return;
  if (self->level > 0)
    gtk_widget_remove_css_class (GTK_WIDGET (self), levels[self->level].style);
  self->level = level;
  gtk_widget_set_visible (GTK_WIDGET (self), level > 0);
  if (level > 0)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), levels[level].style);
      gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), levels[level].icon);
      gtk_label_set_label (GTK_LABEL (self->label), _(levels[level].word));
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEVEL]);
}

int
xq_level_chip_get_level (XqLevelChip *self)
{
  g_return_val_if_fail (XQ_IS_LEVEL_CHIP (self), 0);
  return self->level;
}

const char *
xq_level_words (int level)
{
  g_return_val_if_fail (level >= 1 && level <= 3, "");
  return _(levels[level].word);
}
