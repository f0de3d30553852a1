/* SQLCipher is told once a process how to behave, before its first connection. */
#include "config.h"

#include "vault/database-private.h"

#include <string.h>
#include <sys/resource.h>

/* Before each block stands its size, so that it can be wiped whole; 16 bytes keep malloc's alignment. */
#define HEADER 16

static void *
wiping_malloc (int size)
{
  guint8 *block = malloc ((gsize) size + HEADER);

  if (block == NULL)
    return NULL;
  memcpy (block, &size, sizeof size);
  return block + HEADER;
}

static int
wiping_size (void *memory)
{
  int size = 0;

  if (memory != NULL)
    memcpy (&size, (guint8 *) memory - HEADER, sizeof size);
  return size;
}

static void
wiping_free (void *memory)
{
  if (memory == NULL)
    return;
  explicit_bzero (memory, wiping_size (memory));
  free ((guint8 *) memory - HEADER);
}

static void *
wiping_realloc (void *memory, int size)
{
  int old = wiping_size (memory);
  void *grown = wiping_malloc (size);

  if (grown == NULL)
    return NULL;
  memcpy (grown, memory, MIN (old, size));
  wiping_free (memory);
  return grown;
}

static int
wiping_roundup (int size)
{
  return (size + 7) & ~7;
}

static int
wiping_start (void *unused)
{
  return SQLITE_OK;
}

static void
wiping_stop (void *unused)
{
}

static const sqlite3_mem_methods wiping_methods = {
  wiping_malloc, wiping_free, wiping_realloc, wiping_size, wiping_roundup, wiping_start, wiping_stop, NULL,
};

static void
forbid_core_dumps (void)
{
  struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
}

void
xq_sqlite_initialise (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;
  forbid_core_dumps ();
  /* Nobody asks how much it holds, and counting takes a lock around each block: a tenth of an import. */
  if (sqlite3_config (SQLITE_CONFIG_MALLOC, &wiping_methods) != SQLITE_OK
      || sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0) != SQLITE_OK || sqlite3_initialize () != SQLITE_OK)
    g_error ("SQLCipher cannot start");
  g_once_init_leave (&once, 1);
}
