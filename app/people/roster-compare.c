#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "people/roster-private.h"
#include "people/tag.h"
#include "vault/store.h"

/* -- what an entry says that a person's record does not hold -- */

typedef struct
{
  guint bit;
  gsize said;   /* in the entry */
  gsize stored; /* in the record */
} TextField;

#define TEXT_FIELD(BIT, field)                                                                             \
  {                                                                                                        \
    XQ_ROSTER_CHANGES_##BIT, G_STRUCT_OFFSET (XqRosterEntry, field), G_STRUCT_OFFSET (XqPerson, field)     \
  }

static const TextField text_fields[] = {
  TEXT_FIELD (CODE, code),
  TEXT_FIELD (NAME, name),
  TEXT_FIELD (NATIONAL_ID, national_id),
  TEXT_FIELD (PHONE, phone),
  TEXT_FIELD (ADDRESS, address),
  TEXT_FIELD (POST, post),
  TEXT_FIELD (REMARK, remark),
  TEXT_FIELD (BIRTH_DATE, birth_date),
};

#define SAID(entry, field)    G_STRUCT_MEMBER (const char *, entry, (field)->said)
#define STORED(person, field) G_STRUCT_MEMBER (char *, person, (field)->stored)

/* A table that says the month alone does not unsay a day that is known. */
static gboolean
is_known_month (const XqRosterEntry *entry, const XqPerson *person)
{
  return entry->birth_month_only && entry->birth_date != NULL && person->birth_date != NULL
         && strncmp (entry->birth_date, person->birth_date, strlen ("2014-03")) == 0;
}

static gboolean
is_absent (const XqPerson *person)
{
  return person->state != XQ_PERSON_ACTIVE && person->state != XQ_PERSON_SUSPENDED;
}

guint
xq_roster_differences (const XqRoster *roster, const XqRosterEntry *entry, const XqPerson *person)
{
  guint differences = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (text_fields); i++)
    {
      const TextField *field = &text_fields[i];

      if (SAID (entry, field) != NULL && g_strcmp0 (SAID (entry, field), STORED (person, field)) != 0)
        differences |= field->bit;
    }
  if ((differences & XQ_ROSTER_CHANGES_CODE) && person->code != NULL
      && g_ascii_strcasecmp (entry->code, person->code) == 0)
    differences &= ~XQ_ROSTER_CHANGES_CODE;
  if (is_known_month (entry, person))
    differences &= ~XQ_ROSTER_CHANGES_BIRTH_DATE;
  if (entry->sex != XQ_SEX_UNKNOWN && entry->sex != person->sex)
    differences |= XQ_ROSTER_CHANGES_SEX;
  if (entry->unit != NULL && (entry->unit->unit_id == 0 || entry->unit->unit_id != person->unit_id))
    differences |= XQ_ROSTER_CHANGES_UNIT;
  if (is_absent (person) || (entry->suspended && person->state == XQ_PERSON_ACTIVE))
    differences |= XQ_ROSTER_CHANGES_STATE;
  return differences;
}

void
xq_roster_merge (const XqRosterEntry *entry, guint differences, XqPerson *person)
{
  for (gsize i = 0; i < G_N_ELEMENTS (text_fields); i++)
    if (differences & text_fields[i].bit)
      g_set_str (&STORED (person, &text_fields[i]), SAID (entry, &text_fields[i]));
  if (differences & XQ_ROSTER_CHANGES_SEX)
    person->sex = entry->sex;
  if (differences & XQ_ROSTER_CHANGES_STATE)
    person->state = entry->suspended ? XQ_PERSON_SUSPENDED : XQ_PERSON_ACTIVE;
}

/* -- contacts and tags that the vault holds -- */

