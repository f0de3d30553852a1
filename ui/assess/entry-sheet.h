/* One questionnaire, item by item: a digit chooses and goes on, Backspace goes back, Space leaves blank. */
#pragma once

#include "assess/instrument.h"
#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_ENTRY_SHEET (xq_entry_sheet_get_type ())
G_DECLARE_FINAL_TYPE (XqEntrySheet, xq_entry_sheet, XQ, ENTRY_SHEET, GtkWidget)

/* Signals: "finished": the last item has been passed; "resumed": gone back from the end. */

GtkWidget *xq_entry_sheet_new (void);
/* Begins anew. @instrument outlives the widget, or is changed before it goes. */
void xq_entry_sheet_set_instrument (XqEntrySheet *self, const XqInstrument *instrument);
/* (array): in item order, %XQ_ANSWER_BLANK for a blank; as many as the instrument has items, extra ones counted. */
const int *xq_entry_sheet_answers (XqEntrySheet *self);
/* To the item before; from the end to the last one. */
void xq_entry_sheet_go_back (XqEntrySheet *self);

G_END_DECLS
