#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "people/national-id.h"
#include "people/roster-private.h"
#include "people/tag.h"

/* Beyond these a spreadsheet keeps no digit of a number. */
#define EXACT_DIGITS 1e15

typedef struct
{
  XqRoster *roster;
  const XqRosterColumns *columns;
  const XqSheetRow *row;
  XqRosterEntry *entry;
} Reading;

/* Whether nothing about the text needs to be made plain: printable ASCII without double blanks, and common Han
 * characters. Most cells are so, and this is the inner loop of an import. */
static gboolean
is_plain (const char *text, gboolean with_blanks)
{
  for (const guchar *at = (const guchar *) text; *at != '\0';)
    {
      if (*at > ' ' && *at < 0x7f)
        at++;
      else if (*at == ' ' && with_blanks && at[1] != ' ')
        at++;
      else if (*at >= 0xe4 && *at <= 0xe9 && at[1] != '\0' && at[2] != '\0')
        at += 3;
      else
        return FALSE;
    }
  return TRUE;
}

static const char *
keep (const Reading *reading, const char *text)
{
  return *text != '\0' ? g_string_chunk_insert (reading->roster->text, text) : NULL;
}

static const XqCell *
cell_of (const Reading *reading, XqRosterField field)
{
  return xq_sheet_row_cell (reading->row, reading->columns->columns[field]);
}

static void
reject (Reading *reading, XqRosterField field, char *why)
{
  xq_roster_reject (reading->roster, reading->entry, field, cell_of (reading, field)->text, why);
}

/* A cell's plain text in the roster's memory; NULL for an empty one. What a formula could not compute rejects the
 * row: nobody knows what was meant. */
static const char *
text_of (Reading *reading, XqRosterField field)
{
  const XqCell *cell = cell_of (reading, field);
  g_autofree char *plain = NULL;

  if (cell->type == XQ_CELL_EMPTY)
    return NULL;
  if (cell->type == XQ_CELL_ERROR)
    {
      reject (reading, field,
              g_strdup (_ ("The formula in this cell has no result. Open the file in Excel or WPS, "
                           "mend the formula and save it.")));
      return NULL;
    }
  if (is_plain (cell->text, TRUE))
    return keep (reading, cell->text);
  plain = xq_text_plain (cell->text);
  return keep (reading, plain);
}

/* "2.10102E+17": what a spreadsheet leaves of a long number in a csv file. */
static gboolean
is_scientific (const char *text)
{
  gsize digits = strspn (text, "0123456789.");

  return digits > 0 && g_ascii_toupper (text[digits]) == 'E' && text[digits + 1] == '+'
         && text[digits + 2] != '\0'
         && strspn (text + digits + 2, "0123456789") == strlen (text + digits + 2);
}

/* The same for a number that is a name: a spreadsheet may have rounded it. */
static const char *
digits_of (Reading *reading, XqRosterField field)
{
  const XqCell *cell = cell_of (reading, field);

  if ((cell->type == XQ_CELL_NUMBER && (cell->number >= EXACT_DIGITS || cell->number <= -EXACT_DIGITS))
      || (cell->type == XQ_CELL_TEXT && is_scientific (cell->text)))
    {
      reject (reading, field,
              g_strdup (_ ("The spreadsheet has lost the last digits of this number. Format the "
                           "column as text and enter it again.")));
      return NULL;
    }
  return text_of (reading, field);
}

static void
read_code (Reading *reading)
{
  const char *code = digits_of (reading, XQ_ROSTER_CODE);

  /* An apostrophe keeps a spreadsheet from taking a number for one. */
  if (code != NULL && *code == '\'')
    code = code[1] != '\0' ? code + 1 : NULL;
  reading->entry->code = code;
}

static void
read_name (Reading *reading)
{
  const XqCell *cell = cell_of (reading, XQ_ROSTER_NAME);
  g_autofree char *plain = NULL;

  if (cell->type == XQ_CELL_ERROR)
    {
      text_of (reading, XQ_ROSTER_NAME);
      return;
    }
  if (is_plain (cell->text, FALSE))
    reading->entry->name = keep (reading, cell->text);
  else
    {
      plain = xq_person_name_plain (cell->text);
      reading->entry->name = keep (reading, plain);
    }
  if (reading->entry->name == NULL)
    reject (reading, XQ_ROSTER_NAME, g_strdup (_ ("The name is missing.")));
}

