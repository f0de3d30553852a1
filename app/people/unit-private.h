#pragma once

#include "people/unit.h"

G_BEGIN_DECLS

/* A tree that reads units as they are asked for by id: names for a page of a list, not for finding by key.
 * @database must outlive it. */
XqUnitTree *xq_unit_tree_open (XqDatabase *database);

G_END_DECLS
