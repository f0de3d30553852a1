/* Lists of people: the ids of all that fit, in order, from one query; and the rows of a page of ids. */
#pragma once

#include <gio/gio.h>
#include "people/person.h"

G_BEGIN_DECLS

#define XQ_ANY (-1)           /* of a filter's kind and state */
#define XQ_STATE_PRESENT (-2) /* active or suspended */
#define XQ_LEVEL_ANY 4        /* level 1, 2 or 3 */

/**
 * XqPersonFilter:
 * @organisation_id: 0 for all
 * @unit_id: this unit and all below it; 0 for all
 * @kind: #XqPersonKind or %XQ_ANY
 * @state: #XqPersonState, %XQ_ANY or %XQ_STATE_PRESENT
 * @level: 1–3, %XQ_LEVEL_ANY, or 0 for everybody
 * @tag: (nullable): only who has it
 * @text: (nullable): only who the search finds
 *
 * Initialise with %XQ_PERSON_FILTER_INIT: everybody who is present.
 */
typedef struct
{
  gint64 organisation_id;
  gint64 unit_id;
  int kind;
  int state;
  int level;
  const char *tag;
  const char *text;
} XqPersonFilter;

#define XQ_PERSON_FILTER_INIT { 0, 0, XQ_ANY, XQ_STATE_PRESENT, 0, NULL, NULL }

typedef enum
{
  XQ_PERSON_ORDER_NAME,
  XQ_PERSON_ORDER_UNIT, /* then name */
  XQ_PERSON_ORDER_CODE,
  XQ_PERSON_ORDER_LEVEL, /* heaviest first, none last; then name */
  XQ_PERSON_ORDER_BIRTH_DATE,
  XQ_PERSON_ORDER_NEWEST,
} XqPersonOrder;

/**
 * xq_person_list_ids:
 * @limit: the first so many, 0 for all. The first page of a million is there at once, all of them in some
 *   tenths of a second: ask for the page first, for all in a thread with a connection of its own
 * @cancellable: (nullable): G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type gint64): ids in order
 */
GArray *xq_person_list_ids (XqDatabase *database, const XqPersonFilter *filter, XqPersonOrder order,
                            guint limit, GCancellable *cancellable, GError **error);
gboolean xq_person_list_count (XqDatabase *database, const XqPersonFilter *filter, gint64 *ret_count, GError **error);

/**
 * XqPersonRow:
 * @unit: "七年级(1)班" or "生产一部 / 质检"; "" for none
 * @unit_path: the organisation first
 * @tags: ids or own words
 */
typedef struct
{
  gint64 id;
  gint64 organisation_id;
  gint64 unit_id;
  char *code;
  char *name;
  char *pinyin;
  XqSex sex;
  char *birth_date;
  XqPersonKind kind;
  char *unit;
  char **unit_path;
  char **tags;
  int level;
  XqPersonState state;
} XqPersonRow;

void xq_person_row_free (XqPersonRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPersonRow, xq_person_row_free)

/* The rows of @ids, in that order (element-type XqPersonRow); %NULL entries for those gone meanwhile. */
GPtrArray *xq_person_list_rows (XqDatabase *database, const gint64 *ids, guint n_ids, GError **error);
XqPersonRow *xq_person_row_load (XqDatabase *database, gint64 id, GError **error);

/* {"id","code","name","pinyin","sex","birth_date","kind","unit":[…],"tags":[…],"level","state"} (transfer full) */
JsonObject *xq_person_row_to_json (const XqPersonRow *row);
/* {"id","code","name"}: how other records name a person. (transfer full) */
JsonObject *xq_person_reference_json (XqDatabase *database, gint64 id, GError **error);
/* An array of the objects above, @limit 0 for all. (transfer full) */
JsonNode *xq_person_list_json (XqDatabase *database, const XqPersonFilter *filter, XqPersonOrder order,
                               guint limit, GError **error);
/* Everything on the file's cover: the row, and "organisation", "national_id", "phone", "address", "post",
 * "remark", "contacts", "consents", "tag_details", "memberships". (transfer full) */
JsonObject *xq_person_show_json (XqDatabase *database, gint64 id, GError **error);

G_END_DECLS
