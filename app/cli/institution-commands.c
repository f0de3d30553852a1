#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/commands.h"
#include "cli/desk.h"
#include "referral/institution.h"

static const XqColumn columns[] = {
  { "id", N_("No."), NULL },
  { "name", N_("Institution"), NULL },
  { "kind", N_("Kind"), xq_institution_kinds },
  { "department", N_("Hospital department"), NULL },
  { "hotline", N_("Hotline"), NULL },
  { "agreement_until", N_("Agreement until"), NULL },
  { 0 },
};

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  g_auto (GStrv) rest = xq_cli_parse (cli, NULL, words, 0, 0, error);
  XqDatabase *database = rest != NULL ? xq_cli_database (cli, error) : NULL;

  return database != NULL
         && xq_output_list_node (&cli->output, xq_institution_list_json (database, error), columns);
}

/* Every field of an institution is an option of the same name: --department, --agreement-until … */
static GArray *
field_options (char **texts)
{
  GArray *entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  guint i = 0;

  for (const XqField *field = XQ_INSTITUTION.fields; field->name != NULL; field++, i++)
    {
      char *name = g_strdelimit (g_strdup (field->name), "_", '-');
      GOptionEntry entry = { g_intern_string (name), 0, 0, XQ_OPTION_TEXT, &texts[i], field->label, "TEXT" };

      g_free (name);
      g_array_append_val (entries, entry);
    }
  return entries;
}

static gboolean
fill (XqInstitution *institution, char **texts, GError **error)
{
  guint i = 0;

  for (const XqField *field = XQ_INSTITUTION.fields; field->name != NULL; field++, i++)
    if (texts[i] != NULL && !xq_field_set_text (field, institution, texts[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
run_add (XqCli *cli, char **words, GError **error)
{
  char *texts[32] = { NULL };
  g_autoptr (GArray) entries = field_options (texts);
  g_auto (GStrv) rest = xq_cli_parse (cli, (const GOptionEntry *) entries->data, words, 1, 1, error);
  g_autoptr (XqInstitution) institution = xq_institution_new ();
  gboolean filled = rest != NULL && fill (institution, texts, error);
  XqDatabase *database;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  if (!filled)
    return FALSE;
  g_set_str (&institution->name, rest[0]);
  database = xq_cli_database (cli, error);
  if (database == NULL || !xq_institution_save (database, institution, error))
    return FALSE;
  xq_output_object (&cli->output, xq_record_to_json (&XQ_INSTITUTION, institution), columns);
  return TRUE;
}

const XqCommand xq_institution_commands[] = {
  { "institutions list", NULL, N_("Hospitals and agencies that people are referred to"), run_list },
  { "institutions add", "NAME", N_("Add one"), run_add },
  { 0 },
};