/* By name, else the one father, mother or spouse there is. */
const XqContact *
xq_roster_known_contact (const XqRoster *roster, gint64 person_id, const XqRosterContact *contact)
{
  GPtrArray *known = g_hash_table_lookup (roster->contacts, &person_id);
  const XqContact *of_relation = NULL;

  for (guint i = 0; known != NULL && i < known->len; i++)
    {
      const XqContact *candidate = g_ptr_array_index (known, i);

      if (contact->name != NULL && strcmp (contact->name, candidate->name) == 0)
        return candidate;
      if (contact->name == NULL && g_strcmp0 (contact->phone, candidate->phone) == 0)
        return candidate;
      if (candidate->relation == contact->relation
          && (contact->relation == XQ_RELATION_FATHER || contact->relation == XQ_RELATION_MOTHER
              || contact->relation == XQ_RELATION_SPOUSE))
        of_relation = candidate;
    }
  return of_relation;
}

gboolean
xq_roster_contact_differs (const XqRosterContact *contact, const XqContact *known)
{
  return (contact->name != NULL && strcmp (contact->name, known->name) != 0)
         || (contact->phone != NULL && g_strcmp0 (contact->phone, known->phone) != 0)
         || (contact->relation >= 0 && contact->relation != known->relation);
}

void
xq_roster_contact_merge (const XqRosterContact *contact, XqContact *record)
{
  if (contact->name != NULL)
    g_set_str (&record->name, contact->name);
  else if (record->name == NULL)
    record->name = g_strdup (_ ("Guardian"));
  if (contact->phone != NULL)
    g_set_str (&record->phone, contact->phone);
  if (contact->relation >= 0)
    record->relation = contact->relation;
}

static gboolean
load_contacts (XqRoster *roster, XqDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) all
      = xq_store_list (database, error, &XQ_CONTACT,
                       "WHERE person_id IN (SELECT id FROM person WHERE organisation_id = :organisation)",
                       XQ_INTEGER (":organisation", roster->organisation->id), XQ_END);

  if (all == NULL)
    return FALSE;
  g_ptr_array_set_free_func (all, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      XqContact *contact = g_ptr_array_index (all, i);
      GPtrArray *known = g_hash_table_lookup (roster->contacts, &contact->person_id);

      if (known == NULL)
        {
          known = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_contact_free);
          g_hash_table_insert (roster->contacts, g_memdup2 (&contact->person_id, sizeof (gint64)), known);
        }
      g_ptr_array_add (known, contact);
    }
  return TRUE;
}

