/* The tree below an organisation: campus > grade > class, company > department > team. */
#pragma once

#include "base/field.h"
#include "people/class-name.h"
#include "people/error.h"
#include "people/organisation.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_UNIT_CAMPUS,
  XQ_UNIT_GRADE,
  XQ_UNIT_CLASS,
  XQ_UNIT_COMPANY,
  XQ_UNIT_DEPARTMENT,
  XQ_UNIT_TEAM,
} XqUnitKind;

typedef struct
{
  gint64 id;
  gint64 organisation_id;
  gint64 parent_id; /* 0 for none */
  int kind;         /* XqUnitKind */
  char *name;
  char *key;
  gint64 position;
} XqUnit;

XQ_DECLARE_RECORD (XqUnit, unit, XQ_UNIT)

extern const XqChoice xq_unit_kinds[];

/**
 * XqUnitTree:
 *
 * All organisations and units in memory (some thousands at most): paths without joins, and find-or-create
 * for an import. It belongs to one thread. After a rollback it knows units that are not there: drop it.
 */
typedef struct _XqUnitTree XqUnitTree;

XqUnitTree *xq_unit_tree_load (XqDatabase *database, GError **error);
void xq_unit_tree_free (XqUnitTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqUnitTree, xq_unit_tree_free)

/* (transfer none) (nullable) */
const XqUnit *xq_unit_tree_get (XqUnitTree *tree, gint64 unit_id);
const XqOrganisation *xq_unit_tree_organisation (XqUnitTree *tree, gint64 organisation_id);
/* The children of @parent_id (0: of the organisation) in order (element-type XqUnit) (transfer container). */
GPtrArray *xq_unit_tree_children (XqUnitTree *tree, gint64 organisation_id, gint64 parent_id);
/* @unit_id and all below it (element-type gint64). */
GArray *xq_unit_tree_descendants (XqUnitTree *tree, gint64 unit_id);
/* {"江城市第三中学", "七年级", "1班"}: the organisation first; it alone when @unit_id is 0. (transfer full) */
char **xq_unit_tree_path (XqUnitTree *tree, gint64 organisation_id, gint64 unit_id);
/* "七年级(1)班", "生产一部 / 质检"; without the organisation; "" for 0. Kept by the tree. (transfer none) */
const char *xq_unit_tree_display (XqUnitTree *tree, gint64 unit_id);

/* The unit of a parsed class (or its grade alone), 0 when there is none yet. */
gint64 xq_unit_tree_find_class (XqUnitTree *tree, gint64 organisation_id, const XqClassName *name);
/* The unit at the end of a path of departments, 0 when there is none yet. */
gint64 xq_unit_tree_find_path (XqUnitTree *tree, gint64 organisation_id, const char *const *names);

/* The same, making what is missing; a transaction must be open, the batch's audit row is the caller's.
 * @name that says nothing gives 0 in @ret_unit_id: the organisation itself. */
gboolean xq_unit_tree_ensure_class (XqUnitTree *tree, XqDatabase *database, gint64 organisation_id,
                                    const XqClassName *name, gint64 *ret_unit_id, GError **error);
gboolean xq_unit_tree_ensure_path (XqUnitTree *tree, XqDatabase *database, gint64 organisation_id,
                                   const char *const *names, gint64 *ret_unit_id, GError **error);
/* What the two calls above have made, in order (element-type gint64) (transfer none). */
const GArray *xq_unit_tree_created (XqUnitTree *tree);

/* Audited single writes. xq_unit_create fills an empty key from kind and name. */
gboolean xq_unit_create (XqDatabase *database, XqUnit *unit, GError **error);
gboolean xq_unit_save (XqDatabase *database, const XqUnit *unit, GError **error);
/* Refused while people or units are in it. */
gboolean xq_unit_delete (XqDatabase *database, gint64 unit_id, GError **error);
/* For the undo of an import: no audit row; a unit that somebody uses by now stays and is no error. */
gboolean xq_unit_remove_created (XqDatabase *database, gint64 unit_id, GError **error);

G_END_DECLS
