#include "config.h"

#include "ui/widgets/person-line.h"

#include <glib/gi18n-lib.h>

#include "people/tag.h"
#include "ui/widgets/level-chip.h"

#define MOST_DOTS 5

struct _XqPersonLine
{
  GtkWidget parent_instance;

  XqSession *session;
  GtkWidget *box;
  GtkWidget *avatar;
  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *unit;
  GtkWidget *chip;
  GtkWidget *dots;
  GtkWidget *detail;
  int unit_chars; /* of the class, at least so many are seen */
};

G_DEFINE_FINAL_TYPE (XqPersonLine, xq_person_line, GTK_TYPE_WIDGET)

static void
xq_person_line_dispose (GObject *object)
{
  XqPersonLine *self = XQ_PERSON_LINE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xq_person_line_parent_class)->dispose (object);
}

static void
xq_person_line_class_init (XqPersonLineClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_person_line_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "personline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
small_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

GtkWidget *
xq_avatar_new (int size)
{
  return g_object_new (ADW_TYPE_AVATAR, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "size", size, "show-initials", TRUE, NULL);
}

static void
xq_person_line_init (XqPersonLine *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->avatar = xq_avatar_new (36);
  self->icon = gtk_image_new ();
  self->name = small_label ("person-name");
  self->unit = small_label ("dimmed");
  self->chip = xq_level_chip_new (0);
  self->dots = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->detail = small_label ("caption");

  gtk_widget_set_valign (self->avatar, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->icon, 36, 36);
  gtk_widget_add_css_class (self->icon, "thing-icon");
  gtk_widget_set_valign (self->icon, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->icon, FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->avatar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_valign (self->dots, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_visible (self->detail, FALSE);

  gtk_box_append (GTK_BOX (first), self->name);
  gtk_box_append (GTK_BOX (first), self->unit);
  gtk_box_append (GTK_BOX (first), self->chip);
  gtk_box_append (GTK_BOX (first), self->dots);
  gtk_box_append (GTK_BOX (lines), first);
  gtk_box_append (GTK_BOX (lines), self->detail);
  gtk_box_append (GTK_BOX (self->box), self->avatar);
  gtk_box_append (GTK_BOX (self->box), self->icon);
  gtk_box_append (GTK_BOX (self->box), lines);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
xq_person_line_new (XqSession *session)
{
  XqPersonLine *self = g_object_new (XQ_TYPE_PERSON_LINE, NULL);

  g_return_val_if_fail (XQ_IS_SESSION (session), NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

/* Dots are a glance; what they mean is in the tooltip and read aloud. */
static void
set_dots (XqPersonLine *self, const char *const *tags)
{
  g_autoptr (GString) words = g_string_new (NULL);
  GtkWidget *dot;
  int n = 0;

  while ((dot = gtk_widget_get_first_child (self->dots)) != NULL)
    gtk_box_remove (GTK_BOX (self->dots), dot);
  for (; tags != NULL && tags[n] != NULL; n++)
    {
      if (n < MOST_DOTS)
        {
          dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
          gtk_widget_add_css_class (dot, "tag-dot");
          gtk_box_append (GTK_BOX (self->dots), dot);
        }
      g_string_append_printf (words, "%s%s", n > 0 ? _(", ") : "", xq_tag_label (tags[n]));
    }
  gtk_widget_set_visible (self->dots, n > 0);
  gtk_widget_set_tooltip_text (self->dots, n > 0 ? words->str : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->dots), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);
}

/* A name of up to four characters is whole as well: it is never longer in Chinese but for a few. */
static void
keep_unit (XqPersonLine *self)
{
  int name = (int) g_utf8_strlen (gtk_label_get_label (GTK_LABEL (self->name)), -1);
  int unit = (int) g_utf8_strlen (gtk_label_get_label (GTK_LABEL (self->unit)), -1);

  gtk_label_set_width_chars (GTK_LABEL (self->name), self->unit_chars > 0 ? MIN (name, 4) : -1);
  gtk_label_set_width_chars (GTK_LABEL (self->unit), self->unit_chars > 0 ? MIN (unit, self->unit_chars) : -1);
}

void
xq_person_line_keep_unit (XqPersonLine *self, int chars)
{
  g_return_if_fail (XQ_IS_PERSON_LINE (self));

  self->unit_chars = chars;
  keep_unit (self);
}

void
xq_person_line_set (XqPersonLine *self, const char *name, const char *unit, int level, const char *const *tags)
{
  g_autofree char *shown = NULL;

  g_return_if_fail (XQ_IS_PERSON_LINE (self));

  shown = xq_session_name (self->session, name);
  gtk_widget_set_visible (self->avatar, TRUE);
  gtk_widget_set_visible (self->icon, FALSE);
  /* Masked, every avatar looks the same: the colour comes from the text too. */
  adw_avatar_set_text (ADW_AVATAR (self->avatar), xq_session_masked (self->session) ? "＊" : shown);
  gtk_label_set_label (GTK_LABEL (self->name), shown);
  gtk_label_set_label (GTK_LABEL (self->unit), unit != NULL ? unit : "");
  gtk_widget_set_visible (self->unit, unit != NULL && *unit != '\0');
  keep_unit (self);
  xq_level_chip_set_level (XQ_LEVEL_CHIP (self->chip), level);
  set_dots (self, tags);
}

void
xq_person_line_set_row (XqPersonLine *self, const XqPersonRow *row)
{
  if (row != NULL)
    xq_person_line_set (self, row->name, row->unit, row->level, (const char *const *) row->tags);
  else
    xq_person_line_set (self, NULL, NULL, 0, NULL);
}

void
xq_person_line_set_detail (XqPersonLine *self, const char *detail)
{
  g_return_if_fail (XQ_IS_PERSON_LINE (self));

  gtk_label_set_label (GTK_LABEL (self->detail), detail != NULL ? detail : "");
  gtk_widget_set_visible (self->detail, detail != NULL && *detail != '\0');
}

void
xq_person_line_set_thing (XqPersonLine *self, const char *title, const char *subtitle, const char *icon)
{
  g_return_if_fail (XQ_IS_PERSON_LINE (self));

  xq_person_line_set (self, NULL, subtitle, 0, NULL);
  gtk_label_set_label (GTK_LABEL (self->name), title);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_set_visible (self->avatar, FALSE);
  gtk_widget_set_visible (self->icon, TRUE);
}
