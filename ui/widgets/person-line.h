/* A person as shown everywhere: avatar, name, class, level chip, tag dots; below, a line of the caller's.
 *
 * The name is masked while names are (ui/session.h); the avatar's letter and colour then tell nothing either. */
#pragma once

#include "people/person-list.h"
#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_PERSON_LINE (xq_person_line_get_type ())
G_DECLARE_FINAL_TYPE (XqPersonLine, xq_person_line, XQ, PERSON_LINE, GtkWidget)

GtkWidget *xq_person_line_new (XqSession *session);
/* What is known of the person; @unit and @tags (ids or own words, %NULL-ended) may be %NULL, @level 0–3. */
void xq_person_line_set (XqPersonLine *self, const char *name, const char *unit, int level, const char *const *tags);
/* Short for a row of a list; %NULL empties it. */
void xq_person_line_set_row (XqPersonLine *self, const XqPersonRow *row);
/* A second line below: what it is about. %NULL for none. Plain text. */
void xq_person_line_set_detail (XqPersonLine *self, const char *detail);
/* Where lines stand in a narrow column: the first @chars characters of the class are never cut. */
void xq_person_line_keep_unit (XqPersonLine *self, int chars);
/* Nobody in particular: @title in place of a name, @icon in place of the avatar. */
void xq_person_line_set_thing (XqPersonLine *self, const char *title, const char *subtitle, const char *icon);

/* A person's picture, @size pixels wide; a screen reader passes it by: the name is always beside it. */
GtkWidget *xq_avatar_new (int size);

G_END_DECLS
