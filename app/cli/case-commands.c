#include "config.h"

#include <glib/gi18n-lib.h>

#include "care/case-file.h"
#include "cli/commands.h"
#include "cli/desk.h"

static const XqColumn columns[] = {
  { "id", N_("No."), NULL },
  { "level", N_("Level"), NULL },
  { "person.code", N_("Number"), NULL },
  { "person.name", N_("Name"), NULL },
  { "opened", N_("Opened on"), NULL },
  { "closed", N_("Closed on"), NULL },
  { "problem", N_("Problem"), NULL },
  { "sessions", N_("Sessions"), NULL },
  { 0 },
};

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  g_autofree char *person = NULL;
  gboolean only_open = FALSE;
  const GOptionEntry entries[] = {
    { "open", 0, 0, G_OPTION_ARG_NONE, &only_open, N_("Open ones only"), NULL },
    { "person", 0, 0, XQ_OPTION_TEXT, &person, N_("One person's"), "PERSON" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  g_autoptr (XqDesk) desk = rest != NULL ? xq_cli_desk (cli, error) : NULL;
  gint64 person_id = 0;

  return desk != NULL && xq_cli_find_person (desk, person, &person_id, error)
         && xq_output_list_node (&cli->output,
                                 xq_case_list_json (xq_desk_database (desk), person_id, only_open, error), columns);
}

const XqCommand xq_case_commands[] = {
  { "cases list", NULL, N_("Cases: open ones by level, then closed ones"), run_list },
  { 0 },
};
