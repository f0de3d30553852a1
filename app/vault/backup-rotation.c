/* Which backups stay: arithmetic alone, no files. */
#include "config.h"

#include "vault/backup-private.h"

#include "base/clock.h"
#include "base/date.h"

typedef struct
{
  gint64 made_at;
  guint index;
} Made;

/* A period's name, the same for all moments in it. (transfer full) */
typedef char *(*Period) (gint64 at);

static char *
month_of (gint64 at)
{
  g_autofree char *day = xq_clock_date (at);

  return g_strndup (day, strlen ("2026-11"));
}

static char *
week_of (gint64 at)
{
  g_autofree char *day = xq_clock_date (at);

  return xq_date_monday (day);
}

static const struct
{
  Period period;
  guint most;
} rules[] = {
  { xq_clock_date, 7 },
  { week_of, 4 },
  { month_of, 12 },
};

static int
newest_first (gconstpointer a, gconstpointer b)
{
  gint64 first = ((const Made *) a)->made_at, second = ((const Made *) b)->made_at;

  return first == second ? 0 : first > second ? -1 : 1;
}

static void
keep_newest_of (GArray *made, gint64 now, Period period, guint most, gboolean *keep)
{
  g_autofree char *last = NULL;
  guint periods = 0;

  for (guint i = 0; i < made->len; i++)
    {
      const Made *one = &g_array_index (made, Made, i);
      g_autofree char *own = NULL;

      if (one->made_at > now)
        {
          keep[one->index] = TRUE;
          continue;
        }
      own = period (one->made_at);
      if (g_strcmp0 (own, last) == 0)
        continue;
      if (++periods > most)
        return;
      keep[one->index] = TRUE;
      g_set_str (&last, own);
    }
}

void
xq_backup_rotation (const gint64 *made_at, guint n, gint64 now, gboolean *ret_keep)
{
  g_autoptr (GArray) made = g_array_new (FALSE, FALSE, sizeof (Made));

  for (guint i = 0; i < n; i++)
    {
      const Made one = { made_at[i], i };

      ret_keep[i] = FALSE;
      g_array_append_val (made, one);
    }
  g_array_sort (made, newest_first);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    keep_newest_of (made, now, rules[i].period, rules[i].most, ret_keep);
}

gboolean
xq_backup_is_due (gint64 last, gint64 now)
{
  g_autofree char *day = xq_clock_date (last);
  g_autofree char *today = xq_clock_date (now);

  return last == 0 || xq_date_compare (day, today) < 0;
}
