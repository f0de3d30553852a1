#include "config.h"

#include "referral/letter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "people/contact.h"
#include "people/person.h"
#include "people/unit.h"

const XqChoice xq_letter_sections[] = {
  { "identity", N_ ("Who it is") },
  { "contact", N_ ("Phone and address") },
  { "guardian", N_ ("Guardians") },
  { "reason", N_ ("Reason for the referral") },
  { "observations", N_ ("What was observed") },
  { "screening_results", N_ ("Screening results") },
  { "measures_taken", N_ ("What has been done so far") },
  { "risk", N_ ("Urgency and attention level") },
  { NULL, NULL },
};

gboolean
xq_letter_parse_released (const char *released, guint *ret_mask, GError **error)
{
  g_auto (GStrv) ids = g_strsplit_set (released != NULL ? released : "", ",", -1);
  guint mask = 0;

  for (char **id = ids; *id != NULL; id++)
    {
      int section;

      g_strstrip (*id);
      if (**id == '\0')
        continue;
      section = xq_choice_index (xq_letter_sections, *id);
      if (section < 0)
        {
          g_set_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED,
                       _ ("A referral letter has no section “%s”."), *id);
          return FALSE;
        }
      mask |= 1u << section;
    }
  *ret_mask = mask;
  return TRUE;
}

char *
xq_letter_format_released (guint mask)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int section = 0; section < XQ_LETTER_SECTIONS; section++)
    if (mask & 1u << section)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", xq_letter_sections[section].id);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
row_free (XqLetterRow *row)
{
  g_free (row->label);
  g_free (row->text);
  g_free (row);
}

static void
section_free (XqLetterSection *section)
{
  g_free (section->title);
  g_ptr_array_unref (section->rows);
  g_free (section);
}

void
xq_letter_free (XqLetter *letter)
{
  if (letter == NULL)
    return;
  g_free (letter->title);
  g_free (letter->number);
  g_free (letter->date);
  g_free (letter->sender);
  g_free (letter->institution);
  g_free (letter->department);
  g_free (letter->institution_hotline);
  g_free (letter->lane);
  g_clear_pointer (&letter->sections, g_ptr_array_unref);
  g_strfreev (letter->left_out);
  g_strfreev (letter->cautions);
  g_free (letter->notice);
  g_free (letter->slip_title);
  g_free (letter->slip_code);
  g_free (letter->slip_person);
  g_clear_pointer (&letter->slip_rows, g_ptr_array_unref);
  g_free (letter);
}

static void
add_row (GPtrArray *rows, const char *label, const char *text)
{
  XqLetterRow *row;

  if (text == NULL || (*text == '\0' && label == NULL))
    return;
  row = g_new0 (XqLetterRow, 1);
  row->label = g_strdup (label);
  row->text = g_strdup (text);
  g_ptr_array_add (rows, row);
}

static void
add_known_row (GPtrArray *rows, const char *label, const char *text)
{
  if (text != NULL && *text != '\0')
    add_row (rows, label, text);
}

static void
add_lines (GPtrArray *rows, const char *const *lines)
{
  for (; lines != NULL && *lines != NULL; lines++)
    add_row (rows, NULL, *lines);
}

/* All that a section is made from. */
typedef struct
{
  XqReferral *referral;
  XqPerson *person;
  XqInstitution *institution;
  GPtrArray *contacts;
  XqUnitTree *tree;
  const XqLetterFacts *facts;
} Sources;

