/* What date-parse.c and date-entry.c share. */
#pragma once

#include "base/date.h"

G_BEGIN_DECLS

/* xq_date_parse() with years of two digits up to @last_year. */
char *xq_date_parse_until (const char *text, int last_year, XqDatePrecision *ret_precision, GError **error);
/* "“9.x” is not a date …". Returns NULL. */
char *xq_date_refuse (GError **error, const char *text);
/* This year. */
int xq_date_this_year (void);

G_END_DECLS
