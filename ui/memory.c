#include "config.h"

#include "ui/memory.h"

#include <malloc.h>
#include <string.h>

/* Deeper than any call chain of ours has been seen to go. */
#define STACK_BYTES (512 * 1024)

static G_GNUC_NO_INLINE void
wipe_stack (void)
{
  guint8 below[STACK_BYTES];

  explicit_bzero (below, sizeof below);
}

void
xq_memory_purge (void)
{
  /* A thread that ends gives its stack back to the kernel. */
  g_thread_pool_stop_unused_threads ();
  wipe_stack ();
  malloc_trim (0);
}
