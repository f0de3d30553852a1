#include "config.h"

#include "cli/demo-random.h"

#include <math.h>

XqDemoRandom *
xq_demo_random_new (guint32 seed, guint32 purpose)
{
  const guint32 seeds[] = { seed, purpose };

  return g_rand_new_with_seed_array (seeds, G_N_ELEMENTS (seeds));
}

int
xq_demo_random_between (XqDemoRandom *random, int from, int to)
{
  return from >= to ? from : g_rand_int_range (random, from, to + 1);
}

gboolean
xq_demo_random_chance (XqDemoRandom *random, double probability)
{
  return g_rand_double (random) < probability;
}

/* Box and Muller, one of the pair. */
double
xq_demo_random_normal (XqDemoRandom *random)
{
  double radius = sqrt (-2 * log (1 - g_rand_double (random)));

  return radius * cos (2 * G_PI * g_rand_double (random));
}

guint
xq_demo_random_weighted (XqDemoRandom *random, const int *running, guint n_running)
{
  int drawn = g_rand_int_range (random, 0, running[n_running - 1]);
  guint low = 0, high = n_running - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (drawn < running[middle])
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}
