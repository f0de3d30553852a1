/* The command line: everything the rooms do, without a screen.
 *
 * main() reads the global options, finds the command in the table of its group and runs it. A command reads
 * its own options, calls the rooms' public functions and gives what they answer to output.h. No command
 * knows SQL, none prints by itself, and what goes wrong is a GError from the room that refused it. */
#pragma once

#include "base/progress.h"
#include "cli/output.h"
#include "cli/secret-input.h"
#include "vault/vault.h"

G_BEGIN_DECLS

#define XQ_CLI_ERROR (xq_cli_error_quark ())
GQuark xq_cli_error_quark (void);

/* Text on the command line is UTF-8 whatever the locale says; G_OPTION_ARG_STRING would refuse Chinese in the
 * C locale. */
#define XQ_OPTION_TEXT G_OPTION_ARG_FILENAME

typedef struct _XqCli XqCli;

/**
 * XqCommand:
 * @name: what is typed, "people list"
 * @arguments: (nullable): what follows, "PERSON"
 * @summary: msgid of one line of help
 * @run: does it; @words starts with the command's name and ends with %NULL
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  gboolean (*run) (XqCli *cli, char **words, GError **error);
} XqCommand;

/**
 * XqCli:
 * @vault_folder: `--vault`, or where vaults lie by default
 * @vault_named: whether `--vault` was said
 * @password: where the password comes from
 * @output: where answers go
 * @progress: to hand down; reports on a terminal, stops on Ctrl+C
 * @command: the command that runs
 */
struct _XqCli
{
  char *vault_folder;
  gboolean vault_named;
  XqSecretSource password;
  XqOutput output;
  XqProgress progress;
  const XqCommand *command;
  /*< private >*/
  XqVault *vault;
  XqDatabase *database;
};

/* Sets up what a run needs; @cli has its options already. */
void xq_cli_start (XqCli *cli);
/* Closes the vault and wipes what is left. */
void xq_cli_finish (XqCli *cli);

/* Reads @entries (nullable) out of @words; between @least and @most arguments may remain (@most < 0: any
 * number) and are returned without the command's name. Whatever else is XQ_ERROR_USAGE. */
char **xq_cli_parse (XqCli *cli, const GOptionEntry *entries, char **words, int least, int most, GError **error);
/* The vault, opened with the password on first use. (transfer none) */
XqVault *xq_cli_vault (XqCli *cli, GError **error);
/* The same with a @password that was read already. (transfer none) */
XqVault *xq_cli_open (XqCli *cli, XqSecret *password, GError **error);
/* A connection to it. (transfer none) */
XqDatabase *xq_cli_database (XqCli *cli, GError **error);
/* Closes that connection; the next call opens another. */
void xq_cli_close_database (XqCli *cli);
/* Makes @vault the one that the two calls above give. (transfer full) */
void xq_cli_take_vault (XqCli *cli, XqVault *vault);

/* One line for the person at the terminal, on standard error. */
void xq_cli_remark (const char *text);

/* The index of @text in @values; a refusal names @option and all that would do. %NULL @text gives @fallback. */
gboolean xq_cli_choice (const XqChoice *values, const char *text, const char *option, int fallback, int *ret_index,
                        GError **error);
/* Makes the day in *@text (nullable) an ISO date. */
gboolean xq_cli_date (char **text, const char *option, GError **error);
/* Unix seconds of "2026-11-23T14:30" or "now"; 0 for %NULL. */
gboolean xq_cli_time (const char *text, const char *option, gint64 *ret_time, GError **error);
/* A whole positive number. */
gboolean xq_cli_number (const char *text, const char *what, gint64 *ret_number, GError **error);

/* 0 done; 1 refused; 2 usage; 3 wrong password or damaged vault; 4 the disk. */
int xq_cli_exit_code (const GError *error);

G_END_DECLS
