#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/commands.h"
#include "cli/papers.h"
#include "people/person.h"
#include "report/audit-trail.h"
#include "vault/store.h"

static const XqColumn columns[] = {
  { "id", N_("Id"), NULL },
  { "copy", N_("Copy number"), NULL },
  { "at", N_("Time"), NULL },
  { "kind", N_("How"), xq_disclosure_kinds },
  { "what", N_("What"), NULL },
  { "recipient", N_("To whom"), NULL },
  { "ground", N_("On what ground"), xq_disclosure_grounds },
  { "persons", N_("Persons"), NULL },
  { "state", N_("State"), xq_disclosure_states },
  { 0 },
};

/* -- list, export */

typedef struct
{
  char *person;
  char *state;
  char *from;
  char *to;
  gboolean identifying;
  gboolean names;
  int limit;
  XqLeaving leaving;
} ListOptions;

static void
list_options_clear (ListOptions *options)
{
  g_free (options->person);
  g_free (options->state);
  g_free (options->from);
  g_free (options->to);
  xq_leaving_clear (&options->leaving);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ListOptions, list_options_clear)

#define FILTER_OPTIONS(options)                                                                                        \
  { "person", 0, 0, XQ_OPTION_TEXT, &(options).person, N_("Only what speaks of this person"), "PERSON" },              \
      { "state", 0, 0, XQ_OPTION_TEXT, &(options).state, N_("out, recalled, destroyed or failed"), "STATE" },          \
      { "from", 0, 0, XQ_OPTION_TEXT, &(options).from, N_("First day"), "DATE" },                                      \
      { "to", 0, 0, XQ_OPTION_TEXT, &(options).to, N_("Last day"), "DATE" },                                           \
      { "identifying", 0, 0, G_OPTION_ARG_NONE, &(options).identifying, N_("Only what says who somebody is"), NULL }

