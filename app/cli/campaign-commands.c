#include "config.h"

#include <glib/gi18n-lib.h>

#include "assess/campaign.h"
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/desk.h"
#include "people/organisation.h"

static const XqColumn columns[] = {
  { "id", N_("No."), NULL },
  { "title", N_("Title"), NULL },
  { "instruments", N_("Instruments"), NULL },
  { "from_date", N_("Begins"), NULL },
  { "due_date", N_("Ends"), NULL },
  { "state", N_("State"), xq_campaign_states },
  { "participants", N_("Participants"), xq_participant_states },
  { 0 },
};

static gboolean
print_campaign (XqCli *cli, gint64 id, gboolean with_units, GError **error)
{
  return xq_output_object_node (&cli->output, xq_campaign_to_json (xq_cli_database (cli, error), id, with_units, error),
                                columns);
}

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 0, 0, error);
  XqDatabase *database = rest != NULL ? xq_cli_database (cli, error) : NULL;
  g_autoptr (GPtrArray) campaigns = database != NULL ? xq_campaign_list (database, 0, error) : NULL;
  g_autoptr (JsonArray) rows = NULL;

  if (campaigns == NULL)
    return FALSE;
  rows = json_array_new ();
  for (guint i = 0; i < campaigns->len; i++)
    {
      const XqCampaign *campaign = g_ptr_array_index (campaigns, i);
      JsonNode *row = xq_campaign_to_json (database, campaign->id, FALSE, error);

      if (row == NULL)
        return FALSE;
      json_array_add_element (rows, row);
    }
  xq_output_rows (&cli->output, g_steal_pointer (&rows), columns);
  return TRUE;
}

/* One campaign, told about or changed. */
static gboolean
run_one (XqCli *cli, char **words, gboolean with_units, gboolean (*act) (XqDatabase *database, gint64 id, GError **error),
         GError **error)
{
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 1, 1, error);
  XqDatabase *database;
  gint64 id;

  if (rest == NULL || !xq_cli_number (rest[0], _("Campaign"), &id, error))
    return FALSE;
  database = xq_cli_database (cli, error);
  return database != NULL && (act == NULL || act (database, id, error)) && print_campaign (cli, id, with_units, error);
}

static gboolean
run_status (XqCli *cli, char **words, GError **error)
{
  return run_one (cli, words, TRUE, NULL, error);
}

static gboolean
run_close (XqCli *cli, char **words, GError **error)
{
  return run_one (cli, words, FALSE, xq_campaign_close, error);
}

/* Ids as the definitions write them: "PHQ-9, gad7" → "phq9,gad7". */
static char *
read_instruments (XqDesk *desk, const char *text, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (char **name = names; *name != NULL; name++)
    {
      const XqInstrument *instrument = xq_instrument_set_get (xq_desk_instruments (desk), g_strstrip (*name), error);

      if (instrument == NULL)
        return NULL;
      g_string_append_printf (ids, "%s%s", ids->len > 0 ? "," : "", instrument->id);
    }
  return g_string_free_and_steal (g_steal_pointer (&ids));
}

static gboolean
create (XqDesk *desk, XqCampaign *campaign, const char *organisation_name, const char *instruments, const char *unit,
        GError **error)
{
  g_autoptr (XqOrganisation) organisation
      = xq_organisation_find (xq_desk_database (desk), organisation_name, error);
  gint64 unit_id = 0;

  if (organisation == NULL || !xq_cli_find_unit (xq_desk_database (desk), unit, &unit_id, error))
    return FALSE;
  campaign->organisation_id = organisation->id;
  campaign->instruments = read_instruments (desk, instruments, error);
  if (campaign->from_date == NULL)
    campaign->from_date = xq_clock_today ();
  return campaign->instruments != NULL
         && xq_campaign_create (xq_desk_database (desk), campaign, unit != NULL ? &unit_id : NULL, unit != NULL ? 1 : 0, NULL,
                                error);
}

static gboolean
run_new (XqCli *cli, char **words, GError **error)
{
  g_autoptr (XqCampaign) campaign = xq_campaign_new ();
  g_autofree char *organisation = NULL;
  g_autofree char *instruments = NULL;
  g_autofree char *unit = NULL;
  const GOptionEntry entries[] = {
    { "instrument", 0, 0, XQ_OPTION_TEXT, &instruments, N_("What is asked, comma-separated ids"), "ID" },
    { "org", 0, 0, XQ_OPTION_TEXT, &organisation, N_("Of this organisation: an id or a name"), "ORG" },
    { "unit", 0, 0, XQ_OPTION_TEXT, &unit, N_("Only this class or department and all below it"), "UNIT" },
    { "from", 0, 0, XQ_OPTION_TEXT, &campaign->from_date, N_("First day; today"), "DATE" },
    { "due", 0, 0, XQ_OPTION_TEXT, &campaign->due_date, N_("Last day"), "DATE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 1, 1, error);
  g_autoptr (XqDesk) desk = NULL;

  if (rest == NULL || !xq_cli_date (&campaign->from_date, "--from", error)
      || !xq_cli_date (&campaign->due_date, "--due", error))
    return FALSE;
  if (instruments == NULL)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("Say what is asked: --instrument ID."));
      return FALSE;
    }
  g_set_str (&campaign->title, rest[0]);
  desk = xq_cli_desk (cli, error);
  return desk != NULL && create (desk, campaign, organisation, instruments, unit, error)
         && print_campaign (cli, campaign->id, FALSE, error);
}

const XqCommand xq_campaign_commands[] = {
  { "campaign new", "TITLE", N_("Begin a screening; its roster is frozen"), run_new },
  { "campaign list", NULL, N_("Screenings, the newest first"), run_list },
  { "campaign status", "ID", N_("Who has answered, class by class"), run_status },
  { "campaign close", "ID", N_("End a screening"), run_close },
  { 0 },
};