static gboolean
is_unsaid (const char *text)
{
  static const char *const words[]
      = { "-", "--", "—", "/", "无", "無", "未知", "不详", "不詳", "暂无", "n/a", "unknown" };

  if (strlen (text) > strlen ("unknown"))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
read_sex (Reading *reading)
{
  const char *text = text_of (reading, XQ_ROSTER_SEX);

  if (text == NULL || is_unsaid (text))
    return;
  reading->entry->sex = xq_sex_from_text (text);
  if (reading->entry->sex == XQ_SEX_UNKNOWN)
    reject (reading, XQ_ROSTER_SEX,
            g_strdup (_ ("This is neither male nor female. Write 男 or 女, or leave the cell empty.")));
}

/* Most dates are ISO as they stand, date cells all. */
static gboolean
is_birth_date (const XqRoster *roster, const char *text)
{
  return strlen (text) == strlen ("2014-03-23") && text[4] == '-' && xq_date_is_valid (text)
         && strcmp (text, "1900-01-01") >= 0 && strcmp (text, roster->today) <= 0;
}

static void
read_birth_date (Reading *reading)
{
  const XqCell *cell = cell_of (reading, XQ_ROSTER_BIRTH_DATE);
  const char *text = text_of (reading, XQ_ROSTER_BIRTH_DATE);
  XqDatePrecision precision = XQ_DATE_DAY;
  g_autoptr (GError) error = NULL;
  g_autofree char *date = NULL;

  if (text == NULL || is_unsaid (text))
    return;
  if (is_birth_date (reading->roster, text))
    {
      reading->entry->birth_date = text;
      return;
    }
  /* The time of a date cell, if any, says nothing. */
  date = xq_date_parse_birth (cell->type == XQ_CELL_DATE && strlen (text) >= 10
                                  ? (char[11]){ text[0], text[1], text[2], text[3], text[4], text[5],
                                                text[6], text[7], text[8], text[9], '\0' }
                                  : text,
                              &precision, &error);
  if (date == NULL)
    {
      reject (reading, XQ_ROSTER_BIRTH_DATE, g_strdup (error->message));
      return;
    }
  reading->entry->birth_date = keep (reading, date);
  reading->entry->birth_month_only = precision == XQ_DATE_MONTH;
}

/* Passports and permits to travel begin with letters; there is nothing to check in them. */
static gboolean
is_other_document (const char *text)
{
  gsize length = strlen (text);

  return g_ascii_isalpha (text[0]) && length >= 6 && length <= 20
         && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789()") == length;
}

static gboolean
is_same_birth (const XqRosterEntry *entry, const char *date)
{
  return strncmp (entry->birth_date, date, entry->birth_month_only ? strlen ("2014-03") : strlen (date))
         == 0;
}

static void
take_national_id (Reading *reading, const XqNationalId *id)
{
  XqRosterEntry *entry = reading->entry;

  if (entry->birth_date != NULL && !is_same_birth (entry, id->birth_date))
    reject (reading, XQ_ROSTER_BIRTH_DATE,
            g_strdup_printf (_ ("The identity number says that the birth date is %s. Correct whichever is "
                                "wrong."),
                             id->birth_date));
  else if (entry->sex != XQ_SEX_UNKNOWN && entry->sex != id->sex)
    reject (reading, XQ_ROSTER_SEX,
            g_strdup (id->sex == XQ_SEX_MALE
                          ? _ ("The identity number is a male’s. Correct whichever is wrong.")
                          : _ ("The identity number is a female’s. Correct whichever is wrong.")));
  entry->birth_date = keep (reading, id->birth_date);
  entry->birth_month_only = FALSE;
  entry->sex = id->sex;
  entry->national_id = keep (reading, id->number);
}

/* After birth date and sex, which it fills in and is compared with. */
static void
read_national_id (Reading *reading)
{
  const char *text = digits_of (reading, XQ_ROSTER_NATIONAL_ID);
  g_auto (XqNationalId) id = { 0 };
  g_autoptr (GError) error = NULL;

  if (text == NULL || is_unsaid (text))
    return;
  if (xq_national_id_parse (text, &id, &error))
    take_national_id (reading, &id);
  else if (is_other_document (text))
    reading->entry->national_id = text;
  else
    reject (reading, XQ_ROSTER_NATIONAL_ID, g_strdup (error->message));
}

static void
read_units (Reading *reading)
{
  for (guint i = 0; i < XQ_ROSTER_N_UNITS; i++)
    {
      const char *text = text_of (reading, XQ_ROSTER_FIRST_UNIT + i);

      if (text != NULL)
        reading->entry->units[i] = g_string_chunk_insert_const (reading->roster->text, text);
    }
}

static const char *
phone_of (Reading *reading, XqRosterField field)
{
  const XqCell *cell = cell_of (reading, field);
  g_autofree char *plain = NULL;

  if (cell->type == XQ_CELL_EMPTY || cell->type == XQ_CELL_ERROR)
    return NULL;
  if (strlen (cell->text) == 11 && strspn (cell->text, "0123456789") == 11)
    return keep (reading, cell->text);
  plain = xq_phone_plain (cell->text);
  return keep (reading, plain);
}

static void
add_contact (Reading *reading, const char *name, const char *phone, int relation)
{
  XqRosterEntry *entry = reading->entry;

  if ((name == NULL || is_unsaid (name)) && phone == NULL)
    return;
  entry->contacts[entry->n_contacts++]
      = (XqRosterContact){ name != NULL && !is_unsaid (name) ? name : NULL, phone, relation };
}

/* "于子(父亲)" says the relation as well. */
static const char *
split_relation (Reading *reading, const char *name, int *relation)
{
  const char *open = name != NULL ? strchr (name, '(') : NULL;
  g_autofree char *inside = NULL, *before = NULL;

  if (open == NULL || open == name || !g_str_has_suffix (name, ")"))
    return name;
  inside = g_strndup (open + 1, strlen (open) - 2);
  if (*inside == '\0' || xq_relation_from_text (inside) == XQ_RELATION_OTHER)
    return name;
  if (*relation < 0)
    *relation = (int) xq_relation_from_text (inside);
  before = g_strchomp (g_strndup (name, open - name));
  return keep (reading, before);
}

static const char *
contact_name_of (Reading *reading, XqRosterField field)
{
  const char *text = text_of (reading, field);
  g_autofree char *plain = NULL;

  if (text == NULL || is_plain (text, FALSE))
    return text;
  plain = xq_person_name_plain (text);
  return keep (reading, plain);
}

static void
read_contacts (Reading *reading)
{
  const char *relation = text_of (reading, XQ_ROSTER_RELATION);
  int kind = relation != NULL && !is_unsaid (relation) ? (int) xq_relation_from_text (relation) : -1;
  const char *name = split_relation (reading, contact_name_of (reading, XQ_ROSTER_CONTACT), &kind);

  add_contact (reading, name, phone_of (reading, XQ_ROSTER_CONTACT_PHONE), kind);
  add_contact (reading, contact_name_of (reading, XQ_ROSTER_FATHER),
               phone_of (reading, XQ_ROSTER_FATHER_PHONE), XQ_RELATION_FATHER);
  add_contact (reading, contact_name_of (reading, XQ_ROSTER_MOTHER),
               phone_of (reading, XQ_ROSTER_MOTHER_PHONE), XQ_RELATION_MOTHER);
}

static gboolean
is_yes (const char *text)
{
  static const char *const no[] = { "0", "×", "x", "n", "no", "false", "走读", "走讀", "f" };
  static const char *const no_beginnings[] = { "否", "无", "無", "不", "非", "未", "没", "沒" };

  if (is_unsaid (text))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (no); i++)
    if (g_ascii_strcasecmp (text, no[i]) == 0)
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (no_beginnings); i++)
    if (g_str_has_prefix (text, no_beginnings[i]))
      return FALSE;
  return TRUE;
}

