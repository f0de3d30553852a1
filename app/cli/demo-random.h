/* Chance that repeats itself: the same seed gives the same school. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef GRand XqDemoRandom;

/* A stream of its own for each @purpose, so that one more draw here changes nothing there. */
XqDemoRandom *xq_demo_random_new (guint32 seed, guint32 purpose);
/* Both ends included. */
int xq_demo_random_between (XqDemoRandom *random, int from, int to);
gboolean xq_demo_random_chance (XqDemoRandom *random, double probability);
/* Mean 0, standard deviation 1. */
double xq_demo_random_normal (XqDemoRandom *random);
/* An index by running sums of weights. */
guint xq_demo_random_weighted (XqDemoRandom *random, const int *running, guint n_running);

G_END_DECLS
