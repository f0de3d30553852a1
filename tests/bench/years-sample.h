/* A school over many years, for benches: a third of the pupils leaves each summer, everybody is screened in both terms,
 * some are warned, counselled and followed up. Time stands still on 2027-07-10. */
#pragma once

#include "vault/database.h"

#define BENCH_YEAR 2027

/* Into a vault that has one organisation and nobody in it. @pupils are there at a time; a multiple of three. */
void bench_add_years (XqDatabase *database, int years, int pupils);
