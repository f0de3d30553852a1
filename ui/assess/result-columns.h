/* The columns of the list of results. */
#pragma once

#include "ui/session.h"
#include "people/unit.h"

G_BEGIN_DECLS

/* Appends person, questionnaire, day, score, band (or why there is none) and critical items to @view, whose rows are XqLazyRow of
 * XqResultRow. */
void xq_result_columns_add (GtkColumnView *view, XqSession *session);
/* @tree: (transfer full): whose names of units stand beside the persons from now on. */
void xq_result_columns_set_units (GtkColumnView *view, XqUnitTree *tree);

/* The score of a sheet: "14", "2.3"; "—" when there is none. (transfer full) */
char *xq_score_text (const XqScale *scale, double value);
/* A band in words with its mark: a filled circle, the fuller the more severe. */
GtkWidget *xq_band_label_new (void);
void xq_band_label_set (GtkWidget *label, const XqBand *band);

G_END_DECLS
