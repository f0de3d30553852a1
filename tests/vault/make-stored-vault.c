/* Makes a vault of an earlier schema to be stored: make-stored-vault NUMBER FOLDER (see tests/fixtures/vaults/make). */
#include "config.h"

#include <stdlib.h>

#include "stored-vault.h"

int
main (int argc, char **argv)
{
  if (argc != 3 || atoi (argv[1]) < 1)
    {
      g_printerr ("make-stored-vault NUMBER FOLDER\n");
      return 2;
    }
  stored_vault_make (argv[2], atoi (argv[1]));
  return 0;
}
