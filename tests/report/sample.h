/* A report with everything a writer may meet: groups, covered cells, manual columns, a ledger, text. */
#pragma once

#include "report/model.h"

XqReport *sample_report (void);
/* A ledger of @rows × @columns: text, numbers and dates. */
XqReport *sample_ledger (guint rows, guint columns);