static void
add_tags (GPtrArray **tags, char **found)
{
  for (guint i = 0; found != NULL && found[i] != NULL; i++)
    {
      if (*tags == NULL)
        *tags = g_ptr_array_new_with_free_func (g_free);
      if (!g_ptr_array_find_with_equal_func (*tags, found[i], g_str_equal, NULL))
        g_ptr_array_add (*tags, g_strdup (found[i]));
    }
}

/* A roster has few different remarks: each is looked at once. */
static char **
tags_in (Reading *reading, const char *text)
{
  char **found;

  if (text == NULL)
    return NULL;
  found = g_hash_table_lookup (reading->roster->remarks, text);
  if (found == NULL)
    {
      found = xq_tag_recognise (text);
      g_hash_table_insert (reading->roster->remarks, (gpointer) text, found);
    }
  return found;
}

static void
read_tags (Reading *reading)
{
  XqRosterEntry *entry = reading->entry;
  g_autoptr (GPtrArray) tags = NULL;

  add_tags (&tags, tags_in (reading, entry->remark));
  add_tags (&tags, tags_in (reading, text_of (reading, XQ_ROSTER_TAGS)));
  for (guint i = 0; i < XQ_ROSTER_N_TAGS; i++)
    {
      const char *text = text_of (reading, XQ_ROSTER_FIRST_TAG + i);

      if (text != NULL && is_yes (text))
        add_tags (&tags, (char *[]){ (char *) xq_roster_tag_columns[i], NULL });
    }
  if (tags == NULL)
    return;
  g_ptr_array_add (tags, NULL);
  entry->tags = (char **) g_ptr_array_free (g_steal_pointer (&tags), FALSE);
}

