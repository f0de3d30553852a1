/* The counsellor's desk: one connection with everything that her daily work needs at hand, and the work that takes
 * several rooms at once. The rooms below do not know each other; this room stands on all of them, so it is here
 * that answers become warnings, and a referral's step moves the care along, in one transaction each. */
#pragma once

#include "assess/answers-import.h"
#include "assess/assessment.h"
#include "calendar/entry.h"
#include "care/care.h"
#include "care/warning.h"
#include "referral/letter.h"

G_BEGIN_DECLS

typedef struct _XqDesk XqDesk;

/**
 * xq_desk_new:
 * @database: an open connection, borrowed for as long as the desk lives
 * @error: XQ_VAULT_ERROR, or what is wrong with the vault's own rules or instruments
 *
 * Returns: (transfer full): the desk; it belongs to the connection's thread
 */
XqDesk *xq_desk_new (XqDatabase *database, GError **error);
void xq_desk_free (XqDesk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqDesk, xq_desk_free)

/* All borrowed. */
XqDatabase *xq_desk_database (XqDesk *desk);
XqWorkingDays *xq_desk_days (XqDesk *desk);
XqInstrumentSet *xq_desk_instruments (XqDesk *desk);
/* With the words of instruments and tags lent to it. */
XqCare *xq_desk_care (XqDesk *desk);
XqGreenChannel *xq_desk_channel (XqDesk *desk);

/* Persons by the heaviest level that fired for them: [1]…[3], and [0] all. */
typedef struct
{
  gint64 persons[4];
} XqRaised;

/**
 * xq_desk_import_answers:
 * @desk: the desk
 * @answers: what was read (xq_answers_read() with this desk's instruments)
 * @dry_run: say what would come of it and leave nothing behind
 * @ret_raised: (out): warnings raised or joined
 * @progress: (nullable): progress and cancel
 * @error: of assess, care or vault
 *
 * Keeps the answers and raises the warnings that the rules find in them, all or nothing.
 *
 * Returns: (transfer full): what was written
 */
XqAnswersResult *xq_desk_import_answers (XqDesk *desk, XqAnswers *answers, gboolean dry_run, XqRaised *ret_raised,
                                         const XqProgress *progress, GError **error);
/* Takes an import of answers back with the warnings that rest on it alone. */
gboolean xq_desk_undo_answers (XqDesk *desk, gint64 batch_id, GError **error);

/* One sheet typed in or answered here: xq_assessment_add() and what the rules find in it. *@ret_warning_id
 * (nullable) is 0 when nothing fired. */
gboolean xq_desk_add_assessment (XqDesk *desk, XqAssessment *assessment, const int *answers, gsize n_answers,
                                 gint64 *ret_warning_id, GError **error);

/* xq_referral_advance() with care's part in the same transaction. @ret_referral may be NULL. */
gboolean xq_desk_advance_referral (XqDesk *desk, gint64 referral_id, const XqReferralAdvance *advance,
                                   XqReferral **ret_referral, GError **error);

/* The letter with what the other rooms know: reports of others, latest screening results, what was done so far.
 * What consent did not release is not in it. (transfer full) */
XqLetter *xq_desk_letter (XqDesk *desk, gint64 referral_id, GError **error);

/* What stands in the calendar from @from to @to (ISO dates, both included): appointments, and follow-ups that are due,
 * in the order of time. (element-type XqCalendarEntry) (transfer full) */
GPtrArray *xq_desk_calendar (XqDesk *desk, const char *from, const char *to, GError **error);

G_END_DECLS
