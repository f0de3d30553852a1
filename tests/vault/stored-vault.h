/* Vaults as earlier versions of the program have left them. Each lies in tests/fixtures/vaults/NNNN, NNNN being the schema
 * that it is of; it was made when that schema was the last one, and opens with PASSWORD. */
#pragma once

#include "place.h"

G_BEGIN_DECLS

/* Makes a vault of schema @number in @folder, as it would have been left: the program's own steps one after another, and
 * behind each the rows of tests/fixtures/vaults/rows-NNNN.sql where there are any. */
void stored_vault_make (const char *folder, int number);
/* Copies the stored vault into @folder. A schema that none was stored of yet (one that no version was given out with) is
 * made on the spot: FALSE. */
gboolean stored_vault_copy (const char *folder, int number);

G_END_DECLS