static gboolean
load_tags (XqRoster *roster, XqDatabase *database, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_database_query (database, error,
                           "SELECT person_id, tag FROM person_tag"
                           " WHERE person_id IN (SELECT id FROM person WHERE organisation_id = :organisation)",
                           XQ_INTEGER (":organisation", roster->organisation->id), XQ_END);
  XqStep step = XQ_STEP_FAILED;

  while (statement != NULL && (step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_hash_table_add (roster->had_tags,
                      g_strdup_printf ("%" G_GINT64_FORMAT " %s", xq_statement_integer (statement, 0),
                                       xq_statement_text (statement, 1)));
  return step == XQ_STEP_DONE;
}

/* -- rows of one table that speak of the same person -- */

static const char *
sheet_of (const XqRoster *roster, const XqRosterEntry *entry)
{
  return g_array_index (roster->sheet_data, XqRosterSheetData, entry->sheet).name;
}

static char *
duplicate_why (const XqRoster *roster, const char *what, const XqRosterEntry *entry,
               const XqRosterEntry *other)
{
  if (entry->sheet == other->sheet)
    return g_strdup_printf (_ ("%s stands in row %d and again in row %d. Keep one of them."), what,
                            (int) MIN (entry->row, other->row), (int) MAX (entry->row, other->row));
  return g_strdup_printf (_ ("%s stands in row %d of sheet “%s” and again in row %d of sheet “%s”. Keep "
                             "one of them."),
                          what, (int) other->row, sheet_of (roster, other), (int) entry->row,
                          sheet_of (roster, entry));
}

/* The same person twice: the first row counts. Two people under one number: neither does, since nobody knows whose
 * it is. Gives back all that the table says, in lower case. */
static GHashTable *
reject_duplicates (XqRoster *roster, XqRosterField field, gsize offset)
{
  GHashTable *first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < roster->entries->len; i++)
    {
      XqRosterEntry *entry = g_ptr_array_index (roster->entries, i), *other;
      const char *text = G_STRUCT_MEMBER (const char *, entry, offset);
      g_autofree char *key = text != NULL ? g_ascii_strdown (text, -1) : NULL;

      if (key == NULL)
        continue;
      other = g_hash_table_lookup (first, key);
      if (other == NULL)
        {
          g_hash_table_insert (first, g_steal_pointer (&key), entry);
          continue;
        }
      xq_roster_reject (roster, entry, field, text, duplicate_why (roster, text, entry, other));
      if (g_strcmp0 (entry->name, other->name) != 0)
        xq_roster_reject (roster, other, field, text, duplicate_why (roster, text, other, entry));
    }
  return first;
}

/* -- who it is -- */

typedef struct
{
  XqRoster *roster;
  GHashTable *codes;   /* all that the table says */
  GHashTable *matched; /* XqPerson → XqRosterEntry */
} Matching;

static gboolean
differ (const char *a, const char *b)
{
  return a != NULL && b != NULL && strcmp (a, b) != 0;
}

static gboolean
code_is_in_table (const Matching *matching, const char *code)
{
  g_autofree char *key = g_ascii_strdown (code, -1);

  return g_hash_table_contains (matching->codes, key);
}

/* A number whose owner has another name, birth date and identity is somebody else's. */
static gboolean
is_somebody_else (const XqRosterEntry *entry, const XqPerson *person)
{
  gboolean other_birth = differ (entry->birth_date, person->birth_date) && !is_known_month (entry, person);
  gboolean other_id = differ (entry->national_id, person->national_id);

  return differ (entry->name, person->name) && (other_birth || other_id);
}

/* The person that the vault holds, NULL for a new one. Names alone match only where the table says nothing better. */
static const XqPerson *
match (Matching *matching, XqRosterEntry *entry)
{
  gint64 unit_id = entry->unit != NULL ? entry->unit->unit_id : 0;
  XqMatch by;
  const XqPerson *person = xq_person_index_match (matching->roster->index, entry->code, entry->national_id,
                                                  entry->name, entry->birth_date, unit_id, &by);

  if (by == XQ_MATCH_CODE || by == XQ_MATCH_NATIONAL_ID)
    return person;
  if (by == XQ_MATCH_NAME_AND_BIRTH)
    return entry->code == NULL || person->code == NULL || !code_is_in_table (matching, person->code)
               ? person
               : NULL;
  if (by == XQ_MATCH_NAME_AND_UNIT)
    return entry->code == NULL && entry->national_id == NULL && entry->birth_date == NULL ? person : NULL;
  if (by == XQ_MATCH_AMBIGUOUS && entry->code == NULL && entry->national_id == NULL)
    xq_roster_reject (matching->roster, entry, XQ_ROSTER_NAME, entry->name,
                      g_strdup (_ (
                          "The vault holds several people of this name. Add their numbers to the table.")));
  return NULL;
}

static void
check_match (Matching *matching, XqRosterEntry *entry, const XqPerson *person)
{
  XqRosterEntry *other = g_hash_table_lookup (matching->matched, person);

  if (is_somebody_else (entry, person))
    xq_roster_reject (matching->roster, entry, XQ_ROSTER_CODE, entry->code,
                      g_strdup_printf (_ ("This number belongs to %s, whose birth date or identity number "
                                          "is another. "
                                          "Correct the row, or the person’s file."),
                                       person->name));
  else if (other != NULL)
    xq_roster_reject (matching->roster, entry, XQ_ROSTER_NAME, entry->name,
                      duplicate_why (matching->roster, entry->name, entry, other));
  else
    g_hash_table_insert (matching->matched, (gpointer) person, entry);
}

static gboolean
changes_contacts (const XqRoster *roster, const XqRosterEntry *entry)
{
  for (guint i = 0; i < entry->n_contacts; i++)
    {
      const XqContact *known = xq_roster_known_contact (roster, entry->before->id, &entry->contacts[i]);

      if (known == NULL || xq_roster_contact_differs (&entry->contacts[i], known))
        return TRUE;
    }
  return FALSE;
}

/* Leaves in @entry the tags that the person has not. */
static void
leave_new_tags (XqRoster *roster, XqRosterEntry *entry)
{
  guint kept = 0;

  for (guint i = 0; entry->tags != NULL && entry->tags[i] != NULL; i++)
    {
      g_autofree char *tag = g_steal_pointer (&entry->tags[i]);
      g_autofree char *key = entry->before != NULL
                                 ? g_strdup_printf ("%" G_GINT64_FORMAT " %s", entry->before->id, tag)
                                 : NULL;

      if (key == NULL || !g_hash_table_contains (roster->had_tags, key))
        entry->tags[kept++] = g_steal_pointer (&tag);
    }
  if (kept == 0)
    g_clear_pointer (&entry->tags, g_free);
}

static void
decide (Matching *matching, XqRosterEntry *entry)
{
  XqRoster *roster = matching->roster;

  if (entry->problem_why == NULL)
    entry->before = match (matching, entry);
  if (entry->before != NULL)
    check_match (matching, entry, entry->before);
  if (entry->problem_why != NULL)
    {
      entry->outcome = XQ_ROSTER_REJECTED;
      entry->before = NULL;
      return;
    }
  leave_new_tags (roster, entry);
  if (entry->before == NULL)
    entry->outcome = XQ_ROSTER_ADDED;
  else if (xq_roster_differences (roster, entry, entry->before) != 0 || entry->tags != NULL
           || changes_contacts (roster, entry))
    entry->outcome = XQ_ROSTER_CHANGED;
  else
    entry->outcome = XQ_ROSTER_UNCHANGED;
  for (guint i = 0; entry->tags != NULL && entry->tags[i] != NULL; i++)
    {
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (roster->tags, entry->tags[i]));

      g_hash_table_replace (roster->tags, g_strdup (entry->tags[i]), GUINT_TO_POINTER (count + 1));
    }
}

