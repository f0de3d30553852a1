/* 重点人群: who needs a second look. A tag is an id of the table below or the user's own word. */
#pragma once

#include "base/field.h"
#include "people/error.h"
#include "vault/database.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  gint64 person_id;
  char *tag;
  char *since;
  char *remark;
} XqPersonTag;

XQ_DECLARE_RECORD (XqPersonTag, person_tag, XQ_PERSON_TAG)

/* The built-in ids, ended by NULL: "left_behind", "migrant" … */
const char *const *xq_tag_ids (void);
gboolean xq_tag_is_builtin (const char *tag);
/* Translated; the user's own word is its own label. (transfer none): lives as long as @tag */
const char *xq_tag_label (const char *tag);
/* The id for a word that means a built-in tag ("留守儿童", "Boarder"), else the plain word itself. (transfer full) */
char *xq_tag_from_text (const char *text);

/**
 * xq_tag_recognise:
 * @remark: (nullable): free text from a roster
 *
 * The built-in tags that @remark speaks of: 留守, 单亲, 父母离异, 随迁, 残疾 …, unless denied (非留守, 不是单亲,
 * 无残疾).
 *
 * Returns: (transfer full): ids
 */
char **xq_tag_recognise (const char *remark);

/* Audited; a tag that is there already is no error. @since NULL: today. */
gboolean xq_tag_add (XqDatabase *database, gint64 person_id, const char *tag, const char *since,
                     const char *remark, GError **error);
gboolean xq_tag_remove (XqDatabase *database, gint64 person_id, const char *tag, GError **error);
/* For imports, unaudited. @ret_added is optional. */
gboolean xq_tag_add_unaudited (XqDatabase *database, gint64 person_id, const char *tag, const char *since,
                               gboolean *ret_added, GError **error);
/* Built-in ones first (element-type XqPersonTag). */
GPtrArray *xq_tag_list (XqDatabase *database, gint64 person_id, GError **error);
/* Every tag in use with its number of persons (element-type utf8 → gint64 in @ret_counts). (transfer full) */
char **xq_tag_in_use (XqDatabase *database, GArray **ret_counts, GError **error);

G_END_DECLS
