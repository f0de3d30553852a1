/* A roster as a school sends it, for benches: numbers, classes, guardians and remarks, the same for the same count. */
#pragma once

#include <glib.h>

#define BENCH_ROSTER_COLUMNS 15

/* An .xlsx of @people rows under a row of headers. */
void bench_write_roster (const char *path, guint people);
