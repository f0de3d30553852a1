/* What the sheets for the safe have in common: a code in large groups, lists of what to do, who took it and where it is. */
#pragma once

#include "report/page.h"

G_BEGIN_DECLS

/* What is read from a sheet is typed letter by letter: its zero has a point, its I has feet, its B is no 8. */
#define XQ_SAFE_SHEET_FONT "DejaVu Sans Mono"

/* @code: "ABCD-EFGH-…", each group in its box with its number, in rows of four; @lines: each row is called a line, with its
 * number. The document keeps a copy, wiped when it is freed. */
void xq_safe_sheet_add_code (XqPageDocument *document, const char *code, gboolean lines);
/* @texts end with %NULL. */
void xq_safe_sheet_add_list (XqPageDocument *document, const char *title, const char *const *texts);
/* Lines to sign on: handed over, received, kept in, opened. */
void xq_safe_sheet_add_receipt (XqPageDocument *document);

G_END_DECLS
