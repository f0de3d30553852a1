/* Holidays and make-up working days of each year: the vault's own list, editable. */
#pragma once

#include "base/field.h"
#include "base/working-days.h"
#include "vault/database.h"

G_BEGIN_DECLS

/**
 * XqDayException:
 * @date: ISO
 * @working: %TRUE for a make-up working day, %FALSE for a day off
 * @name: "National Day"
 */
typedef struct
{
  char *date;
  gboolean working;
  char *name;
} XqDayException;

void xq_day_exception_free (XqDayException *day);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqDayException, xq_day_exception_free)

/* In the order of time, from @from to @to (ISO, nullable: no bound). (element-type XqDayException) */
GPtrArray *xq_day_exception_list (XqDatabase *database, const char *from, const char *to, GError **error);
/* Adds the day or changes what is said of it; audited. */
gboolean xq_day_exception_set (XqDatabase *database, const char *date, gboolean working, const char *name,
                               GError **error);
/* Back to what the day of the week says. */
gboolean xq_day_exception_remove (XqDatabase *database, const char *date, GError **error);

/* The working days by the vault's list; care/ and referral/ count their deadlines with it. */
XqWorkingDays *xq_working_days_load (XqDatabase *database, GError **error);
/* The name of a day off or a make-up day, NULL for an ordinary one. (transfer full) */
char *xq_day_exception_name (XqDatabase *database, const char *date, GError **error);

G_END_DECLS
