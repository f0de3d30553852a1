/* All classes and departments to choose from, in the tree's order. */
#pragma once

#include "people/unit.h"
#include "ui/types.h"

G_BEGIN_DECLS

/* Appends the units of @organisation_id (0: of all) to @ids (element-type gint64) and their names to @labels. */
void xq_unit_choice_fill (XqUnitTree *tree, GPtrArray *organisations, gint64 organisation_id, GArray *ids,
                          GtkStringList *labels);

/* A drop-down whose rows can be searched, with an accessible @name. */
GtkWidget *xq_choice_drop_down_new (const char *name);

G_END_DECLS
