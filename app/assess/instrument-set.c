#include "config.h"

#include "assess/instrument-set.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/resource.h"
#include "vault/vault.h"

#define FOLDER "instruments"
#define ENDING ".json"
#define SETTING "instrument:"

struct _XqInstrumentSet
{
  gatomicrefcount references;
  GMutex lock;              /* over @known */
  GHashTable *known;        /* id → XqInstrument; of a shipped one that nobody has asked for yet, NULL */
  GHashTable *own;          /* ids that the vault defines */
};

/* "PHQ-9", "phq_9" and "phq9" are one id. (transfer full) */
static char *
fold_id (const char *id)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  for (; *id != '\0'; id++)
    if (*id != '-' && *id != '_' && *id != ' ')
      g_string_append_c (folded, g_ascii_tolower (*id));
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

static void
add_shipped (XqInstrumentSet *set)
{
  g_auto (GStrv) names = xq_resource_list (FOLDER);

  for (char **name = names; *name != NULL; name++)
    if (g_str_has_suffix (*name, ENDING))
      g_hash_table_insert (set->known, g_strndup (*name, strlen (*name) - strlen (ENDING)), NULL);
}

static gboolean
add_own (XqInstrumentSet *set, XqDatabase *database, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  statement = xq_database_query (database, error,
                                 "SELECT key, value FROM setting WHERE key GLOB :keys AND value <> ''",
                                 XQ_TEXT (":keys", SETTING "*"), XQ_END);
  if (statement == NULL)
    return FALSE;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      const char *id = xq_statement_text (statement, 0) + strlen (SETTING);
      const char *text = xq_statement_text (statement, 1);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      XqInstrument *instrument = xq_instrument_parse (bytes, id, error);

      if (instrument == NULL)
        return FALSE;
      g_hash_table_insert (set->known, g_strdup (id), instrument);
      g_hash_table_add (set->own, g_strdup (id));
    }
  return step == XQ_STEP_DONE;
}

static void
instrument_clear (gpointer instrument)
{
  if (instrument != NULL)
    xq_instrument_unref (instrument);
}

XqInstrumentSet *
xq_instrument_set_new (XqDatabase *database, GError **error)
{
  g_autoptr (XqInstrumentSet) set = g_new0 (XqInstrumentSet, 1);

  g_atomic_ref_count_init (&set->references);
  g_mutex_init (&set->lock);
  set->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, instrument_clear);
  set->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  add_shipped (set);
  if (database != NULL && !add_own (set, database, error))
    return NULL;
  return g_steal_pointer (&set);
}

XqInstrumentSet *
xq_instrument_set_ref (XqInstrumentSet *set)
{
  g_atomic_ref_count_inc (&set->references);
  return set;
}

void
xq_instrument_set_unref (XqInstrumentSet *set)
{
  if (!g_atomic_ref_count_dec (&set->references))
    return;
  g_hash_table_unref (set->known);
  g_hash_table_unref (set->own);
  g_mutex_clear (&set->lock);
  g_free (set);
}

/* A definition that we ship and cannot read is our own mistake; a test reads every one. */
static XqInstrument *
load_shipped (const char *id)
{
  g_autofree char *path = g_strconcat (FOLDER "/", id, ENDING, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = xq_resource_load (path, &error);
  XqInstrument *instrument = bytes != NULL ? xq_instrument_parse (bytes, path, &error) : NULL;

  if (instrument == NULL)
    g_error ("%s", error->message);
  return instrument;
}

/* The lock is held. */
static const XqInstrument *
look_up (XqInstrumentSet *set, const char *id)
{
  gpointer key, instrument;

  if (!g_hash_table_lookup_extended (set->known, id, &key, &instrument))
    return NULL;
  if (instrument == NULL)
    {
      instrument = load_shipped (id);
      g_hash_table_insert (set->known, g_strdup (id), instrument);
    }
  return instrument;
}

/* The lock is held. */
static const char *
find_folded (XqInstrumentSet *set, const char *id)
{
  g_autofree char *folded = fold_id (id);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, set->known);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autofree char *other = fold_id (key);

      if (strcmp (folded, other) == 0)
        return key;
    }
  return NULL;
}

const XqInstrument *
xq_instrument_set_peek (XqInstrumentSet *set, const char *id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&set->lock);
  const XqInstrument *instrument = look_up (set, id);
  const char *other = instrument == NULL ? find_folded (set, id) : NULL;
  g_autofree char *copy = g_strdup (other);

  return copy != NULL ? look_up (set, copy) : instrument;
}

/* Ids in order. (transfer full) */
static char **
list_ids (XqInstrumentSet *set)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&set->lock);
  g_autoptr (GPtrArray) ids = g_hash_table_get_keys_as_ptr_array (set->known);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_ptr_array_sort_values (ids, (GCompareFunc) strcmp);
  for (guint i = 0; i < ids->len; i++)
    g_strv_builder_add (builder, ids->pdata[i]);
  return g_strv_builder_end (builder);
}

const XqInstrument *
xq_instrument_set_get (XqInstrumentSet *set, const char *id, GError **error)
{
  const XqInstrument *instrument = xq_instrument_set_peek (set, id);
  g_auto (GStrv) ids = NULL;
  g_autofree char *list = NULL;

  if (instrument != NULL)
    return instrument;
  ids = list_ids (set);
  list = g_strjoinv (", ", ids);
  g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_NOT_FOUND, _ ("There is no instrument “%s”. There are: %s."), id,
               list);
  return NULL;
}

GPtrArray *
xq_instrument_set_list (XqInstrumentSet *set)
{
  g_auto (GStrv) ids = list_ids (set);
  GPtrArray *instruments = g_ptr_array_new ();

  for (char **id = ids; *id != NULL; id++)
    g_ptr_array_add (instruments, (gpointer) xq_instrument_set_peek (set, *id));
  return instruments;
}

gboolean
xq_instrument_set_is_own (XqInstrumentSet *set, const char *id)
{
  return g_hash_table_contains (set->own, id);
}

JsonNode *
xq_instrument_set_to_json (XqInstrumentSet *set)
{
  g_autoptr (GPtrArray) instruments = xq_instrument_set_list (set);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < instruments->len; i++)
    {
      const XqInstrument *instrument = instruments->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", instrument->id);
      json_object_set_string_member (object, "label", instrument->label);
      json_object_set_string_member (object, "name", xq_words_get (&instrument->name));
      json_object_set_int_member (object, "items", instrument->n_items);
      json_object_set_string_member (object, "respondent", instrument->respondent);
      json_object_set_string_member (object, "licence", instrument->licence.kind);
      json_object_set_boolean_member (object, "may_ship", instrument->licence.may_ship);
      json_object_set_boolean_member (object, "own", xq_instrument_set_is_own (set, instrument->id));
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  return node;
}

gboolean
xq_instrument_keep (XqDatabase *database, GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (XqInstrument) instrument = xq_instrument_parse (bytes, name, error);
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;

  if (instrument == NULL)
    return FALSE;
  key = g_strconcat (SETTING, instrument->id, NULL);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return xq_setting_set (database, key, text, error);
}

gboolean
xq_instrument_forget (XqDatabase *database, const char *id, GError **error)
{
  g_autofree char *key = g_strconcat (SETTING, id, NULL);
  g_autofree char *text = xq_setting_get (database, key, "");

  if (*text == '\0')
    {
      g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_NOT_FOUND,
                   _ ("This vault has no definition “%s” of its own."), id);
      return FALSE;
    }
  return xq_setting_set (database, key, "", error);
}
