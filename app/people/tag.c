#include "config.h"

#include "people/tag.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "people/tag-words.h"
#include "vault/audit.h"
#include "vault/store.h"

#define FIELD(member, words, type, flags, privacy)                                                  \
  { #member, words, type, G_STRUCT_OFFSET (XqPersonTag, member), flags, privacy, NULL }

static const XqField fields[] = {
  FIELD (person_id, N_ ("Person"), XQ_FIELD_REFERENCE, XQ_FIELD_REQUIRED | XQ_FIELD_INTERNAL, XQ_PRIVACY_IDENTIFYING),
  FIELD (tag, N_ ("Key population"), XQ_FIELD_TEXT, XQ_FIELD_REQUIRED, XQ_PRIVACY_SENSITIVE),
  FIELD (since, N_ ("Since"), XQ_FIELD_DATE, XQ_FIELD_REQUIRED, XQ_PRIVACY_SENSITIVE),
  FIELD (remark, N_ ("Remark"), XQ_FIELD_TEXT, XQ_FIELD_MULTILINE, XQ_PRIVACY_IDENTIFYING),
  XQ_FIELDS_END,
};

const XqEntity XQ_PERSON_TAG = { "person_tag", N_ ("Key population"), sizeof (XqPersonTag), fields };

const char *const *
xq_tag_ids (void)
{
  static const char *ids[XQ_N_TAGS + 1];
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      for (int i = 0; i < XQ_N_TAGS; i++)
        ids[i] = xq_tag_words[i].id;
      g_once_init_leave (&ready, 1);
    }
  return ids;
}

static const XqTagWords *
look_up (const char *tag)
{
  for (int i = 0; i < XQ_N_TAGS; i++)
    if (strcmp (xq_tag_words[i].id, tag) == 0)
      return &xq_tag_words[i];
  return NULL;
}

gboolean
xq_tag_is_builtin (const char *tag)
{
  return tag != NULL && look_up (tag) != NULL;
}

const char *
xq_tag_label (const char *tag)
{
  const XqTagWords *words = look_up (tag);

  return words != NULL ? _ (words->label) : tag;
}

char *
xq_tag_from_text (const char *text)
{
  g_autofree char *plain = xq_text_plain (text);
  g_auto (GStrv) recognised = NULL;

  for (int i = 0; i < XQ_N_TAGS; i++)
    if (g_ascii_strcasecmp (plain, xq_tag_words[i].id) == 0 || strcmp (plain, _ (xq_tag_words[i].label)) == 0
        || g_ascii_strcasecmp (plain, xq_tag_words[i].label) == 0)
      return g_strdup (xq_tag_words[i].id);
  recognised = xq_tag_recognise (plain);
  return g_strdup (g_strv_length (recognised) == 1 ? recognised[0] : plain);
}

gboolean
xq_tag_add_unaudited (XqDatabase *database, gint64 person_id, const char *tag, const char *since,
                      gboolean *ret_added, GError **error)
{
  g_autofree char *today = since == NULL ? xq_clock_today () : NULL;

  if (!xq_database_execute (database, error,
                            "INSERT INTO person_tag (person_id, tag, since) VALUES (:person, :tag, :since)"
                            " ON CONFLICT DO NOTHING",
                            XQ_INTEGER (":person", person_id), XQ_TEXT (":tag", tag),
                            XQ_TEXT (":since", since != NULL ? since : today), XQ_END))
    return FALSE;
  if (ret_added != NULL)
    *ret_added = xq_database_changes (database) > 0;
  return TRUE;
}

static gboolean
find_tag (XqDatabase *database, gint64 person_id, const char *tag, gint64 *ret_id, GError **error)
{
  *ret_id = 0;
  return xq_database_get_integer (database, error, ret_id, NULL,
                                  "SELECT id FROM person_tag WHERE person_id = :person AND tag = :tag",
                                  XQ_INTEGER (":person", person_id), XQ_TEXT (":tag", tag), XQ_END);
}

/* The audit is about the person: a tag is not a thing of its own. */
static gboolean
audit (XqDatabase *database, const char *action, gint64 person_id, const char *tag, GError **error)
{
  g_autoptr (JsonObject) detail = json_object_new ();

  json_object_set_string_member (detail, "tag", tag);
  return xq_audit_append (database, action, "person", person_id, detail, error);
}

gboolean
xq_tag_add (XqDatabase *database, gint64 person_id, const char *tag, const char *since, const char *remark,
            GError **error)
{
  g_autoptr (XqTransaction) transaction = NULL;
  g_autofree char *plain = xq_text_plain (tag);
  g_autofree char *today = since == NULL ? xq_clock_today () : NULL;
  g_autoptr (XqPersonTag) record = xq_person_tag_new ();
  gint64 known;

  if (*plain == '\0')
    {
      g_set_error_literal (error, XQ_PEOPLE_ERROR, XQ_ERROR_REFUSED, _ ("A key-population tag must not be empty."));
      return FALSE;
    }
  transaction = xq_transaction_begin (database, error);
  if (transaction == NULL || !find_tag (database, person_id, plain, &known, error))
    return FALSE;
  if (known != 0)
    return TRUE;
  record->person_id = person_id;
  record->tag = g_strdup (plain);
  record->since = g_strdup (since != NULL ? since : today);
  record->remark = g_strdup (remark);
  return xq_store_insert_unaudited (database, &XQ_PERSON_TAG, record, error)
         && audit (database, "tag_add", person_id, plain, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
xq_tag_remove (XqDatabase *database, gint64 person_id, const char *tag, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (database, error);
  gint64 known;

  if (transaction == NULL || !find_tag (database, person_id, tag, &known, error))
    return FALSE;
  if (known == 0)
    return TRUE;
  return xq_database_execute (database, error, "DELETE FROM person_tag WHERE id = :id", XQ_INTEGER (":id", known),
                              XQ_END)
         && audit (database, "tag_remove", person_id, tag, error)
         && xq_transaction_commit (g_steal_pointer (&transaction), error);
}

static int
rank (const char *tag)
{
  const XqTagWords *words = look_up (tag);

  return words != NULL ? (int) (words - xq_tag_words) : XQ_N_TAGS;
}

static int
compare_tags (gconstpointer a, gconstpointer b)
{
  const XqPersonTag *one = *(const XqPersonTag *const *) a;
  const XqPersonTag *other = *(const XqPersonTag *const *) b;
  int difference = rank (one->tag) - rank (other->tag);

  return difference != 0 ? difference : strcmp (one->tag, other->tag);
}

GPtrArray *
xq_tag_list (XqDatabase *database, gint64 person_id, GError **error)
{
  GPtrArray *tags = xq_store_list (database, error, &XQ_PERSON_TAG, "WHERE person_id = :person",
                                   XQ_INTEGER (":person", person_id), XQ_END);

  if (tags != NULL)
    g_ptr_array_sort (tags, compare_tags);
  return tags;
}

char **
xq_tag_in_use (XqDatabase *database, GArray **ret_counts, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error,
                           "SELECT tag, count(*) FROM person_tag GROUP BY tag ORDER BY count(*) DESC, tag", XQ_END);
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (gint64));
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 count = xq_statement_integer (statement, 1);

      g_strv_builder_add (tags, xq_statement_text (statement, 0));
      g_array_append_val (counts, count);
    }
  if (step == XQ_STEP_FAILED)
    return NULL;
  if (ret_counts != NULL)
    *ret_counts = g_steal_pointer (&counts);
  return g_strv_builder_end (tags);
}
