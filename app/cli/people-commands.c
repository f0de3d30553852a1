#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/commands.h"
#include "cli/desk.h"
#include "people/consent.h"
#include "people/contact.h"
#include "people/person-list.h"
#include "people/search.h"
#include "people/unit.h"

#define ROWS_AT_ONCE 500
#define SEARCH_LIMIT 50

static const XqColumn columns[] = {
  { "id", N_("No."), NULL },
  { "code", N_("Number"), NULL },
  { "name", N_("Name"), NULL },
  { "sex", N_("Sex"), xq_sexes },
  { "birth_date", N_("Birth date"), NULL },
  { "unit", N_("Unit"), NULL },
  { "level", N_("Level"), NULL },
  { "state", N_("State"), xq_person_states },
  { 0 },
};

static gboolean
print_rows (XqCli *cli, XqDatabase *database, GArray *ids, GError **error)
{
  xq_output_begin (&cli->output, columns);
  for (guint start = 0; start < ids->len; start += ROWS_AT_ONCE)
    {
      guint count = MIN (ROWS_AT_ONCE, ids->len - start);
      g_autoptr (GPtrArray) rows
          = xq_person_list_rows (database, &g_array_index (ids, gint64, start), count, error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        if (g_ptr_array_index (rows, i) != NULL)
          xq_output_row (&cli->output, xq_person_row_to_json (g_ptr_array_index (rows, i)));
    }
  xq_output_end (&cli->output);
  return TRUE;
}

/* -- list */

typedef struct
{
  char *organisation;
  char *unit;
  char *kind;
  char *state;
  char *tag;
  char *search;
  char *order;
  int level;
  int limit;
} ListOptions;

static void
list_options_clear (ListOptions *options)
{
  g_free (options->organisation);
  g_free (options->unit);
  g_free (options->kind);
  g_free (options->state);
  g_free (options->tag);
  g_free (options->search);
  g_free (options->order);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ListOptions, list_options_clear)

/* In the order of XqPersonOrder. */
static const XqChoice orders[] = {
  { "name", NULL },  { "unit", NULL },   { "code", NULL }, { "level", NULL },
  { "birth_date", NULL }, { "newest", NULL }, { 0 },
};

/* "all" stands beside the states themselves; without a state those who are there. */
static gboolean
read_state (const char *text, int *ret_state, GError **error)
{
  if (g_strcmp0 (text, "all") == 0)
    *ret_state = XQ_ANY;
  else if (text == NULL)
    *ret_state = XQ_STATE_PRESENT;
  else
    return xq_cli_choice (xq_person_states, text, "--state", XQ_ANY, ret_state, error);
  return TRUE;
}

static gboolean
read_filter (XqDatabase *database, const ListOptions *options, XqPersonFilter *filter, GError **error)
{
  g_autoptr (XqOrganisation) organisation = NULL;

  if (options->organisation != NULL)
    {
      organisation = xq_organisation_find (database, options->organisation, error);
      if (organisation == NULL)
        return FALSE;
      filter->organisation_id = organisation->id;
    }
  filter->level = options->level;
  filter->tag = options->tag;
  filter->text = options->search;
  if (options->kind != NULL && !xq_cli_choice (xq_person_kinds, options->kind, "--kind", XQ_ANY, &filter->kind, error))
    return FALSE;
  return read_state (options->state, &filter->state, error)
         && xq_cli_find_unit (database, options->unit, &filter->unit_id, error);
}

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  g_auto (ListOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "org", 0, 0, XQ_OPTION_TEXT, &options.organisation, N_("Of this organisation: an id or a name"), "ORG" },
    { "unit", 0, 0, XQ_OPTION_TEXT, &options.unit, N_("Of this class or department and all below it"), "UNIT" },
    { "kind", 0, 0, XQ_OPTION_TEXT, &options.kind, N_("student, employee or teacher"), "KIND" },
    { "state", 0, 0, XQ_OPTION_TEXT, &options.state, N_("active, suspended, transferred, graduated, left or all"), "STATE" },
    { "level", 0, 0, G_OPTION_ARG_INT, &options.level, N_("1, 2 or 3; 4 for any of them"), "N" },
    { "tag", 0, 0, XQ_OPTION_TEXT, &options.tag, N_("With this tag"), "TAG" },
    { "search", 0, 0, XQ_OPTION_TEXT, &options.search, N_("Whom a search finds"), "TEXT" },
    { "order", 0, 0, XQ_OPTION_TEXT, &options.order, N_("name (the default), unit, code, level, birth_date or newest"), "ORDER" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &options.limit, N_("At most so many"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  XqPersonFilter filter = XQ_PERSON_FILTER_INIT;
  g_autoptr (GArray) ids = NULL;
  XqDatabase *database;
  int order;

  if (rest == NULL || !xq_cli_choice (orders, options.order, "--order", XQ_PERSON_ORDER_NAME, &order, error))
    return FALSE;
  database = xq_cli_database (cli, error);
  if (database == NULL || !read_filter (database, &options, &filter, error))
    return FALSE;
  ids = xq_person_list_ids (database, &filter, (XqPersonOrder) order, (guint) MAX (options.limit, 0),
                            cli->progress.cancellable, error);
  return ids != NULL && print_rows (cli, database, ids, error);
}

/* -- search, show */

static gboolean
run_search (XqCli *cli, char **words, GError **error)
{
  int limit = SEARCH_LIMIT;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("At most so many; 50"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 1, -1, error);
  g_autofree char *text = rest != NULL ? g_strjoinv (" ", rest) : NULL;
  XqDatabase *database = rest != NULL ? xq_cli_database (cli, error) : NULL;
  g_autoptr (GArray) ids = database != NULL ? xq_search_people (database, text, (guint) MAX (limit, 0), error) : NULL;

  return ids != NULL && print_rows (cli, database, ids, error);
}

static const XqColumn show_columns[] = {
  { "name", N_("Name"), NULL },
  { "code", N_("Number"), NULL },
  { "kind", N_("Kind of person"), xq_person_kinds },
  { "organisation.name", N_("Organisation"), NULL },
  { "unit", N_("Class or department"), NULL },
  { "state", N_("State"), xq_person_states },
  { "level", N_("Level of attention"), NULL },
  { "tags", N_("Key populations"), NULL },
  { "sex", N_("Sex"), xq_sexes },
  { "birth_date", N_("Birth date"), NULL },
  { "national_id", N_("Identity number"), NULL },
  { "phone", N_("Phone"), NULL },
  { "address", N_("Address"), NULL },
  { "post", N_("Post"), NULL },
  { "remark", N_("Remark"), NULL },
  { "contacts", N_("Contacts"), xq_relations },
  { "consents", N_("Consents"), xq_consent_kinds },
  { "memberships", N_("Classes so far"), NULL },
  { 0 },
};

static gboolean
run_show (XqCli *cli, char **words, GError **error)
{
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 1, 1, error);
  g_autoptr (XqDesk) desk = rest != NULL ? xq_cli_desk (cli, error) : NULL;
  gint64 id = 0;

  return desk != NULL && xq_cli_find_person (desk, rest[0], &id, error)
         && xq_cli_audit_opened (desk, id, error)
         && xq_output_record (&cli->output, xq_person_show_json (xq_desk_database (desk), id, error), show_columns);
}

const XqCommand xq_people_commands[] = {
  { "people list", NULL, N_("Everybody, or those who fit"), run_list },
  { "people search", "TEXT…", N_("By name, pinyin, initials, number or phone"), run_search },
  { "people show", "PERSON", N_("The cover of a file; PERSON is a number or an id"), run_show },
  { 0 },
};
