/* The columns of the list of people. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

/* Appends name, number, sex, age, tags and state to @view, whose rows are XqLazyRow of XqPersonRow. */
void xq_people_columns_add (GtkColumnView *view, XqSession *session);

G_END_DECLS
