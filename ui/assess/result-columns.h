/* The columns of the list of results. */
#pragma once

#include "ui/session.h"
#include "people/unit.h"

G_BEGIN_DECLS

/* Appends person, questionnaire, day, score, band, critical items and remarks to @view, whose rows are XqLazyRow of
 * XqResultRow. */
void xq_result_columns_add (GtkColumnView *view, XqSession *session);
/* Which unit names the column of persons shows from now on: (transfer full). Before the list gets its first model. */
void xq_result_columns_set_units (GtkColumnView *view, XqUnitTree *tree);

/* The score of a sheet: "14", "2.3"; "—" when there is none. (transfer full) */
char *xq_score_text (const XqScale *scale, double value);
/* A band in words with its mark: a filled circle, the fuller the more severe. (transfer full) */
GtkWidget *xq_band_label_new (void);
void xq_band_label_set (GtkWidget *label, const XqBand *band);

G_END_DECLS