/* The filter borrows from @options. */
static gboolean
read_filter (XqDatabase *database, ListOptions *options, XqDisclosureFilter *filter, GError **error)
{
  g_autoptr (XqPerson) person = NULL;

  if ((options->state != NULL
       && !xq_cli_choice (xq_disclosure_states, options->state, "--state", -1, &filter->state, error))
      || !xq_cli_date (&options->from, "--from", error) || !xq_cli_date (&options->to, "--to", error))
    return FALSE;
  filter->from = options->from;
  filter->to = options->to;
  filter->identifying_only = options->identifying;
  filter->limit = options->limit > 0 ? (guint) options->limit : 0;
  if (options->person == NULL)
    return TRUE;
  person = xq_person_find (database, options->person, error);
  filter->person_id = person != NULL ? person->id : 0;
  return person != NULL;
}

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  g_auto (ListOptions) options = { .leaving = XQ_LEAVING_INIT };
  const GOptionEntry entries[] = {
    FILTER_OPTIONS (options),
    { "limit", 0, 0, G_OPTION_ARG_INT, &options.limit, N_("At most so many, the newest"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  XqDatabase *database = rest != NULL ? xq_cli_database (cli, error) : NULL;
  XqDisclosureFilter filter = XQ_DISCLOSURE_FILTER_INIT;
  g_autoptr (GPtrArray) all = NULL;

  if (database == NULL || !read_filter (database, &options, &filter, error))
    return FALSE;
  all = xq_disclosure_list (database, &filter, error);
  if (all == NULL)
    return FALSE;
  xq_output_begin (&cli->output, columns);
  for (guint i = 0; i < all->len; i++)
    {
      JsonObject *row = xq_disclosure_to_json (database, g_ptr_array_index (all, i), error);

      if (row == NULL)
        return FALSE;
      xq_output_row (&cli->output, row);
    }
  xq_output_end (&cli->output);
  return TRUE;
}

static gboolean
run_export (XqCli *cli, char **words, GError **error)
{
  g_auto (ListOptions) options = { .leaving = XQ_LEAVING_INIT };
  const GOptionEntry entries[] = {
    FILTER_OPTIONS (options),
    { "names", 0, 0, G_OPTION_ARG_NONE, &options.names, N_("Say who each is about"), NULL },
    { "xlsx", 0, 0, XQ_OPTION_TEXT, &options.leaving.xlsx, N_("Write the workbook"), "FILE" },
    { "pdf", 0, 0, XQ_OPTION_TEXT, &options.leaving.pdf, N_("Write the pages"), "FILE" },
    { "csv", 0, 0, XQ_OPTION_TEXT, &options.leaving.csv, N_("Write the table"), "FILE" },
    XQ_LEAVING_OPTIONS (options.leaving),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  XqDatabase *database = rest != NULL ? xq_cli_database (cli, error) : NULL;
  XqDisclosureFilter filter = XQ_DISCLOSURE_FILTER_INIT;
  g_autoptr (XqReport) report = NULL;

  if (database == NULL || !read_filter (database, &options, &filter, error))
    return FALSE;
  report = xq_disclosure_report (database, &filter, options.names, error);
  return report != NULL && xq_papers_write_report (cli, database, report, options.names, &options.leaving, error);
}

/* -- add, settle */

typedef struct
{
  char *recipient;
  char *ground;
  char *purpose;
  char *fields;
  char *when;
  char **people;
  gboolean paper;
} AddOptions;

static void
add_options_clear (AddOptions *options)
{
  g_free (options->recipient);
  g_free (options->ground);
  g_free (options->purpose);
  g_free (options->fields);
  g_free (options->when);
  g_strfreev (options->people);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AddOptions, add_options_clear)

static GArray *
find_people (XqDatabase *database, char **people, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (; people != NULL && *people != NULL; people++)
    {
      g_autoptr (XqPerson) person = xq_person_find (database, *people, error);

      if (person == NULL)
        return NULL;
      g_array_append_val (ids, person->id);
    }
  return g_steal_pointer (&ids);
}

static gboolean
fill (XqDisclosure *disclosure, const AddOptions *options, const char *what, GError **error)
{
  disclosure->kind = options->paper ? XQ_DISCLOSURE_PAPER : XQ_DISCLOSURE_SPOKEN;
  disclosure->subject = XQ_DISCLOSED_OTHER;
  disclosure->what = g_strdup (what);
  disclosure->recipient = g_strdup (options->recipient);
  disclosure->purpose = g_strdup (options->purpose);
  disclosure->fields = g_strdup (options->fields);
  disclosure->identifying = options->people != NULL;
  return xq_cli_time (options->when, "--when", &disclosure->at, error)
         && xq_cli_choice (xq_disclosure_grounds, options->ground, "--ground", XQ_GROUND_UNSAID, &disclosure->ground,
                           error);
}

static gboolean
print (XqCli *cli, XqDatabase *database, const XqDisclosure *disclosure, GError **error)
{
  return xq_output_record (&cli->output, xq_disclosure_to_json (database, disclosure, error), columns);
}

static gboolean
run_add (XqCli *cli, char **words, GError **error)
{
  g_auto (AddOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "person", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.people, N_("Who it was about; as often as there are people"), "PERSON" },
    { "recipient", 0, 0, XQ_OPTION_TEXT, &options.recipient, N_("To whom it went"), "TEXT" },
    { "ground", 0, 0, XQ_OPTION_TEXT, &options.ground, N_("consent, danger, law, duty or own"), "GROUND" },
    { "purpose", 0, 0, XQ_OPTION_TEXT, &options.purpose, N_("What for"), "TEXT" },
    { "fields", 0, 0, XQ_OPTION_TEXT, &options.fields, N_("Which particulars"), "TEXT" },
    { "when", 0, 0, XQ_OPTION_TEXT, &options.when, N_("When, 2026-11-23T14:30; now"), "TIME" },
    { "paper", 0, 0, G_OPTION_ARG_NONE, &options.paper, N_("It was on paper, not by word of mouth"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 1, 1, error);
  XqDatabase *database = rest != NULL ? xq_cli_database (cli, error) : NULL;
  g_autoptr (GArray) people = database != NULL ? find_people (database, options.people, error) : NULL;
  g_autoptr (XqDisclosure) disclosure = xq_disclosure_new ();

  return people != NULL && fill (disclosure, &options, rest[0], error)
         && xq_disclosure_enter (database, disclosure, (const gint64 *) (gpointer) people->data, people->len, error)
         && print (cli, database, disclosure, error);
}

static gboolean
run_settle (XqCli *cli, char **words, GError **error)
{
  g_autofree char *remark = NULL;
  const GOptionEntry entries[] = {
    { "remark", 0, 0, XQ_OPTION_TEXT, &remark, N_("Who brought it back, how it was destroyed"), "TEXT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 2, 2, error);
  XqDatabase *database = NULL;
  g_autoptr (XqDisclosure) disclosure = NULL;
  gint64 id;
  int state;

  if (rest == NULL || !xq_cli_number (rest[0], _("Disclosure"), &id, error)
      || !xq_cli_choice (xq_disclosure_states, rest[1], _("State"), -1, &state, error))
    return FALSE;
  if (state != XQ_DISCLOSURE_RECALLED && state != XQ_DISCLOSURE_DESTROYED)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("A copy is settled as recalled or as destroyed."));
      return FALSE;
    }
  database = xq_cli_database (cli, error);
  if (database == NULL || !xq_disclosure_settle (database, id, (XqDisclosureState) state, remark, error))
    return FALSE;
  disclosure = xq_store_load (database, &XQ_DISCLOSURE, id, error);
  return disclosure != NULL && print (cli, database, disclosure, error);
}

const XqCommand xq_disclosure_commands[] = {
  { "disclosures list", NULL, N_("What left the office, newest first"), run_list },
  { "disclosures add", "WHAT", N_("Enter what was said aloud or given on paper"), run_add },
  { "disclosures settle", "ID STATE", N_("Tick off a copy that came back or was destroyed"), run_settle },
  { "disclosures export", NULL, N_("The ledger as workbook, pages or csv"), run_export },
  { 0 },
};
