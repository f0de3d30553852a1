/* One questionnaire, item by item: a digit chooses and goes on, Backspace goes back, Space leaves blank. */
#pragma once

#include "assess/instrument.h"
#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_ENTRY_SHEET (xq_entry_sheet_get_type ())
G_DECLARE_FINAL_TYPE (XqEntrySheet, xq_entry_sheet, XQ, ENTRY_SHEET, GtkWidget)

/* Signals: "finished": the last item has been passed; "resumed": gone back from the end; "changed": an
 * answer was given or taken back. */

GtkWidget *xq_entry_sheet_new (void);
/* Begins anew. @instrument outlives the widget, or is changed before it goes. */
void xq_entry_sheet_set_instrument (XqEntrySheet *self, const XqInstrument *instrument);
/* (array): in item order, %XQ_ANSWER_BLANK for a blank; as many as the instrument has items, extra ones counted. */
const int *xq_entry_sheet_answers (XqEntrySheet *self);
/* What was answered so far, to be brought back by xq_entry_sheet_set_text(): "0 2 - 1", a blank as "-"; "" before it has
 * begun. (transfer full) */
char *xq_entry_sheet_dup_text (XqEntrySheet *self);
/* Goes to the item after the last of them; what the instrument does not have is left out. */
void xq_entry_sheet_set_text (XqEntrySheet *self, const char *text);
/* To the item before; from the end to the last one. */
void xq_entry_sheet_go_back (XqEntrySheet *self);

G_END_DECLS