static void
list_gone (const Matching *matching)
{
  XqRoster *roster = matching->roster;
  const GPtrArray *all = xq_person_index_all (roster->index);

  for (guint i = 0; i < all->len; i++)
    {
      const XqPerson *person = g_ptr_array_index (all, i);
      XqRosterGone gone = { person->id, person->code, person->name, NULL };

      if (person->state != XQ_PERSON_ACTIVE || person->kind != (int) roster->kind || person->code == NULL
          || g_hash_table_contains (matching->matched, person) || code_is_in_table (matching, person->code))
        continue;
      gone.unit = g_string_chunk_insert_const (roster->text,
                                               xq_unit_tree_display (roster->tree, person->unit_id));
      g_array_append_val (roster->gone, gone);
      g_hash_table_insert (roster->gone_people, (gpointer) &person->id, (gpointer) person);
    }
}

gboolean
xq_roster_compare (XqRoster *roster, XqDatabase *database, GError **error)
{
  g_autoptr (GHashTable) codes = NULL;
  g_autoptr (GHashTable) national_ids = NULL;
  g_autoptr (GHashTable) matched = g_hash_table_new (NULL, NULL);
  Matching matching = { roster, NULL, matched };

  roster->index = xq_person_index_load (database, roster->organisation->id, error);
  if (roster->index == NULL || !load_contacts (roster, database, error)
      || !load_tags (roster, database, error))
    return FALSE;
  codes = reject_duplicates (roster, XQ_ROSTER_CODE, G_STRUCT_OFFSET (XqRosterEntry, code));
  matching.codes = codes;
  national_ids
      = reject_duplicates (roster, XQ_ROSTER_NATIONAL_ID, G_STRUCT_OFFSET (XqRosterEntry, national_id));
  for (guint i = 0; i < roster->entries->len; i++)
    {
      XqRosterEntry *entry = g_ptr_array_index (roster->entries, i);

      decide (&matching, entry);
      roster->counts[entry->outcome]++;
    }
  list_gone (&matching);
  return TRUE;
}