static void
sources_clear (Sources *sources)
{
  g_clear_pointer (&sources->referral, xq_referral_free);
  g_clear_pointer (&sources->person, xq_person_free);
  g_clear_pointer (&sources->institution, xq_institution_free);
  g_clear_pointer (&sources->contacts, g_ptr_array_unref);
  g_clear_pointer (&sources->tree, xq_unit_tree_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sources, sources_clear)

static gboolean
sources_load (Sources *sources, XqDatabase *database, gint64 referral_id, GError **error)
{
  return (sources->referral = xq_referral_load (database, referral_id, error)) != NULL
         && (sources->person = xq_person_load (database, sources->referral->person_id, error)) != NULL
         && (sources->institution
             = xq_institution_load (database, sources->referral->institution_id, error)) != NULL
         && (sources->contacts = xq_contact_list (database, sources->person->id, error)) != NULL
         && (sources->tree = xq_unit_tree_load (database, error)) != NULL;
}

static void
fill_identity (const Sources *sources, GPtrArray *rows)
{
  const XqPerson *person = sources->person;
  g_autofree char *sex = xq_field_display (xq_entity_field (&XQ_PERSON, "sex"), person);
  g_autofree char *today = xq_clock_today ();
  g_autofree char *born = xq_date_display_day (person->birth_date);
  g_autofree char *birth = NULL;

  add_row (rows, _ ("Name"), person->name);
  add_known_row (rows, _ ("Sex"), person->sex != XQ_SEX_UNKNOWN ? sex : NULL);
  if (person->birth_date != NULL)
    birth = g_strdup_printf (_ ("%s (aged %d)"), born, xq_date_age (person->birth_date, today));
  add_known_row (rows, _ ("Birth date"), birth);
  add_known_row (rows, person->kind == XQ_PERSON_EMPLOYEE ? _ ("Department") : _ ("Class"),
                 xq_unit_tree_display (sources->tree, person->unit_id));
  add_known_row (rows, _ ("Number"), person->code);
}

static void
fill_guardians (const Sources *sources, GPtrArray *rows)
{
  const XqField *relation = xq_entity_field (&XQ_CONTACT, "relation");

  for (guint i = 0; i < sources->contacts->len; i++)
    {
      const XqContact *contact = g_ptr_array_index (sources->contacts, i);
      g_autofree char *label = NULL, *text = NULL;

      if (contact->relation == XQ_RELATION_CLASS_TEACHER || contact->relation == XQ_RELATION_OTHER)
        continue;
      label = xq_field_display (relation, contact);
      text = g_strjoin ("  ", contact->name, contact->phone, NULL);
      add_row (rows, label, text);
    }
}

static void
fill_risk (const Sources *sources, GPtrArray *rows)
{
  g_autofree char *level = xq_field_display (xq_entity_field (&XQ_PERSON, "level"), sources->person);

  add_row (rows, _ ("Urgency"), _ (xq_referral_lanes[sources->referral->lane].label));
  add_known_row (rows, _ ("Attention level"), level);
}

static void
fill_section (const Sources *sources, XqLetterSectionKind kind, GPtrArray *rows)
{
  static const XqLetterFacts nothing = { NULL };
  const XqLetterFacts *facts = sources->facts != NULL ? sources->facts : &nothing;

  switch (kind)
    {
    case XQ_LETTER_IDENTITY:
      fill_identity (sources, rows);
      break;
    case XQ_LETTER_CONTACT:
      add_known_row (rows, _ ("Phone"), sources->person->phone);
      add_known_row (rows, _ ("Address"), sources->person->address);
      break;
    case XQ_LETTER_GUARDIAN:
      fill_guardians (sources, rows);
      break;
    case XQ_LETTER_REASON:
      add_row (rows, NULL, sources->referral->reason);
      break;
    case XQ_LETTER_OBSERVATIONS:
      add_lines (rows, facts->observations);
      break;
    case XQ_LETTER_SCREENING_RESULTS:
      add_lines (rows, facts->screening_results);
      break;
    case XQ_LETTER_MEASURES_TAKEN:
      add_lines (rows, facts->measures_taken);
      break;
    case XQ_LETTER_RISK:
      fill_risk (sources, rows);
      break;
    case XQ_LETTER_SECTIONS:
    default:
      g_assert_not_reached ();
    }
}

static void
warn_of_diagnoses (const XqLetterSection *section, GPtrArray *cautions)
{
  for (guint i = 0; i < section->rows->len; i++)
    {
      const XqLetterRow *row = g_ptr_array_index (section->rows, i);
      g_auto (GStrv) words = xq_letter_diagnosis_words (row->text);

      for (char **word = words; *word != NULL; word++)
        g_ptr_array_add (cautions,
                         g_strdup_printf (_ ("“%s” in “%s” reads like a diagnosis. Write what was seen, or which"
                                             " hospital diagnosed it and when."),
                                          *word, section->title));
    }
}

static void
fill_sections (XqLetter *letter, const Sources *sources, guint mask)
{
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  g_autoptr (GPtrArray) cautions = g_ptr_array_new_null_terminated (4, g_free, TRUE);

  letter->sections = g_ptr_array_new_with_free_func ((GDestroyNotify) section_free);
  for (int kind = 0; kind < XQ_LETTER_SECTIONS; kind++)
    {
      XqLetterSection *section;

      if (!(mask & 1u << kind))
        {
          g_ptr_array_add (left_out, g_strdup (_ (xq_letter_sections[kind].label)));
          continue;
        }
      section = g_new0 (XqLetterSection, 1);
      section->kind = kind;
      section->title = g_strdup (_ (xq_letter_sections[kind].label));
      section->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
      fill_section (sources, kind, section->rows);
      warn_of_diagnoses (section, cautions);
      if (section->rows->len > 0)
        g_ptr_array_add (letter->sections, section);
      else
        section_free (section);
    }
  letter->left_out = (char **) g_ptr_array_steal (left_out, NULL);
  letter->cautions = (char **) g_ptr_array_steal (cautions, NULL);
}

/* 张* : enough for the school to see whose slip came back, too little for anybody else. */
static char *
mask_name (const char *name)
{
  g_autofree char *first = g_utf8_substring (name, 0, 1);
  g_autoptr (GString) masked = g_string_new (first);

  for (glong i = 1; i < g_utf8_strlen (name, -1); i++)
    g_string_append_c (masked, '*');
  return g_string_free (g_steal_pointer (&masked), FALSE);
}

static void
fill_slip (XqLetter *letter, const Sources *sources)
{
  gboolean employee = sources->person->kind == XQ_PERSON_EMPLOYEE;

  letter->slip_title = g_strdup (_ ("Reply slip"));
  letter->slip_code = g_strdup (sources->referral->slip_code);
  letter->slip_person = mask_name (sources->person->name);
  letter->slip_rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  add_row (letter->slip_rows, _ ("Visit"), _ ("□ seen   □ not seen"));
  add_row (letter->slip_rows, _ ("Date of the visit"), "");
  add_row (letter->slip_rows, _ ("Advice"), "");
  add_row (letter->slip_rows, _ ("Next visit"), "");
  add_row (letter->slip_rows, employee ? _ ("May work") : _ ("May attend school"),
           _ ("□ yes   □ limited   □ no"));
  add_row (letter->slip_rows, _ ("Doctor and stamp"), "");
}

static void
fill_head (XqLetter *letter, const Sources *sources)
{
  const XqReferral *referral = sources->referral;
  const XqOrganisation *sender
      = xq_unit_tree_organisation (sources->tree, sources->person->organisation_id);
  g_autofree char *opened = xq_clock_date (referral->opened_at);

  letter->title = g_strdup (_ ("Referral letter"));
  letter->number = g_strdup_printf ("%.4s-%04" G_GINT64_FORMAT, opened, referral->id);
  letter->date = xq_clock_today ();
  letter->sender = g_strdup (sender != NULL ? sender->name : "");
  letter->institution = g_strdup (sources->institution->name);
  letter->department = g_strdup (sources->institution->department);
  letter->institution_hotline = g_strdup (sources->institution->hotline);
  letter->lane = g_strdup (_ (xq_referral_lanes[referral->lane].label));
  letter->emergency = referral->lane == XQ_LANE_EMERGENCY;
  letter->notice = g_strdup (_ ("A screening result is not a diagnosis. Diagnosis and treatment are the"
                                " medical institution's alone."));
}

/* The day that the letter went out, however far the referral has come since. */
static gboolean
date_by_step (XqLetter *letter, XqDatabase *database, gint64 referral_id, GError **error)
{
  g_autoptr (GPtrArray) steps = xq_referral_steps (database, referral_id, error);

  if (steps == NULL)
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      const XqReferralStep *step = g_ptr_array_index (steps, i);

      if (step->state == XQ_REFERRAL_SENT)
        {
          g_free (letter->date);
          letter->date = xq_clock_date (step->at);
        }
    }
  return TRUE;
}

XqLetter *
xq_letter_new (XqDatabase *database, gint64 referral_id, const XqLetterFacts *facts, GError **error)
{
  g_auto (Sources) sources = { .facts = facts };
  g_autoptr (XqLetter) letter = NULL;
  guint mask;

  if (!sources_load (&sources, database, referral_id, error)
      || !xq_letter_parse_released (sources.referral->released, &mask, error))
    return NULL;
  letter = g_new0 (XqLetter, 1);
  fill_head (letter, &sources);
  fill_sections (letter, &sources, mask);
  fill_slip (letter, &sources);
  return date_by_step (letter, database, referral_id, error) ? g_steal_pointer (&letter) : NULL;
}
