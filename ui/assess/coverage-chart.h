/* Coverage as a heat map: a row a grade, a column a class. */
#pragma once

#include "people/unit.h"
#include "ui/types.h"

G_BEGIN_DECLS

GtkWidget *xq_coverage_chart_new (void);
/* @units: (element-type XqCoverage). FALSE when the units make no grid: departments that share no names. */
gboolean xq_coverage_chart_fill (GtkWidget *card, XqUnitTree *tree, const GArray *units);

G_END_DECLS
