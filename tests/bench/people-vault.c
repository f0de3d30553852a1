/* people-vault FOLDER COUNT: a vault with so many people in it, under the password "bench", for bench_window.py. */
#include "config.h"

#include "bench.h"
#include "people-sample.h"
#include "vault/vault.h"

int
main (int argc, char **argv)
{
  g_autoptr (XqSecret) password = xq_secret_new_text ("bench");
  GError *error = NULL;
  XqVault *vault = xq_vault_create (argv[1], XQ_PROFILE_SCHOOL, "江城市第三中学", password, TRUE, NULL, NULL, &error);
  XqDatabase *database;

  bench_must (vault != NULL, error);
  database = xq_vault_connect (vault, &error);
  bench_must (database != NULL, error);
  bench_add_people (database, (guint) g_ascii_strtoull (argv[2], NULL, 10));
  xq_database_free (database);
  xq_vault_unref (vault);
  return 0;
}
