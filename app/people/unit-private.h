#pragma once

#include "people/unit.h"

G_BEGIN_DECLS

/* A tree that reads units as they are asked for by id: names for a page of a list, not for finding by key.
 * @database must outlive it. */
XqUnitTree *xq_unit_tree_open (XqDatabase *database);

/* The words for a unit and those above it, outermost first: a class joins its grade, 七年级(1)班; the others stand
 * beside each other. (transfer full) */
char *xq_unit_names_join (const XqUnit *const *chain, guint length);

G_END_DECLS