static gboolean
says_any (const char *text, const char *const *words)
{
  for (; *words != NULL; words++)
    if (strstr (text, *words) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
says_suspended (const char *remark)
{
  static const char *const suspended[] = { "休学", "休學", NULL };
  static const char *const back[] = { "复学", "復學", "未休", "非休", NULL };

  return says_any (remark, suspended) && !says_any (remark, back);
}

static void
read_remark (Reading *reading)
{
  XqRosterEntry *entry = reading->entry;

  entry->remark = text_of (reading, XQ_ROSTER_REMARK);
  entry->suspended = entry->remark != NULL && says_suspended (entry->remark);
  if (entry->remark != NULL && is_unsaid (entry->remark))
    entry->remark = NULL;
}

/* A row with nothing in any of the columns that matter, a sum or a signature below the table, or the header once
 * more on a new printed page. */
static gboolean
holds_nobody (const Reading *reading)
{
  const char *const *titles = (const char *const *) g_array_index (reading->roster->sheet_data,
                                                                   XqRosterSheetData, reading->entry->sheet)
                                  .titles;
  int name = reading->columns->columns[XQ_ROSTER_NAME];
  guint filled = 0, mapped = 0;

  for (guint i = 0; i < reading->row->n_cells; i++)
    filled += reading->row->cells[i].type != XQ_CELL_EMPTY;
  for (guint field = 0; field < XQ_ROSTER_N_FIELDS; field++)
    mapped += cell_of (reading, field)->type != XQ_CELL_EMPTY;
  if (mapped == 0 || xq_roster_is_summary (reading->row, reading->columns))
    return TRUE;
  if (cell_of (reading, XQ_ROSTER_NAME)->type == XQ_CELL_EMPTY)
    return filled == 1 || !xq_roster_is_identified (reading->row, reading->columns);
  return strcmp (cell_of (reading, XQ_ROSTER_NAME)->text, titles[name]) == 0;
}

XqRosterEntry *
xq_roster_parse_row (XqRoster *roster, guint sheet, const XqSheetRow *row)
{
  XqRosterSheetData *data = &g_array_index (roster->sheet_data, XqRosterSheetData, sheet);
  XqRosterEntry candidate = { .row = row->number, .sheet = sheet };
  Reading reading = { roster, &data->columns, row, &candidate };

  if (holds_nobody (&reading))
    return NULL;
  reading.entry = g_memdup2 (&candidate, sizeof candidate);
  read_code (&reading);
  read_name (&reading);
  read_sex (&reading);
  read_birth_date (&reading);
  read_national_id (&reading);
  read_units (&reading);
  read_contacts (&reading);
  reading.entry->phone = phone_of (&reading, XQ_ROSTER_PHONE);
  reading.entry->address = text_of (&reading, XQ_ROSTER_ADDRESS);
  reading.entry->post = text_of (&reading, XQ_ROSTER_POST);
  read_remark (&reading);
  read_tags (&reading);
  return reading.entry;
}
