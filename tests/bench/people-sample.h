/* People by their number, for benches: names as they are spread, classes of 45, the same for the same count. */
#pragma once

#include "people/person-private.h"

void bench_add_people (XqDatabase *database, guint count);
