/* 披露台账: what left the office, to whom, on what ground, as which numbered copy, and whether it came back.
 *
 * A paper or a file is entered before it is made, so that nothing leaves unwritten; one that then could not be
 * made is settled as failed. What was said aloud or written by hand is entered afterwards. Entries are never
 * deleted. */
#pragma once

#include "base/field.h"
#include "people/error.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_DISCLOSURE_EXPORT, /* a file */
  XQ_DISCLOSURE_PRINT,
  XQ_DISCLOSURE_COPY,   /* through the clipboard */
  XQ_DISCLOSURE_SPOKEN,
  XQ_DISCLOSURE_PAPER,  /* written by hand, or made elsewhere */
} XqDisclosureKind;

/* What it was that left; the first part of the audit's action ("letter_print"). */
typedef enum
{
  XQ_DISCLOSED_OTHER,
  XQ_DISCLOSED_REPORT,
  XQ_DISCLOSED_LETTER,
  XQ_DISCLOSED_MISSING,
  XQ_DISCLOSED_CALENDAR,
  XQ_DISCLOSED_AUDIT,
  XQ_DISCLOSED_LEDGER,
} XqDisclosureSubject;

/* Why it was allowed: the exceptions to confidentiality of the Mental Health Law of the PRC (article 23: a counsellor
 * keeps privacy) and of 教基一厅函〔2015〕36号 (danger to oneself or others is told and written down). */
typedef enum
{
  XQ_GROUND_UNSAID,
  XQ_GROUND_CONSENT,
  XQ_GROUND_DANGER,
  XQ_GROUND_LAW,
  XQ_GROUND_DUTY,
  XQ_GROUND_OWN,
} XqDisclosureGround;

typedef enum
{
  XQ_DISCLOSURE_OUT,
  XQ_DISCLOSURE_RECALLED,
  XQ_DISCLOSURE_DESTROYED,
  XQ_DISCLOSURE_FAILED, /* never came to be */
} XqDisclosureState;

typedef struct
{
  gint64 id;
  gint64 at;
  int kind;    /* XqDisclosureKind */
  int subject; /* XqDisclosureSubject */
  char *what;
  char *recipient; /* asked for where it says who somebody is */
  int ground;      /* XqDisclosureGround; the same */
  char *purpose;
  char *fields;
  gboolean identifying;
  gint64 persons;
  char *copy;
  char *file; /* its name alone: where a counsellor keeps her papers is nobody's business */
  int state;  /* XqDisclosureState */
  gint64 settled_at;
  char *remark;
} XqDisclosure;

XQ_DECLARE_RECORD (XqDisclosure, disclosure, XQ_DISCLOSURE)

extern const XqChoice xq_disclosure_kinds[];
extern const XqChoice xq_disclosure_subjects[];
extern const XqChoice xq_disclosure_grounds[];
extern const XqChoice xq_disclosure_states[];

/**
 * xq_disclosure_enter:
 * @disclosure: what leaves; its time (where it is 0), copy number, state and count of persons are set here
 * @person_ids: (nullable): who it speaks of
 * @n_persons: how many
 * @error: XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED when it identifies somebody and nobody says to whom it goes or on what
 *   ground, or when it lies in the future
 *
 * The entry, its persons and the audit's row ("letter_export") in one transaction.
 */
gboolean xq_disclosure_enter (XqDatabase *database, XqDisclosure *disclosure, const gint64 *person_ids, gsize n_persons,
                              GError **error);
/* Ticks it off: recalled, destroyed, or failed; what is settled stays so. @remark may be NULL. */
gboolean xq_disclosure_settle (XqDatabase *database, gint64 id, XqDisclosureState state, const char *remark,
                               GError **error);

/**
 * XqDisclosureFilter:
 * @person_id: only what speaks of this person; 0 for all
 * @state: #XqDisclosureState, -1 for all but those that failed
 * @from: (nullable): first day, ISO
 * @to: (nullable): last day, ISO
 * @identifying_only: leave out what names nobody
 * @before: entries with a smaller id: the next page; 0 from the newest
 * @limit: at most so many; 0 for all
 */
typedef struct
{
  gint64 person_id;
  int state;
  const char *from;
  const char *to;
  gboolean identifying_only;
  gint64 before;
  guint limit;
} XqDisclosureFilter;

#define XQ_DISCLOSURE_FILTER_INIT { 0, -1, NULL, NULL, FALSE, 0, 0 }

/* Newest first (element-type XqDisclosure). (transfer full) */
GPtrArray *xq_disclosure_list (XqDatabase *database, const XqDisclosureFilter *filter, GError **error);
/* The ids alone (element-type gint64), and the entries of some of them in their order: for long lists. Entries are never
 * deleted. (transfer full) */
GArray *xq_disclosure_ids (XqDatabase *database, const XqDisclosureFilter *filter, GError **error);
GPtrArray *xq_disclosure_rows (XqDatabase *database, const gint64 *ids, guint n_ids, GError **error);
/* Who it speaks of (element-type gint64). (transfer full) */
GArray *xq_disclosure_persons (XqDatabase *database, gint64 id, GError **error);
/* The record's members, and "people": [{"id","code","name"}] of the first twenty. (transfer full) */
JsonObject *xq_disclosure_to_json (XqDatabase *database, const XqDisclosure *disclosure, GError **error);

/**
 * xq_disclosure_watermark:
 * @disclosure: an entry that was made
 * @issuer: who hands it out: the organisation
 *
 * The line that stands on every page of an identifying copy: number, issuer, recipient, ground, time.
 *
 * Returns: (transfer full): "Copy 2026-0012 · …"
 */
char *xq_disclosure_watermark (const XqDisclosure *disclosure, const char *issuer);

G_END_DECLS
