/* A table of units: invited, done, pending, absent, refused, and the share that has answered. */
#pragma once

#include "people/unit.h"
#include "ui/types.h"

G_BEGIN_DECLS

GtkWidget *xq_coverage_table_new (void);
/* @units: (element-type XqCoverage) */
void xq_coverage_table_fill (GtkWidget *table, XqUnitTree *tree, const GArray *units);

G_END_DECLS
